//! A gel at rest under load: K u = f by conjugate gradients, preconditioned with a multigrid cycle. A gel that nothing holds
//! is kept from drifting and turning: the whole of it bears evenly what is left over of force and torque, as if it were
//! slowly towed, and its movement has no rigid part.

use super::lattice::Lattice;
use super::multigrid::{Multigrid, PIECE};
use super::stencil::{Elasticity, gauss_points};
use crate::parallel;
use glam::DVec3;

/// Share of the load at which a solution is taken.
const TOLERANCE: f64 = 1e-9;
/// Cycles after which the iteration is given up.
const MOST_CYCLES: usize = 300;

/// A gel that can be loaded.
pub struct Gel {
    grids: Multigrid,
    elasticity: Elasticity,
    /// Rigid motions of a gel that nothing holds, orthonormal over its volume; empty where it is held.
    rigid: Vec<Vec<DVec3>>,
    /// The gel around each node, in elements; empty where it is held.
    volume: Vec<f64>,
}

/// A gel whose rest under load was not found.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "the gel's equilibrium was not reached: {left:e} of the load is left unbalanced after {cycles} cycles, {TOLERANCE:e} allowed"
)]
pub struct NoEquilibrium {
    /// Cycles done.
    pub cycles: usize,
    /// The share of the load that was not balanced.
    pub left: f64,
}

impl Gel {
    /// A gel of the elements in `solid` (all where empty) with some nodes held (none where empty).
    pub fn new(lattice: Lattice, elasticity: Elasticity, solid: &[bool], held: &[bool]) -> Self {
        let grids = Multigrid::new(lattice, &elasticity, solid, held);
        let is_held = held.iter().any(|&held| held);
        let (volume, rigid) = if is_held {
            Default::default()
        } else {
            rigid_motions(&grids)
        };
        Self {
            grids,
            elasticity,
            rigid,
            volume,
        }
    }

    /// Its lattice.
    pub fn lattice(&self) -> &Lattice {
        &self.grids.finest().lattice
    }

    /// Its elasticity.
    pub fn elasticity(&self) -> Elasticity {
        self.elasticity
    }

    /// Solves for the movement of the nodes under forces on them. Held nodes keep what `imposed` says (0 where it is empty).
    ///
    /// # Errors
    /// When the iteration does not converge.
    pub fn solve(&self, load: &[DVec3], imposed: &[DVec3]) -> Result<Vec<DVec3>, NoEquilibrium> {
        let fine = self.grids.finest();
        let mut moved = vec![DVec3::ZERO; load.len()];
        for (node, moved) in moved.iter_mut().enumerate() {
            if !fine.is_free(node) {
                *moved = imposed.get(node).copied().unwrap_or(DVec3::ZERO);
            }
        }
        let mut force = vec![DVec3::ZERO; load.len()];
        fine.force(&moved, &mut force);
        let mut left: Vec<DVec3> = (0..load.len())
            .map(|node| {
                if fine.is_free(node) {
                    load[node] - force[node]
                } else {
                    DVec3::ZERO
                }
            })
            .collect();
        let first = dot(&left, &left).sqrt();
        self.balance(&mut left);
        if dot(&left, &left).sqrt() <= first * TOLERANCE {
            return Ok(moved);
        }
        let mut remedy = self.grids.cycle(&left);
        let mut way = remedy.clone();
        let mut slope = dot(&left, &remedy);
        for cycle in 1..=MOST_CYCLES {
            fine.force(&way, &mut force);
            let length = slope / dot(&way, &force);
            add(&mut moved, length, &way);
            add(&mut left, -length, &force);
            let now = dot(&left, &left).sqrt() / first;
            if now <= TOLERANCE {
                self.remove_rigid(&mut moved);
                return Ok(moved);
            }
            if cycle == MOST_CYCLES || !now.is_finite() {
                return Err(NoEquilibrium {
                    cycles: cycle,
                    left: now,
                });
            }
            remedy = self.grids.cycle(&left);
            let next = dot(&left, &remedy);
            let keep = next / slope;
            slope = next;
            parallel::map_pairs(&mut way, &mut remedy, PIECE, |_, way, remedy| {
                for (way, remedy) in way.iter_mut().zip(remedy) {
                    *way = *remedy + *way * keep;
                }
            });
        }
        Err(NoEquilibrium {
            cycles: MOST_CYCLES,
            left: 1.0,
        })
    }

