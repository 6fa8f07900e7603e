//! The names that most programs over this library need.

#[cfg(not(target_arch = "wasm32"))]
pub use crate::engine::open;
pub use crate::engine::{Engine, EngineChoice, EngineKind};
pub use crate::experiment::run;
pub use crate::model::plate::Plate;
pub use crate::readout::{Readout, Readouts};
pub use crate::scenario::Scenario;
