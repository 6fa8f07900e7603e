//! Displacement: the movement of the gel, at the nodes of a lattice.

use super::lattice::Lattice;
use glam::DVec3;

/// Movement of the gel at the nodes of a lattice.
#[derive(Clone, Debug, PartialEq)]
pub struct Displacement {
    /// The lattice of the nodes.
    pub lattice: Lattice,
    /// Displacement of each node from its place at rest, µm.
    pub moved_um: Vec<DVec3>,
}

impl Displacement {
    /// Displacement of the gel at a place, µm.
    pub fn at(&self, place_um: DVec3) -> DVec3 {
        self.lattice.at_node_values(&self.moved_um, place_um)
    }

    /// The movement multiplied by `times`.
    pub fn scaled(mut self, times: f64) -> Self {
        for moved in &mut self.moved_um {
            *moved *= times;
        }
        self
    }
}
