//! The engine that the command line asks for.

use super::granted::granted;
use super::{Common, EngineName, Failure};
use crate::engine::{self, Engine, EngineChoice, EngineKind};
use crate::model::plate::Plate;

/// Opens the engine that the options ask for.
///
/// # Errors
/// When there is no such engine here, or the plate does not fit it.
pub fn open(plate: Plate, common: &Common) -> Result<Box<dyn Engine>, Failure> {
    Ok(engine::open(plate, &choice(common))?)
}

/// The engine that the options ask for.
pub fn choice(common: &Common) -> EngineChoice {
    let kind = match common.engine {
        EngineName::Auto if common.need_gpu => EngineKind::Gpu,
        EngineName::Auto => EngineKind::Auto,
        EngineName::Cpu => EngineKind::Cpu,
        EngineName::Gpu => EngineKind::Gpu,
        EngineName::SoftwareGpu => EngineKind::SoftwareGpu,
    };
    EngineChoice {
        kind,
        adapter: common.adapter.clone(),
        granted: match kind {
            EngineKind::Auto | EngineKind::Gpu if common.adapter.is_none() => granted(),
            _ => Vec::new(),
        },
        threads: common.threads.map(|threads| threads as usize),
    }
}
