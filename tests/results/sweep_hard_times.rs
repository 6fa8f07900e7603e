//! Sweeps in hard times: a disk that takes no more, a folder that can only be read, is gone, or holds another sweep; programs that were
//! killed while they put files together; two that plan in one folder; a machine that is too small for some runs. Each says what is
//! wrong, leaves earlier files as they were, and the same command does what is missing. `scripts/hard_sweeps.sh` does more of it.

use crate::small_sweep::{SMALL, done, files, outgrowth, parts, program, tables, with};
use outgrowth::engine::EngineInfo;
use outgrowth::sweep::{Machine, PlannedRun, Share, Watcher, read_plan, work};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

/// Plans six runs in as many parts.
fn plan(folder: &Path) {
    done(
        &with("plan", &SMALL, &["--seeds", "1..3", "--shares", "6", "--out"]),
        folder,
    );
}

/// Six runs that are done, in as many files.
fn worked(folder: &Path) {
    plan(folder);
    done(&["work", "-q"], folder);
    assert_eq!(parts(folder).len(), 6);
}

/// The whole sweep, undisturbed.
fn whole(folder: &Path) {
    worked(folder);
    done(&["gather", "-q"], folder);
}

/// That a command failed with these words, and by no panic.
#[track_caller]
fn refused(output: &Output, code: i32, words: &[&str]) {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    for word in words {
        assert!(told.contains(word), "no word of {word}: {told}");
    }
}

/// A full disk while the work is done and while it is summed up: no file may be longer than a kilobyte, as if there was no more room.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let scratch = tempfile::tempdir().expect("a folder");
    let [expected, sweep] = ["whole", "sweep"].map(|name| scratch.path().join(name));
    whole(&expected);
    let in_little_room = |command: &str| {
        let script = "trap '' XFSZ; ulimit -f 2; exec \"$0\" \"$1\" -q \"$2\"";
        let mut shell = Command::new("sh");
        shell.args(["-c", script, env!("CARGO_BIN_EXE_outgrowth"), command]);
        shell
            .arg(&sweep)
            .stdin(Stdio::null())
            .output()
            .expect("the shell starts")
    };
    plan(&sweep);
    let before = files(&sweep);
    refused(
        &in_little_room("work"),
        1,
        &["part-1-1.parquet cannot be written", "that there is room"],
    );
    assert!(files(&sweep) == before, "something is left of a part");
    done(&["work", "-q"], &sweep);
    let before = files(&sweep);
    refused(
        &in_little_room("gather"),
        1,
        &["part-1-6.parquet cannot be written", "that there is room"],
    );
    assert!(files(&sweep) == before, "the files are not as they were");
    done(&["gather", "-q"], &sweep);
    assert!(tables(&sweep) == tables(&expected), "other files than undisturbed");
}

/// A folder that can only be read, by somebody who is not the owner of all.
#[cfg(unix)]
#[test]
fn a_folder_that_can_only_be_read_stays_as_it_is() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    let scratch = tempfile::tempdir().expect("a folder");
    let [expected, sweep, copy] = ["whole", "sweep", "outgrowth"].map(|name| scratch.path().join(name));
    let allow = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("allowed");
    };
    allow(scratch.path(), 0o755);
    // Where others may start it.
    fs::copy(env!("CARGO_BIN_EXE_outgrowth"), &copy).expect("copied");
    let is_root = fs::metadata(scratch.path()).expect("facts").uid() == 0;
    let by_a_reader = |command: &str| {
        let mut program = Command::new(&copy);
        program.args([command, "-q"]).arg(&sweep).stdin(Stdio::null());
        if is_root {
            // Root may write everywhere.
            program.uid(NOBODY);
        }
        program.output().expect("the program starts")
    };
    whole(&expected);
    plan(&sweep);
    let words = ["cannot be made", "the folder may be written to"];
    for (command, next) in [("work", "work"), ("gather", "gather")] {
        let before = files(&sweep);
        allow(&sweep, 0o555);
        refused(&by_a_reader(command), 1, &words);
        allow(&sweep, 0o755);
        assert!(files(&sweep) == before, "{command} has changed something");
        done(&[next, "-q"], &sweep);
    }
    assert!(tables(&sweep) == tables(&expected), "other files than undisturbed");
}

