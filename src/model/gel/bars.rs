//! Magnet bars in the gel: forces on them, and the gel's answer to each of them alone, from which every movement of the
//! external magnet is put together.
//!
//! The gel inside a bar is as soft as around it; the force of a bar is spread evenly over it. Walls hold the gel. The pull
//! of the external magnet falls with the fourth power of the distance, as between two dipoles (assumed, grade C).

use super::displacement::Displacement;
use super::equilibrium::{Gel, NoEquilibrium};
use super::lattice::Lattice;
use super::stencil::Elasticity;
use crate::model::domain::{Domain, Region};
use crate::parallel;
use glam::DVec3;
use std::f64::consts::TAU;

/// Elements along the longest edge of a planar well. Four bars in 6 mm: twice as many change the largest strain by 0.2 %
/// and its mean by 0.1 % (`examples/gel_speed.rs`).
const PLANAR_ELEMENTS: f64 = 96.0;
/// Elements along the longest edge of a slab.
const SLAB_ELEMENTS: f64 = 32.0;
/// Elements along an axis are a multiple of this where there are enough of them, so that they can be halved.
const HALVINGS: f64 = 16.0;

/// Bars in a gel and what holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct MagnetBars {
    /// The bars.
    pub bars: Vec<Region>,
    /// Whether the rim of the gel is held; else nothing but walls holds it.
    pub clamped: bool,
    /// Poisson's ratio of the gel.
    pub poisson: f64,
}

/// The pull on the bars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pull {
    /// All bars alike, back and forth along a direction in the plane, rad from x.
    Alike(f64),
    /// Two bars, the ends of a muscle, towards each other along y where it is `true`, else along x: what fibres that all
    /// shorten alike do to the gel, as their pulls balance everywhere but at their ends.
    Shortening(bool),
    /// A magnet under the gel that is driven from one place to another and back in every cycle.
    Magnet(MagnetTrack),
}

/// The way of the external magnet, in a cycle there and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MagnetTrack {
    /// One end, µm.
    pub from_um: DVec3,
    /// The other end, µm.
    pub to_um: DVec3,
    /// Its distance below the bars, µm.
    pub height_um: f64,
}

impl MagnetTrack {
    /// The force on a bar in the plane at a share of the cycle, 0 to 1, against that right above the magnet at rest: towards
    /// the magnet, falling with the fourth power of the distance. The dish bears what is upright.
    pub fn pull(&self, bar: &Region, phase: f64) -> DVec3 {
        let magnet = self.from_um.lerp(self.to_um, 0.5 - 0.5 * (TAU * phase).cos());
        let middle = 0.5 * (bar.low_um + bar.high_um);
        let mut way = magnet - middle;
        way.z = 0.0;
        let distance = (way.length_squared() + self.height_um * self.height_um).sqrt() / self.height_um;
        way / self.height_um / distance.powi(5)
    }
}

/// The movements of a gel under a force of 1 on each bar alone, along x and along y, for a Young's modulus of 1: movements
/// per force. In a plane force is per µm of thickness.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// The lattice of the movements.
    pub lattice: Lattice,
    /// For each bar the movements for a force along x, then along y.
    pub by_bar: Vec<[Vec<DVec3>; 2]>,
}

/// The lattice on which the gel of a domain is solved: elements as nearly cubic as counts allow that can be halved often.
pub fn lattice_of(domain: &Domain) -> Lattice {
    let size_um = domain.size_um();
    let axes = if domain.planar() { 2 } else { 3 };
    let most = if axes == 2 { PLANAR_ELEMENTS } else { SLAB_ELEMENTS };
    let longest = (0..axes).map(|axis| size_um[axis]).fold(0.0, f64::max);
    // No finer than the voxels, as nothing would see it.
    let wished_um = (longest / most).max(domain.voxel_um);
    let count = |axis: usize| -> usize {
        let wished = size_um[axis] / wished_um;
        let multiple = if wished >= 2.0 * HALVINGS { HALVINGS } else { 4.0 };
        ((wished / multiple).round().max(1.0) * multiple) as usize
    };
    let elements = [count(0), count(1), if axes == 2 { 0 } else { count(2) }];
    let mut edge_um = size_um / DVec3::from_array(elements.map(|count| count.max(1) as f64));
    if axes == 2 {
        edge_um.z = 1.0;
    }
    Lattice {
        origin_um: DVec3::ZERO,
        edge_um,
        elements,
    }
}

