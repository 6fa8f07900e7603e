//! Which engine the command line asks for.

use super::{Common, EngineChoice as Asked, Failure};
use crate::engine::{self, Engine, EngineChoice, EngineKind};
use crate::model::plate::Plate;

/// Opens the engine that the options ask for.
///
/// # Errors
/// When there is no such engine here, or the plate does not fit it.
pub fn open(plate: Plate, common: &Common) -> Result<Box<dyn Engine>, Failure> {
    let kind = match common.engine {
        Asked::Auto => EngineKind::Auto,
        Asked::Cpu => EngineKind::Cpu,
        Asked::Gpu => EngineKind::Gpu,
        Asked::SoftwareGpu => EngineKind::SoftwareGpu,
    };
    let threads = common.threads.map(|threads| threads as usize);
    Ok(engine::open(
        plate,
        &EngineChoice {
            kind,
            adapter: common.adapter.clone(),
            threads,
        },
    )?)
}
