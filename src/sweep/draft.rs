//! From what is asked for to a plan: how many points, the files and columns of its runs, what it will need, and whether the varied
//! keys take their values.

use super::axis::{Axis, AxisValue};
use super::design::Design;
use super::plan::{Contract, Plan};
use super::power_question::{FEWEST_CULTURES, USUAL_CULTURES};
use super::request::Request;
use super::saltelli::points_of_base;
use super::seeds::Seeds;
use super::uncertain;
use crate::engine::EngineKind;
use crate::export::record::RecordedColumn;
use crate::readout::columns::{Column, columns};
use crate::scenario::estimate::estimate;
use crate::scenario::recorded::times_of_record;
use crate::scenario::{
    self, Leave, Mistake, Mistakes, Morphologies, NamedFile, Override, RecordOptions, Scenario, Surroundings,
};
use std::path::Path;

/// A part holds the work of about so long, by estimate, s: what is lost where work is cut short.
const SECONDS_PER_PART: f64 = 15.0;
/// Rows of a part at most, which are in memory until it is done.
const ROWS_PER_PART: f64 = 100_000.0;
/// Runs of a part at most.
const RUNS_PER_PART: f64 = 500.0;

/// What is kept of a run of a sweep.
pub const KEPT: RecordOptions = RecordOptions {
    morphologies: Morphologies::None,
    leave: Leave::READOUTS,
};

/// The scenario of a sweep, and what its runs go by.
pub struct Ground<'a> {
    /// Its name in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The files beside it, and the memory that a run may take.
    pub surroundings: Surroundings<'a>,
    /// The engine asked for.
    pub engine: EngineKind,
    /// Part of the name of the adapter asked for.
    pub adapter: Option<String>,
}

/// A plan, and what it is expected to need.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The plan.
    pub plan: Plan,
    /// Warnings of its first run.
    pub warnings: Vec<String>,
    /// Time of all runs at the assumed speeds, s.
    pub seconds: f64,
    /// Rows of all readouts.
    pub rows: f64,
    /// Values of all readouts, keys included.
    pub values: f64,
}

/// Makes a plan.
///
/// # Errors
/// Every mistake in the scenario with its first values, keys and values that are not taken, a sampled range without a number of
/// runs, more runs than were allowed.
pub fn draft(request: &Request, ground: &Ground<'_>) -> Result<Draft, Mistakes> {
    let mut axes = request.axes.clone();
    if let Some(twice) = (1..axes.len()).find(|&at| axes[..at].iter().any(|axis| axis.key == axes[at].key)) {
        let found = format!("the key {} twice", axes[twice].key);
        return Err(one("--vary", found, "each key once".to_owned()));
    }
    if let Some(both) = axes
        .iter()
        .find(|axis| request.set.iter().any(|change| change.key == axis.key))
    {
        let found = format!("{}, which is varied as well", both.key);
        return Err(one("--set", found, "a key in one of --set and --vary".to_owned()));
    }
    let seed_alone = request.set.iter().rev().find(|change| change.key == "seed");
    let set: Vec<Override> = request
        .set
        .iter()
        .filter(|change| change.key != "seed")
        .cloned()
        .collect();
    if request.uncertain {
        let values = Design::of(&axes, 1).map_err(Mistakes::from)?.values(0);
        let trial = Trial {
            axes: &axes,
            set: &set,
            ground,
        };
        let guessed = uncertain::axes(&trial.read(&values)?.resolved);
        axes.extend(guessed);
    }
    let axes = &axes;
    let first = Design::of(axes, 1).map_err(Mistakes::from)?;
    let trial = Trial {
        axes,
        set: &set,
        ground,
    };
    let values = first.values(0);
    let read = trial.read(&values)?;
    let mut warnings: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    let seeds = match (&request.seeds, seed_alone) {
        (Some(seeds), None) => seeds.clone(),
        (Some(seeds), Some(change)) => {
            let found = format!("the seed {} beside the seeds {seeds}", change.value);
            return Err(one("--seed", found, "one of the two".to_owned()));
        }
        (None, Some(change)) => Seeds::parse(&change.value, "--seed")?,
        (None, None) if request.power.is_some() => enough_seeds(&read),
        (None, None) => Seeds::one(read.plate.seed),
    };
    if seeds.count() == 1 && request.seeds.is_some() && seeds.last() > 1 {
        let last = seeds.last();
        warnings.push(format!(
            "--seeds {last} is one seed, {last}; --seeds 1..{last} is {last} of them"
        ));
    }
    if let Some(question) = &request.power {
        question.check("--power").map_err(Mistakes::from)?;
        check_cultures(&read, &seeds)?;
    }
    if axes.iter().any(Axis::is_by_saltelli) && !request.constraints.is_empty() {
        let found = "ranges by saltelli, whose points belong together".to_owned();
        return Err(one("--where", found, "no comparison with saltelli".to_owned()));
    }
    let samples = samples(request, axes, &seeds, first.combinations())?;
    let mut seen = Seen::default();
    seen.add(&read);
    trial.each_value(&values, &mut seen)?;
    let mut contract = Contract {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: name_alone(&ground.name),
        text: ground.text.clone(),
        files: seen.files,
        set,
        axes: axes.clone(),
        samples,
        seeds,
        own_seeds: request.own_seeds,
        constraints: request.constraints.clone(),
        power: request.power.clone(),
        engine: ground.engine,
        adapter: ground.adapter.clone(),
        shares: request.shares.unwrap_or(1),
        runs_per_part: 1,
        columns: recorded(&seen.columns),
    };
    let plan = Plan::of(contract)?;
    let runs = plan.runs();
    if let Some(most) = request.runs.filter(|&most| runs > most) {
        let found = format!(
            "{runs} runs: {} points with {} seeds",
            plan.points(),
            plan.contract.seeds.count()
        );
        return Err(one("--runs", found, format!("at most {most}, as was asked for")));
    }
    let read = f64::from(seen.read);
    let (seconds, rows) = (seen.seconds / read, seen.rows / read);
    contract = plan.contract;
    let shared = runs.div_ceil(u64::from(contract.shares)).max(1);
    let per_part = (SECONDS_PER_PART / seconds.max(1e-6)).min(ROWS_PER_PART / rows.max(1.0));
    contract.runs_per_part = (per_part.clamp(1.0, RUNS_PER_PART) as u64).min(shared);
    let width = (contract.columns.len() + axes.len() + 6) as f64;
    let all = runs as f64;
    Ok(Draft {
        plan: Plan::of(contract)?,
        warnings,
        seconds: seconds * all,
        rows: rows * all,
        values: rows * all * width,
    })
}

