//! What the tests of the GPU engine share: plates in which everything happens, comparisons.

pub mod inputs;
pub mod table;

use crate::gpu;
use glam::DVec3;
use outgrowth::engine::gpu::GpuEngine;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::model::biology::Biology;
use outgrowth::model::domain::{Domain, Region};
use outgrowth::model::gel::bars::{MagnetBars, MagnetTrack, Pull};
use outgrowth::model::gel::motion::{Motion, Size};
use outgrowth::model::parameters::{Actuation, Explant, Light, Muscle, Myokine, Tow, Variation};
use outgrowth::model::plate::{
    Condition, DoseUnit, Landmarks, Medium, MediumSource, MusclePatch, PlacedExplant, Plate, Reservoir, Species,
    SteadySource, StrainMode, StrainProtocol,
};
use std::sync::Arc;

/// The GPU engine on the adapter of the tests.
pub fn gpu_engine(test: &str, plate: Plate, tuning: Tuning) -> Option<GpuEngine> {
    let adapter = gpu::adapter(test)?;
    let engine = pollster::block_on(GpuEngine::open(plate, &adapter, "test", tuning));
    Some(engine.unwrap_or_else(|error| panic!("{test}: {error}")))
}

fn region(low: [f64; 3], high: [f64; 3]) -> Region {
    Region {
        low_um: DVec3::from_array(low),
        high_um: DVec3::from_array(high),
    }
}

fn species(name: &str, unit: DoseUnit, uptake: f64) -> Species {
    let myokine = Myokine {
        uptake_um3_per_h: uptake,
        ..Myokine::default()
    };
    Species {
        name: name.into(),
        unit,
        myokine,
    }
}

fn condition(name: &str) -> Condition {
    Condition::untreated(name, 1, lively())
}

/// A biology in which much happens within a few hundred steps.
pub fn lively() -> Biology {
    let mut biology = Biology::default();
    biology.branching.rate_per_h = 0.4;
    biology.growth_cone.speed_memory_h = 0.1;
    biology.growth_cone.retracting = 0.3;
    biology.growth_cone.speed_spread_um_per_h = 20.0;
    biology.growth_cone.retraction_speed_um_per_h = 120.0;
    biology.growth_cone.adaptation = 0.3;
    biology.soma.speed_um_per_h = 3.0;
    biology
}

/// A plate without grids: medium by hand, actuation.
pub fn uniform_plate() -> Plate {
    let mut plate = full_plate(true);
    for species in &mut plate.myokines {
        species.myokine.uptake_um3_per_h = 0.0;
    }
    plate.conditions.truncate(2);
    plate.conditions[1].muscle = None;
    plate.conditions[1].sources.clear();
    plate
}

/// Fast axons with short segments, so that rings are drained, refilled and outgrown many times.
pub fn restless_plate() -> Plate {
    let mut plate = uniform_plate();
    for condition in &mut plate.conditions {
        condition.biology.growth_cone.segment_um = 1.0;
        condition.biology.branching.interstitial_reach_um = 8.0;
        condition.biology.growth_cone.speed_um_per_h = 60.0;
    }
    plate
}

/// A plate whose gels are strained unevenly: bars pulled alike, averaged and stepped through; an external magnet, averaged
/// and stepped through. Cones turn to the strain.
pub fn bars_plate(planar: bool) -> Plate {
    let mut plate = full_plate(planar);
    let size = plate.domain.size_um();
    let bar = |from: f64, to: f64| {
        region(
            [from * size.x, 0.2 * size.y, 0.0],
            [to * size.x, 0.8 * size.y, 0.5 * size.z],
        )
    };
    let gel = MagnetBars {
        bars: vec![bar(0.1, 0.2), bar(0.75, 0.85)],
        clamped: true,
        poisson: 0.4,
    };
    let answers = gel.answers(&plate.domain).expect("it comes to rest");
    let track = Pull::Magnet(MagnetTrack {
        from_um: DVec3::new(0.0, 0.3 * size.y, 0.0),
        to_um: DVec3::new(size.x, 0.6 * size.y, 0.0),
        height_um: 0.4 * size.x,
    });
    let condition_of = |name: &str, pull: Pull, resolved: bool| {
        let steps = resolved.then_some(20);
        let motion = Motion::of_bars(&gel, pull, &answers, &plate.domain, Size::Strain(0.05), steps);
        let mut moved = condition(name);
        moved.biology.growth_cone.strain_turning_rad_per_h = 2.0;
        moved.actuation = Some(StrainProtocol {
            strain: StrainMode::Nonuniform(Arc::new(motion)),
            actuation: Actuation {
                every_h: 1.0,
                frequency_hz: 1.0 / 1200.0,
                ..Actuation::default()
            },
            resolved,
        });
        // The drive falls with frequency; a cycle of 20 min would hardly be felt.
        moved.biology.mechano.half_frequency_hz = 1e-4;
        moved
    };
    let alike = Pull::Alike(0.3);
    plate.conditions = vec![
        condition_of("alike", alike, false),
        condition_of("alike, resolved", alike, true),
        condition_of("magnet", track, false),
        condition_of("magnet, resolved", track, true),
    ];
    plate
}

