//! Variation: every engine seeds the same traits, a step changes none, and a well's are its own whatever order conditions have.

use crate::common::{on_every_engine, plate_of_cones, running_cones};
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::model::parameters::Variation;
use outgrowth::model::plate::{Condition, Plate};
use std::collections::BTreeMap;

/// Traits of the cones of each well, by its condition and replicate, as bits.
type Traits = BTreeMap<(String, u32), Vec<[u32; 3]>>;

/// Two wells in each of these conditions, with two explants that vary in everything.
fn varied(conditions: [&str; 2]) -> Plate {
    let biology = running_cones(4.0, 0.0, 400.0);
    let mut plate = plate_of_cones(20, 2.0, 10.0, biology);
    plate.explants.push(plate.explants[0].clone());
    plate.variation = Variation::default();
    plate.conditions = conditions
        .iter()
        .map(|name| Condition::untreated(*name, 2, biology))
        .collect();
    plate
}

fn traits(engine: &mut dyn Engine) -> Traits {
    let wells = engine.plate().wells();
    let names: Vec<String> = engine.plate().conditions.iter().map(|c| c.name.clone()).collect();
    let mut traits = Traits::new();
    for cone in &engine.world().expect("state").cones {
        let place = wells[cone.well as usize];
        let bits = [cone.vigour, cone.trophic_sensitivity, cone.mechano_sensitivity].map(f32::to_bits);
        let here = traits.entry((names[place.condition].clone(), place.replicate));
        here.or_default().push(bits);
    }
    traits
}

fn seeded(plate: Plate) -> Traits {
    traits(&mut CpuEngine::new(plate, Some(1), "test").expect("an engine"))
}

#[test]
fn every_engine_has_the_same_traits_and_a_step_changes_none() {
    let plate = varied(["one", "other"]);
    let expected = seeded(plate.clone());
    on_every_engine(&plate, |name, engine| {
        assert_eq!(traits(engine), expected, "{name}, as it was opened");
        engine.advance(1).expect("a step");
        assert_eq!(traits(engine), expected, "{name}, after a step");
    });
}

#[test]
fn traits_of_a_well_do_not_depend_on_the_order_of_conditions() {
    let there = seeded(varied(["one", "other"]));
    assert_eq!(seeded(varied(["other", "one"])), there);
    let mut another = varied(["one", "other"]);
    another.seed += 1;
    assert_ne!(seeded(another), there, "the test would pass if nothing varied");
    let wells: Vec<&Vec<[u32; 3]>> = there.values().collect();
    assert!(
        (1..wells.len()).all(|well| !wells[..well].contains(&wells[well])),
        "wells are alike"
    );
}
