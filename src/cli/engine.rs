//! The engine that the command line asks for.

use super::granted::granted;
use super::{Common, EngineName};
use crate::engine::{EngineChoice, EngineKind};

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
