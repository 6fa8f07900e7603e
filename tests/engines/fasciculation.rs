//! Bundles and crowding: sums that follow from the paths to the last unit, guidance by axons, avoidance, contact.

use crate::common::statistics::mean;
use crate::common::{assert_within, on_every_engine, plate_of_cones, running_cones};
use crate::twins;
use glam::{DVec3, Vec3};
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::model::crowd::{axons_around, cones_sum, lay_world, sums_per_voxel};
use outgrowth::model::layout::{NONE, mode};
use outgrowth::model::parameters::Fasciculation;
use outgrowth::model::plate::Plate;
use outgrowth::model::rules::fasciculation::UNITS_PER_UM;
use outgrowth::model::tables::Tables;
use outgrowth::validation::plates::{IN_BUNDLE, beside_a_bundle, lay_bundle};

/// Everything at once, and often.
fn crowded(planar: bool) -> Plate {
    let mut plate = twins::full_plate(planar);
    for condition in &mut plate.conditions {
        condition.biology.fasciculation = Fasciculation {
            alignment_rad_per_h: 2.0,
            attraction_rad_per_h: 1.0,
            zippering_um_per_h: 20.0,
            contact_retraction_per_h: 1.0,
            capacity: 4.0,
            ..Fasciculation::default()
        };
    }
    plate
}

/// The sums are kept up as they would be made from nothing, on either engine, whatever grew, retracted and branched.
#[test]
fn sums_are_what_the_paths_say_to_the_last_unit() {
    for planar in [true, false] {
        let plate = crowded(planar);
        let tables = Tables::of(&plate);
        let mut cpu = CpuEngine::new(plate.clone(), Some(2), "test").expect("threads");
        let gpu = twins::gpu_engine("sums of axons", plate, Tuning::default());
        cpu.advance(400).expect("the processor works");
        let mut world = cpu.world().expect("there").clone();
        assert!(world.cones.iter().any(|cone| cone.laid > 5), "nothing was laid");
        assert!(
            world.cones.iter().any(|cone| !cone.is_alive()),
            "nothing was taken back"
        );
        let noted: Vec<_> = world.cones.iter().map(|cone| (cone.laid, cone.voxel)).collect();
        let expected = lay_world(&tables, &mut world);
        assert_eq!(cpu.crowd(), expected, "planar {planar}");
        let again: Vec<_> = world.cones.iter().map(|cone| (cone.laid, cone.voxel)).collect();
        assert_eq!(noted, again, "planar {planar}: what cones note of it");
        let cone = world.cones.iter().position(|cone| cone.laid > 5).expect("there is one");
        world.paths[cone][2].x += 1.0;
        assert_ne!(
            lay_world(&tables, &mut world),
            expected,
            "a moved point would pass as well"
        );
        if let Some(mut gpu) = gpu {
            gpu.advance(400).expect("the device works");
            let found = gpu.crowd().expect("readable");
            let mut world = gpu.world().expect("readable").clone();
            assert!(
                world.cones.iter().any(|cone| cone.laid > 5),
                "nothing was laid on the device"
            );
            // Made again by the host from the device's paths: the last unit is a matter of rounding there.
            let made = lay_world(&tables, &mut world);
            let apart = made.iter().zip(&found).map(|(a, b)| (a - b).abs());
            let largest = apart.max().unwrap_or(0);
            assert!(largest <= 60, "planar {planar}: {largest} units apart");
            let cones = |sums: &[i32]| -> Vec<i32> {
                let stride = sums_per_voxel(u32::from(planar));
                sums.iter()
                    .skip(cones_sum(u32::from(planar)))
                    .step_by(stride)
                    .copied()
                    .collect()
            };
            assert_eq!(cones(&made), cones(&found), "planar {planar}: cones by voxel");
        }
    }
}

/// A step from the same state gives the same on both engines (see twin_passes), with every coupling to the crowd on.
#[test]
fn a_crowded_step_agrees() {
    for planar in [true, false] {
        let plate = crowded(planar);
        let Some(mut gpu) = twins::gpu_engine("crowded step", plate.clone(), Tuning::default()) else {
            return;
        };
        let mut cpu = CpuEngine::new(plate, Some(1), "test").expect("threads");
        let mut turned = 0;
        for _ in 0..8 {
            cpu.advance(40).expect("the processor works");
            let state = cpu.world().expect("there").clone();
            gpu.load(state.clone()).expect("the same plate");
            assert_eq!(
                gpu.crowd().expect("readable"),
                cpu.crowd(),
                "the sums of the same state"
            );
            cpu.advance(1).expect("the processor works");
            gpu.advance(1).expect("the device works");
            let (there, here) = (gpu.world().expect("readable"), cpu.world().expect("there"));
            let parted = there.cones.iter().zip(&here.cones).filter(|(a, b)| {
                a.mode != b.mode || (a.heading - b.heading).length() > 1e-4 || (a.tip_um() - b.tip_um()).length() > 2e-3
            });
            let parted = parted.count();
            assert!(parted <= 1, "{parted} cones of {} parted", here.cones.len());
            turned += here.cones.len();
        }
        assert!(turned > 1000, "too few cones to show anything");
    }
}

