//! Axial speed: an Ornstein–Uhlenbeck process about a target that the mode sets.
//!
//! dv = −(v − v*) dt/τ + σ √(2/τ) dW, stepped exactly: v' = v* + (v − v*) e^(−dt/τ) + σ √(1 − e^(−2dt/τ)) ξ.

use crate::model::layout::{Rules, mode};

/// The speed a cone tends to, µm/h. Only running answers the cues.
pub fn target_speed(current: u32, gain: f32, rules: &Rules) -> f32 {
    if current == mode::RUN {
        rules.run_speed_um_per_h * gain
    } else if current == mode::RETRACT {
        -rules.retraction_speed_um_per_h
    } else {
        0.0
    }
}

/// The speed after a step, µm/h; `xi` is a standard normal number.
pub fn next_speed(speed: f32, goal: f32, xi: f32, rules: &Rules) -> f32 {
    speed + (goal - speed) * rules.speed_loss + rules.speed_noise_um_per_h * xi
}
