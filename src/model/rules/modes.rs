//! Modes of a growth cone: run, pause, retract, as a continuous-time Markov chain that forgets with one rate and
//! draws anew from the stationary shares, so that the shares of time are exactly those asked for.

use crate::model::layout::{Rules, mode};

/// The mode after a step, from one uniform number `u`.
pub fn next_mode(current: u32, u: f32, rules: &Rules) -> u32 {
    if u >= rules.mode_switch {
        return current;
    }
    stationary_mode(u / rules.mode_switch, rules)
}

/// A mode drawn from the stationary shares, from one uniform number `u`.
pub fn stationary_mode(u: f32, rules: &Rules) -> u32 {
    if u < rules.running {
        mode::RUN
    } else if u < rules.running + rules.paused {
        mode::PAUSE
    } else {
        mode::RETRACT
    }
}
