//! The things that can be explained.

use crate::readout::Readout;
use crate::readout::columns::Documented;
use crate::scenario::brought::Named;
use crate::scenario::presets::Preset;
use crate::scenario::reference::{Entry, TOP};
use crate::scenario::shape::Shape;

/// One thing that can be explained.
#[derive(Clone)]
pub enum Topic {
    /// A table.
    Table(&'static Shape),
    /// A key of one.
    Key(Entry),
    /// A myokine that is known by name.
    Myokine(&'static Preset),
    /// A genotype or a hypothesis.
    Named(&'static Named),
    /// A readout.
    Readout(Documented),
}

impl Topic {
    /// Its name, by which it is asked for.
    pub fn name(&self) -> String {
        match self {
            Topic::Table(shape) if shape.name.is_empty() => TOP.to_owned(),
            Topic::Table(shape) => shape.name.to_owned(),
            Topic::Key(entry) => entry.path(),
            Topic::Myokine(preset) => preset.name.to_owned(),
            Topic::Named(named) => named.name.to_owned(),
            Topic::Readout(readout) => readout.name.to_owned(),
        }
    }
}

/// Every readout.
pub fn readouts() -> impl Iterator<Item = Topic> {
    Readout::documented().into_iter().map(Topic::Readout)
}
