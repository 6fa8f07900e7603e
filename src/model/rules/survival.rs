//! Survival: from an onset on, neurons fall ill at a constant hazard. Their axons then die back from the tips; the neuron
//! is dead when the last piece of axon is gone, as in dying-back neuropathy the tips go before the soma (PMC8343323).

use super::random::{draw, purpose, uniform_number};
use crate::model::layout::Rules;
use glam::UVec2;

/// Whether a healthy neuron falls ill in `step`. `u` is a uniform number, the same for the soma and all cones of a neuron,
/// so that each knows without asking the others.
pub fn falls_ill(step: u32, u: f32, rules: &Rules) -> bool {
    step >= rules.death_onset && u < rules.death
}

/// Whether the healthy neuron with this number in its well falls ill in `step`; `key` is that of the well.
#[inline]
pub fn neuron_falls_ill(id: u32, step: u32, key: UVec2, rules: &Rules) -> bool {
    rules.death > 0.0 && falls_ill(step, uniform_number(draw(id, step, key, purpose::DEATH).x), rules)
}
