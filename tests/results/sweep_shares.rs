//! Sweeps in shares, as schedulers do them: the same files however the work was shared and cut short, and an end on request with a
//! status that says whether something is left.

use crate::small_sweep::{SMALL, done, outgrowth, program, tables, with};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Makes a small sweep in parts of one run.
fn sweep(command: &str, seeds: &str, folder: &Path) {
    done(
        &with(command, &SMALL, &["--shares", "6", "--seeds", seeds, "--out"]),
        folder,
    );
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
    let refused = outgrowth(&["work", "--share", "auto"], &folder);
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
    // What was done of a part by then is kept: a sweep in one part of many runs.
    let scratch = tempfile::tempdir().expect("a folder");
    let (folder, whole) = (scratch.path().join("sweep"), scratch.path().join("whole"));
    let one_part = |command: &str, folder: &Path| {
        done(
            &with(
                command,
                &SMALL,
                &["--set", "duration=12 h", "--seeds", "1..40", "--out"],
            ),
            folder,
        );
    };
    one_part("plan", &folder);
    let mut worker = program(&["work", "--threads", "2"]);
    let mut worker = worker
        .arg(&folder)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let told = BufReader::new(worker.stderr.take().expect("its messages")).lines();
    for line in told.map_while(Result::ok) {
        if line.starts_with(|first: char| ('1'..='9').contains(&first)) {
            break;
        }
    }
    let sent = Command::new("kill").arg("-INT").arg(worker.id().to_string()).status();
    assert!(sent.expect("kill").success());
    assert_eq!(worker.wait().expect("an end").code(), Some(130));
    let kept = tables(&folder)
        .iter()
        .filter(|(name, _)| name.starts_with("readouts"))
        .count();
    assert!(kept > 0, "nothing is left of the runs that were done");
    done(&["work", "-q"], &folder);
    done(&["gather", "-q"], &folder);
    one_part("sweep", &whole);
    assert!(
        tables(&folder) == tables(&whole),
        "other files than those of a sweep never stopped"
    );
    // Nothing left is no reason to start again.
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("sweep");
    sweep("sweep", "1", &folder);
    assert_eq!(outgrowth(&["work", "-q"], &folder).status.code(), Some(0));
}
