//! Sweeps in shares, as schedulers do them: the same files however the work was shared and cut short, and an end on request with a
//! status that says whether something is left.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The options of a small sweep in parts of one run.
const SMALL: [&str; 14] = [
    "quick",
    "--vary",
    "growth_cone.speed=4,8 um/h",
    "--set",
    "duration=2 h",
    "--set",
    "event=[]",
    "--set",
    "explant.0.neurons=10",
    "--engine",
    "cpu",
    "--shares",
    "6",
    "-q",
];

fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrowth"));
    command.args(words).stdin(Stdio::null());
    // Those of an array that this test may itself be a task of.
    for system in &outgrowth::sweep::array_share::SYSTEMS {
        command.env_remove(system.number);
    }
    command
}

fn output(words: &[&str], folder: &Path) -> Output {
    program(words).arg(folder).output().expect("the program starts")
}

#[track_caller]
fn done(words: &[&str], folder: &Path) {
    let output = output(words, folder);
    assert!(
        output.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn sweep(command: &str, seeds: &str, folder: &Path) {
    let words: Vec<&str> = [command]
        .into_iter()
        .chain(SMALL)
        .chain(["--seeds", seeds, "--out"])
        .collect();
    done(&words, folder);
}

/// The tables below a folder, by name, with their bytes.
fn tables(sweep: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![sweep.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(sweep).expect("below").to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.extension().is_some_and(|ending| ending == "parquet") || name.ends_with("summary.csv") {
                found.push((name, fs::read(path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_done_plan_is_the_same_bytes_however_it_was_shared() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let (whole, shared, other) = (at("whole"), at("shared"), at("other"));
    sweep("sweep", "1..6", &whole);
    sweep("plan", "1..6", &shared);
    // Out of order, summed up on the way, and the rest by one that does all.
    for share in ["5/6", "2/6"] {
        done(&["work", "--share", share, "-q"], &shared);
    }
    done(&["gather", "-q"], &shared);
    done(&["work", "--share", "1/6", "-q"], &shared);
    done(&["gather", "-q"], &shared);
    assert_ne!(tables(&shared), tables(&whole), "half of it is missing");
    done(&["work", "-q"], &shared);
    done(&["gather", "-q"], &shared);
    let names = |sweep: &Path| {
        tables(sweep)
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<PathBuf>>()
    };
    assert_eq!(names(&shared), names(&whole));
    assert!(tables(&shared) == tables(&whole), "the same files with other bytes");
    sweep("sweep", "2..7", &other);
    assert_eq!(names(&other), names(&whole));
    assert!(tables(&other) != tables(&whole), "other seeds are other bytes");
}

#[test]
fn a_share_is_taken_from_the_array() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("sweep");
    sweep("plan", "1..3", &folder);
    let refused = output(&["work", "--share", "auto"], &folder);
    let told = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{told}");
    assert!(told.contains("found none of SLURM_ARRAY_TASK_ID, HQ_TASK_ID"), "{told}");
    let mut task = program(&["work", "--share", "auto"]);
    let task = task
        .arg(&folder)
        .env("JOB_COMPLETION_INDEX", "2")
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&task.stderr);
    assert!(
        task.status.success() && told.contains("share 3/6, by JOB_COMPLETION_INDEX"),
        "{told}"
    );
    assert!(folder.join("readouts/share=3-of-6").is_dir());
}

#[test]
#[cfg(unix)]
fn a_request_to_end_leaves_whole_parts_and_says_that_work_is_left() {
    for (signal, expected) in [("TERM", 85), ("USR1", 85), ("INT", 130)] {
        let scratch = tempfile::tempdir().expect("a folder");
        let folder = scratch.path().join("sweep");
        sweep("plan", "1..300", &folder);
        let mut worker = program(&["work", "--threads", "1"]);
        let mut worker = worker
            .arg(&folder)
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // It listens when it has begun.
        let begun = Instant::now();
        while !folder.join("locks").is_dir() && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let sent = Command::new("kill")
            .arg(format!("-{signal}"))
            .arg(worker.id().to_string())
            .status();
        assert!(sent.expect("kill").success());
        let ended = worker.wait().expect("an end");
        assert_eq!(ended.code(), Some(expected), "{signal}");
    }
    // Nothing left is no reason to start again.
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("sweep");
    sweep("sweep", "1", &folder);
    assert_eq!(output(&["work", "-q"], &folder).status.code(), Some(0));
}
