//! A neuron's axon as a tree of points: the one definition that all measures and files share.
//!
//! An axon begins at its soma. As that walks, it draws out a straight piece up to the first point of the axon's path.
//! Every living cone owns a shaft: the points of its path and, where the cone has moved on from the last of
//! them, a point at the cone. The first point of a branch is the point of its parent that it left, not a point
//! of its own; a branch that has not left that point yet does not exist. A leaf is a tip; a point from which
//! two or more ways go on is a branch point, the axon's first point included (as NeuroM counts them). Lengths
//! are sums of straight segments.

use crate::model::layout::{NONE, Node};
use crate::model::world::World;
use glam::{DVec3, Vec3};

/// The axons of all neurons of a state.
#[derive(Debug)]
pub struct Forest<'w> {
    world: &'w World,
    /// Living cones, neuron by neuron, in order of birth.
    cones: Vec<u32>,
    /// The place of each neuron's first cone, and one past the last.
    starts: Vec<u32>,
}

/// The axon of one neuron with all its branches.
#[derive(Clone, Copy, Debug)]
pub struct Axon<'w> {
    world: &'w World,
    cones: &'w [u32],
}

/// The stretch of axon that belongs to one cone.
#[derive(Clone, Copy, Debug)]
pub struct Shaft<'w> {
    /// The cone, by its place in [`State::cones`](crate::model::world::State::cones).
    pub cone: usize,
    /// The soma, where it has walked away from the first of these points, µm; of the first shaft of an axon only.
    pub soma_um: Option<Vec3>,
    /// The points of its path, from where the axon was seeded or the branch point outwards.
    pub nodes: &'w [Node],
    /// The cone, where it is not at the last of these points, µm.
    pub tip_um: Option<Vec3>,
}

/// A point of an axon: the cone whose path it is on, and its number there.
pub type PathPoint = (usize, usize);

/// Tips and branch points of an axon.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Branching {
    /// The cones that are tips, by their place in [`State::cones`](crate::model::world::State::cones).
    pub tips: Vec<usize>,
    /// For each tip the branch points between the axon's first point and it. Both ways on from a branch point
    /// count it, the older axon's as well as the branch's (NeuroM's branch order of sections).
    pub orders: Vec<u32>,
    /// Points from which two or more ways go on.
    pub branch_points: usize,
}

impl<'w> Forest<'w> {
    /// Sorts the living cones of `world` by neuron.
    pub fn new(world: &'w World) -> Self {
        let mut starts = vec![0u32; world.neurons.len() + 1];
        let living = || world.cones.iter().enumerate().filter(|(_, cone)| cone.is_alive());
        for (_, cone) in living() {
            starts[cone.neuron as usize + 1] += 1;
        }
        for neuron in 0..world.neurons.len() {
            starts[neuron + 1] += starts[neuron];
        }
        let mut free = starts.clone();
        let mut cones = vec![0u32; starts[world.neurons.len()] as usize];
        for (index, cone) in living() {
            let place = &mut free[cone.neuron as usize];
            cones[*place as usize] = index as u32;
            *place += 1;
        }
        Self { world, cones, starts }
    }

    /// The axon of a neuron.
    pub fn axon(&self, neuron: usize) -> Axon<'_> {
        let cones = self.starts[neuron] as usize..self.starts[neuron + 1] as usize;
        Axon {
            world: self.world,
            cones: &self.cones[cones],
        }
    }
}

