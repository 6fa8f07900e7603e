//! `outgrowth engines`: the engines of this machine, and the one that is taken unless another is asked for.

use super::granted::{cure, granted};
use super::{Common, Failure, Outcome, print};
use crate::engine::gpu::adapters::{Listed, same_place};
use crate::engine::{EngineKind, adapters};
use crate::export::terminal::aligned;
use crate::model::word::Word;
use serde_json::json;

/// The engine that computes on an adapter.
fn kind(adapter: &Listed) -> EngineKind {
    if adapter.hardware {
        EngineKind::Gpu
    } else {
        EngineKind::SoftwareGpu
    }
}

/// Lists the engines.
pub fn run(common: &Common) -> Result<Outcome, Failure> {
    let adapters = adapters();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let hardware = adapters.iter().any(|adapter| adapter.automatic);
    if common.json {
        let gpu = adapters.iter().enumerate().map(|(index, adapter)| {
            json!({
                "engine": kind(adapter).word(),
                "index": index,
                "pci": adapter.pci,
                "adapter": adapter.name,
                "kind": adapter.kind,
                "backend": adapter.backend,
                "driver": adapter.driver,
                "auto": adapter.automatic,
            })
        });
        let cpu = json!({ "engine": EngineKind::Cpu.word(), "threads": threads, "auto": !hardware });
        print(&format!("{:#}\n", json!(gpu.chain([cpu]).collect::<Vec<_>>())))?;
        return Ok(Outcome::Done);
    }
    let mark = |automatic: bool| (if automatic { "taken by auto" } else { "" }).to_owned();
    let mut lines = vec![
        ["engine", "index", "device", "kind", "through", "driver", "pci", ""]
            .map(str::to_owned)
            .to_vec(),
    ];
    let granted = granted();
    for (index, adapter) in adapters.into_iter().enumerate() {
        let mark = |automatic: bool| match granted.iter().any(|place| same_place(place, &adapter.pci)) {
            true => "granted to this job".to_owned(),
            false => mark(automatic && granted.is_empty()),
        };
        lines.push(vec![
            kind(&adapter).to_string(),
            index.to_string(),
            adapter.name,
            adapter.kind.to_owned(),
            adapter.backend,
            adapter.driver,
            adapter.pci.clone(),
            mark(adapter.automatic),
        ]);
    }
    let cores = format!("{threads} threads");
    lines.push(vec![
        EngineKind::Cpu.to_string(),
        String::new(),
        cores,
        "processor".to_owned(),
        String::new(),
        String::new(),
        String::new(),
        mark(!hardware),
    ]);
    print(&aligned(&lines))?;
    if !hardware {
        print("\nNo graphics hardware was found, so auto takes the processor.\n")?;
    }
    if let Some(cure) = cure(hardware) {
        print(&format!("\n{cure}"))?;
    }
    Ok(Outcome::Done)
}
