//! Checkpoints, through the program itself: runs that are killed, suspended or cut off go on to the same bytes.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

fn program(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrowth"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .env("XDG_RUNTIME_DIR", std::env::temp_dir());
    match arguments[0] {
        "resume" => command.arg(folder),
        _ => command.arg("--out").arg(folder),
    };
    command
}

/// A run with events that change numbers, cut axons and drop myokine, so that all of the state is in use.
const EVENTFUL: [&str; 12] = [
    "run",
    "quick",
    "--set",
    "duration=40 h",
    "--set",
    "record_every=1 h",
    "--set",
    "event=[{ at = \"5 h\", drop = { at = [\"0.3 mm\", \"0.3 mm\"], radius = \"60 um\", myokine = \"myokines\", dose = 3 } }, \
     { at = \"12 h\", axotomy = { from = [\"0.1 mm\", \"0.75 mm\"], to = [\"1.1 mm\", \"0.8 mm\"] } }, \
     { at = \"30 h\", set = { \"growth_cone.speed\" = \"9 um/h\" } }]",
    "--set",
    "injury.degeneration=30 h",
    "--checkpoint-every",
    "20 ms",
];

fn finish(arguments: &[&str], folder: &Path) -> Output {
    program(arguments, folder).output().expect("the program starts")
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Files that do not speak of the machine or the hour.
fn comparable(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for path in fs::read_dir(&next)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
        {
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("run.json") && !path.ends_with("report.html") {
                let bytes = fs::read(&path).expect("a file");
                files.push((path.strip_prefix(folder).expect("below").to_owned(), bytes));
            }
        }
    }
    files.sort();
    files
}

