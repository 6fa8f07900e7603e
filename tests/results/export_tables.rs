//! CSV and Parquet hold the same table, and both can be read back.

use crate::hand_made::{self, HandMade, at, letter_y, plate, untreated, with_strain};
use outgrowth::export::parquet_file::write_parquet;
use outgrowth::export::readouts_from_csv;
use outgrowth::export::table::{ColumnTable, Label, LabelValue, TableColumn, Values, neurons_table, readouts_table};
use outgrowth::readout::{Recorder, neurons};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::fs::File;

/// The fields of a Parquet file as CSV would have them, with the names of the columns first.
fn parquet_fields(table: &ColumnTable) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("table.parquet");
    write_parquet(&path, table).expect("written");
    let reader = SerializedFileReader::new(File::open(path).expect("file")).expect("parquet");
    let mut lines = Vec::new();
    for row in reader.get_row_iter(None).expect("rows") {
        let row = row.expect("row");
        if lines.is_empty() {
            lines.push(row.get_column_iter().map(|(name, _)| name.clone()).collect());
        }
        let field = |field: &Field| match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Long(count) => count.to_string(),
            Field::ULong(seed) => seed.to_string(),
            Field::Double(number) => number.to_string(),
            other => panic!("unexpected {other:?}"),
        };
        lines.push(row.get_column_iter().map(|(_, value)| field(value)).collect());
    }
    lines
}

fn column(name: &str, values: Values) -> TableColumn {
    TableColumn::new(name, "", "", values)
}

