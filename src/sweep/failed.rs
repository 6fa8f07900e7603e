//! The runs that failed, and why: a record for each part that has some. A run that its scenario refuses fails whenever it is done, so
//! that it counts as done; one that failed by the machine is missing, and is tried again when the sweep is started again.

use super::part::Part;
use super::whole_file::{clear, make_folder, put_bytes};
use crate::export::ExportError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the records in a sweep's folder.
pub const FAILED: &str = "failed";

/// Why a run failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The reason, in words.
    pub reason: String,
    /// Whether it fails on every machine.
    pub lasts: bool,
}

impl Fault {
    /// The scenario refuses the values of the run.
    pub fn of_input(reason: String) -> Self {
        Self { reason, lasts: true }
    }

    /// The machine could not do it now.
    pub fn of_machine(reason: String) -> Self {
        Self { reason, lasts: false }
    }
}

/// The faults of runs, by their numbers.
pub type Faults = BTreeMap<u64, Fault>;

/// Writes down what failed of a part, where `tried` are the runs that were done now; what is known of the others stays.
///
/// # Errors
/// The sweep's folder cannot be written to.
pub fn note(sweep: &Path, part: &Part, tried: &[u64], mut faults: Faults) -> Result<(), ExportError> {
    let folder = sweep.join(FAILED);
    let record = folder.join(format!("{}.json", part.name()));
    let earlier = read(&record).unwrap_or_default().into_iter();
    faults.extend(earlier.filter(|(run, _)| !tried.contains(run)));
    clear(&record);
    if faults.is_empty() {
        // There is none, as a rule.
        let _ = fs::remove_file(&record);
        return Ok(());
    }
    make_folder(&folder)?;
    put_bytes(&record, serde_json::to_string(&faults)?.as_bytes())
}

/// The faults of a sweep's runs.
///
/// # Errors
/// A record cannot be read.
pub fn faults(sweep: &Path) -> Result<Faults, ExportError> {
    let mut faults = Faults::new();
    for entry in fs::read_dir(sweep.join(FAILED)).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            faults.extend(read(&path)?);
        }
    }
    Ok(faults)
}

fn read(record: &PathBuf) -> Result<Faults, ExportError> {
    let text = fs::read_to_string(record).map_err(ExportError::io("read", record))?;
    Ok(serde_json::from_str(&text)?)
}
