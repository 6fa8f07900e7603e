//! Receptors: the share that myokine binds, its effect on growth, and its rise in space.

use crate::model::layout::MyokineRules;
use crate::model::shared::shared;
use glam::Vec3;

/// The signal of all myokines around a growth cone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signal {
    /// Gradient of `excess`, 1/µm.
    pub rise: Vec3,
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

shared! {
    /// Share of the half dose below which a cone notices nothing: too few molecules for a slope to have a meaning.
    pub const DETECTION_LIMIT: f32 = 1e-6;
}

/// Share of receptors bound at `dose` (Hill).
pub fn occupancy(dose: f32, half_dose: f32, hill: f32) -> f32 {
    if dose <= 0.0 {
        return 0.0;
    }
    // x^h as e^(h ln x): several times faster than a correctly rounded power, and as exact as is needed here.
    1.0 / (1.0 + libm::expf(hill * libm::logf(half_dose / dose)))
}

/// Adds one myokine at `dose` with `gradient` (per µm) to the signal that a cone senses.
/// The gain is calibrated (Bu 2024); the Hill form and the high-dose factor 1/(1 + c/K_I) are assumed.
pub fn bind_myokine(signal: Signal, dose: f32, gradient: Vec3, myokine: &MyokineRules) -> Signal {
    if dose < DETECTION_LIMIT * myokine.half_dose {
        return signal;
    }
    let bound = occupancy(dose, myokine.half_dose, myokine.hill);
    let inhibited = 1.0 / (1.0 + dose * myokine.inhibition);
    let excess = (myokine.max_gain - 1.0) * bound * inhibited;
    let steepness = myokine.hill * (1.0 - bound) / dose - myokine.inhibition * inhibited;
    Signal {
        rise: signal.rise + gradient * (excess * steepness),
        excess: signal.excess + excess,
        occupancy: signal.occupancy.max(bound),
    }
}

/// Share of receptors left on the surface after adaptation to a mean occupancy of `adapted`.
pub fn receptors_left(adapted: f32, adaptation: f32) -> f32 {
    1.0 - adaptation * adapted
}

/// Relative rise of the receptor signal per µm; none where there is no signal.
pub fn relative_slope(signal: Signal) -> Vec3 {
    if signal.excess == 0.0 {
        Vec3::ZERO
    } else {
        signal.rise / signal.excess.abs()
    }
}
