//! The crowd: in each voxel the axons that run through it, and the growth cones that are in it.
//!
//! Sums in fixed point, so that no order matters and what was added can be taken away to the last unit. They follow from
//! cones and paths: an axon is in them but for the last pieces behind its cone, of which the cone would else be aware as
//! if they were another's. Engines keep them up step by step; here they are made from nothing.

use super::layout::{Cone, NONE, Node, Rules, mode};
use super::rules::fasciculation::{
    AxonTensor, CrowdCue, crowd_cue, from_units, heeds_crowd, piece_diagonal, piece_mixed, to_units,
};
use super::sampling::{Around, voxel_at};
use super::tables::Tables;
use super::world::World;
use glam::{Vec3, Vec4, Vec4Swizzles};

/// Sums of a voxel of a plane: xx, yy, xy, cones.
pub const SUMS_IN_PLANE: usize = 4;
/// Sums of a voxel in space: xx, yy, zz, xy, xz, yz, cones, and one left free.
pub const SUMS_IN_SPACE: usize = 8;

/// Sums of a voxel.
pub fn sums_per_voxel(planar: u32) -> usize {
    if planar == 1 { SUMS_IN_PLANE } else { SUMS_IN_SPACE }
}

/// The sum that counts the cones of a voxel, by its place among the voxel's sums.
pub fn cones_sum(planar: u32) -> usize {
    if planar == 1 { 3 } else { 6 }
}

/// Number of sums of a plate; 0 where no cone heeds the crowd.
pub fn sum_count(tables: &Tables) -> usize {
    if tables.run.crowd == NONE {
        return 0;
    }
    tables.wells.len() * tables.voxels_per_grid() * sums_per_voxel(tables.run.planar)
}

/// The first sum of a voxel of a well, by its place among all sums.
pub fn first_sum(tables: &Tables, well: u32, voxel: usize) -> usize {
    (well as usize * tables.voxels_per_grid() + voxel) * sums_per_voxel(tables.run.planar)
}

/// Pieces of a path of `nodes` points that are in the sums.
pub fn pieces_laid(nodes: u32, rules: &Rules) -> u32 {
    nodes.saturating_sub(1 + rules.unlaid)
}

/// A change of one sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SumChange {
    /// The sum, by its place among all.
    pub sum: usize,
    /// The amount, in units of the sum.
    pub by: i32,
}

/// Adds a piece of axon to the sums (`sign` 1) or takes it from them (−1): calls `change` with each change.
pub fn lay_piece(tables: &Tables, well: u32, ends: [Node; 2], sign: i32, mut change: impl FnMut(SumChange)) {
    let [from, to] = ends.map(|end| end.truncate());
    let (d, m) = (piece_diagonal(to - from), piece_mixed(to - from));
    let first = first_sum(tables, well, voxel_at(&tables.domain, (from + to) * 0.5));
    let in_plane = [d.x, d.y, m.x];
    let in_space = [d.x, d.y, d.z, m.x, m.y, m.z];
    let lengths = if tables.run.planar == 1 {
        &in_plane[..]
    } else {
        &in_space[..]
    };
    for (place, &length) in lengths.iter().enumerate() {
        change(SumChange {
            sum: first + place,
            by: sign * to_units(length),
        });
    }
}

/// Brings a cone's share of the sums up to date with its path and place.
pub fn lay_axon(tables: &Tables, cone: &mut Cone, path: &[Node], mut change: impl FnMut(SumChange)) {
    let rules = &tables.treatment_of(cone.well).rules;
    let laid = pieces_laid(cone.nodes, rules);
    let ends = |piece: u32| [path[piece as usize], path[piece as usize + 1]];
    while cone.laid < laid {
        lay_piece(tables, cone.well, ends(cone.laid), 1, &mut change);
        cone.laid += 1;
    }
    while cone.laid > laid {
        cone.laid -= 1;
        lay_piece(tables, cone.well, ends(cone.laid), -1, &mut change);
    }
    let voxel = if cone.is_alive() {
        voxel_at(&tables.domain, cone.tip_um()) as u32
    } else {
        NONE
    };
    if voxel != cone.voxel {
        let cones = cones_sum(tables.run.planar);
        for (voxel, by) in [(cone.voxel, -1), (voxel, 1)] {
            if voxel != NONE {
                let sum = first_sum(tables, cone.well, voxel as usize) + cones;
                change(SumChange { sum, by });
            }
        }
        cone.voxel = voxel;
    }
}

