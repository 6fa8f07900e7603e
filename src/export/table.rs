//! Tables of results: made once, then written as CSV and as Parquet with the same columns and values.

use super::places::{neuron_file, well_folder};
use crate::model::plate::Plate;
use crate::readout::columns::{KEYS, Readout};
use crate::readout::neurons::NeuronRow;
use crate::readout::recorder::{Readouts, Row};
use crate::readout::scores::Scores;
use serde::{Deserialize, Serialize};

/// A table, column by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnTable {
    /// The columns, each with a value for every row.
    pub columns: Vec<TableColumn>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumn {
    /// Its name, unit included.
    pub name: String,
    /// Its unit; `1` for a plain number, empty for text.
    pub unit: String,
    /// Its meaning.
    pub meaning: String,
    /// Its values.
    pub values: Values,
}

impl TableColumn {
    /// A column of `values`.
    pub fn new(name: &str, unit: &str, meaning: &str, values: Values) -> Self {
        Self {
            name: name.to_owned(),
            unit: unit.to_owned(),
            meaning: meaning.to_owned(),
            values,
        }
    }

    /// What a file says of the column beside its name: keys and texts.
    pub fn metadata(&self) -> [(&'static str, &str); 2] {
        [("unit", &self.unit), ("meaning", &self.meaning)]
    }
}

/// A column with the same value in every row of a table: what tells the rows of one run from those of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// Its name, unit included.
    pub name: String,
    /// Its unit; `1` for a plain number, empty for text.
    pub unit: String,
    /// Its meaning.
    pub meaning: String,
    /// Its value.
    pub value: LabelValue,
}

/// The value of a label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LabelValue {
    /// Text.
    Text(String),
    /// A seed.
    Seed(u64),
    /// A whole number.
    Count(i64),
    /// A number.
    Number(f64),
}

impl LabelValue {
    /// The value in each of `rows` rows.
    fn in_rows(&self, rows: usize) -> Values {
        match self {
            Self::Text(text) => Values::Text(vec![text.clone(); rows]),
            Self::Seed(seed) => Values::Seed(vec![*seed; rows]),
            Self::Count(count) => Values::Count(vec![Some(*count); rows]),
            Self::Number(number) => Values::numbers(std::iter::repeat_n(Some(*number), rows)),
        }
    }
}

/// The values of a column, one a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Text.
    Text(Vec<String>),
    /// Whole numbers; `None` where there is nothing to count.
    Count(Vec<Option<i64>>),
    /// Whole numbers of 64 bits without a sign, such as seeds; there is one in each row.
    Seed(Vec<u64>),
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
            Values::Seed(values) => values.len(),
            Values::Number(values) => values.len(),
        }
    }

    /// Whether a row may lack a value.
    pub fn may_lack(&self) -> bool {
        match self {
            Values::Text(_) | Values::Seed(_) => false,
            Values::Count(_) | Values::Number(_) => true,
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
            Values::Seed(values) => values[row].to_string(),
            Values::Number(values) => values[row].map_or_else(String::new, |value| value.to_string()),
        }
    }
}

impl ColumnTable {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// The same table with a column for each label ahead of the others. A table without columns has no rows to label.
    pub fn labelled(mut self, labels: &[Label]) -> Self {
        let rows = self.rows();
        let column =
            |label: &Label| TableColumn::new(&label.name, &label.unit, &label.meaning, label.value.in_rows(rows));
        self.columns.splice(0..0, labels.iter().map(column));
        self
    }

    /// The table as CSV (RFC 4180, lines end in a newline alone).
    pub fn to_csv(&self) -> String {
        self.csv_heading() + &self.csv_rows()
    }

    /// The first line of the table as CSV.
    pub fn csv_heading(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        names.join(",") + "\n"
    }

