//! The graphics adapter that tests take: a software driver, which gives every machine the same, or with
//! `TEST_GPU=hardware` a graphics card.

use outgrowth::engine::EngineKind;
use outgrowth::engine::gpu::adapters::{Wanted, choose};
use outgrowth::model::word::Word;

fn hardware() -> bool {
    std::env::var("TEST_GPU").is_ok_and(|value| value == "hardware")
}

pub fn kind() -> EngineKind {
    if hardware() {
        EngineKind::Gpu
    } else {
        EngineKind::SoftwareGpu
    }
}

/// What the program is given as `--engine`.
#[allow(dead_code)] // Not every test binary starts the program.
pub fn option() -> &'static str {
    kind().word()
}

/// What computes where any engine will do: the processor, which is faster than a software driver, or the card that is tested.
#[allow(dead_code)]
pub fn fastest() -> EngineKind {
    if hardware() { EngineKind::Gpu } else { EngineKind::Cpu }
}

fn wanted() -> Wanted<'static> {
    if hardware() { Wanted::Hardware } else { Wanted::Software }
}

/// The adapter, or `None` where there is none, which fails with `REQUIRE_GPU=1`.
#[allow(dead_code)]
pub fn adapter(test: &str) -> Option<wgpu::Adapter> {
    match pollster::block_on(choose(wanted())) {
        Ok(adapter) => {
            let info = adapter.get_info();
            println!("{test}: on {} ({} {})", info.name, info.driver, info.driver_info);
            Some(adapter)
        }
        Err(error) => {
            let required = std::env::var("REQUIRE_GPU").is_ok_and(|value| value == "1");
            assert!(!required, "{test}: REQUIRE_GPU=1, but {error}");
            println!("{test}: SKIPPED: {error}");
            None
        }
    }
}
