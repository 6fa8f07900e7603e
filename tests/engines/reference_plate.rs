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

fn failed(checks: &[Check]) -> Vec<&Check> {
    checks.iter().filter(|check| check.verdict == Verdict::Fail).collect()
}

fn made(checks: &[Check]) -> usize {
    checks
        .iter()
        .filter(|check| !matches!(check.verdict, Verdict::NotHere(_)))
        .count()
}

/// Every acceptance band of the reference plate holds for seeds 1, 2 and 3.
#[test]
fn reference_plate_is_accepted() {
    for seed in ["1", "2", "3"] {
        let checks = accept(plate("exercise-2024", &[("seed", seed)]));
        assert!(made(&checks) >= 30, "only {} checks could be made", made(&checks));
        assert!(failed(&checks).is_empty(), "seed {seed}: {:#?}", failed(&checks));
    }
}

/// The bands can be missed: weaker receptors, and a gel whose movement does nothing.
#[test]
fn a_wrong_plate_is_not_accepted() {
    let wells = [
        "control",
        "resting medium",
        "exercised medium",
        "still gel",
        "actuated gel",
    ];
    let fewer: Vec<(String, &str)> = wells
        .iter()
        .map(|name| (format!("condition.{name}.wells"), "1"))
        .collect();
    let mut changes: Vec<(&str, &str)> = fewer.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    changes.extend([
        ("myokine.myokines.max_gain", "2"),
        ("mechano.gain", "0"),
        ("explant.0.neurons", "60"),
    ]);
    let checks = accept(plate("exercise-2024", &changes));
    assert!(failed(&checks).len() >= 5, "{checks:#?}");
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
