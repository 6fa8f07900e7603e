//! The desktop window, through the real program on a screen of its own: what a user does to it, and what a machine can
//! do to it.

use crate::desk::{Desk, wait_until};
use std::process::{Command, Stdio};

/// It opens, survives tiny, hidden and lost, draws something, and closes when asked.
#[test]
fn the_window_survives_what_a_machine_does_to_it() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    let program = desk.open(&["view", "quick", "--engine", "cpu"], scratch.path());
    let window = desk.window();
    let titled = wait_until("the title", || {
        let title = desk.xdotool(&format!("getwindowname {window}"));
        title.starts_with("outgrowth — quick — CPU engine").then_some(())
    });
    assert!(titled.is_some(), "the title does not say what computes");
    let drawn = wait_until("colours", || Some(desk.colours()).filter(|&colours| colours > 20));
    assert!(drawn.is_some(), "the screen stays blank");

    desk.xdotool(&format!("windowsize {window} 1 1"));
    program.wait_for("the window has 1 by 1 pixels");
    // Much narrower for its height than before.
    desk.xdotool(&format!("windowsize {window} 800 700"));
    program.wait_for("the window has 800 by 700 pixels");
    // The plate fills what is left for it, and no more: at both sides nothing of it is cut off.
    let fits = wait_until("the plate fits", || {
        let [left, top, right, bottom] = program.bounds("Canvas plate").map(|edge| edge as usize);
        let (third, rows) = (top + (bottom - top) / 3, (bottom - top) / 3);
        let brightest = |left: usize, width: usize| {
            let points = desk.pixels([left, third, width, rows]);
            points.into_iter().flatten().max().unwrap_or_default()
        };
        (brightest(left, 6) < 24 && brightest(right - 6, 6) < 24 && brightest(left, right - left) > 60).then_some(())
    });
    assert!(fits.is_some(), "wells are cut off in the smaller window");

    desk.xdotool(&format!("windowunmap {window}"));
    desk.xdotool(&format!("windowmap {window}"));
    desk.xdotool(&format!("mousemove --window {window} 500 300"));

    desk.press("F12");
    program.wait_for("another graphics device is open");
    let drawn = wait_until("colours", || Some(desk.colours()).filter(|&colours| colours > 20));
    assert!(drawn.is_some(), "the screen stays blank on another device");

    desk.press("ctrl+q");
    let (status, said) = program.end();
    assert!(status.success(), "{status}: {}", said.join("\n"));
    assert!(
        !said.iter().any(|line| line.contains("panicked")),
        "{}",
        said.join("\n")
    );
}

