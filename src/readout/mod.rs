//! Measures of axon growth, taken from a plate and its state. Pure: no files, no clock, no engine.

pub mod acceptance;
pub mod bootstrap;
pub mod circles;
pub mod columns;
pub mod culture;
pub mod dose_range;
pub mod effect;
pub mod explants;
pub mod fascicles;
pub mod field;
pub mod growth;
pub mod hull;
pub mod mean;
pub mod neurons;
pub mod permutation;
pub mod profiles;
pub mod recorder;
mod results_version;
pub mod rim;
pub mod roles;
pub mod scores;
mod shows;
pub mod student;
pub mod summary;
pub mod tension;
mod tip_hours;
pub mod topology;
pub mod touched;
pub mod well;

pub use acceptance::{Check, Evidence, Verdict, acceptance};
pub use columns::{Column, Readout};
pub use neurons::{NeuronRow, neurons};
pub use profiles::{Rose, Sholl, rose, sholl};
pub use recorder::{Readouts, Recorder, Row};
pub use results_version::RESULTS_VERSION;
pub use shows::{Comparison, Finding, Observed, Shows, Statistic};
