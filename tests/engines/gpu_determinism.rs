//! The same seed gives the same bits on the GPU engine, whatever the size of a batch, a ring, a page or the room for cones,
//! and however a run is cut into pieces.

use crate::twins;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::engine::{Engine, EngineChoice, Opener};
use outgrowth::model::plate::{Action, Plate};
use outgrowth::model::world::World;

const STEPS: u32 = 200;

/// The end of a run, as it is after `pieces`.
fn end_of_run(test: &str, plate: Plate, tuning: Tuning, pieces: &[u32]) -> Option<World> {
    let mut engine = twins::gpu_engine(test, plate, tuning)?;
    for &steps in pieces {
        engine.advance(steps).unwrap_or_else(|error| panic!("{test}: {error}"));
    }
    let halts = engine.halts();
    println!("{test}: {halts:?}");
    if tuning.ring.is_some() {
        assert!(
            halts.drains > 0 && halts.refills > 0 && halts.growths > 0,
            "{test}: nothing was forced: {halts:?}"
        );
    }
    Some(engine.world().unwrap_or_else(|error| panic!("{test}: {error}")).clone())
}

/// Where two states differ first; `None` where they have the same bits.
fn first_difference(a: &World, b: &World) -> Option<String> {
    let bits = |floats: &[f32]| floats.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    if a.step != b.step || a.cones.len() != b.cones.len() {
        return Some(format!(
            "{} cones at step {}, {} at step {}",
            a.cones.len(),
            a.step,
            b.cones.len(),
            b.step
        ));
    }
    let cone = a
        .cones
        .iter()
        .zip(&b.cones)
        .position(|(a, b)| bytemuck::bytes_of(a) != bytemuck::bytes_of(b));
    let path =
        a.paths.iter().zip(&b.paths).position(|(a, b)| {
            bytemuck::cast_slice::<_, u8>(a.as_slice()) != bytemuck::cast_slice::<_, u8>(b.as_slice())
        });
    let neurons = bytemuck::cast_slice::<_, u8>(&a.neurons) != bytemuck::cast_slice::<_, u8>(&b.neurons);
    let field = bits(&a.concentrations) != bits(&b.concentrations);
    if let Some(cone) = cone {
        return Some(format!("cone {cone}: {:?}\n{:?}", a.cones[cone], b.cones[cone]));
    }
    if let Some(path) = path {
        return Some(format!(
            "path {path}: {} points, {}",
            a.paths[path].len(),
            b.paths[path].len()
        ));
    }
    (neurons || field || a.fibres != b.fibres).then(|| format!("neurons {neurons}, field {field}"))
}

fn same_bits(what: &str, plate: Plate, variants: &[(Tuning, &[u32])]) {
    let Some(usual) = end_of_run(what, plate.clone(), Tuning::default(), &[STEPS]) else {
        return;
    };
    assert_eq!(usual.step, STEPS);
    for (cone, path) in usual.cones.iter().zip(&usual.paths) {
        assert_eq!(cone.nodes as usize, path.len());
    }
    println!(
        "{what}: {} cones, longest path {}",
        usual.cones.len(),
        usual.paths.iter().map(Vec::len).max().unwrap_or(0)
    );
    for (tuning, pieces) in variants {
        let Some(other) = end_of_run(what, plate.clone(), *tuning, pieces) else {
            return;
        };
        let difference = first_difference(&usual, &other);
        assert_eq!(difference, None, "{what}: {tuning:?}");
    }
}

#[test]
fn two_runs_and_any_batch_size_give_the_same_bits() {
    let batch = |steps| Tuning {
        batch: Some(steps),
        ..Tuning::default()
    };
    let whole: &[u32] = &[STEPS];
    same_bits(
        "batches",
        twins::full_plate(true),
        &[(Tuning::default(), whole), (batch(1), whole), (batch(7), whole)],
    );
}

#[test]
fn unevenly_strained_gels_give_the_same_bits_in_any_batch() {
    let batch = Tuning {
        batch: Some(7),
        ..Tuning::default()
    };
    same_bits(
        "magnet bars",
        twins::bars_plate(true),
        &[(batch, &[STEPS]), (Tuning::default(), &[13, STEPS - 13])],
    );
}

#[test]
fn pieces_of_a_run_give_the_same_bits() {
    same_bits(
        "pieces",
        twins::full_plate(false),
        &[(Tuning::default(), &[1, 50, 19, 130])],
    );
}

