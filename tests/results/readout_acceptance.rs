//! The acceptance table: parts found from protocols, bands that let the right figures through and no others.

use crate::hand_made::{myokine, plate, untreated, with_medium, with_strain};
use outgrowth::model::parameters::{self, Light};
use outgrowth::model::plate::{Condition, MediumSource, Plate};
use outgrowth::readout::acceptance::acceptance;
use outgrowth::readout::growth::{LEAST_MEAN_REACH, persistent_reach_um, rates_over_the_run};
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

/// What is measured in the wells of an arm.
#[derive(Clone, Copy)]
struct Arm {
    /// Longest neurite after a day and at the end, µm.
    longest_um: [f64; 2],
    /// Mean rate, µm/h.
    rate: f64,
    radius_um: f64,
    straightness: f64,
    branch_points_per_h: f64,
    paused: f64,
    retracting: f64,
    migration_um: f64,
    /// Scores of axon growth, guidance and synapses.
    scores: [f64; 3],
}

/// An arm whose other figures follow from its rate and its longest neurites as they should.
fn arm(at_day_one_um: f64, at_end_um: f64, rate: f64) -> Arm {
    let reach_um = persistent_reach_um(at_end_um, 400.0);
    Arm {
        longest_um: [at_day_one_um, at_end_um],
        rate,
        radius_um: 0.6 * at_end_um,
        straightness: 0.95 * reach_um / at_end_um,
        branch_points_per_h: 0.02,
        paused: 0.4,
        retracting: 0.15,
        migration_um: 7.0 * rate,
        scores: [0.4; 3],
    }
}

/// Figures that the reference plate should give.
fn good() -> [Arm; 7] {
    let exercised = Arm {
        scores: [0.9; 3],
        ..arm(400.0, 2000.0, 16.0)
    };
    [
        arm(380.0, 1900.0, 15.5),
        exercised,
        arm(100.0, 500.0, 4.0),
        arm(200.0, 1200.0, 9.0),
        arm(450.0, 2200.0, 18.0),
        arm(100.0, 500.0, 4.0),
        arm(300.0, 1500.0, 12.0),
    ]
}

