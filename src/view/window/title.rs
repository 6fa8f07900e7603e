//! The words on the window's frame.

use crate::engine::{ComputesOn, EngineInfo};

/// Which plate is shown, what computes it and what draws it.
pub fn title(plate: &str, engine: &EngineInfo, drawn_by: &EngineInfo, hardware: bool) -> String {
    let engine_words = match engine.kind {
        ComputesOn::Cpu => format!("CPU engine ({})", engine.device),
        ComputesOn::Gpu => format!("GPU engine ({})", short(&engine.device)),
    };
    let drawing = match (hardware, engine.device == drawn_by.device) {
        (true, true) => String::new(),
        (true, false) => format!(", drawn by {}", short(&drawn_by.device)),
        (false, _) => format!(", drawn by {} (software)", short(&drawn_by.device)),
    };
    format!("outgrowth — {plate} — {engine_words}{drawing}")
}

/// An adapter's name without what stands in brackets behind it.
fn short(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(kind: ComputesOn, device: &str) -> EngineInfo {
        EngineInfo {
            kind,
            device: device.to_owned(),
            pci: String::new(),
            driver: String::new(),
            backend: String::new(),
            reason: String::new(),
        }
    }

    #[test]
    fn a_software_driver_is_announced() {
        let llvmpipe = info(ComputesOn::Gpu, "llvmpipe (LLVM 15.0.6, 256 bits)");
        assert_eq!(
            title("exercise-2024", &info(ComputesOn::Cpu, "2 threads"), &llvmpipe, false),
            "outgrowth — exercise-2024 — CPU engine (2 threads), drawn by llvmpipe (software)"
        );
        let card = info(ComputesOn::Gpu, "Radeon (RADV)");
        assert_eq!(
            title("quick", &card, &card, true),
            "outgrowth — quick — GPU engine (Radeon)"
        );
    }
}