#[test]
fn tiny_rings_pages_and_room_give_the_same_bits() {
    let tiny = Tuning {
        ring: Some(1),
        spare_cones: Some(0),
        page: Some(64),
        batch: Some(8),
        row: Some(1),
    };
    let pages = Tuning {
        page: Some(64),
        spare_cones: Some(100),
        ..Tuning::default()
    };
    same_bits(
        "tiny room",
        twins::restless_plate(),
        &[(tiny, &[STEPS]), (pages, &[STEPS])],
    );
}

#[test]
fn reading_the_state_on_the_way_changes_nothing() {
    let plate = twins::restless_plate();
    let Some(usual) = end_of_run("reading", plate.clone(), Tuning::default(), &[STEPS]) else {
        return;
    };
    let Some(mut engine) = twins::gpu_engine("reading", plate, Tuning::default()) else {
        return;
    };
    for _ in 0..STEPS / 20 {
        engine.advance(20).expect("the device works");
        engine.world().expect("readable");
    }
    assert_eq!(first_difference(&usual, engine.world().expect("readable")), None);
}

#[test]
fn a_run_goes_on_from_a_state_it_gave() {
    let plate = twins::full_plate(true);
    let Some(usual) = end_of_run("load", plate.clone(), Tuning::default(), &[STEPS]) else {
        return;
    };
    let Some(half) = end_of_run("load", plate.clone(), Tuning::default(), &[STEPS / 2]) else {
        return;
    };
    let Some(mut engine) = twins::gpu_engine("load", plate, Tuning::default()) else {
        return;
    };
    engine.advance(33).expect("the device works");
    engine.load(half.clone()).expect("the same plate");
    assert_eq!(first_difference(&half, engine.world().expect("readable")), None);
    engine.advance(STEPS - STEPS / 2).expect("the device works");
    assert_eq!(first_difference(&usual, engine.world().expect("readable")), None);
}

#[test]
fn an_event_without_effect_changes_nothing_and_one_with_effect_does() {
    let plate = twins::full_plate(true);
    let Some(usual) = end_of_run("events", plate.clone(), Tuning::default(), &[STEPS]) else {
        return;
    };
    let mut biology = plate.conditions[1].biology;
    for (speed, same) in [(biology.growth_cone.speed_um_per_h, true), (60.0, false)] {
        let Some(mut engine) = twins::gpu_engine("events", plate.clone(), Tuning::default()) else {
            return;
        };
        biology.growth_cone.speed_um_per_h = speed;
        engine.advance(100).expect("the device works");
        engine
            .apply(&Action::Biology(Box::new(biology)), 1)
            .expect("the device works");
        engine.advance(100).expect("the device works");
        let difference = first_difference(&usual, engine.world().expect("readable"));
        assert_eq!(difference.is_none(), same, "{difference:?}");
    }
}

/// Passes are compiled for the shape of a plate: a device that was opened for another shape compiles them anew.
#[test]
fn a_device_gives_plates_of_any_shape_the_same_bits() {
    let walled = twins::full_plate(true);
    let mut flat = walled.clone();
    flat.domain.walls.clear();
    let mut opener = Opener::new(EngineChoice {
        kind: crate::gpu::kind(),
        ..EngineChoice::default()
    });
    let mut ends: Vec<World> = Vec::new();
    for plate in [flat.clone(), walled, twins::full_plate(false), flat] {
        let Some(alone) = end_of_run("shapes", plate.clone(), Tuning::default(), &[STEPS]) else {
            return;
        };
        let mut engine = opener.open(plate).unwrap_or_else(|error| panic!("shapes: {error}"));
        engine.advance(STEPS).expect("the device works");
        assert_eq!(first_difference(&alone, engine.world().expect("readable")), None);
        ends.push(alone);
    }
    assert!(first_difference(&ends[0], &ends[1]).is_some(), "the walls do nothing");
}

#[test]
fn another_seed_is_reported() {
    let plate = twins::uniform_plate();
    let other = Plate {
        seed: plate.seed + 1,
        ..plate.clone()
    };
    let Some(usual) = end_of_run("negative control", plate, Tuning::default(), &[50]) else {
        return;
    };
    let Some(other) = end_of_run("negative control", other, Tuning::default(), &[50]) else {
        return;
    };
    assert!(first_difference(&usual, &other).is_some());
}

#[test]
fn a_foreign_state_is_refused() {
    let Some(mut engine) = twins::gpu_engine("foreign state", twins::full_plate(true), Tuning::default()) else {
        return;
    };
    let mut world = engine.world().expect("readable").clone();
    world.paths[3].pop();
    let error = engine.load(world).expect_err("a path is too short").to_string();
    assert!(error.contains("cone 3"), "{error}");
}
