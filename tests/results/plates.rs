//! The built-in scenarios: each asks a question, and its answer holds in runs of three seeds.

use outgrowth::engine::{EngineChoice, EngineKind, open};
use outgrowth::experiment::run;
use outgrowth::readout::acceptance::{Verdict, acceptance};
use outgrowth::readout::bootstrap::{Bootstrap, Interval};
use outgrowth::readout::{Comparison, Finding, Readouts, Shows, Statistic};
use outgrowth::scenario::{self, BUILTIN, Builtin, Scenario, Surroundings};

/// The reference plate, whose runs are held to the acceptance table as well, in a test of its own.
const REFERENCE: &str = "exercise-2024";

const SEEDS: [u64; 3] = [1, 2, 3];

fn read(builtin: &Builtin) -> Scenario {
    scenario::read(builtin.text, builtin.name, &[], &Surroundings::built_in()).expect("sound")
}

fn runs(scenario: &Scenario) -> Vec<Readouts> {
    let choice = EngineChoice {
        kind: EngineKind::Cpu,
        ..EngineChoice::default()
    };
    let run = |seed| {
        let mut plate = scenario.plate.clone();
        plate.seed = seed;
        run(open(plate, &choice).expect("an engine").as_mut()).expect("a run")
    };
    SEEDS.map(run).to_vec()
}

/// The findings that do not hold, each in a line.
fn refuted(shows: &Shows, scenario: &Scenario, runs: &[Readouts]) -> Vec<String> {
    let (bootstrap, names) = (Bootstrap::of(&scenario.plate), scenario.plate.condition_names());
    let refuted = shows.findings.iter().filter_map(|finding| {
        let (subject, Interval { low, high }) = (finding.statistic.subject(&names), finding.band);
        match finding.statistic.observed(runs, &bootstrap) {
            None => Some(format!("{subject}: nothing to measure")),
            Some(observed) if finding.is_held_by(&observed) => None,
            Some(observed) => {
                let Interval { low: from, high: to } = observed.interval;
                let value = observed.value;
                Some(format!(
                    "{subject}: {value:.4} ({from:.4} to {to:.4}), not {low} to {high}"
                ))
            }
        }
    });
    refuted.collect()
}

/// Mistakes in the answer of a plate to its question, each in a line.
fn wrong_answers(name: &str, scenario: &Scenario, runs: &[Readouts]) -> Vec<String> {
    let shows = scenario.shows.as_ref().unwrap_or_else(|| panic!("{name} asks nothing"));
    let lines = refuted(shows, scenario, runs).into_iter();
    let mut wrong: Vec<String> = lines.map(|line| format!("{name}: {line}")).collect();
    // The control: what is found of one condition is not so of one that the finding tells from it.
    for finding in shows.findings.iter().filter_map(swapped) {
        let shows = Shows {
            findings: vec![finding],
            ..shows.clone()
        };
        if is_told(&shows.findings[0]) && refuted(&shows, scenario, runs).is_empty() {
            let subject = shows.findings[0].statistic.subject(&scenario.plate.condition_names());
            wrong.push(format!("{name}: {subject} holds with its conditions swapped"));
        }
    }
    wrong
}

/// Runs one built-in plate after another, for each runs its wells side by side.
#[test]
fn every_plate_shows_what_it_says() {
    let mut wrong = Vec::new();
    for builtin in BUILTIN.iter().filter(|builtin| builtin.name != REFERENCE) {
        let scenario = read(builtin);
        wrong.extend(wrong_answers(builtin.name, &scenario, &runs(&scenario)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Every acceptance band of the reference plate holds for seeds 1, 2 and 3, and the calibration in their mean: three wells that vary as
/// cultures do cannot say it alone.
#[test]
fn reference_plate_is_accepted_and_shows_what_it_says() {
    let reference = BUILTIN.iter().find(|builtin| builtin.name == REFERENCE);
    let scenario = read(reference.expect("built in"));
    let runs = runs(&scenario);
    let mut calibrated = Vec::new();
    for (seed, readouts) in SEEDS.into_iter().zip(&runs) {
        let checks = acceptance(&scenario.plate, readouts);
        let made = checks
            .iter()
            .filter(|check| !matches!(check.verdict, Verdict::NotHere(_)));
        assert!(made.count() >= 30, "seed {seed}: {checks:#?}");
        let failed: Vec<_> = checks.iter().filter(|check| check.verdict == Verdict::Fail).collect();
        assert!(failed.is_empty(), "seed {seed}: {failed:#?}");
        let rate = checks.iter().find(|check| check.name.ends_with("(calibrated to 4)"));
        calibrated.extend(rate.and_then(|rate| rate.value));
    }
    let mean = calibrated.iter().sum::<f64>() / 3.0;
    println!("exercised / control, mean rate: {calibrated:.3?}, in the mean {mean:.3}");
    assert!(
        calibrated.len() == 3 && (3.9..=4.1).contains(&mean),
        "{calibrated:?}, in the mean {mean}"
    );
    let wrong = wrong_answers(REFERENCE, &scenario, &runs);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A comparison of two conditions the wrong way round.
fn swapped(finding: &Finding) -> Option<Finding> {
    let (of, comparison) = match finding.statistic.comparison {
        Comparison::Over(other) => (other, Comparison::Over(finding.statistic.of)),
        Comparison::Less(other) => (other, Comparison::Less(finding.statistic.of)),
        Comparison::Alone | Comparison::ExponentSince(_) => return None,
    };
    let statistic = Statistic {
        of,
        comparison,
        ..finding.statistic.clone()
    };
    Some(Finding {
        statistic,
        ..finding.clone()
    })
}

/// Whether a comparison says that two conditions differ.
fn is_told(finding: &Finding) -> bool {
    let alike = match finding.statistic.comparison {
        Comparison::Over(_) => 1.0,
        _ => 0.0,
    };
    !(finding.band.low..=finding.band.high).contains(&alike)
}

#[test]
fn a_finding_holds_with_its_whole_interval_only() {
    let quick = BUILTIN
        .iter()
        .find(|builtin| builtin.name == "towed-growth")
        .expect("built in");
    let scenario = read(quick);
    let runs = runs(&scenario);
    let bootstrap = Bootstrap::of(&scenario.plate);
    let finding = &scenario.shows.as_ref().expect("a question").findings[0];
    let observed = finding.statistic.observed(&runs, &bootstrap).expect("a figure");
    let banded = |low, high| Finding {
        band: Interval { low, high },
        ..finding.clone()
    };
    let Interval { low, high } = observed.interval;
    assert!(low < observed.value && observed.value < high);
    assert!(banded(low, high).is_held_by(&observed));
    assert!(!banded(low + 1e-6, high).is_held_by(&observed) && !banded(low, high - 1e-6).is_held_by(&observed));
    let nowhere = Statistic {
        column: "no_such_column".to_owned(),
        ..finding.statistic.clone()
    };
    let never = Statistic {
        at_h: 1e6,
        ..finding.statistic.clone()
    };
    assert_eq!(nowhere.observed(&runs, &bootstrap), None);
    assert_eq!(never.observed(&runs, &bootstrap), None);
}
