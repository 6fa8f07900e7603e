//! Puts small files of a dataset together. The file that holds the runs of several is whole and on the disk, in a folder beside the
//! readouts, before they go, and takes their place when they are gone: a reader of the readouts finds no run twice at any moment, and no
//! run is lost wherever this is cut short; whoever sums up next goes on with it.

use super::contents::{PLAN, PLAN_TABLE};
use super::failed::FAILED;
use super::keep::ENGINE;
use super::locks::{clear_locks, hold_places};
use super::part::{MERGED, Part, PartFile, Share, files, folders, is_within, merged_files, runs_of_share};
use super::plan::Plan;
use super::rows::{GROUP_ROWS, RowWriter};
use super::whole_file::{clear_of, make_folder, put};
use crate::export::ExportError;
use crate::export::durable::sync_folder;
use crate::export::parquet_read::ParquetReading;
use crate::export::record::{RecordedColumn, table_schema};
use crate::scenario::recorded::times_of_record;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Rows of a file, by the rows of the first run.
const ROWS_PER_FILE: u64 = 20 * GROUP_ROWS as u64;
/// Parts of a file where the first run cannot be read.
const PARTS_PER_FILE: u64 = 10;

/// A file, and what makes it fit for others.
struct Piece {
    file: PartFile,
    columns: Vec<RecordedColumn>,
    engine: String,
}

/// Removes files whose runs are all in another, and puts neighbours together that were done on the same kind of engine and have the
/// same columns, whichever share did them. Where a file ends, and a row group in it, goes by the plan alone: the files of a plan that is
/// done are the same bytes, however the work was shared, cut short and summed up on the way.
///
/// # Errors
/// A file cannot be read, written or removed.
pub fn merge(plan: &Plan, sweep: &Path) -> Result<(), ExportError> {
    // Of programs that were killed while they summed up: there is but one at a time.
    clear_of(sweep, |name| name != PLAN && name != PLAN_TABLE);
    clear_of(&sweep.join(MERGED), |_| true);
    for merged in merged_files(sweep)? {
        take_place(sweep, &merged)?;
    }
    let mut last_end = 0;
    for file in files(sweep)? {
        if *file.runs.end() <= last_end {
            fs::remove_file(&file.path).map_err(ExportError::io("removed", &file.path))?;
        }
        last_end = last_end.max(*file.runs.end());
    }
    let runs_per_file = runs_per_file(plan);
    let number = |run: u64| (run - 1) / runs_per_file;
    let mut together: Vec<Piece> = Vec::new();
    for file in files(sweep)? {
        let piece = piece(file)?;
        let fits = together.last().is_some_and(|last| {
            last.file.runs.end() + 1 == *piece.file.runs.start()
                && number(*last.file.runs.end()) == number(*piece.file.runs.start())
                && last.engine == piece.engine
                && last.columns == piece.columns
        });
        if !fits {
            put_together(plan, sweep, &together)?;
            together.clear();
        }
        together.push(piece);
    }
    put_together(plan, sweep, &together)?;
    // Where it is empty.
    let _ = fs::remove_dir(sweep.join(MERGED));
    let (runs, done) = runs_of_share(plan, sweep, Share::ALL)?;
    if done == runs {
        // Nobody writes into them any more. One that holds something is left.
        for folder in folders(sweep)?.into_iter().chain([sweep.join(FAILED)]) {
            clear_of(&folder, |_| true);
            let _ = fs::remove_dir(folder);
        }
        clear_locks(sweep);
    }
    Ok(())
}

/// The runs of a file: whole parts.
fn runs_per_file(plan: &Plan) -> u64 {
    let rows_of_run = || {
        let scenario = plan.contract.read(&plan.overrides(&plan.run(1)?), None).ok()?;
        let wells: u64 = scenario
            .plate
            .conditions
            .iter()
            .map(|condition| u64::from(condition.wells))
            .sum();
        Some((times_of_record(&scenario.plate) * wells).max(1))
    };
    let size = plan.contract.runs_per_part;
    let parts = rows_of_run().map_or(PARTS_PER_FILE, |rows| ROWS_PER_FILE / rows.saturating_mul(size).max(1));
    size.saturating_mul(parts.max(1))
}

fn piece(file: PartFile) -> Result<Piece, ExportError> {
    let reading = ParquetReading::open(&file.path)?;
    let engine = reading.fact(ENGINE).unwrap_or_default().to_owned();
    Ok(Piece {
        columns: reading.columns().to_vec(),
        engine,
        file,
    })
}

/// Makes one file of neighbours, in the folder of those that are put together.
fn put_together(plan: &Plan, sweep: &Path, pieces: &[Piece]) -> Result<(), ExportError> {
    let (first, last) = match pieces {
        [] => return Ok(()),
        [alone] => return move_to_gathered(sweep, &alone.file.path),
        [first, .., last] => (first, last),
    };
    let part = Part::between(plan, *first.file.runs.start(), *last.file.runs.end());
    make_folder(&sweep.join(MERGED))?;
    let merged = PartFile {
        path: part.path(&sweep.join(MERGED)),
        runs: part.runs,
    };
    put(&merged.path, |unfinished| {
        let mut writer: Option<RowWriter> = None;
        for piece in pieces {
            let reading = ParquetReading::open(&piece.file.path)?;
            for group in 0..reading.groups() {
                let table = reading.group(group)?;
                debug_assert_eq!(table_schema(&table), piece.columns);
                let into = match &mut writer {
                    Some(writer) => writer,
                    None => writer.insert(RowWriter::begin(unfinished, &table, &[(ENGINE, &first.engine)])?),
                };
                into.add(table)?;
            }
        }
        writer.map_or(Ok(()), RowWriter::finish)
    })?;
    take_place(sweep, &merged)
}

/// Gives a file the place of those whose runs it holds.
fn take_place(sweep: &Path, merged: &PartFile) -> Result<(), ExportError> {
    let folder = Share::ALL.make_folder(sweep)?;
    let _places = hold_places(sweep)?;
    let mut left = BTreeSet::new();
    for PartFile { runs, path } in files(sweep)? {
        if is_within(&runs, &merged.runs) {
            fs::remove_file(&path).map_err(ExportError::io("removed", &path))?;
            left.extend(path.parent().map(Path::to_owned));
        }
    }
    // A power cut after the next step brings none of them back.
    for folder in left {
        sync_folder(&folder).map_err(ExportError::io("written to disk", &folder))?;
    }
    rename_into(&folder, &merged.path)
}

/// Moves a file to those that are put together.
fn move_to_gathered(sweep: &Path, path: &Path) -> Result<(), ExportError> {
    if path.parent() == Some(&Share::ALL.folder(sweep)) {
        return Ok(());
    }
    let folder = Share::ALL.make_folder(sweep)?;
    let _places = hold_places(sweep)?;
    rename_into(&folder, path)
}

fn rename_into(folder: &Path, path: &Path) -> Result<(), ExportError> {
    let to = folder.join(path.file_name().unwrap_or_default());
    fs::rename(path, &to).map_err(ExportError::io("moved", path))?;
    sync_folder(folder).map_err(ExportError::io("written to disk", folder))
}
