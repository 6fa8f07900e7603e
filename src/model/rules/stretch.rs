//! Stretch growth: the lengthening of an axon by a tow on its growth cone.
//!
//! A cone that is pulled with a force F above the threshold F₀ is drawn out along the pull at v = s (F − F₀) (Zheng 1991). That
//! needs nothing of the cone: it goes at this speed in whichever mode it is and adds nothing of its own, turns onto the
//! pull at once, and up to the threshold grows as if nobody pulled. What it would have done by itself (mode, own speed,
//! branching) goes on in it and shows again when the tow ends. The shaft stays where it was laid. Along it, as it is
//! viscous and rubs, tension decays as F e^(−x/λ).

use super::sessions::in_session;
use crate::model::layout::{Rules, TowRules};

/// The pull of a tow on each growth cone in `step`, nN.
pub fn pull_in_step(step: u32, tow: &TowRules) -> f32 {
    if in_session(step, &tow.sessions) {
        tow.force_nn
    } else {
        0.0
    }
}

/// Speed at which `pull`, in nN, draws a cone out, µm/h; 0 where it leaves the cone to grow by itself.
pub fn towed_speed(pull: f32, rules: &Rules) -> f32 {
    rules.tow_slope_um_per_h_per_nn * (pull - rules.tow_threshold_nn).max(0.0)
}

/// Tension in the shaft at `travelled` µm behind a cone under `pull`, in the unit of the pull; it decays over `decay` µm.
pub fn tension_behind(pull: f32, travelled: f32, decay: f32) -> f32 {
    pull * libm::expf(-travelled / decay)
}
