//! The number of the results rises whenever the readouts of a built-in scenario change in any bit.

use outgrowth::engine::cpu::CpuEngine;
use outgrowth::experiment;
use outgrowth::export::table::readouts_table;
use outgrowth::readout::RESULTS_VERSION;
use outgrowth::scenario::{BUILTIN, Surroundings, read};
use std::fmt::Write;
use std::fs;
use std::path::Path;

const GOLDEN: &str = "tests/results/results_version.txt";

/// Hash of the readouts of each built-in scenario over its first hours on the processor, after the number itself.
fn golden() -> String {
    let mut text = format!("results_version {RESULTS_VERSION}\n");
    for scenario in BUILTIN {
        let changes = ["duration=8 h", "record_every=2 h", "event=[]", "shows={}"];
        let changes: Vec<_> = changes
            .iter()
            .map(|change| change.parse().expect("an override"))
            .collect();
        let plate = match read(scenario.text, scenario.name, &changes, &Surroundings::built_in()) {
            Ok(scenario) => scenario.plate,
            Err(mistakes) => panic!("{}: {mistakes}", scenario.name),
        };
        let mut engine = CpuEngine::new(plate, None, "test").expect("threads");
        let readouts = experiment::run(&mut engine).expect("runs");
        let hash = blake3::hash(readouts_table(&readouts).to_csv().as_bytes());
        let _ = writeln!(text, "{} {}", scenario.name, &hash.to_hex()[..16]);
    }
    text
}

/// Write the file anew with `UPDATE_RESULTS_VERSION=1` once the number has risen and the changelog says why.
#[test]
fn the_number_rises_when_readouts_change() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    let found = golden();
    if std::env::var_os("UPDATE_RESULTS_VERSION").is_some() {
        let before = fs::read_to_string(&path).unwrap_or_default();
        let same_number = before.lines().next() == found.lines().next();
        // A scenario that comes new changes none that was there.
        let same_readouts = before.lines().all(|line| found.lines().any(|other| other == line));
        assert!(
            same_readouts || !same_number,
            "raise RESULTS_VERSION first: readouts differ under the same number"
        );
        fs::write(&path, &found).expect("written");
    }
    let known = fs::read_to_string(&path).expect("the file is there");
    assert_eq!(
        known, found,
        "readouts have changed: raise RESULTS_VERSION (src/readout/results_version.rs), say why under Results in the changelog, \
         and write {GOLDEN} anew with UPDATE_RESULTS_VERSION=1"
    );
    let changelog =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("CHANGELOG.md")).expect("a changelog");
    let line = format!("Results version {RESULTS_VERSION}");
    assert!(changelog.contains(&line), "the changelog has no line \"{line}\"");
}

/// The control: another seed is seen.
#[test]
fn another_bit_is_seen() {
    let hash = |seed: &str| {
        let changes = ["duration=2 h", "event=[]", seed].map(|change| change.parse().expect("an override"));
        let quick = outgrowth::scenario::builtin("quick").expect("built in");
        let plate = read(quick.text, "quick", &changes, &Surroundings::built_in())
            .expect("a scenario")
            .plate;
        let mut engine = CpuEngine::new(plate, None, "test").expect("threads");
        let readouts = experiment::run(&mut engine).expect("runs");
        blake3::hash(readouts_table(&readouts).to_csv().as_bytes())
    };
    assert_eq!(hash("seed=1"), hash("seed=1"));
    assert_ne!(hash("seed=1"), hash("seed=2"));
}
