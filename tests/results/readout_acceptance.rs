//! The acceptance table: parts found from protocols, bands that let the right figures through and no others.

use crate::hand_made::{myokine, plate, untreated, with_medium, with_strain};
use outgrowth::model::parameters::Light;
use outgrowth::model::plate::{Condition, MediumSource, Plate};
use outgrowth::readout::acceptance::acceptance;
use outgrowth::readout::growth::{persistent_reach_um, rates_over_the_run};
use outgrowth::readout::roles::roles;
use outgrowth::readout::{Check, Evidence, Readouts, Recorder, Row, Verdict};

fn exercised(name: &str, frequency_hz: f64) -> Condition {
    with_medium(
        name,
        MediumSource::ExercisedMuscle(Light {
            frequency_hz,
            ..Light::default()
        }),
    )
}

/// The arms of the study in an order and with names that say nothing.
fn study() -> Plate {
    let conditions = vec![
        with_strain("1", 0.05),
        exercised("2", 1.0),
        with_strain("3", 0.0),
        with_medium("4", MediumSource::RestingMuscle),
        exercised("5", 3.0),
        untreated("6"),
        exercised("7", 0.2),
    ];
    let mut plate = plate(1, conditions);
    plate.myokines = vec![myokine("myokines")];
    plate.conditions.iter_mut().for_each(|condition| condition.wells = 2);
    plate.steps = 7200;
    plate
}

/// Readouts at 0, 24 and 120 h: of each condition longest neurite at 24 h and at the end, and the rate; the rest
/// follows from them.
fn readouts(plate: &Plate, arms: &[(f64, f64, f64)]) -> Readouts {
    let mut readouts = Recorder::new(plate).into_readouts();
    for time_h in [0.0, 24.0, 120.0] {
        for (well, place) in plate.wells().into_iter().enumerate() {
            let (at_day_one, at_end, rate) = arms[place.condition];
            let longest = [0.0, at_day_one, at_end][[0.0, 24.0, 120.0].iter().position(|&t| t == time_h).unwrap_or(0)];
            let spread = if place.replicate == 0 { -1.0 } else { 1.0 };
            let value = |name: &str| match name {
                "neurite_length_longest_um" => longest + spread,
                "neurite_length_total_um" => 10.0 * rate * time_h,
                "tips" => 10.0,
                "tip_hours" => 10.0 * time_h,
                "outgrowth_radius_mean_um" => 0.6 * longest,
                "projection_guidance_score" | "synapse_maturation_score" => {
                    if place.condition == 1 {
                        0.9
                    } else {
                        0.4
                    }
                }
                "soma_migration_mean_um" => rate,
                _ => 0.0,
            };
            let values = readouts
                .columns
                .iter()
                .map(|column| Some(value(&column.name)))
                .collect();
            let (condition, replicate) = (place.condition, place.replicate);
            readouts.rows.push(Row {
                condition,
                well,
                replicate,
                time_h,
                values,
            });
        }
    }
    readouts
}

/// Figures that the reference plate should give.
const GOOD: [(f64, f64, f64); 7] = [
    (380.0, 1900.0, 15.5),
    (400.0, 2000.0, 16.0),
    (100.0, 500.0, 4.0),
    (200.0, 1200.0, 9.0),
    (450.0, 2200.0, 18.0),
    (100.0, 500.0, 4.0),
    (300.0, 1500.0, 12.0),
];

fn check<'a>(checks: &'a [Check], name: &str) -> &'a Check {
    checks
        .iter()
        .find(|check| check.name.contains(name))
        .unwrap_or_else(|| panic!("no check {name}"))
}

#[test]
fn parts_follow_from_the_protocols() {
    let roles = roles(&study());
    assert_eq!(roles.actuated, Some(0));
    assert_eq!(
        roles.exercised,
        Some(1),
        "the reference light goes before a stronger one"
    );
    assert_eq!(roles.still, Some(2));
    assert_eq!(roles.resting, Some(3));
    assert_eq!(roles.control, Some(5));
    let order: Vec<usize> = roles.doses.iter().map(|&(condition, _)| condition).collect();
    assert_eq!(order, [3, 6, 1, 4]);
    assert!(
        (roles.doses[2].1 - 1.0).abs() < 1e-6,
        "the reference exercise has dose 1: {:?}",
        roles.doses
    );
}

