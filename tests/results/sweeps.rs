//! Sweeps through the program itself: what is done once is not done again, shares and cut work end in the same dataset, failures
//! stop nothing, and the summary is that of the readouts.

use crate::small_sweep::{SMALL, done, outgrowth, parts, with};
use outgrowth::export::parquet_file::write_parquet;
use outgrowth::export::parquet_read::ParquetReading;
use outgrowth::export::table::{ColumnTable, TableColumn, Values};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// All rows of a dataset, in the order of its runs.
fn rows(sweep: &Path) -> Vec<ColumnTable> {
    let mut tables = Vec::new();
    for part in parts(sweep) {
        let reading = ParquetReading::open(&part).expect("a table");
        tables.extend((0..reading.groups()).map(|group| reading.group(group).expect("rows")));
    }
    tables
}

/// All rows as text, without the headings.
fn text(sweep: &Path) -> String {
    rows(sweep).iter().map(ColumnTable::csv_rows).collect()
}

#[test]
fn a_sweep_is_the_same_whole_in_shares_and_cut_short() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let whole = at("whole");
    done(&with("sweep", &SMALL, &["--seeds", "1..3", "--out"]), &whole);
    assert_eq!(parts(&whole).len(), 1, "gathered into one file");
    let expected = text(&whole);
    assert_eq!(
        expected.lines().count(),
        6 * 2 * 3,
        "six runs of two wells at three times"
    );

    // In three shares, one of them twice.
    let shared = at("shared");
    done(
        &with("plan", &SMALL, &["--seeds", "1..3", "--shares", "3", "--out"]),
        &shared,
    );
    assert!(!shared.join("readouts").exists(), "a plan runs nothing");
    for share in ["2/3", "1/3", "3/3", "2/3"] {
        done(&["work", "--share", share, "-q"], &shared);
    }
    assert_eq!(parts(&shared).len(), 3);
    assert_eq!(text(&shared), expected);

    // A part that is missing is done again, and nothing else is.
    let part = parts(&shared)[1].clone();
    fs::remove_file(&part).expect("removed");
    fs::write(
        part.with_file_name(format!(
            ".{}.making-killed",
            part.file_name().expect("a name").display()
        )),
        "half",
    )
    .expect("written");
    let kept = parts(&shared).into_iter().find(|path| *path != part).expect("a part");
    let before = fs::metadata(&kept).and_then(|facts| facts.modified()).expect("a time");
    done(&["work", "-q"], &shared);
    let after = fs::metadata(&kept).and_then(|facts| facts.modified()).expect("a time");
    assert_eq!((before, text(&shared)), (after, expected.clone()));
    let folder = part.parent().expect("a folder");
    assert_eq!(
        fs::read_dir(folder).expect("a folder").count(),
        0,
        "what a killed worker left is cleared"
    );
    done(&["gather", "-q"], &shared);
    let summary = |sweep: &Path| fs::read_to_string(sweep.join("summary.csv")).expect("a summary");
    assert_eq!((text(&shared), summary(&shared)), (expected.clone(), summary(&whole)));
    assert_eq!(parts(&shared).len(), 1, "gathered into one file");
    // Another seed is another dataset.
    let other = at("other");
    done(&with("sweep", &SMALL, &["--seeds", "2..4", "--out"]), &other);
    assert_ne!(text(&other), expected);
}

#[test]
fn two_workers_with_one_share_do_not_harm_each_other() {
    let scratch = tempfile::tempdir().expect("a folder");
    let [one, both] = ["one", "both"].map(|name| scratch.path().join(name));
    done(&with("sweep", &SMALL, &["--seeds", "1..3", "--out"]), &one);
    done(
        &with("plan", &SMALL, &["--seeds", "1..3", "--shares", "6", "--out"]),
        &both,
    );
    let worker = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_outgrowth"));
        command.args(["work", "-q"]).arg(&both).stdin(Stdio::null());
        command.spawn().expect("the program starts")
    };
    for mut worker in [worker(), worker(), worker()] {
        assert!(worker.wait().expect("ends").success());
    }
    done(&["work", "-q"], &both);
    assert_eq!(text(&both), text(&one));
}

