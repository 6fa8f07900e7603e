//! Sobol indices through the program: a key that does something has them, one that does nothing has none.

use crate::small_sweep::program;
use std::fs;
use std::path::Path;
use std::process::Output;

/// Nothing strains the gel of this plate: the gain of strain is of no effect.
const PLATE: &str = r#"
name = "sensitivity"
duration = "4 h"
[well]
size = ["1 mm", "1 mm"]
[[explant]]
at = ["0.5 mm", "0.5 mm"]
radius = "100 um"
neurons = 10
[[condition]]
name = "control"
wells = 1
"#;

fn sweep(words: &[&str], folder: &Path) -> Output {
    let file = folder.with_extension("toml");
    fs::write(&file, PLATE).expect("a file");
    program(&["sweep", "--engine", "cpu", "-q"])
        .args(words)
        .arg("--out")
        .args([folder, &file])
        .output()
        .expect("the program starts")
}

/// First order and total of a key for the growth rate in the only condition.
fn indices(folder: &Path, key: &str) -> [f64; 2] {
    let text = fs::read_to_string(folder.join("indices.csv")).expect("a table");
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<&str>>());
    let names = lines.next().expect("a heading");
    let place = |name: &str| names.iter().position(|known| *known == name).expect("a column");
    let row = lines
        .find(|row| row[place("key")] == key && row[place("measure")] == "growth rate over the run")
        .expect("a row");
    ["first_order", "total"].map(|name| row[place(name)].parse().expect("a number"))
}

#[test]
fn a_key_without_effect_has_no_indices() {
    let scratch = tempfile::tempdir().expect("a folder");
    for (name, speed, gain, runs) in [
        ("saltelli", "2..8 um/h:saltelli", "2..6:saltelli", "64"),
        ("factorial", "2,5,8 um/h", "2,6", "64"),
    ] {
        let folder = scratch.path().join(name);
        let [speed, gain] =
            [("growth_cone.speed", speed), ("mechano.gain", gain)].map(|(key, values)| format!("{key}={values}"));
        let output = sweep(&["--vary", &speed, "--vary", &gain, "--runs", runs], &folder);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let [first, total] = indices(&folder, "growth_cone.speed");
        assert!(
            (0.7..1.3).contains(&first) && (0.7..1.3).contains(&total),
            "{name}: {first}, {total}"
        );
        let [first, total] = indices(&folder, "mechano.gain");
        assert!(first.abs() < 1e-9 && total.abs() < 1e-9, "{name}: {first}, {total}");
    }
}

/// Steps that do not divide the duration fail; what is left is whole base points, of four points each.
#[test]
fn base_points_without_all_results_are_left_out() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("failing");
    let [speed, step] = ["growth_cone.speed=2..8 um/h:saltelli", "step=5..15 min:whole:saltelli"];
    let output = sweep(&["--vary", speed, "--vary", step, "--runs", "64"], &folder);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let failed = fs::read_to_string(folder.join("failed.csv")).expect("a table");
    let failed: Vec<u64> = failed
        .lines()
        .filter_map(|line| line.split(',').next()?.parse().ok())
        .collect();
    let whole = (0..16)
        .filter(|base| failed.iter().all(|run| (run - 1) / 4 != *base))
        .count();
    assert!(whole > 2 && whole < 16, "{failed:?}");
    let text = fs::read_to_string(folder.join("indices.csv")).expect("a table");
    let points: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').nth(4)).collect();
    assert!(
        !points.is_empty() && points.iter().all(|points| *points == (4 * whole).to_string()),
        "{whole}: {text}"
    );
    let report = fs::read_to_string(folder.join("report.html")).expect("a report");
    assert!(report.contains(&format!("Of 64 points {} count at least", 4 * whole)));
}

#[test]
fn where_a_plan_tells_no_indices_there_are_none() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("latin");
    let output = sweep(&["--vary", "growth_cone.speed=2..8 um/h:lhs", "--runs", "4"], &folder);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.join("summary.csv").is_file() && !folder.join("indices.csv").exists());
    let speed = "growth_cone.speed=2..8 um/h:saltelli";
    for (words, expected) in [
        (
            &["--vary", speed, "--vary", "mechano.gain=2,6", "--runs", "64"][..],
            "by saltelli beside mechano.gain",
        ),
        (&["--vary", speed, "--runs", "5"], "at least 6"),
        (&["--vary", speed], "--runs"),
        (
            &["--vary", speed, "--runs", "64", "--where", "growth_cone.speed < 5 um/h"],
            "no comparison with saltelli",
        ),
    ] {
        let folder = scratch.path().join("refused");
        let output = sweep(words, &folder);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {told}");
        assert!(told.contains(expected), "{words:?}: {told}");
    }
}
