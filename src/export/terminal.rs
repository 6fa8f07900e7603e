//! The table of results that a run prints: main readouts by condition, mean ± standard deviation over wells, and how many times
//! that of the control it is.

use super::figures::{days, with_spread};
use super::main_readouts::{MainReadout, main_readouts};
use crate::model::plate::Plate;
use crate::readout::columns::Readout;
use crate::readout::growth::at_the_end;
use crate::readout::recorder::Readouts;
use crate::readout::roles::roles;
use crate::readout::summary::Summary;

/// The table, with a heading line; empty before anything is recorded.
pub fn results_table(plate: &Plate, readouts: &Readouts) -> String {
    aligned(&results_cells(readouts, roles(plate).control))
}

/// The cells of the same table: a line of headings, of which the first says the time, and one for each condition in the order of the
/// plate, which begins with its name and its number of wells. Where there is a control, by its place, others have how many times its mean
/// theirs is. Empty before anything is recorded.
pub fn results_cells(readouts: &Readouts, control: Option<usize>) -> Vec<Vec<String>> {
    let Some(time_h) = readouts.last_time_h() else {
        return Vec::new();
    };
    let shown = main_readouts(readouts);
    let mut lines = vec![vec![format!("after {}", days(time_h)), "wells".to_owned()]];
    lines[0].extend(shown.iter().map(MainReadout::heading));
    for (condition, name) in readouts.conditions.iter().enumerate() {
        let wells = readouts.values_at(Readout::Tips, condition, time_h).len();
        let mut line = vec![name.clone(), wells.to_string()];
        line.extend(shown.iter().map(|shown| {
            let summary = |condition| Summary::of(&at_the_end(readouts, shown.column.readout, condition));
            let untreated = control.filter(|control| *control != condition).and_then(summary);
            with_ratio(summary(condition), untreated)
        }));
        lines.push(line);
    }
    lines
}

/// A mean with its spread and, in brackets, how many times that of the control it is.
fn with_ratio(summary: Option<Summary>, control: Option<Summary>) -> String {
    let words = with_spread(summary);
    match (summary, control) {
        (Some(summary), Some(control)) if control.mean > 0.0 => {
            format!("{words} ({:.1} ×)", summary.mean / control.mean)
        }
        _ => words,
    }
}

/// Columns side by side: the first to the left, the others to the right.
pub fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        lines
            .iter()
            .filter_map(|l| l.get(column))
            .map(|f| f.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let fields: Vec<String> = line
            .iter()
            .enumerate()
            .map(|(column, field)| {
                let width = widths[column];
                if column == 0 {
                    format!("{field:<width$}")
                } else {
                    format!("{field:>width$}")
                }
            })
            .collect();
        text.push_str(fields.join("  ").trim_end());
        text.push('\n');
    }
    text
}
