//! The outcome of a run, from which its files are written.

use super::record::RunRecord;
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::readout::recorder::Readouts;
use crate::scenario::{Leave, Morphologies, NamedFile};

/// The outcome of a run, whole or interrupted.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// The plate, as events have made it by the time of the state.
    pub plate: &'a Plate,
    /// Its last state.
    pub world: &'a World,
    /// Its readouts.
    pub readouts: &'a Readouts,
    /// The circumstances of the run. What the other fields say as well (program, steps, seed, readouts) is taken from them.
    pub record: &'a RunRecord,
    /// The neurons that get a file of their own.
    pub morphologies: Morphologies,
    /// The files that are written.
    pub leave: Leave,
    /// Whether the run was asked to end: what takes long to write is left out, and the report says so.
    pub hurried: bool,
    /// The files that the scenario names.
    pub files: &'a [NamedFile],
}
