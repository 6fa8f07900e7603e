//! The gel as an elastic body: how it moves when magnets in it are pulled, or as it was measured to move, and the strain
//! that cells meet in each voxel.

pub mod bars;
pub mod displacement;
pub mod equilibrium;
pub mod lattice;
pub mod motion;
mod multigrid;
mod stencil;

pub use stencil::Elasticity;
