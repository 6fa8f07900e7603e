//! Reads Parquet files that [`parquet_file`](super::parquet_file) wrote, row group by row group, to the last bit.

use super::error::ExportError;
use super::parquet_file::{COLUMNS, system_error};
use super::record::RecordedColumn;
use super::table::{ColumnTable, TableColumn, Values};
use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::path::{Path, PathBuf};

/// A Parquet file that is open for reading.
pub struct ParquetReading {
    path: PathBuf,
    reader: SerializedFileReader<File>,
    columns: Vec<RecordedColumn>,
    facts: Vec<(String, String)>,
}

impl ParquetReading {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be read, or is no Parquet file with names, units and meanings of its columns.
    pub fn open(path: &Path) -> Result<Self, ExportError> {
        let file = File::open(path).map_err(ExportError::io("read", path))?;
        let reader = SerializedFileReader::new(file).map_err(unreadable(path))?;
        let facts = reader.metadata().file_metadata();
        let told = facts.key_value_metadata().into_iter().flatten();
        let told: Vec<(String, String)> = told
            .filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?)))
            .collect();
        let described = told.iter().find(|(key, _)| key == COLUMNS);
        let columns: Vec<RecordedColumn> = described
            .and_then(|(_, text)| serde_json::from_str(text).ok())
            .ok_or_else(|| unreadable(path)(ParquetError::General("it does not describe its columns".to_owned())))?;
        if columns.len() != facts.schema_descr().num_columns() {
            return Err(unreadable(path)(ParquetError::General(
                "it describes other columns".to_owned(),
            )));
        }
        Ok(Self {
            path: path.to_owned(),
            reader,
            columns,
            facts: told,
        })
    }

    /// What the file says of itself under a key.
    pub fn fact(&self, key: &str) -> Option<&str> {
        let fact = self.facts.iter().find(|(known, _)| known == key);
        fact.map(|(_, value)| value.as_str())
    }

    /// Its columns.
    pub fn columns(&self) -> &[RecordedColumn] {
        &self.columns
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        usize::try_from(self.reader.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// How many row groups it has.
    pub fn groups(&self) -> usize {
        self.reader.num_row_groups()
    }

    /// The rows of a group.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn group(&self, number: usize) -> Result<ColumnTable, ExportError> {
        self.read(number).map_err(unreadable(&self.path))
    }

    fn read(&self, number: usize) -> Result<ColumnTable, ParquetError> {
        let group = self.reader.get_row_group(number)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let columns = self.columns.iter().enumerate().map(|(index, column)| {
            let is_required = group.metadata().column(index).column_descr().max_def_level() == 0;
            let values = values(group.get_column_reader(index)?, rows, is_required)?;
            Ok(TableColumn::new(&column.name, &column.unit, &column.meaning, values))
        });
        Ok(ColumnTable {
            columns: columns.collect::<Result<_, ParquetError>>()?,
        })
    }
}

fn unreadable(path: &Path) -> impl FnOnce(ParquetError) -> ExportError {
    let path = path.to_owned();
    move |reason| match system_error(reason) {
        Ok(reason) => ExportError::io("read", &path)(reason),
        Err(reason) => ExportError::Unreadable { path, reason },
    }
}

/// `is_required` is whether each row has a value.
fn values(reader: ColumnReader, rows: usize, is_required: bool) -> Result<Values, ParquetError> {
    let mut levels: Vec<i16> = Vec::with_capacity(rows);
    Ok(match reader {
        ColumnReader::ByteArrayColumnReader(mut reader) => {
            let mut texts: Vec<ByteArray> = Vec::with_capacity(rows);
            reader.read_records(rows, None, None, &mut texts)?;
            let texts = texts.iter().map(|text| Ok(text.as_utf8()?.to_owned()));
            Values::Text(texts.collect::<Result<_, ParquetError>>()?)
        }
        ColumnReader::Int64ColumnReader(mut reader) if is_required => {
            let mut seeds: Vec<i64> = Vec::with_capacity(rows);
            reader.read_records(rows, None, None, &mut seeds)?;
            Values::Seed(seeds.into_iter().map(i64::cast_unsigned).collect())
        }
        ColumnReader::Int64ColumnReader(mut reader) => {
            let mut counts = Vec::with_capacity(rows);
            reader.read_records(rows, Some(&mut levels), None, &mut counts)?;
            Values::Count(spread(&levels, &counts))
        }
        ColumnReader::DoubleColumnReader(mut reader) => {
            let mut numbers = Vec::with_capacity(rows);
            reader.read_records(rows, Some(&mut levels), None, &mut numbers)?;
            Values::Number(spread(&levels, &numbers))
        }
        _ => return Err(ParquetError::General("a column of another type".to_owned())),
    })
}

/// The values with nothing where a row has none.
fn spread<T: Copy>(levels: &[i16], there: &[T]) -> Vec<Option<T>> {
    let mut there = there.iter().copied();
    levels
        .iter()
        .map(|&level| if level > 0 { there.next() } else { None })
        .collect()
}