/// Begins a run and waits until it has written `states` checkpoints; with 0, until it has its folder.
fn begin(arguments: &[&str], folder: &Path, states: u32) -> Child {
    let mut child = program(arguments, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let last = match states {
        0 => "begun.json".to_owned(),
        _ => format!("{states:06}.state"),
    };
    let last = folder.join("checkpoint").join(last);
    while !last.exists() {
        assert_eq!(
            child.try_wait().expect("a child"),
            None,
            "it ended before its checkpoint"
        );
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    child
}

fn signal(child: &Child, name: &str) {
    let asked = Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(asked.expect("kill").success());
}

fn kill(mut child: Child) {
    signal(&child, "-KILL");
    child.wait().expect("it ends");
}

fn states(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("checkpoint")).expect("a folder").flatten();
    let mut states: Vec<_> = entries.map(|entry| entry.path()).collect();
    states.retain(|path| path.extension().is_some_and(|extension| extension == "state"));
    states.sort();
    states
}

fn on(engine: &str, arguments: &[&'static str]) -> Vec<&'static str> {
    let engine = if engine == "cpu" { "cpu" } else { crate::gpu::option() };
    arguments.iter().copied().chain(["--engine", engine]).collect()
}

/// A run that is killed at three moments and gone on with leaves the files of one that was never stopped; its folder holds nothing
/// that looks finished meanwhile.
fn killed_runs_go_on(engine: &str, arguments: &[&'static str]) {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let arguments = on(engine, arguments);
    let whole = finish(&arguments, &at("whole"));
    assert!(whole.status.success(), "{}", words(&whole));
    let killed = at("killed");
    kill(begin(&arguments, &killed, 2));
    let names: Vec<_> = fs::read_dir(&killed)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(names, ["checkpoint"]);
    assert!(states(&killed).len() <= 3, "{:?}", states(&killed));
    let again = ["resume", "--checkpoint-every", "20 ms", "--threads", "1"];
    kill(begin(&again, &killed, 5));
    let resumed = finish(&["resume"], &killed);
    assert!(resumed.status.success(), "{}", words(&resumed));
    assert!(words(&resumed).contains("goes on from step"), "{}", words(&resumed));
    assert!(
        comparable(&killed) == comparable(&at("whole")),
        "other files than those of a run never stopped"
    );
    let record: serde_json::Value =
        serde_json::from_slice(&fs::read(killed.join("run.json")).expect("a record")).expect("JSON");
    assert_eq!(record["resumed_at_step"].as_array().map(Vec::len), Some(2));
    assert_eq!(record["results_version"], outgrowth::readout::RESULTS_VERSION);
    // The control: another seed gives other files.
    let other: Vec<_> = arguments.iter().copied().chain(["--seed", "99"]).collect();
    assert!(finish(&other, &at("other")).status.success());
    assert!(comparable(&at("other")) != comparable(&at("whole")));
    // There is nothing to do a second time, and nothing is left beside the results.
    let finished = finish(&["resume"], &killed);
    assert!(
        finished.status.success() && words(&finished).contains("finished"),
        "{}",
        words(&finished)
    );
    let left: Vec<_> = fs::read_dir(scratch.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn killed_runs_go_on_to_the_same_files_on_the_processor() {
    killed_runs_go_on("cpu", &EVENTFUL);
}

#[test]
fn killed_runs_go_on_to_the_same_files_on_the_software_driver() {
    if std::env::var_os("REQUIRE_GPU").is_none() {
        eprintln!("skipped: no graphics driver is asked for (REQUIRE_GPU)");
        return;
    }
    let mut small = EVENTFUL;
    small[3] = "duration=31 h";
    killed_runs_go_on("gpu", &small);
}

/// SIGTERM suspends with a checkpoint; another begun in its place is refused, and begins anew with --force.
#[test]
fn a_suspended_run_is_gone_on_with_or_begun_anew() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let arguments = on("cpu", &EVENTFUL);
    assert!(finish(&arguments, &at("whole")).status.success());
    let folder = at("run");
    // Without a checkpoint by the clock: the one of the request.
    let rarely: Vec<_> = arguments
        .iter()
        .map(|&word| if word == "20 ms" { "1 h" } else { word })
        .collect();
    let mut child = begin(&rarely, &folder, 0);
    signal(&child, "-USR1");
    while states(&folder).is_empty() {
        assert_eq!(
            child.try_wait().expect("a child"),
            None,
            "it ended before its checkpoint"
        );
    }
    // Another run finds it at work.
    let other = finish(&arguments, &folder);
    assert_eq!(other.status.code(), Some(2));
    assert!(words(&other).contains("another run is at work"), "{}", words(&other));
    let other = finish(&["resume"], &folder);
    assert!(
        other.status.code() == Some(2) && words(&other).contains("at work"),
        "{}",
        words(&other)
    );
    signal(&child, "-TERM");
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(85), "{}", words(&ended));
    assert!(words(&ended).contains("outgrowth resume"), "{}", words(&ended));
    assert!(!folder.join("run.json").exists() && states(&folder).len() == 2);
    let refused = finish(&arguments, &folder);
    assert_eq!(refused.status.code(), Some(2));
    assert!(words(&refused).contains("unfinished run"), "{}", words(&refused));
    for option in [["--seed", "3"], ["--set", "seed=3"]] {
        let refused = finish(&["resume", option[0], option[1]], &folder);
        assert!(
            refused.status.code() == Some(2) && words(&refused).contains(option[0]),
            "{}",
            words(&refused)
        );
    }
    let copy = at("copy");
    copy_folder(&folder, &copy);
    assert!(finish(&["resume"], &folder).status.success());
    assert!(comparable(&folder) == comparable(&at("whole")));
    let anew: Vec<_> = arguments.iter().copied().chain(["--force"]).collect();
    let anew = finish(&anew, &copy);
    assert!(anew.status.success(), "{}", words(&anew));
    assert!(comparable(&copy) == comparable(&at("whole")));
}

/// Ctrl-C leaves partial results, which can be gone on with.
#[test]
fn partial_results_are_gone_on_with() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let arguments = on("cpu", &EVENTFUL);
    assert!(finish(&arguments, &at("whole")).status.success());
    let child = begin(&arguments, &at("run"), 1);
    signal(&child, "-INT");
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(130), "{}", words(&ended));
    assert!(at("run").join("report.html").is_file());
    assert!(comparable(&at("run")) != comparable(&at("whole")));
    let resumed = finish(&["resume"], &at("run"));
    assert!(resumed.status.success(), "{}", words(&resumed));
    assert!(comparable(&at("run")) == comparable(&at("whole")));
}

/// A second request ends the run at once and leaves the checkpoints alone.
#[test]
fn a_second_request_leaves_the_checkpoints_alone() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("run");
    // A plate whose steps are slow enough to be asked twice.
    let slow = [
        "run",
        "quick",
        "--engine",
        "cpu",
        "--set",
        "event=[]",
        "--set",
        "branching.rate=0 /h",
        "--set",
        "explant=[{ at = [\"0.6 mm\", \"0.6 mm\"], radius = \"100 um\", neurons = 60000 }]",
        "--checkpoint-every",
        "10 ms",
    ];
    let mut child = begin(&slow, &folder, 1);
    signal(&child, "-TERM");
    let mut line = String::new();
    let mut lines = BufReader::new(child.stderr.take().expect("piped"));
    while !line.contains("stopping") {
        line.clear();
        assert!(lines.read_line(&mut line).expect("text") > 0);
    }
    let before = states(&folder);
    assert!(!before.is_empty());
    std::thread::sleep(std::time::Duration::from_millis(1100));
    if child.try_wait().expect("a child").is_none() {
        signal(&child, "-TERM");
    }
    assert_eq!(child.wait().expect("it ends").code(), Some(85));
    assert!(!states(&folder).is_empty(), "the checkpoints are gone");
    assert!(!folder.join("run.json").exists());
}

/// A damaged state is refused with its reason and the one before is used; a foreign one is never used.
#[test]
fn damaged_states_are_passed_over_and_foreign_ones_refused() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let arguments = on("cpu", &EVENTFUL);
    assert!(finish(&arguments, &at("whole")).status.success());
    kill(begin(&arguments, &at("run"), 3));
    let both = states(&at("run"));
    let [before, last] = &both[both.len() - 2..] else {
        panic!("two states: {both:?}")
    };
    let changed = |path: &Path, change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = fs::read(path).expect("a state");
        change(&mut bytes);
        fs::write(path, bytes).expect("written");
    };
    let copy = |name: &str| {
        copy_folder(&at("run"), &at(name));
        let of = |path: &Path| at(name).join("checkpoint").join(path.file_name().expect("a name"));
        (of(before), of(last))
    };
    type Damage = (&'static str, &'static dyn Fn(&mut Vec<u8>), &'static str);
    let damages: [Damage; 5] = [
        ("cut", &|bytes| bytes.truncate(bytes.len() / 2), "damaged"),
        ("empty", &|bytes| bytes.clear(), "no checkpoint"),
        (
            "bit",
            &|bytes| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1
            },
            "damaged",
        ),
        (
            "other",
            &|bytes| *bytes = b"not a state at all, but a text".to_vec(),
            "no checkpoint",
        ),
        ("format", &|bytes| bytes[16] += 1, "format"),
    ];
    for (name, damage, said) in damages {
        let (_, last) = copy(name);
        changed(&last, damage);
        let resumed = finish(&["resume"], &at(name));
        assert!(
            resumed.status.success() && words(&resumed).contains(said),
            "{name}: {}",
            words(&resumed)
        );
        assert!(
            words(&resumed).contains("goes on from step"),
            "{name}: {}",
            words(&resumed)
        );
        assert!(comparable(&at(name)) == comparable(&at("whole")), "{name}");
    }
    // Both damaged, or none there yet: from the beginning.
    copy("both");
    states(&at("both"))
        .iter()
        .for_each(|state| changed(state, &|bytes| bytes.clear()));
    let resumed = finish(&["resume"], &at("both"));
    assert!(
        resumed.status.success() && words(&resumed).contains("begins anew"),
        "{}",
        words(&resumed)
    );
    assert!(comparable(&at("both")) == comparable(&at("whole")));
    // Rows that are not those that were written: no state fits them.
    copy("rows");
    changed(&at("rows").join("checkpoint/rows.csv"), &|bytes| bytes[100] ^= 1);
    let resumed = finish(&["resume"], &at("rows"));
    assert!(
        resumed.status.success() && words(&resumed).contains("rows.csv is damaged"),
        "{}",
        words(&resumed)
    );
    assert!(comparable(&at("rows")) == comparable(&at("whole")));
    // Another scenario than the one that was computed.
    copy("foreign");
    changed(&at("foreign").join("checkpoint/begun.json"), &|bytes| {
        let text = String::from_utf8_lossy(bytes).replace("injury.degeneration=30 h", "injury.degeneration=31 h");
        *bytes = text.into_bytes();
    });
    let refused = finish(&["resume"], &at("foreign"));
    assert_eq!(refused.status.code(), Some(2), "{}", words(&refused));
    assert!(words(&refused).contains("another plate"), "{}", words(&refused));
    assert_eq!(
        states(&at("foreign")).len(),
        states(&at("run")).len(),
        "nothing is lost"
    );
    // What is beside them is not ours, and is left alone.
    copy("stranger");
    fs::write(at("stranger").join("checkpoint/thesis.txt"), "years of work").expect("written");
    let forced: Vec<_> = arguments.iter().copied().chain(["--force"]).collect();
    let refused = finish(&forced, &at("stranger"));
    assert!(
        refused.status.code() == Some(2) && words(&refused).contains("thesis.txt"),
        "{}",
        words(&refused)
    );
}

