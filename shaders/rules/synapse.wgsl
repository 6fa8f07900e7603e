// Synapses: a growth cone that touches a muscle fibre may settle on it, and then stays. Twin of
// src/model/rules/synapse.rs.
#include "layout.wgsl"
#include "mechano.wgsl"
#include "random.wgsl"

fn fibre_touched(position: vec3<f32>, muscle: MuscleRules, planar: u32) -> u32 {
    let low = muscle.low_um;
    let high = muscle.high_um;
    let spacing = muscle.spacing_um;
    if spacing <= 0.0 || any(position < low) || any(position >= high) {
        return NONE;
    }
    let from_low = position - low;
    let upright = muscle.upright == 1u;
    let across = select(from_low.y, from_low.x, upright) / spacing;
    let column = floor(across);
    var off = abs(across - column - 0.5) * spacing;
    var number = column;
    if planar == 0u {
        let size = high - low;
        let columns = ceil(select(size.y, size.x, upright) / spacing);
        let up = from_low.z / spacing;
        let layer = floor(up);
        let off_layer = (up - layer - 0.5) * spacing;
        off = sqrt(off * off + off_layer * off_layer);
        number += layer * columns;
    }
    return select(NONE, u32(number), off <= muscle.reach_um);
}

fn synapse_chance(trophic_programme: f32, rules: Rules) -> f32 {
    return lost_after(rules.synapse * (1.0 + trophic_programme));
}

fn fibre_settled_on(
    position: vec3<f32>,
    id: u32,
    step: u32,
    key: vec2<u32>,
    trophic_programme: f32,
    planar: u32,
    treatment: Treatment,
) -> u32 {
    let fibre = fibre_touched(position, treatment.muscle, planar);
    if fibre == NONE {
        return NONE;
    }
    let u = uniform_number(draw(id, step, key, PURPOSE_SYNAPSE).x);
    return select(NONE, fibre, u < synapse_chance(trophic_programme, treatment.rules));
}