#[test]
fn a_worker_that_is_killed_leaves_what_is_done() {
    let scratch = tempfile::tempdir().expect("a folder");
    let [whole, killed] = ["whole", "killed"].map(|name| scratch.path().join(name));
    let plan = with("plan", &SMALL, &["--seeds", "1..20", "--shares", "40", "--out"]);
    done(&plan, &whole);
    done(&["work", "-q"], &whole);
    done(&plan, &killed);
    let mut worker = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(["work", "-q"])
        .arg(&killed)
        .stdin(Stdio::null())
        .spawn()
        .expect("the program starts");
    while !killed.join("readouts").exists() || parts(&killed).is_empty() {
        std::thread::yield_now();
    }
    worker.kill().expect("killed");
    worker.wait().expect("ended");
    let first = parts(&killed).len();
    assert!((1..=40).contains(&first), "{first} parts are done");
    done(&["work", "-q"], &killed);
    assert_eq!((parts(&killed).len(), text(&killed)), (40, text(&whole)));
}

#[test]
fn a_run_that_fails_stops_no_other_and_says_why() {
    let scratch = tempfile::tempdir().expect("a folder");
    let sweep = scratch.path().join("sweep");
    // Each value is taken alone; together the explant lies outside of the smaller well.
    let words = [
        "--vary",
        "well.size=[\"1.2 mm\", \"1.2 mm\"], [\"2 mm\", \"2 mm\"]",
        "--vary",
        "explant.0.at=[\"0.6 mm\", \"0.6 mm\"], [\"1.5 mm\", \"1.5 mm\"]",
    ];
    let options: Vec<&str> = ["quick", "--set", "duration=2 h", "--set", "event=[]", "--engine", "cpu"]
        .into_iter()
        .chain(words)
        .collect();
    let output = outgrowth(&with("sweep", &options, &["--out"]), &sweep);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("run 2 failed: --set explant.0.at"), "{told}");
    let failed = fs::read_to_string(sweep.join("failed.csv")).expect("a table");
    assert_eq!(failed.lines().count(), 2, "{failed}");
    assert!(failed.trim_end().ends_with(",no"), "{failed}");
    // It would fail again: it is done.
    let told = String::from_utf8_lossy(&outgrowth(&["work"], &sweep).stderr).into_owned();
    assert!(
        told.contains("share 1/1: 0 runs done") && !told.contains("failed"),
        "{told}"
    );
    let runs = ParquetReading::open(&sweep.join("runs.parquet"))
        .expect("a table")
        .group(0)
        .expect("rows");
    let states = runs
        .columns
        .iter()
        .find(|column| column.name == "state")
        .expect("a column");
    let expected = ["done", "failed", "done", "done"].map(str::to_owned).to_vec();
    assert_eq!(states.values, Values::Text(expected));
}

#[test]
fn the_summary_is_that_of_the_readouts() {
    let scratch = tempfile::tempdir().expect("a folder");
    let sweep = scratch.path().join("sweep");
    done(&with("sweep", &SMALL, &["--seeds", "1..3", "--out"]), &sweep);
    let rows = rows(&sweep).remove(0);
    let number = |table: &ColumnTable, name: &str| -> Vec<f64> {
        let column = table.columns.iter().find(|column| column.name == name).expect(name);
        match &column.values {
            Values::Number(values) => values.iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
            Values::Count(values) => values
                .iter()
                .map(|value| value.map_or(f64::NAN, |value| value as f64))
                .collect(),
            Values::Seed(values) => values.iter().map(|&value| value as f64).collect(),
            Values::Text(_) => panic!("{name} is text"),
        }
    };
    let texts = |table: &ColumnTable, name: &str| -> Vec<String> {
        match &table
            .columns
            .iter()
            .find(|column| column.name == name)
            .expect(name)
            .values
        {
            Values::Text(values) => values.clone(),
            _ => panic!("{name} is no text"),
        }
    };
    let names: Vec<&str> = rows.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(
        names[..7],
        [
            "run",
            "seed",
            "growth_cone.speed",
            "condition",
            "well",
            "replicate",
            "time_h"
        ]
    );
    assert_eq!(rows.columns[2].unit, "µm/h");
    let (speed, time, condition) = (
        number(&rows, "growth_cone.speed"),
        number(&rows, "time_h"),
        texts(&rows, "condition"),
    );
    let length = number(&rows, "neurite_length_total_um");
    let wanted = "medium and movement";
    let of_runs: Vec<f64> = (0..rows.rows())
        .filter(|&row| speed[row] == 8.0 && time[row] == 2.0 && condition[row] == wanted)
        .map(|row| length[row])
        .collect();
    assert_eq!(of_runs.len(), 3);
    let mean = of_runs.iter().sum::<f64>() / 3.0;
    let summary = ParquetReading::open(&sweep.join("summary.parquet"))
        .expect("a table")
        .group(0)
        .expect("rows");
    let (readout, at) = (texts(&summary, "readout"), texts(&summary, "condition"));
    let points = number(&summary, "growth_cone.speed");
    let row = (0..summary.rows())
        .find(|&row| readout[row] == "neurite_length_total_um" && at[row] == wanted && points[row] == 8.0)
        .expect("a row");
    let figure = |name: &str| number(&summary, name)[row];
    assert!((figure("mean") / mean - 1.0).abs() < 1e-12);
    assert_eq!(figure("n"), 3.0);
    assert!(figure("low") < mean && mean < figure("high") && figure("sd") > 0.0);
    assert!(figure("ratio_low") <= figure("ratio") && figure("ratio") <= figure("ratio_high"));
    let package = fs::read_to_string(sweep.join("datapackage.json")).expect("a description");
    let package: serde_json::Value = serde_json::from_str(&package).expect("JSON");
    let field = &package["resources"][0]["schema"]["fields"][2];
    assert_eq!(
        (&field["name"], &field["unit"]),
        (&"growth_cone.speed".into(), &"µm/h".into())
    );
}

