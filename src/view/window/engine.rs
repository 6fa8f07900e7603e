//! The engine of a window: on the window's own device where that is what was asked for, so that what is computed need not
//! travel to be drawn; else the one that a run without a window would take.

use super::graphics::Graphics;
use crate::engine::gpu::GpuEngine;
use crate::engine::gpu::tuning::Tuning;
use crate::engine::{self, EngineChoice, EngineInfo, EngineKind};
use crate::session::EngineOpener;

/// An opener of the engine that `choice` asks for, on whatever thread the simulation has.
pub fn opener(choice: &EngineChoice, graphics: &Graphics) -> EngineOpener {
    let mut choice = choice.clone();
    if !graphics.hardware && choice.threads.is_none() {
        // Half of the processor is left to the driver that draws on it; results do not depend on the threads.
        choice.threads = Some(std::thread::available_parallelism().map_or(1, |cores| (cores.get() / 2).max(1)));
    }
    let Some(reason) = reason_to_share(&choice, graphics.hardware) else {
        return Box::new(move |plate| engine::open(plate, &choice));
    };
    let device = graphics.device.clone();
    let info = EngineInfo {
        reason: reason.to_owned(),
        ..graphics.info.clone()
    };
    Box::new(move |plate| {
        let shared = GpuEngine::on(plate.clone(), device.clone(), info.clone(), Tuning::default());
        match shared {
            Ok(engine) => Ok(Box::new(engine)),
            Err(problem) if may_fall_back(&choice) => {
                tracing::warn!("the graphics hardware is not taken for computing: {problem}");
                let processor = EngineChoice {
                    kind: EngineKind::Cpu,
                    ..choice.clone()
                };
                engine::open(plate, &processor)
            }
            Err(problem) => Err(problem),
        }
    })
}

/// Whether the engine is on the window's device and is lost with it.
pub fn shares_device(choice: &EngineChoice, graphics: &Graphics) -> bool {
    reason_to_share(choice, graphics.hardware).is_some()
}

/// The reason for which the window's device computes, too; nothing where another engine is wanted.
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
                ..EngineChoice::default()
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
