//! Axons that are towed against the law of towed growth (Zheng 1991), and tension along a shaft (PMC2267140), on every engine.

use crate::common::statistics::mean;
use crate::common::{on_every_engine, plate_of_cones, running_cones};
use glam::{DVec3, Vec3};
use outgrowth::engine::Engine;
use outgrowth::model::biology::Biology;
use outgrowth::model::layout::{Cone, mode};
use outgrowth::model::parameters::{Stretch, Tow};
use outgrowth::model::plate::{Action, Condition, Plate};
use outgrowth::model::world::World;
use outgrowth::readout::{Readout, Recorder};
use outgrowth::scenario::{self, Surroundings, builtin};

const NEURONS: u32 = 60;
/// The pulls that the law is replayed at, nN, and the speeds that it gives above a threshold of 1 nN, µm/h.
const LAW: [(f64, f64); 5] = [(0.5, 0.0), (1.0, 0.0), (1.5, 75.0), (2.0, 150.0), (2.5, 225.0)];

/// Cones that do nothing by themselves.
fn still() -> Biology {
    running_cones(0.0, 0.0, 1e6)
}

/// Cones that run, pause and retract, branch and crowd each other.
fn lively() -> Biology {
    let mut biology = Biology::default();
    biology.growth_cone.speed_spread_um_per_h = 20.0;
    biology.growth_cone.retraction_speed_um_per_h = 40.0;
    biology.branching.rate_per_h = 0.1;
    biology.fasciculation.zippering_um_per_h = 30.0;
    biology.fasciculation.contact_retraction_per_h = 0.5;
    biology
}

fn tow(force_nn: f64, towards_deg: f64) -> Tow {
    Tow {
        force_nn,
        towards_rad: f64::to_radians(towards_deg),
        ..Tow::default()
    }
}

/// Wells of 8 mm under these pulls along `towards_deg`, with steps of a minute.
fn towed(biology: Biology, forces_nn: &[f64], towards_deg: f64) -> Plate {
    let mut plate = plate_of_cones(NEURONS, 8.0, 1.0, biology);
    plate.conditions = forces_nn
        .iter()
        .map(|_| Condition::untreated("towed", 1, biology))
        .collect();
    for (condition, &force_nn) in plate.conditions.iter_mut().zip(forces_nn) {
        condition.tow = Some(tow(force_nn, towards_deg));
    }
    plate
}

/// The cones of a well.
fn of_well(world: &World, well: u32) -> impl Iterator<Item = &Cone> {
    world.cones.iter().filter(move |cone| cone.well == well)
}

/// How far each cone has come from one state to a later one in which no cone is new, µm.
fn ways(earlier: &World, later: &World, well: u32) -> Vec<Vec3> {
    of_well(earlier, well)
        .zip(of_well(later, well))
        .map(|(then, now)| now.tip_um() - then.tip_um())
        .collect()
}

/// Mean speed along the pull, µm/h, in each well over the next ten hours.
fn speeds_um_per_h(engine: &mut dyn Engine, towards_deg: f32) -> Vec<f64> {
    let direction = Vec3::new(towards_deg.to_radians().cos(), towards_deg.to_radians().sin(), 0.0);
    let before = engine.world().expect("state").clone();
    engine.advance(600).expect("advance");
    let after = engine.world().expect("state");
    (0..LAW.len() as u32)
        .map(|well| {
            let ways = ways(&before, after, well);
            assert_eq!(ways.len(), NEURONS as usize);
            for way in &ways {
                let off = (*way - direction * way.dot(direction)).length();
                assert!(off <= 1e-3 * way.length(), "well {well}: {off} µm beside the pull");
            }
            mean(ways.iter().map(|way| f64::from(way.dot(direction)))) / 10.0
        })
        .collect()
}

/// Whether speeds are those of the law within 1 %.
fn obey(speeds: &[f64]) -> bool {
    speeds
        .iter()
        .zip(LAW)
        .all(|(found, (_, expected))| (found - expected).abs() <= 0.01 * expected)
}

