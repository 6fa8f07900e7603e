//! The acceptance table of the reference plate: each claim with its band, the figure that the run gives, the verdict, its weight in
//! the argument and the numbers by which it could fail.

mod check;
mod claim;
mod comparison;
mod could_be_false;
mod follows;
mod put_in;

use super::recorder::Readouts;
use crate::model::plate::Plate;
pub use check::{Check, Evidence, Verdict};
use comparison::Comparison;

/// The acceptance table for the readouts of a plate, by weight in the argument.
pub fn acceptance(plate: &Plate, readouts: &Readouts) -> Vec<Check> {
    let run = Comparison::of(plate, readouts);
    [put_in::put_in, follows::follows, could_be_false::could_be_false]
        .into_iter()
        .flat_map(|rows| rows(&run))
        .collect()
}
