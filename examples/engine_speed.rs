//! How fast an engine is: cone-steps and voxel-updates per second, for a plate of chosen size.
//!
//! `cargo run --release --example engine_speed -- cpu|gpu|software WELLS NEURONS VOXELS STEPS [BATCH]`

use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::engine::gpu::GpuEngine;
use outgrowth::engine::gpu::adapters::{Wanted, choose};
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::model::biology::Biology;
use outgrowth::model::domain::{Domain, Region};
use outgrowth::model::parameters::{Explant, Light, Muscle, Myokine, Variation};
use outgrowth::model::plate::{Condition, DoseUnit, Landmarks, MusclePatch, PlacedExplant, Plate, Species};
use std::time::Instant;

fn plate(wells: u32, neurons: u32, voxels: u32) -> Plate {
    let domain = Domain {
        voxels: [voxels, voxels, 1],
        voxel_um: 20.0,
        layer_um: 20.0,
        walls: Vec::new(),
    };
    let size = domain.size_um();
    let mut high_um = size;
    high_um.x = 0.1 * size.x;
    let muscle = MusclePatch {
        region: Region {
            low_um: glam::DVec3::ZERO,
            high_um,
        },
        light: Some(Light::default()),
        lit: None,
        upright: true,
    };
    let explant = Explant {
        neurons: f64::from(neurons),
        ..Explant::default()
    };
    Plate {
        name: "speed".into(),
        seed: 1,
        step_h: 1.0 / 60.0,
        steps: u32::MAX,
        record_every: 60,
        domain,
        explants: vec![PlacedExplant {
            at_um: size * 0.5,
            explant,
        }],
        myokines: vec![Species {
            name: "myokine".into(),
            unit: DoseUnit::Relative,
            myokine: Myokine::default(),
        }],
        muscle: Muscle::default(),
        variation: Variation::none(),
        conditions: vec![Condition {
            muscle: (voxels > 1).then_some(muscle),
            ..Condition::untreated("beside muscle", wells, Biology::default())
        }],
        events: Vec::new(),
        landmarks: Landmarks::default(),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, usual: u32| arguments.get(place).map_or(Ok(usual), |text| text.parse());
    let (wells, neurons, voxels) = (number(1, 4)?, number(2, 200)?, number(3, 100)?);
    let (steps, batch) = (number(4, 500)?, number(5, 0)?);
    let plate = plate(wells, neurons, voxels);
    let tuning = Tuning {
        batch: (batch > 0).then_some(batch),
        ..Tuning::default()
    };
    let on = |wanted| -> Result<Box<dyn Engine>, Box<dyn std::error::Error>> {
        let adapter = pollster::block_on(choose(wanted))?;
        Ok(Box::new(pollster::block_on(GpuEngine::open(
            plate.clone(),
            &adapter,
            "measured",
            tuning,
        ))?))
    };
    let mut engine: Box<dyn Engine> = match arguments.first().map(String::as_str) {
        Some("gpu") => on(Wanted::Hardware)?,
        Some("software") => on(Wanted::Software)?,
        _ => Box::new(CpuEngine::new(plate, None, "measured")?),
    };
    engine.advance(20)?;
    let before = engine.world()?.cones.len();
    let start = Instant::now();
    engine.advance(steps)?;
    let seconds = start.elapsed().as_secs_f64();
    let after = engine.world()?.cones.len();
    let per_second = |things: f64| things * f64::from(steps) / seconds;
    println!("{:?}", engine.describe());
    println!(
        "{wells} wells, {} cones, {} voxels: {:.0} steps/s, {:.3e} cone-steps/s, {:.3e} voxel-updates/s",
        after,
        wells * voxels * voxels,
        per_second(1.0),
        per_second(0.5 * (before + after) as f64),
        per_second(f64::from(wells * voxels * voxels)),
    );
    Ok(())
}
