// Modes of a growth cone: run, pause, retract. Twin of src/model/rules/modes.rs.
#include "layout.wgsl"

fn next_mode(current: u32, u: f32, rules: Rules) -> u32 {
    if u >= rules.mode_switch {
        return current;
    }
    return stationary_mode(u / rules.mode_switch, rules);
}

fn stationary_mode(u: f32, rules: Rules) -> u32 {
    if u < rules.running {
        return MODE_RUN;
    } else if u < rules.running + rules.paused {
        return MODE_PAUSE;
    }
    return MODE_RETRACT;
}
