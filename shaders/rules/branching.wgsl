// Branching: its chance, its place along the axon, and its angle. Twin of src/model/rules/branching.rs.
#include "layout.wgsl"
#include "heading.wgsl"

fn branch_chance(current: u32, rules: Rules) -> f32 {
    return select(rules.branch_moving, rules.branch_paused, current == MODE_PAUSE);
}

fn branches_left(tips: u32, hours: f32, rules: Rules) -> f32 {
    let share = pow(f32(tips), -rules.branch_competition) * exp(-hours * rules.branch_decline_per_h);
    return share * with_offspring(share * rules.branch_mean) / with_offspring(rules.branch_mean);
}

fn with_offspring(mean: f32) -> f32 {
    if mean < 0.01 {
        return 1.0 + mean * (0.5 + mean * (1.0 / 6.0));
    }
    return (exp(mean) - 1.0) / mean;
}

fn sprouting_node(nodes: u32, u: f32, rules: Rules) -> u32 {
    let in_reach = u32(max(rules.interstitial_reach_um / rules.segment_um, 1.0));
    let choice = min(in_reach, nodes - 1u);
    return nodes - 1u - min(u32(u * f32(choice)), choice - 1u);
}

fn branch_heading(heading: vec3<f32>, angle: f32, u: f32, planar: u32) -> vec3<f32> {
    let left = left_of(heading, planar);
    if planar == 1u {
        let side = select(angle, -angle, u < 0.5);
        return turn(heading, left * side);
    }
    let above = cross(heading, left);
    let azimuth = 6.2831855 * (u - 0.5);
    return turn(heading, (left * cos(azimuth) + above * sin(azimuth)) * angle);
}
