// Injury: the stump of a cut axon rests, then grows again or never does. Twin of src/model/rules/injury.rs.
#include "layout.wgsl"

fn regrowth_chance(trophic: f32, mechano: f32, rules: Rules) -> f32 {
    let exercised = 1.0 - (1.0 - trophic) * (1.0 - mechano);
    return rules.regrowth + (rules.regrowth_exercised - rules.regrowth) * exercised;
}

fn stump_mode(step: u32, rests_until: u32, u: f32, chance: f32) -> u32 {
    return select(MODE_INJURED, MODE_RUN, step == rests_until && u < chance);
}
