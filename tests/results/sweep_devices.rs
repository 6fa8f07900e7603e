//! Sweeps on graphics devices: several devices leave what one leaves, and a pack that its device does not take is done in halves.

use outgrowth::engine::adapters;
use outgrowth::engine::gpu::adapters::{Wanted, choose};
use outgrowth::engine::gpu::device::Device;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The number of the software driver among the adapters, or nothing where a test is to be skipped.
fn software(test: &str) -> Option<String> {
    let number = adapters().iter().position(|adapter| !adapter.hardware);
    let required = std::env::var("REQUIRE_GPU").is_ok_and(|value| value == "1");
    assert!(
        !required || number.is_some(),
        "{test}: REQUIRE_GPU=1, but there is no software driver"
    );
    if number.is_none() {
        println!("{test}: SKIPPED: there is no software driver");
    }
    number.map(|number| format!("index:{number}"))
}

/// Runs the program with `--out FOLDER`; returns its exit status and what it told.
fn outgrowth(words: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(words)
        .arg("--out")
        .arg(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// The files of a dataset, by name, with their bytes.
fn readouts(sweep: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for share in fs::read_dir(sweep.join("readouts")).expect("a folder") {
        let share = share.expect("an entry").path();
        for part in fs::read_dir(&share).expect("a folder") {
            let part = part.expect("an entry").path();
            let name = part.strip_prefix(sweep).expect("below").to_owned();
            found.push((name, fs::read(part).expect("a file")));
        }
    }
    found.sort();
    found
}

#[test]
fn two_devices_leave_the_bytes_that_one_leaves() {
    let Some(device) = software("two devices") else { return };
    let scratch = tempfile::tempdir().expect("a folder");
    let sweep = |adapter: &str, seeds: &str| {
        let folder = scratch.path().join(adapter.replace(':', "-") + seeds);
        let words = [
            "sweep",
            "quick",
            "--set",
            "duration=1 h",
            "--set",
            "event=[]",
            "--set",
            "explant.0.neurons=10",
        ];
        let options = [
            "--engine",
            "gpu",
            "--adapter",
            adapter,
            "--shares",
            "4",
            "--seeds",
            seeds,
        ];
        let (status, told) = outgrowth(&[&words[..], &options[..]].concat(), &folder);
        assert_eq!(status, Some(0), "{told}");
        (readouts(&folder), told.matches("asked for by name").count())
    };
    let (one, workers) = sweep(&device, "1..8");
    assert_eq!(workers, 1);
    // The same device twice, for want of another.
    let (two, workers) = sweep(&format!("{device},{device}"), "1..8");
    assert_eq!(workers, 2, "each worker says what it computes on");
    assert!(one == two, "other bytes");
    let (other, _) = sweep(&device, "2..9");
    assert!(one != other, "other seeds are other bytes");
}

/// A culture whose axons heed each other: a device has four sums for each of a million voxels, 16 MB a well.
const WIDE: &str = r#"
name = "wide"
duration = "2 min"
step = "1 min"
record_every = "1 min"
[well]
size = ["20 mm", "20 mm"]
voxel = "20 um"
[[explant]]
at = ["10 mm", "10 mm"]
neurons = 5
[fasciculation]
alignment = "2 rad/h"
[[condition]]
name = "control"
wells = 1
"#;
const BYTES_OF_A_WELL: u64 = 16_000_000;

#[test]
fn a_pack_that_the_device_does_not_take_is_done_in_halves() {
    let Some(device) = software("halves") else { return };
    let adapter = pollster::block_on(choose(Wanted::named(&device))).expect("seen before");
    let opened = pollster::block_on(Device::open(&adapter)).expect("opens");
    let too_many = opened.storage_limit() / BYTES_OF_A_WELL + 1;
    let scratch = tempfile::tempdir().expect("a folder");
    let scenario = scratch.path().join("wide.toml");
    fs::write(&scenario, WIDE).expect("written");
    let wells = format!("condition.0.wells=1,{too_many}");
    let words = [
        "sweep",
        scenario.to_str().expect("text"),
        "--engine",
        "software-gpu",
        "--vary",
        &wells,
        "--seeds",
        "1..3",
    ];
    let packed = scratch.path().join("packed");
    let (status, told) = outgrowth(&[&words[..], &["-v"]].concat(), &packed);
    assert_eq!(status, Some(1), "some runs fail: {told}");
    let count = |said: &str| told.matches(said).count();
    // Six runs; the three that fit together; the three that do not, of which each fails by itself as well.
    let failed = [6, 3, 2, 1].map(|runs| count(&format!("a pack of {runs} runs failed")));
    assert_eq!(failed, [1, 1, 1, 3], "{told}");
    assert_eq!(count("is done once more"), 3, "{told}");
    let table = fs::read_to_string(packed.join("failed.csv")).expect("a table");
    assert_eq!(table.lines().count(), 1 + 3, "{table}");
    assert_eq!(
        table.matches("does not fit the device: sums by voxel").count(),
        3,
        "{table}"
    );

    // The rest is what it is with a plate for each run.
    let alone = scratch.path().join("alone");
    let planned = [&["plan"][..], &words[1..]].concat();
    assert_eq!(outgrowth(&planned, &alone).0, Some(0));
    let worked = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(["work", "--pack", "1", "-v"])
        .arg(&alone)
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&worked.stderr);
    assert!(
        told.contains("3 runs done, 3 failed") && !told.contains("a pack of 6"),
        "{told}"
    );
    assert!(readouts(&packed) == readouts(&alone), "other bytes");
}
