//! Motor neurons grow axons towards exercised muscle: plates of culture wells in which growth cones answer a
//! diffusing myokine field and a periodically strained gel, on the GPU or on the CPU.
//!
//! The way of the data: scenario → model → engine → readout → export.

pub mod cli;
pub mod engine;
pub mod experiment;
pub mod export;
pub mod model;
mod parallel;
pub mod readout;
pub mod scenario;
pub mod session;
pub mod validation;
#[cfg(feature = "window")]
pub mod view;
