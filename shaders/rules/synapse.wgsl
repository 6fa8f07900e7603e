// Synapses: a growth cone that touches a muscle fibre may settle on it, and then stays. Twin of
// src/model/rules/synapse.rs.
#include "layout.wgsl"
#include "mechano.wgsl"
#include "random.wgsl"

fn fibre_touched(position: vec3<f32>, well: Well, planar: u32) -> u32 {
    let low = well.fibres_low_um;
    let high = well.fibres_high_um;
    let spacing = well.fibre_spacing_um;
    if spacing <= 0.0 || any(position < low) || any(position >= high) {
        return NONE;
    }
    let from_low = position - low;
    let upright = well.fibres_upright == 1u;
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
    return select(NONE, u32(number), off <= well.fibre_reach_um);
}

fn synapse_chance(trophic_programme: f32, rules: Rules) -> f32 {
    return lost_after(rules.synapse * (1.0 + trophic_programme));
}

fn fibre_settled_on(
    position: vec3<f32>,
    id: u32,
    step: u32,
    trophic_programme: f32,
    planar: u32,
    well: Well,
    rules: Rules,
) -> u32 {
    let fibre = fibre_touched(position, well, planar);
    if fibre == NONE {
        return NONE;
    }
    let u = uniform_number(draw(id, step, well.key, PURPOSE_SYNAPSE).x);
    return select(NONE, fibre, u < synapse_chance(trophic_programme, rules));
}