/// What is done in the window is an event: the session that it saves, run without a window by the same engine, ends in
/// the same readouts, and the scenario it began with does not.
#[test]
fn a_saved_session_repeats_what_was_seen() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    let seen = scratch.path().join("seen");
    let program = desk.open(&["view", "quick", "--engine", "cpu", "--out", "seen"], scratch.path());
    desk.click(program.control("Button Play"));
    program.wait_for("control [Button Pause]");
    desk.click(program.control("Button Pause"));
    // From the middle of the screen a short way: through the axons of whatever well lies there.
    desk.press("2");
    std::thread::sleep(std::time::Duration::from_secs(2));
    desk.press("k");
    // A screen that is slow to draw may see the whole drag at once, as nothing: then again.
    let cut = wait_until("a cut", || {
        desk.drag([400, 250], [800, 400]);
        program.has_said("an act: Axotomy").then_some(())
    });
    assert!(cut.is_some(), "the knife does not cut");
    // Time stands still: what will come of it is seen now.
    program.wait_for(" at the next step");

    // A slider of the side panel, which has to be scrolled into view.
    let speed = "Slider growth_cone.speed";
    desk.scroll_down([1080, 400], 6);
    let [left, top, right, bottom] = program.bounds(speed);
    assert!(bottom < 640, "the slider is still out of view, at {top}");
    let middle = (top + bottom) / 2;
    let turned = wait_until("a change", || {
        desk.drag([(left + right) / 2, middle], [right - 10, middle]);
        program
            .has_said("an act: Biology { key: \"growth_cone.speed\"")
            .then_some(())
    });
    assert!(turned.is_some(), "the slider changes nothing");

    desk.press("space");
    program.wait_for("the end is reached");
    desk.press("ctrl+l");
    program.wait_for("a link of the session is in the clipboard: ");
    desk.press("ctrl+s");
    program.wait_for("the session is saved as quick-session-1.toml");
    desk.press("ctrl+q");
    let (status, said) = program.end();
    assert!(status.success(), "{status}: {}", said.join("\n"));

    let readouts = |folder: &str| {
        let path = scratch.path().join(folder).join("readouts.csv");
        let table = std::fs::read_to_string(path).expect("readouts");
        // Ahead of the keys are labels, which tell runs apart.
        let labels = table.split(',').position(|name| name == "condition").expect("the keys");
        let measured = table
            .lines()
            .map(|row| row.split(',').skip(labels).collect::<Vec<_>>().join(","));
        measured.collect::<Vec<_>>()
    };
    let saved = std::fs::read_to_string(scratch.path().join("quick-session-1.toml")).expect("saved");
    assert!(saved.contains("axotomy") && saved.contains("growth_cone"), "{saved}");
    let link = said.iter().find_map(|line| line.split_once("the link: "));
    let (_, link) = link.expect("a link");
    let all = [
        ("quick-session-1.toml", "again"),
        (link, "of the link"),
        ("quick", "untouched"),
    ];
    for (scenario, folder) in all {
        let output = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
            .args(["run", scenario, "--engine", "cpu", "--out", folder])
            .current_dir(scratch.path())
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(seen.join("run.json").is_file(), "no results were left on closing");
    assert!(
        readouts("seen") == readouts("again"),
        "the saved session ends differently"
    );
    assert!(readouts("seen") == readouts("of the link"), "the link ends differently");
    assert!(readouts("seen") != readouts("untouched"), "the cut makes no difference");
}

/// An act in the past loses nothing: it is undone and redone, results are those that were asked for, and closing asks
/// before it forgets what was done.
#[test]
fn what_is_done_in_the_past_is_undone() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    let program = desk.open(&["view", "quick", "--engine", "cpu", "--at", "3 h"], scratch.path());
    program.wait_for("step 180 is reached");
    let [left, _, right, bottom] = program.bounds("Slider time line");
    desk.click([left + (right - left) / 16, bottom - 5]);
    program.wait_for("control [Button Play]");
    desk.press("k");
    let cut = wait_until("a cut", || {
        desk.drag([200, 250], [400, 260]);
        program.has_said("an act: Axotomy").then_some(())
    });
    assert!(cut.is_some(), "the knife does not cut");
    program.wait_for("another course begins here");
    program.wait_for("faint: before the cut");
    desk.press("ctrl+q");
    program.wait_for("acts are not saved");
    desk.click(program.control("Button Cancel"));
    desk.press("Right");
    desk.press("ctrl+z");
    program.wait_for("faint: with the cut");
    // All that was computed is there again, more than is shown.
    desk.press("ctrl+e");
    desk.click(program.control("Button All, up to 3 h 0 min"));
    program.wait_for("the results up to 3 h 0 min, which is not the whole run, are in ");
    desk.press("ctrl+shift+z");
    program.wait_for("control [Button Undo]");
    std::thread::sleep(std::time::Duration::from_secs(2));
    desk.press("ctrl+q");
    desk.click(program.control("Button Save the session and close"));
    let (status, said) = program.end();
    assert!(status.success(), "{status}: {}", said.join("\n"));
    let saved = std::fs::read_to_string(scratch.path().join("quick-session-1.toml")).expect("saved");
    assert!(saved.contains("axotomy"), "{saved}");
}

