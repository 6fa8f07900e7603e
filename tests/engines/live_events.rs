//! What events do to a running plate is the same on every engine, whenever they come to be known, and after a state was
//! taken up again.

use crate::common::on_every_engine;
use glam::DVec3;
use outgrowth::engine::Engine;
use outgrowth::experiment::{Watch, events_at, perform};
use outgrowth::model::plate::{Action, Cut, Event, Plate};
use outgrowth::model::world::World;
use outgrowth::readout::recorder::Recorder;
use outgrowth::readout::topology::Forest;
use outgrowth::scenario::{self, Override, Surroundings, builtin};

/// Two small conditions, one of them without a grid, and every kind of event.
fn plate(events: &str) -> Plate {
    let text = builtin("quick").expect("built in").text;
    let overrides = [
        Override::new("duration", "\"150 min\""),
        Override::new("record_every", "\"30 min\""),
        Override::new("myokine.myokines.uptake", "0"),
        Override::new("muscle.lag", "\"5 min\""),
        // Stumps grow again and neurons fall ill within the run.
        Override::new("injury.lag", "\"20 min\""),
        Override::new("survival.death", "\"0.05 /h\""),
        Override::new("branching.competition", "0.2"),
        // One of them is another plate by its name.
        Override::new("variation.scale", "0"),
        Override::new("event", events),
    ];
    scenario::read(text, "quick.toml", &overrides, &Surroundings::none())
        .unwrap_or_else(|mistakes| panic!("{mistakes}"))
        .plate
}

const EVENTS: &str = r#"[
    { at = "20 min", condition = "medium and movement", drop = { at = ["0.7 mm", "0.6 mm"], radius = "200 um", dose = 2, myokine = "myokines" } },
    { at = "40 min", condition = "medium and movement", actuation = { strain = "shear", amplitude = "8 %", session = "30 min", every = "1 h" } },
    { at = "10 min", condition = "muscle beside them", light = "off" },
    { at = "45 min", condition = "muscle beside them", tow = { force = "2 nN", towards = "90 deg", session = "5 min", every = "20 min" } },
    { at = "120 min", tow = "off" },
    { at = "60 min", set = { "growth_cone.speed" = "30 um/h" } },
    { at = "30 min", set = { "fasciculation.contact_retraction" = "60 /h" } },
    { at = "61 min", axotomy = { from = ["0.62 mm", "0.2 mm"], to = ["0.62 mm", "1.1 mm"] } },
    { at = "90 min", condition = "medium and movement", magnet = { from = ["0.5 mm", "0.5 mm"], to = ["0.6 mm", "0.6 mm"] } },
    { at = "95 min", condition = "muscle beside them", light = { frequency = "2 Hz", session = "20 min", every = "1 h" } },
]"#;

fn run(engine: &mut dyn Engine) -> World {
    let mut recorder = Recorder::new(engine.plate());
    perform(engine, &mut recorder, |_| {}, |_| Watch::GoOn).expect("runs");
    engine.world().expect("read").clone()
}

/// Advances to a step, one step at a time, letting events happen.
fn creep(engine: &mut dyn Engine, to: u32) {
    let mut step = engine.world().expect("read").step;
    while step < to {
        for event in events_at(&engine.plate().clone(), step) {
            let conditions = engine.plate().conditions.len();
            for condition in (0..conditions).filter(|&condition| event.concerns(condition)) {
                engine.apply(&event.action, condition).expect("applied");
            }
        }
        engine.advance(1).expect("advanced");
        step += 1;
    }
}

#[test]
fn every_event_does_something() {
    let whole = plate(EVENTS);
    assert!(whole.events.len() >= 9);
    let run_of = |plate: &Plate| {
        let mut engine = outgrowth::engine::cpu::CpuEngine::new(plate.clone(), Some(1), "asked for").expect("opened");
        run(&mut engine)
    };
    let end = run_of(&whole);
    for left_out in 0..whole.events.len() {
        let mut fewer = whole.clone();
        fewer.events.remove(left_out);
        assert!(
            run_of(&fewer) != end,
            "event {left_out} does nothing: {:?}",
            whole.events[left_out]
        );
    }
}

