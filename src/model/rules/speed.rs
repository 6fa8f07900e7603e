//! Axial speed: that of the mode. In a run it deviates from it by an Ornstein–Uhlenbeck process u about 0.
//!
//! du = −u dt/τ + σ √(2/τ) dW, stepped exactly: u' = u e^(−dt/τ) + σ √(1 − e^(−2dt/τ)) ξ, where t is the time spent running: a
//! paused cone rests and a retracting one shortens, and each keeps its deviation for its next run.

use crate::model::layout::{Rules, mode};

/// The speed of a mode, µm/h. Only running answers the cues.
pub fn target_speed(current: u32, gain: f32, rules: &Rules) -> f32 {
    if current == mode::RUN {
        rules.run_speed_um_per_h * gain
    } else if current == mode::RETRACT {
        -rules.retraction_speed_um_per_h
    } else {
        0.0
    }
}

/// The deviation from it after a step of running, µm/h; `xi` is a standard normal number.
pub fn next_deviation(deviation: f32, xi: f32, rules: &Rules) -> f32 {
    deviation - deviation * rules.speed_loss + rules.speed_noise_um_per_h * xi
}
