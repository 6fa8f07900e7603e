//! The files of a run, written into one folder.

use super::contents::{AXONS, RUN_RECORD, SCENARIO, SCENARIO_FILE};
use super::error::{ExportError, write_file};
use super::outcome::Results;
use super::parquet_file::write_parquet;
use super::picture::plate_png;
use super::places::{neuron_file, well_folder};
use super::record::{RunRecord, table_schema};
use super::report::report_html;
use super::stream::RowStream;
use super::swc::swc;
use super::table::{neurons_table, rows_table};
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::readout::culture::sites;
use crate::readout::neurons::neurons;
use crate::readout::topology::Forest;
use crate::scenario::{Override, ScenarioCopy};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Axons that are drawn in a second or two, though a run was asked to end; a system that asks kills soon after.
const DRAWN_IN_A_HURRY: usize = 30_000;

/// Writes the files of a run into `folder`, which exists.
///
/// # Errors
/// A file cannot be written.
pub fn write_results(folder: &Path, results: &Results<'_>) -> Result<(), ExportError> {
    let mut stream = RowStream::begin(folder, results.readouts, &results.record.labels)?;
    stream.add(results.readouts, &results.readouts.rows)?;
    write_streamed(folder, results, &mut stream)
}

/// Writes the files of a run that are to be left into `folder`, where its table of readouts is already.
///
/// # Errors
/// A file cannot be written.
pub(super) fn write_streamed(folder: &Path, results: &Results<'_>, stream: &mut RowStream) -> Result<(), ExportError> {
    let Results {
        plate,
        world,
        readouts,
        morphologies,
        leave,
        ..
    } = *results;
    // The last record, where it is not there yet.
    stream.add(readouts, readouts.last_rows())?;
    stream.write_parquet(readouts, &folder.join("readouts.parquet"))?;

    if leave.axons {
        let written = |neuron: usize| morphologies.include(neuron);
        let table = neurons_table(plate, &neurons(plate, world), |row| written(row.neuron));
        write_parquet(&folder.join("neurons.parquet"), &table.labelled(&results.record.labels))?;
        write_axons(&folder.join(AXONS), plate, world, written)?;
    }

    let scenario = scenario_of(results)?;
    write_scenario(&folder.join(SCENARIO), &scenario)?;
    let record = completed(results, &scenario);
    // A run is worth keeping without its picture; the report then says why there is none.
    let picture = leave.pictures.then(|| picture_of(results));
    if let Some(Ok(picture)) = &picture {
        write_file(&folder.join("plate.png"), picture)?;
    }
    if leave.report {
        let picture = picture.as_ref().map(|picture| picture.as_deref());
        write_file(&folder.join("report.html"), report_html(results, &record, picture)?)?;
    }
    write_file(&folder.join(RUN_RECORD), serde_json::to_string_pretty(&record)? + "\n")
}

/// The picture of the plate as a PNG file, or why there is none.
fn picture_of(results: &Results<'_>) -> Result<Vec<u8>, ExportError> {
    if results.hurried && results.world.cones.len() > DRAWN_IN_A_HURRY {
        let why = "the run was asked to end, and so many axons take long to draw".to_owned();
        return Err(ExportError::Drawing("the plate", why));
    }
    plate_png(results.plate, results.world)
}

/// The scenario as it goes along with the results: what was changed on the command line stands in it.
fn scenario_of(results: &Results<'_>) -> Result<ScenarioCopy, ExportError> {
    let record = results.record;
    let overrides: Result<Vec<Override>, _> = record.overrides.iter().map(|change| change.parse()).collect();
    let overrides = overrides.map_err(|problem| ExportError::Scenario(problem.to_string()))?;
    ScenarioCopy::of(&record.scenario, &overrides, results.files).map_err(ExportError::Scenario)
}

/// Writes the scenario with the files that it names, so that it can be run again by itself.
fn write_scenario(folder: &Path, scenario: &ScenarioCopy) -> Result<(), ExportError> {
    fs::create_dir_all(folder).map_err(ExportError::io("made", folder))?;
    write_file(&folder.join(SCENARIO_FILE), &scenario.text)?;
    for file in &scenario.files {
        let path = folder.join(&file.name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(ExportError::io("made", parent))?;
        write_file(&path, &file.bytes)?;
    }
    Ok(())
}

/// The run record with all that the results themselves say.
fn completed(results: &Results<'_>, scenario: &ScenarioCopy) -> RunRecord {
    let plate = results.plate;
    RunRecord {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        partial: results.world.step < plate.steps,
        steps_done: results.world.step,
        steps_planned: plate.steps,
        step_h: plate.step_h,
        seed: plate.seed,
        scenario_files: scenario.files.iter().map(|file| tidy(&file.name)).collect(),
        readouts: table_schema(&rows_table(results.readouts, &[]).labelled(&results.record.labels)),
        ..results.record.clone()
    }
}

/// A path below a folder without steps that lead nowhere.
fn tidy(name: &str) -> String {
    let parts: Vec<_> = Path::new(name)
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    parts.iter().collect::<PathBuf>().to_string_lossy().into_owned()
}

fn write_axons(
    folder: &Path,
    plate: &Plate,
    world: &World,
    written: impl Fn(usize) -> bool,
) -> Result<(), ExportError> {
    let forest = Forest::new(world);
    for site in sites(plate) {
        let mut chosen = (0..site.neurons.len()).filter(|&neuron| written(neuron)).peekable();
        if chosen.peek().is_none() {
            continue;
        }
        let well = folder.join(well_folder(plate, site.well));
        fs::create_dir_all(&well).map_err(ExportError::io("made", &well))?;
        for neuron in chosen {
            let text = swc(plate, world, &forest, site.neurons.start + neuron);
            write_file(&well.join(neuron_file(plate, neuron)), text)?;
        }
    }
    Ok(())
}
