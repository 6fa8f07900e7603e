//! CSV and Parquet hold the same table, and both can be read back.

use crate::hand_made::{self, HandMade, at, letter_y, plate, untreated, with_strain};
use outgrowth::export::parquet_file::write_parquet;
use outgrowth::export::readouts_from_csv;
use outgrowth::export::table::{ColumnTable, Values, neurons_table, readouts_table};
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
            Field::Double(number) => number.to_string(),
            other => panic!("unexpected {other:?}"),
        };
        lines.push(row.get_column_iter().map(|(_, value)| field(value)).collect());
    }
    lines
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
    let other = hand_made::plate(1, vec![untreated("another")]);
    assert!(readouts_from_csv(&other, &csv).is_err());
    assert!(readouts_from_csv(&plate, &csv.replace("time_h", "time")).is_err());
}

#[test]
fn nothing_measured_is_an_empty_field_and_a_null() {
    let table = ColumnTable {
        columns: vec![
            ("text".to_owned(), Values::Text(vec!["a".to_owned(), String::new()])),
            ("count".to_owned(), Values::Count(vec![None, Some(3)])),
            ("number".to_owned(), Values::Number(vec![Some(0.1), None])),
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
        columns: vec![(
            "n".to_owned(),
            Values::numbers([Some(-0.0), Some(0.0), Some(-0.5), None].into_iter()),
        )],
    };
    assert_eq!(table.to_csv(), "n\n0\n0\n-0.5\n\n");
}
