//! The state of a plate at a step: everything that changes. Engines hold it, readouts and files are made from
//! it, and a run goes on from it bit for bit.

use super::degeneration::Severed;
use super::layout::{Cone, Fibres, NONE, Neuron, Node, mode};
use glam::Vec3;
use std::sync::Arc;

/// The state between two steps. Positions are reference coordinates of the gel, relative to the well's corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// Steps done.
    pub step: u32,
    /// Cell bodies, well by well.
    pub neurons: Vec<Neuron>,
    /// Growth cones in order of birth; the first of each neuron stands at the neuron's own index. Pruned ones
    /// keep their place.
    pub cones: Vec<Cone>,
    /// For each cone the recorded points of its own path, `cones[i].nodes` of them, from the axon's first point
    /// or the branch point outwards.
    pub paths: Vec<Vec<Node>>,
    /// Concentrations: first one value for each well and myokine (`[well * species + s]`, used where the well has
    /// no grid), then the grids (`[well.grid + s * voxels + voxel]`, x fastest).
    pub concentrations: Vec<f32>,
    /// Myokine that cones took in the last step, for each gridded voxel, in fixed point (see `uptake`); empty
    /// where nothing is taken up.
    pub taken: Vec<i32>,
    /// The muscle fibres of each well.
    pub fibres: Vec<Fibres>,
    /// What cuts have parted from its soma and has not degenerated yet.
    pub severed: Arc<[Severed]>,
}

impl World {
    /// Whether a growth cone is still there.
    pub fn is_alive(&self, cone: usize) -> bool {
        self.cones[cone].mode != mode::PRUNED
    }

    /// Where a growth cone is, µm.
    pub fn tip_um(&self, cone: usize) -> Vec3 {
        self.cones[cone].tip_um()
    }
}

impl Cone {
    /// Where the cone is, µm.
    pub fn tip_um(&self) -> Vec3 {
        self.base_um + self.reach_um
    }

    /// Whether it is still there.
    pub fn is_alive(&self) -> bool {
        self.mode != mode::PRUNED
    }

    /// Length of the path from the axon's first point to the cone, µm.
    pub fn path_length_um(&self) -> f32 {
        self.base_length_um + self.reach_um.length()
    }

    /// The cone it branched from.
    pub fn parent_cone(&self) -> Option<usize> {
        (self.parent != NONE).then_some(self.parent as usize)
    }
}