impl<'w> Axon<'w> {
    /// Its living cones, by their place in [`State::cones`](crate::model::world::State::cones), in order of birth.
    pub fn cones(&self) -> impl Iterator<Item = usize> + Clone + use<'w> {
        self.cones.iter().map(|&cone| cone as usize)
    }

    /// Its stretches, parents before their branches.
    pub fn shafts(&self) -> impl Iterator<Item = Shaft<'w>> + use<'w> {
        let world = self.world;
        self.cones()
            .map(move |cone| Shaft::of(world, cone))
            .filter(|shaft| shaft.exists(world))
    }

    /// The point from which a branch leaves; `None` for the first axon. A branch of a branch that leaves from
    /// the very point where that one left its own parent leaves from the parent.
    pub fn leaves_from(&self, cone: usize) -> Option<PathPoint> {
        let cones = &self.world.cones;
        let mut branch = cone;
        loop {
            let parent = cones[branch].parent_cone()?;
            let node = cones[branch].parent_node as usize;
            if node > 0 || cones[parent].parent == NONE {
                return Some((parent, node));
            }
            branch = parent;
        }
    }

    /// Its tips and branch points.
    pub fn branching(&self) -> Branching {
        let mut departures: Vec<PathPoint> = self.shafts().filter_map(|shaft| self.leaves_from(shaft.cone)).collect();
        departures.sort_unstable();
        let tips: Vec<usize> = self
            .shafts()
            .filter(|shaft| shaft.tip_um.is_some() || departures.binary_search(&shaft.last_place()).is_err())
            .map(|shaft| shaft.cone)
            .collect();
        let branch_points: Vec<PathPoint> = departures
            .chunk_by(|a, b| a == b)
            .filter(|same| {
                let shaft = Shaft::of(self.world, same[0].0);
                let goes_on = shaft.tip_um.is_some() || same[0] != shaft.last_place();
                same.len() + usize::from(goes_on) >= 2
            })
            .map(|same| same[0])
            .collect();
        Branching {
            orders: tips.iter().map(|&tip| self.order(tip, &branch_points)).collect(),
            tips,
            branch_points: branch_points.len(),
        }
    }

    /// The number of the sorted `branch_points` that lie on the way from the axon's first point to a tip.
    fn order(&self, tip: usize, branch_points: &[PathPoint]) -> u32 {
        let mut order = 0;
        let mut way = Some((tip, usize::MAX));
        while let Some((cone, last)) = way {
            let from = branch_points.partition_point(|&place| place < (cone, 0));
            let to = branch_points.partition_point(|&place| place <= (cone, last));
            order += to - from;
            way = self.leaves_from(cone);
        }
        order as u32
    }

    /// Length of the whole axon, µm.
    pub fn length_um(&self) -> f64 {
        self.shafts().map(|shaft| shaft.length_um()).sum()
    }

    /// The cone with the longest path from the soma; of several the oldest.
    pub fn longest(&self) -> Option<usize> {
        let length = |cone: usize| self.world.cones[cone].path_length_um();
        self.cones()
            .reduce(|best, cone| if length(cone) > length(best) { cone } else { best })
    }
}

impl<'w> Shaft<'w> {
    fn of(world: &'w World, index: usize) -> Self {
        let (cone, tip_um) = (&world.cones[index], world.tip_um(index));
        let neuron = &world.neurons[cone.neuron as usize];
        let has_walked = cone.parent == NONE && neuron.soma_um() != neuron.start_um;
        Self {
            cone: index,
            soma_um: has_walked.then(|| neuron.soma_um()),
            nodes: &world.paths[index],
            tip_um: (tip_um != cone.base_um).then_some(tip_um),
        }
    }

    fn exists(&self, world: &World) -> bool {
        self.nodes.len() > 1 || self.tip_um.is_some() || world.cones[self.cone].parent == NONE
    }

    fn last_place(&self) -> PathPoint {
        (self.cone, self.nodes.len().saturating_sub(1))
    }

    /// Its points from the first outwards, soma and cone included, µm.
    pub fn points_um(&self) -> impl Iterator<Item = Vec3> + use<'w> {
        let path = self.nodes.iter().map(|node| node.truncate());
        self.soma_um.into_iter().chain(path).chain(self.tip_um)
    }

    /// Its straight segments, µm.
    pub fn segments_um(&self) -> impl Iterator<Item = (DVec3, DVec3)> + use<'w> {
        let [first, last] = [self.nodes.first(), self.nodes.last()].map(|node| node.map(|node| node.truncate()));
        let inner = self
            .nodes
            .windows(2)
            .map(|pair| (pair[0].truncate(), pair[1].truncate()));
        let drawn_out = self.soma_um.zip(first).into_iter();
        drawn_out
            .chain(inner)
            .chain(last.zip(self.tip_um))
            .map(|(from, to)| (from.as_dvec3(), to.as_dvec3()))
    }

    /// Its length, µm.
    pub fn length_um(&self) -> f64 {
        self.segments_um().map(|(from, to)| from.distance(to)).sum()
    }
}
