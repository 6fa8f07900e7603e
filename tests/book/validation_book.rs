//! The validation book as files and as a command: every case is embedded and sound, mistakes are named, and a band or a
//! control that does not do its work fails the command.

use outgrowth::validation::book::BOOK;
use outgrowth::validation::case::read;
use outgrowth::validation::measures::MEASURES;
use std::path::Path;
use std::process::{Command, Output};

fn validate(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .arg("validate")
        .args(words)
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A case of the book with one part of its text replaced, read.
fn spoiled(name: &str, part: &str, by: &str) -> String {
    let page = BOOK.iter().find(|page| page.name == name).expect("in the book");
    assert!(page.text.contains(part), "{name} has no {part:?}");
    let mistakes = read(&page.text.replace(part, by), name, "case.toml").expect_err("a mistake");
    mistakes.to_string()
}

#[test]
fn every_case_in_the_folder_is_in_the_book_and_sound() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("validation");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .replace(".toml", "")
        })
        .collect();
    let mut names: Vec<&str> = BOOK.iter().map(|page| page.name).collect();
    files.sort();
    names.sort_unstable();
    assert_eq!(files, names);
    for page in BOOK {
        let case = page.case().unwrap_or_else(|mistakes| panic!("{mistakes}"));
        assert!(!case.controls.is_empty(), "{} has no control", page.name);
    }
}

#[test]
fn every_measure_is_used() {
    for measure in MEASURES {
        let used = BOOK
            .iter()
            .any(|page| page.case().is_ok_and(|case| case.measure == measure));
        assert!(used, "no case asks for {}", measure.name);
    }
}

#[test]
fn mistakes_name_file_line_and_key() {
    let expected = [
        (
            "speed = \"20 um/h\"",
            "sped = \"20 um/h\"",
            "case.toml:11: setting.sped: found an unknown key",
            "did you mean \"speed\"?",
        ),
        (
            "speed = \"20 um/h\"",
            "",
            "setting.speed: found nothing; expected a speed such as",
            "",
        ),
        (
            "speed = \"20 um/h\"",
            "speed = \"20 um\"",
            "setting.speed: found \"20 um\", which is a length",
            "",
        ),
        (
            "kind = \"exact\"",
            "kind = \"exakt\"",
            "kind: found \"exakt\"",
            "did you mean \"exact\"?",
        ),
        (
            "measure = \"mean-",
            "measure = \"men-",
            "measure: found \"men-squared-displacement\"",
            "mean-squared-displacement",
        ),
        (
            "claim = ",
            "klaim = ",
            "klaim: found an unknown key",
            "claim: found nothing",
        ),
        (
            "{ relative = \"5 %\" }",
            "{ within = 5 }",
            "band.spread: found \"within\"",
            "at_most",
        ),
        (
            "persistence_length = \"100 um\"",
            "",
            "control: found nothing changed",
            "",
        ),
        (
            "[[control]]",
            "[other]",
            "other: found an unknown key",
            "no control that breaks \"spread\"",
        ),
        (
            "spread = ",
            "spred = ",
            "band.spred: found an unknown key",
            "band.spread: found nothing",
        ),
    ];
    for (part, by, message, also) in expected {
        let said = spoiled("persistent-walk", part, by);
        assert!(said.contains(message) && said.contains(also), "{by:?}: {said}");
    }
    let said = spoiled("speed", "breaks = [\"memory\"]", "breaks = [\"gaussian\"]");
    assert!(said.contains("no control that breaks \"memory\""), "{said}");
}

#[test]
fn cases_that_stand_are_done_and_leave_a_page() {
    let scratch = tempfile::tempdir().expect("folder");
    let folder = scratch.path().to_str().expect("text");
    let words = [
        "field-decay",
        "mechano-saw-tooth",
        "--quick",
        "--engine",
        "cpu",
        "--out",
        folder,
        "--json",
    ];
    let output = validate(&words);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["passed"], true);
    assert_eq!(json["cases"][0]["controls"][0]["fails_as_it_must"], true);
    let page = std::fs::read_to_string(scratch.path().join("validation.html")).expect("a page");
    for part in [
        "2 of 2 cases stand",
        "Decay alone",
        "e<sup>−0.1</sup>",
        "<svg",
        "follows from what was put in",
    ] {
        assert!(page.contains(part), "the page has no {part:?}");
    }
    assert!(!page.contains("http"), "the page loads something");

    let again = validate(&words);
    assert_eq!(again.status.code(), Some(2), "an earlier page is not replaced");
    assert!(said(&again).contains("already there"), "{}", said(&again));
}

/// A band that is too narrow, and a control that changes nothing that matters, fail the command.
#[test]
fn a_case_that_does_not_stand_fails_the_command() {
    let scratch = tempfile::tempdir().expect("folder");
    let page = BOOK
        .iter()
        .find(|page| page.name == "field-decay")
        .expect("in the book");
    for (name, part, by, message) in [
        (
            "narrow",
            "published = 90483.74",
            "published = 90484.74",
            "OUT OF ITS BAND",
        ),
        ("tame", "decay = 0.0101", "decay = 0.01", "ITS CONTROL DOES NOT FAIL"),
    ] {
        let file = scratch.path().join(format!("{name}.toml"));
        std::fs::write(&file, page.text.replace(part, by)).expect("written");
        let out = scratch.path().join(format!("{name}.html"));
        let (file, out) = (file.to_str().expect("text"), out.to_str().expect("text"));
        let output = validate(&[file, "--engine", "cpu", "--out", out]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(said(&output).contains(message), "{name}: {}", said(&output));
        assert!(
            std::fs::read_to_string(out).expect("a page").contains("does not stand"),
            "{name}"
        );
    }
}

#[test]
fn an_unknown_case_is_wrong_input() {
    let output = validate(&["persistent-wlak", "--list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("did you mean \"persistent-walk\"?"),
        "{}",
        said(&output)
    );
    let list = validate(&["--list"]);
    assert_eq!(String::from_utf8_lossy(&list.stdout).lines().count(), BOOK.len());
}
