//! outgrowth
pub mod model;
