//! Writes a table as Parquet: one row group, snappy, a text column required, numbers optional.

use super::error::ExportError;
use super::table::{ColumnTable, Values};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Writes `table` to `path`.
///
/// # Errors
/// The file cannot be made or written.
pub fn write_parquet(path: &Path, table: &ColumnTable) -> Result<(), ExportError> {
    let file = File::create(path).map_err(ExportError::io("made", path))?;
    write(file, table).map_err(|reason| ExportError::Parquet {
        path: path.to_owned(),
        reason,
    })
}

fn write(file: File, table: &ColumnTable) -> Result<(), ParquetError> {
    let fields = table
        .columns
        .iter()
        .map(|(name, values)| field(name, values))
        .collect::<Result<Vec<_>, _>>()?;
    let schema = Arc::new(Type::group_type_builder("outgrowth").with_fields(fields).build()?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("outgrowth ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (_, values) in &table.columns {
        if let Some(column) = group.next_column()? {
            write_column(column, values)?;
        }
    }
    group.close()?;
    writer.close()?;
    Ok(())
}

fn field(name: &str, values: &Values) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical, repetition) = match values {
        Values::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED),
        Values::Count(_) => (Physical::INT64, None, Repetition::OPTIONAL),
        Values::Number(_) => (Physical::DOUBLE, None, Repetition::OPTIONAL),
    };
    Ok(Arc::new(
        Type::primitive_type_builder(name, physical)
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
