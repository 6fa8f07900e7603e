//! What `check` says a run leaves, against what it leaves.

use std::path::Path;
use std::process::Command;

fn outgrowth(words: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(words)
        .args([
            "--set",
            "duration=1 d",
            "--set",
            "record_every=2 min",
            "--set",
            "record.morphologies=all",
        ])
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Files below a folder, and their size together.
fn found_in(folder: &Path) -> (f64, f64) {
    let entries = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("readable"));
    entries.fold((0.0, 0.0), |(files, bytes), entry| {
        let facts = entry.metadata().expect("readable");
        let (more, larger) = if facts.is_dir() {
            found_in(&entry.path())
        } else {
            (1.0, facts.len() as f64)
        };
        (files + more, bytes + larger)
    })
}

#[test]
fn rows_files_and_bytes_are_as_they_were_said() {
    let scratch = tempfile::tempdir().expect("a folder");
    let mut all: Option<(f64, f64)> = None;
    for leave in ["all", "readouts", "axons", "report"] {
        let set = ["--set", "variation.scale=0", "--set", &format!("record.leave={leave}")];
        let said = outgrowth(&[&["check", "quick", "--json"], &set[..]].concat());
        let said: serde_json::Value = serde_json::from_slice(&said).expect("JSON");
        let needs = |key: &str| said["needs"][key].as_f64().expect("a number");
        let out = scratch.path().join(leave);
        let run = ["run", "quick", "-q", "--engine", "cpu", "--out", &out.to_string_lossy()];
        outgrowth(&[&run, &set[..]].concat());
        let table = std::fs::read_to_string(out.join("readouts.csv")).expect("rows");
        let rows = table.lines().count() - 1;
        assert_eq!(needs("rows"), rows as f64);
        let (files, bytes) = found_in(&out);
        assert!(
            (needs("files") - files).abs() <= 1.0,
            "{leave}: {files} files, said {}",
            needs("files")
        );
        let disk_bytes = needs("disk_bytes");
        let ratio = disk_bytes / bytes;
        assert!((0.4..2.5).contains(&ratio), "{leave}: {bytes} bytes, said {disk_bytes}");
        // Control: what is not left is not counted.
        let (most_files, most_bytes) = *all.get_or_insert((needs("files"), disk_bytes));
        assert!(leave == "all" || needs("files") < most_files && disk_bytes < most_bytes);
    }
}
