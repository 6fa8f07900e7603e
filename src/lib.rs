//! Motor neurons grow axons towards exercised muscle: plates of culture wells in which growth cones answer a
//! diffusing myokine field and a periodically strained gel, on the GPU or on the CPU.
//!
//! The way of the data: scenario → model → engine → readout → export.

#[cfg(feature = "cli")]
pub mod cli;
pub mod engine;
pub mod experiment;
pub mod export;
pub mod model;
mod parallel;
pub mod readout;
pub mod scenario;
pub mod session;
// Its measures wait for the device, which a browser does not allow.
#[cfg(not(target_arch = "wasm32"))]
pub mod validation;
#[cfg(feature = "window")]
pub mod view;
