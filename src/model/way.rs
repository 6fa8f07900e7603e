//! Ways through the gel: how far one is free of walls, and how it goes on along them. Axons, somata and the seeding all move by
//! these, so that nothing passes where no myokine passes: from voxel to voxel across their faces, and not into solid ones.
//! Twin of `shaders/world/way.wgsl`.

use super::domain::Domain;
use super::rules::path::{keep_inside, out_of_wall};
use super::sampling::{sense_wall, voxel_at};
use super::shared::shared;
use super::tables::Tables;
use glam::{IVec3, UVec3, Vec3, Vec4, Vec4Swizzles};

shared! {
    /// The gap that a cell keeps from the face of a wall, in voxels: rounding must not carry it across.
    pub const WALL_GAP: f32 = 0.01;

    /// Pieces at most into which the way of a step is cut where walls may bend it.
    pub const MOST_PIECES: u32 = 4;
}

/// A piece of a way, gone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gone {
    /// From the base to the place that was reached, µm.
    pub reach_um: Vec3,
    /// The direction away from the wall that was met, of any length; 0 where none was met.
    pub from_wall: Vec3,
    /// Whether walls are so near that a straight line from the base may meet one.
    pub near: bool,
}

/// Pieces into which the walls of a well cut a way.
pub fn pieces(domain: &Domain, way: Vec3) -> u32 {
    ((way.length() / domain.voxel_um as f32).ceil() as u32).clamp(1, MOST_PIECES)
}

/// Goes a piece of a way from `base + reach`, pushed away from walls and along them. The straight line from there to the
/// place that is reached meets no wall.
pub fn go(tables: &Tables, base: Vec3, reach: Vec3, way: Vec3) -> Gone {
    let (domain, size) = (&tables.domain, tables.run.size_um);
    let mut gone = Gone {
        reach_um: keep_inside(base, reach + way, size),
        from_wall: Vec3::ZERO,
        near: false,
    };
    let Some(wall) = sense_wall(domain, tables.clearance(), base + gone.reach_um) else {
        return gone;
    };
    if wall.w < 0.0 {
        gone.reach_um = keep_inside(base, gone.reach_um + out_of_wall(wall.w, wall.xyz()), size);
        gone.from_wall = wall.xyz();
    }
    gone.near = wall.w < gone.reach_um.length().max(way.length()) + 2.0 * domain.voxel_um as f32;
    if gone.near {
        let from = base + reach;
        let wished = gone.reach_um - reach;
        let met = first_wall(domain, from, wished, WALL_GAP);
        if met.w < 1.0 {
            let up_to_wall = wished * met.w;
            let left = wished - up_to_wall;
            let along = left - met.xyz() * met.xyz().dot(left);
            let both = up_to_wall + along * first_wall(domain, from + up_to_wall, along, WALL_GAP).w;
            gone.reach_um = reach + if is_free(domain, from, both) { both } else { up_to_wall };
            gone.from_wall = met.xyz();
        }
        // The sums of the parts may round to just beyond the rim.
        gone.reach_um = keep_inside(base, gone.reach_um, size);
        // Rounding of the place itself may lead across a face along which the way went.
        if is_in_wall(domain, base + gone.reach_um) && !is_in_wall(domain, from) {
            gone.reach_um = reach;
        }
    }
    gone
}

/// Whether a place of a well is in a wall.
fn is_in_wall(domain: &Domain, place: Vec3) -> bool {
    domain.walls[voxel_at(domain, place)]
}

/// Whether a straight way enters no wall.
pub fn is_free(domain: &Domain, from: Vec3, way: Vec3) -> bool {
    first_wall(domain, from, way, 0.0).w == 1.0
}

/// The first wall that a straight way meets: the normal of its face, towards where the way comes from (xyz), and the share of
/// the way up to a `gap`, in voxels, before it (w). 0 and 1 where the way is free. A way that begins within a wall is free to leave
/// it.
pub fn first_wall(domain: &Domain, from: Vec3, way: Vec3, gap: f32) -> Vec4 {
    let free = Vec4::new(0.0, 0.0, 0.0, 1.0);
    if domain.walls.is_empty() {
        return free;
    }
    let voxels = UVec3::from_array(domain.voxels);
    let last = voxels.as_ivec3() - 1;
    let solid =
        |voxel: IVec3| domain.walls[((voxel.z * voxels.y as i32 + voxel.y) * voxels.x as i32 + voxel.x) as usize];
    let (place, ahead) = (from / domain.voxel_um as f32, way / domain.voxel_um as f32);
    let mut voxel = place.floor().as_ivec3().clamp(IVec3::ZERO, last);
    if solid(voxel) {
        return free;
    }
    // For each axis the share of the way at which it crosses the next face, and from one face to the next.
    let (mut next, mut between) = (Vec3::splat(1e30), Vec3::splat(1e30));
    for axis in 0..3 {
        if ahead[axis] != 0.0 {
            let face = voxel[axis] as f32 + if ahead[axis] > 0.0 { 1.0 } else { 0.0 };
            next[axis] = (face - place[axis]) / ahead[axis];
            between[axis] = 1.0 / ahead[axis].abs();
        }
    }
    for _ in 0..voxels.element_sum() {
        let axis = if next.x <= next.y && next.x <= next.z {
            0
        } else if next.y <= next.z {
            1
        } else {
            2
        };
        let before = gap * between[axis];
        if next[axis] > 1.0 + before {
            return free;
        }
        let step = if ahead[axis] > 0.0 { 1 } else { -1 };
        if (voxel[axis] + step).clamp(0, last[axis]) == voxel[axis] {
            // Rounding leads beyond the rim: along the other axes the way goes on.
            next[axis] = 1e30;
            continue;
        }
        voxel[axis] += step;
        if solid(voxel) {
            let mut met = Vec4::new(0.0, 0.0, 0.0, (next[axis] - before).clamp(0.0, 1.0));
            met[axis] = -step as f32;
            return met;
        }
        next[axis] += between[axis];
    }
    free
}