    /// Takes the resultant force and torque out of a load, evenly over the gel.
    fn balance(&self, load: &mut [DVec3]) {
        for motion in &self.rigid {
            let resultant = dot(load, motion);
            for ((load, motion), volume) in load.iter_mut().zip(motion).zip(&self.volume) {
                *load -= *motion * (resultant * volume);
            }
        }
    }

    /// Takes shift and turn out of a movement.
    fn remove_rigid(&self, moved: &mut [DVec3]) {
        for motion in &self.rigid {
            let share = weighted_dot(&self.volume, moved, motion);
            add(moved, -share, motion);
        }
    }
}

/// Forces on nodes from a force density (per µm³; in a plane per µm²) in the elements of a lattice.
pub fn load_of(lattice: &Lattice, density: impl Fn(DVec3) -> DVec3) -> Vec<DVec3> {
    let mut load = vec![DVec3::ZERO; lattice.node_count()];
    let corners = lattice.corners();
    let weight = lattice.element_volume() / corners as f64;
    for element in 0..lattice.element_count() {
        let (first, low_um) = (lattice.first_node(element), lattice.element_um(element));
        for share in gauss_points(lattice) {
            let force = density(low_um + share * lattice.edge_um) * weight;
            for corner in 0..corners {
                load[lattice.corner_node(first, corner)] += force * lattice.shape(corner, share);
            }
        }
    }
    load
}

/// The gel around each node, and shifts along each axis and turns about each, orthonormal over it.
fn rigid_motions(grids: &Multigrid) -> (Vec<f64>, Vec<Vec<DVec3>>) {
    let fine = grids.finest();
    let lattice = &fine.lattice;
    let volume: Vec<f64> = fine
        .free
        .iter()
        .map(|present| f64::from(present.count_ones()))
        .collect();
    let planar = lattice.axes() == 2;
    let shifts = if planar {
        &[DVec3::X, DVec3::Y][..]
    } else {
        &DVec3::AXES[..]
    };
    let turns = if planar { &[DVec3::Z][..] } else { &DVec3::AXES[..] };
    let shifted = shifts.iter().map(|&shift| vec![shift; lattice.node_count()]);
    let turned = turns.iter().map(|turn| {
        (0..lattice.node_count())
            .map(|node| turn.cross(lattice.node_um(node)))
            .collect()
    });
    let mut motions: Vec<Vec<DVec3>> = Vec::new();
    for mut motion in shifted.chain(turned) {
        for earlier in &motions {
            let share = weighted_dot(&volume, &motion, earlier);
            add(&mut motion, -share, earlier);
        }
        let size = weighted_dot(&volume, &motion, &motion).sqrt();
        if size > 0.0 {
            for vector in &mut motion {
                *vector /= size;
            }
            motions.push(motion);
        }
    }
    (volume, motions)
}

fn weighted_dot(weights: &[f64], left: &[DVec3], right: &[DVec3]) -> f64 {
    let terms = weights.iter().zip(left).zip(right);
    terms.map(|((weight, left), right)| weight * left.dot(*right)).sum()
}

/// Sum of the products, piece by piece in order, so that it does not depend on threads.
fn dot(left: &[DVec3], right: &[DVec3]) -> f64 {
    let pieces = left.len().div_ceil(PIECE);
    let piece = |index: usize| -> f64 {
        let range = index * PIECE..((index + 1) * PIECE).min(left.len());
        left[range.clone()]
            .iter()
            .zip(&right[range])
            .map(|(l, r)| l.dot(*r))
            .sum()
    };
    parallel::map_indices(pieces, piece).into_iter().sum()
}

fn add(sum: &mut [DVec3], times: f64, what: &[DVec3]) {
    parallel::map_pieces(sum, PIECE, |first, piece| {
        for (sum, what) in piece.iter_mut().zip(&what[first..]) {
            *sum += *what * times;
        }
    });
}