#[test]
fn the_number_of_steps_at_a_time_does_not_matter() {
    let plate = plate(EVENTS);
    let mut ends = Vec::new();
    on_every_engine(&plate, |name, engine| {
        ends.push((name.to_owned(), run(engine)));
    });
    on_every_engine(&plate, |name, engine| {
        creep(engine, plate.steps);
        let end = engine.world().expect("read");
        let (_, whole) = ends.iter().find(|(other, _)| other == name).expect("ran");
        assert!(end == whole, "{name}: step by step it ends otherwise");
        assert!(end.concentrations.len() > 4, "the drop made a grid");
    });
}

#[test]
fn a_state_taken_up_again_goes_on_under_the_events_so_far() {
    let plate = plate(EVENTS);
    // Between events, and right before some.
    for middle in [21, 61, 100] {
        let mut states = Vec::new();
        on_every_engine(&plate, |name, engine| {
            creep(engine, middle);
            let then = engine.world().expect("read").clone();
            creep(engine, plate.steps);
            states.push((name.to_owned(), then, engine.world().expect("read").clone()));
        });
        on_every_engine(&plate, |name, engine| {
            let (_, then, end) = states.iter().find(|(other, ..)| other == name).expect("ran");
            engine.load(then.clone()).expect("loaded");
            creep(engine, plate.steps);
            assert!(
                engine.world().expect("read") == end,
                "{name}: from step {middle} it ends otherwise"
            );
        });
    }
}

#[test]
fn events_that_come_to_be_known_on_the_way_do_the_same() {
    let planned = plate("[]");
    let known = plate(EVENTS);
    let mut ends = Vec::new();
    on_every_engine(&known, |name, engine| ends.push((name.to_owned(), run(engine))));
    on_every_engine(&planned, |name, engine| {
        let mut plate = planned.clone();
        let mut step = 0;
        for event in &known.events {
            engine.advance(event.step - step).expect("advanced");
            step = event.step;
            let happened = events_at(&plate, step).len();
            plate.events.push(Event::clone(event));
            engine.amend(plate.clone(), happened as u32).expect("amended");
            for condition in 0..plate.conditions.len() {
                if event.concerns(condition) {
                    engine.apply(&event.action, condition).expect("applied");
                }
            }
        }
        engine.advance(plate.steps - step).expect("advanced");
        let (_, whole) = ends.iter().find(|(other, _)| other == name).expect("ran");
        assert!(
            engine.world().expect("read") == whole,
            "{name}: known late, it ends otherwise"
        );
    });
}

#[test]
fn a_drop_into_a_uniform_well_leaves_the_other_wells_alone() {
    let with = plate(&EVENTS[..EVENTS.find("{ at = \"40 min\"").expect("there")].replace("},\n    ", "}]"));
    let without = plate("[]");
    assert_eq!(with.events.len(), 1);
    on_every_engine(&without, |name, engine| {
        let plain = run(engine);
        on_every_engine(&with, |other, engine| {
            if other == name {
                let dropped = run(engine);
                // The first well has its own grid, ahead of the new one.
                let first = |world: &World| {
                    world
                        .cones
                        .iter()
                        .filter(|cone| cone.well == 0)
                        .copied()
                        .collect::<Vec<_>>()
                };
                assert!(first(&plain) == first(&dropped), "{name}: another well feels it");
                assert!(dropped.concentrations.len() > plain.concentrations.len());
            }
        });
    });
}

