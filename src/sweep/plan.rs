//! A plan: every run of a sweep, with its number, its seed, its value of each varied key, and the overrides that it amounts to.
//! It keeps no list of them: each run is worked out from its number.

use super::axis::{Axis, AxisValue};
use super::constraint::Constraint;
use super::design::Design;
use super::power_question::PowerQuestion;
use super::seeds::Seeds;
use crate::engine::EngineKind;
use crate::export::figures::counted;
use crate::export::record::RecordedColumn;
use crate::scenario::{self, Mistake, Mistakes, NamedFile, Override, Scenario, Surroundings};
use std::collections::BTreeMap;

/// All that a plan is made from, as it stands in `plan.toml`: whoever holds it, and the files of the scenario, can do any of its runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// The version of the program that planned.
    pub version: String,
    /// The scenario's name in messages.
    pub scenario: String,
    /// The scenario's text.
    pub text: String,
    /// The files that it names.
    pub files: Vec<NamedFile>,
    /// Changes that every run has.
    pub set: Vec<Override>,
    /// The varied keys.
    pub axes: Vec<Axis>,
    /// Points of the sampled ranges; 1 where none is sampled.
    pub samples: u64,
    /// The seeds of every point.
    pub seeds: Seeds,
    /// Whether every point has seeds of its own.
    pub own_seeds: bool,
    /// Comparisons that every point must pass.
    pub constraints: Vec<Constraint>,
    /// Which effects are to be seen, and how surely, where that is asked.
    pub power: Option<PowerQuestion>,
    /// The engine asked for.
    pub engine: EngineKind,
    /// Part of the name of the adapter asked for.
    pub adapter: Option<String>,
    /// Shares that the work was planned for.
    pub shares: u32,
    /// Runs whose rows are written together, and that are done anew together where they were cut short.
    pub runs_per_part: u64,
    /// The columns of readouts that its runs have, without keys.
    pub columns: Vec<RecordedColumn>,
}

/// A plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// All that it is made from.
    pub contract: Contract,
    design: Design,
    /// The points that pass the constraints, by number; `None` where there are no constraints.
    passing: Option<Vec<u32>>,
}

/// A run of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRun {
    /// Its number, from 1.
    pub id: u64,
    /// The number of its point among those of the plan, from 1: runs of one point differ in their seed alone.
    pub point: u64,
    /// Its seed.
    pub seed: u64,
    /// Its value of each varied key, in the order of the axes.
    pub values: Vec<AxisValue>,
}

/// Runs of a plan at most: its table has a row for each.
const MOST_RUNS: u64 = 100_000_000;

impl Contract {
    /// The differences of another contract, in the words of the command line.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let Self {
            version,
            scenario,
            text,
            files,
            set,
            axes,
            samples,
            seeds,
            own_seeds,
            constraints,
            power,
            engine,
            adapter,
            shares,
            runs_per_part,
            columns,
        } = self;
        let all = [
            ("the version of the program", *version == other.version),
            ("the scenario's name", *scenario == other.scenario),
            ("the scenario", *text == other.text && *files == other.files),
            ("--set", *set == other.set),
            ("--vary", *axes == other.axes),
            ("--runs", *samples == other.samples),
            ("--seeds", *seeds == other.seeds),
            ("--own-seeds", *own_seeds == other.own_seeds),
            ("--where", *constraints == other.constraints),
            ("--power", *power == other.power),
            ("--engine", *engine == other.engine),
            ("--adapter", *adapter == other.adapter),
            ("--shares", *shares == other.shares),
            ("the runs of a part", *runs_per_part == other.runs_per_part),
            ("the readouts", *columns == other.columns),
        ];
        all.iter().filter(|(_, same)| !same).map(|(what, _)| *what).collect()
    }

    /// The changes that every run has, and those that some values of the varied keys amount to.
    pub fn overrides(&self, values: &[AxisValue]) -> Vec<Override> {
        let varied = self.axes.iter().zip(values);
        let varied = varied.map(|(axis, value)| Override::new(axis.key.clone(), value.text.clone()));
        self.set.iter().cloned().chain(varied).collect()
    }

    /// Reads the scenario with some overrides, with no other files than those of the plan. `memory_bytes` is what a run may take.
    ///
    /// # Errors
    /// Every mistake.
    pub fn read(&self, overrides: &[Override], memory_bytes: Option<u64>) -> Result<Scenario, Mistakes> {
        let file = |name: &str| {
            let file = self.files.iter().find(|file| file.name == name);
            file.map(|file| file.bytes.clone())
                .ok_or_else(|| format!("no file \"{name}\" is part of the plan"))
        };
        let surroundings = Surroundings {
            file: Box::new(file),
            memory_bytes,
        };
        scenario::read(&self.text, &self.scenario, overrides, &surroundings)
    }
}

