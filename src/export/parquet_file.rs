//! Writes tables as Parquet: a row group each, snappy, a text column required, numbers optional. The unit and the meaning of each
//! column stand in the footer, as metadata of its field for Arrow's readers and as JSON for all others.

use super::arrow_schema::{ARROW_SCHEMA, arrow_schema};
use super::error::ExportError;
use super::record::table_schema;
use super::table::{ColumnTable, TableColumn, Values};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The key of the columns as JSON: a list with the name, the unit and the meaning of each.
pub const COLUMNS: &str = "columns";

/// Writes `table` to `path`.
///
/// # Errors
/// The file cannot be made or written.
pub fn write_parquet(path: &Path, table: &ColumnTable) -> Result<(), ExportError> {
    let mut file = ParquetFile::begin(path, table)?;
    file.add(table)?;
    file.finish()
}

/// A Parquet file in the making, row group by row group.
pub struct ParquetFile {
    path: PathBuf,
    writer: SerializedFileWriter<File>,
}

impl ParquetFile {
    /// Begins a file with the columns of `table`; its rows are not written yet.
    ///
    /// # Errors
    /// The file cannot be made or written.
    pub fn begin(path: &Path, table: &ColumnTable) -> Result<Self, ExportError> {
        Self::begin_with(path, table, &[])
    }

    /// The same; `facts` are keys and what the file says of itself under them.
    ///
    /// # Errors
    /// The file cannot be made or written.
    pub fn begin_with(path: &Path, table: &ColumnTable, facts: &[(&str, &str)]) -> Result<Self, ExportError> {
        let file = File::create(path).map_err(ExportError::io("made", path))?;
        let writer = begin(file, table, facts).map_err(refused(path))?;
        Ok(Self {
            path: path.to_owned(),
            writer,
        })
    }

    /// Adds the rows of a table with the same columns, as a row group.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, table: &ColumnTable) -> Result<(), ExportError> {
        add(&mut self.writer, table).map_err(refused(&self.path))
    }

    /// Writes the rest.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(self) -> Result<(), ExportError> {
        self.writer.close().map(|_| ()).map_err(refused(&self.path))
    }
}

fn refused(path: &Path) -> impl FnOnce(ParquetError) -> ExportError {
    let path = path.to_owned();
    move |reason| match system_error(reason) {
        Ok(reason) => ExportError::io("written", &path)(reason),
        Err(reason) => ExportError::Parquet { path, reason },
    }
}

/// The error of the file system that a reader or a writer passes on, where it is one.
pub(super) fn system_error(error: ParquetError) -> Result<std::io::Error, ParquetError> {
    match error {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(error) => Ok(*error),
            Err(source) => Err(ParquetError::External(source)),
        },
        other => Err(other),
    }
}

fn begin(file: File, table: &ColumnTable, facts: &[(&str, &str)]) -> Result<SerializedFileWriter<File>, ParquetError> {
    let fields = table.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    let schema = Arc::new(Type::group_type_builder("outgrowth").with_fields(fields).build()?);
    let columns = serde_json::to_string(&table_schema(table)).map_err(|error| ParquetError::External(error.into()))?;
    let described = [
        KeyValue::new(ARROW_SCHEMA.to_owned(), arrow_schema(table)),
        KeyValue::new(COLUMNS.to_owned(), columns),
    ];
    let facts = facts
        .iter()
        .map(|(key, value)| KeyValue::new((*key).to_owned(), (*value).to_owned()));
    let properties = WriterProperties::builder()
        .set_key_value_metadata(Some(described.into_iter().chain(facts).collect()))
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("outgrowth ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    SerializedFileWriter::new(file, schema, Arc::new(properties))
}

fn add(writer: &mut SerializedFileWriter<File>, table: &ColumnTable) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for column in &table.columns {
        if let Some(writer) = group.next_column()? {
            write_column(writer, &column.values)?;
        }
    }
    group.close()?;
    Ok(())
}

fn field(column: &TableColumn) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match column.values {
        Values::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Values::Count(_) => (Physical::INT64, None),
        Values::Seed(_) => (Physical::INT64, Some(LogicalType::integer(64, false))),
        Values::Number(_) => (Physical::DOUBLE, None),
    };
    let repetition = if column.values.may_lack() {
        Repetition::OPTIONAL
    } else {
        Repetition::REQUIRED
    };
    Ok(Arc::new(
        Type::primitive_type_builder(&column.name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
            .build()?,
    ))
}

fn write_column(mut column: SerializedColumnWriter<'_>, values: &Values) -> Result<(), ParquetError> {
    match values {
        Values::Text(texts) => {
            let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(text.as_str())).collect();
            column.typed::<ByteArrayType>().write_batch(&texts, None, None)?;
        }
        Values::Count(counts) => {
            let (there, levels) = present(counts);
            column.typed::<Int64Type>().write_batch(&there, Some(&levels), None)?;
        }
        Values::Seed(seeds) => {
            // The same bits: the schema says that they have no sign.
            let bits: Vec<i64> = seeds.iter().map(|seed| seed.cast_signed()).collect();
            column.typed::<Int64Type>().write_batch(&bits, None, None)?;
        }
        Values::Number(numbers) => {
            let (there, levels) = present(numbers);
            column.typed::<DoubleType>().write_batch(&there, Some(&levels), None)?;
        }
    }
    column.close()
}

/// The values that are there, and for each row 1 if it has one.
fn present<T: Copy>(values: &[Option<T>]) -> (Vec<T>, Vec<i16>) {
    (
        values.iter().flatten().copied().collect(),
        values.iter().map(|value| i16::from(value.is_some())).collect(),
    )
}