/// A run of a sweep opens at a moment of it, as its replay without a window passes it.
#[test]
fn a_run_of_a_sweep_opens_at_a_moment() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    let run = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
            .args(words)
            .current_dir(scratch.path())
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let speeds = "growth_cone.speed=2,8 um/h";
    run(&[
        "plan", "quick", "--vary", speeds, "--seeds", "5..6", "--engine", "cpu", "--out", "sweep",
    ]);
    for number in ["2", "3"] {
        let folder = format!("run-{number}");
        run(&[
            "replay", "sweep", "--run", number, "--leave", "readouts", "--out", &folder,
        ]);
    }
    let words = [
        "replay", "sweep", "--run", "3", "--view", "--at", "5 h", "--out", "seen",
    ];
    let program = desk.open(&words, scratch.path());
    program.wait_for("step 300 is reached");
    desk.press("ctrl+q");
    let (status, said) = program.end();
    assert!(status.success(), "{status}: {}", said.join("\n"));
    let rows = |folder: &str| -> Vec<String> {
        let table = std::fs::read_to_string(scratch.path().join(folder).join("readouts.csv")).expect("readouts");
        let labels = table.split(',').position(|name| name == "condition").expect("the keys");
        let measured = table.lines().map(|row| row.split(',').skip(labels).collect::<Vec<_>>());
        let early = measured
            .skip(1)
            .filter(|row| row[3].parse::<f64>().is_ok_and(|time| time <= 5.0));
        early.map(|row| row.join(",")).collect()
    };
    let seen = rows("seen");
    assert!(seen.len() > 5, "{seen:?}");
    assert!(seen == rows("run-3"), "another run is shown");
    assert!(seen != rows("run-2"), "all runs are alike");
}

/// What the menu exports is there and is what its name says: a picture, a movie, results.
#[test]
fn what_is_exported_can_be_opened() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    // Without a path there is no ffmpeg.
    let words = ["view", "quick", "--engine", "cpu"];
    let program = desk.open_with(&words, scratch.path(), &[("PATH", "/none")]);
    desk.click(program.control("Button Play"));
    program.wait_for("control [Button Pause]");
    std::thread::sleep(std::time::Duration::from_secs(2));
    desk.click(program.control("Button Pause"));
    let file = |button: &str, said: &str| -> Vec<u8> {
        desk.click(program.control("Button Export"));
        desk.click(program.control(button));
        let line = program.wait_for(said);
        let name = line.rsplit(said).next().unwrap_or_default().trim().to_owned();
        std::fs::read(scratch.path().join(name)).expect("the file is there")
    };
    let picture = file("Button Picture", "the picture is ");
    assert!(picture.starts_with(b"\x89PNG"));
    let movie = file("Button Movie", "the movie is ");
    assert!(movie.starts_with(b"GIF89a"), "a GIF needs nothing else to be made");
    desk.press("ctrl+e");
    let line = program.wait_for("the results up to ");
    let folder = line.rsplit(" are in ").next().unwrap_or_default().trim().to_owned();
    assert!(scratch.path().join(folder).join("report.html").is_file());
    desk.press("ctrl+q");
    let (status, said) = program.end();
    assert!(status.success(), "{status}: {}", said.join("\n"));
}

