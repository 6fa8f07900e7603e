//! Receptors: the share that myokine binds, and its effect on growth.

use super::guidance::guidance_cue;
use crate::model::layout::MyokineRules;
use glam::Vec3;

/// The signal of all myokines around a growth cone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signal {
    /// The cues of all myokines, see [`guidance_cue`].
    pub cue: Vec3,
    /// Rise of growth above that without myokine, relative to it.
    pub excess: f32,
    /// Share of receptors bound, of the myokine that binds most.
    pub occupancy: f32,
}

/// The medium as receptors read it at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sensed {
    /// All myokines together.
    pub signal: Signal,
    /// Dose of the first one.
    pub dose: f32,
}

/// Share of receptors bound at `dose` (Hill).
pub fn occupancy(dose: f32, half_dose: f32, hill: f32) -> f32 {
    if dose <= 0.0 {
        return 0.0;
    }
    // x^h as e^(h ln x): several times faster than a correctly rounded power, and as exact as is needed here.
    1.0 / (1.0 + libm::expf(hill * libm::logf(half_dose / dose)))
}

/// Adds one myokine at `dose` with `gradient` (per µm) to the signal that a cone of `width_um` senses. What it does to growth and
/// where it guides are apart.
/// The gain is calibrated (Bu 2024); the Hill form and the high-dose factor 1/(1 + c/K_I) are assumed.
pub fn bind_myokine(signal: Signal, dose: f32, gradient: Vec3, width_um: f32, myokine: &MyokineRules) -> Signal {
    let bound = occupancy(dose, myokine.half_dose, myokine.hill);
    let inhibited = 1.0 / (1.0 + dose.max(0.0) * myokine.inhibition);
    let excess = (myokine.max_gain - 1.0) * bound * inhibited;
    Signal {
        cue: signal.cue + guidance_cue(dose, gradient, bound, width_um, myokine),
        excess: signal.excess + excess,
        occupancy: signal.occupancy.max(bound),
    }
}

/// Share of receptors left on the surface after adaptation to a mean occupancy of `adapted`.
pub fn receptors_left(adapted: f32, adaptation: f32) -> f32 {
    1.0 - adaptation * adapted
}
