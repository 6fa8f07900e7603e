//! A multigrid cycle for a gel at rest under load: smooth errors are taken out on coarser lattices of the same gel, rough
//! ones by damped Jacobi sweeps. It serves conjugate gradients as preconditioner and is symmetric for that.

use super::lattice::Lattice;
use super::stencil::{Elasticity, Stencils};
use crate::parallel;
use glam::DVec3;

/// Sweeps before and after each correction.
const SWEEPS: usize = 2;
/// Sweeps on the coarsest lattice, which stand for solving it.
const COARSEST_SWEEPS: usize = 40;
/// Nodes that are worth a thread's while.
pub const PIECE: usize = 8192;
/// An axis with fewer elements is not halved.
const FEWEST: usize = 4;

/// A gel on a lattice: where there is gel and which nodes are held.
pub struct Level {
    /// Its lattice.
    pub lattice: Lattice,
    /// For each node which of the elements around it are gel, see [`Stencils::force`]; 0 where none is or the node is held.
    pub free: Vec<u8>,
    stencils: Stencils,
}

impl Level {
    /// A gel of the elements in `solid` (all where empty), held at the nodes in `held`.
    pub fn new(lattice: Lattice, elasticity: &Elasticity, solid: &[bool], held: &[bool]) -> Self {
        let stencils = Stencils::of(&lattice, elasticity);
        let mut free = vec![0; lattice.node_count()];
        for element in (0..lattice.element_count()).filter(|&element| solid.get(element).copied().unwrap_or(true)) {
            let first = lattice.first_node(element);
            for corner in 0..lattice.corners() {
                free[lattice.corner_node(first, corner)] |= 1 << corner;
            }
        }
        for (present, _) in free.iter_mut().zip(held).filter(|(_, held)| **held) {
            *present = 0;
        }
        Self {
            lattice,
            free,
            stencils,
        }
    }

    /// Whether a node may move.
    pub fn is_free(&self, node: usize) -> bool {
        self.free[node] != 0
    }

    /// K u at every free node, 0 elsewhere.
    pub fn force(&self, moved: &[DVec3], force: &mut [DVec3]) {
        parallel::map_pieces(force, PIECE, |first, piece| {
            for (node, force) in (first..).zip(piece) {
                *force = self.stencils.force(self.free[node], node, moved);
            }
        });
    }

    /// One damped Jacobi sweep towards K u = load; `before` is room for the earlier u.
    fn sweep(&self, load: &[DVec3], moved: &mut Vec<DVec3>, before: &mut Vec<DVec3>) {
        // Takes out best what is rough: the upper three quarters of the spectrum.
        let damping = 1.6 / self.stencils.largest;
        std::mem::swap(moved, before);
        let earlier = &*before;
        parallel::map_pieces(moved, PIECE, |first, piece| {
            for (node, now) in (first..).zip(piece) {
                let present = self.free[node];
                let left = load[node] - self.stencils.force(present, node, earlier);
                *now = earlier[node] + self.stencils.yields(present, left) * damping;
            }
        });
    }
}

/// Lattices from fine to coarse.
pub struct Multigrid {
    levels: Vec<Level>,
}

impl Multigrid {
    /// The gel of the elements in `solid` (all where empty), held at the nodes in `held`, and its coarser likenesses.
    pub fn new(lattice: Lattice, elasticity: &Elasticity, solid: &[bool], held: &[bool]) -> Self {
        let mut levels = vec![Level::new(lattice.clone(), elasticity, solid, held)];
        let (mut lattice, mut solid, mut held) = (lattice, solid.to_vec(), held.to_vec());
        while let Some(coarse) = coarser(&lattice) {
            solid = coarser_solid(&lattice, &coarse, &solid);
            held = coarser_held(&lattice, &coarse, &held);
            levels.push(Level::new(coarse.clone(), elasticity, &solid, &held));
            lattice = coarse;
        }
        Self { levels }
    }

    /// The finest lattice.
    pub fn finest(&self) -> &Level {
        &self.levels[0]
    }

    /// One cycle towards K u = load, from rest.
    pub fn cycle(&self, load: &[DVec3]) -> Vec<DVec3> {
        self.cycle_from(0, load)
    }

    fn cycle_from(&self, depth: usize, load: &[DVec3]) -> Vec<DVec3> {
        let level = &self.levels[depth];
        let mut moved = vec![DVec3::ZERO; load.len()];
        let mut room = moved.clone();
        let Some(coarse) = self.levels.get(depth + 1) else {
            for _ in 0..COARSEST_SWEEPS {
                level.sweep(load, &mut moved, &mut room);
            }
            return moved;
        };
        for _ in 0..SWEEPS {
            level.sweep(load, &mut moved, &mut room);
        }
        level.force(&moved, &mut room);
        for (node, (left, load)) in room.iter_mut().zip(load).enumerate() {
            *left = if level.is_free(node) {
                *load - *left
            } else {
                DVec3::ZERO
            };
        }
        let correction = self.cycle_from(depth + 1, &gathered(&level.lattice, coarse, &room));
        spread(level, &coarse.lattice, &correction, &mut moved);
        for _ in 0..SWEEPS {
            level.sweep(load, &mut moved, &mut room);
        }
        moved
    }
}