/// A run that was killed before its first checkpoint is begun anew, and a folder without a run says so.
#[test]
fn a_run_without_a_checkpoint_begins_anew() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let arguments: Vec<_> = on("cpu", &EVENTFUL)
        .iter()
        .map(|&word| if word == "20 ms" { "1 h" } else { word })
        .collect();
    assert!(finish(&arguments, &at("whole")).status.success());
    kill(begin(&arguments, &at("run"), 0));
    let resumed = finish(&["resume"], &at("run"));
    assert!(
        resumed.status.success() && words(&resumed).contains("begins anew"),
        "{}",
        words(&resumed)
    );
    assert!(comparable(&at("run")) == comparable(&at("whole")));
    let nothing = finish(&["resume"], &at("nowhere"));
    assert!(
        nothing.status.code() == Some(2) && words(&nothing).contains("no unfinished run"),
        "{}",
        words(&nothing)
    );
    // Without checkpoints nothing is left of a killed run.
    let never: Vec<_> = arguments
        .iter()
        .map(|&word| if word == "1 h" { "never" } else { word })
        .collect();
    assert!(finish(&never, &at("never")).status.success());
    assert!(comparable(&at("never")) == comparable(&at("whole")));
}

/// Where checkpoints cannot be written the run goes on, says so once, and is whole in the end.
#[test]
fn a_run_goes_on_where_no_checkpoint_can_be_written() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let arguments = on("cpu", &EVENTFUL);
    assert!(finish(&arguments, &at("whole")).status.success());
    let mut child = program(&arguments, &at("run"))
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    while !at("run").join("checkpoint/begun.json").exists() {
        assert_eq!(child.try_wait().expect("a child"), None);
    }
    fs::remove_dir_all(at("run")).expect("removed");
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.status.success(), "{}", words(&ended));
    assert_eq!(
        words(&ended).matches("no checkpoint of step").count(),
        1,
        "{}",
        words(&ended)
    );
    assert!(comparable(&at("run")) == comparable(&at("whole")));
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("copied");
        }
    }
}
