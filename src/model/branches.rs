//! Branches: tips compete for them, new cones take their places, and cones held at a branch that is gone are let go.
//! Twin of the passes in `shaders/passes/` of the same names.

use super::layout::{Cone, NONE, Node, mode, pending};
use super::rules::branching::{branch_heading, branches_left};
use super::rules::kymograph::Kymograph;
use super::rules::modes::stationary_mode;
use super::rules::path::initial_segment_um;
use super::rules::random::{draw, purpose, uniform_number};
use super::seeding::INITIAL_SEGMENT_NODES;
use super::tables::Tables;
use super::way::go;
use super::world::World;
use glam::Vec3;

/// Living tips of each neuron, where that bears on branching; else empty.
pub fn count_tips(tables: &Tables, world: &World) -> Vec<u32> {
    let mut tips = Vec::new();
    if tables.thins_branches() {
        tips.resize(world.neurons.len(), 0);
        for cone in world.cones.iter().filter(|cone| cone.is_alive()) {
            tips[cone.neuron as usize] += 1;
        }
    }
    tips
}

/// Drops branches that cones have decided on, where the tips of a neuron compete for them or branching declines. `tips` is
/// that of [`count_tips`] at the beginning of the step.
pub fn thin_branches(tables: &Tables, tips: &[u32], pending: &[u32], world: &mut World) {
    if tips.is_empty() {
        return;
    }
    // The middle of the step stands for it.
    let hours = (world.step as f32 + 0.5) * tables.run.step_h;
    for &index in pending {
        let cone = &mut world.state.cones[index as usize];
        if cone.pending != pending::SPLIT && cone.pending != pending::SPROUT {
            continue;
        }
        let well = &tables.wells[cone.well as usize];
        let rules = &tables.treatments[well.treatment as usize].rules;
        let words = draw(cone.id, world.state.step, well.key, purpose::COMPETITION);
        if uniform_number(words.x) >= branches_left(tips[cone.neuron as usize], hours, rules) {
            cone.pending = pending::NOTHING;
        }
    }
}

/// Places the branches that cones have decided on, in the order of their parents.
pub fn place_branches(tables: &Tables, pending: &[u32], world: &mut World) {
    for &parent in pending {
        let kind = world.cones[parent as usize].pending;
        if kind == pending::SPLIT || kind == pending::SPROUT {
            place_branch(tables, parent as usize, world);
        }
    }
}

fn place_branch(tables: &Tables, index: usize, world: &mut World) {
    let child_index = world.cones.len() as u32;
    let planar = tables.run.planar;
    let path = &world.paths[index];
    let state = &mut world.state;
    let parent = &mut state.cones[index];
    let well = &tables.wells[parent.well as usize];
    let rules = &tables.treatments[well.treatment as usize].rules;
    let words = draw(parent.id, state.step, well.key, purpose::BRANCHING);
    let u = uniform_number(words.x);
    let origin = path[parent.branch_node as usize];
    let heading = if parent.pending == pending::SPLIT {
        let half = 0.5 * rules.branch_angle_rad;
        let child = branch_heading(parent.heading, half, u, planar);
        parent.heading = branch_heading(parent.heading, half, opposite(u), planar);
        parent.pending = pending::LEAVE;
        child
    } else {
        let shaft = direction(path, parent.branch_node as usize, parent.heading);
        branch_heading(shaft, rules.branch_angle_rad, u, planar)
    };
    // Drawn anew, so that branching off pauses grows as Yule in the mean.
    let mode = stationary_mode(uniform_number(words.z), rules);
    // It is one once it has left the shaft, as is an axon once it has left its soma: what is shorter is a filopodium.
    let way = heading * initial_segment_um(rules);
    let mut child = Cone {
        reach_um: go(tables, origin.truncate(), Vec3::ZERO, way).reach_um,
        parent: index as u32,
        parent_node: parent.branch_node,
        older_sibling: parent.youngest_branch,
        order: parent.order + 1,
        born: state.step + 1,
        ..Cone::born(parent, words.y, heading, mode, origin)
    };
    child.kymograph = Kymograph::of_newborn(child.path_length_um());
    parent.youngest_branch = child_index;
    parent.anchored = parent.anchored.max(parent.branch_node + 1);
    state.cones.push(child);
    world.paths.push(vec![origin]);
}

/// The uniform number that [`branch_heading`] turns to the opposite side.
fn opposite(u: f32) -> f32 {
    if u < 0.5 { u + 0.5 } else { u - 0.5 }
}

/// Direction of the shaft at a point of a path; `otherwise` where two points coincide.
fn direction(path: &[Node], node: usize, otherwise: Vec3) -> Vec3 {
    let along = path[node].truncate() - path[node - 1].truncate();
    let length = along.length();
    if length > 0.0 { along / length } else { otherwise }
}

/// Lets cones go that were held at a branch which has been pruned.
pub fn release_anchors(pending: &[u32], world: &mut World) {
    for &index in pending {
        if world.cones[index as usize].pending == pending::HELD {
            let anchored = world.cones[index as usize].anchored_by(&world.cones);
            let cone = &mut world.cones[index as usize];
            // Of an ill neuron not even the first points stay.
            let first = if cone.parent == NONE && cone.mode != mode::DYING {
                INITIAL_SEGMENT_NODES
            } else {
                0
            };
            cone.anchored = anchored.max(first);
        }
    }
}
