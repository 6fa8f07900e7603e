//! Tables that stand in files of the dataset as well, with what their columns are.

use crate::export::figures::figure;
use crate::export::report::html::{Cell, escaped, table};
use crate::export::table::{ColumnTable, TableColumn, Values};
use crate::sweep::contents::{CONCLUSIONS, POWER};
use crate::sweep::power::in_short;

/// How far each conclusion goes; empty where there are none.
pub fn conclusions(conclusions: Option<&ColumnTable>) -> String {
    let words = "Ratios to the first condition over all points, whose numbers were drawn from ranges: the median, and the band that holds \
                 95 % of the points. A conclusion that holds for whatever is drawn has a band on one side of 1.";
    section("How far the conclusions go", words, CONCLUSIONS, conclusions)
}

/// How many replicates show an effect; empty where that was not asked.
pub fn power(power: Option<&ColumnTable>) -> String {
    let words = "Replicate wells of a condition that show an effect, from the spread between the model's cultures; those of the first point.";
    section("How many replicates", words, POWER, power.map(in_short).as_ref())
}

/// A section with a table; empty without rows.
fn section(title: &str, words: &str, file: &str, whole: Option<&ColumnTable>) -> String {
    let Some(whole) = whole.filter(|table| table.rows() > 0) else {
        return String::new();
    };
    let columns = &whole.columns;
    let heading: Vec<Cell> = columns.iter().map(|column| cell(column, column.name.clone())).collect();
    let rows = (0..whole.rows()).map(|row| {
        columns
            .iter()
            .map(|column| cell(column, text(&column.values, row)))
            .collect()
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let meanings: Vec<Vec<Cell>> = columns
        .iter()
        .map(|column| vec![Cell::text(column.name.clone()), Cell::text(column.meaning.clone())])
        .collect();
    format!(
        "<h2>{title}</h2>\n<p class=\"quiet\">{} As a file: <code>{file}</code>.</p>\n{}<details><summary>What the columns \
         are</summary>\n{}</details>",
        escaped(words),
        table(&heading, &rows),
        table(&[Cell::text("Column"), Cell::text("Meaning")], &meanings)
    )
}

/// A cell of a column: numbers stand to the right.
fn cell(column: &TableColumn, text: String) -> Cell {
    match column.values {
        Values::Text(_) => Cell::text(text),
        _ => Cell::number(text),
    }
}

fn text(values: &Values, row: usize) -> String {
    let text = match values {
        Values::Text(values) => values.get(row).cloned(),
        Values::Count(values) => values.get(row).copied().flatten().map(|count| count.to_string()),
        Values::Seed(values) => values.get(row).map(ToString::to_string),
        Values::Number(values) => values.get(row).copied().flatten().map(figure),
    };
    text.unwrap_or_else(|| "–".to_owned())
}
