//! Tables of a sweep's findings, for the terminal.

use crate::export::table::{ColumnTable, Values};
use crate::export::terminal::aligned;
use crate::sweep::PowerQuestion;
use crate::sweep::power::in_short;
use crate::sweep::power_question::FEWEST_CULTURES;
use serde_json::{Value, json};

/// Rows that the terminal shows at most; all are in the file.
const MOST_ROWS: usize = 40;

/// A table in columns, numbers with two decimals, without the rows that are too many for a terminal.
pub fn in_columns(table: &ColumnTable) -> String {
    let heading = table.columns.iter().map(|column| column.name.clone()).collect();
    let shown = table.rows().min(MOST_ROWS);
    let rows = (0..shown).map(|row| {
        let cell = |values: &Values| match values {
            Values::Number(numbers) => numbers[row].map_or_else(String::new, two_decimals),
            Values::Text(texts) => texts[row].clone(),
            Values::Count(counts) => counts[row].map_or_else(String::new, |count| count.to_string()),
            Values::Seed(seeds) => seeds[row].to_string(),
        };
        table.columns.iter().map(|column| cell(&column.values)).collect()
    });
    let lines: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
    let left = table.rows() - shown;
    if left > 0 {
        aligned(&lines) + &format!("… and {left} rows more in the file\n")
    } else {
        aligned(&lines)
    }
}

/// A table as a list of records, for programs.
pub fn in_records(table: &ColumnTable) -> Value {
    let record = |row: usize| {
        let cell = |values: &Values| match values {
            Values::Number(numbers) => json!(numbers[row]),
            Values::Text(texts) => json!(texts[row]),
            Values::Count(counts) => json!(counts[row]),
            Values::Seed(seeds) => json!(seeds[row]),
        };
        let columns = table.columns.iter();
        let cells = columns.map(|column| (column.name.clone(), cell(&column.values)));
        Value::Object(cells.collect())
    };
    (0..table.rows()).map(record).collect()
}

/// A number with two decimals; what rounds to nothing has no sign.
fn two_decimals(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    format!("{:.2}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// How many replicates show an effect, with the words that tell what is in the columns.
pub fn replicates(table: &ColumnTable, question: &PowerQuestion) -> String {
    if table.rows() == 0 {
        return format!(
            "Replicates: fewer than {FEWEST_CULTURES} cultures are done, too few to take the spread from\n"
        );
    }
    format!(
        "Replicate wells a condition that show an effect (a ratio to the first condition) in {:.0} % of experiments, at a level of {} %:\n\
         wells, where each culture gives a well to every treatment, with the interval by the spread's own uncertainty; wells_unpaired, where\n\
         it does not (power.csv)\n\n{}",
        question.power * 100.0,
        question.alpha * 100.0,
        in_columns(&in_short(table))
    )
}