/// A picture is what is seen: point by point, at the size that it has on the screen.
#[test]
fn an_exported_picture_equals_the_screen() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    // Nothing moves at that hour.
    let words = ["view", "quick", "--engine", "cpu", "--at", "3 h"];
    let program = desk.open(&words, scratch.path());
    program.wait_for("step 180 is reached");
    desk.click(program.control("Button Export"));
    desk.click(program.control("Button Picture as large as on the screen"));
    let line = program.wait_for("the picture is ");
    let name = line
        .rsplit("the picture is ")
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let file = std::fs::File::open(scratch.path().join(name)).expect("the picture");
    let mut reader = png::Decoder::new(std::io::BufReader::new(file))
        .read_info()
        .expect("a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut bytes).expect("a picture");
    let (width, height) = (info.width as usize, info.height as usize);
    let channels = info.color_type.samples();
    let exported: Vec<&[u8]> = bytes.chunks_exact(channels).collect();
    let [left, top, _, _] = program.bounds("Canvas plate");
    let place = |at: i64| usize::try_from(at).expect("on the screen");
    let rect = [place(left), place(top), width, height];
    let differing = || {
        let seen = desk.pixels(rect);
        let differs = |(one, other): (&[u8; 3], &&[u8])| one.iter().zip(*other).any(|(a, b)| a.abs_diff(*b) > 2);
        seen.iter().zip(&exported).filter(|&pair| differs(pair)).count()
    };
    // Once the notes are gone, but for a hundredth of a per cent: lines that lie just between two points.
    let most = width * height / 10_000;
    let equal = wait_until("the same picture", || (differing() <= most).then_some(()));
    assert!(equal.is_some(), "of {width} by {height} points differ {}", differing());
    // Another look is another picture.
    desk.press("t");
    let other = wait_until("another picture", || (differing() > width * height / 2).then_some(()));
    assert!(other.is_some(), "any picture would do");
    desk.press("ctrl+q");
    program.end();
}

/// An engine on the window's device is lost with it; the culture goes on from what is known of it.
#[test]
fn a_culture_outlives_the_device_that_computes_it() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    let words = ["view", "quick", "--engine", "software-gpu", "--out", "left"];
    let program = desk.open(&words, scratch.path());
    desk.click(program.control("Button Play"));
    program.wait_for("control [Button Pause]");
    std::thread::sleep(std::time::Duration::from_secs(4));
    desk.press("F12");
    program.wait_for("another graphics device is open");
    program.wait_for("the engine is open again");
    std::thread::sleep(std::time::Duration::from_secs(2));
    desk.press("ctrl+q");
    let (status, said) = program.end();
    assert!(status.success(), "{status}: {}", said.join("\n"));
    let record = std::fs::read_to_string(scratch.path().join("left/run.json")).expect("results were left");
    assert!(record.contains("llvmpipe"), "{record}");
}

/// On a screen with finer points everything is larger, and is hit where it is shown.
#[test]
fn fine_points_make_everything_larger() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    let width_of = |factor: &str| {
        let surroundings = [("WINIT_X11_SCALE_FACTOR", factor)];
        let program = desk.open_with(&["view", "quick", "--engine", "cpu"], scratch.path(), &surroundings);
        let window = desk.window();
        desk.xdotool(&format!("windowsize {window} 1280 800"));
        let [left, _, right, _] = program.bounds("Button Play");
        desk.click(program.control("Button Play"));
        program.wait_for("control [Button Pause]");
        desk.press("ctrl+q");
        assert!(program.end().0.success());
        right - left
    };
    let (plain, fine) = (width_of("1"), width_of("1.5"));
    assert!((3 * plain - 2 * fine).abs() <= 4, "{plain} pixels wide, then {fine}");
}

/// Without a display there is a sentence that says what to do.
#[test]
fn without_a_display_it_says_what_to_do() {
    for display in [None, Some(":4242")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_outgrowth"));
        command.args(["view", "quick"]).stdin(Stdio::null());
        for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
            command.env_remove(variable);
        }
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let output = command.output().expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("no display") && said.contains("outgrowth run"), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

/// A display on which nothing can draw: a sentence, too.
#[test]
fn without_an_adapter_it_says_what_to_do() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    let output = desk.try_open(
        &["view", "quick"],
        scratch.path(),
        &[
            ("VK_DRIVER_FILES", "/none"),
            ("VK_ICD_FILENAMES", "/none"),
            ("WGPU_BACKEND", "vulkan"),
        ],
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("mesa-vulkan-drivers"), "{said}");
}
