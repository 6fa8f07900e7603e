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
            >= 70
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
        crate::gpu::option(),
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
}

/// Every result repeats itself with one command from the scenario in it, with what was changed on the command line: built-in
/// scenarios, and one whose picture lies elsewhere.
#[test]
fn every_result_repeats_itself_from_its_scenario() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let walls = at("pictures");
    fs::create_dir(&walls).expect("made");
    run(
        &["run", "microchannels", "--engine", "cpu", "--set", "duration=10 min"],
        &at("channels"),
    );
    fs::copy(at("channels/scenario/microchannels.png"), walls.join("walls.png")).expect("copied");
    let named = format!("well.walls=\"{}\"", walls.join("walls.png").display());
    let above = "well.walls=\"../../pictures/walls.png\"";
    let from_channels = at("channels/scenario/scenario.toml");
    let from_channels = from_channels.to_str().expect("text");
    let changes: [(&str, &[&str]); 3] = [
        ("quick", &["growth_cone.speed=30 um/h", "duration=2 h", "event=[]"]),
        (from_channels, &[&named]),
        (from_channels, &[above]),
    ];
    let repeats = |number: usize, scenario: &str, sets: &[&str]| {
        let (first, again) = (at(&format!("first-{number}")), at(&format!("again-{number}")));
        let mut arguments = vec![
            "run",
            scenario,
            "--engine",
            "cpu",
            "--quiet",
            "--seed",
            "18446744073709551615",
        ];
        for set in sets {
            arguments.extend(["--set", set]);
        }
        run(&arguments, &first);
        let copy = first.join("scenario/scenario.toml");
        run(
            &["run", copy.to_str().expect("text"), "--engine", "cpu", "--quiet"],
            &again,
        );
        let (once, twice) = (measured(&first), measured(&again));
        assert!(once.len() > 1, "{scenario}: nothing to compare");
        assert!(once == twice, "{scenario} with {sets:?} does not repeat itself");
        again
    };
    for (number, (scenario, sets)) in changes.into_iter().enumerate() {
        let again = repeats(number, scenario, sets);
        // What was repeated repeats itself as well, though the picture is nowhere else any more.
        if number + 1 == changes.len() {
            fs::remove_dir_all(&walls).expect("removed");
            repeats(
                changes.len(),
                again.join("scenario/scenario.toml").to_str().expect("text"),
                &[],
            );
        }
    }
}

/// The readouts and the axons of a result, without the columns of what the command line changed: in the scenario of a result
/// nothing is changed any more.
fn measured(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = comparable_files(folder);
    files.retain(|(name, _)| {
        let is_swc = name.extension().is_some_and(|kind| kind == "swc");
        is_swc || name.ends_with("readouts.csv")
    });
    for (name, table) in &mut files {
        if name.ends_with("readouts.csv") {
            let text = String::from_utf8(table.clone()).expect("text");
            let labels = text.split(',').position(|name| name == "condition").expect("the keys");
            let without = |row: &str| {
                let mut fields = row.split(',');
                let of_the_run: Vec<&str> = fields.by_ref().take(labels).take(2).collect();
                let skipped = labels - 2;
                let measured: Vec<&str> = fields.skip(skipped).collect();
                [of_the_run, measured].concat().join(",")
            };
            *table = text.lines().map(without).collect::<Vec<_>>().join("\n").into_bytes();
        }
    }
    files
}

/// Run id, seed and changed keys stand ahead in every table and in the run record; numbers in the unit of their key.
#[test]
fn tables_say_which_run_and_what_was_changed() {
    let scratch = tempfile::tempdir().expect("a folder");
    let of = |name: &str, more: &[&str]| {
        let folder = scratch.path().join(name);
        let arguments = ["run", "quick", "--engine", "cpu", "--quiet", "--leave", "readouts"];
        run(&[&arguments[..], more].concat(), &folder);
        let table = fs::read_to_string(folder.join("readouts.csv")).expect("a table");
        let fields = |row: Option<&str>| -> Vec<String> { row.expect("a row").split(',').map(str::to_owned).collect() };
        let mut rows = table.lines();
        let (names, first) = (fields(rows.next()), fields(rows.next()));
        let record = fs::read_to_string(folder.join("run.json")).expect("a record");
        let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
        assert_eq!(record["run"], first[0].as_str());
        let listed = record["readouts"].as_array().expect("columns").iter();
        assert!(listed.map(|column| &column["name"]).eq(names.iter()), "{names:?}");
        (names, first, record)
    };
    let short = ["--set", "duration=60 min", "--set", "event=[]"];
    let (names, first, _) = of("plain", &short);
    assert_eq!(names[..5], ["run", "seed", "duration", "event", "condition"]);
    assert_eq!(first[2], "1", "hours, whatever was typed");
    assert_eq!(first[0].len(), 12);
    let (_, again, _) = of("again", &["--set", "duration=1 h", "--set", "event=[]"]);
    assert_eq!((&again[1], &again[2]), (&first[1], &first[2]));

    let more = ["--seed", "18446744073709551615", "--set", "growth_cone.speed=1 um/h"];
    let twice = ["--set", "growth_cone.speed=7.3 um/h", "--set", "well.layer=0.015 mm"];
    let (names, changed, record) = of("changed", &[&short[..], &more, &twice].concat());
    assert_eq!(
        names[..7],
        [
            "run",
            "seed",
            "duration",
            "event",
            "growth_cone.speed",
            "well.layer",
            "condition"
        ]
    );
    assert_eq!(changed[1..6], ["18446744073709551615", "1", "[]", "7.3", "15"]);
    assert_ne!(changed[0], first[0], "another run has another id");
    let units: Vec<&str> = (0..6)
        .filter_map(|column| record["readouts"][column]["unit"].as_str())
        .collect();
    assert_eq!(units, ["", "1", "h", "", "µm/h", "µm"]);
    let (_, same, _) = of("same", &[&short[..], &more, &twice].concat());
    assert_eq!(same, changed);
}