#[test]
fn a_folder_with_something_else_is_left_alone() {
    let scratch = tempfile::tempdir().expect("a folder");
    fs::write(scratch.path().join("mine.txt"), "mine").expect("written");
    let output = outgrowth(&with("sweep", &SMALL, &["--out"]), scratch.path());
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("something other than a sweep"), "{told}");
    let sweep = scratch.path().join("sweep");
    done(&with("plan", &SMALL, &["--seeds", "1..3", "--out"]), &sweep);
    done(&with("plan", &SMALL, &["--seeds", "1..3", "--out"]), &sweep);
    let output = outgrowth(&with("plan", &SMALL, &["--seeds", "1..4", "--out"]), &sweep);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(2) && told.contains("holds another sweep"),
        "{told}"
    );
}

/// Where a device is asked for that is not here nothing is planned, and the folder is free for another try.
#[test]
fn a_sweep_without_its_device_plans_nothing() {
    let scratch = tempfile::tempdir().expect("a folder");
    let sweep = scratch.path().join("sweep");
    let words = [
        "sweep",
        "quick",
        "--seeds",
        "1..3",
        "--adapter",
        "no such card",
        "--out",
    ];
    let output = outgrowth(&words, &sweep);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(1) && told.contains("no such card"),
        "{told}"
    );
    assert!(!sweep.exists());
}

/// A summary for programs has what the terminal shows.
#[test]
fn a_summary_for_programs_has_the_tables() {
    let scratch = tempfile::tempdir().expect("a folder");
    let sweep = scratch.path().join("sweep");
    let options = ["--uncertain", "--runs", "40", "--json", "--out"];
    let output = outgrowth(&with("sweep", &SMALL, &options), &sweep);
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&told["runs"], &told["missing"]), (&40.into(), &0.into()));
    let conclusions = told["conclusions"].as_array().expect("a list");
    let first = conclusions.first().expect("a conclusion");
    assert!(first["median"].as_f64().is_some_and(f64::is_finite), "{first}");
}

#[test]
fn a_parquet_file_reads_back_to_the_bit() {
    let scratch = tempfile::tempdir().expect("a folder");
    let path = scratch.path().join("table.parquet");
    let table = ColumnTable {
        columns: vec![
            TableColumn::new(
                "text",
                "",
                "a text",
                Values::Text(vec!["a".to_owned(), String::new(), "µ".to_owned()]),
            ),
            TableColumn::new(
                "count",
                "1",
                "a count",
                Values::Count(vec![Some(-1), None, Some(i64::MAX)]),
            ),
            TableColumn::new("seed", "1", "a seed", Values::Seed(vec![0, 1, u64::MAX])),
            TableColumn::new(
                "number",
                "µm",
                "a number",
                Values::Number(vec![None, Some(0.1), Some(f64::MIN_POSITIVE)]),
            ),
        ],
    };
    write_parquet(&path, &table).expect("written");
    let reading = ParquetReading::open(&path).expect("a table");
    assert_eq!((reading.groups(), reading.rows()), (1, 3));
    let read = reading.group(0).expect("rows");
    assert_eq!(read, table);
    let mut other = table;
    other.columns[3].values = Values::Number(vec![Some(0.1), None, Some(f64::MIN_POSITIVE)]);
    assert_ne!(read, other, "the control");
    fs::write(&path, "no table").expect("written");
    assert!(ParquetReading::open(&path).is_err());
}

