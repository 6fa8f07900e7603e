//! Other plates in the same window, through the real program: from the gallery, from a file, new; what is not saved is asked
//! about, what is wrong is refused, and the window comes back as it was left.

use crate::desk::{Desk, wait_until};
use std::process::Command;

#[test]
fn another_plate_is_opened_in_the_same_window() {
    let Some(desk) = Desk::set_up() else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    std::fs::write(
        scratch.path().join("wrong.toml"),
        "name = \"wrong\"\nduration = \"5 bananas\"\n",
    )
    .expect("written");
    let program = desk.open(&["view", "quick", "--engine", "cpu", "--seed", "7"], scratch.path());
    let titled = |words: &str| {
        let title = wait_until("the title", || {
            let title = desk.xdotool(&format!("getwindowname {}", desk.window()));
            title.starts_with(words).then_some(())
        });
        assert!(title.is_some(), "the title does not begin with {words:?}");
    };
    titled("outgrowth — quick");
    // Something is done that is in no file.
    desk.press("1");
    desk.press("p");
    std::thread::sleep(std::time::Duration::from_secs(2));
    desk.click([450, 400]);
    program.wait_for("an act: Drop");
    desk.press("ctrl+o");
    desk.click(program.control("Button plate exercise-in-brief"));
    desk.click(program.control("Button Open this plate"));
    desk.click(program.control("Button Cancel"));
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(!program.has_said("another plate is open"), "it was not to be opened");
    desk.press("ctrl+o");
    desk.click(program.control("Button Open this plate"));
    desk.click(program.control("Button Open it without saving"));
    program.wait_for("another plate is open");
    titled("outgrowth — exercise-in-brief");
    program.wait_for("control [Button Pause]");

    // A file with a mistake is refused, and the plate stays.
    desk.press("ctrl+o");
    desk.click(program.control("TextInput its path or a link"));
    desk.xdotool("type wrong.toml");
    desk.press("Return");
    program.wait_for("5 bananas");
    // Nor does the window wait for a pipe.
    let pipe = Command::new("mkfifo").arg(scratch.path().join("pipe.toml")).status();
    assert!(pipe.expect("mkfifo starts").success());
    desk.click(program.control("TextInput its path or a link"));
    desk.press("ctrl+a");
    desk.xdotool("type pipe.toml");
    desk.press("Return");
    program.wait_for("no regular file");
    titled("outgrowth — exercise-in-brief");
    // A new one is written and opened.
    desk.click(program.control("TextInput name of a new plate"));
    desk.xdotool("type mine");
    desk.press("Return");
    titled("outgrowth — mine");
    assert!(scratch.path().join("mine.toml").is_file());
    desk.press("ctrl+q");
    let (status, said) = program.end();
    assert!(status.success(), "{status}: {}", said.join("\n"));

    // It is remembered, and the changes of the first command line were those of the first plate alone.
    let preferences = std::fs::read_to_string(scratch.path().join("preferences/outgrowth/window.toml"));
    let preferences = preferences.expect("written");
    assert!(preferences.contains("mine.toml"), "{preferences}");
    assert!(!preferences.contains("wrong.toml"), "{preferences}");
    let program = desk.open(&["view", "quick", "--engine", "cpu"], scratch.path());
    desk.press("ctrl+o");
    desk.click(program.control("Button mine"));
    program.wait_for("another plate is open");
    titled("outgrowth — mine");
    desk.press("ctrl+q");
    let (status, said) = program.end();
    assert!(status.success(), "{status}: {}", said.join("\n"));
}