/// A small plate with every mechanism: carried medium and resting gel; actuation with muscle under light and a steady
/// source; resolved cycles with a tow, a reservoir and (in the plane) walls; uptake everywhere.
pub fn full_plate(planar: bool) -> Plate {
    let voxels = if planar { [24, 18, 1] } else { [14, 12, 10] };
    let voxel_um = 20.0;
    let size = DVec3::from_array(voxels.map(f64::from)) * voxel_um;
    let walls = match planar {
        true => (0..24 * 18).map(|voxel| voxel / 24 == 9 && voxel % 24 > 18).collect(),
        false => Vec::new(),
    };
    let explant = |share: f64| PlacedExplant {
        at_um: size * DVec3::new(share, 0.5, 0.5),
        explant: Explant {
            radius_um: 40.0,
            neurons: 12.0,
            heading_spread_rad: 0.8,
        },
    };
    let mut carried = condition("carried");
    carried.biology.branching.competition = 0.2;
    carried.biology.branching.decline_h = 40.0;
    carried.biology.survival.death_per_h = 0.05;
    carried.biology.survival.onset_h = 1.0;
    carried.biology.survival.dying_back_um_per_h = 60.0;
    carried.biology.injury.lag_h = 0.5;
    let every_h = 6.0;
    carried.medium = Some(Medium {
        from: MediumSource::Doses(vec![1.0, 3.0]),
        every_h,
        start_h: 0.5,
    });
    carried.wells = 2;
    let mut exercised = condition("exercised");
    exercised.actuation = Some(StrainProtocol {
        strain: StrainMode::Uniaxial,
        actuation: Actuation {
            every_h: 2.0,
            start_h: 0.2,
            axis_rad: 0.4,
            ..Actuation::default()
        },
        resolved: false,
    });
    let light = Light {
        every_h: 3.0,
        ..Light::default()
    };
    let strip = region([0.0, 0.0, 0.0], [60.0, size.y, size.z]);
    exercised.muscle = Some(MusclePatch {
        region: strip,
        light: Some(light),
        lit: Some(region([0.0, 0.0, 0.0], [60.0, 0.6 * size.y, size.z])),
        upright: false,
    });
    exercised.biology.synapse.formation_per_h = 0.3;
    exercised.sources = vec![SteadySource {
        region: region([size.x - 40.0, 0.0, 0.0], size.to_array()),
        species: 1,
        rate_per_h: 0.5,
    }];
    let mut resolved = condition("resolved");
    resolved.biology.growth_cone.combination = 2.0;
    resolved.actuation = Some(StrainProtocol {
        strain: StrainMode::Shear,
        actuation: Actuation {
            every_h: 1.0,
            frequency_hz: 1.0 / 1200.0,
            ..Actuation::default()
        },
        resolved: true,
    });
    // In a step of some of the rounds that are compared, and so short that cones stay clear of the rim.
    resolved.tow = Some(Tow {
        force_nn: 1.8,
        towards_rad: 2.0,
        session_h: 0.15,
        every_h: 0.5,
        start_h: 0.3,
    });
    resolved.reservoirs = vec![Reservoir {
        region: region([0.0; 3], [40.0, size.y, size.z]),
        doses: vec![1.0, 2.0],
    }];
    Plate {
        name: "everything".into(),
        seed: 7,
        step_h: 1.0 / 60.0,
        steps: 2_000,
        record_every: 60,
        domain: Domain {
            voxels,
            voxel_um,
            layer_um: 20.0,
            walls,
        },
        explants: vec![explant(0.35), explant(0.65)],
        myokines: vec![
            species("lumped", DoseUnit::Relative, 2000.0),
            species("BDNF", DoseUnit::Nanomolar, 500.0),
        ],
        muscle: Muscle {
            lag_h: 0.25,
            fatigue: 0.5,
            ..Muscle::default()
        },
        variation: Variation::default(),
        conditions: vec![carried, exercised, resolved],
        events: Vec::new(),
        landmarks: Landmarks::default(),
    }
}
