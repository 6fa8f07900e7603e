//! `outgrowth run FILE`: a scenario from its first step to its results on disk.

use super::film::Film;
use super::progress::Progress;
use super::say::say;
use super::stop::StopRequest;
use super::{Common, Failure, MovieFormat, Outcome, ScenarioSource, engine, print, room};
use crate::experiment::{Watch, perform_and_keep};
use crate::export::places::slug;
use crate::export::{
    ExportError, Keeping, ResultFolder, Results, other_places, results_table, rim_notes, run_id, run_labels,
    settle_leftovers,
};
use crate::model::word::Word;
use crate::model::world::World;
use crate::readout::acceptance::acceptance;
use crate::readout::bootstrap::Bootstrap;
use crate::readout::recorder::{Readouts, Recorder};
use crate::readout::summary::Summary;
use crate::scenario::recorded::VALUES_IN_MEMORY;
use crate::scenario::{Leave, LeaveWord, Scenario};
use crate::session::results::{Began, run_record};
use serde_json::{Value, json};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

/// Runs the reference plate, and says why.
pub fn run_reference_plate(why: &str, common: &Common) -> Result<Outcome, Failure> {
    if !common.quiet {
        say(format_args!(
            "{why}: running the reference plate (outgrowth --help lists the commands)"
        ));
    }
    run_source(Ok(ScenarioSource::reference_plate()), None, &[], common)
}

/// Runs one scenario and leaves what `leave` names; what the scenario says where it names nothing.
pub fn run(file: &str, movie: Option<MovieFormat>, leave: &[LeaveWord], common: &Common) -> Result<Outcome, Failure> {
    run_source(ScenarioSource::find(file), movie, leave, common)
}

fn run_source(
    source: Result<ScenarioSource, String>,
    movie: Option<MovieFormat>,
    leave: &[LeaveWord],
    common: &Common,
) -> Result<Outcome, Failure> {
    let Some(mut scenario) = read(source, common) else {
        return Ok(Outcome::WrongInput);
    };
    if !leave.is_empty() {
        scenario.record.leave = Leave::of(leave);
    }
    // The place for the results is made first: a run must not end where nothing can be written.
    let mut recorder = Recorder::thinning(&scenario.plate, VALUES_IN_MEMORY);
    let folder = match destination(&scenario, common) {
        Ok(folder) => folder,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    room::warn_if_short(folder.path(), &scenario, common);
    let began = Began::now();
    let stop = StopRequest::listen(folder.path().to_owned(), false);
    let mut engine = engine::open(scenario.plate.clone(), common)?;
    let info = engine.describe();
    // The run's id, which stands in every row, is also of the engine.
    let labels = run_labels(&scenario, &run_id(&scenario, &info.kind.to_string()));
    let mut keeping = match Keeping::begin(folder, recorder.readouts(), &labels, other_places()) {
        Ok(keeping) => keeping,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    if !common.quiet {
        say(format_args!(
            "{}: {} on {} ({})",
            scenario.plate.name, info.kind, info.device, info.reason
        ));
    }

    let mut film = Film::begin(movie, &scenario.plate, keeping.path(), common);
    let mut progress = Progress::new(&scenario.plate, common.quiet);
    let no_room = Cell::new(false);
    let seen = |world: &World, readouts: &Readouts| {
        film.add(world);
        if let Err(problem) = keep_rows(&mut keeping, &mut film, readouts)
            && !no_room.replace(true)
        {
            say(format_args!("{problem}; nor anywhere else: the run ends here"));
        }
    };
    let watch = |step| {
        progress.reach(step);
        if stop.is_made() || no_room.get() {
            Watch::Stop
        } else {
            Watch::GoOn
        }
    };
    // A driver that dies under an engine may show as a panic in the library that speaks to it.
    let performed = catch_unwind(AssertUnwindSafe(|| {
        perform_and_keep(engine.as_mut(), &mut recorder, seen, watch)
    }));
    progress.finish();
    let performed = match performed {
        Ok(performed) => performed,
        Err(panic) => {
            say(keeping.leave("the engine stopped in the middle of its work".to_owned()));
            resume_unwind(panic);
        }
    };

    stop.begin_saving();
    let stride = recorder.stride();
    if stride > 1 && !common.quiet {
        say(format_args!(
            "readouts.csv and readouts.parquet have every record; the report and the acceptance table are of every {stride}th \
             and of whole days"
        ));
    }
    let record = run_record(&scenario, &info, common.thread_count(), &began);
    let readouts = recorder.into_readouts();
    let world = engine.last_world();
    let results = Results {
        plate: engine.now(),
        world,
        readouts: &readouts,
        record: &record,
        morphologies: scenario.record.morphologies,
        leave: scenario.record.leave,
        hurried: stop.is_made(),
        files: &scenario.files,
    };
    film.finish();
    let (folder, sentences) = keeping.finish(&results);
    sentences.into_iter().for_each(say);
    let partial = world.step < scenario.plate.steps;
    if partial {
        let (done, planned) = (world.step, scenario.plate.steps);
        say(format_args!(
            "stopped after {done} of {planned} steps; the results so far are marked as partial"
        ));
    }
    let folder = folder?;
    if common.json {
        print(&format!("{:#}\n", summary(&folder, partial, &results)))?;
    } else if !common.quiet {
        print(&results_table(&readouts))?;
        for note in rim_notes(&readouts) {
            say(format_args!("note: {note}"));
        }
        let seconds = began.elapsed_s();
        let (what, lies) = if scenario.record.leave.report {
            ("report", folder.join("report.html"))
        } else {
            ("results", folder)
        };
        print(&format!("\n{seconds:.1} s; {what}: {}\n", lies.display()))?;
    }
    performed?;
    Ok(if partial { Outcome::Stopped } else { Outcome::Done })
}

/// Writes the last rows. A movie gives way to them.
fn keep_rows(keeping: &mut Keeping, film: &mut Film, readouts: &Readouts) -> Result<(), ExportError> {
    let rows = readouts.last_rows();
    let Err(problem) = keeping.add(readouts, rows) else {
        return Ok(());
    };
    film.give_up(&problem);
    let kept = keeping.add_anywhere(readouts, rows);
    keeping.take_sentences().into_iter().for_each(say);
    kept
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

/// The summary that `--json` prints: where the results are, the last readouts by condition, the acceptance table.
fn summary(folder: &Path, partial: bool, results: &Results<'_>) -> Value {
    let Results { plate, readouts, .. } = results;
    let time_h = readouts.last_time_h().unwrap_or(0.0);
    let bootstrap = Bootstrap::of(plate);
    let of_condition = |condition: usize| {
        let columns = readouts.columns.iter().filter_map(|column| {
            let wells = readouts.values_at(column.readout, condition, time_h);
            let summary = Summary::of(&wells)?;
            let interval = bootstrap.mean(&wells).map(|interval| [interval.low, interval.high]);
            let figures =
                json!({ "mean": summary.mean, "sd": summary.sd, "wells": summary.wells, "interval_95": interval });
            Some((column.name.clone(), figures))
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
            "kind": check.evidence.word(),
            "fails_by": check.fails_by,
            "band_from": check.source,
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
