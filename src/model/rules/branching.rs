//! Branching: its chance, its place along the axon, and its angle.

use super::heading::{left_of, turn};
use crate::model::layout::{Rules, mode};
use glam::Vec3;

/// Chance that a cone branches in a step. Pauses seed branches (PubMed 9742160).
pub fn branch_chance(current: u32, rules: &Rules) -> f32 {
    if current == mode::PAUSE {
        rules.branch_paused
    } else {
        rules.branch_moving
    }
}

/// Share of the branches decided on that a neuron with `tips` tips makes `hours` after the run's beginning: its tips
/// compete for what branching takes, and it declines, n^−E e^(−t/τ) (van Pelt and Uylings, Network 2002;13:261). `tips` is
/// at least 1.
///
/// The chance that a cone decides by counts the branches of its branches within the step, of which there are fewer as well.
pub fn branches_left(tips: u32, hours: f32, rules: &Rules) -> f32 {
    let share = libm::powf(tips as f32, -rules.branch_competition) * libm::expf(-hours * rules.branch_decline_per_h);
    share * with_offspring(share * rules.branch_mean) / with_offspring(rules.branch_mean)
}

/// Branches for each that is sent out in a step, those of its own within the step among them, at `mean` branches a step:
/// (e^x − 1)/x.
pub fn with_offspring(mean: f32) -> f32 {
    if mean < 0.01 {
        1.0 + mean * (0.5 + mean * (1.0 / 6.0))
    } else {
        (libm::expf(mean) - 1.0) / mean
    }
}

/// The recorded point from which an interstitial branch leaves, for a path of `nodes` points of which the first
/// may not branch: uniform over the last `interstitial_reach_um`. `u` is a uniform number; `nodes` is at least 2.
pub fn sprouting_node(nodes: u32, u: f32, rules: &Rules) -> u32 {
    let in_reach = (rules.interstitial_reach_um / rules.segment_um).max(1.0) as u32;
    let choice = in_reach.min(nodes - 1);
    nodes - 1 - ((u * choice as f32) as u32).min(choice - 1)
}

/// A heading at `angle` from `heading`: to a random side in the plane, in a random direction about it in space.
/// `u` is a uniform number.
pub fn branch_heading(heading: Vec3, angle: f32, u: f32, planar: u32) -> Vec3 {
    let left = left_of(heading, planar);
    if planar == 1 {
        let side = if u < 0.5 { -angle } else { angle };
        return turn(heading, left * side);
    }
    let above = heading.cross(left);
    let (sine, cosine) = libm::sincosf(std::f32::consts::TAU * (u - 0.5));
    turn(heading, (left * cosine + above * sine) * angle)
}
