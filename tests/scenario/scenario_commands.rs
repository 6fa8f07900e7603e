//! The text commands as a shell sees them: what they print, where, and with which exit status.

use std::process::{Command, Output};

fn outgrowth(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(words)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn check_prints_what_a_scenario_resolves_to() {
    let output = outgrowth(&["check", "exercise-2024", "--set", "growth_cone.speed=6 um/h"]);
    let printed = text(&output.stdout);
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
    assert!(
        printed.contains("speed                    6 um/h           set      C"),
        "{printed}"
    );
    assert!(
        printed.contains("exercise-2024: 18 wells, 7200 steps, seed 1"),
        "{printed}"
    );
}

#[test]
fn check_prints_json() {
    let output = outgrowth(&["check", "quick", "--json", "--seed", "7"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        (&json["seed"], &json["needs"]["wells"], &json["steps"]),
        (&7.into(), &2.into(), &1440.into())
    );
}

#[test]
fn check_warns_on_stderr_and_succeeds() {
    let output = outgrowth(&["check", "quick", "-q", "--set", "growth_cone.speed=1 um/h"]);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), ""));
    assert!(text(&output.stderr).starts_with("warning: --set growth_cone.speed=1 um/h: \"1 um/h\" is unusual"));
}

#[test]
fn wrong_input_is_told_on_stderr_with_status_2() {
    let cases: [(&[&str], &str); 4] = [
        (
            &["check", "quick", "--set", "step=2"],
            "--set step=2: found 2 without a unit; expected a time such as \"30 min\"\n",
        ),
        (&["check", "quik"], "(did you mean \"quick\"?)\n"),
        (
            &["explain", "growth_cone.sped"],
            "(did you mean \"growth_cone.speed\"?)\n",
        ),
        (&["check", "quick", "--set", "nothing"], "expected KEY=VALUE"),
    ];
    for (words, expected) in cases {
        let output = outgrowth(words);
        assert_eq!(
            (output.status.code(), text(&output.stdout).as_str()),
            (Some(2), ""),
            "{words:?}"
        );
        assert!(
            text(&output.stderr).contains(expected),
            "{words:?}: {}",
            text(&output.stderr)
        );
    }
}

#[test]
fn a_file_that_is_no_text_is_told_with_its_line() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), b"name = \"t\"\n\xff\n").expect("written");
    let path = file.path().to_string_lossy().into_owned();
    let output = outgrowth(&["check", &path]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        format!("{path}:2: found bytes that are no text; expected UTF-8\n")
    );
}

#[test]
fn explain_schema_and_completions_print() {
    assert!(text(&outgrowth(&["explain", "growth_cone.speed"]).stdout).contains("v_run = (v0 + f_ret v_ret) / f_run"));
    let schema: serde_json::Value = serde_json::from_slice(&outgrowth(&["schema"]).stdout).expect("JSON");
    assert_eq!(schema["type"], "object");
    assert!(text(&outgrowth(&["completions", "bash"]).stdout).contains("outgrowth"));
}
