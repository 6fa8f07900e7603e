//! Engines that are polled instead of waited for, and a device that grants no more than a browser does.

use crate::{common, gpu, twins};
use outgrowth::engine::gpu::GpuEngine;
use outgrowth::engine::gpu::adapters;
use outgrowth::engine::gpu::device::Device;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::engine::{Engine, EngineError, Patience};
use outgrowth::model::plate::Plate;
use outgrowth::model::world::World;
use std::time::Duration;

const STEPS: u32 = 200;
const NO_TIME: Patience = Patience::For(Duration::ZERO);

/// Polls until all that was begun is done. Returns how often it was not yet.
fn poll_to_the_end(engine: &mut dyn Engine) -> u32 {
    let mut in_vain = 0;
    while !engine.poll(NO_TIME).expect("the engine works") {
        in_vain += 1;
        std::thread::sleep(Duration::from_micros(200));
    }
    in_vain
}

fn polled(engine: &mut dyn Engine, steps: u32) -> World {
    engine.begin_steps(steps).expect("nothing is under way");
    poll_to_the_end(engine);
    engine.begin_reading().expect("nothing is under way");
    poll_to_the_end(engine);
    assert!(engine.is_current());
    engine.last_world().clone()
}

/// Rings, pages and room are tiny, so that the clock halts while further submissions are on their way.
#[test]
fn an_engine_that_is_polled_ends_in_the_same_bits() {
    let plate = twins::restless_plate();
    let tiny = Tuning {
        ring: Some(1),
        spare_cones: Some(0),
        page: Some(64),
        batch: Some(2),
        row: Some(1),
    };
    let Some(mut waited) = twins::gpu_engine("polled", plate.clone(), Tuning::default()) else {
        return;
    };
    waited.advance(STEPS).expect("the device works");
    let usual = waited.world().expect("readable").clone();
    for tuning in [Tuning::default(), tiny] {
        let Some(mut engine) = twins::gpu_engine("polled", plate.clone(), tuning) else {
            return;
        };
        polled(&mut engine, 13);
        assert!(polled(&mut engine, STEPS - 13) == usual, "{tuning:?}");
        let halts = engine.halts();
        let forced = halts.drains > 0 && halts.refills > 0 && halts.growths > 0;
        assert!(tuning.ring.is_none() || forced, "nothing was forced: {halts:?}");
        assert!(polled(&mut engine, 1) != usual, "a step more changes nothing");
    }
}

#[test]
fn what_is_under_way_is_done_before_more_is_begun() {
    common::on_every_engine(&twins::full_plate(true), |name, engine| {
        engine.begin_steps(40).expect("nothing is under way");
        assert!(!engine.is_current(), "{name}");
        assert!(matches!(engine.begin_steps(1), Err(EngineError::Busy)), "{name}");
        assert!(matches!(engine.begin_reading(), Err(EngineError::Busy)), "{name}");
        // Not a step is done without a look, on the processor one with each.
        assert!(poll_to_the_end(engine) > 0, "{name}");
        assert_eq!(engine.world().expect("readable").step, 40, "{name}");
        // A state that is loaded takes the place of what is under way.
        let state = engine.world().expect("readable").clone();
        engine.begin_steps(7).expect("nothing is under way");
        engine.load(state.clone()).expect("of this plate");
        assert!(engine.is_current(), "{name}");
        assert!(*engine.world().expect("readable") == state, "{name}");
        engine.advance(1).expect("works");
        assert_eq!(engine.world().expect("readable").step, 41, "{name}");
    });
}

/// The engine on a device that was asked for `limits` and nothing else.
fn within(limits: wgpu::Limits, plate: &Plate) -> Option<Result<GpuEngine, String>> {
    let adapter = gpu::adapter("a browser's limits")?;
    let device = pollster::block_on(Device::open_within(&adapter, limits)).expect("every adapter allows them");
    let info = adapters::info(&adapter, "test");
    let engine = GpuEngine::on(plate.clone(), device, info, Tuning::default());
    Some(engine.map_err(|error| error.to_string()))
}

/// WebGPU grants every page 8 storage buffers a stage, bindings of 128 MiB and buffers of 256 MiB; a native run asks for all that the
/// adapter has and would never notice that it takes more.
#[test]
fn what_every_browser_grants_is_enough() {
    let limits = wgpu::Limits::default();
    assert_eq!(limits.max_storage_buffers_per_shader_stage, 8);
    assert_eq!(limits.max_storage_buffer_binding_size, 128 << 20);
    assert_eq!(limits.max_buffer_size, 256 << 20);
    for plate in [
        twins::full_plate(true),
        twins::full_plate(false),
        twins::bars_plate(true),
    ] {
        let Some(engine) = within(limits.clone(), &plate) else {
            return;
        };
        let mut engine = engine.unwrap_or_else(|problem| panic!("{problem}"));
        let Some(mut usual) = twins::gpu_engine("all the adapter has", plate.clone(), Tuning::default()) else {
            return;
        };
        engine.advance(30).expect("the device works");
        usual.advance(30).expect("the device works");
        assert!(engine.world().expect("readable") == usual.world().expect("readable"));
        let fewer = wgpu::Limits {
            max_storage_buffers_per_shader_stage: 7,
            ..limits.clone()
        };
        let refused = within(fewer, &plate).expect("an adapter").err().expect("too few");
        assert!(refused.contains("storage"), "{refused}");
    }
}
