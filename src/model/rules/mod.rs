//! The biology: pure functions of numbers and vectors, no state, no loops over buffers. Each file has a twin
//! of the same name in `shaders/rules/`, with the same functions, arguments and order of operations;
//! `tests/engines/twin_rules.rs` holds them against each other.
//!
//! Angles are rad, lengths µm, times h, concentrations in the unit of their myokine. Transcendental functions
//! come from `libm`, so that a result does not depend on the C library of the machine.

pub mod branching;
pub mod fasciculation;
pub mod field;
pub mod gain;
pub mod guidance;
pub mod heading;
pub mod injury;
pub mod kymograph;
pub mod mechano;
pub mod modes;
pub mod path;
pub mod random;
pub mod receptors;
pub mod relaxation;
pub mod secretion;
pub mod sessions;
pub mod speed;
pub mod stretch;
pub mod survival;
pub mod synapse;
pub mod uptake;
