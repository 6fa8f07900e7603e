//! outgrowth
pub mod cli;
pub mod model;
pub mod scenario;
