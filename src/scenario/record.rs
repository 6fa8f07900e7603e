//! `[record]`: what is counted in a run, and what is kept of it.

use super::culture;
use super::quantity;
use super::reader::Fields;
use super::tree::{TomlNode, TomlValue};
use super::well;
use crate::model::domain::Domain;
use crate::model::parameter::Dimension;
use crate::model::plate::{Gate, Landmarks};
use std::collections::HashSet;

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

/// Reads what `[record]` says of the files; it may be left out.
pub fn read(record: Option<&Fields<'_>>) -> RecordOptions {
    let read = || {
        let fields = record?;
        let node = fields.value("morphologies")?;
        let expected = "\"all\", \"none\" or a whole number such as 20";
        morphologies(node).or_else(|| fields.at("morphologies").wrong_kind(node, expected))
    };
    read().map_or_else(RecordOptions::default, |morphologies| RecordOptions { morphologies })
}

/// Reads at which places of a well `[record]` has axons counted.
pub fn landmarks(record: Option<&Fields<'_>>, domain: Option<&Domain>) -> Landmarks {
    let mut landmarks = Landmarks::default();
    let Some(record) = record else { return landmarks };
    if let Some(distances_um) = distances(record) {
        landmarks.distances_um = distances_um;
    }
    let mut names = HashSet::new();
    for fields in record.tables("crossings") {
        let name = fields.name("name");
        if let Some(name) = name {
            culture::check_unique(&fields, name, "crossing", &mut names);
        }
        if let (Some(name), Some((from_um, to_um))) = (name, well::line(&fields, domain, ["from", "to"])) {
            let name = name.to_owned();
            landmarks.gates.push(Gate { name, from_um, to_um });
        }
    }
    landmarks
}

/// The distances from the explant's edge at `distances`, in rising order, µm.
fn distances(record: &Fields<'_>) -> Option<Vec<f64>> {
    let mut distances_um = record.lengths("distances")?;
    let spot = record.at("distances");
    let length = |um: f64| quantity::format(um, Dimension::Length.into());
    if let Some(&none) = distances_um.iter().find(|um| **um <= 0.0) {
        return spot.refused(length(none), "distances above 0");
    }
    distances_um.sort_unstable_by(f64::total_cmp);
    if let Some(twice) = distances_um.windows(2).find(|pair| pair[0] == pair[1]) {
        return spot.refused(format!("{} twice", length(twice[0])), "each distance once");
    }
    Some(distances_um)
}

fn morphologies(node: &TomlNode) -> Option<Morphologies> {
    match &node.value {
        TomlValue::Text(word) if word == "all" => Some(Morphologies::All),
        TomlValue::Text(word) if word == "none" => Some(Morphologies::None),
        TomlValue::Whole(count) => u32::try_from(*count).ok().map(Morphologies::Count),
        _ => None,
    }
}
