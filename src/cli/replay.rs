//! `outgrowth replay DIR --run N`: a run of a sweep once more, by itself and with all that a run leaves, or in the window.

use super::checkpoints::Every;
use super::memory::memory_to_spare;
use super::run::run_scenario;
use super::say::say;
#[cfg(feature = "window")]
use super::view::open_at;
use super::{Common, EngineName, Failure, MovieFormat, Outcome, engine};
use crate::engine::EngineChoice;
#[cfg(feature = "window")]
use crate::link::SharedView;
use crate::scenario::{LeaveWord, Scenario};
use crate::sweep::{Contract, read_plan};
#[cfg(feature = "window")]
use crate::view::window::Opening;
use std::path::Path;

/// A run of a plan, read to be played again.
struct Replayed {
    contract: Contract,
    scenario: Scenario,
    engine: EngineChoice,
}

/// Replays the run with this number of the sweep in `folder`.
pub fn run(
    folder: &Path,
    number: u64,
    movie: Option<MovieFormat>,
    leave: &[LeaveWord],
    common: &Common,
) -> Result<Outcome, Failure> {
    match read(folder, number, common) {
        Some(Replayed {
            contract,
            scenario,
            engine,
            ..
        }) => run_scenario(
            scenario,
            &contract.scenario,
            &engine,
            movie,
            leave,
            Every::default(),
            common,
        ),
        None => Ok(Outcome::WrongInput),
    }
}

/// Opens the window on the run with this number, at a time of it, h.
#[cfg(feature = "window")]
pub fn view(folder: &Path, number: u64, at_h: Option<f64>, common: &Common) -> Result<Outcome, Failure> {
    let Some(replayed) = read(folder, number, common) else {
        return Ok(Outcome::WrongInput);
    };
    let Replayed {
        contract,
        scenario,
        engine,
    } = replayed;
    let read_again = move |text: &str| {
        let changed = Contract {
            text: text.to_owned(),
            ..contract.clone()
        };
        // The text has the changes of its number by then.
        changed.read(&[], memory_to_spare())
    };
    let opening = Opening {
        lesson: None,
        scenario,
        file: None,
        read: Box::new(read_again),
        at: None,
        plays: false,
        view: SharedView::default(),
        engine,
        out: common.out.clone(),
        force: common.force,
    };
    open_at(opening, at_h, common)
}

/// Reads the run with this number; says why it cannot be played again where it cannot.
fn read(folder: &Path, number: u64, common: &Common) -> Option<Replayed> {
    let plan = read_plan(folder).map_err(say).ok()?;
    let Some(planned) = plan.run(number) else {
        say(format_args!(
            "--run {number}: found no such run in {}; expected a number from 1 to {}",
            folder.display(),
            plan.runs()
        ));
        return None;
    };
    let overrides = plan.overrides(&planned);
    if !common.quiet {
        let changes: Vec<String> = overrides.iter().map(ToString::to_string).collect();
        say(format_args!("run {number} of {}: {}", plan.runs(), changes.join(", ")));
    }
    let scenario = plan.contract.read(&overrides, memory_to_spare()).map_err(say).ok()?;
    let asked = engine::choice(common);
    let engine = EngineChoice {
        kind: if common.engine == EngineName::Auto {
            plan.contract.engine
        } else {
            asked.kind
        },
        adapter: asked.adapter.clone().or(plan.contract.adapter.clone()),
        ..asked
    };
    Some(Replayed {
        contract: plan.contract,
        scenario,
        engine,
    })
}
