//! The table of readouts on its way to disk: each record is written when it is taken, so that whatever happens later, it is there.

use super::contents::READOUTS;
use super::error::ExportError;
use super::parquet_file::ParquetFile;
use super::reread::{fields, is_whole};
use super::table::{ColumnTable, Label, Values, rows_table};
use crate::readout::recorder::{Readouts, Row};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Values at most in a row group of the Parquet table, which is how much of it is in memory at a time.
const GROUP_VALUES: usize = 4_000_000;

/// `readouts.csv` in the making.
#[derive(Debug)]
pub struct RowStream {
    path: PathBuf,
    file: File,
    /// Columns ahead of the others, the same in every row.
    labels: Vec<Label>,
    /// Bytes of whole records.
    written: u64,
    /// The time of the last record, h.
    last_h: Option<f64>,
}

impl RowStream {
    /// Begins the table in `folder`, with a column for each of `labels` and those of `readouts`; its rows are not written yet.
    ///
    /// # Errors
    /// The file cannot be made or written.
    pub fn begin(folder: &Path, readouts: &Readouts, labels: &[Label]) -> Result<Self, ExportError> {
        let mut stream = Self::make(folder, labels)?;
        stream.append(stream.table(readouts, &[]).csv_heading().as_bytes())?;
        Ok(stream)
    }

    /// Some rows as they stand in the file.
    fn table(&self, readouts: &Readouts, rows: &[Row]) -> ColumnTable {
        rows_table(readouts, rows).labelled(&self.labels)
    }

    fn make(folder: &Path, labels: &[Label]) -> Result<Self, ExportError> {
        let path = folder.join(READOUTS);
        // It is read again for the Parquet table, and for a copy elsewhere even where its name is gone.
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)
            .map_err(ExportError::io("made", &path))?;
        Ok(Self {
            path,
            file,
            labels: labels.to_vec(),
            written: 0,
            last_h: None,
        })
    }

    /// Adds rows of the conditions and columns of `readouts`. Those of a time that was written already are left out.
    ///
    /// # Errors
    /// The file cannot be written; what was whole before stays whole, and the rows may be added again.
    pub fn add(&mut self, readouts: &Readouts, rows: &[Row]) -> Result<(), ExportError> {
        let known = rows.partition_point(|row| self.last_h.is_some_and(|last_h| row.time_h <= last_h));
        let rows = &rows[known..];
        let Some(last) = rows.last() else {
            return Ok(());
        };
        self.append(self.table(readouts, rows).csv_rows().as_bytes())?;
        self.last_h = Some(last.time_h);
        Ok(())
    }

    /// Appends whole records, or nothing.
    fn append(&mut self, text: &[u8]) -> Result<(), ExportError> {
        let begun = self.file.seek(SeekFrom::Start(self.written));
        if let Err(error) = begun.and_then(|_| self.file.write_all(text)) {
            // Half a record is no record.
            let _ = self.file.set_len(self.written);
            return Err(ExportError::io("written", &self.path)(error));
        }
        self.written += text.len() as u64;
        Ok(())
    }

    /// The same table in another folder, where it goes on.
    ///
    /// # Errors
    /// It cannot be read or written there.
    pub fn copy_to(&mut self, folder: &Path) -> Result<Self, ExportError> {
        let mut copy = Self::make(folder, &self.labels)?;
        copy.last_h = self.last_h;
        let path = self.path.clone();
        let mut whole = self.whole().map_err(ExportError::io("read", &path))?;
        copy.written = std::io::copy(&mut whole, &mut copy.file).map_err(ExportError::io("written", &copy.path))?;
        Ok(copy)
    }

    /// Writes the table as Parquet to `path`, with the same columns and values.
    ///
    /// # Errors
    /// The table cannot be read, or the file not written.
    pub fn write_parquet(&mut self, readouts: &Readouts, path: &Path) -> Result<(), ExportError> {
        let empty = self.table(readouts, &[]);
        let mut file = ParquetFile::begin(path, &empty)?;
        let table = self.path.clone();
        let unreadable = |error| ExportError::io("read", &table)(error);
        let mut whole = BufReader::new(self.whole().map_err(unreadable)?);
        let rows = (GROUP_VALUES / empty.columns.len().max(1)).max(1);
        next_record(&mut whole).map_err(unreadable)?;
        let mut is_first = true;
        loop {
            let mut group = empty.clone();
            while group.rows() < rows
                && let Some(record) = next_record(&mut whole).map_err(unreadable)?
            {
                push(&mut group, &record).map_err(unreadable)?;
            }
            // A table without rows has one row group as well.
            if group.rows() == 0 && !is_first {
                return file.finish();
            }
            file.add(&group)?;
            is_first = false;
        }
    }

    /// The whole records from the first on.
    fn whole(&mut self) -> Result<impl Read, Error> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok((&self.file).take(self.written))
    }
}

/// The fields of the next record; `None` after the last.
fn next_record(table: &mut impl BufRead) -> Result<Option<Vec<String>>, Error> {
    let mut record = String::new();
    while !is_whole(&record) {
        if table.read_line(&mut record)? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(fields(&record)))
}

/// Adds a record to a table.
fn push(table: &mut ColumnTable, record: &[String]) -> Result<(), Error> {
    let broken = || Error::from(ErrorKind::InvalidData);
    if record.len() != table.columns.len() {
        return Err(broken());
    }
    for (column, field) in table.columns.iter_mut().zip(record) {
        let is_there = !field.is_empty();
        match &mut column.values {
            Values::Text(texts) => texts.push(field.clone()),
            Values::Count(counts) => {
                let count = is_there.then(|| field.parse()).transpose();
                counts.push(count.map_err(|_| broken())?);
            }
            Values::Seed(seeds) => seeds.push(field.parse().map_err(|_| broken())?),
            Values::Number(numbers) => {
                let number = is_there.then(|| field.parse()).transpose();
                numbers.push(number.map_err(|_| broken())?);
            }
        }
    }
    Ok(())
}
