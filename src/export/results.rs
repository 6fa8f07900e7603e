//! All files of a run, written into one folder.

use super::error::{ExportError, write_file};
use super::folder::{RUN_RECORD, ResultFolder, SCENARIO};
use super::outcome::Results;
use super::parquet_file::write_parquet;
use super::picture::plate_png;
use super::places::{neuron_file, well_folder};
use super::record::{RunRecord, readout_schema};
use super::report::report_html;
use super::swc::swc;
use super::table::{neurons_table, readouts_table};
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::readout::culture::sites;
use crate::readout::neurons::neurons;
use crate::readout::topology::Forest;
use crate::scenario::NamedFile;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes all files of a run to `destination`, which is there whole or not at all.
///
/// # Errors
/// The destination holds an earlier result and `force` is not set, or something that is no result; the file
/// system refuses. What was there before stays as it was.
pub fn save(destination: &Path, force: bool, results: &Results<'_>) -> Result<PathBuf, ExportError> {
    let folder = ResultFolder::begin(destination, force)?;
    write_results(folder.path(), results)?;
    folder.finish()
}

/// Writes all files of a run into `folder`, which exists.
///
/// # Errors
/// A file cannot be written.
pub fn write_results(folder: &Path, results: &Results<'_>) -> Result<(), ExportError> {
    let Results {
        plate,
        world,
        readouts,
        morphologies,
        ..
    } = *results;
    let record = completed(results);

    let table = readouts_table(readouts);
    write_file(&folder.join("readouts.csv"), table.to_csv())?;
    write_parquet(&folder.join("readouts.parquet"), &table)?;

    let written = |neuron: usize| morphologies.include(neuron);
    let table = neurons_table(plate, &neurons(plate, world), |row| written(row.neuron));
    write_parquet(&folder.join("neurons.parquet"), &table)?;
    write_axons(&folder.join("axons"), plate, world, written)?;

    // A run is worth keeping without its picture; the report then says why there is none.
    let picture = plate_png(plate, world);
    if let Ok(picture) = &picture {
        write_file(&folder.join("plate.png"), picture)?;
    }
    let report = report_html(results, &record, picture.as_deref())?;
    write_file(&folder.join("report.html"), report)?;
    write_scenario(&folder.join(SCENARIO), &record.scenario, results.files)?;
    write_file(&folder.join(RUN_RECORD), serde_json::to_string_pretty(&record)? + "\n")
}

/// Writes the scenario with the files that it names, where there are some: the text in the run record alone could not be
/// run again then.
fn write_scenario(folder: &Path, text: &str, files: &[NamedFile]) -> Result<(), ExportError> {
    if files.is_empty() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(ExportError::io("made", folder))?;
    write_file(&folder.join("scenario.toml"), text)?;
    for file in files.iter().filter(|file| file.lies_beside()) {
        let path = folder.join(&file.name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(ExportError::io("made", parent))?;
        write_file(&path, &file.bytes)?;
    }
    Ok(())
}

/// The run record with all that the results themselves say.
fn completed(results: &Results<'_>) -> RunRecord {
    let plate = results.plate;
    RunRecord {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        partial: results.world.step < plate.steps,
        steps_done: results.world.step,
        steps_planned: plate.steps,
        step_h: plate.step_h,
        seed: plate.seed,
        readouts: readout_schema(&results.readouts.columns),
        ..results.record.clone()
    }
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