#[test]
fn the_tow_law_is_replayed() {
    let plate = towed(still(), &LAW.map(|(force_nn, _)| force_nn), 120.0);
    on_every_engine(&plate, |name, engine| {
        let speeds = speeds_um_per_h(engine, 120.0);
        println!("{name}: {speeds:?} µm/h");
        assert!(obey(&speeds), "{name}: {speeds:?} instead of {LAW:?}");
        // The axon is as much longer as the cone has come further.
        let world = engine.world().expect("state");
        for (well, (_, expected)) in (0..).zip(LAW) {
            let grown = mean(of_well(world, well).map(|cone| f64::from(cone.path_length_um() - first_um(cone, world))));
            assert!(
                (grown - 10.0 * expected).abs() <= 0.1 * expected,
                "{name}: axons grew {grown} µm in ten hours"
            );
        }
    });
    let steeper: fn(&mut Stretch) = |stretch| stretch.slope_um_per_h_per_nn *= 1.02;
    let lower: fn(&mut Stretch) = |stretch| stretch.threshold_nn -= 0.02;
    for change in [steeper, lower] {
        let mut other = plate.clone();
        other
            .conditions
            .iter_mut()
            .for_each(|condition| change(&mut condition.biology.stretch));
        on_every_engine(&other, |name, engine| {
            let speeds = speeds_um_per_h(engine, 120.0);
            assert!(!obey(&speeds), "{name}: another law would not be seen");
        });
    }
}

/// Length of the first piece of an axon, which it was seeded with, µm.
fn first_um(cone: &Cone, world: &World) -> f32 {
    let index = world
        .cones
        .iter()
        .position(|other| std::ptr::eq(other, cone))
        .expect("its own");
    world.paths[index][1].w
}

/// A towed cone goes at the speed of the tow whatever it would do by itself, and does that again when it is let go of.
#[test]
fn a_tow_needs_nothing_of_the_growth_cone() {
    let plate = towed(lively(), &[2.0], 0.0);
    on_every_engine(&plate, |name, engine| {
        engine.advance(60).expect("advance");
        let before = engine.world().expect("state").clone();
        engine.advance(1).expect("advance");
        let after = engine.world().expect("state").clone();
        let mut seen = [0; 3];
        for (then, way) in before.cones.iter().zip(ways(&before, &after, 0)) {
            seen[then.mode as usize] += 1;
            assert!((way - Vec3::X * 2.5).length() < 1e-3, "{name}: {way} in a minute");
        }
        assert!(seen.iter().all(|&cones| cones > 0), "{name}: modes {seen:?}");
        engine.apply(&Action::Tow(None), 0).expect("let go of");
        engine.advance(60).expect("advance");
        let alone = engine.world().expect("state");
        let ways = ways(&after, alone, 0);
        let along = mean(ways.iter().map(|way| f64::from(way.x)));
        assert!(along < 30.0, "{name}: {along} µm in an hour without a tow");
        assert!(ways.iter().any(|way| way.x < 0.0), "{name}: none retracts");
    });
}

#[test]
fn up_to_the_threshold_axons_grow_as_if_nobody_pulled() {
    let mut ends = Vec::new();
    for force_nn in [None, Some(1.0), Some(1.01)] {
        let mut plate = towed(lively(), &[0.0], 0.0);
        plate.conditions[0].tow = force_nn.map(|force_nn| tow(force_nn, 0.0));
        on_every_engine(&plate, |name, engine| {
            engine.advance(300).expect("advance");
            ends.push((name.to_owned(), force_nn, engine.world().expect("state").clone()));
        });
    }
    for (name, _, untouched) in ends.iter().filter(|(_, force_nn, _)| force_nn.is_none()) {
        let with = |wanted: f64| {
            ends.iter()
                .find(|(other, force_nn, _)| other == name && *force_nn == Some(wanted))
        };
        let (_, _, below) = with(1.0).expect("ran");
        let (_, _, above) = with(1.01).expect("ran");
        assert!(below == untouched, "{name}: a tow at the threshold changes something");
        assert!(above != untouched, "{name}: a tow above it changes nothing");
    }
}

/// Stumps at rest and cones that have settled stay where they are, ill neurons die back; any other cone follows.
#[test]
fn only_free_growth_cones_follow() {
    let modes = [
        mode::RUN,
        mode::PAUSE,
        mode::RETRACT,
        mode::INJURED,
        mode::DYING,
        mode::SYNAPSE,
    ];
    let plate = towed(still(), &[2.0], 90.0);
    on_every_engine(&plate, |name, engine| {
        engine.advance(60).expect("advance");
        let mut before = engine.world().expect("state").clone();
        for (cone, mode) in before.cones.iter_mut().zip(modes.into_iter().cycle()) {
            cone.mode = mode;
            cone.rests_until = u32::MAX;
        }
        engine.load(before.clone()).expect("the same plate");
        engine.advance(60).expect("advance");
        let after = engine.world().expect("state");
        for (then, now) in before.cones.iter().zip(&after.cones) {
            let expected = match then.mode {
                mode::INJURED | mode::SYNAPSE => 0.0,
                mode::DYING => -10.0,
                _ => 150.0,
            };
            let found = now.path_length_um() - then.path_length_um();
            assert!(
                (found - expected).abs() < 0.1,
                "{name}: mode {} grew {found} µm",
                then.mode
            );
        }
    });
}

