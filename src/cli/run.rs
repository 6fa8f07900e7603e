//! `outgrowth run FILE`: a scenario from its first step to its results on disk.

use super::progress::Progress;
use super::{Common, Failure, Outcome, Source, engine, print};
use crate::experiment::{Watch, perform};
use crate::export::{self, Morphologies, ResolvedParameter, Results, RunRecord, results_table};
use crate::readout::acceptance::acceptance;
use crate::readout::recorder::Recorder;
use crate::readout::summary::Summary;
use crate::scenario::{self, Scenario};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Instant, SystemTime};

/// Runs one scenario.
pub fn run(file: &str, common: &Common) -> Result<Outcome, Failure> {
    let Some(scenario) = read(file, common) else {
        return Ok(Outcome::WrongInput);
    };
    let destination = match destination(&scenario, common) {
        Ok(destination) => destination,
        Err(problem) => {
            eprintln!("{problem}");
            return Ok(Outcome::WrongInput);
        }
    };
    let began = Began {
        at: SystemTime::now(),
        clock: Instant::now(),
    };
    let mut engine = engine::open(scenario.plate.clone(), common)?;
    let info = engine.describe();
    if !common.quiet {
        eprintln!(
            "{}: {} on {} ({})",
            scenario.plate.name, info.kind, info.device, info.reason
        );
    }

    let stop = stop_on_ctrl_c();
    let mut recorder = Recorder::new(&scenario.plate);
    let mut progress = Progress::new(&scenario.plate, common.quiet);
    perform(engine.as_mut(), &mut recorder, |step| {
        progress.reach(step);
        if stop.load(Ordering::Relaxed) {
            Watch::Stop
        } else {
            Watch::GoOn
        }
    })?;
    progress.finish();

    let record = record(&scenario, &info, &began);
    let readouts = recorder.into_readouts();
    let world = engine.world()?;
    let partial = world.step < scenario.plate.steps;
    let results = Results {
        plate: &scenario.plate,
        world,
        readouts: &readouts,
        record: &record,
        morphologies: morphologies(&scenario),
    };
    let folder = export::save(&destination, common.force, &results)?;
    if common.json {
        print(&format!("{:#}\n", summary(&folder, partial, &results)))?;
    } else if !common.quiet {
        print(&results_table(&readouts))?;
        print(&format!(
            "\n{:.1} s; report: {}\n",
            began.clock.elapsed().as_secs_f64(),
            folder.join("report.html").display()
        ))?;
    }
    if partial {
        eprintln!(
            "stopped after {} of {} steps; the results so far are marked as partial",
            world.step, scenario.plate.steps
        );
        return Ok(Outcome::Stopped);
    }
    Ok(Outcome::Done)
}

/// The scenario, or nothing where it has mistakes, which are then printed.
fn read(file: &str, common: &Common) -> Option<Scenario> {
    let scenario = match Source::find(file) {
        Ok(source) => source.read(common),
        Err(message) => {
            eprintln!("{message}");
            return None;
        }
    };
    match scenario {
        Ok(scenario) => {
            for warning in scenario.warnings.iter().filter(|_| !common.quiet) {
                eprintln!("warning: {warning}");
            }
            Some(scenario)
        }
        Err(mistakes) => {
            eprintln!("{mistakes}");
            None
        }
    }
}

/// Where the results go: where the user says, else a new numbered folder. Checked before anything is computed.
fn destination(scenario: &Scenario, common: &Common) -> Result<PathBuf, export::ExportError> {
    if let Some(folder) = &common.out {
        export::may_write(folder, common.force)?;
        return Ok(folder.clone());
    }
    let name = export::places::slug(&scenario.plate.name);
    let numbered = (1..).map(|number| Path::new("results").join(format!("{name}-{number}")));
    Ok(numbered
        .into_iter()
        .find(|folder| !folder.exists())
        .unwrap_or_else(|| Path::new("results").join(name)))
}

/// Set when the user presses Ctrl-C or the system asks the program to end. A second time ends it at once.
fn stop_on_ctrl_c() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let handler = ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(Outcome::Stopped as i32);
        }
        eprintln!("\nstopping after this stretch of steps; once more to stop at once and lose the results");
    });
    if let Err(problem) = handler {
        tracing::warn!("Ctrl-C will not save what was measured: {problem}");
    }
    stop
}

/// When a run began, by the calendar and by the clock.
struct Began {
    at: SystemTime,
    clock: Instant,
}

fn morphologies(scenario: &Scenario) -> Morphologies {
    match scenario.record.morphologies {
        scenario::Morphologies::All => Morphologies::All,
        scenario::Morphologies::None => Morphologies::None,
        scenario::Morphologies::Count(count) => Morphologies::PerWell(count),
    }
}

fn record(scenario: &Scenario, info: &crate::engine::EngineInfo, began: &Began) -> RunRecord {
    RunRecord {
        engine: info.kind.to_owned(),
        adapter: info.device.clone(),
        driver: info.driver.clone(),
        backend: info.backend.clone(),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        started: humantime::format_rfc3339_seconds(began.at).to_string(),
        ended: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
        wall_s: began.clock.elapsed().as_secs_f64(),
        scenario: scenario.text.clone(),
        overrides: scenario.overrides.iter().map(ToString::to_string).collect(),
        parameters: scenario.resolved.iter().map(parameter).collect(),
        ..RunRecord::default()
    }
}

fn parameter(resolved: &scenario::Resolved) -> ResolvedParameter {
    ResolvedParameter {
        path: resolved.path.clone(),
        value: resolved.text.clone(),
        default: resolved.default_text.clone(),
        grade: resolved.grade.to_string(),
        source: resolved.source.to_owned(),
        meaning: resolved.meaning.trim().to_owned(),
    }
}

/// What `--json` prints: where the results are, the last readouts by condition, the acceptance table.
fn summary(folder: &Path, partial: bool, results: &Results<'_>) -> Value {
    let Results { plate, readouts, .. } = results;
    let time_h = readouts.last_time_h().unwrap_or(0.0);
    let of_condition = |condition: usize| {
        let columns = readouts.columns.iter().filter_map(|column| {
            let summary = Summary::of(&readouts.values_at(&column.name, condition, time_h))?;
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
            "figure": check.figure,
            "verdict": check.verdict.words(),
            "kind": check.kind.words(),
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