/// Seeds for the spread between cultures, each of which gives as many as its conditions have wells.
fn enough_seeds(scenario: &Scenario) -> Seeds {
    let wells = scenario.plate.conditions.iter().map(|condition| condition.wells).min();
    let each = u64::from(wells.unwrap_or(1).max(1));
    Seeds::up_to(USUAL_CULTURES.div_ceil(each))
}

/// Refuses a question about replicates to which a sweep has no answer: too few cultures, or nothing to compare.
fn check_cultures(scenario: &Scenario, seeds: &Seeds) -> Result<(), Mistakes> {
    let conditions = &scenario.plate.conditions;
    let wells = conditions.iter().map(|condition| condition.wells).min().unwrap_or(0);
    let cultures = seeds.count().saturating_mul(u64::from(wells));
    if conditions.len() < 2 {
        let found = "a plate with one condition".to_owned();
        return Err(one(
            "--power",
            found,
            "at least two, of which the first is the control".to_owned(),
        ));
    }
    if cultures < FEWEST_CULTURES as u64 {
        let found = format!("{cultures} cultures: seeds {seeds} with {wells} wells a condition");
        let expected =
            format!("at least {FEWEST_CULTURES} to take the spread from, such as --seeds 1..{USUAL_CULTURES}");
        return Err(one("--power", found, expected));
    }
    Ok(())
}

fn one(place: &str, found: String, expected: String) -> Mistakes {
    Mistakes(vec![Mistake {
        place: place.to_owned(),
        key: String::new(),
        found,
        expected,
        nearest: None,
    }])
}

/// The points of the sampled ranges: as many as the runs allow for the seeds and for all combinations of lists and grids.
fn samples(request: &Request, axes: &[Axis], seeds: &Seeds, combinations: u64) -> Result<u64, Mistakes> {
    let Some(sampled) = axes.iter().find(|axis| axis.count().is_none()) else {
        return Ok(1);
    };
    let Some(runs) = request.runs else {
        let found = format!("{}={}, without a number of runs", sampled.key, sampled.values);
        let expected = "--runs, such as --runs 1000: a sampled range has as many points as that allows".to_owned();
        return Err(one("--vary", found, expected));
    };
    let each = combinations.saturating_mul(seeds.count());
    match runs / each {
        0 => {
            let found = format!("{runs} runs");
            let expected = format!(
                "at least {each}: {combinations} combinations of lists and grids with {} seeds",
                seeds.count()
            );
            Err(one("--runs", found, expected))
        }
        samples => whole_bases(samples, each, runs, axes),
    }
}

