//! `[record]`: what is kept of a run.

use super::reader::Fields;
use super::tree::{TomlNode, TomlValue};

/// The parts of a run that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordOptions {
    /// Neurons whose axons are written as SWC.
    pub morphologies: Morphologies,
}

/// Neurons of each well that are written as SWC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Morphologies {
    /// All of them.
    All,
    /// None.
    None,
    /// The first so many.
    Count(u32),
}

impl Morphologies {
    /// How many of a well's `neurons` are written.
    pub fn count(self, neurons: usize) -> usize {
        match self {
            Self::All => neurons,
            Self::Count(first) => neurons.min(first as usize),
            Self::None => 0,
        }
    }

    /// Whether the neuron with this number in its well, from 0, is written.
    pub fn include(self, neuron: usize) -> bool {
        match self {
            Self::All => true,
            Self::Count(first) => neuron < first as usize,
            Self::None => false,
        }
    }
}

impl Default for RecordOptions {
    fn default() -> Self {
        Self {
            morphologies: Morphologies::Count(20),
        }
    }
}

/// Reads what `[record]` keeps; the table may be left out.
pub fn read(record: Option<&Fields<'_>>) -> RecordOptions {
    let read = || {
        let fields = record?;
        let node = fields.value("morphologies")?;
        let expected = "\"all\", \"none\" or a whole number such as 20";
        morphologies(node).or_else(|| fields.at("morphologies").wrong_kind(node, expected))
    };
    read().map_or_else(RecordOptions::default, |morphologies| RecordOptions { morphologies })
}

fn morphologies(node: &TomlNode) -> Option<Morphologies> {
    match &node.value {
        TomlValue::Text(word) if word == "all" => Some(Morphologies::All),
        TomlValue::Text(word) if word == "none" => Some(Morphologies::None),
        TomlValue::Whole(count) => u32::try_from(*count).ok().map(Morphologies::Count),
        _ => None,
    }
}
