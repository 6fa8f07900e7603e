// Survival: from an onset on, neurons fall ill at a constant hazard. Twin of src/model/rules/survival.rs.
#include "layout.wgsl"

fn falls_ill(step: u32, u: f32, rules: Rules) -> bool {
    return step >= rules.death_onset && u < rules.death;
}