impl Plan {
    /// The plan of a contract.
    ///
    /// # Errors
    /// A design that cannot be, a constraint that cannot be looked at, or no point that passes them.
    pub fn of(contract: Contract) -> Result<Self, Mistakes> {
        let design = Design::of(&contract.axes, contract.samples).map_err(Mistakes::from)?;
        let passing = passing(&contract, &design)?;
        let plan = Self {
            contract,
            design,
            passing,
        };
        let Contract { seeds, own_seeds, .. } = &plan.contract;
        let fits = plan
            .points()
            .checked_mul(seeds.count())
            .is_some_and(|runs| runs <= MOST_RUNS);
        let moved = if *own_seeds {
            plan.points().checked_mul(seeds.span())
        } else {
            Some(0)
        };
        let seeded = moved.and_then(|moved| moved.checked_add(seeds.last()));
        if !fits || seeded.is_none() {
            return Err(Mistakes::from(Mistake {
                place: "the design".to_owned(),
                key: String::new(),
                found: format!("{} with the seeds {seeds}", counted(plan.points(), "point")),
                expected: format!("at most {MOST_RUNS} runs, and seeds that end below 2^64"),
                nearest: None,
            }));
        }
        Ok(plan)
    }

    /// How many points there are.
    pub fn points(&self) -> u64 {
        match &self.passing {
            Some(passing) => passing.len() as u64,
            None => self.design.points(),
        }
    }

    /// How many points the constraints leave out.
    pub fn left_out(&self) -> u64 {
        self.design.points() - self.points()
    }

    /// How many runs there are.
    pub fn runs(&self) -> u64 {
        self.points() * self.contract.seeds.count()
    }

    /// The run with this number, from 1; `None` beyond the last.
    pub fn run(&self, id: u64) -> Option<PlannedRun> {
        let seeds = &self.contract.seeds;
        let number = id.checked_sub(1).filter(|&number| number < self.runs())?;
        let point = number / seeds.count();
        let moved = if self.contract.own_seeds {
            point * seeds.span()
        } else {
            0
        };
        let place = match &self.passing {
            Some(passing) => u64::from(*passing.get(point as usize)?),
            None => point,
        };
        Some(PlannedRun {
            id,
            point: point + 1,
            seed: seeds.nth(number % seeds.count())? + moved,
            values: self.design.values(place),
        })
    }

    /// The overrides that a run amounts to: those of all runs, its values, its seed.
    pub fn overrides(&self, run: &PlannedRun) -> Vec<Override> {
        let mut overrides = self.contract.overrides(&run.values);
        overrides.push(Override::new("seed", run.seed.to_string()));
        overrides
    }
}

/// The points of a design that pass all constraints; `None` where there are no constraints.
fn passing(contract: &Contract, design: &Design) -> Result<Option<Vec<u32>>, Mistakes> {
    if contract.constraints.is_empty() {
        return Ok(None);
    }
    let axis = |key: &str| contract.axes.iter().position(|axis| axis.key == key);
    let mut fixed: BTreeMap<&str, String> = BTreeMap::new();
    let others = contract.constraints.iter().flat_map(Constraint::keys);
    let others: Vec<&str> = others.filter(|key| axis(key).is_none()).collect();
    if !others.is_empty() {
        let scenario = contract.read(&contract.overrides(&design.values(0)), None)?;
        for key in others {
            let resolved = scenario.resolved.iter().find(|resolved| resolved.path == key);
            fixed.extend(resolved.map(|resolved| (key, resolved.text.clone())));
        }
    }
    let mut passing = Vec::new();
    for point in 0..design.points() {
        let values = design.values(point);
        let value_of = |key: &str| match axis(key) {
            Some(axis) => Some(values[axis].text.clone()),
            None => fixed.get(key).cloned(),
        };
        let mut passes = true;
        for constraint in &contract.constraints {
            let holds = constraint.holds(value_of).map_err(|found| {
                Mistakes::from(Mistake {
                    place: format!("--where {constraint}"),
                    key: String::new(),
                    found,
                    expected: "varied keys, or keys with a number, and the same kind of quantity on both sides"
                        .to_owned(),
                    nearest: None,
                })
            })?;
            passes &= holds;
        }
        if passes {
            passing.push(point as u32);
        }
    }
    if passing.is_empty() {
        return Err(Mistakes::from(Mistake {
            place: "--where".to_owned(),
            key: String::new(),
            found: format!("constraints that none of {} points passes", design.points()),
            expected: "at least one that does".to_owned(),
            nearest: None,
        }));
    }
    Ok(Some(passing))
}
