//! `outgrowth resume DIR`: an unfinished run goes on from its last checkpoint, to the bits of a run that was never stopped.

use super::carry_out::{Undertaking, carry_out};
use super::checkpoints::{Checkpoints, Every};
use super::memory::memory_to_spare;
use super::say::say;
use super::stop::StopRequest;
use super::{Common, EngineName, Failure, Outcome, engine};
use crate::checkpoint::file::Checkpoint;
use crate::checkpoint::head::plate_hash;
use crate::checkpoint::unfinished::Circumstances;
use crate::checkpoint::{Begun, CheckpointError, Found, Unfinished};
use crate::engine::{ComputesOn, Engine, EngineChoice, EngineError, open};
use crate::export::{Keeping, ResultFolder, other_places, run_id, run_labels, settle_leftovers};
use crate::readout::recorder::Recorder;
use crate::scenario::Scenario;
use crate::scenario::recorded::VALUES_IN_MEMORY;
use crate::session::results::Began;
use std::path::Path;

/// Goes on with the run whose results will be `folder`.
pub fn run(folder: &Path, every: Every, common: &Common) -> Result<Outcome, Failure> {
    let (unfinished, begun) = match Unfinished::find(folder) {
        Found::Unfinished(found) => *found,
        Found::Finished => {
            if !common.quiet {
                say(format_args!(
                    "{} is finished: there is nothing to go on with",
                    folder.display()
                ));
            }
            return Ok(Outcome::Done);
        }
        Found::AtWork => {
            say(format_args!("{}: another run is at work in it", folder.display()));
            return Ok(Outcome::WrongInput);
        }
        Found::Nothing(why) => {
            say(why);
            return Ok(Outcome::WrongInput);
        }
    };
    let scenario = match begun.scenario(unfinished.folder(), memory_to_spare()) {
        Ok(scenario) => scenario,
        Err(mistakes) => {
            say(mistakes);
            return Ok(Outcome::WrongInput);
        }
    };
    go_on(folder, unfinished, &begun, &scenario, every, common)
}

fn go_on(
    destination: &Path,
    mut unfinished: Unfinished,
    begun: &Begun,
    scenario: &Scenario,
    every: Every,
    common: &Common,
) -> Result<Outcome, Failure> {
    for sentence in settle_leftovers(destination).into_iter().filter(|_| !common.quiet) {
        say(sentence);
    }
    let began = Began::now();
    let stop = StopRequest::listen(true);
    let mut engine = open(scenario.plate.clone(), &choice(begun, common))?;
    let info = engine.describe();
    let plate = plate_hash(&scenario.plate);
    let (checkpoint, refused) = unfinished.last(&plate, info.kind);
    refused.iter().for_each(say);
    if checkpoint.is_none()
        && refused
            .iter()
            .any(|refused| matches!(refused, CheckpointError::Foreign { .. }))
    {
        say("no checkpoint can be gone on with here; outgrowth run --force begins the run anew");
        return Ok(Outcome::WrongInput);
    }
    let from = start(checkpoint, engine.as_mut(), scenario)?;
    if let Some(Start { device, .. }) = &from
        && *device != info.device
        && info.kind != ComputesOn::Cpu
    {
        say(format_args!(
            "warning: the run was begun on {device}, this is {}: another device may give other bits",
            info.device
        ));
    }
    let mut results = ResultFolder::begin(destination, true)?;
    results.expect_checkpoint();
    let rows_path = unfinished.rows_path();
    let labels = run_labels(scenario, &run_id(scenario, &info.kind.to_string()));
    let (recorder, keeping, step, elapsed_s, mut resumed_at) = match from {
        Some(Start {
            recorder,
            rows: (bytes, last_h),
            step,
            elapsed_s,
            resumed_at,
            ..
        }) => {
            let keeping = Keeping::resume(results, &labels, (&rows_path, bytes, last_h), other_places())?;
            (recorder, keeping, Some(step), elapsed_s, resumed_at)
        }
        None => {
            let recorder = Recorder::thinning(&scenario.plate, VALUES_IN_MEMORY);
            let keeping = Keeping::begin(results, recorder.readouts(), &labels, other_places())?;
            (recorder, keeping, None, 0.0, Vec::new())
        }
    };
    if !common.quiet {
        say(match step {
            Some(step) => format!("goes on from step {step} of {}", scenario.plate.steps),
            None => "the run had no checkpoint yet: it begins anew".to_owned(),
        });
    }
    if begun.movie {
        say("the results will have no movie: one that was cut short is not gone on with");
    }
    resumed_at.extend(step);
    let circumstances = Circumstances {
        engine: info.kind,
        device: info.device,
        plate,
        elapsed_s,
        resumed_at,
    };
    stop.watch_over(keeping.path().to_owned());
    let undertaking = Undertaking {
        scenario,
        engine,
        recorder,
        keeping,
        checkpoints: Checkpoints::new(Some(unfinished), every, circumstances, step),
        stop,
        began,
        started: Some(begun.started.clone()),
        movie: None,
    };
    carry_out(undertaking, common)
}

/// What a run goes on from, besides the state, which the engine has.
struct Start {
    recorder: Recorder,
    rows: (u64, Option<f64>),
    step: u32,
    device: String,
    elapsed_s: f64,
    resumed_at: Vec<u32>,
}

/// Gives the engine the state of a checkpoint.
fn start(
    checkpoint: Option<Checkpoint>,
    engine: &mut dyn Engine,
    scenario: &Scenario,
) -> Result<Option<Start>, Failure> {
    let Some(Checkpoint { head, world, memory }) = checkpoint else {
        return Ok(None);
    };
    let recorder = Recorder::remembering(&scenario.plate, memory);
    let foreign = || EngineError::ForeignState("its readouts are of another plate".to_owned());
    let recorder = recorder.ok_or_else(foreign)?;
    engine.load(world)?;
    Ok(Some(Start {
        recorder,
        rows: (head.rows.bytes, head.rows.last_h),
        step: head.step,
        device: head.device,
        elapsed_s: head.elapsed_s,
        resumed_at: head.resumed_at,
    }))
}

/// The engine that the run was begun with, unless the command line asks for another.
fn choice(begun: &Begun, common: &Common) -> EngineChoice {
    let asked = engine::choice(common);
    let before = begun.engine();
    EngineChoice {
        kind: if common.engine == EngineName::Auto {
            before.kind
        } else {
            asked.kind
        },
        adapter: asked.adapter.or(before.adapter),
        granted: asked.granted,
        threads: asked.threads,
    }
}