/// Makes the sums of a state from nothing, and notes the cones' shares of them in the cones. Cones that have not yet done
/// a step are not counted, as in an engine.
pub fn lay_world(tables: &Tables, world: &mut World) -> Vec<i32> {
    let mut sums = vec![0i32; sum_count(tables)];
    let state = &mut world.state;
    for (cone, path) in state.cones.iter_mut().zip(&world.paths) {
        cone.laid = 0;
        cone.voxel = NONE;
        if !sums.is_empty() && cone.born != state.step {
            lay_axon(tables, cone, path, |change| add(&mut sums, change));
        }
    }
    sums
}

/// Makes a change.
pub fn add(sums: &mut [i32], change: SumChange) {
    sums[change.sum] = sums[change.sum].wrapping_add(change.by);
}

/// The axons around a place of a well, between voxel centres.
pub fn axons_around(tables: &Tables, sums: &[i32], well: u32, position: Vec3) -> AxonTensor {
    let planar = tables.run.planar;
    let around = Around::of(&tables.domain, position);
    let sums = &sums[first_sum(tables, well, 0)..];
    if planar == 1 {
        let at = |voxel: usize| tensor_sums(sums, voxel * SUMS_IN_PLANE);
        let [xx, yy, xy]: [Vec4; 3] = around.planes_of(0, at).map(|low| around.interpolate(low, low));
        AxonTensor {
            diagonal: Vec3::new(xx.w, yy.w, 0.0),
            mixed: Vec3::new(xy.w, 0.0, 0.0),
            rise: xx.xyz() + yy.xyz(),
        }
    } else {
        let at = |voxel: usize| tensor_sums(sums, voxel * SUMS_IN_SPACE);
        let (low, high): ([Vec4; 6], [Vec4; 6]) = (around.planes_of(0, at), around.planes_of(1, at));
        let [xx, yy, zz, xy, xz, yz] = std::array::from_fn(|place| around.interpolate(low[place], high[place]));
        AxonTensor {
            diagonal: Vec3::new(xx.w, yy.w, zz.w),
            mixed: Vec3::new(xy.w, xz.w, yz.w),
            rise: xx.xyz() + yy.xyz() + zz.xyz(),
        }
    }
}

/// The sums of the tensor of the voxel whose sums begin at `first`, µm.
#[inline]
fn tensor_sums<const SUMS: usize>(sums: &[i32], first: usize) -> [f32; SUMS] {
    let sums = &sums[first..first + SUMS];
    std::array::from_fn(|place| from_units(sums[place]))
}

/// Other cones in the voxel that a cone is in.
pub fn cones_beside(tables: &Tables, sums: &[i32], cone: &Cone) -> u32 {
    let voxel = voxel_at(&tables.domain, cone.tip_um());
    let count = sums[first_sum(tables, cone.well, voxel) + cones_sum(tables.run.planar)];
    let own = i32::from(cone.voxel == voxel as u32);
    (count - own).max(0) as u32
}

/// The effect of the crowd on a cone, which feels its width ahead of it. It meets axons and cones as it advances: one that pauses
/// or retracts senses none. `sums` are those before the step; empty where no cone heeds them.
#[inline]
pub fn sense_crowd(tables: &Tables, sums: &[i32], cone: &Cone, rules: &Rules) -> CrowdCue {
    if sums.is_empty() || cone.mode != mode::RUN || !heeds_crowd(rules) {
        return CrowdCue::default();
    }
    let run = &tables.run;
    let around = axons_around(tables, sums, cone.well, cone.tip_um() + cone.heading * rules.width_um);
    let others = cones_beside(tables, sums, cone);
    crowd_cue(cone.heading, around, others, run.voxel_um, run.planar, rules)
}
