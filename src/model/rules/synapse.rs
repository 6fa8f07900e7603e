//! Synapses: a growth cone that touches a muscle fibre may settle on it, and then stays.
//!
//! Fibres lie side by side along the muscle, in a slab in layers as well; each has a number. A cone that touches one forms
//! a synapse at the hazard k (1 + T), with the trophic programme T (form and sizes assumed).

use super::mechano::lost_after;
use super::random::{draw, purpose, uniform_number};
use crate::model::layout::{MuscleRules, NONE, Rules, Treatment};
use glam::{UVec2, Vec3};

/// The number of the fibre that a place touches, [`NONE`] where there is none.
#[inline]
pub fn fibre_touched(position: Vec3, muscle: &MuscleRules, planar: u32) -> u32 {
    let (low, high, spacing) = (muscle.low_um, muscle.high_um, muscle.spacing_um);
    if spacing <= 0.0 || position.cmplt(low).any() || position.cmpge(high).any() {
        return NONE;
    }
    let from_low = position - low;
    let upright = muscle.upright == 1;
    let across = if upright { from_low.x } else { from_low.y } / spacing;
    let column = across.floor();
    let mut off = (across - column - 0.5).abs() * spacing;
    let mut number = column;
    if planar == 0 {
        let size = high - low;
        let columns = (if upright { size.x } else { size.y } / spacing).ceil();
        let up = from_low.z / spacing;
        let layer = up.floor();
        let off_layer = (up - layer - 0.5) * spacing;
        off = (off * off + off_layer * off_layer).sqrt();
        number += layer * columns;
    }
    if off <= muscle.reach_um { number as u32 } else { NONE }
}

/// Chance that a cone which touches a fibre settles on it in this step.
pub fn synapse_chance(trophic_programme: f32, rules: &Rules) -> f32 {
    lost_after(rules.synapse * (1.0 + trophic_programme))
}

/// The number of the fibre on which the cone with this identity settles in `step`, [`NONE`] where it touches none or goes on.
#[inline]
pub fn fibre_settled_on(
    position: Vec3,
    id: u32,
    step: u32,
    key: UVec2,
    trophic_programme: f32,
    planar: u32,
    treatment: &Treatment,
) -> u32 {
    let fibre = fibre_touched(position, &treatment.muscle, planar);
    if fibre == NONE {
        return NONE;
    }
    let u = uniform_number(draw(id, step, key, purpose::SYNAPSE).x);
    if u < synapse_chance(trophic_programme, &treatment.rules) {
        fibre
    } else {
        NONE
    }
}
