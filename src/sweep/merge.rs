//! Puts small files of a dataset together. The file that holds the runs of several gets its name before they go, so that no run is
//! ever missing; what is left of a merge that was cut short is cleared by the next.

use super::part::{Part, PartFile, files};
use super::plan::Plan;
use super::rows::{GROUP_ROWS, RowWriter};
use super::whole_file::{clear, put};
use super::work::ENGINE;
use crate::export::ExportError;
use crate::export::parquet_read::ParquetReading;
use crate::export::record::{RecordedColumn, table_schema};
use std::fs;
use std::path::Path;

/// Rows of a file at most, beyond which no other is put to it.
const MOST_ROWS: usize = 20 * GROUP_ROWS;

/// A file, and what makes it fit for others.
struct Piece {
    file: PartFile,
    rows: usize,
    columns: Vec<RecordedColumn>,
    engine: String,
}

/// Removes files whose runs are all in another, and puts neighbours in the same folder together that were done on the same kind of
/// engine and have the same columns.
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
    let mut together: Vec<Piece> = Vec::new();
    for file in files(sweep)? {
        let piece = piece(file)?;
        let fits = together.last().is_some_and(|last| {
            last.file.runs.end() + 1 == *piece.file.runs.start()
                && last.file.path.parent() == piece.file.path.parent()
                && last.engine == piece.engine
                && last.columns == piece.columns
        });
        let rows: usize = together.iter().map(|piece| piece.rows).sum();
        if !fits || rows + piece.rows > MOST_ROWS {
            put_together(plan, &together)?;
            together.clear();
        }
        together.push(piece);
    }
    put_together(plan, &together)
}

fn piece(file: PartFile) -> Result<Piece, ExportError> {
    let reading = ParquetReading::open(&file.path)?;
    let engine = reading.fact(ENGINE).unwrap_or_default().to_owned();
    Ok(Piece {
        rows: reading.rows(),
        columns: reading.columns().to_vec(),
        engine,
        file,
    })
}

fn put_together(plan: &Plan, pieces: &[Piece]) -> Result<(), ExportError> {
    let [first, .., last] = pieces else {
        return Ok(());
    };
    let part = Part::between(plan, *first.file.runs.start(), *last.file.runs.end());
    let folder = first.file.path.parent().unwrap_or(Path::new("."));
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