#[test]
fn the_tow_keeps_its_sessions() {
    let mut plate = towed(still(), &[1.5], 0.0);
    plate.conditions[0].tow = Some(Tow {
        session_h: 1.0,
        every_h: 3.0,
        start_h: 2.0,
        ..tow(1.5, 0.0)
    });
    on_every_engine(&plate, |name, engine| {
        for hour in 0..10 {
            let before = engine.world().expect("state").clone();
            engine.advance(60).expect("advance");
            let found = mean(
                ways(&before, engine.world().expect("state"), 0)
                    .iter()
                    .map(|way| f64::from(way.x)),
            );
            let expected = if matches!(hour, 2 | 5 | 8) { 75.0 } else { 0.0 };
            assert!((found - expected).abs() < 0.1, "{name}: {found} µm in hour {hour}");
        }
    });
}

/// Cones that are towed against the rim of the well stop there.
#[test]
fn the_rim_stops_a_tow() {
    for towards_deg in [0.0, 30.0] {
        let mut plate = towed(still(), &[2.5], towards_deg);
        plate.domain.voxel_um = 50.0;
        plate.explants[0].at_um = DVec3::new(200.0, 200.0, 25.0);
        on_every_engine(&plate, |name, engine| {
            engine.advance(240).expect("advance");
            for cone in &engine.world().expect("state").cones {
                let tip = cone.tip_um();
                assert!(
                    (tip.x - 400.0).abs() < 1e-3 && (0.0..=400.0).contains(&tip.y),
                    "{name}: {tip}"
                );
            }
        });
    }
}

#[test]
fn tension_decays_over_the_published_length() {
    let stretch = Stretch::default();
    let decay_um = stretch.decay_um();
    println!("decay length {decay_um} µm");
    assert!((decay_um - (3e6 / 9.6e3 * std::f64::consts::PI / 4.0f64).sqrt()).abs() < 1e-9);
    assert!((decay_um - 16.0).abs() < 0.5);
    // Twice as far in a shaft twice as thick or four times as viscous, half as far on four times the friction.
    let changed = |change: fn(&mut Stretch)| {
        let mut other = stretch;
        change(&mut other);
        other.decay_um() / decay_um
    };
    assert!((changed(|stretch| stretch.diameter_um *= 2.0) - 2.0).abs() < 1e-12);
    assert!((changed(|stretch| stretch.viscosity_kpa_h *= 4.0) - 2.0).abs() < 1e-12);
    assert!((changed(|stretch| stretch.friction_kpa_h *= 4.0) - 0.5).abs() < 1e-12);
}

/// The readout at the soma is F e^(−L/λ), with the path that the tow itself makes longer; 0 between sessions.
#[test]
fn the_soma_feels_what_is_left_of_the_pull() {
    let mut plate = towed(still(), &[0.9, 1.1], 0.0);
    for condition in &mut plate.conditions {
        condition.tow.as_mut().expect("towed").session_h = 3.0;
    }
    let decay_um = plate.conditions[0].biology.stretch.decay_um();
    on_every_engine(&plate, |name, engine| {
        let mut recorder = Recorder::new(&plate);
        let mut expected = Vec::new();
        for hour in 0..5 {
            let world = engine.world().expect("state").clone();
            recorder.record(&plate, &world);
            for (well, force_nn) in [(0, 0.9), (1, 1.1)] {
                let pull = if matches!(hour, 1..=3) { force_nn } else { 0.0 };
                expected.push(mean(
                    of_well(&world, well).map(|cone| pull * (-f64::from(cone.path_length_um()) / decay_um).exp()),
                ));
            }
            engine.advance(60).expect("advance");
        }
        let readouts = recorder.readouts();
        let column = readouts.column("soma_tension_mean_nn").expect("recorded");
        let found: Vec<f64> = readouts
            .rows
            .iter()
            .map(|row| row.values[column].expect("measured"))
            .collect();
        println!("{name}: {found:?}");
        for (found, expected) in found.iter().zip(&expected) {
            assert!(
                (found - expected).abs() <= 1e-5 * expected,
                "{name}: {found} instead of {expected}"
            );
        }
        // The still axon keeps what it feels, the one that grows by 15 µm an hour loses by e^(-15/λ) of it.
        assert!(found[2] == found[4] && found[2] > 0.1, "{name}");
        assert!((found[5] / found[3] - (-15.0 / decay_um).exp()).abs() < 1e-3, "{name}");
    });
    plate.conditions.iter_mut().for_each(|condition| condition.tow = None);
    assert!(
        Recorder::new(&plate)
            .readouts()
            .column("soma_tension_mean_nn")
            .is_none()
    );
}

