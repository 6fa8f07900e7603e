//! The field on the device: mass is kept, nothing is negative, in the plane, in space and around walls.

use crate::twins;
use glam::DVec3;
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::model::plate::{Action, Event, Plate};

const STEPS: u32 = 1_000;

/// A drop in a closed well where nothing decays, is released or taken up.
fn closed_plate(planar: bool) -> Plate {
    let mut plate = twins::full_plate(planar);
    plate.conditions.truncate(1);
    plate.conditions[0].medium = None;
    plate.conditions[0].wells = 1;
    plate.explants.truncate(1);
    plate.explants[0].explant.neurons = 1.0;
    plate.myokines.truncate(1);
    plate.myokines[0].myokine.uptake_um3_per_h = 0.0;
    plate.myokines[0].myokine.half_life_h = 1e12;
    let drop = Action::Drop {
        at_um: DVec3::new(60.0, 60.0, 10.0),
        radius_um: 50.0,
        species: 0,
        dose: 10.0,
    };
    plate.events = vec![Event {
        step: 0,
        conditions: Vec::new(),
        action: drop,
    }];
    plate
}

fn mass(concentrations: &[f32]) -> f64 {
    concentrations.iter().map(|&c| f64::from(c)).sum()
}

/// Relative change of the mass over the run and the largest difference to the processor's field.
fn drift(planar: bool) -> Option<(f64, f32)> {
    let plate = closed_plate(planar);
    let mut gpu = twins::gpu_engine("mass", plate.clone(), Tuning::default())?;
    let mut cpu = CpuEngine::new(plate.clone(), Some(1), "test").expect("threads");
    for engine in [&mut gpu as &mut dyn Engine, &mut cpu] {
        engine.apply(&plate.events[0].action, 0).expect("works");
    }
    let before = mass(&gpu.world().expect("readable").concentrations);
    assert!(before > 0.0);
    gpu.advance(STEPS).expect("the device works");
    cpu.advance(STEPS).expect("the processor works");
    let field = &gpu.world().expect("readable").concentrations;
    assert!(field.iter().all(|&c| c >= 0.0), "a negative concentration");
    let spread = field.iter().filter(|&&c| c > 0.0).count();
    assert!(spread > field.len() / 2, "it did not spread");
    let pairs = field.iter().zip(&cpu.world().expect("there").concentrations);
    let apart = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    Some((mass(field) / before - 1.0, apart))
}

#[test]
fn mass_is_kept_for_a_thousand_steps() {
    for planar in [true, false] {
        let Some((drift, apart)) = drift(planar) else {
            return;
        };
        println!("planar {planar}: mass off by {drift:.2e}, field off the processor's by {apart:.2e}");
        assert!(drift.abs() < 1e-5, "mass changed by {drift:e}");
        assert!(apart < 1e-4, "the processor's field is {apart:e} away");
    }
}
