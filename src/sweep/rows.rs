//! Tables that grow row by row and are written in large row groups, so that no more than one of them is in memory.

use crate::export::ExportError;
use crate::export::parquet_file::ParquetFile;
use crate::export::table::{ColumnTable, TableColumn, Values};
use std::path::Path;

/// Rows of a row group: those who read a table skip and share it by these.
pub const GROUP_ROWS: usize = 100_000;

/// Adds the rows of a table with the same columns to another.
pub fn append(to: &mut ColumnTable, more: ColumnTable) {
    if to.columns.is_empty() {
        *to = more;
        return;
    }
    for (column, more) in to.columns.iter_mut().zip(more.columns) {
        match (&mut column.values, more.values) {
            (Values::Text(values), Values::Text(more)) => values.extend(more),
            (Values::Count(values), Values::Count(more)) => values.extend(more),
            (Values::Seed(values), Values::Seed(more)) => values.extend(more),
            (Values::Number(values), Values::Number(more)) => values.extend(more),
            // Tables with the same columns have the same kinds of values.
            _ => {}
        }
    }
}

/// The table without its rows.
pub fn emptied(table: &ColumnTable) -> ColumnTable {
    let mut emptied = table.clone();
    for column in &mut emptied.columns {
        match &mut column.values {
            Values::Text(values) => values.clear(),
            Values::Count(values) => values.clear(),
            Values::Seed(values) => values.clear(),
            Values::Number(values) => values.clear(),
        }
    }
    emptied
}

/// Cuts a table after some rows; returns the others.
fn split_off(table: &mut ColumnTable, rows: usize) -> ColumnTable {
    let columns = table.columns.iter_mut().map(|column| TableColumn {
        values: match &mut column.values {
            Values::Text(values) => Values::Text(values.split_off(rows)),
            Values::Count(values) => Values::Count(values.split_off(rows)),
            Values::Number(values) => Values::Number(values.split_off(rows)),
            Values::Seed(values) => Values::Seed(values.split_off(rows)),
        },
        name: column.name.clone(),
        unit: column.unit.clone(),
        meaning: column.meaning.clone(),
    });
    ColumnTable {
        columns: columns.collect(),
    }
}

/// A Parquet file in the making.
pub struct RowWriter {
    file: ParquetFile,
    waiting: ColumnTable,
}

impl RowWriter {
    /// Begins a file with the columns of `table`, of which no row is written, and what it says of itself.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn begin(path: &Path, table: &ColumnTable, facts: &[(&str, &str)]) -> Result<Self, ExportError> {
        Ok(Self {
            file: ParquetFile::begin_with(path, table, facts)?,
            waiting: emptied(table),
        })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, table: ColumnTable) -> Result<(), ExportError> {
        append(&mut self.waiting, table);
        // Groups of the same size, whatever the rows come in: the same rows are the same bytes.
        while self.waiting.rows() >= GROUP_ROWS {
            let rest = split_off(&mut self.waiting, GROUP_ROWS);
            self.file.add(&self.waiting)?;
            self.waiting = rest;
        }
        Ok(())
    }

    /// Writes the rest.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self) -> Result<(), ExportError> {
        // A table without rows has one row group as well.
        self.file.add(&self.waiting)?;
        self.file.finish()
    }
}
