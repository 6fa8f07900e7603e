// Survival: from an onset on, neurons fall ill at a constant hazard. Twin of src/model/rules/survival.rs.
#include "layout.wgsl"
#include "random.wgsl"

fn falls_ill(step: u32, u: f32, rules: Rules) -> bool {
    return step >= rules.death_onset && u < rules.death;
}

fn neuron_falls_ill(id: u32, step: u32, key: vec2<u32>, rules: Rules) -> bool {
    return rules.death > 0.0 && falls_ill(step, uniform_number(draw(id, step, key, PURPOSE_DEATH).x), rules);
}
