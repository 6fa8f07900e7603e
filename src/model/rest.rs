//! A field at rest: D ∇²c − λ c + s = 0, what muscle, sources and reservoirs make of the medium in the long run, before any cone
//! takes up. In terms of an update of the field: what a voxel's faces let in, less what decays, and what is released, is nothing.
//!
//! Solved by conjugate gradients in double precision, preconditioned by the diagonal.

use super::domain::{line_stride, place_on_grid};
use super::layout::{Grid, Source, kind};
use super::rules::field::covered_share;
use super::tables::Tables;

/// Share of what is released and held at which a solution is taken.
const TOLERANCE: f64 = 1e-9;

/// The balance of every voxel of a grid.
struct Balance {
    /// Conductance of each voxel's face to the one after it along each axis; 0 at walls and the rim.
    faces: [Vec<f64>; 3],
    /// Steps in the voxels from one to the next along each axis.
    strides: [usize; 3],
    /// The loss of a voxel per concentration: through all faces, and by decay.
    leaves: Vec<f64>,
    /// Whether the concentration of a voxel is sought: it is neither solid nor held.
    free: Vec<bool>,
}

impl Balance {
    fn of(tables: &Tables, grid: &Grid) -> Self {
        let (count, voxels) = (tables.voxels_per_grid(), tables.run.voxels.to_array());
        let kind_at = |voxel: usize| match grid.by_voxel {
            1 => tables.kinds[grid.kinds as usize + voxel],
            _ => kind::OPEN,
        };
        let lines = [grid.line_x, grid.line_y, grid.line_z];
        let strides = [0, 1, 2].map(|axis| line_stride(voxels, axis));
        let mut leaves = vec![lost_in_update(tables, grid); count];
        let faces = [0, 1, 2].map(|axis| {
            let face = |voxel: usize| {
                let along = place_on_grid(voxels, voxel)[axis];
                if along + 1 == voxels[axis] {
                    return 0.0;
                }
                let at = if grid.by_voxel == 1 { voxel } else { along as usize };
                f64::from(tables.coefficients[lines[axis] as usize + at][3])
            };
            let faces: Vec<f64> = (0..count).map(face).collect();
            for (voxel, face) in faces.iter().enumerate().filter(|(_, face)| **face > 0.0) {
                leaves[voxel] += face;
                leaves[voxel + strides[axis]] += face;
            }
            faces
        });
        Balance {
            faces,
            strides,
            leaves,
            free: (0..count).map(|voxel| kind_at(voxel) == kind::OPEN).collect(),
        }
    }

    /// The loss of each free voxel, less what comes in, at these concentrations.
    fn lost(&self, concentrations: &[f64]) -> Vec<f64> {
        let mut lost: Vec<f64> = concentrations
            .iter()
            .zip(&self.leaves)
            .map(|(c, leaves)| c * leaves)
            .collect();
        for (faces, stride) in self.faces.iter().zip(self.strides) {
            for (voxel, face) in faces.iter().enumerate().filter(|(_, face)| **face > 0.0) {
                lost[voxel] -= face * concentrations[voxel + stride];
                lost[voxel + stride] -= face * concentrations[voxel];
            }
        }
        for (lost, free) in lost.iter_mut().zip(&self.free) {
            if !free {
                *lost = 0.0;
            }
        }
        lost
    }
}

/// Share of a concentration that decays in an update of the field.
fn lost_in_update(tables: &Tables, grid: &Grid) -> f64 {
    let myokine = &tables.myokines[grid.species as usize];
    -((-f64::from(myokine.loss)).ln_1p() / f64::from(myokine.decay_every)).exp_m1()
}

/// The release of muscle at rest and of sources into each voxel in an update of the field.
fn released(tables: &Tables, grid: &Grid) -> Vec<f64> {
    let voxels = tables.run.voxels.to_array();
    let release = f64::from(tables.myokines[grid.species as usize].release);
    let sources = &tables.sources[grid.first_source as usize..(grid.first_source + grid.sources) as usize];
    let into = |voxel: usize| {
        let place = place_on_grid(voxels, voxel);
        let from = |source: &Source| {
            let share = |axis: usize| {
                let (low, high) = (source.low_um[axis], source.high_um[axis]);
                f64::from(covered_share(place[axis], tables.run.voxel_um, low, high))
            };
            f64::from(source.rate_per_h) * share(0) * share(1) * share(2)
        };
        release * sources.iter().map(from).sum::<f64>()
    };
    (0..tables.voxels_per_grid()).map(into).collect()
}

/// The concentrations of a grid at rest. `held` are those of its reservoirs, voxel by voxel, and 0 elsewhere.
pub fn at_rest(tables: &Tables, grid: &Grid, held: &[f32]) -> Vec<f32> {
    let balance = Balance::of(tables, grid);
    let mut field: Vec<f64> = held.iter().map(|&dose| f64::from(dose)).collect();
    // The imbalance: release, and what comes in from reservoirs.
    let kept = balance.lost(&field);
    let mut left: Vec<f64> = released(tables, grid)
        .into_iter()
        .zip(kept)
        .zip(&balance.free)
        .map(|((released, lost), free)| if *free { released - lost } else { 0.0 })
        .collect();
    let whole = dot(&left, &left);
    let eased = |left: &[f64]| -> Vec<f64> {
        let of_voxel = |((left, leaves), free): ((&f64, &f64), &bool)| if *free { left / leaves } else { 0.0 };
        left.iter()
            .zip(&balance.leaves)
            .zip(&balance.free)
            .map(of_voxel)
            .collect()
    };
    let mut way = eased(&left);
    let mut eagerness = dot(&left, &way);
    // In exact arithmetic as many rounds as there are voxels suffice; far fewer do.
    for _ in 0..field.len() {
        if dot(&left, &left) <= TOLERANCE * TOLERANCE * whole {
            break;
        }
        let lost = balance.lost(&way);
        let far = eagerness / dot(&way, &lost);
        for ((field, way), (left, lost)) in field.iter_mut().zip(&way).zip(left.iter_mut().zip(&lost)) {
            *field += far * way;
            *left -= far * lost;
        }
        let next = eased(&left);
        let now = dot(&left, &next);
        for (way, next) in way.iter_mut().zip(next) {
            *way = next + now / eagerness * *way;
        }
        eagerness = now;
    }
    field.into_iter().map(|dose| dose.max(0.0) as f32).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
