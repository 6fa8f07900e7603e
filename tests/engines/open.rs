//! Opening an engine: what is taken, and what is said where it cannot be.

use crate::twins;
use outgrowth::engine::gpu::GpuEngine;
use outgrowth::engine::gpu::device::Device;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::engine::{ComputesOn, Engine, EngineChoice, EngineError, EngineKind, adapters, open};

fn choice(kind: EngineKind, adapter: Option<&str>) -> EngineChoice {
    EngineChoice {
        kind,
        adapter: adapter.map(str::to_owned),
        granted: Vec::new(),
        threads: Some(1),
    }
}

fn opened(kind: EngineKind, adapter: Option<&str>) -> Result<Box<dyn Engine>, EngineError> {
    open(twins::uniform_plate(), &choice(kind, adapter))
}

#[test]
fn auto_takes_hardware_or_says_why_not() {
    let info = opened(EngineKind::Auto, None)
        .expect("there is always the processor")
        .describe();
    println!("{info:?}");
    let listed = adapters();
    println!("{listed:#?}");
    match listed.iter().find(|adapter| adapter.automatic) {
        Some(adapter) => assert_eq!((info.kind, info.device), (ComputesOn::Gpu, adapter.name.clone())),
        None => {
            assert_eq!(info.kind, ComputesOn::Cpu);
            assert!(info.reason.starts_with("no graphics hardware: "), "{}", info.reason);
            for adapter in &listed {
                assert!(
                    info.reason.contains(&adapter.name),
                    "{} is not named in {}",
                    adapter.name,
                    info.reason
                );
            }
        }
    }
}

#[test]
fn an_unknown_adapter_is_refused_with_what_there_is() {
    let Err(error) = opened(EngineKind::Auto, Some("no such adapter")) else {
        panic!("there is no such adapter");
    };
    let error = error.to_string();
    println!("{error}");
    assert!(error.contains("no such adapter"), "{error}");
    for adapter in adapters() {
        assert!(
            error.contains(&adapter.name),
            "{} is not named in {error}",
            adapter.name
        );
    }
}

#[test]
fn an_adapter_is_found_by_part_of_its_name_in_any_case() {
    let Some(adapter) = crate::gpu::adapter("adapter by name") else {
        return;
    };
    let name = adapter.get_info().name;
    let part: String = name.chars().take(5).collect::<String>().to_uppercase();
    let engine = opened(EngineKind::Auto, Some(&part)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (engine.describe().kind, engine.describe().device),
        (ComputesOn::Gpu, name.clone())
    );
    let engine = opened(crate::gpu::kind(), None).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(engine.describe().device, name);
}

#[test]
fn the_processor_is_taken_when_asked_for() {
    let info = opened(EngineKind::Cpu, None)
        .expect("there is always the processor")
        .describe();
    assert_eq!((info.kind, info.reason.as_str()), (ComputesOn::Cpu, "asked for"));
}

#[test]
fn a_lost_device_is_an_error_and_no_panic() {
    let Some(adapter) = crate::gpu::adapter("lost device") else {
        return;
    };
    let device = pollster::block_on(Device::open(&adapter)).expect("opens");
    let handle = device.handle.clone();
    let info = outgrowth::engine::gpu::adapters::info(&adapter, "test");
    let mut engine = GpuEngine::on(twins::full_plate(true), device, info, Tuning::default()).expect("fits");
    engine.advance(3).expect("the device works");
    handle.destroy();
    let error = engine.advance(3).expect_err("the device is gone");
    println!("{error}");
    assert!(matches!(error, EngineError::Device { .. }), "{error}");
    assert!(engine.world().is_err());
}

/// What lies in this process's memory by name: its libraries.
#[cfg(target_os = "linux")]
fn libraries() -> std::collections::BTreeSet<String> {
    let maps = std::fs::read_to_string("/proc/self/maps").expect("the system tells");
    let names = maps.lines().filter_map(|line| line.split_whitespace().nth(5));
    names.filter(|name| name.contains(".so")).map(str::to_owned).collect()
}

/// A driver is loaded once: one that went with the last device might not come back (NVIDIA's did some thirty times).
#[test]
#[cfg(target_os = "linux")]
fn a_driver_stays_while_devices_come_and_go() {
    let Some(adapter) = crate::gpu::adapter("driver stays") else {
        return;
    };
    let device = pollster::block_on(Device::open(&adapter)).unwrap_or_else(|error| panic!("{error}"));
    let loaded = libraries();
    drop((device, adapter));
    assert_eq!(libraries(), loaded);
    for _ in 0..100 {
        let adapter = crate::gpu::adapter("driver stays").expect("it was here before");
        pollster::block_on(Device::open(&adapter)).unwrap_or_else(|error| panic!("{error}"));
    }
}
