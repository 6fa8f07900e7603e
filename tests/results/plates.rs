//! The built-in scenarios: each asks a question, and its answer holds in runs of three seeds.

use outgrowth::engine::{EngineChoice, EngineKind, open};
use outgrowth::experiment::run;
use outgrowth::readout::bootstrap::{Bootstrap, Interval};
use outgrowth::readout::{Comparison, Finding, Readouts, Shows};
use outgrowth::scenario::{self, BUILTIN, Builtin, Scenario, Surroundings};

/// Held by their own tests: the reference plate by its acceptance, in the validation book; it is too large to be run thrice here.
/// What axons make of each other is in work.
const HELD_ELSEWHERE: [&str; 2] = ["exercise-2024", "bundles"];

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
        let (subject, Interval { low, high }) = (finding.subject(&names), finding.band);
        match finding.observed(runs, &bootstrap) {
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

/// Runs one built-in plate after another, for each runs its wells side by side.
#[test]
fn every_plate_shows_what_it_says() {
    let mut failed = Vec::new();
    for builtin in BUILTIN.iter().filter(|builtin| !HELD_ELSEWHERE.contains(&builtin.name)) {
        let scenario = read(builtin);
        let shows = scenario
            .shows
            .as_ref()
            .unwrap_or_else(|| panic!("{} asks nothing", builtin.name));
        let runs = runs(&scenario);
        failed.extend(
            refuted(shows, &scenario, &runs)
                .into_iter()
                .map(|line| format!("{}: {line}", builtin.name)),
        );
        // The control: what is found of one condition is not so of one that the finding tells from it.
        for wrong in shows.findings.iter().filter_map(swapped) {
            let shows = Shows {
                findings: vec![wrong],
                ..shows.clone()
            };
            if is_told(&shows.findings[0]) && refuted(&shows, &scenario, &runs).is_empty() {
                let subject = shows.findings[0].subject(&scenario.plate.condition_names());
                failed.push(format!("{}: {subject} holds with its conditions swapped", builtin.name));
            }
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

/// A comparison of two conditions the wrong way round.
fn swapped(finding: &Finding) -> Option<Finding> {
    let (of, comparison) = match finding.comparison {
        Comparison::Over(other) => (other, Comparison::Over(finding.of)),
        Comparison::Less(other) => (other, Comparison::Less(finding.of)),
        Comparison::Alone | Comparison::ExponentSince(_) => return None,
    };
    Some(Finding {
        of,
        comparison,
        ..finding.clone()
    })
}

/// Whether a comparison says that two conditions differ.
fn is_told(finding: &Finding) -> bool {
    let alike = match finding.comparison {
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
    let observed = finding.observed(&runs, &bootstrap).expect("a figure");
    let banded = |low, high| Finding {
        band: Interval { low, high },
        ..finding.clone()
    };
    let Interval { low, high } = observed.interval;
    assert!(low < observed.value && observed.value < high);
    assert!(banded(low, high).is_held_by(&observed));
    assert!(!banded(low + 1e-6, high).is_held_by(&observed) && !banded(low, high - 1e-6).is_held_by(&observed));
    let nowhere = Finding {
        column: "no_such_column".to_owned(),
        ..finding.clone()
    };
    let never = Finding {
        at_h: 1e6,
        ..finding.clone()
    };
    assert_eq!(nowhere.observed(&runs, &bootstrap), None);
    assert_eq!(never.observed(&runs, &bootstrap), None);
}