/// A worker that is at its parts: it has written one of them.
#[cfg(unix)]
fn worker(folder: &Path) -> std::process::Child {
    let written = || {
        let has_any = folder.join("readouts").exists();
        if has_any { parts(folder).len() } else { 0 }
    };
    let before = written();
    let worker = program(&["work", "-q", "--threads", "1"])
        .arg(folder)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    while written() == before {
        std::thread::yield_now();
    }
    worker
}

#[cfg(unix)]
#[test]
fn a_folder_that_vanishes_is_not_made_again() {
    let scratch = tempfile::tempdir().expect("a folder");
    let [expected, sweep, away] = ["whole", "sweep", "away"].map(|name| scratch.path().join(name));
    let plan = with("plan", &SMALL, &["--seeds", "1..40", "--shares", "80", "--out"]);
    done(&plan, &expected);
    done(&["work", "-q"], &expected);
    done(&["gather", "-q"], &expected);
    done(&plan, &sweep);
    let at_work = worker(&sweep);
    fs::rename(&sweep, &away).expect("moved");
    let output = at_work.wait_with_output().expect("an end");
    refused(&output, 1, &["sweep is gone", "Put it back"]);
    assert!(!sweep.exists(), "a folder without its plan");
    refused(&outgrowth(&["gather"], &sweep), 2, &["plan.toml cannot be read"]);
    fs::rename(&away, &sweep).expect("moved back");
    // Another sweep in its place is not written to.
    let at_work = worker(&sweep);
    fs::rename(&sweep, &away).expect("moved");
    done(&with("plan", &SMALL, &["--seeds", "1..2", "--out"]), &sweep);
    let other = files(&sweep);
    let output = at_work.wait_with_output().expect("an end");
    // It may have met the moment between the two.
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let is_said = told.contains("holds another sweep") || told.contains("is gone");
    assert!(output.status.code() == Some(1) && is_said, "{told}");
    assert!(files(&sweep) == other, "it wrote to another sweep");
    fs::remove_dir_all(&sweep).expect("removed");
    fs::rename(&away, &sweep).expect("moved back");
    done(&["work", "-q"], &sweep);
    // What those who lost their folder could not clear goes now.
    done(&["gather", "-q"], &sweep);
    assert!(tables(&sweep) == tables(&expected), "other files than undisturbed");
}

/// Wherever whoever put files together was killed, no run is lost or there twice, nothing is done again, and the next one ends in the
/// same files.
#[test]
fn a_merge_that_was_cut_short_is_gone_on_with() {
    let scratch = tempfile::tempdir().expect("a folder");
    let expected = scratch.path().join("whole");
    whole(&expected);
    let [merged] = &parts(&expected)[..] else {
        panic!("several files")
    };
    for removed in [0, 2, 6] {
        let sweep = scratch.path().join(format!("removed-{removed}"));
        worked(&sweep);
        let waiting = sweep.join("merged").join(merged.file_name().expect("a name"));
        fs::create_dir(sweep.join("merged")).expect("made");
        fs::copy(merged, &waiting).expect("copied");
        for part in &parts(&sweep)[..removed] {
            fs::remove_file(part).expect("removed");
        }
        let told = done(&["work"], &sweep);
        assert!(told.contains(" 0 runs done"), "{told}");
        assert_eq!(parts(&sweep).len(), 6 - removed, "work is no business of merges");
        done(&["gather", "-q"], &sweep);
        assert!(tables(&sweep) == tables(&expected), "other files than undisturbed");
        assert!(!sweep.join("merged").exists() && !sweep.join("locks").exists());
    }
}

