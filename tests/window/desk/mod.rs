//! A screen of the test's own, the real program in a window on it, and hands: Xvfb, `outgrowth` and xdotool.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The longest wait for anything; only a test that fails waits so long.
const PATIENCE: Duration = Duration::from_secs(240);
/// The screen, in pixels.
const WIDTH: usize = 1280;
const HEIGHT: usize = 800;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(100);

/// A screen that nobody sees.
pub struct Desk {
    server: Child,
    display: String,
    picture: TempDir,
}

impl Desk {
    /// A screen of 1280 by 800 pixels; nothing, loudly, where it cannot be had and `REQUIRE_DISPLAY` is not 1.
    pub fn set_up() -> Option<Self> {
        let missing: Vec<&str> = ["Xvfb", "xdotool"].into_iter().filter(|name| !is_there(name)).collect();
        if !missing.is_empty() {
            let required = std::env::var("REQUIRE_DISPLAY").is_ok_and(|value| value == "1");
            assert!(!required, "REQUIRE_DISPLAY=1, but {} is missing", missing.join(" and "));
            println!("SKIPPED: no {} here", missing.join(" and no "));
            return None;
        }
        let picture = tempfile::tempdir().expect("a folder");
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &format!("{WIDTH}x{HEIGHT}x24")])
            .args(["-nolisten", "tcp", "-fbdir"])
            .arg(picture.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        let mut number = String::new();
        let answer = server.stdout.take().expect("a pipe");
        BufReader::new(answer)
            .read_line(&mut number)
            .expect("Xvfb says its number");
        assert!(!number.trim().is_empty(), "Xvfb found no screen");
        Some(Desk {
            server,
            display: format!(":{}", number.trim()),
            picture,
        })
    }

    /// The program in a window on this screen; files go to `folder`.
    pub fn open(&self, words: &[&str], folder: &Path) -> Program {
        self.open_with(words, folder, &[])
    }

    /// As [`Desk::open`], with other surroundings.
    pub fn open_with(&self, words: &[&str], folder: &Path, surroundings: &[(&str, &str)]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
            .args(words)
            .arg("-vv")
            .current_dir(folder)
            .env("DISPLAY", &self.display)
            // Nobody's own preferences are read or written.
            .env("XDG_CONFIG_HOME", folder.join("preferences"))
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .envs(surroundings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&lines);
        let errors = BufReader::new(child.stderr.take().expect("a pipe"));
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                written.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        });
        let program = Program { child, lines };
        program.wait_for("the window is open");
        program
    }

    /// The program on this screen with other surroundings, until it ends by itself.
    pub fn try_open(&self, words: &[&str], folder: &Path, surroundings: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_outgrowth"))
            .args(words)
            .current_dir(folder)
            .env("DISPLAY", &self.display)
            // Nobody's own preferences are read or written.
            .env("XDG_CONFIG_HOME", folder.join("preferences"))
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .envs(surroundings.iter().copied())
            .stdin(Stdio::null())
            .output()
            .expect("the program starts")
    }

    /// Lets xdotool do something, and returns what it says.
    pub fn xdotool(&self, words: &str) -> String {
        let output = Command::new("xdotool")
            .args(words.split_whitespace())
            .env("DISPLAY", &self.display)
            .output()
            .expect("xdotool starts");
        assert!(
            output.status.success(),
            "xdotool {words}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// The number of the program's window.
    pub fn window(&self) -> String {
        let found = self.xdotool("search --onlyvisible --name outgrowth");
        found.lines().last().expect("a window").to_owned()
    }

    /// Clicks at a point of the screen.
    pub fn click(&self, [x, y]: [i64; 2]) {
        self.xdotool(&format!("mousemove {x} {y} sleep 0.2 click 1 sleep 0.2"));
    }

    /// Draws the mouse from one point to another with the button held.
    pub fn drag(&self, [from_x, from_y]: [i64; 2], [to_x, to_y]: [i64; 2]) {
        let (mid_x, mid_y) = ((from_x + to_x) / 2, (from_y + to_y) / 2);
        self.xdotool(&format!(
            "mousemove {from_x} {from_y} sleep 0.9 mousedown 1 sleep 0.9 mousemove {mid_x} {mid_y} sleep 0.9 \
             mousemove {to_x} {to_y} sleep 0.9 mouseup 1 sleep 1.5"
        ));
    }

    /// Turns the wheel down by so many clicks at a point of the screen.
    pub fn scroll_down(&self, [x, y]: [i64; 2], clicks: u32) {
        self.xdotool(&format!(
            "mousemove {x} {y} sleep 0.3 click --repeat {clicks} --delay 120 5 sleep 0.5"
        ));
    }

    /// Presses keys such as `ctrl+s`. There is no window manager that would give the window the keyboard.
    pub fn press(&self, keys: &str) {
        self.xdotool(&format!("windowfocus {} sleep 0.3 key {keys}", self.window()));
    }

    /// Red, green and blue of the screen's points in a rectangle (left, top, width, height), row by row.
    pub fn pixels(&self, [left, top, width, height]: [usize; 4]) -> Vec<[u8; 3]> {
        let file = std::fs::read(self.picture.path().join("Xvfb_screen0")).expect("the screen's picture");
        let pixels = &file[file.len() - 4 * WIDTH * HEIGHT..];
        let rows = pixels.chunks_exact(4 * WIDTH).skip(top).take(height);
        let inside = rows.flat_map(|row| row.chunks_exact(4).skip(left).take(width));
        inside.map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect()
    }

    /// How many different colours the screen shows: Xvfb keeps its picture in a file, behind a header.
    pub fn colours(&self) -> usize {
        let file = std::fs::read(self.picture.path().join("Xvfb_screen0")).expect("the screen's picture");
        let pixels = &file[file.len() - 4 * WIDTH * HEIGHT..];
        let colours: HashSet<&[u8]> = pixels.chunks_exact(4).collect();
        colours.len()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The running program and what it has said.
pub struct Program {
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Program {
    /// What it has said so far.
    pub fn said(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until it says this, and returns the line.
    #[track_caller]
    pub fn wait_for(&self, words: &str) -> String {
        wait_until(words, || {
            self.said().into_iter().rev().find(|line| line.contains(words))
        })
        .unwrap_or_else(|| panic!("never said {words:?}; it said:\n{}", self.said().join("\n")))
    }

    /// Whether it has said this.
    pub fn has_said(&self, words: &str) -> bool {
        self.said().iter().any(|line| line.contains(words))
    }

    /// The middle of the control of this name, once it stays where it is: the first frames lay the panels out anew.
    #[track_caller]
    pub fn control(&self, name: &str) -> [i64; 2] {
        let [left, top, right, bottom] = self.bounds(name);
        [(left + right) / 2, (top + bottom) / 2]
    }

    /// Left, top, right and bottom of the control of this name, once it stays where it is.
    #[track_caller]
    pub fn bounds(&self, name: &str) -> [i64; 4] {
        let words = format!("control [{name}] at ");
        let mut before = None;
        let settled = wait_until(name, || {
            let line = self.said().into_iter().rev().find(|line| line.contains(&words));
            let stays = line.is_some() && line == before;
            before = line;
            // On a slow driver the first frames are most of a second apart.
            std::thread::sleep(20 * LOOK);
            before.clone().filter(|_| stays)
        });
        let line = settled.unwrap_or_else(|| panic!("no control {name:?}; it said:\n{}", self.said().join("\n")));
        let place = line.rsplit("] at ").next().unwrap_or_default();
        let numbers: Vec<i64> = place
            .split_whitespace()
            .filter_map(|number| number.parse().ok())
            .collect();
        numbers.try_into().expect("four numbers")
    }

    /// Waits for its end.
    #[track_caller]
    pub fn end(mut self) -> (ExitStatus, Vec<String>) {
        let status = wait_until("the end", || self.child.try_wait().expect("a status"));
        let status = status.unwrap_or_else(|| panic!("it does not end; it said:\n{}", self.said().join("\n")));
        // What was said last may still be on its way.
        std::thread::sleep(2 * LOOK);
        (status, self.said())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It is over already where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Looks again and again until there is something.
pub fn wait_until<T>(_what: &str, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if began.elapsed() > PATIENCE {
            return None;
        }
        std::thread::sleep(LOOK);
    }
}

fn is_there(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}