#[test]
fn another_biology_or_muscle_in_the_well_plays_no_part() {
    let mut plate = study();
    plate.conditions[1].biology.growth_cone.speed_um_per_h = 1.0;
    plate.conditions[5].sources.push(outgrowth::model::plate::SteadySource {
        region: outgrowth::model::domain::Region {
            low_um: glam::DVec3::ZERO,
            high_um: glam::DVec3::ONE,
        },
        species: 0,
        rate_per_h: 1.0,
    });
    let roles = roles(&plate);
    assert_eq!(roles.exercised, Some(4), "without the reference light the strongest");
    assert_eq!(roles.control, None);
}

#[test]
fn good_figures_pass_every_check() {
    let plate = study();
    for check in acceptance(&plate, &readouts(&plate, &GOOD)) {
        assert_eq!(check.verdict, Verdict::Pass, "{check:?}");
    }
}

#[test]
fn each_band_has_an_outside() {
    let plate = study();
    // What is changed in which arm, and the check that must notice.
    let spoiled: [(usize, (f64, f64, f64), &str); 9] = [
        (5, (100.0, 2000.0, 4.0), "control: outgrowth radius, µm"),
        (1, (400.0, 2000.0, 16.6), "calibrated to 4"),
        (1, (400.0, 2000.0, 21.0), "exercised / control: mean rate"),
        (1, (400.0, 1400.0, 16.0), "exercised / control: longest neurite"),
        (1, (400.0, 1000.0, 16.0), "exercised / control: outgrowth radius"),
        (0, (380.0, 1500.0, 15.5), "actuated / exercised: longest neurite"),
        (3, (200.0, 490.0, 9.0), "control, resting, exercised"),
        (4, (450.0, 1990.0, 18.0), "over the intensity of exercise"),
        (0, (101.0, 1900.0, 15.5), "actuated beyond still gel"),
    ];
    for (arm, figures, name) in spoiled {
        let mut arms = GOOD;
        arms[arm] = figures;
        let checks = acceptance(&plate, &readouts(&plate, &arms));
        let noticed = checks
            .iter()
            .filter(|check| check.name.contains(name))
            .any(|c| c.verdict == Verdict::Fail);
        assert!(noticed, "{name}: {checks:?}");
    }
}

#[test]
fn what_is_not_on_the_plate_is_said() {
    let mut plate = study();
    plate.conditions.truncate(4);
    let checks = acceptance(&plate, &readouts(&plate, &GOOD[..4]));
    let verdict = &check(&checks, "exercised / control: mean rate").verdict;
    assert!(
        matches!(verdict, Verdict::NotHere(why) if why.contains("not on this plate")),
        "{verdict:?}"
    );
    assert!(matches!(
        check(&checks, "intensity of exercise").verdict,
        Verdict::NotHere(_)
    ));
    assert_eq!(check(&checks, "actuated beyond still gel").verdict, Verdict::Pass);
}

#[test]
fn a_run_of_another_length_is_not_judged_by_bands_for_five_days() {
    let plate = study();
    let mut short = readouts(&plate, &GOOD);
    short.rows.retain(|row| row.time_h < 100.0);
    let checks = acceptance(&plate, &short);
    let verdict = &check(&checks, "control: outgrowth radius, µm").verdict;
    assert!(
        matches!(verdict, Verdict::NotHere(why) if why.contains("5 days") && why.contains("1 d")),
        "{verdict:?}"
    );
    assert_eq!(check(&checks, "exercised beyond control").verdict, Verdict::Pass);
}

#[test]
fn calibration_inputs_are_not_sold_as_tests() {
    let plate = study();
    let checks = acceptance(&plate, &readouts(&plate, &GOOD));
    let inputs: Vec<&str> = checks
        .iter()
        .filter(|c| c.evidence == Evidence::Calibration)
        .map(|c| c.name)
        .collect();
    assert_eq!(
        inputs,
        [
            "exercised / control: mean rate (calibrated to 4)",
            "exercised / control: mean rate",
            "actuated / exercised: mean rate"
        ]
    );
}

#[test]
fn the_rate_of_a_run_is_growth_over_tip_hours() {
    let plate = study();
    let rates = rates_over_the_run(&readouts(&plate, &GOOD), 1);
    assert_eq!(rates.len(), 2);
    assert!(rates.iter().all(|rate| (rate - 16.0).abs() < 1e-9), "{rates:?}");
}

#[test]
fn persistent_paths_reach_as_far_as_the_closed_form_says() {
    let ratio = |persistence: f64| persistent_reach_um(1920.0, persistence) / persistent_reach_um(480.0, persistence);
    assert!((ratio(150.0) - 2.3).abs() < 0.05, "{}", ratio(150.0));
    assert!((ratio(400.0) - 2.8).abs() < 0.05, "{}", ratio(400.0));
    assert!((ratio(1e6) - 4.0).abs() < 0.01, "{}", ratio(1e6));
}
