//! The report's tables of how the run can be repeated: its parameters and its record.

use super::html::{Cell, escaped, table};
use crate::export::figures::figure;
use crate::export::record::RunRecord;
use crate::model::parameter::Grade;

/// Significant digits of a value that are shown; the run record has all.
const DIGITS: usize = 4;

/// A value as a scenario has it, its number with no more digits than are read.
pub(super) fn shown_value(text: &str) -> String {
    let (number, unit) = text.split_once(' ').map_or((text, ""), |(number, unit)| (number, unit));
    let short = number.parse::<f64>().ok().filter(|_| number.len() > DIGITS);
    let short = short.and_then(|value| format!("{value:.*e}", DIGITS - 1).parse::<f64>().ok());
    short.map_or_else(
        || text.to_owned(),
        |value| format!("{value} {unit}").trim_end().to_owned(),
    )
}

/// The table of parameters; empty for a record without any.
pub(super) fn parameters(record: &RunRecord) -> String {
    if record.parameters.is_empty() {
        return String::new();
    }
    let heading = [
        "Parameter",
        "Value",
        "Default",
        "Grade",
        "Source of the default",
        "Meaning",
    ]
    .map(Cell::text);
    let rows: Vec<Vec<Cell>> = record
        .parameters
        .iter()
        .map(|parameter| {
            let class = if parameter.value == parameter.default {
                ""
            } else {
                "changed"
            };
            vec![
                Cell::text(parameter.path.clone()),
                Cell {
                    text: shown_value(&parameter.value),
                    class,
                },
                Cell::text(shown_value(&parameter.default)),
                Cell::text(parameter.grade.clone()),
                Cell::text(parameter.source.clone()),
                Cell::text(parameter.meaning.clone()),
            ]
        })
        .collect();
    let grades = [Grade::A, Grade::B, Grade::C, Grade::X];
    let grades: Vec<String> = grades
        .iter()
        .map(|grade| format!("{grade}: {}", grade.meaning()))
        .collect();
    format!(
        "<h2>Parameters</h2>\n<p class=\"quiet\">Values in bold differ from the default. {}.</p>\n{}",
        escaped(&grades.join("; ")),
        table(&heading, &rows)
    )
}

/// The table of the run record, and the scenario.
pub(super) fn run_record(record: &RunRecord) -> String {
    let rows = [
        ("Run", record.run.clone()),
        ("Version", record.version.clone()),
        ("Seed", record.seed.to_string()),
        (
            "Steps",
            format!(
                "{} of {}, {} min each",
                record.steps_done,
                record.steps_planned,
                figure(record.step_h * 60.0)
            ),
        ),
        ("Engine", record.engine.clone()),
        ("Adapter", record.adapter.clone()),
        ("Driver", record.driver.clone()),
        ("Backend", record.backend.clone()),
        ("Threads", record.threads.to_string()),
        ("Started", record.started.clone()),
        ("Ended", record.ended.clone()),
        ("Wall time", format!("{} s", figure(record.wall_s))),
        ("Overrides", record.overrides.join(" ")),
    ];
    let rows: Vec<Vec<Cell>> = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(what, value)| vec![Cell::text(what), Cell::text(value)])
        .collect();
    let scenario = if record.scenario.is_empty() {
        String::new()
    } else {
        format!(
            "<details open><summary>The scenario</summary><pre>{}</pre></details>",
            escaped(&record.scenario)
        )
    };
    format!(
        "<h2>Run record</h2>\n{}{scenario}",
        table(&[Cell::text("What"), Cell::text("")], &rows)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_no_digits_that_nobody_reads() {
        let values = [
            "459.184 Pa",
            "-2.86479 deg/h",
            "1000",
            "10 um",
            "additive",
            "exact 5",
            "0.0231 /h",
            "123456 /h",
            "must be given",
        ];
        let shown = [
            "459.2 Pa",
            "-2.865 deg/h",
            "1000",
            "10 um",
            "additive",
            "exact 5",
            "0.0231 /h",
            "123500 /h",
            "must be given",
        ];
        assert_eq!(values.map(shown_value), shown);
    }
}
