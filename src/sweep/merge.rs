//! Puts small files of a dataset together. The file that holds the runs of several gets its name before they go, so that no run is
//! ever missing; what is left of a merge that was cut short is cleared by the next.

use super::part::{Part, PartFile, Share, files, folders, runs_of_share};
use super::plan::Plan;
use super::rows::{GROUP_ROWS, RowWriter};
use super::whole_file::{clear, put};
use super::work::ENGINE;
use crate::export::ExportError;
use crate::export::durable::sync_folder;
use crate::export::parquet_read::ParquetReading;
use crate::export::record::{RecordedColumn, table_schema};
use crate::scenario::recorded::times_of_record;
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
    let (runs, done) = runs_of_share(plan, sweep, Share::ALL)?;
    if done == runs {
        // Nobody writes into them any more. One that holds something is left.
        for folder in folders(sweep)? {
            let _ = fs::remove_dir(folder);
        }
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
    let folder = Share::ALL.folder(sweep);
    let (first, last) = match pieces {
        [] => return Ok(()),
        [alone] => return move_into(&folder, &alone.file.path),
        [first, .., last] => (first, last),
    };
    let part = Part::between(plan, *first.file.runs.start(), *last.file.runs.end());
    let path = folder.join(format!("{}.parquet", part.name()));
    clear(&path);
    put(&path, |unfinished| {
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
    for piece in pieces.iter().filter(|piece| piece.file.path != path) {
        fs::remove_file(&piece.file.path).map_err(ExportError::io("removed", &piece.file.path))?;
    }
    Ok(())
}

/// Moves a file into a folder.
fn move_into(folder: &Path, path: &Path) -> Result<(), ExportError> {
    let to = folder.join(path.file_name().unwrap_or_default());
    if to == path {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(ExportError::io("made", folder))?;
    fs::rename(path, &to).map_err(ExportError::io("moved", path))?;
    sync_folder(folder).map_err(ExportError::io("written to disk", folder))
}
