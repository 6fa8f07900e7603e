//! States of a cell between 0 and 1 that follow a cause: mechano-state, adaptation, gene programmes.
//!
//! They are kept in fixed point. What a short step adds to a slow state, as a millionth of it to a programme of a day, is less
//! than a number of single precision near 1 can hold, and would be lost or doubled by rounding.

use crate::model::shared::{Wgsl, shared};
use wide::f32x4;

shared! {
    /// Units of a [`Level`] in 1.
    pub const LEVEL_UNITS: f32 = 1_073_741_824.0;
}

/// A state between 0 and 1, in units of 2⁻³⁰; see [`level`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Level(i32);

impl Wgsl for Level {
    const ALIGN: usize = 4;
    fn name() -> String {
        i32::name()
    }
}

impl Level {
    /// The nearest level.
    pub fn of(value: f32) -> Self {
        relax(Level(0), value, 1.0)
    }

    /// The units, for what compares or stores them.
    pub fn units(self) -> i32 {
        self.0
    }

    /// The state as a number.
    pub fn value(self) -> f32 {
        level(self)
    }
}

/// The number that a state stands for.
#[inline]
pub fn level(state: Level) -> f32 {
    state.0 as f32 * (1.0 / LEVEL_UNITS)
}

/// A state that tends to `goal` and loses the share `loss` of its distance to it.
#[inline]
pub fn relax(state: Level, goal: f32, loss: f32) -> Level {
    let change = (goal - level(state)) * loss * LEVEL_UNITS;
    // To the nearest, as cutting goes towards 0. One instruction cuts a vector; a cast of Rust's takes ten, since it minds also
    // what is no number or out of range, which no state is.
    let [units, ..] = f32x4::splat(change + 0.5_f32.copysign(change))
        .fast_trunc_int()
        .to_array();
    Level(state.0 + units)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A memory of a day in steps of 5 ms: single precision stays at half way or runs off, depending on the step.
    #[test]
    fn slow_states_keep_their_pace_in_short_steps() {
        for step_s in [0.005, 0.01, 0.05, 1.0, 60.0] {
            let loss = -f64::exp_m1(-step_s / 86_400.0);
            let steps = (3_600.0 / step_s) as u32;
            let mut fading = Level::of(0.9);
            let mut rising = Level::of(0.0);
            for _ in 0..steps {
                fading = relax(fading, 0.0, loss as f32);
                rising = relax(rising, 0.9, loss as f32);
            }
            let left = 0.9 * f64::exp(-1.0 / 24.0);
            let (fading, rising) = (f64::from(fading.value()), f64::from(rising.value()));
            assert!((fading - left).abs() < 4e-4, "{step_s} s: {fading} instead of {left}");
            assert!(
                (rising - (0.9 - left)).abs() < 4e-4,
                "{step_s} s: {rising} instead of {}",
                0.9 - left
            );
        }
    }

    #[test]
    fn both_ends_are_met() {
        assert_eq!(Level::of(1.0).value(), 1.0);
        assert_eq!(relax(Level::of(1.0), 0.0, 1.0), Level::of(0.0));
        assert_eq!(relax(Level::of(0.0), 1.0, 1.0).value(), 1.0);
    }
}
