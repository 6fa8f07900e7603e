//! What the tests share: small plates, every engine there is, statistics.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod statistics;

use glam::DVec3;
use outgrowth::engine::{Engine, EngineChoice, EngineKind, open};
use outgrowth::model::parameters::{Explant, Muscle, Myokine};
use outgrowth::model::plate::{Biology, Condition, Domain, DoseUnit, PlacedExplant, Plate, Region, Species};

/// Runs `check` on every engine, with its name: the processor, and the GPU engine on a software driver. Without one the
/// test says so and goes on; with `REQUIRE_GPU=1` it fails.
pub fn on_every_engine(plate: &Plate, mut check: impl FnMut(&str, &mut dyn Engine)) {
    for (name, kind) in [("cpu", EngineKind::Cpu), ("gpu", EngineKind::SoftwareGpu)] {
        match open(
            plate.clone(),
            &EngineChoice {
                kind,
                ..EngineChoice::default()
            },
        ) {
            Ok(mut engine) => check(name, engine.as_mut()),
            Err(reason) => {
                let required = std::env::var("REQUIRE_GPU").is_ok_and(|value| value == "1");
                assert!(kind != EngineKind::Cpu && !required, "{name}: {reason}");
                println!("{name}: SKIPPED: {reason}");
            }
        }
    }
}

/// A plate of one condition without myokine: `neurons` in the middle of a well of `size_mm`, all from one point.
pub fn plate_of_cones(neurons: u32, size_mm: f64, step_min: f64, biology: Biology) -> Plate {
    let voxel_um = 1000.0;
    let size = size_mm.round() as u32;
    let middle = size_mm * 500.0;
    Plate {
        name: "test".into(),
        seed: 1,
        step_h: step_min / 60.0,
        steps: 1_000_000,
        record_every: 60,
        domain: Domain {
            voxels: [size, size, 1],
            voxel_um,
            walls: vec![],
        },
        explants: vec![PlacedExplant {
            at_um: DVec3::new(middle, middle, voxel_um / 2.0),
            explant: Explant {
                radius_um: 0.0,
                neurons: f64::from(neurons),
                ..Explant::default()
            },
        }],
        myokines: vec![],
        muscle: Muscle::default(),
        conditions: vec![condition("cones", biology)],
        events: vec![],
    }
}

/// A plate without cells: one well of `voxels` with one myokine that neither decays nor is released.
pub fn plate_of_field(voxels: [u32; 3], voxel_um: f64, step_h: f64, diffusivity_um2_per_h: f64) -> Plate {
    let myokine = Myokine {
        diffusivity_um2_per_h,
        half_life_h: 1e30,
        ..Myokine::default()
    };
    let mut plate = plate_of_cones(1, 1.0, 1.0, Biology::default());
    plate.step_h = step_h;
    plate.domain = Domain {
        voxels,
        voxel_um,
        walls: vec![],
    };
    plate.explants.clear();
    plate.myokines = vec![Species {
        name: "myokine".into(),
        unit: DoseUnit::Relative,
        myokine,
    }];
    // A source of nothing far outside: the well has a grid, and nothing is released.
    plate.conditions[0].sources = vec![outgrowth::model::plate::SteadySource {
        region: Region {
            low_um: DVec3::splat(-2.0),
            high_um: DVec3::splat(-1.0),
        },
        species: 0,
        rate_per_h: 0.0,
    }];
    plate
}

/// A condition with one well and nothing done to it.
pub fn condition(name: &str, biology: Biology) -> Condition {
    Condition {
        name: name.into(),
        wells: 1,
        biology,
        medium: None,
        actuation: None,
        muscle: None,
        sources: vec![],
        reservoirs: vec![],
        disturbed: false,
    }
}

/// Cones that only run: constant modes, no branching, no migration.
pub fn running_cones(speed_um_per_h: f64, spread_um_per_h: f64, persistence_length_um: f64) -> Biology {
    let mut biology = Biology::default();
    biology.growth_cone.speed_um_per_h = speed_um_per_h;
    biology.growth_cone.speed_spread_um_per_h = spread_um_per_h;
    biology.growth_cone.persistence_length_um = persistence_length_um;
    biology.growth_cone.paused = 0.0;
    biology.growth_cone.retracting = 0.0;
    biology.branching.rate_per_h = 0.0;
    biology.soma.speed_um_per_h = 0.0;
    biology
}

/// Fails with both numbers where `found` is further than `share` of `expected` from it.
#[track_caller]
pub fn assert_within(share: f64, found: f64, expected: f64, what: &str) {
    let off = (found - expected).abs() / expected.abs();
    assert!(
        off <= share,
        "{what}: {found} instead of {expected}, {:.3} % off, {:.3} % allowed",
        off * 100.0,
        share * 100.0
    );
}
