//! Measures of a well's myokine field: its mean, its mass and the direction in which it rises.

use crate::model::plate::Plate;
use crate::model::sampling::sample;
use crate::model::world::World;
use glam::{DVec3, UVec3, Vec3};

/// Relative rise over the well below which a field has no direction: rounding in f32.
const LEVEL: f64 = 1e-5;

/// The field of one myokine in one well.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Concentration of each voxel (x fastest), or one value where the well has no grid.
    pub values: &'a [f32],
    plate: &'a Plate,
}

/// The amount of a myokine in a well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// Mean concentration over the volume that is not solid.
    pub mean: f64,
    /// Mean concentration times that volume, concentration × µm³.
    pub mass: f64,
}

/// The places in [`State::concentrations`](crate::model::world::State::concentrations) where the grids of each well
/// begin; `None` for a well without.
pub fn grids(plate: &Plate) -> Vec<Option<usize>> {
    let wells = plate.wells();
    let species = plate.myokines.len();
    let mut next = wells.len() * species;
    let gridded: Vec<bool> = (0..plate.conditions.len())
        .map(|condition| plate.has_grid(condition))
        .collect();
    wells
        .iter()
        .map(|well| {
            gridded[well.condition].then(|| {
                let begins = next;
                next += species * plate.domain.voxel_count();
                begins
            })
        })
        .collect()
}

impl<'a> Field<'a> {
    /// The field of the myokine `species` in `well`, whose grids begin at `grid`; `None` where the state holds
    /// no such field.
    pub fn of(plate: &'a Plate, world: &'a World, well: usize, grid: Option<usize>, species: usize) -> Option<Self> {
        let voxels = plate.domain.voxel_count();
        let range = match grid {
            Some(begins) => begins + species * voxels..begins + (species + 1) * voxels,
            None => well * plate.myokines.len() + species..well * plate.myokines.len() + species + 1,
        };
        (species < plate.myokines.len())
            .then(|| world.concentrations.get(range))?
            .map(|values| Self { values, plate })
    }

    /// Whether the well has a grid.
    pub fn has_grid(&self) -> bool {
        self.values.len() == self.plate.domain.voxel_count() && self.values.len() > 1
    }

    /// The amount of the myokine.
    pub fn amount(&self) -> Amount {
        let domain = &self.plate.domain;
        let free = domain.voxel_count() - domain.walls.iter().filter(|wall| **wall).count();
        let mean = self.mean();
        Amount {
            mean,
            mass: mean * free as f64 * domain.voxel_volume_um3(),
        }
    }

    /// Mean over the voxels that are not solid.
    fn mean(&self) -> f64 {
        if !self.has_grid() {
            return f64::from(self.values[0]);
        }
        let walls = &self.plate.domain.walls;
        if walls.is_empty() {
            return self.values.iter().map(|&c| f64::from(c)).sum::<f64>() / self.values.len() as f64;
        }
        let free = || {
            self.values
                .iter()
                .zip(walls)
                .filter(|(_, wall)| !**wall)
                .map(|(&c, _)| f64::from(c))
        };
        free().sum::<f64>() / free().count().max(1) as f64
    }

    /// The direction in which the field rises on the whole: its mean gradient as a unit vector, from faces
    /// between voxels that are not solid. `None` without a grid and where the field is level.
    pub fn rises_towards(&self) -> Option<DVec3> {
        if !self.has_grid() {
            return None;
        }
        let domain = &self.plate.domain;
        let size = UVec3::from_array(domain.voxels);
        let stride = [1, size.x as usize, (size.x * size.y) as usize];
        let mut gradient = DVec3::ZERO;
        for axis in 0..3 {
            if domain.voxels[axis] < 2 {
                continue;
            }
            let (sum, faces) = self.differences_along(stride[axis], domain.voxels[axis] as usize);
            gradient[axis] = sum / faces.max(1) as f64 / domain.voxel_um;
        }
        let rise = gradient.length() * domain.size_um().max_element();
        let highest = self.values.iter().fold(0.0_f32, |high, &c| high.max(c));
        (rise > LEVEL * f64::from(highest)).then(|| gradient.normalize())
    }

    /// Relative slope at a point, per µm, as growth cones meet it; 0 without a grid and where there is nothing.
    pub fn relative_slope_per_um(&self, point_um: Vec3) -> f64 {
        if !self.has_grid() {
            return 0.0;
        }
        let here = sample(&self.plate.domain, self.values, point_um);
        if here.w > 0.0 {
            f64::from(here.truncate().length() / here.w)
        } else {
            0.0
        }
    }

    /// Sum of the differences between neighbours `stride` apart, and how many there are.
    fn differences_along(&self, stride: usize, length: usize) -> (f64, usize) {
        let walls = &self.plate.domain.walls;
        let mut sum = 0.0;
        let mut faces = 0;
        let block = stride * length;
        for begins in (0..self.values.len()).step_by(block) {
            for voxel in begins..begins + block - stride {
                if walls.is_empty() || !(walls[voxel] || walls[voxel + stride]) {
                    sum += f64::from(self.values[voxel + stride]) - f64::from(self.values[voxel]);
                    faces += 1;
                }
            }
        }
        (sum, faces)
    }
}
