//! What a cell reads of numbers on the grid at its place: between voxel centres, and not across walls. Twin of the
//! functions of the same names in `shaders/world/surroundings.wgsl`.

use super::layout::NONE;
use super::rules::field::{between_centres, interpolate, mean_of_open, mirror_at_walls, place_in_grid};
use super::tables::Tables;
use glam::{Vec3, Vec4, Vec4Swizzles};

/// Distance from the walls (w) and its gradient (xyz) at a place of a well; `None` where no wall stands in the well.
pub fn sense_wall(tables: &Tables, position: Vec3) -> Option<Vec4> {
    let map = clearance(tables)?;
    let around = Around::of(tables, position);
    Some(around.interpolate(tables, around.plane(map, 0), around.plane(map, 1)))
}

/// The distance of each voxel from the walls, where there are any.
fn clearance(tables: &Tables) -> Option<&[f32]> {
    let first = tables.run.clearance as usize;
    (tables.run.clearance != NONE).then(|| &tables.maps[first..first + tables.voxels_per_grid()])
}

/// Gradient (xyz) and concentration (w) at a place of a grid.
pub fn sample(tables: &Tables, cells: &[f32], position: Vec3) -> Vec4 {
    let around = Around::of(tables, position);
    let (mut low, mut high) = (around.plane(cells, 0), around.plane(cells, 1));
    if let Some(map) = clearance(tables) {
        let (open_low, open_high) = (is_open(around.plane(map, 0)), is_open(around.plane(map, 1)));
        let mean = mean_of_open(low, high, open_low, open_high);
        (low, high) = (
            mirror_at_walls(low, high, open_low, open_high, mean),
            mirror_at_walls(high, low, open_high, open_low, mean),
        );
    }
    around.interpolate(tables, low, high)
}

/// 1 where a voxel is open, 0 where it is wall, from its distance from the walls.
fn is_open(clearance: Vec4) -> Vec4 {
    Vec4::from_array(
        clearance
            .to_array()
            .map(|distance| if distance > 0.0 { 1.0 } else { 0.0 }),
    )
}

/// The voxels around a place.
pub struct Around {
    position: Vec3,
    /// Place between the lower and the upper ones, 0 to 1 along each axis.
    share: Vec3,
    /// Where rows begin, by height and y.
    rows: [[usize; 2]; 2],
    columns: [usize; 2],
}

impl Around {
    /// Those around a place of a well.
    pub fn of(tables: &Tables, position: Vec3) -> Self {
        let voxels = tables.run.voxels;
        let place = place_in_grid(position, tables.run.voxel_um, voxels);
        let low = place.floor().as_uvec3();
        let high = (low + 1).min(voxels - 1);
        let row = |y: u32, z: u32| ((z * voxels.y + y) * voxels.x) as usize;
        Around {
            position,
            share: place - low.as_vec3(),
            rows: [
                [row(low.y, low.z), row(high.y, low.z)],
                [row(low.y, high.z), row(high.y, high.z)],
            ],
            columns: [low.x as usize, high.x as usize],
        }
    }

    /// The four voxels at the lower or the upper height.
    pub fn plane(&self, cells: &[f32], height: usize) -> Vec4 {
        self.plane_of(height, |voxel| cells[voxel])
    }

    /// What stands `at` each of the four voxels at the lower or the upper height.
    pub fn plane_of(&self, height: usize, at: impl Fn(usize) -> f32) -> Vec4 {
        let ([near, far], [left, right]) = (self.rows[height], self.columns);
        Vec4::new(at(near + left), at(near + right), at(far + left), at(far + right))
    }

    /// Gradient (xyz) and value (w) from the voxels at both heights.
    pub fn interpolate(&self, tables: &Tables, low: Vec4, high: Vec4) -> Vec4 {
        let field = interpolate(low, high, self.share, tables.run.voxel_um);
        (field.xyz() * between_centres(self.position, tables.run.voxel_um, tables.run.voxels)).extend(field.w)
    }
}

/// The voxel of a grid that a place lies in.
pub fn voxel_at(tables: &Tables, position: Vec3) -> usize {
    let voxels = tables.run.voxels;
    let voxel = (position / tables.run.voxel_um)
        .max(Vec3::ZERO)
        .as_uvec3()
        .min(voxels - 1);
    ((voxel.z * voxels.y + voxel.y) * voxels.x + voxel.x) as usize
}
