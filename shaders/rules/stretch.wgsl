// Stretch growth: the lengthening of an axon by a tow on its growth cone. Twin of src/model/rules/stretch.rs.
#include "layout.wgsl"
#include "sessions.wgsl"

fn pull_in_step(step: u32, tow: TowRules) -> f32 {
    return select(0.0, tow.force_nn, in_session(step, tow.sessions));
}

fn towed_speed(pull: f32, rules: Rules) -> f32 {
    return rules.tow_slope_um_per_h_per_nn * max(pull - rules.tow_threshold_nn, 0.0);
}

fn tension_behind(pull: f32, travelled: f32, decay: f32) -> f32 {
    return pull * exp(-travelled / decay);
}