/// The number of threads and of steps at a time changes no bit.
#[test]
fn a_crowded_run_has_the_same_bits_however_it_is_computed() {
    let run = |threads: usize, pieces: u32| {
        let mut engine = CpuEngine::new(crowded(true), Some(threads), "test").expect("threads");
        (0..600 / pieces).for_each(|_| engine.advance(pieces).expect("the processor works"));
        let crowd = engine.crowd().to_vec();
        (engine.world().expect("there").clone(), crowd)
    };
    let expected = run(1, 600);
    assert_eq!(run(2, 600), expected);
    assert_eq!(run(2, 50), expected);
    let mut plain = crowded(true);
    plain
        .conditions
        .iter_mut()
        .for_each(|c| c.biology.fasciculation.alignment_rad_per_h = 1.9);
    let mut engine = CpuEngine::new(plain, Some(1), "test").expect("threads");
    engine.advance(600).expect("the processor works");
    assert_ne!(
        *engine.world().expect("there"),
        expected.0,
        "weaker guidance would pass as well"
    );
    let tiny = Tuning {
        ring: Some(1),
        spare_cones: Some(0),
        ..Tuning::default()
    };
    let on_gpu = |tuning: Tuning, pieces: u32| {
        let mut engine = twins::gpu_engine("crowded bits", crowded(true), tuning)?;
        (0..300 / pieces).for_each(|_| engine.advance(pieces).expect("the device works"));
        let crowd = engine.crowd().expect("readable");
        Some((engine.world().expect("readable").clone(), crowd))
    };
    if let Some(expected) = on_gpu(Tuning::default(), 300) {
        assert_eq!(on_gpu(tiny, 30), Some(expected));
    }
}

/// A run that goes on from a state it gave has the same bits: the sums are made anew from the paths.
#[test]
fn a_crowded_run_goes_on_from_a_state_it_gave() {
    let mut engine = CpuEngine::new(crowded(false), Some(2), "test").expect("threads");
    engine.advance(200).expect("the processor works");
    let state = engine.world().expect("there").clone();
    engine.advance(150).expect("the processor works");
    let expected = engine.world().expect("there").clone();
    let mut other = CpuEngine::new(crowded(false), Some(1), "test").expect("threads");
    other.load(state.clone()).expect("the same plate");
    other.advance(150).expect("the processor works");
    assert_eq!(*other.world().expect("there"), expected);
}

/// Growth cones beside a bundle, in steps of a minute.
fn plate_beside_a_bundle(fasciculation: Fasciculation, offset_um: f64) -> Plate {
    beside_a_bundle(32, fasciculation, offset_um, 1.0 / 60.0)
}

/// Contact guidance is dθ/dt = −k sin 2θ beside parallel axons: tan θ falls as e^(−2kt).
#[test]
fn a_cone_turns_along_axons_as_the_closed_form() {
    let rate = 0.5;
    let fasciculation = Fasciculation {
        alignment_rad_per_h: rate,
        ..Fasciculation::default()
    };
    let plate = plate_beside_a_bundle(fasciculation, 0.0);
    let start: f32 = 1.2;
    on_every_engine(&plate, |name, engine| {
        lay_bundle(engine, Vec3::new(start.cos(), start.sin(), 0.0)).expect("laid");
        engine.advance(90).expect("advance");
        let world = engine.world().expect("state");
        let turned = (IN_BUNDLE..64).map(|cone| {
            let heading = world.cones[cone].heading;
            f64::from(heading.y / heading.x)
        });
        let found = mean(turned.collect::<Vec<_>>());
        let expected = f64::from(start).tan() * (-2.0 * rate * 1.5f64).exp();
        assert_within(0.02, found, expected, &format!("{name}: tan θ after 1.5 h"));
        assert!(
            (found - f64::from(start).tan()).abs() > 1.0,
            "no turn would pass as well"
        );
    });
}

/// Zippering draws a cone sideways at the speed that is set, where axons thicken much within its width.
#[test]
fn a_cone_zips_onto_axons_at_the_set_speed_and_avoids_a_full_bundle() {
    let speed = 30.0;
    let zipping = Fasciculation {
        zippering_um_per_h: speed,
        attraction_rad_per_h: 1.0,
        capacity: 1e6,
        ..Fasciculation::default()
    };
    let full = Fasciculation {
        capacity: 1e-3,
        ..zipping
    };
    for (fasciculation, drift, turn) in [(zipping, -1.0, -1.0), (full, 0.0, 1.0)] {
        let mut plate = plate_beside_a_bundle(fasciculation, 22.0);
        plate.explants[0].explant.radius_um = 0.0;
        on_every_engine(&plate, |name, engine| {
            lay_bundle(engine, Vec3::X).expect("laid");
            let before: Vec<Vec3> = engine
                .world()
                .expect("state")
                .cones
                .iter()
                .map(|cone| cone.tip_um())
                .collect();
            engine.advance(2).expect("advance");
            let world = engine.world().expect("state");
            for (cone, before) in world.cones.iter().zip(&before).skip(IN_BUNDLE) {
                let moved = f64::from(cone.tip_um().y - before.y);
                let expected = drift * speed * 2.0 / 60.0;
                assert!(
                    (moved - expected).abs() < 0.02,
                    "{name}: moved {moved} µm instead of {expected}"
                );
                let turned = f64::from(cone.heading.y);
                assert_within(0.05, turned, turn * 2.0 / 60.0, &format!("{name}: turned sideways"));
            }
        });
    }
}

