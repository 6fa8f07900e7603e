//! Acceptance of a built-in plate over several seeds: each check of one kind in its acceptance table must pass with every seed.

use super::{LooksAt, Measure};
use crate::engine::EngineError;
use crate::experiment::{Watch, perform};
use crate::model::parameter::Dimension::{Choice, Count, Speed};
use crate::model::plate::Plate;
use crate::model::word::{Word, words};
use crate::readout::acceptance::{Check, Evidence, Verdict, acceptance};
use crate::readout::recorder::Recorder;
use crate::scenario::{self, Surroundings, builtin};
use crate::validation::bench::{Checks, Trial};
use crate::validation::measured::{Figure, Measured, Table};
use crate::validation::setting::{CaseSetting, many, one};
use crate::validation::statistics::{Estimate, estimate};

/// The plates that can be asked for.
const PLATES: &[&str] = &["exercise-2024", "dose-curve"];

words! {
    /// The couplings of a plate's medium and movement to growth.
    enum Couplings {
        /// Switched off.
        None = "none",
        /// As they were calibrated.
        Calibrated = "calibrated",
    }
}

/// Checks of an acceptance table over seeds.
pub const ACCEPTANCE: Measure = Measure {
    name: "acceptance",
    keys: &[
        one("plate", Choice(PLATES)),
        one("checks", Choice(Evidence::WORDS)),
        many("seeds", Count),
        one("wells_a_condition", Count),
        one("neurons_a_well", Count),
        one("couplings", Choice(Couplings::WORDS)),
        one("speed", Speed),
    ],
    figures: &["accepted"],
    looks_at: LooksAt::Engine,
    run: measure,
};

fn measure(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let evidence: Option<Evidence> = done.word("checks");
    let seeds = done.list("seeds");
    let runs: Vec<Checks> = seeds
        .iter()
        .map(|&seed| run(trial, seed as u64))
        .collect::<Result<_, _>>()?;
    let mut measured = Measured::default();
    let mut rows = Vec::new();
    let checks = runs.first().map(|checks| checks.as_slice()).unwrap_or_default();
    for (index, check) in checks
        .iter()
        .enumerate()
        .filter(|(_, check)| Some(check.evidence) == evidence)
    {
        let of_seeds: Vec<&Check> = runs.iter().map(|run| &run[index]).collect();
        let row = |found: String, verdict: String| {
            let numbers = check.fails_by.join(", ");
            vec![check.name.to_owned(), check.band.clone(), found, verdict, numbers]
        };
        if let Verdict::NotHere(why) = &check.verdict {
            rows.push(row(String::new(), why.clone()));
            continue;
        }
        let accepted = |check: &&&Check| matches!(check.verdict, Verdict::Pass | Verdict::Undecided);
        let passed = of_seeds.iter().filter(accepted).count();
        let values: Vec<f64> = of_seeds.iter().filter_map(|check| check.value).collect();
        let Estimate { mean, half_width } = estimate(&values);
        let interval = half_width.map_or_else(String::new, |half| format!(" ± {half:.2}"));
        let found = format!("{mean:.2}{interval}");
        if check.verdict == Verdict::Told {
            rows.push(row(found, check.verdict.words()));
            continue;
        }
        rows.push(row(found, format!("{passed} of {}", seeds.len())));
        let what = format!("{} ({})", check.name, check.band);
        measured.figures.push(Figure::against(
            "accepted",
            what,
            seeds.len() as f64,
            passed as f64,
            "seeds",
        ));
    }
    measured.table = Some(Table {
        heading: [
            "check",
            "band",
            "mean over seeds ± 95 % interval",
            "passed",
            "could fail by",
        ]
        .map(str::to_owned)
        .into(),
        rows,
    });
    Ok(measured)
}

/// The acceptance table of one run, which is made once for all cases that look at it.
fn run(trial: &Trial<'_>, seed: u64) -> Result<Checks, EngineError> {
    let done = trial.done;
    let numbers = ["plate", "wells_a_condition", "neurons_a_well", "couplings", "speed"].map(|key| done.number(key));
    trial.bench.accepted(&format!("{numbers:?} {seed}"), || {
        let Some(mut plate) = plate(done) else {
            return Ok(Vec::new());
        };
        // The bench gives every plate its own seed; here the seeds are the setting, counted from it.
        let first = trial.bench.seed;
        plate.seed = first.wrapping_add(seed).wrapping_sub(1);
        let mut recorder = Recorder::new(&plate);
        let mut engine = trial.bench.open_as_it_is(plate.clone())?;
        perform(engine.as_mut(), &mut recorder, |_| {}, |_| Watch::GoOn)?;
        Ok(acceptance(&plate, recorder.readouts()))
    })
}

/// A built-in plate with so many wells and neurons that grow at that speed; without couplings neither medium nor movement does anything.
fn plate(done: &CaseSetting) -> Option<Plate> {
    let name = PLATES.get(done.count("plate") as usize)?;
    let mut plate = scenario::read(builtin(name)?.text, name, &[], &Surroundings::none())
        .ok()?
        .plate;
    for condition in &mut plate.conditions {
        condition.wells = done.count("wells_a_condition");
        condition.biology.growth_cone.speed_um_per_h = done.number("speed");
    }
    plate.explants[0].explant.neurons = done.number("neurons_a_well");
    if done.word("couplings") == Some(Couplings::None) {
        for species in &mut plate.myokines {
            species.myokine.max_gain = 1.0;
        }
        for condition in &mut plate.conditions {
            condition.biology.mechano.gain = 0.0;
        }
    }
    Some(plate)
}
