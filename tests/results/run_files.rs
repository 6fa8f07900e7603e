//! What a run leaves, through the program itself: the same bytes whatever the threads, results of a stopped run, and
//! a machine without any graphics driver.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrowth"));
    command.stdin(Stdio::null());
    command
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    let output = program()
        .args(arguments)
        .arg("--out")
        .arg(folder)
        .output()
        .expect("the program starts");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Every file below a folder that does not speak of the machine or the hour, with its bytes.
fn comparable_files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
        {
            if entry.is_dir() {
                folders.push(entry);
            } else if !["run.json", "report.html"]
                .contains(&entry.file_name().unwrap_or_default().to_str().unwrap_or(""))
            {
                files.push((
                    entry.strip_prefix(folder).expect("below").to_owned(),
                    fs::read(&entry).expect("a file"),
                ));
            }
        }
    }
    files.sort();
    files
}

/// `readouts.csv`, the SWC files and all others are byte-identical for 1 and 2 threads and for two runs.
#[test]
fn files_do_not_depend_on_threads() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let arguments = ["run", "quick", "--engine", "cpu", "--threads"];
    let with = |threads: &str, name: &str, more: &[&str]| {
        run(&[&arguments[..], &[threads], more].concat(), &at(name));
        comparable_files(&at(name))
    };
    let once = with("1", "once", &[]);
    assert!(
        once.iter()
            .filter(|(name, _)| name.extension().is_some_and(|kind| kind == "swc"))
            .count()
            >= 100
    );
    assert!(once.iter().any(|(name, _)| name.ends_with("readouts.csv")));
    assert!(once == with("1", "again", &[]), "two runs differ");
    assert!(once == with("2", "two", &[]), "two threads differ from one");
    assert!(once != with("2", "other", &["--seed", "2"]), "another seed must differ");
}

/// The GPU engine leaves the same bytes twice.
#[test]
fn files_of_the_gpu_engine_repeat() {
    let scratch = tempfile::tempdir().expect("a folder");
    let arguments = [
        "run",
        "quick",
        "--engine",
        "software-gpu",
        "--set",
        "duration=\"4 h\"",
        "--set",
        "event=[]",
    ];
    let folder = scratch.path().join("once");
    let output = program()
        .args(arguments)
        .arg("--out")
        .arg(&folder)
        .output()
        .expect("the program starts");
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(
            message.contains("no software") || message.contains("adapter"),
            "{message}"
        );
        assert_ne!(
            std::env::var("REQUIRE_GPU").as_deref(),
            Ok("1"),
            "REQUIRE_GPU=1, but {message}"
        );
        println!("SKIPPED: {message}");
        return;
    }
    run(&arguments, &scratch.path().join("again"));
    assert!(
        comparable_files(&folder) == comparable_files(&scratch.path().join("again")),
        "two runs differ"
    );
}

/// Ctrl-C ends a run with what was measured so far, marked as partial, and the status says so.
#[cfg(unix)]
#[test]
fn ctrl_c_leaves_partial_results() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("stopped");
    let mut child = program()
        .args([
            "run",
            "exercise-2024",
            "--engine",
            "cpu",
            "--set",
            "duration=\"60 d\"",
            "--set",
            "branching.rate=\"0 /h\"",
            "--out",
        ])
        .arg(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The first day is over: the run is under way and listens.
    let mut messages = String::new();
    let mut lines = BufReader::new(child.stderr.take().expect("piped"));
    while !messages.contains("day 1 of") {
        assert!(
            lines.read_line(&mut messages).expect("text") > 0,
            "it ended: {messages}"
        );
    }
    let asked = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .expect("kill");
    assert!(asked.success());
    lines.read_to_string(&mut messages).expect("text");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{messages}");
    assert!(messages.contains("partial"), "{messages}");
    let record: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("run.json")).expect("run.json")).expect("JSON");
    assert_eq!(record["partial"], true);
    let (done, planned) = (record["steps_done"].as_u64(), record["steps_planned"].as_u64());
    assert!(done > Some(0) && done < planned, "{done:?} of {planned:?} steps");
    let table = fs::read_to_string(folder.join("readouts.csv")).expect("readouts.csv");
    assert!(table.lines().count() > 18, "no row was kept");
    assert!(
        fs::read_to_string(folder.join("report.html"))
            .expect("report")
            .contains("Partial result")
    );
}

/// Without any Vulkan driver a run finishes on the processor and says why.
#[test]
fn without_a_driver_the_processor_computes_and_says_why() {
    let scratch = tempfile::tempdir().expect("a folder");
    let output = program()
        .args([
            "run",
            "quick",
            "--set",
            "duration=\"2 h\"",
            "--set",
            "event=[]",
            "--out",
        ])
        .arg(scratch.path().join("results"))
        .env("VK_DRIVER_FILES", "/nowhere/none.json")
        .env("VK_ICD_FILENAMES", "/nowhere/none.json")
        .output()
        .expect("the program starts");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    if cfg!(target_os = "linux") {
        assert!(
            messages.contains("cpu on") && messages.contains("no graphics hardware"),
            "{messages}"
        );
    }
    assert!(scratch.path().join("results/report.html").exists());
}

/// Results that are there are not touched without being asked for, and nothing is computed before that is said.
#[test]
fn earlier_results_are_not_touched() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("results");
    let arguments = [
        "run",
        "quick",
        "--engine",
        "cpu",
        "--set",
        "duration=\"2 h\"",
        "--set",
        "event=[]",
    ];
    run(&arguments, &folder);
    let before = comparable_files(&folder);
    let again = program()
        .args(arguments)
        .args(["--seed", "5", "--out"])
        .arg(&folder)
        .output()
        .expect("the program starts");
    assert_eq!(
        again.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&again.stderr)
    );
    assert!(String::from_utf8_lossy(&again.stderr).contains("--force"));
    assert!(comparable_files(&folder) == before);
    run(&[&arguments[..], &["--seed", "5", "--force"]].concat(), &folder);
    assert!(comparable_files(&folder) != before);
}

/// A run whose scenario names a file leaves both, and the copy gives the same run again; without the file it is refused.
#[test]
fn a_run_can_be_repeated_from_what_it_left_though_its_scenario_names_a_file() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let shortly = ["--engine", "cpu", "--quiet", "--set", "duration=\"2 h\""];
    let again = |scenario: &str, folder: &Path| {
        let mut arguments = vec!["run", scenario];
        arguments.extend(shortly);
        run(&arguments, folder);
        fs::read(folder.join("readouts.csv")).expect("readouts")
    };
    let first = again("microchannels", &at("first"));
    let copy = at("first").join("scenario");
    let scenario = copy.join("scenario.toml");
    assert!(copy.join("microchannels.png").is_file());
    assert_eq!(again(scenario.to_str().expect("text"), &at("second")), first);
    fs::remove_file(copy.join("microchannels.png")).expect("removed");
    let refused = program()
        .args(["check", scenario.to_str().expect("text")])
        .output()
        .expect("the program starts");
    assert!(!refused.status.success(), "the file is not needed");
    // A result with a scenario in it is replaced like any other.
    let replaced = [&["run", "microchannels", "--force"][..], &shortly].concat();
    run(&replaced, &at("second"));
    assert!(at("second").join("scenario").is_dir());
    run(&["run", "quick", "--quiet", "--engine", "cpu"], &at("third"));
    assert!(
        !at("third").join("scenario").exists(),
        "a scenario without files needs none"
    );
}