/// A cone among others in its voxel retracts at the set rate; one alone does not.
#[test]
fn contact_makes_cones_retract_at_the_set_rate() {
    let mut biology = running_cones(0.0, 0.0, 1e6);
    biology.fasciculation.contact_retraction_per_h = 0.1;
    biology.growth_cone.retraction_speed_um_per_h = 0.0;
    biology.growth_cone.mode_memory_h = 1e3;
    let (pair, alone) = (
        plate_of_cones(2, 1.0, 1.0, biology),
        plate_of_cones(1, 1.0, 1.0, biology),
    );
    let retracting = |plate: &Plate, engine_name: &str| {
        let mut share = 0.0;
        on_every_engine(plate, |name, engine| {
            if name == engine_name {
                engine.advance(180).expect("advance");
                let cones = &engine.world().expect("state").cones;
                share = mean(cones.iter().map(|cone| f64::from(u8::from(cone.mode == mode::RETRACT))));
            }
        });
        share
    };
    let many = |mut plate: Plate, wells: u32| {
        plate.conditions[0].wells = wells;
        plate
    };
    for engine_name in ["cpu", "gpu"] {
        let found = retracting(&many(pair.clone(), 1000), engine_name);
        if engine_name == "gpu" && found == 0.0 {
            continue;
        }
        let expected = 1.0 - (-0.1f64 * 3.0).exp();
        assert_within(0.1, found, expected, &format!("{engine_name}: share that met another"));
        assert_eq!(
            retracting(&many(alone.clone(), 100), engine_name),
            0.0,
            "{engine_name}: alone"
        );
    }
}

/// A cone does not heed its own axon: alone it grows as without fasciculation, bit for bit.
#[test]
fn a_lone_axon_takes_no_notice_of_itself() {
    for planar in [true, false] {
        let mut plain = plate_of_cones(1, 1.0, 1.0, running_cones(20.0, 4.0, 300.0));
        plain.domain.voxels = if planar { [50, 50, 1] } else { [50, 50, 20] };
        plain.domain.voxel_um = 20.0;
        plain.explants[0].at_um = DVec3::new(500.0, 500.0, if planar { 10.0 } else { 200.0 });
        plain.conditions[0].wells = 40;
        let mut aware = plain.clone();
        aware.conditions[0].biology.fasciculation = Fasciculation {
            alignment_rad_per_h: 1.0,
            attraction_rad_per_h: 1.0,
            zippering_um_per_h: 20.0,
            ..Fasciculation::default()
        };
        let paths = |plate: Plate| {
            let mut engine = CpuEngine::new(plate, Some(2), "test").expect("threads");
            engine.advance(900).expect("the processor works");
            engine.world().expect("there").paths.clone()
        };
        let (alone, aware) = (paths(plain), paths(aware));
        let same = alone.iter().zip(&aware).filter(|(a, b)| a == b).count();
        // One that turned round may meet what it laid.
        assert!(same >= 36, "planar {planar}: {same} of 40 axons grew as before");
    }
}

/// What a cone samples is the axons that are there: 32 axons along x.
#[test]
fn a_bundle_is_felt_as_what_it_is() {
    let mut engine = CpuEngine::new(
        plate_beside_a_bundle(
            Fasciculation {
                alignment_rad_per_h: 1.0,
                ..Fasciculation::default()
            },
            0.0,
        ),
        Some(1),
        "test",
    )
    .expect("threads");
    lay_bundle(&mut engine, Vec3::X).expect("laid");
    let around = axons_around(engine.tables(), engine.crowd(), 0, Vec3::new(990.0, 990.0, 10.0));
    let other = axons_around(engine.tables(), engine.crowd(), 0, Vec3::new(990.0, 900.0, 10.0));
    let expected = 32.0 * 20.0;
    let felt = around.diagonal.x
        + axons_around(engine.tables(), engine.crowd(), 0, Vec3::new(990.0, 1010.0, 10.0))
            .diagonal
            .x;
    assert!(
        (felt - expected).abs() < 32.0 * 8.0 / UNITS_PER_UM,
        "{felt} µm instead of {expected}"
    );
    assert_eq!((around.diagonal.y, around.mixed), (0.0, Vec3::ZERO));
    assert_eq!(other.diagonal, Vec3::ZERO);
    assert_ne!(engine.tables().run.crowd, NONE);
}