impl MagnetBars {
    /// Solves for every bar. Each is one well-conditioned problem, and they are independent.
    ///
    /// # Errors
    /// When a gel does not come to rest.
    pub fn answers(&self, domain: &Domain) -> Result<Answers, NoEquilibrium> {
        self.answers_on(domain, lattice_of(domain))
    }

    /// As [`MagnetBars::answers`], on a lattice of one's own choice.
    ///
    /// # Errors
    /// When a gel does not come to rest.
    pub fn answers_on(&self, domain: &Domain, lattice: Lattice) -> Result<Answers, NoEquilibrium> {
        let solid = gel_elements(domain, &lattice);
        let held = self.held_nodes(&lattice, &solid);
        let elasticity = Elasticity {
            young: 1.0,
            poisson: self.poisson,
        };
        let gel = Gel::new(lattice.clone(), elasticity, &solid, &held);
        let answer = |bar: &Region, along: DVec3| gel.solve(&load_on(bar, along, &lattice), &[]);
        let answers = parallel::map_indices(self.bars.len(), |index| {
            let bar = &self.bars[index];
            Ok([answer(bar, DVec3::X)?, answer(bar, DVec3::Y)?])
        });
        Ok(Answers {
            lattice,
            by_bar: answers.into_iter().collect::<Result<_, _>>()?,
        })
    }

    /// The nodes that are held: those of the rim where it is clamped, and those that touch a wall.
    fn held_nodes(&self, lattice: &Lattice, solid: &[bool]) -> Vec<bool> {
        let mut held: Vec<bool> = (0..lattice.node_count())
            .map(|node| {
                let place = Lattice::unflatten(lattice.nodes(), node);
                // Top and bottom of a slab are free, as is the face of a layer.
                self.clamped && (0..2).any(|axis| place[axis] == 0 || place[axis] == lattice.elements[axis])
            })
            .collect();
        for (element, _) in solid.iter().enumerate().filter(|(_, solid)| !**solid) {
            let first = lattice.first_node(element);
            for corner in 0..lattice.corners() {
                held[lattice.corner_node(first, corner)] = true;
            }
        }
        held
    }
}

impl Answers {
    /// The movement under a force in the plane on each bar: the sum of the answers.
    pub fn superpose(&self, forces: &[DVec3]) -> Displacement {
        let mut moved = vec![DVec3::ZERO; self.lattice.node_count()];
        for (answers, force) in self.by_bar.iter().zip(forces) {
            for (answer, size) in answers.iter().zip([force.x, force.y]) {
                if size != 0.0 {
                    for (moved, answer) in moved.iter_mut().zip(answer) {
                        *moved += *answer * size;
                    }
                }
            }
        }
        Displacement {
            lattice: self.lattice.clone(),
            moved_um: moved,
        }
    }
}

/// For each element whether it is gel, as its middle is in no wall; empty where there are no walls.
pub fn gel_elements(domain: &Domain, lattice: &Lattice) -> Vec<bool> {
    if !domain.walls.contains(&true) {
        return Vec::new();
    }
    (0..lattice.element_count())
        .map(|element| {
            let mut middle = lattice.element_um(element) + 0.5 * lattice.edge_um;
            if lattice.axes() == 2 {
                middle.z = 0.0;
            }
            !domain.in_wall(middle)
        })
        .collect()
}

/// A force of 1 spread evenly over a bar, on the nodes of the elements that it fills in part or whole.
fn load_on(bar: &Region, along: DVec3, lattice: &Lattice) -> Vec<DVec3> {
    let mut load = vec![DVec3::ZERO; lattice.node_count()];
    let axes = lattice.axes();
    let shares: Vec<(usize, f64)> = (0..lattice.element_count())
        .filter_map(|element| {
            let low = lattice.element_um(element);
            let share: f64 = (0..axes)
                .map(|axis| {
                    let high = (low[axis] + lattice.edge_um[axis]).min(bar.high_um[axis]);
                    (high - low[axis].max(bar.low_um[axis])).max(0.0) / lattice.edge_um[axis]
                })
                .product();
            (share > 0.0).then_some((element, share))
        })
        .collect();
    let all: f64 = shares.iter().map(|(_, share)| share).sum();
    for (element, share) in shares {
        let first = lattice.first_node(element);
        for corner in 0..lattice.corners() {
            load[lattice.corner_node(first, corner)] += along * (share / all / lattice.corners() as f64);
        }
    }
    load
}
