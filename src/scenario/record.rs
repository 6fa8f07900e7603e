//! `[record]`: what is kept of a run.

use super::reader::Fields;
use super::tree::{TomlNode, TomlValue};
use super::words::LeaveWord;

/// The parts of a run that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordOptions {
    /// Neurons whose axons are written as SWC.
    pub morphologies: Morphologies,
    /// The files that are left.
    pub leave: Leave,
}

/// The files that a run leaves beside its readouts, its record and its scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Axons as SWC, and the table of neurons.
    pub axons: bool,
    /// The picture of the plate.
    pub pictures: bool,
    /// The report; with the picture in it where that is left too.
    pub report: bool,
}

impl Leave {
    /// Nothing beside the readouts.
    pub const READOUTS: Self = Self {
        axons: false,
        pictures: false,
        report: false,
    };
    /// Everything.
    pub const ALL: Self = Self {
        axons: true,
        pictures: true,
        report: true,
    };

    /// What some words name together.
    pub fn of(words: &[LeaveWord]) -> Self {
        let mut leave = Self::READOUTS;
        for word in words {
            match word {
                LeaveWord::Readouts => {}
                LeaveWord::Axons => leave.axons = true,
                LeaveWord::Pictures => leave.pictures = true,
                LeaveWord::Report => leave.report = true,
                LeaveWord::All => leave = Self::ALL,
            }
        }
        leave
    }
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
            leave: Leave::ALL,
        }
    }
}

/// Reads what `[record]` keeps; the table may be left out.
pub fn read(record: Option<&Fields<'_>>) -> RecordOptions {
    let mut options = RecordOptions::default();
    let Some(fields) = record else {
        return options;
    };
    if let Some(node) = fields.value("morphologies") {
        let expected = "\"all\", \"none\" or a whole number such as 20";
        let read = morphologies(node).or_else(|| fields.at("morphologies").wrong_kind(node, expected));
        options.morphologies = read.unwrap_or(options.morphologies);
    }
    if let Some(words) = fields.words("leave") {
        options.leave = Leave::of(&words);
    }
    options
}

fn morphologies(node: &TomlNode) -> Option<Morphologies> {
    match &node.value {
        TomlValue::Text(word) if word == "all" => Some(Morphologies::All),
        TomlValue::Text(word) if word == "none" => Some(Morphologies::None),
        TomlValue::Whole(count) => u32::try_from(*count).ok().map(Morphologies::Count),
        _ => None,
    }
}
