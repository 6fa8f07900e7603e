//! Injury: the stump of a cut axon rests, then grows again or never does.
//!
//! P(regrowth) = p + (p_exercised − p)(1 − (1 − T)(1 − M)), with the trophic and mechano programmes T and M at the end of
//! the rest: either of them alone, when it is full, makes the stump one of an exercised neuron.

use crate::model::layout::{Rules, mode};

/// Chance that a stump grows again, from the two gene programmes, 0 to 1 each. Active muscle releases GDNF and
/// LIF, which make cut motor axons regrow (PMC7072511); by how much, and how the two cues share in that, is assumed.
pub fn regrowth_chance(trophic: f32, mechano: f32, rules: &Rules) -> f32 {
    let exercised = 1.0 - (1.0 - trophic) * (1.0 - mechano);
    rules.regrowth + (rules.regrowth_exercised - rules.regrowth) * exercised
}

/// The mode of a stump in `step`: it is decided once, when the rest ends, whether it runs again. `u` is a uniform number.
pub fn stump_mode(step: u32, rests_until: u32, u: f32, chance: f32) -> u32 {
    if step == rests_until && u < chance {
        mode::RUN
    } else {
        mode::INJURED
    }
}
