//! The field as a cone meets it: concentration and gradient between voxel centres.

use crate::model::layout::{MyokineRules, Run};
use crate::model::shared::shared;
use glam::{UVec3, Vec3, Vec4, Vec4Swizzles};

shared! {
    /// A concentration below this is none: denormal numbers are slow, and not every GPU has them.
    pub const VANISHED: f32 = 1e-30;
}

/// Place in the grid in units of voxels, 0 at the centre of the first; beyond the outer centres the field is flat.
pub fn place_in_grid(position: Vec3, voxel: f32, voxels: UVec3) -> Vec3 {
    (position / voxel - Vec3::splat(0.5))
        .max(Vec3::ZERO)
        .min((voxels - UVec3::ONE).as_vec3())
}

/// Gradient per µm (xyz) and concentration (w) from the eight voxels around. `low` holds the four with the lower z
/// (x lower y lower, x upper y lower, x lower y upper, both upper), `high` those with the upper z, `share` the
/// place between them, 0 to 1 along each axis.
pub fn interpolate(low: Vec4, high: Vec4, share: Vec3, voxel: f32) -> Vec4 {
    let plane = low + (high - low) * share.z;
    let row_low = plane.x + (plane.y - plane.x) * share.x;
    let row_high = plane.z + (plane.w - plane.z) * share.x;
    let slope_x = (plane.y - plane.x) + ((plane.w - plane.z) - (plane.y - plane.x)) * share.y;
    let rise = high - low;
    let rise_low = rise.x + (rise.y - rise.x) * share.x;
    let rise_high = rise.z + (rise.w - rise.z) * share.x;
    let slope_z = rise_low + (rise_high - rise_low) * share.y;
    Vec4::new(
        slope_x / voxel,
        (row_high - row_low) / voxel,
        slope_z / voxel,
        row_low + (row_high - row_low) * share.y,
    )
}

/// Mean over the open ones among eight voxels, given as in [`interpolate`]; `open_low` and `open_high` are 1 where a voxel
/// is open, 0 where it is wall. 0 where none is open.
pub fn mean_of_open(low: Vec4, high: Vec4, open_low: Vec4, open_high: Vec4) -> f32 {
    let open = open_low.element_sum() + open_high.element_sum();
    if open == 0.0 {
        return 0.0;
    }
    (low.dot(open_low) + high.dot(open_high)) / open
}

/// Four voxels at one height with those in walls mirrored from their open neighbours, so that a wall across which
/// nothing flows makes no slope; `other` and `open_other` are at the other height, `mean` is for a wall without open
/// neighbour.
pub fn mirror_at_walls(here: Vec4, other: Vec4, open_here: Vec4, open_other: Vec4, mean: f32) -> Vec4 {
    let across_x = open_here.yxwz();
    let across_y = open_here.zwxy();
    let neighbours = across_x + across_y + open_other;
    let sum = here.yxwz() * across_x + here.zwxy() * across_y + other * open_other;
    let mirrored = |i: usize| {
        if open_here[i] != 0.0 {
            here[i]
        } else if neighbours[i] != 0.0 {
            sum[i] / neighbours[i]
        } else {
            mean
        }
    };
    Vec4::new(mirrored(0), mirrored(1), mirrored(2), mirrored(3))
}

/// 1 along the axes on which a place lies between voxel centres, 0 where it is beyond the outer ones and the field is
/// flat.
pub fn between_centres(position: Vec3, voxel: f32, voxels: UVec3) -> Vec3 {
    let place = position / voxel - Vec3::splat(0.5);
    let last = (voxels - UVec3::ONE).as_vec3();
    let between = |place: f32, last: f32| if place >= 0.0 && place <= last { 1.0 } else { 0.0 };
    Vec3::new(
        between(place.x, last.x),
        between(place.y, last.y),
        between(place.z, last.z),
    )
}

/// Whether the field is updated in a step, see [`crate::model::pace`].
pub fn is_field_due(step: u32, run: &Run) -> bool {
    step % run.field_every == run.field_every - 1
}

/// Share of a myokine that decays in an update of the field, the `round`-th of `step`.
pub fn loss_in_update(step: u32, round: u32, run: &Run, myokine: &MyokineRules) -> f32 {
    let every = myokine.decay_every;
    // The number of the update, as far as it matters.
    let number = (step / run.field_every % every) * (run.field_rounds % every) + round;
    if number % every == every - 1 { myokine.loss } else { 0.0 }
}

/// Share of a voxel, the `place`-th along an axis with an edge of `voxel`, that lies between `low` and `high`.
pub fn covered_share(place: u32, voxel: f32, low: f32, high: f32) -> f32 {
    let (near, far) = (place as f32 * voxel, (place + 1) as f32 * voxel);
    ((high.min(far) - low.max(near)) / voxel).clamp(0.0, 1.0)
}

/// A voxel's concentration after release and decay over an update of the field; never negative.
pub fn release_and_decay(concentration: f32, released: f32, loss: f32) -> f32 {
    let left = concentration - concentration * loss + released;
    if left > VANISHED { left } else { 0.0 }
}
