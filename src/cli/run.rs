//! `outgrowth run FILE`: a scenario from its first step to its results on disk.

use super::carry_out::{Undertaking, carry_out};
use super::checkpoints::{Checkpoints, Every};
use super::say::say;
use super::stop::StopRequest;
use super::{Common, Failure, MovieFormat, Outcome, ScenarioSource, engine, room};
use crate::checkpoint::head::plate_hash;
use crate::checkpoint::unfinished::Circumstances;
use crate::checkpoint::{Begun, Unfinished};
use crate::engine::{EngineChoice, open};
use crate::export::places::slug;
use crate::export::{ExportError, Keeping, ResultFolder, other_places, run_id, run_labels, settle_leftovers};
use crate::readout::recorder::Recorder;
use crate::scenario::recorded::VALUES_IN_MEMORY;
use crate::scenario::{Leave, LeaveWord, Scenario};
use crate::session::results::Began;
use std::path::Path;

/// Runs the reference plate, and says why.
pub fn run_reference_plate(why: &str, common: &Common) -> Result<Outcome, Failure> {
    if !common.quiet {
        say(format_args!(
            "{why}: running the reference plate (outgrowth --help lists the commands)"
        ));
    }
    run_source(
        Ok(ScenarioSource::reference_plate()),
        None,
        &[],
        Every::default(),
        common,
    )
}

/// Runs one scenario and leaves what `leave` names; what the scenario says where it names nothing.
pub fn run(
    file: &str,
    movie: Option<MovieFormat>,
    leave: &[LeaveWord],
    every: Every,
    common: &Common,
) -> Result<Outcome, Failure> {
    run_source(ScenarioSource::find(file), movie, leave, every, common)
}

fn run_source(
    source: Result<ScenarioSource, String>,
    movie: Option<MovieFormat>,
    leave: &[LeaveWord],
    every: Every,
    common: &Common,
) -> Result<Outcome, Failure> {
    let name = source
        .as_ref()
        .map_or_else(|_| String::new(), |source| source.name.clone());
    match read(source, common) {
        Some(scenario) => run_scenario(scenario, &name, &engine::choice(common), movie, leave, every, common),
        None => Ok(Outcome::WrongInput),
    }
}

/// Runs a scenario, `name` in messages, on the engine of a choice.
pub(super) fn run_scenario(
    mut scenario: Scenario,
    name: &str,
    choice: &EngineChoice,
    movie: Option<MovieFormat>,
    leave: &[LeaveWord],
    every: Every,
    common: &Common,
) -> Result<Outcome, Failure> {
    if !leave.is_empty() {
        scenario.record.leave = Leave::of(leave);
    }
    let began = Began::now();
    let stop = StopRequest::listen(every.0.is_some());
    // The place for the results is made first: a run must not end where nothing can be written.
    let begun = destination(&scenario, common).and_then(|mut folder| {
        let unfinished = match every {
            Every(Some(_)) => {
                folder.expect_checkpoint();
                let begun = Begun::now(&scenario, name, choice, movie.is_some(), began.calendar());
                Some(Unfinished::begin(folder.destination(), &begun, &scenario.files)?)
            }
            Every(None) => None,
        };
        Ok((folder, unfinished))
    });
    let (folder, unfinished) = match begun {
        Ok(begun) => begun,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    room::warn_if_short(folder.path(), &scenario, common);
    stop.watch_over(folder.path().to_owned());
    let engine = open(scenario.plate.clone(), choice)?;
    let info = engine.describe();
    // The run's id, which stands in every row, is also of the engine.
    let labels = run_labels(&scenario, &run_id(&scenario, &info.kind.to_string()));
    let recorder = Recorder::thinning(&scenario.plate, VALUES_IN_MEMORY);
    let keeping = match Keeping::begin(folder, recorder.readouts(), &labels, other_places()) {
        Ok(keeping) => keeping,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    let circumstances = Circumstances {
        engine: info.kind,
        device: info.device,
        plate: plate_hash(&scenario.plate),
        elapsed_s: 0.0,
        resumed_at: Vec::new(),
    };
    let undertaking = Undertaking {
        scenario: &scenario,
        engine,
        recorder,
        keeping,
        checkpoints: Checkpoints::new(unfinished, every, circumstances, None),
        stop,
        began,
        started: None,
        movie,
    };
    carry_out(undertaking, common)
}

/// Reads a scenario and prints its mistakes; `None` where it has any.
pub(super) fn read(source: Result<ScenarioSource, String>, common: &Common) -> Option<Scenario> {
    let scenario = match source {
        Ok(source) => source.read(common),
        Err(message) => {
            say(message);
            return None;
        }
    };
    match scenario {
        Ok(scenario) => {
            for warning in scenario.warnings.iter().filter(|_| !common.quiet) {
                say(format_args!("warning: {warning}"));
            }
            Some(scenario)
        }
        Err(mistakes) => {
            say(mistakes);
            None
        }
    }
}

/// Where the results go: where the user says, else a new numbered folder. What a killed run has left there is settled first.
fn destination(scenario: &Scenario, common: &Common) -> Result<ResultFolder, ExportError> {
    let settle = |destination: &Path| {
        for sentence in settle_leftovers(destination).into_iter().filter(|_| !common.quiet) {
            say(sentence);
        }
    };
    match &common.out {
        Some(folder) => {
            settle(folder);
            ResultFolder::begin(folder, common.force)
        }
        None => {
            let folder = ResultFolder::begin_numbered(Path::new("results"), &slug(&scenario.plate.name))?;
            settle(folder.destination());
            Ok(folder)
        }
    }
}
