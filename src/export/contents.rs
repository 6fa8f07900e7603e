//! The contents of a folder: nothing, a result of this program and nothing else, or something that is left alone.

use super::error::ExportError;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The file by which a folder is known to be a result.
pub const RUN_RECORD: &str = "run.json";

/// The folder of the scenario as it was run, and of the files that it names.
pub const SCENARIO: &str = "scenario";

/// The scenario in that folder.
pub const SCENARIO_FILE: &str = "scenario.toml";

/// The folder of the axons, with a folder for each well and a file for each neuron.
pub const AXONS: &str = "axons";

/// The table of readouts.
pub const READOUTS: &str = "readouts.csv";

/// The folder of what an unfinished run needs to go on.
pub const CHECKPOINT: &str = "checkpoint";

/// The input of an unfinished run, in that folder.
pub(crate) const BEGUN: &str = "begun.json";

/// The rows of an unfinished run, in that folder.
pub(crate) const ROWS: &str = "rows.csv";

/// The end of the names of states in that folder, after a number.
pub(crate) const STATE: &str = ".state";

/// The beginning of the names of the scenario's files in that folder, ahead of a number.
pub(crate) const BROUGHT: &str = "file-";

/// The end of the names of files that are being written.
pub(crate) const WRITING: &str = ".writing";

/// The files that a run writes at the top of its folder.
const WRITTEN: [&str; 8] = [
    RUN_RECORD,
    READOUTS,
    "readouts.parquet",
    "neurons.parquet",
    "plate.png",
    "movie.gif",
    "movie.mp4",
    "report.html",
];

/// Files that file managers leave in any folder.
const LEFT_BY_SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The folder that a destination is in.
pub(crate) fn parent(destination: &Path) -> &Path {
    destination
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The name of a destination, without the folder that it is in.
pub(super) fn name(destination: &Path) -> String {
    let name = destination.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The state of a destination.
#[derive(Debug)]
pub(super) enum Found {
    Nothing,
    Empty,
    /// An unfinished run and nothing else.
    Unfinished,
    /// The result of a run and nothing else, but for what an unfinished one that is to replace it needs.
    Result,
    Link,
    /// Something else; a path in it that no run has written, or the destination itself.
    Other(PathBuf),
}

/// Looks at a destination.
///
/// # Errors
/// It cannot be read.
pub(super) fn found_at(destination: &Path) -> Result<Found, ExportError> {
    match fs::symlink_metadata(destination) {
        Err(missing) if missing.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(ExportError::io("read", destination)(error)),
        Ok(found) if found.is_symlink() => return Ok(Found::Link),
        Ok(found) if !found.is_dir() => return Ok(Found::Other(destination.to_owned())),
        Ok(_) => {}
    }
    let entries = entries(destination)?;
    if entries.is_empty() {
        return Ok(Found::Empty);
    }
    if let [Entry { name, is_folder: true }] = &entries[..]
        && name == CHECKPOINT
    {
        let stranger = stranger_in_checkpoint(&destination.join(CHECKPOINT))?;
        return Ok(stranger.map_or(Found::Unfinished, Found::Other));
    }
    let Some(kept) = files_of_scenario(&destination.join(RUN_RECORD)) else {
        let stranger = entries.iter().find(|entry| !WRITTEN.contains(&entry.name.as_str()));
        return Ok(Found::Other(stranger.map_or_else(
            || destination.join(RUN_RECORD),
            |entry| destination.join(&entry.name),
        )));
    };
    let stranger = first_stranger(destination, &kept)?;
    Ok(stranger.map_or(Found::Result, Found::Other))
}

/// A path in a result that no run has written.
fn first_stranger(result: &Path, kept: &[String]) -> Result<Option<PathBuf>, ExportError> {
    for Entry { name, is_folder } in entries(result)? {
        let path = result.join(&name);
        let stranger = match name.as_str() {
            AXONS if is_folder => stranger_among_axons(&path)?,
            CHECKPOINT if is_folder => stranger_in_checkpoint(&path)?,
            SCENARIO if is_folder => stranger_in_scenario(&path, &path, kept)?,
            name if !is_folder && WRITTEN.contains(&name) => None,
            _ => Some(path),
        };
        if stranger.is_some() {
            return Ok(stranger);
        }
    }
    Ok(None)
}

/// Below `axons` there is a folder for each well, and in it files such as `007.swc`.
fn stranger_among_axons(axons: &Path) -> Result<Option<PathBuf>, ExportError> {
    for well in entries(axons)? {
        let folder = axons.join(&well.name);
        if !well.is_folder {
            return Ok(Some(folder));
        }
        let is_neuron = |entry: &Entry| {
            let number = entry.name.strip_suffix(".swc");
            !entry.is_folder && number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        if let Some(stranger) = entries(&folder)?.iter().find(|entry| !is_neuron(entry)) {
            return Ok(Some(folder.join(&stranger.name)));
        }
    }
    Ok(None)
}

/// In `checkpoint` there are what the run was begun with, its states and its rows.
fn stranger_in_checkpoint(folder: &Path) -> Result<Option<PathBuf>, ExportError> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_ours = |entry: &Entry| {
        let name = entry.name.strip_suffix(WRITING).unwrap_or(&entry.name);
        let is_state = name.strip_suffix(STATE).is_some_and(is_number);
        let is_brought = name.strip_prefix(BROUGHT).is_some_and(is_number);
        !entry.is_folder && (name == BEGUN || name == ROWS || is_state || is_brought)
    };
    let stranger = entries(folder)?.into_iter().find(|entry| !is_ours(entry));
    Ok(stranger.map(|stranger| folder.join(stranger.name)))
}

/// In `scenario` there are the scenario and the files that the run record says.
fn stranger_in_scenario(top: &Path, folder: &Path, kept: &[String]) -> Result<Option<PathBuf>, ExportError> {
    for entry in entries(folder)? {
        let path = folder.join(&entry.name);
        let stranger = if entry.is_folder {
            stranger_in_scenario(top, &path, kept)?
        } else {
            let is_known = |known: &str| path == top.join(known);
            let known = is_known(SCENARIO_FILE) || kept.iter().any(|name| is_known(name));
            (!known).then_some(path)
        };
        if stranger.is_some() {
            return Ok(stranger);
        }
    }
    Ok(None)
}

/// A name in a folder. A link counts as a file: what it leads to is not ours.
struct Entry {
    name: String,
    is_folder: bool,
}

/// The entries of a folder, but for what file managers leave in it.
fn entries(folder: &Path) -> Result<Vec<Entry>, ExportError> {
    let all = fs::read_dir(folder).and_then(|entries| {
        entries
            .map(|entry| {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let is_folder = entry.file_type()?.is_dir();
                Ok(Entry { name, is_folder })
            })
            .collect::<Result<Vec<_>, std::io::Error>>()
    });
    let mut all = all.map_err(ExportError::io("read", folder))?;
    all.retain(|entry| entry.is_folder || !LEFT_BY_SYSTEMS.contains(&entry.name.as_str()));
    Ok(all)
}

/// The files in `scenario/` that a run record of this program says were kept; `None` where it is no such record.
fn files_of_scenario(record: &Path) -> Option<Vec<String>> {
    let record: serde_json::Value = serde_json::from_slice(&fs::read(record).ok()?).ok()?;
    if record["program"] != env!("CARGO_PKG_NAME") {
        return None;
    }
    let files = record["scenario_files"].as_array();
    let names = files.map(|files| files.iter().filter_map(|name| name.as_str().map(str::to_owned)));
    Some(names.map(Iterator::collect).unwrap_or_default())
}
