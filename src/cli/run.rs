//! `outgrowth run FILE`: a scenario from its first step to its results on disk.

use super::film::Film;
use super::progress::Progress;
use super::say::say;
use super::stop::StopRequest;
use super::{Common, Failure, MovieFormat, Outcome, ScenarioSource, engine, print, room};
use crate::experiment::{Watch, perform};
use crate::export::{self, ResultFolder, Results, results_table};
use crate::readout::acceptance::acceptance;
use crate::readout::recorder::Recorder;
use crate::readout::summary::Summary;
use crate::scenario::Scenario;
use crate::session::results::{Began, run_record};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Runs the reference plate, and says why.
pub fn run_reference_plate(why: &str, common: &Common) -> Result<Outcome, Failure> {
    if !common.quiet {
        say(format_args!(
            "{why}: running the reference plate (outgrowth --help lists the commands)"
        ));
    }
    run_source(Ok(ScenarioSource::reference_plate()), None, common)
}

/// Runs one scenario.
pub fn run(file: &str, movie: Option<MovieFormat>, common: &Common) -> Result<Outcome, Failure> {
    run_source(ScenarioSource::find(file), movie, common)
}

fn run_source(
    source: Result<ScenarioSource, String>,
    movie: Option<MovieFormat>,
    common: &Common,
) -> Result<Outcome, Failure> {
    let Some(scenario) = read(source, common) else {
        return Ok(Outcome::WrongInput);
    };
    // The place for the results is made first: a run must not end where nothing can be written.
    let folder = match destination(&scenario, common) {
        Ok(folder) => folder,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    room::warn_if_short(folder.path(), &scenario, common);
    let began = Began::now();
    let mut engine = engine::open(scenario.plate.clone(), common)?;
    let info = engine.describe();
    if !common.quiet {
        say(format_args!(
            "{}: {} on {} ({})",
            scenario.plate.name, info.kind, info.device, info.reason
        ));
    }

    let stop = StopRequest::listen(folder.path().to_owned());
    let mut recorder = Recorder::new(&scenario.plate);
    let mut film = Film::begin(movie, &scenario.plate, folder.path(), common);
    let mut progress = Progress::new(&scenario.plate, common.quiet);
    let performed = perform(
        engine.as_mut(),
        &mut recorder,
        |world| film.add(world),
        |step| {
            progress.reach(step);
            if stop.is_made() { Watch::Stop } else { Watch::GoOn }
        },
    );
    progress.finish();

    stop.begin_saving();
    let record = run_record(&scenario, &info, common.thread_count(), &began);
    let readouts = recorder.into_readouts();
    let world = engine.last_world();
    let results = Results {
        plate: engine.now(),
        world,
        readouts: &readouts,
        record: &record,
        morphologies: scenario.record.morphologies,
        files: &scenario.files,
    };
    export::write_results(folder.path(), &results)?;
    film.finish();
    let folder = folder.finish()?;
    let partial = world.step < scenario.plate.steps;
    if common.json {
        print(&format!("{:#}\n", summary(&folder, partial, &results)))?;
    } else if !common.quiet {
        print(&results_table(&readouts))?;
        let seconds = began.elapsed_s();
        print(&format!(
            "\n{seconds:.1} s; report: {}\n",
            folder.join("report.html").display()
        ))?;
    }
    if partial {
        let (done, planned) = (world.step, scenario.plate.steps);
        say(format_args!(
            "stopped after {done} of {planned} steps; the results so far are marked as partial"
        ));
    }
    performed?;
    Ok(if partial { Outcome::Stopped } else { Outcome::Done })
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

/// Where the results go: where the user says, else a new numbered folder.
fn destination(scenario: &Scenario, common: &Common) -> Result<ResultFolder, export::ExportError> {
    match &common.out {
        Some(folder) => ResultFolder::begin(folder, common.force),
        None => ResultFolder::begin(
            &new_numbered_folder(&export::places::slug(&scenario.plate.name)),
            common.force,
        ),
    }
}

/// The first `results/NAME-N` that is not there. It is made at once, empty, so that no run beside this one takes it; a
/// folder that cannot be made is refused when the results are begun.
fn new_numbered_folder(name: &str) -> PathBuf {
    let parent = Path::new("results");
    let made = std::fs::create_dir_all(parent);
    let mut number = 1;
    loop {
        let folder = parent.join(format!("{name}-{number}"));
        match std::fs::create_dir(&folder) {
            Err(problem) if made.is_ok() && problem.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            _ => return folder,
        }
    }
}

/// The summary that `--json` prints: where the results are, the last readouts by condition, the acceptance table.
fn summary(folder: &Path, partial: bool, results: &Results<'_>) -> Value {
    let Results { plate, readouts, .. } = results;
    let time_h = readouts.last_time_h().unwrap_or(0.0);
    let of_condition = |condition: usize| {
        let columns = readouts.columns.iter().filter_map(|column| {
            let summary = Summary::of(&readouts.values_at(column.readout, condition, time_h))?;
            Some((column.name.clone(), json!({ "mean": summary.mean, "sd": summary.sd })))
        });
        Value::Object(columns.collect())
    };
    let conditions = plate.conditions.iter().enumerate();
    let conditions: serde_json::Map<_, _> = conditions
        .map(|(c, name)| (name.name.clone(), of_condition(c)))
        .collect();
    let checks = acceptance(plate, readouts).into_iter().map(|check| {
        json!({
            "check": check.name,
            "band": check.band,
            "value": check.value,
            "figure": check.figure,
            "verdict": check.verdict.words(),
            "kind": check.evidence.words(),
        })
    });
    json!({
        "folder": folder,
        "partial": partial,
        "time_h": time_h,
        "conditions": conditions,
        "acceptance": checks.collect::<Vec<_>>(),
    })
}
