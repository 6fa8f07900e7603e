//! The engine of a window: on the window's own device where that is what was asked for, so that what is computed need not
//! travel to be drawn; else the one that a run without a window would take.

use super::graphics::Graphics;
use crate::engine::gpu::GpuEngine;
use crate::engine::gpu::tuning::Tuning;
use crate::engine::{self, Engine, EngineChoice, EngineError, EngineInfo, EngineKind};
use crate::model::plate::Plate;

/// Opens the engine that `choice` asks for and seeds `plate` on it.
///
/// # Errors
/// As [`engine::open`].
pub fn open(plate: &Plate, choice: &EngineChoice, graphics: &Graphics) -> Result<Box<dyn Engine>, EngineError> {
    let Some(reason) = reason_to_share(choice, graphics.hardware) else {
        return engine::open(plate.clone(), choice);
    };
    let info = EngineInfo {
        reason: reason.to_owned(),
        ..graphics.info.clone()
    };
    let shared = GpuEngine::on(plate.clone(), graphics.device.clone(), info, Tuning::default());
    match shared {
        Ok(engine) => Ok(Box::new(engine)),
        Err(problem) if may_fall_back(choice) => {
            tracing::warn!("the graphics hardware is not taken for computing: {problem}");
            let processor = EngineChoice {
                kind: EngineKind::Cpu,
                ..choice.clone()
            };
            engine::open(plate.clone(), &processor)
        }
        Err(problem) => Err(problem),
    }
}

/// Why the window's device computes, too; nothing where another engine is wanted.
fn reason_to_share(choice: &EngineChoice, hardware: bool) -> Option<&'static str> {
    match (choice.kind, choice.adapter.is_some(), hardware) {
        (EngineKind::Cpu, ..) => None,
        (_, true, _) => Some("asked for by name"),
        (EngineKind::Auto, false, true) => Some("the graphics hardware that draws the window"),
        (EngineKind::Gpu, false, true) | (EngineKind::SoftwareGpu, false, false) => Some("asked for"),
        (EngineKind::Auto | EngineKind::Gpu, false, false) | (EngineKind::SoftwareGpu, false, true) => None,
    }
}

fn may_fall_back(choice: &EngineChoice) -> bool {
    choice.kind == EngineKind::Auto && choice.adapter.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_software_driver_computes_only_when_asked() {
        let shares = |kind, adapter: Option<&str>, hardware| {
            let adapter = adapter.map(str::to_owned);
            let choice = EngineChoice {
                kind,
                adapter,
                threads: None,
            };
            reason_to_share(&choice, hardware).is_some()
        };
        assert!(shares(EngineKind::Auto, None, true));
        assert!(!shares(EngineKind::Auto, None, false));
        assert!(!shares(EngineKind::Cpu, None, true));
        assert!(shares(EngineKind::SoftwareGpu, None, false));
        assert!(!shares(EngineKind::SoftwareGpu, None, true));
        assert!(shares(EngineKind::Auto, Some("llvmpipe"), false));
    }
}
