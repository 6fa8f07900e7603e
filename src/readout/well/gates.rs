//! Axons of a well that cross its gates.

use crate::model::crossing::crosses;
use crate::model::plate::Gate;
use crate::readout::culture::Culture;
use crate::readout::topology::Axon;

/// For each gate of the plate the axons that cross it: those of which some piece does, each once.
pub fn axons_across(culture: &Culture<'_>) -> Vec<usize> {
    let gates = culture.plate.landmarks.gates.iter();
    gates
        .map(|gate| culture.neurons().filter(|(_, axon)| is_across(axon, gate)).count())
        .collect()
}

fn is_across(axon: &Axon<'_>, gate: &Gate) -> bool {
    let line = (gate.from_um.truncate(), gate.to_um.truncate());
    let mut pieces = axon.shafts().flat_map(|shaft| shaft.segments_um());
    pieces.any(|(from_um, to_um)| crosses((from_um.truncate(), to_um.truncate()), line))
}