/// `--leave` wins over the scenario, and a word that is none is refused.
#[test]
fn what_is_left_is_chosen_by_the_command_line_or_the_scenario() {
    let scratch = tempfile::tempdir().expect("a folder");
    let left = |name: &str, more: &[&str]| {
        let folder = scratch.path().join(name);
        let arguments = [
            "run",
            "quick",
            "--engine",
            "cpu",
            "--set",
            "duration=1 h",
            "--set",
            "event=[]",
        ];
        let output = run(&[&arguments[..], more].concat(), &folder);
        let found = |name: &str| folder.join(name).exists();
        let left = ["axons", "neurons.parquet", "plate.png", "report.html"].map(found);
        let said = String::from_utf8(output.stdout).expect("text");
        assert_eq!(said.contains("report.html"), left[3], "{said}");
        assert!(found("readouts.csv") && found("readouts.parquet") && found("run.json") && found("scenario"));
        left
    };
    let scenario = ["--set", "record.leave=[\"axons\", \"report\"]"];
    assert_eq!(left("all", &[]), [true; 4]);
    assert_eq!(left("scenario", &scenario), [true, true, false, true]);
    assert_eq!(
        left("both", &[&scenario[..], &["--leave", "readouts"]].concat()),
        [false; 4]
    );
    assert_eq!(
        left("some", &["--leave", "pictures,report"]),
        [false, false, true, true]
    );
    assert_eq!(
        left("word", &["--set", "record.leave=axons"]),
        [true, true, false, false]
    );
    let refused = program()
        .args(["run", "quick", "--leave", "axons,repotr"])
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said.contains("'repotr'") && said.contains("similar value exists: 'report'"),
        "{said}"
    );
}

/// The first record shows the medium that is there from the beginning.
#[test]
fn the_first_record_shows_the_medium_of_the_beginning() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("run");
    run(
        &[
            "run",
            "quick",
            "--engine",
            "cpu",
            "--set",
            "duration=1 h",
            "--set",
            "event=[]",
        ],
        &folder,
    );
    let table = fs::read_to_string(folder.join("readouts.csv")).expect("a table");
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().expect("a heading").split(',').collect();
    let place = |name: &str| names.iter().position(|found| *found == name).expect("a column");
    let (time, dose) = (place("time_h"), place("myokine_mean_myokines"));
    let doses: Vec<f64> = lines
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|fields| fields[time] == "0")
        .map(|fields| fields[dose].parse().expect("a dose"))
        .collect();
    // A reservoir is there from the beginning as well; the second well has nothing but medium.
    assert!(doses.len() == 2 && doses.iter().all(|&dose| dose > 0.0), "{doses:?}");
}

/// A run under nohup does not hear that the terminal is gone, and one that is asked by SIGQUIT ends as by SIGTERM.
#[cfg(target_os = "linux")]
#[test]
fn signals_that_the_parent_ignores_stay_ignored() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("run");
    let script = "trap '' HUP INT; exec \"$0\" run quick --engine cpu --set 'duration=600 d' \
                  --set 'branching.rate=0 /h' --out \"$1\"";
    let mut child = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_outgrowth")])
        .arg(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the shell starts");
    let mut lines = BufReader::new(child.stderr.take().expect("piped"));
    let mut messages = String::new();
    let mut wait_for = |words: &str, messages: &mut String| {
        while !messages.contains(words) {
            assert!(lines.read_line(messages).expect("text") > 0, "it ended: {messages}");
        }
    };
    let ask = |signal: &str| {
        let asked = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(asked.expect("kill").success());
    };
    wait_for("day 1 of", &mut messages);
    ask("-HUP");
    ask("-INT");
    wait_for("day 2 of", &mut messages);
    assert!(!messages.contains("stopping"), "{messages}");
    ask("-QUIT");
    wait_for("stopping", &mut messages);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(85), "{messages}");
    assert!(folder.join("checkpoint").is_dir());
}

/// Where no place takes more than a few kilobytes, the rows that were written stay in a folder that says so.
#[cfg(target_os = "linux")]
#[test]
fn rows_that_were_written_stay_when_no_place_takes_more() {
    let scratch = tempfile::tempdir().expect("a folder");
    // Files of at most 16 kB, in every folder; what goes beyond is refused like on a full disk.
    let script = "trap '' XFSZ; ulimit -f 32; exec \"$0\" run quick --engine cpu --set 'record_every=10 min' --out run";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_outgrowth")])
        .current_dir(scratch.path())
        .stdin(Stdio::null())
        .output()
        .expect("the shell starts");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{messages}");
    let names: Vec<_> = fs::read_dir(scratch.path()).expect("a folder").flatten().collect();
    assert_eq!(names.len(), 1, "{names:?}: {messages}");
    let lies = scratch.path().join("run-partial");
    assert!(messages.contains("run-partial"), "{messages}");
    let table = fs::read_to_string(lies.join("readouts.csv")).expect("a table");
    assert!(table.ends_with('\n') && table.lines().count() > 10, "{table}");
    assert!(lies.join("ABOUT-THIS-FOLDER.txt").is_file());
}
