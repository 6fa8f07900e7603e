//! Tables of results: made once, then written as CSV and as Parquet with the same columns and values.

use super::places::{neuron_file, well_folder};
use crate::model::plate::Plate;
use crate::readout::columns::KEYS;
use crate::readout::neurons::NeuronRow;
use crate::readout::recorder::{Readouts, Row};

/// A table, column by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnTable {
    /// Names of the columns and their values.
    pub columns: Vec<(String, Values)>,
}

/// The values of a column, one a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Text.
    Text(Vec<String>),
    /// Whole numbers; `None` where there is nothing to count.
    Count(Vec<Option<i64>>),
    /// Numbers; `None` where there is nothing to measure.
    Number(Vec<Option<f64>>),
}

impl Values {
    /// Numbers, of which -0 is 0.
    pub fn numbers(values: impl Iterator<Item = Option<f64>>) -> Self {
        Values::Number(values.map(|value| value.map(|value| value + 0.0)).collect())
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Values::Text(values) => values.len(),
            Values::Count(values) => values.len(),
            Values::Number(values) => values.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The field of a row as CSV has it: empty for nothing, the shortest digits that read back to the same bits.
    fn csv_field(&self, row: usize) -> String {
        match self {
            Values::Text(values) => quoted(&values[row]),
            Values::Count(values) => values[row].map_or_else(String::new, |value| value.to_string()),
            Values::Number(values) => values[row].map_or_else(String::new, |value| value.to_string()),
        }
    }
}

impl ColumnTable {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    /// The table as CSV (RFC 4180, lines end in a newline alone).
    pub fn to_csv(&self) -> String {
        self.csv_heading() + &self.csv_rows()
    }

    /// The first line of the table as CSV.
    pub fn csv_heading(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|(name, _)| quoted(name)).collect();
        names.join(",") + "\n"
    }

    /// The other lines of the table as CSV.
    pub fn csv_rows(&self) -> String {
        let mut csv = String::new();
        for row in 0..self.rows() {
            let fields: Vec<String> = self.columns.iter().map(|(_, values)| values.csv_field(row)).collect();
            csv.push_str(&fields.join(","));
            csv.push('\n');
        }
        csv
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The table of readouts: keys, then one column a readout.
pub fn readouts_table(readouts: &Readouts) -> ColumnTable {
    rows_table(readouts, &readouts.rows)
}

/// The same for some rows, with the conditions and columns of `readouts`.
pub fn rows_table(readouts: &Readouts, rows: &[Row]) -> ColumnTable {
    let keys = [
        Values::Text(
            rows.iter()
                .map(|row| readouts.conditions[row.condition].clone())
                .collect(),
        ),
        Values::Count(rows.iter().map(|row| Some(row.well as i64 + 1)).collect()),
        Values::Count(rows.iter().map(|row| Some(i64::from(row.replicate) + 1)).collect()),
        Values::numbers(rows.iter().map(|row| Some(row.time_h))),
    ];
    let measured = readouts.columns.iter().enumerate().map(|(index, column)| {
        (
            column.name.clone(),
            Values::numbers(rows.iter().map(|row| row.values[index])),
        )
    });
    ColumnTable {
        columns: KEYS
            .iter()
            .map(|(name, ..)| (*name).to_owned())
            .zip(keys)
            .chain(measured)
            .collect(),
    }
}

/// The table of neurons. The last column names the neuron's file where `written` says that it has one.
pub fn neurons_table(plate: &Plate, neurons: &[NeuronRow], written: impl Fn(&NeuronRow) -> bool) -> ColumnTable {
    let text = |of: &dyn Fn(&NeuronRow) -> String| Values::Text(neurons.iter().map(of).collect());
    let count = |of: &dyn Fn(&NeuronRow) -> Option<i64>| Values::Count(neurons.iter().map(of).collect());
    let number = |of: &dyn Fn(&NeuronRow) -> Option<f64>| Values::numbers(neurons.iter().map(of));
    let file = |n: &NeuronRow| format!("axons/{}/{}", well_folder(plate, n.well), neuron_file(plate, n.neuron));
    let columns = [
        ("condition", text(&|n| plate.conditions[n.condition].name.clone())),
        ("well", count(&|n| Some(n.well as i64 + 1))),
        ("replicate", count(&|n| Some(i64::from(n.replicate) + 1))),
        ("neuron", count(&|n| Some(n.neuron as i64 + 1))),
        ("soma_x_um", number(&|n| Some(n.soma_um.x))),
        ("soma_y_um", number(&|n| Some(n.soma_um.y))),
        ("soma_z_um", number(&|n| Some(n.soma_um.z))),
        ("neurite_length_total_um", number(&|n| Some(n.length_total_um))),
        ("neurite_length_longest_um", number(&|n| n.length_longest_um)),
        ("tips", count(&|n| Some(n.tips as i64))),
        ("branch_points", count(&|n| Some(n.branch_points as i64))),
        ("branch_order_max", count(&|n| n.branch_order_max.map(i64::from))),
        ("straightness", number(&|n| n.straightness)),
        ("outgrowth_radius_um", number(&|n| n.outgrowth_radius_um)),
        ("soma_migration_um", number(&|n| Some(n.soma_migration_um))),
        ("axon_growth_score", number(&|n| n.scores.map(|s| s.axon_growth))),
        (
            "projection_guidance_score",
            number(&|n| n.scores.map(|s| s.projection_guidance)),
        ),
        (
            "synapse_maturation_score",
            number(&|n| n.scores.map(|s| s.synapse_maturation)),
        ),
        ("swc", text(&|n| if written(n) { file(n) } else { String::new() })),
    ];
    ColumnTable {
        columns: columns.map(|(name, values)| (name.to_owned(), values)).into(),
    }
}
