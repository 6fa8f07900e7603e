//! Mechano-state M: rises quickly while the gel moves, fades slowly after.
//!
//! dM/dt = s (1 − M)/τ_on − (1 − s) M/τ_off, solved exactly over a step in which the drive s is constant.

use crate::model::layout::Rules;
use glam::{Vec2, Vec3};

/// The movement of the gel as a cell feels it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Felt {
    /// Mechanical drive now, 0 to 1.
    pub drive: f32,
    /// Axis of strain, a unit vector.
    pub axis: Vec3,
    /// Preference of the strain for that axis, 0 to 1.
    pub anisotropy: f32,
    /// The goal of the mechano-state (x), and the share of the distance to it that a step takes (y).
    pub mechano: Vec2,
}

/// The drive within a cycle that is stepped through: sin² of the phase, doubled so that its mean over the cycle
/// is `drive`. `cycle_steps` 0 means that cycles are averaged.
pub fn cycle_drive(drive: f32, step: u32, cycle_steps: u32) -> f32 {
    if cycle_steps == 0 {
        return drive;
    }
    // Half a cycle, as the square has twice its frequency; the sine stays within the range in which GPUs are exact.
    let twice = 2.0 * (((step % cycle_steps) as f32 + 0.5) / cycle_steps as f32);
    let sine = libm::sinf(std::f32::consts::PI * (twice - twice.floor()));
    2.0 * drive * sine * sine
}

/// The moment of a cycle, of `moments` with a map of strain each, in which a step lies.
pub fn moment_of_cycle(step: u32, cycle_steps: u32, moments: u32) -> u32 {
    if cycle_steps == 0 || moments <= 1 {
        return 0;
    }
    step % cycle_steps * moments / cycle_steps
}

/// 1 − e^(−x) for x ≥ 0, exact for small x too.
pub fn lost_after(x: f32) -> f32 {
    if x < 0.01 {
        x * (1.0 - x * (0.5 - x * (1.0 / 6.0)))
    } else {
        1.0 - libm::expf(-x)
    }
}

/// The goal of M under `drive` (x), and the share of the distance to it that a step takes (y).
pub fn mechano_relaxation(drive: f32, rules: &Rules, step_h: f32) -> Vec2 {
    let on = drive * rules.mechano_on_per_h;
    let off = (1.0 - drive) * rules.mechano_off_per_h;
    let rate = on + off;
    Vec2::new(on / rate, lost_after(rate * step_h))
}
