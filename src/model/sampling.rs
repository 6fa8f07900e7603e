//! Sampling of numbers on the grid at a place: between voxel centres, and not across walls. Cells, readouts and the probe all
//! read the field through [`sample`]. Twin of the functions of the same names in `shaders/world/surroundings.wgsl`.

use super::domain::Domain;
use super::rules::field::{between_centres, interpolate, mean_of_open, mirror_at_walls, place_in_grid};
use glam::{UVec3, Vec3, Vec4, Vec4Swizzles};

/// Distance from the walls (w, µm) and its gradient (xyz) at a place of a well. `clearance` as
/// [`super::clearance::clearance_um`] makes it; `None` where it is empty: no wall stands in the well.
pub fn sense_wall(domain: &Domain, clearance: &[f32], position: Vec3) -> Option<Vec4> {
    if clearance.is_empty() {
        return None;
    }
    let around = Around::of(domain, position);
    Some(around.interpolate(around.plane(clearance, 0), around.plane(clearance, 1)))
}

/// Gradient (xyz, per µm) and value (w) of `cells`, one number for each voxel of `domain`, at a place of a well, µm.
pub fn sample(domain: &Domain, cells: &[f32], position: Vec3) -> Vec4 {
    let around = Around::of(domain, position);
    let (mut low, mut high) = (around.plane(cells, 0), around.plane(cells, 1));
    if !domain.walls.is_empty() {
        let open = |voxel: usize| if domain.walls[voxel] { 0.0 } else { 1.0 };
        let (open_low, open_high) = (around.plane_of(0, open), around.plane_of(1, open));
        let mean = mean_of_open(low, high, open_low, open_high);
        (low, high) = (
            mirror_at_walls(low, high, open_low, open_high, mean),
            mirror_at_walls(high, low, open_high, open_low, mean),
        );
    }
    around.interpolate(low, high)
}

/// The voxels around a place.
pub struct Around {
    position: Vec3,
    voxels: UVec3,
    voxel_um: f32,
    /// Place between the lower and the upper ones, 0 to 1 along each axis.
    share: Vec3,
    /// The beginnings of rows, by height and y.
    rows: [[usize; 2]; 2],
    columns: [usize; 2],
}

impl Around {
    /// The voxels around a place of a well.
    pub fn of(domain: &Domain, position: Vec3) -> Self {
        let (voxels, voxel_um) = (UVec3::from_array(domain.voxels), domain.voxel_um as f32);
        let place = place_in_grid(position, voxel_um, voxels);
        let low = place.floor().as_uvec3();
        let high = (low + 1).min(voxels - 1);
        let row = |y: u32, z: u32| ((z * voxels.y + y) * voxels.x) as usize;
        Around {
            position,
            voxels,
            voxel_um,
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

    /// The number `at` each of the four voxels at the lower or the upper height.
    #[inline]
    pub fn plane_of(&self, height: usize, at: impl Fn(usize) -> f32) -> Vec4 {
        let [numbers] = self.planes_of(height, |voxel| [at(voxel)]);
        numbers
    }

    /// Each of the numbers `at` the four voxels at the lower or the upper height.
    #[inline]
    pub fn planes_of<const NUMBERS: usize>(
        &self,
        height: usize,
        at: impl Fn(usize) -> [f32; NUMBERS],
    ) -> [Vec4; NUMBERS] {
        let ([near, far], [left, right]) = (self.rows[height], self.columns);
        let corners = [near + left, near + right, far + left, far + right].map(at);
        std::array::from_fn(|number| Vec4::from_array(corners.map(|corner| corner[number])))
    }

    /// Gradient (xyz) and value (w) from the voxels at both heights.
    pub fn interpolate(&self, low: Vec4, high: Vec4) -> Vec4 {
        let field = interpolate(low, high, self.share, self.voxel_um);
        (field.xyz() * between_centres(self.position, self.voxel_um, self.voxels)).extend(field.w)
    }
}

/// The voxel that a place of a well lies in.
pub fn voxel_at(domain: &Domain, position: Vec3) -> usize {
    let voxels = UVec3::from_array(domain.voxels);
    let voxel = (position / domain.voxel_um as f32)
        .max(Vec3::ZERO)
        .as_uvec3()
        .min(voxels - 1);
    ((voxel.z * voxels.y + voxel.y) * voxels.x + voxel.x) as usize
}