/// Readouts at 0, 24 and 120 h. The longest neurites of the two wells of an arm differ by 2 µm.
fn readouts(plate: &Plate, arms: &[Arm]) -> Readouts {
    let mut readouts = Recorder::new(plate).into_readouts();
    for (time, time_h) in [0.0, 24.0, 120.0].into_iter().enumerate() {
        for (well, place) in plate.wells().into_iter().enumerate() {
            let arm = &arms[place.condition];
            let longest_um = [0.0, arm.longest_um[0], arm.longest_um[1]][time];
            let spread = if place.replicate == 0 { -1.0 } else { 1.0 };
            let value = |name: &str| match name {
                "neurite_length_longest_um" => longest_um + spread,
                "neurite_length_total_um" => 10.0 * arm.rate * time_h,
                "tips" => 10.0,
                "tip_hours" => 10.0 * time_h,
                "outgrowth_radius_mean_um" => arm.radius_um,
                "straightness_mean" => arm.straightness,
                "branch_points" => 10.0 * time_h * arm.branch_points_per_h,
                "fraction_pausing_30_min" => arm.paused,
                "fraction_retracting_30_min" => arm.retracting,
                "axon_growth_score" => arm.scores[0],
                "projection_guidance_score" => arm.scores[1],
                "synapse_maturation_score" => arm.scores[2],
                "soma_migration_mean_um" => arm.migration_um,
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

fn check<'a>(checks: &'a [Check], name: &str) -> &'a Check {
    checks
        .iter()
        .find(|check| check.name.starts_with(name))
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

/// A row that fails, and what makes it.
type Spoiled = (&'static str, fn(&mut Plate, &mut [Arm; 7]));

/// For each row of the table a change that only makes it, or it among others, fail.
const SPOILED: &[Spoiled] = &[
    ("control: mean rate, µm/h", |_, arms| arms[5].rate = 1.9),
    ("control: share of tips that pause, frames 30 min apart", |_, arms| {
        arms[5].paused = 0.14
    }),
    ("control: share of tips that retract, frames 30 min apart", |_, arms| {
        arms[5].retracting = 0.21
    }),
    ("control: branch points per tip and hour", |_, arms| {
        arms[5].branch_points_per_h = 0.0
    }),
    ("control: straightness of the longest neurite", |_, arms| {
        arms[5].straightness = 0.99
    }),
    ("exercised: straightness of the longest neurite", |_, arms| {
        arms[1].straightness = 0.15
    }),
    ("control: migration of somata, µm", |_, arms| {
        arms[5].migration_um = 142.0
    }),
    ("resting / exercised: dose of fresh medium", |plate, _| {
        plate.muscle.exercised_ratio = 1.05
    }),
    ("exercised / control: mean rate (calibrated to 4)", |_, arms| {
        arms[1].rate = 16.6
    }),
    ("exercised / control: mean rate", |_, arms| arms[1].rate = 21.0),
    ("actuated / exercised: mean rate", |_, arms| arms[0].rate = 12.0),
    (
        "mechano programme: its weights in the scores (trophic 1)",
        |plate, _| {
            plate
                .conditions
                .iter_mut()
                .for_each(|condition| condition.biology.programme.mechano_on_guidance = 1.0);
        },
    ),
    ("exercised / actuated: axon growth score", |_, arms| {
        arms[0].scores[0] = 0.95
    }),
    ("exercised / actuated: projection guidance score", |_, arms| {
        arms[0].scores[1] = 0.95
    }),
    ("exercised / actuated: synapse maturation score", |_, arms| {
        arms[0].scores[2] = 0.95
    }),
    ("exercised / control: longest neurite", |_, arms| {
        arms[1].longest_um[1] = 1400.0
    }),
    ("exercised / control: outgrowth radius", |_, arms| {
        arms[1].radius_um = 650.0
    }),
    ("actuated / exercised: longest neurite", |_, arms| {
        arms[0].longest_um[1] = 1500.0
    }),
    ("actuated / exercised: outgrowth radius", |_, arms| {
        arms[0].radius_um = 1600.0
    }),
    ("longest neurite: control, resting, exercised", |_, arms| {
        arms[3].longest_um[1] = 490.0
    }),
    ("longest neurite over the intensity of exercise", |_, arms| {
        arms[4].longest_um[1] = 1990.0
    }),
    ("day 1, exercised / control: longest neurite", |_, arms| {
        arms[1].longest_um[0] = 100.0
    }),
    ("day 1, actuated / still gel: longest neurite", |_, arms| {
        arms[0].longest_um[0] = 100.0
    }),
    ("exercised / control: migration of somata", |_, arms| {
        arms[1].migration_um = 27.0
    }),
    ("control: outgrowth radius, µm", |_, arms| arms[5].radius_um = 249.0),
    ("exercised: longest neurite, µm", |_, arms| {
        arms[1].longest_um[1] = 2410.0
    }),
];

#[test]
fn good_figures_pass_every_check() {
    let plate = study();
    for check in acceptance(&plate, &readouts(&plate, &good())) {
        let fitting = matches!(check.verdict, Verdict::Pass | Verdict::Told);
        assert!(fitting, "{check:?}");
    }
}

#[test]
fn each_row_can_fail() {
    let judged = acceptance(&study(), &readouts(&study(), &good()));
    let judged = judged.iter().filter(|check| check.verdict != Verdict::Told);
    let names: Vec<&str> = judged.map(|check| check.name).collect();
    let spoiled: Vec<&str> = SPOILED.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, spoiled, "each row is seen to fail, in the order of the table");
    for (name, spoil) in SPOILED {
        let (mut plate, mut arms) = (study(), good());
        spoil(&mut plate, &mut arms);
        let checks = acceptance(&plate, &readouts(&plate, &arms));
        assert_eq!(
            check(&checks, name).verdict,
            Verdict::Fail,
            "{:?}",
            check(&checks, name)
        );
    }
}

/// Whoever reads a row can ask `explain` for the numbers by which it could fail.
#[test]
fn the_numbers_by_which_rows_could_fail_are_documented() {
    let known: Vec<String> = parameters::all().iter().map(|number| number.path()).collect();
    for check in acceptance(&study(), &readouts(&study(), &good())) {
        assert!(!check.fails_by.is_empty() && !check.source.is_empty(), "{check:?}");
        for number in check.fails_by {
            assert!(known.iter().any(|path| path == number), "{}: {number}", check.name);
        }
    }
}

#[test]
fn what_is_not_on_the_plate_is_said() {
    let mut plate = study();
    plate.conditions.truncate(4);
    let checks = acceptance(&plate, &readouts(&plate, &good()[..4]));
    let verdict = &check(&checks, "exercised / control: mean rate").verdict;
    assert!(
        matches!(verdict, Verdict::NotHere(why) if why.contains("not on this plate")),
        "{verdict:?}"
    );
    assert!(matches!(
        check(&checks, "longest neurite over the intensity").verdict,
        Verdict::NotHere(_)
    ));
    assert_eq!(check(&checks, "day 1, actuated / still gel").verdict, Verdict::Pass);
}

#[test]
fn a_run_of_another_length_is_not_judged_by_bands_for_five_days() {
    let plate = study();
    let mut short = readouts(&plate, &good());
    short.rows.retain(|row| row.time_h < 100.0);
    let checks = acceptance(&plate, &short);
    let verdict = &check(&checks, "control: outgrowth radius, µm").verdict;
    assert!(
        matches!(verdict, Verdict::NotHere(why) if why.contains("5 days") && why.contains("1 d")),
        "{verdict:?}"
    );
    assert_eq!(check(&checks, "day 1, exercised / control").verdict, Verdict::Pass);
}

/// What was set, and what follows from it, must not pass for what the model found.
#[test]
fn few_rows_could_have_been_false() {
    let checks = acceptance(&study(), &readouts(&study(), &good()));
    let names = |kind: Evidence| -> Vec<&str> {
        let of_kind = checks.iter().filter(|check| check.evidence == kind);
        of_kind.map(|check| check.name).collect()
    };
    assert_eq!(
        names(Evidence::CouldBeFalse),
        ["control: outgrowth radius, µm", "exercised: longest neurite, µm"]
    );
    let put_in = names(Evidence::PutIn);
    for name in ["exercised / control: mean rate", "actuated / exercised: mean rate"] {
        assert!(put_in.contains(&name), "{put_in:?}");
    }
    assert!(
        put_in.iter().filter(|name| name.contains("score")).count() >= 4,
        "{put_in:?}"
    );
}

/// A figure of several wells stands with its interval; one well has none, and cannot say whether curves have parted.
#[test]
fn one_well_has_no_interval() {
    let mut plate = study();
    let figure = |plate: &Plate| {
        let checks = acceptance(plate, &readouts(plate, &good()));
        let parted = check(&checks, "day 1, exercised").verdict.clone();
        (check(&checks, "exercised / control: longest").figure.clone(), parted)
    };
    assert_eq!(
        figure(&plate),
        ("4.00 (3.99 to 4.01): 2000 / 500".to_owned(), Verdict::Pass)
    );
    plate.conditions.iter_mut().for_each(|condition| condition.wells = 1);
    let (ratio, parted) = figure(&plate);
    assert_eq!(ratio, "4.01: 1999 / 499");
    assert!(matches!(parted, Verdict::NotHere(why) if why.contains("one well")));
}

#[test]
fn the_rate_of_a_run_is_growth_over_tip_hours() {
    let plate = study();
    let rates = rates_over_the_run(&readouts(&plate, &good()), 1);
    assert_eq!(rates.len(), 2);
    assert!(rates.iter().all(|rate| (rate - 16.0).abs() < 1e-9), "{rates:?}");
}

#[test]
fn persistent_paths_reach_as_far_as_the_closed_form_says() {
    let ratio = |persistence: f64| persistent_reach_um(1920.0, persistence) / persistent_reach_um(480.0, persistence);
    assert!((ratio(150.0) - 2.3).abs() < 0.05, "{}", ratio(150.0));
    assert!((ratio(400.0) - 2.8).abs() < 0.05, "{}", ratio(400.0));
    assert!((ratio(1e6) - 4.0).abs() < 0.01, "{}", ratio(1e6));
    assert!((LEAST_MEAN_REACH.powi(2) - std::f64::consts::FRAC_PI_4).abs() < 1e-15);
}