fn csv_fields(csv: &str) -> Vec<Vec<String>> {
    csv.lines()
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

#[test]
fn csv_and_parquet_agree_to_the_last_digit() {
    let plate = plate(1, vec![with_strain("gel", 0.05), untreated("control")]);
    let mut made = letter_y();
    made = {
        // A second well; its branch gives irrational lengths.
        let mut both = HandMade::default();
        for well in 0..2 {
            both.neuron(well, &[at(1100.0, 1000.0), at(1150.1, 1003.3)], at(1160.7, 1001.0));
        }
        both.branch(1, 1, &[], at(1170.0, 1050.0));
        both.world.step = made.world.step;
        both
    };
    let mut recorder = Recorder::new(&plate);
    recorder.record(&plate, &made.world);
    made.world.step = 37;
    recorder.record(&plate, &made.world);
    let table = readouts_table(recorder.readouts());
    let csv = csv_fields(&table.to_csv());
    assert_eq!(csv.len(), 5);
    assert_eq!(csv[0][..4], ["condition", "well", "replicate", "time_h"]);
    assert_eq!(csv, parquet_fields(&table));
}

#[test]
fn a_table_reads_back_to_the_same_bits() {
    let plate = plate(1, vec![untreated("control, \"quoted\"\nover two lines")]);
    let mut made = letter_y();
    let mut recorder = Recorder::new(&plate);
    for step in [0, 7, 37] {
        made.world.step = step;
        made.world.cones[0].reach_um.y += 0.1;
        recorder.record(&plate, &made.world);
    }
    let csv = readouts_table(recorder.readouts()).to_csv();
    assert_eq!(&readouts_from_csv(&plate, &csv).expect("read"), recorder.readouts());
    let label = Label {
        name: "run".to_owned(),
        unit: String::new(),
        meaning: String::new(),
        value: LabelValue::Text("one,\ntwo".to_owned()),
    };
    let labelled = readouts_table(recorder.readouts()).labelled(&[label]).to_csv();
    assert_ne!(labelled, csv);
    assert_eq!(
        &readouts_from_csv(&plate, &labelled).expect("read"),
        recorder.readouts()
    );
    let other = hand_made::plate(1, vec![untreated("another")]);
    assert!(readouts_from_csv(&other, &csv).is_err());
    assert!(readouts_from_csv(&plate, &csv.replace("time_h", "time")).is_err());
}

#[test]
fn nothing_measured_is_an_empty_field_and_a_null() {
    let table = ColumnTable {
        columns: vec![
            column("text", Values::Text(vec!["a".to_owned(), String::new()])),
            column("count", Values::Count(vec![None, Some(3)])),
            column("number", Values::Number(vec![Some(0.1), None])),
        ],
    };
    assert_eq!(table.to_csv(), "text,count,number\na,,0.1\n,3,\n");
    assert_eq!(parquet_fields(&table), csv_fields(&table.to_csv()));
}

#[test]
fn the_table_of_neurons_counts_from_one_and_names_files_that_exist() {
    let plate = plate(1, vec![untreated("My control!")]);
    let rows = neurons(&plate, &letter_y().world);
    let fields = parquet_fields(&neurons_table(&plate, &rows, |_| true));
    let field = |name: &str| {
        let column = fields[0].iter().position(|column| column == name).expect("column");
        fields[1][column].clone()
    };
    assert_eq!(
        (field("well"), field("replicate"), field("neuron")),
        ("1".into(), "1".into(), "1".into())
    );
    assert_eq!(field("swc"), "axons/my-control-1/1.swc");
    assert_eq!(
        (field("tips"), field("branch_points"), field("branch_order_max")),
        ("2".into(), "1".into(), "1".into())
    );
    assert_eq!(field("neurite_length_total_um"), "500");
    let without = parquet_fields(&neurons_table(&plate, &rows, |_| false));
    assert_eq!(without[1].last(), Some(&String::new()));
}

/// A sum that comes to nothing from below was written as -0.
#[test]
fn nothing_is_written_without_a_sign() {
    let table = ColumnTable {
        columns: vec![column(
            "n",
            Values::numbers([Some(-0.0), Some(0.0), Some(-0.5), None].into_iter()),
        )],
    };
    assert_eq!(table.to_csv(), "n\n0\n0\n-0.5\n\n");
}

#[test]
fn labels_stand_ahead_of_the_columns_in_every_row() {
    let label = |name: &str, value| Label {
        name: name.to_owned(),
        unit: "um/h".to_owned(),
        meaning: "a speed".to_owned(),
        value,
    };
    let labels = [
        label("run", LabelValue::Text("a, b".to_owned())),
        label("seed", LabelValue::Seed(u64::MAX)),
        label("plate", LabelValue::Count(-3)),
        label("speed", LabelValue::Number(0.5)),
    ];
    let table = ColumnTable {
        columns: vec![column("n", Values::Number(vec![Some(1.0), None]))],
    };
    let labelled = table.clone().labelled(&labels);
    assert_eq!(
        labelled.to_csv(),
        "run,seed,plate,speed,n\n\"a, b\",18446744073709551615,-3,0.5,1\n\"a, b\",18446744073709551615,-3,0.5,\n"
    );
    assert_eq!((labelled.rows(), labelled.columns[3].unit.as_str()), (2, "um/h"));
    assert_eq!(table.clone().labelled(&[]), table);
    let empty = ColumnTable {
        columns: vec![column("n", Values::Number(Vec::new()))],
    };
    assert_eq!(empty.labelled(&labels).to_csv(), "run,seed,plate,speed,n\n");
    let parquet = parquet_fields(&table.labelled(&labels[1..]));
    assert_eq!(parquet[1], ["18446744073709551615", "-3", "0.5", "1"]);
}

/// The tables of a Flatbuffers buffer, as far as an Arrow schema needs them.
struct Buffer(Vec<u8>);

impl Buffer {
    fn number(&self, at: usize, bytes: usize) -> usize {
        let mut number = [0; 8];
        number[..bytes].copy_from_slice(&self.0[at..at + bytes]);
        usize::try_from(u64::from_le_bytes(number)).expect("it fits")
    }

    /// Where an offset leads.
    fn at(&self, place: usize) -> usize {
        place + self.number(place, 4)
    }

    /// The place of a field of a table; `None` where the table lacks it.
    fn field(&self, table: usize, number: usize) -> Option<usize> {
        let mut back = [0; 4];
        back.copy_from_slice(&self.0[table..table + 4]);
        let fields = table
            .checked_add_signed(-i32::from_le_bytes(back) as isize)
            .expect("a vtable");
        let slot = 4 + 2 * number;
        let is_there = slot < self.number(fields, 2);
        let offset = if is_there { self.number(fields + slot, 2) } else { 0 };
        (offset > 0).then(|| table + offset)
    }

    fn text(&self, table: usize, number: usize) -> String {
        let at = self.at(self.field(table, number).expect("a text"));
        String::from_utf8(self.0[at + 4..at + 4 + self.number(at, 4)].to_vec()).expect("UTF-8")
    }

    fn tables(&self, table: usize, number: usize) -> Vec<usize> {
        let at = self.at(self.field(table, number).expect("a list"));
        (0..self.number(at, 4))
            .map(|member| self.at(at + 4 + 4 * member))
            .collect()
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sixes: Vec<u32> = text
        .chars()
        .filter_map(|c| letters.find(c))
        .map(|six| six as u32)
        .collect();
    let bytes = sixes.chunks(4).flat_map(|four| {
        let bits = four.iter().fold(0, |bits, six| bits << 6 | six) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    });
    bytes.collect()
}

/// Name, unit, meaning, and number of the type of each column, as Arrow's readers find them in a Parquet file.
fn arrow_fields(table: &ColumnTable) -> Vec<(String, String, String, usize)> {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("table.parquet");
    write_parquet(&path, table).expect("written");
    let reader = SerializedFileReader::new(File::open(path).expect("file")).expect("parquet");
    let pairs = reader
        .metadata()
        .file_metadata()
        .key_value_metadata()
        .expect("metadata");
    let of_key = |key: &str| {
        let pair = pairs.iter().find(|pair| pair.key == key).expect("the key");
        pair.value.clone().expect("a value")
    };
    let columns: serde_json::Value = serde_json::from_str(&of_key("columns")).expect("JSON");
    let message = from_base64(&of_key("ARROW:schema"));
    assert_eq!(message[..4], [255; 4]);
    let length = u32::from_le_bytes(message[4..8].try_into().expect("four bytes"));
    assert_eq!(length as usize, message.len() - 8);
    let buffer = Buffer(message[8..].to_vec());
    let schema = buffer.at(buffer.field(buffer.at(0), 2).expect("a schema"));
    let fields = buffer.tables(schema, 1).into_iter().enumerate();
    let described = fields.map(|(number, field)| {
        let metadata = buffer.tables(field, 6);
        let pairs: Vec<_> = metadata
            .iter()
            .map(|&pair| (buffer.text(pair, 0), buffer.text(pair, 1)))
            .collect();
        let [(unit, unit_text), (meaning, meaning_text)] = pairs.try_into().expect("two pairs");
        assert_eq!((unit.as_str(), meaning.as_str()), ("unit", "meaning"));
        let name = buffer.text(field, 0);
        let told = serde_json::json!({ "name": name, "unit": unit_text, "meaning": meaning_text });
        assert_eq!(columns[number], told);
        let kind = buffer.number(buffer.field(field, 2).expect("a type"), 1);
        (name, unit_text, meaning_text, kind)
    });
    described.collect()
}

#[test]
fn parquet_says_the_unit_and_the_meaning_of_each_column() {
    let plate = plate(1, vec![with_strain("gel", 0.05)]);
    let mut recorder = Recorder::new(&plate);
    recorder.record(&plate, &letter_y().world);
    let neurons = neurons_table(&plate, &neurons(&plate, &letter_y().world), |_| true);
    for table in [readouts_table(recorder.readouts()), neurons] {
        let found = arrow_fields(&table);
        assert_eq!(found.len(), table.columns.len());
        for (column, (name, unit, meaning, kind)) in table.columns.iter().zip(found) {
            assert_eq!((&column.name, &column.unit, &column.meaning), (&name, &unit, &meaning));
            assert!(!meaning.is_empty(), "{name} has no meaning");
            let is_text = matches!(column.values, Values::Text(_));
            assert_eq!(unit.is_empty(), is_text, "{name}: {unit}");
            let expected = match column.values {
                Values::Text(_) => 5,
                Values::Count(_) | Values::Seed(_) => 2,
                Values::Number(_) => 3,
            };
            assert_eq!(kind, expected, "{name}");
        }
    }
    // Control: another meaning is found as another.
    let mut other = readouts_table(recorder.readouts());
    other.columns[0].meaning = "µ \"quoted\"".to_owned();
    assert_eq!(arrow_fields(&other)[0].2, "µ \"quoted\"");
}
