//! A small sweep through the program itself, and what it leaves.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The options of a small sweep: two speeds.
pub const SMALL: [&str; 12] = [
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
    "-q",
];

/// A command of the program, and its options.
pub fn with<'a>(command: &'a str, options: &[&'a str], last: &[&'a str]) -> Vec<&'a str> {
    [command].iter().chain(options).chain(last).copied().collect()
}

/// The program, without the variables of an array that this test may itself be a task of.
pub fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrowth"));
    command.args(words).stdin(Stdio::null());
    for system in &outgrowth::sweep::array_share::SYSTEMS {
        command.env_remove(system.number);
    }
    command
}

/// What came of it, in a folder that is its last word.
pub fn outgrowth(words: &[&str], folder: &Path) -> Output {
    program(words).arg(folder).output().expect("the program starts")
}

/// The same where it must succeed: what it said.
#[track_caller]
pub fn done(words: &[&str], folder: &Path) -> String {
    let output = outgrowth(words, folder);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {told}");
    told
}

/// The files below a folder.
fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}

/// All files below a folder, by name, with their bytes.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let named = |path: PathBuf| {
        let name = path.strip_prefix(folder).expect("below").to_owned();
        (name, fs::read(path).expect("a file"))
    };
    let mut found: Vec<_> = paths(folder).into_iter().map(named).collect();
    found.sort();
    found
}

/// Those that do not say when they were made.
pub fn tables(sweep: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = files(sweep);
    found.retain(|(name, _)| !name.ends_with("ro-crate-metadata.json"));
    found
}

/// The files of readouts, in the order of their runs.
pub fn parts(sweep: &Path) -> Vec<PathBuf> {
    let mut parts = paths(&sweep.join("readouts"));
    parts.retain(|path| path.extension().is_some_and(|ending| ending == "parquet"));
    parts.sort_by_key(|part| part.file_name().map(ToOwned::to_owned));
    parts
}