/// The lattice with half the elements along each axis that can be halved.
fn coarser(lattice: &Lattice) -> Option<Lattice> {
    let halved = |count: usize| count >= FEWEST && count.is_multiple_of(2);
    if !lattice.elements.iter().any(|&count| halved(count)) {
        return None;
    }
    let mut coarse = lattice.clone();
    for axis in 0..3 {
        if halved(lattice.elements[axis]) {
            coarse.elements[axis] /= 2;
            coarse.edge_um[axis] *= 2.0;
        }
    }
    Some(coarse)
}

/// Elements of the fine lattice in one of the coarse lattice, along each axis.
fn ratio(fine: &Lattice, coarse: &Lattice) -> [usize; 3] {
    [0, 1, 2].map(|axis| fine.elements[axis].max(1) / coarse.elements[axis].max(1))
}

fn coarser_solid(fine: &Lattice, coarse: &Lattice, solid: &[bool]) -> Vec<bool> {
    if solid.is_empty() {
        return Vec::new();
    }
    let ratio = ratio(fine, coarse);
    let counts = coarse.elements.map(|count| count.max(1));
    let mut all = vec![false; coarse.element_count()];
    for (element, _) in solid.iter().enumerate().filter(|(_, solid)| **solid) {
        let [x, y, z] = Lattice::unflatten(fine.elements, element);
        all[(z / ratio[2] * counts[1] + y / ratio[1]) * counts[0] + x / ratio[0]] = true;
    }
    all
}

fn coarser_held(fine: &Lattice, coarse: &Lattice, held: &[bool]) -> Vec<bool> {
    let ratio = ratio(fine, coarse);
    let strides = fine.strides();
    (0..coarse.node_count())
        .map(|node| {
            let place = Lattice::unflatten(coarse.nodes(), node);
            let same: usize = (0..3).map(|axis| place[axis] * ratio[axis] * strides[axis]).sum();
            held.get(same).copied().unwrap_or(false)
        })
        .collect()
}

/// The coarse nodes between which a fine node lies along one axis, with their weights; both the same on a coarse node.
fn neighbours(place: usize, ratio: usize) -> [(usize, f64); 2] {
    if ratio == 1 {
        [(place, 1.0), (place, 0.0)]
    } else if place.is_multiple_of(2) {
        [(place / 2, 1.0), (place / 2, 0.0)]
    } else {
        [(place / 2, 0.5), (place / 2 + 1, 0.5)]
    }
}

/// Calls `meet(coarse node, weight)` for the coarse nodes between which a fine node lies.
fn for_neighbours(fine: &Lattice, coarse: &Lattice, node: usize, mut meet: impl FnMut(usize, f64)) {
    let ratio = ratio(fine, coarse);
    let place = Lattice::unflatten(fine.nodes(), node);
    let strides = coarse.strides();
    let along = [0, 1, 2].map(|axis| neighbours(place[axis], ratio[axis]));
    for (z, wz) in along[2] {
        for (y, wy) in along[1] {
            for (x, wx) in along[0] {
                let weight = wx * wy * wz;
                if weight > 0.0 {
                    meet(x + y * strides[1] + z * strides[2], weight);
                }
            }
        }
    }
}

/// The load that is left, gathered on the coarse nodes: the transpose of [`spread`].
fn gathered(fine: &Lattice, coarse: &Level, left: &[DVec3]) -> Vec<DVec3> {
    let mut load = vec![DVec3::ZERO; coarse.lattice.node_count()];
    for (node, &left) in left.iter().enumerate() {
        if left != DVec3::ZERO {
            for_neighbours(fine, &coarse.lattice, node, |at, weight| load[at] += left * weight);
        }
    }
    for (node, load) in load.iter_mut().enumerate() {
        if !coarse.is_free(node) {
            *load = DVec3::ZERO;
        }
    }
    load
}

/// Adds a movement of the coarse nodes to the fine ones between them.
fn spread(fine: &Level, coarse: &Lattice, correction: &[DVec3], moved: &mut [DVec3]) {
    parallel::map_pieces(moved, PIECE, |first, piece| {
        for (node, moved) in (first..).zip(piece).filter(|(node, _)| fine.is_free(*node)) {
            for_neighbours(&fine.lattice, coarse, node, |at, weight| {
                *moved += correction[at] * weight
            });
        }
    });
}
