//! `outgrowth replay DIR --run N`: a run of a sweep once more, by itself and with all that a run leaves.

use super::checkpoints::Every;
use super::memory::memory_to_spare;
use super::run::run_scenario;
use super::say::say;
use super::{Common, EngineName, Failure, MovieFormat, Outcome, engine};
use crate::engine::EngineChoice;
use crate::scenario::LeaveWord;
use crate::sweep::read_plan;
use std::path::Path;

/// Replays the run with this number of the sweep in `folder`.
pub fn run(
    folder: &Path,
    number: u64,
    movie: Option<MovieFormat>,
    leave: &[LeaveWord],
    common: &Common,
) -> Result<Outcome, Failure> {
    if !common.set.is_empty() || common.seed.is_some() {
        say(
            "--set and --seed have no place in replay: a run is played again as it was. Begin another with outgrowth run",
        );
        return Ok(Outcome::WrongInput);
    }
    let plan = match read_plan(folder) {
        Ok(plan) => plan,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    let Some(planned) = plan.run(number) else {
        say(format_args!(
            "--run {number}: found no such run in {}; expected a number from 1 to {}",
            folder.display(),
            plan.runs()
        ));
        return Ok(Outcome::WrongInput);
    };
    let overrides = plan.overrides(&planned);
    if !common.quiet {
        let changes: Vec<String> = overrides.iter().map(ToString::to_string).collect();
        say(format_args!("run {number} of {}: {}", plan.runs(), changes.join(", ")));
    }
    let scenario = match plan.contract.read(&overrides, memory_to_spare()) {
        Ok(scenario) => scenario,
        Err(mistakes) => {
            say(mistakes);
            return Ok(Outcome::WrongInput);
        }
    };
    let asked = engine::choice(common);
    let choice = EngineChoice {
        kind: if common.engine == EngineName::Auto {
            plan.contract.engine
        } else {
            asked.kind
        },
        adapter: asked.adapter.clone().or(plan.contract.adapter.clone()),
        ..asked
    };
    run_scenario(
        scenario,
        &plan.contract.scenario,
        &choice,
        movie,
        leave,
        Every::default(),
        common,
    )
}
