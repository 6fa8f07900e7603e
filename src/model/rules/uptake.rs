//! Uptake of myokine by growth cones (Michaelis–Menten), summed in fixed point so that the order of the cones does
//! not matter.

use crate::model::layout::MyokineRules;
use crate::model::shared::shared;

shared! {
    /// Units of the fixed-point sum in a concentration of 1.
    pub const FIXED_POINT: f32 = 1_048_576.0;

    /// The most that one cone can take from a voxel in a step: the fixed-point sum of many cones must fit 32 bits.
    pub const LARGEST: f32 = 8.0;
}

/// Fall of the concentration in a voxel of `volume` µm³ over a step of `step_h`, from one cone at `dose`; never more
/// than a quarter of what is there.
pub fn uptake(dose: f32, volume: f32, step_h: f32, myokine: &MyokineRules) -> f32 {
    let taken = myokine.uptake_um3_per_h * dose / (myokine.uptake_half_dose + dose) * step_h / volume;
    taken.min(0.25 * dose).min(LARGEST)
}

/// The nearest fixed-point number.
pub fn to_fixed_point(concentration: f32) -> i32 {
    (concentration * FIXED_POINT + 0.5).floor() as i32
}

/// The concentration that a fixed-point number stands for.
pub fn from_fixed_point(fixed: i32) -> f32 {
    fixed as f32 / FIXED_POINT
}
