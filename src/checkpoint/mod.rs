//! Checkpoints: the state of an unfinished run on disk, from which it goes on to the same bits as a run that was never stopped.
//!
//! The folder that a run will leave holds, until it is done, nothing but `checkpoint/`: what the run was begun with
//! ([`begun`]), the last two states ([`file`](mod@file)), and the rows of its table of readouts up to the last of them. Whatever happens to
//! the run, [`unfinished`] finds the last state that is whole.

pub mod begun;
pub mod error;
pub mod file;
pub mod head;
mod packed;
pub mod unfinished;

pub use begun::Begun;
pub use error::CheckpointError;
pub use head::Head;
pub use unfinished::{Found, Unfinished};