/// Numbers drawn from a range end in conclusions, with the number that decides them; lists and few points have none.
#[test]
fn drawn_numbers_end_in_conclusions() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let options = |values: &'static str, runs: &'static str| {
        let mut options = vec![
            "sweep",
            "quick",
            "--vary",
            values,
            "--vary",
            "growth_cone.persistence_length=100..1000 um:lhs",
        ];
        options.extend([
            "--set",
            "duration=8 h",
            "--set",
            "event=[]",
            "--set",
            "myokine.0.uptake=0",
        ]);
        options.extend(["--runs", runs, "--engine", "cpu", "-q", "--out"]);
        options
    };
    done(&options("myokine.0.max_gain=1..8:lhs", "24"), &at("drawn"));
    let conclusions = fs::read_to_string(at("drawn").join("conclusions.csv")).expect("conclusions");
    let lines: Vec<&str> = conclusions.lines().collect();
    assert!(
        lines[0].starts_with("condition,measure,points,median,low,high"),
        "{conclusions}"
    );
    let rate = lines
        .iter()
        .find(|line| line.contains("growth rate over the run"))
        .expect("a rate");
    let numbers: Vec<f64> = rate
        .split(',')
        .skip(2)
        .take(4)
        .map(|field| field.parse().expect("a number"))
        .collect();
    let [points, median, low, high] = numbers[..] else {
        panic!("{rate}")
    };
    assert!(points == 24.0 && low < median && median < high, "{rate}");
    assert!(
        rate.contains("myokine.0.max_gain -"),
        "the gain decides, which the first condition has more of: {rate}"
    );
    assert!(
        !rate.contains("persistence"),
        "how straight axons are decides nothing: {rate}"
    );
    // Too few points for a band.
    done(&options("myokine.0.max_gain=1..8:lhs", "6"), &at("few"));
    assert!(!at("few").join("conclusions.csv").exists());
}

/// A row of the dataset plays again to the bit, by itself.
#[test]
fn a_run_of_a_sweep_plays_again() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    done(&with("sweep", &SMALL, &["--seeds", "1..3", "--out"]), &at("sweep"));
    let readouts = |table: &ColumnTable| -> Vec<String> {
        let first = table
            .columns
            .iter()
            .position(|column| column.name == "condition")
            .expect("a key");
        let columns = table.columns[first..].to_vec();
        ColumnTable { columns }.csv_rows().lines().map(str::to_owned).collect()
    };
    let all = rows(&at("sweep"));
    let of_run = |run: i64| -> Vec<String> {
        let of_table = |table: &ColumnTable| {
            let Values::Count(runs) = &table.columns[0].values else {
                panic!("{:?}", table.columns[0].name)
            };
            let lines = readouts(table).into_iter().zip(runs.clone());
            lines
                .filter(|(_, of)| *of == Some(run))
                .map(|(line, _)| line)
                .collect::<Vec<_>>()
        };
        let mut lines: Vec<String> = all.iter().flat_map(of_table).collect();
        lines.sort();
        lines
    };
    let sweep = at("sweep");
    let sweep = sweep.to_str().expect("text");
    done(&["replay", sweep, "--run", "5", "-q", "--out"], &at("replayed"));
    let reading = ParquetReading::open(&at("replayed").join("readouts.parquet")).expect("a table");
    let mut replayed: Vec<String> = (0..reading.groups())
        .flat_map(|group| readouts(&reading.group(group).expect("rows")))
        .collect();
    replayed.sort();
    assert_eq!(replayed, of_run(5));
    assert_ne!(replayed, of_run(4));
    assert!(at("replayed").join("plate.png").is_file());
    let output = outgrowth(&["replay", sweep, "--run", "7", "--out"], &at("none"));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(2) && told.contains("from 1 to 6"),
        "{told}"
    );
}
