//! The Arrow schema of a table, as the key `ARROW:schema` of a Parquet file holds it: readers take the metadata of each column from
//! there (unit and meaning), for which Parquet itself has no place. The Flatbuffers tables are those of Arrow's `Schema.fbs` and
//! `Message.fbs`; Arrow's own crates would be eight more, and minutes of a build, for arrays that nothing here uses.

use super::table::{ColumnTable, TableColumn, Values};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flatbuffers::{FlatBufferBuilder, TableFinishedWIPOffset, UnionWIPOffset, VOffsetT, WIPOffset};

/// The key under which Arrow's readers look for a schema in a Parquet file.
pub const ARROW_SCHEMA: &str = "ARROW:schema";

/// `MetadataVersion.V5`.
const VERSION: i16 = 4;
/// The schema among the kinds of message.
const SCHEMA_MESSAGE: u8 = 1;
/// `Type.Int`, `Type.FloatingPoint` and `Type.Utf8`.
const INT: u8 = 2;
const FLOATING_POINT: u8 = 3;
const UTF8: u8 = 5;
/// `Precision.DOUBLE`.
const DOUBLE: i16 = 2;
/// Marks the beginning of a message whose length follows.
const CONTINUATION: u32 = u32::MAX;

/// The place of a table's field in its vtable, by its number in the `.fbs` file.
const fn slot(number: VOffsetT) -> VOffsetT {
    4 + 2 * number
}

/// The Arrow schema of `table`, with unit and meaning as metadata of each field: a message of Arrow's IPC format in Base64.
pub fn arrow_schema(table: &ColumnTable) -> String {
    let mut builder = FlatBufferBuilder::new();
    let fields: Vec<_> = table.columns.iter().map(|column| field(&mut builder, column)).collect();
    let fields = builder.create_vector(&fields);
    let schema = builder.start_table();
    builder.push_slot_always(slot(1), fields);
    let schema = builder.end_table(schema);
    let message = builder.start_table();
    builder.push_slot_always(slot(0), VERSION);
    builder.push_slot_always(slot(1), SCHEMA_MESSAGE);
    builder.push_slot_always(slot(2), schema.as_union_value());
    let message = builder.end_table(message);
    builder.finish_minimal(message);
    let message = builder.finished_data();
    let mut bytes = CONTINUATION.to_le_bytes().to_vec();
    bytes.extend((message.len() as u32).to_le_bytes());
    bytes.extend(message);
    STANDARD.encode(&bytes)
}

fn field<'b>(builder: &mut FlatBufferBuilder<'b>, column: &TableColumn) -> WIPOffset<TableFinishedWIPOffset> {
    let name = builder.create_string(&column.name);
    let (kind, of) = data_type(builder, &column.values);
    let no_children = builder.create_vector::<WIPOffset<TableFinishedWIPOffset>>(&[]);
    let metadata: Vec<_> = (column.metadata().iter())
        .map(|(key, value)| key_value(builder, key, value))
        .collect();
    let metadata = builder.create_vector(&metadata);
    let field = builder.start_table();
    builder.push_slot_always(slot(0), name);
    builder.push_slot_always(slot(1), column.values.may_lack());
    builder.push_slot_always(slot(2), kind);
    builder.push_slot_always(slot(3), of);
    builder.push_slot_always(slot(5), no_children);
    builder.push_slot_always(slot(6), metadata);
    builder.end_table(field)
}

/// The type of a column's values: its number in the union, and its table.
fn data_type(builder: &mut FlatBufferBuilder<'_>, values: &Values) -> (u8, WIPOffset<UnionWIPOffset>) {
    let table = builder.start_table();
    let kind = match values {
        Values::Text(_) => UTF8,
        Values::Count(_) | Values::Seed(_) => {
            builder.push_slot_always(slot(0), 64_i32);
            builder.push_slot_always(slot(1), matches!(values, Values::Count(_)));
            INT
        }
        Values::Number(_) => {
            builder.push_slot_always(slot(0), DOUBLE);
            FLOATING_POINT
        }
    };
    (kind, builder.end_table(table).as_union_value())
}

fn key_value(builder: &mut FlatBufferBuilder<'_>, key: &str, value: &str) -> WIPOffset<TableFinishedWIPOffset> {
    let (key, value) = (builder.create_string(key), builder.create_string(value));
    let pair = builder.start_table();
    builder.push_slot_always(slot(0), key);
    builder.push_slot_always(slot(1), value);
    builder.end_table(pair)
}