/// Several that plan in one folder at once: one has it, those that plan the same find it there, all others are refused.
#[test]
fn one_folder_takes_one_plan() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("sweep");
    let seeds = ["1..2000", "1..2000", "2..2001", "3..2002", "4..2003", "1..2000"];
    let planning = seeds.map(|seeds| {
        let words = with("plan", &SMALL, &["--seeds", seeds, "--out"]);
        let mut program = program(&words);
        program.arg(&folder).stderr(Stdio::piped());
        program.spawn().expect("the program starts")
    });
    let ended = planning.map(|program| program.wait_with_output().expect("an end"));
    let has_it: Vec<&str> = (seeds.iter().zip(&ended))
        .filter_map(|(seeds, output)| output.status.success().then_some(*seeds))
        .collect();
    assert!(
        !has_it.is_empty() && has_it.iter().all(|seeds| *seeds == has_it[0]),
        "{has_it:?}"
    );
    let same = seeds.iter().filter(|seeds| **seeds == has_it[0]).count();
    assert_eq!(has_it.len(), same, "the same plan is no other sweep");
    for output in ended.iter().filter(|output| !output.status.success()) {
        refused(output, 2, &["holds another sweep"]);
    }
    let alone = scratch.path().join("alone");
    done(&with("plan", &SMALL, &["--seeds", has_it[0], "--out"]), &alone);
    assert!(files(&folder) == files(&alone), "a plan of two minds");
}

/// Whoever only notes which runs failed.
#[derive(Default)]
struct Noting(Mutex<Vec<u64>>);

impl Watcher for Noting {
    fn stops(&self) -> bool {
        false
    }
    fn uses(&self, _: &EngineInfo) {}
    fn advances(&self, _: f64) {}
    fn fails(&self, run: &PlannedRun, _: &str) {
        self.0.lock().expect("a list").push(run.id);
    }
}

/// Runs that failed by the machine are tried again when the sweep is started again, and nothing else is.
#[test]
fn runs_that_a_small_machine_refuses_are_missing() {
    let scratch = tempfile::tempdir().expect("a folder");
    let [expected, sweep] = ["whole", "sweep"].map(|name| scratch.path().join(name));
    let words = ["--vary", "explant.0.neurons=10,400,11", "--seeds", "1..2"];
    let options: Vec<&str> = [
        "quick",
        "--set",
        "duration=2 h",
        "--set",
        "event=[]",
        "--engine",
        "cpu",
        "-q",
    ]
    .into_iter()
    .chain(words)
    .collect();
    done(&with("sweep", &options, &["--out"]), &expected);
    done(&with("plan", &options, &["--out"]), &sweep);
    let plan = read_plan(&sweep).expect("a plan");
    // As much memory as the smaller plates need.
    let takes = |id: u64, bytes: u64| {
        let run = plan.run(id).expect("a run");
        plan.contract.read(&plan.overrides(&run), Some(bytes)).is_ok()
    };
    let bytes = (10..40)
        .map(|power| 1 << power)
        .find(|&bytes| takes(1, bytes))
        .expect("a size");
    let bytes = (1..=16)
        .map(|sixteenths| bytes / 2 + bytes / 32 * sixteenths)
        .find(|&bytes| takes(1, bytes) && takes(5, bytes) && !takes(3, bytes));
    let machine = Machine {
        threads: 1,
        memory_bytes: Some(bytes.expect("a size between the two")),
        ..Machine::default()
    };
    let noting = Noting::default();
    let worked = work(&plan, &sweep, Share::ALL, &machine, &noting).expect("work");
    assert_eq!((worked.runs, worked.failed), (4, 2));
    assert_eq!(*noting.0.lock().expect("a list"), [3, 4]);
    let names: Vec<PathBuf> = files(&sweep.join("readouts"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let in_share = |name: &str| Path::new("share=1-of-1").join(name);
    assert_eq!(names, ["part-1-2.parquet", "part-5-6.parquet"].map(in_share));
    let output = outgrowth(&["gather"], &sweep);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        told.contains("2 failed") && told.contains("2 of them by the machine"),
        "{told}"
    );
    let failed = fs::read_to_string(sweep.join("failed.csv")).expect("a table");
    assert!(failed.lines().skip(1).all(|line| line.ends_with(",yes")), "{failed}");
    assert_eq!(failed.lines().count(), 3, "{failed}");
    let told = done(&["work"], &sweep);
    assert!(told.contains("share 1/1: 2 runs done"), "{told}");
    done(&["gather", "-q"], &sweep);
    assert!(tables(&sweep) == tables(&expected), "other files than undisturbed");
}