#[test]
fn a_scenario_tows_in_a_condition_and_by_an_event() {
    let text = r#"
name = "towed"
duration = "10 h"
[well]
size = ["1 mm", "1 mm"]
[[explant]]
at = ["0.5 mm", "0.5 mm"]
[stretch]
threshold = "800 pN"
slope = "2.5 um/min/nN"
viscosity = "6e6 Pa*s"
[[condition]]
name = "control"
[[condition]]
name = "towed"
tow = { force = "0.0015 uN", towards = "90 deg", session = "1 h", every = "2 h", start = "30 min" }
[[event]]
at = "4 h"
condition = "control"
tow = { force = "2 nN" }
[[event]]
at = "6 h"
tow = "off"
"#;
    let plate = scenario::read(text, "t.toml", &[], &Surroundings::built_in())
        .unwrap_or_else(|mistakes| panic!("{mistakes}"))
        .plate;
    let close = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-12, "{found}, {expected}");
    let stretch = plate.conditions[1].biology.stretch;
    close(stretch.threshold_nn, 0.8);
    close(stretch.slope_um_per_h_per_nn, 150.0);
    close(stretch.decay_um(), Stretch::default().decay_um() * 2.0f64.sqrt());
    assert_eq!(plate.conditions[0].tow, None);
    let tow = plate.conditions[1].tow.expect("towed");
    close(tow.force_nn, 1.5);
    close(tow.towards_rad, std::f64::consts::FRAC_PI_2);
    assert_eq!((tow.session_h, tow.every_h, tow.start_h), (1.0, 2.0, 0.5));
    let begun = Tow {
        force_nn: 2.0,
        start_h: 4.0,
        ..Tow::default()
    };
    assert_eq!(plate.events[0].action, Action::Tow(Some(begun)));
    assert_eq!(plate.events[1].action, Action::Tow(None));
    let later = plate.at(u32::MAX);
    assert!(later.conditions.iter().all(|condition| condition.tow.is_none()));
}

/// The built-in plate: as many µm a day as the law says above the threshold, growth as ever below it.
#[test]
fn the_built_in_tow_does_what_its_text_says() {
    let scenario = scenario::read(
        builtin("towed-growth").expect("built in").text,
        "towed-growth.toml",
        &[],
        &Surroundings::built_in(),
    );
    let plate = scenario.unwrap_or_else(|mistakes| panic!("{mistakes}")).plate;
    let mut engine = outgrowth::engine::cpu::CpuEngine::new(plate.clone(), None, "test").expect("threads");
    let mut recorder = Recorder::new(&plate);
    outgrowth::experiment::perform(
        &mut engine,
        &mut recorder,
        |_| {},
        |_| outgrowth::experiment::Watch::GoOn,
    )
    .expect("runs");
    let readouts = recorder.readouts();
    let last_h = readouts.last_time_h().expect("recorded");
    let longest: Vec<f64> = (0..plate.conditions.len())
        .map(|condition| mean(readouts.values_at(Readout::NeuriteLengthLongest, condition, last_h)))
        .collect();
    println!("longest neurites after {last_h} h, condition by condition: {longest:?} µm");
    let [control, below, weak, strong] = longest[..] else {
        panic!("four conditions");
    };
    // Below the threshold nothing but chance differs between wells.
    assert!((below / control - 1.0).abs() < 0.2, "{below} and {control}");
    let (weak_um, strong_um) = (75.0 * 8.0, 150.0 * 8.0);
    assert!((weak - control - weak_um).abs() < 0.15 * weak_um, "{weak}");
    assert!((strong - control - strong_um).abs() < 0.15 * strong_um, "{strong}");
}