/// As many points as are whole base points of Saltelli's design, where it is one.
fn whole_bases(samples: u64, each: u64, runs: u64, axes: &[Axis]) -> Result<u64, Mistakes> {
    if !axes.iter().any(Axis::is_by_saltelli) {
        return Ok(samples);
    }
    let of_base = points_of_base(axes.len() as u64);
    match samples / of_base {
        0 | 1 => {
            let found = format!("{runs} runs");
            let expected = format!(
                "at least {}: saltelli takes {of_base} points for each of two base points or more; some hundred of them tell the indices",
                2 * of_base * each
            );
            Err(one("--runs", found, expected))
        }
        bases => Ok(bases * of_base),
    }
}

/// The scenario with some values, to see whether it takes them.
struct Trial<'a> {
    axes: &'a [Axis],
    set: &'a [Override],
    ground: &'a Ground<'a>,
}

impl Trial<'_> {
    fn read(&self, values: &[AxisValue]) -> Result<Scenario, Mistakes> {
        let varied = self.axes.iter().zip(values);
        let varied = varied.map(|(axis, value)| Override::new(axis.key.clone(), value.text.clone()));
        let varied: Vec<Override> = varied.collect();
        let overrides: Vec<Override> = self.set.iter().cloned().chain(varied.iter().cloned()).collect();
        let Ground {
            name,
            text,
            surroundings,
            ..
        } = self.ground;
        scenario::read(text, name, &overrides, surroundings).map_err(|wrong| as_varied(wrong, &varied))
    }

    /// Tries each value of a list and both ends of a range, the other keys being as in the first run.
    fn each_value(&self, first: &[AxisValue], seen: &mut Seen) -> Result<(), Mistakes> {
        let mut mistakes: Vec<Mistake> = Vec::new();
        for (at, axis) in self.axes.iter().enumerate() {
            for value in axis.extremes().into_iter().filter(|value| *value != first[at]) {
                let mut values = first.to_vec();
                values[at] = value;
                match self
                    .read(&values)
                    .or_else(|wrong| self.among_others(at, values).ok_or(wrong))
                {
                    Ok(scenario) => seen.add(&scenario),
                    Err(Mistakes(wrong)) => {
                        let new: Vec<Mistake> = wrong.into_iter().filter(|one| !mistakes.contains(one)).collect();
                        mistakes.extend(new);
                    }
                }
            }
        }
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(Mistakes(mistakes))
        }
    }

    /// The scenario with the value of the axis `at` of `values`, which is not taken with the others as they are, and any other value
    /// of one of them with which it is. What is wrong with some of the others alone fails in its own runs.
    fn among_others(&self, at: usize, values: Vec<AxisValue>) -> Option<Scenario> {
        let others = self.axes.iter().enumerate().filter(|(other, _)| *other != at);
        let mut tries = others.flat_map(|(other, axis)| axis.extremes().into_iter().map(move |value| (other, value)));
        tries.find_map(|(other, value)| {
            let mut values = values.clone();
            values[other] = value;
            self.read(&values).ok()
        })
    }
}

/// Mistakes in changes that nobody has set, but that values of varied keys amount to, with the option that was typed.
fn as_varied(Mistakes(mut wrong): Mistakes, varied: &[Override]) -> Mistakes {
    for mistake in &mut wrong {
        let change = varied.iter().find(|change| mistake.place == format!("--set {change}"));
        if let Some(change) = change {
            mistake.place = format!("--vary {}", change.key);
        }
    }
    Mistakes(wrong)
}

/// What was seen of the runs: their files, columns and needs.
#[derive(Default)]
struct Seen {
    read: u32,
    files: Vec<NamedFile>,
    columns: Vec<Column>,
    seconds: f64,
    rows: f64,
}

impl Seen {
    fn add(&mut self, scenario: &Scenario) {
        let needs = estimate(&scenario.plate, &KEPT);
        self.read += 1;
        self.seconds += needs.seconds;
        self.rows += times_of_record(&scenario.plate) as f64 * needs.wells as f64;
        for file in &scenario.files {
            if !self.files.contains(file) {
                self.files.push(file.clone());
            }
        }
        for column in columns(&scenario.plate) {
            if !self.columns.iter().any(|known| known.name == column.name) {
                self.columns.push(column);
            }
        }
    }
}

/// A file's name without the folders of this machine, by which nothing of a sweep goes.
fn name_alone(path: &str) -> String {
    let name = Path::new(path).file_name();
    name.map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

fn recorded(columns: &[Column]) -> Vec<RecordedColumn> {
    let recorded = columns.iter().map(|column| RecordedColumn {
        name: column.name.clone(),
        unit: column.unit.to_owned(),
        meaning: column.meaning.clone(),
    });
    recorded.collect()
}
