//! The built-in plates against their acceptance bands.

use outgrowth::engine::cpu::CpuEngine;
use outgrowth::experiment::{Watch, perform};
use outgrowth::model::plate::Plate;
use outgrowth::readout::acceptance::{Check, Verdict, acceptance};
use outgrowth::readout::recorder::Recorder;
use outgrowth::scenario::{self, Override, Surroundings, builtin};

fn plate(name: &str, changes: &[(&str, &str)]) -> Plate {
    let changes: Vec<Override> = changes.iter().map(|(key, value)| Override::new(*key, *value)).collect();
    let text = builtin(name).expect("built in").text;
    scenario::read(text, name, &changes, &Surroundings::none())
        .expect("sound")
        .plate
}

fn accept(plate: Plate) -> Vec<Check> {
    let mut recorder = Recorder::new(&plate);
    let mut engine = CpuEngine::new(plate.clone(), None, "test").expect("threads start");
    perform(&mut engine, &mut recorder, |_| {}, |_| Watch::GoOn).expect("runs");
    acceptance(&plate, recorder.readouts())
}

/// Plates that nobody would believe, and the row of the table that each must miss.
const ODD: &[(&str, &[(&str, &str)])] = &[
    (
        "resting / exercised: dose of fresh medium",
        &[("muscle.exercised_ratio", "1.05")],
    ),
    (
        "mechano programme: its weights in the scores (trophic 1)",
        &[
            ("programme.mechano_on_axon_growth", "1"),
            ("programme.mechano_on_guidance", "1"),
            ("programme.mechano_on_synapse", "1"),
        ],
    ),
    ("control: branch points per tip and hour", &[("branching.rate", "0 /h")]),
    (
        "exercised: straightness of the longest neurite",
        &[
            ("explant.0.heading_spread", "0 deg"),
            ("growth_cone.persistence_length", "1000 mm"),
        ],
    ),
    (
        "control: straightness of the longest neurite",
        &[("growth_cone.persistence_length", "20 um")],
    ),
    (
        "control: share of tips that pause, frames 30 min apart",
        &[("growth_cone.paused", "0 %")],
    ),
    (
        "control: share of tips that retract, frames 30 min apart",
        &[("growth_cone.retracting", "50 %")],
    ),
    ("control: migration of somata, µm", &[("soma.speed", "100 um/h")]),
    ("control: mean rate, µm/h", &[("growth_cone.speed", "0.5 um/h")]),
    (
        "exercised / control: mean rate (calibrated to 4)",
        &[("myokine.myokines.hill", "8")],
    ),
    (
        "exercised / control: longest neurite",
        &[("myokine.myokines.max_gain", "1")],
    ),
    (
        "exercised / actuated: axon growth score",
        &[("myokine.myokines.half_life", "0.1 h")],
    ),
    ("actuated / exercised: longest neurite", &[("mechano.off_time", "1 h")]),
    ("actuated / exercised: mean rate", &[("mechano.gain", "0")]),
    // What could have been false is so with numbers within their typical ranges.
    ("control: outgrowth radius, µm", &[("explant.0.radius", "500 um")]),
    ("exercised: longest neurite, µm", &[("growth_cone.speed", "5 um/h")]),
];

/// The arms of the reference plate that the table compares, with two wells each and long steps. The neurons are as many as it was
/// calibrated with: fewer are less crowded.
fn small(odd: &[(&str, &str)]) -> Vec<Check> {
    let mut changes = vec![
        ("step", "10 min"),
        ("record_every", "24 h"),
        // Single wells are to differ by what is odd alone.
        ("variation.scale", "0"),
    ];
    changes.extend(odd);
    let mut plate = plate("exercise-2024", &changes);
    plate.conditions.retain(|condition| condition.muscle.is_none());
    plate.conditions.iter_mut().for_each(|condition| condition.wells = 2);
    accept(plate)
}

/// Each odd plate misses the row that is about what is odd of it, which the plate without the change passes.
#[test]
fn odd_plates_fail_where_they_should() {
    let verdict = |checks: &[Check], name: &str| {
        let found = checks.iter().find(|check| check.name == name);
        found
            .map(|check| check.verdict.clone())
            .unwrap_or_else(|| panic!("no row {name}"))
    };
    let plain = small(&[]);
    for (name, odd) in ODD {
        assert_eq!(verdict(&plain, name), Verdict::Pass, "{name}, plain");
        let checks = small(odd);
        let found = checks.iter().find(|check| check.name == *name);
        assert_eq!(verdict(&checks, name), Verdict::Fail, "{odd:?}: {found:#?}");
    }
}

/// Outgrowth rises with the intensity of exercise, over four intensities.
#[test]
fn dose_curve_rises() {
    let checks = accept(plate("dose-curve", &[("explant.0.neurons", "60")]));
    let curve = checks
        .iter()
        .find(|check| check.name.contains("intensity"))
        .expect("a dose curve");
    assert_eq!(curve.verdict, Verdict::Pass, "{curve:#?}");
}
