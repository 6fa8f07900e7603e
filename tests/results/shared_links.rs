//! Links through the program itself: made of a saved session, a link runs to the same bytes as its file.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A session as the window saves it, with a file that it names.
const SESSION: &str = r#"# Of a lesson.
name = "cut and fed"
duration = "8 h"
record_every = "1 h"
seed = 5
well = { size = ["600 um", "600 um"], walls = "walls.png" }
explant = [{ at = ["300 um", "300 um"], radius = "80 um", neurons = 20 }]
myokine = [{ name = "myokines" }]
condition = [{ name = "control", wells = 2 }, { name = "fed", wells = 2 }]

# What was done in the window.
[[event]]
at = "3 h"
condition = "fed"
medium = { from = "exercised muscle" }

[[event]]
at = "5 h"
axotomy = { from = ["380 um", "0 um"], to = ["380 um", "600 um"] }
"#;

fn outgrowth(words: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrowth"));
    command.args(words).current_dir(folder).stdin(Stdio::null());
    command.output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// What the program prints where it does what it is asked.
fn printed(words: &[&str], folder: &Path) -> String {
    let output = outgrowth(words, folder);
    assert!(output.status.success(), "{words:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// What it says where it refuses.
fn refused(words: &[&str], folder: &Path) -> String {
    let output = outgrowth(words, folder);
    assert_eq!(output.status.code(), Some(2), "{words:?}: {}", text(&output.stdout));
    text(&output.stderr)
}

/// A picture with nothing but gel in it, and one with a wall.
fn walls(folder: &Path, walled: bool) {
    let file = fs::File::create(folder.join("walls.png")).expect("a file");
    let mut encoder = png::Encoder::new(file, 30, 30);
    encoder.set_color(png::ColorType::Grayscale);
    let points: Vec<u8> = (0..900)
        .map(|at| if walled && at % 30 == 25 { 0 } else { 255 })
        .collect();
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&points).expect("points");
}

#[test]
fn a_link_of_a_session_ends_as_its_file_does() {
    let scratch = tempfile::tempdir().expect("a folder");
    let (here, elsewhere) = (scratch.path(), tempfile::tempdir().expect("a folder"));
    fs::write(here.join("session.toml"), SESSION).expect("written");
    walls(here, true);
    let link = printed(&["link", "session.toml"], here);
    assert!(link.starts_with("#v1.") && link.len() < 800, "{link}");
    let readouts = |words: &[&str], out: &str, folder: &Path| {
        printed(
            &[
                &["run"],
                words,
                &["--engine", "cpu", "--leave", "readouts", "--out", out],
            ]
            .concat(),
            folder,
        );
        fs::read(folder.join(out).join("readouts.csv")).expect("readouts")
    };
    let of_file = readouts(&["session.toml"], "file", here);
    // Another folder has no walls, or others, which are none of the link's business.
    walls(elsewhere.path(), false);
    assert!(
        of_file == readouts(&[&link], "link", elsewhere.path()),
        "the link ends differently"
    );
    let address = format!("https://example.org/outgrowth/{link}");
    assert!(of_file == readouts(&[&address], "address", here));
    assert!(
        of_file != readouts(&[&link, "--seed", "6"], "other", here),
        "another seed must differ"
    );
    // A link has the changes of the command line that it is made with, and one of a link is that link again.
    let changed = printed(&["link", "session.toml", "--seed", "6"], here);
    let seed_6 = |words: &[&str], out: &str| {
        let bytes = readouts(words, out, here);
        let rows = String::from_utf8(bytes).expect("text");
        // Ahead of the keys is the run's id, which is of the text.
        rows.lines()
            .map(|row| row.split_once(',').expect("columns").1.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(seed_6(&[&changed], "changed"), seed_6(&[&link, "--seed", "6"], "set"));
    assert_eq!(printed(&["link", &address], here), link);
    // What it leaves has the scenario and its file.
    let left = elsewhere.path().join("link/scenario");
    assert_eq!(fs::read_to_string(left.join("scenario.toml")).expect("left"), SESSION);
    assert_eq!(
        fs::read(left.join("walls.png")).expect("left"),
        fs::read(here.join("walls.png")).expect("there")
    );
    assert_eq!(
        printed(&["check", &link], elsewhere.path()),
        printed(&["check", "session.toml"], here)
    );
}

#[test]
fn what_is_no_link_or_cannot_be_one_is_said() {
    let scratch = tempfile::tempdir().expect("a folder");
    let here = scratch.path();
    for (words, told) in [
        (&["run", "#v7.abc"][..], "found a link of version \"7\""),
        (
            &["check", "https://example.org/#v1.AA"],
            "the link is damaged: its end is missing",
        ),
        (&["run", "no-such"], "expected a scenario file, a link, or one of"),
        (
            &["link", "quick", "--condition", "muscle besides them"],
            "did you mean \"muscle beside them\"?",
        ),
        (
            &["link", "quick", "--plot", "tip"],
            "--plot: found \"tip\"; expected one of",
        ),
        (&["link", "quick", "--well", "3"], "the plate has wells 1 to 2"),
        (&["link", "quick", "--at", "2 d"], "the run ends after \"1 d\""),
        (
            &["link", "quick", "--base", "school"],
            "expected an address without a #",
        ),
        (&["link", "quick", "--qr", "code.svg"], "--base"),
    ] {
        let said = refused(words, here);
        assert!(said.contains(told), "{words:?}: {said}");
    }
    let base = ["--base", "https://example.org/outgrowth/"];
    let output = outgrowth(&[&["link", "quick", "--qr", "code.svg"], &base[..]].concat(), here);
    let said = text(&output.stderr);
    assert!(
        said.contains("code.svg: a QR code of") && said.contains("short enough for a QR code"),
        "{said}"
    );
    assert!(
        fs::read_to_string(here.join("code.svg"))
            .expect("a picture")
            .contains("<svg")
    );
    let said = refused(&[&["link", "quick", "--qr", "code.svg"], &base[..]].concat(), here);
    assert!(said.contains("--force"), "{said}");
    // Noise, of which nothing can be left out.
    let noise: String = (0..100_u32)
        .map(|number| format!("# {}\n", blake3::hash(&number.to_le_bytes())))
        .collect();
    fs::write(
        here.join("long.toml"),
        SESSION.replace(", walls = \"walls.png\"", "") + &noise,
    )
    .expect("written");
    let said = refused(&[&["link", "long.toml", "--qr", "long.svg"], &base[..]].concat(), here);
    assert!(
        said.contains("a QR code holds 2048") && !here.join("long.svg").exists(),
        "{said}"
    );
}