    /// The other lines of the table as CSV.
    pub fn csv_rows(&self) -> String {
        let mut csv = String::new();
        for row in 0..self.rows() {
            let fields: Vec<String> = (self.columns.iter())
                .map(|column| column.values.csv_field(row))
                .collect();
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
    let keys = KEYS.into_iter().zip(keys);
    let keys = keys.map(|((name, unit, meaning), values)| TableColumn::new(name, unit, meaning, values));
    let measured = readouts.columns.iter().enumerate().map(|(index, column)| {
        let values = Values::numbers(rows.iter().map(|row| row.values[index]));
        TableColumn::new(&column.name, column.unit, &column.meaning, values)
    });
    ColumnTable {
        columns: keys.chain(measured).collect(),
    }
}

/// The table of neurons. The last column names the neuron's file where `written` says that it has one.
pub fn neurons_table(plate: &Plate, neurons: &[NeuronRow], written: impl Fn(&NeuronRow) -> bool) -> ColumnTable {
    let text = |of: &dyn Fn(&NeuronRow) -> String| Values::Text(neurons.iter().map(of).collect());
    let count = |of: &dyn Fn(&NeuronRow) -> Option<i64>| Values::Count(neurons.iter().map(of).collect());
    let number = |of: &dyn Fn(&NeuronRow) -> Option<f64>| Values::numbers(neurons.iter().map(of));
    let file = |n: &NeuronRow| format!("axons/{}/{}", well_folder(plate, n.well), neuron_file(plate, n.neuron));
    let score = |of: &dyn Fn(&Scores) -> f64| number(&|n| n.scores.as_ref().map(of));
    let [condition, well, replicate, _] = KEYS;
    let key = |(name, unit, meaning): (&str, &str, &str), values| TableColumn::new(name, unit, meaning, values);
    let columns = vec![
        key(condition, text(&|n| plate.conditions[n.condition].name.clone())),
        key(well, count(&|n| Some(n.well as i64 + 1))),
        key(replicate, count(&|n| Some(i64::from(n.replicate) + 1))),
        TableColumn::new(
            "neuron",
            "1",
            "the number of the neuron in its well, from 1",
            count(&|n| Some(n.neuron as i64 + 1)),
        ),
        TableColumn::new(
            "soma_x_um",
            "µm",
            "place of the soma along x",
            number(&|n| Some(n.soma_um.x)),
        ),
        TableColumn::new(
            "soma_y_um",
            "µm",
            "place of the soma along y",
            number(&|n| Some(n.soma_um.y)),
        ),
        TableColumn::new("soma_z_um", "µm", "height of the soma", number(&|n| Some(n.soma_um.z))),
        TableColumn::new(
            "neurite_length_total_um",
            "µm",
            "length of its axon with all branches",
            number(&|n| Some(n.length_total_um)),
        ),
        TableColumn::new(
            "neurite_length_longest_um",
            "µm",
            "longest way along its axon from the soma to a tip",
            number(&|n| n.length_longest_um),
        ),
        TableColumn::new(
            "tips",
            "1",
            "number of tips of its axon",
            count(&|n| Some(n.tips as i64)),
        ),
        TableColumn::new(
            "branch_points",
            "1",
            "points of its axon from which two or more ways go on",
            count(&|n| Some(n.branch_points as i64)),
        ),
        TableColumn::new(
            "branch_order_max",
            "1",
            "branch points between the axon's first point and a tip, the most of its tips",
            count(&|n| n.branch_order_max.map(i64::from)),
        ),
        TableColumn::new(
            "straightness",
            "1",
            "end-to-end distance over length of its longest path",
            number(&|n| n.straightness),
        ),
        TableColumn::new(
            "outgrowth_radius_um",
            "µm",
            "distance of its furthest tip from the edge of its explant",
            number(&|n| n.outgrowth_radius_um),
        ),
        TableColumn::new(
            "soma_migration_um",
            "µm",
            "distance of the soma from where it was seeded",
            number(&|n| Some(n.soma_migration_um)),
        ),
        TableColumn::new(
            Readout::AxonGrowthScore.name(),
            "1",
            "programme score of axon growth, mean over its cones",
            score(&|scores| scores.axon_growth),
        ),
        TableColumn::new(
            Readout::ProjectionGuidanceScore.name(),
            "1",
            "programme score of projection guidance, mean over its cones",
            score(&|scores| scores.projection_guidance),
        ),
        TableColumn::new(
            Readout::SynapseMaturationScore.name(),
            "1",
            "programme score of synapse maturation, mean over its cones",
            score(&|scores| scores.synapse_maturation),
        ),
        TableColumn::new(
            "swc",
            "",
            "the file of its axon in the folder of the results; empty where it has none",
            text(&|n| if written(n) { file(n) } else { String::new() }),
        ),
    ];
    ColumnTable { columns }
}
