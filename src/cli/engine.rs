//! Which engine the command line asks for.

use super::{Common, Failure};
use crate::engine::Engine;
use crate::engine::cpu::CpuEngine;
use crate::model::plate::Plate;

/// Opens the engine that the options ask for.
///
/// # Errors
/// When there is no such engine here, or the plate does not fit it.
pub fn open(plate: Plate, common: &Common) -> Result<Box<dyn Engine>, Failure> {
    let threads = common.threads.map(|threads| threads as usize);
    Ok(Box::new(CpuEngine::new(plate, threads, "asked for")?))
}
