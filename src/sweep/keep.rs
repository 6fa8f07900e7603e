//! The outcomes of a part's runs, kept in the dataset.

use super::failed::{Fault, Faults, note};
use super::part::{Part, Share};
use super::plan::{Plan, PlannedRun};
use super::rows::RowWriter;
use super::tables::readouts_table;
use super::whole_file::put;
use crate::export::ExportError;
use crate::readout::recorder::Readouts;
use std::path::Path;

/// The key under which a file says on what kind of engine its runs were done.
pub const ENGINE: &str = "engine";

/// The readouts of a run, or why it has none.
pub type Outcome = (u64, Result<Readouts, Fault>);

/// Writes the outcomes of runs of a part, what failed first, into the share's folder of `sweep`; `kind` is that of their engine. The names
/// of the files say which runs are done: those that have readouts and those that fail whenever they are done; the others are missing.
/// Calls `fails` for each that failed, and returns how many did.
///
/// # Errors
/// The sweep's folder cannot be written to.
pub fn keep(
    plan: &Plan,
    part: &Part,
    share: Share,
    sweep: &Path,
    kind: &str,
    outcomes: Vec<Outcome>,
    fails: &dyn Fn(&PlannedRun, &Fault),
) -> Result<u64, ExportError> {
    let tried: Vec<u64> = outcomes.iter().map(|(id, _)| *id).collect();
    let (mut stretches, mut faults): (Vec<Stretch>, _) = (Vec::new(), Faults::new());
    for (id, outcome) in outcomes {
        let Some(run) = plan.run(id) else { continue };
        let readouts = match outcome {
            Ok(readouts) => Some(readouts),
            Err(fault) => {
                fails(&run, &fault);
                let lasts = fault.lasts;
                faults.insert(id, fault);
                if !lasts {
                    continue;
                }
                None
            }
        };
        match stretches.last_mut() {
            Some(stretch) if stretch.last + 1 == id => stretch.last = id,
            _ => stretches.push(Stretch::at(id)),
        }
        if let (Some(stretch), Some(readouts)) = (stretches.last_mut(), readouts) {
            stretch.runs.push((run, readouts));
        }
    }
    let failed = faults.len() as u64;
    note(sweep, part, &tried, faults)?;
    part.clear(sweep)?;
    for Stretch { first, last, runs } in stretches {
        let path = Part::between(plan, first, last).path(&share.make_folder(sweep)?);
        let table = readouts_table(plan, &runs);
        put(&path, |unfinished| {
            let mut file = RowWriter::begin(unfinished, &table, &[(ENGINE, kind)])?;
            file.add(table)?;
            file.finish()
        })?;
    }
    Ok(failed)
}

/// Neighbouring runs that are done, and the readouts of those that have some.
struct Stretch {
    first: u64,
    last: u64,
    runs: Vec<(PlannedRun, Readouts)>,
}

impl Stretch {
    fn at(id: u64) -> Self {
        Self {
            first: id,
            last: id,
            runs: Vec::new(),
        }
    }
}
