//! The number of the results that this version of the program gives.

/// Same number, kind of engine and seed: same bits. It rises whenever the readouts of a built-in scenario change in any bit, which a
/// test sees (`tests/results/results_version.rs`); the changelog says why.
pub const RESULTS_VERSION: u32 = 3;