#[test]
fn a_cut_leaves_whole_trees_that_grow_on() {
    let plate = plate(EVENTS);
    on_every_engine(&plate, |name, engine| {
        creep(engine, 61);
        let cut = plate
            .events
            .iter()
            .find(|event| matches!(event.action, Action::Axotomy(_)));
        assert_eq!(cut.map(|event| event.step), Some(61));
        let length = |world: &World| -> f64 {
            let forest = Forest::new(world);
            (0..world.neurons.len())
                .map(|neuron| forest.axon(neuron).length_um())
                .sum()
        };
        let before = length(engine.world().expect("read"));
        let knife = Action::Axotomy(Cut::Line {
            from_um: DVec3::new(620.0, 200.0, 0.0),
            to_um: DVec3::new(620.0, 1100.0, 0.0),
        });
        engine.apply(&knife, 0).expect("cut");
        engine.apply(&knife, 1).expect("cut");
        let world = engine.world().expect("read").clone();
        let after = length(&world);
        assert!(after < before, "{name}: nothing was cut");
        for (index, cone) in world.cones.iter().enumerate().filter(|(_, cone)| cone.is_alive()) {
            assert_eq!(world.paths[index].len(), cone.nodes as usize, "{name}: cone {index}");
            if let Some(parent) = cone.parent_cone() {
                assert!(world.cones[parent].is_alive() && cone.parent_node < world.cones[parent].nodes);
                assert!(world.cones[parent].anchored > cone.parent_node);
            }
        }
        engine.advance(30).expect("grows on");
        assert!(
            length(engine.world().expect("read")) > after,
            "{name}: nothing grows on"
        );
    });
}

#[test]
fn another_plate_is_not_another_protocol() {
    let known = plate(EVENTS);
    on_every_engine(&known, |name, engine| {
        creep(engine, 30);
        let before = engine.world().expect("read").clone();
        let mut longer = known.clone();
        (longer.name, longer.steps) = ("longer".to_owned(), known.steps + 60);
        longer.events.pop();
        engine.amend(longer.clone(), 0).expect("the same plate");
        let mut reseeded = known.clone();
        reseeded.seed += 1;
        let mut more_wells = known.clone();
        more_wells.conditions[0].wells += 1;
        let mut undropped = known.clone();
        undropped
            .events
            .retain(|event| !matches!(event.action, Action::Drop { .. }));
        for (what, other) in [("seed", reseeded), ("wells", more_wells), ("past drop", undropped)] {
            assert!(engine.amend(other, 0).is_err(), "{name}: another {what} is taken");
            assert!(engine.plate() == &longer, "{name}: refused, but {what} stays");
            assert!(
                engine.world().expect("read") == &before,
                "{name}: refused, but the state changed"
            );
        }
        engine.advance(5).expect("goes on");
    });
}

#[test]
fn scores_follow_the_programme_that_an_event_sets() {
    // Guidance is scored as growth is from the event on.
    const ALIKE: &str = r#"[
        { at = "60 min", set = { "programme.mechano_on_guidance" = 0.5, "programme.mechano_on_axon_growth" = 0.5 } },
        { at = "1 min", condition = "medium and movement", actuation = { strain = "shear", amplitude = "8 %", session = "30 min", every = "1 h" } },
    ]"#;
    let plate = plate(ALIKE);
    on_every_engine(&plate, |name, engine| {
        let mut recorder = Recorder::new(engine.plate());
        perform(engine, &mut recorder, |_| {}, |_| Watch::GoOn).expect("runs");
        let readouts = recorder.readouts();
        let place = |column: &str| readouts.column(column).expect("recorded");
        let (growth, guidance) = (place("axon_growth_score"), place("projection_guidance_score"));
        let alike = |from_h: f64, to_h: f64| {
            let rows = readouts
                .rows
                .iter()
                .filter(|row| row.time_h > from_h && row.time_h <= to_h);
            let pairs: Vec<_> = rows.map(|row| (row.values[growth], row.values[guidance])).collect();
            assert!(!pairs.is_empty() && pairs.iter().any(|pair| pair.0.is_some()));
            pairs.iter().all(|pair| pair.0 == pair.1)
        };
        // A row of the event's own step comes before the event.
        assert!(!alike(0.0, 1.0), "{name}: they were alike before");
        assert!(alike(1.0, 2.5), "{name}: the event does not reach the scores");
    });
}
