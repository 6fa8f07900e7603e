//! The table of results that a run prints: main readouts by condition, mean ± standard deviation over wells.

use super::figures::{days, with_spread};
use crate::readout::columns::Readout;
use crate::readout::growth::at_the_end;
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;

/// The main readouts, printed and in the report's statistics, and their headings; those of gates follow.
pub(super) const MAIN: [(Readout, &str); 7] = [
    (Readout::OutgrowthRadiusMean, "radius µm"),
    (Readout::NeuriteLengthLongest, "longest µm"),
    (Readout::NeuriteLengthTotal, "total µm"),
    (Readout::GrowthRateMean, "rate µm/h"),
    (Readout::Tips, "tips"),
    (Readout::SomaMigrationMean, "migration µm"),
    (Readout::MyokineAtConesMean(0), "dose at cones"),
];

/// The table, with a heading line; empty before anything is recorded.
pub fn results_table(readouts: &Readouts) -> String {
    let Some(time_h) = readouts.last_time_h() else {
        return String::new();
    };
    let main = MAIN.map(|(readout, heading)| (readout, heading.to_owned()));
    let gates = readouts
        .columns
        .iter()
        .filter(|column| matches!(column.readout, Readout::AxonsAcross(_)))
        .map(|column| (column.readout, column.name.replace('_', " ")));
    let shown: Vec<_> = main
        .into_iter()
        .filter(|(readout, _)| readouts.place(*readout).is_some())
        .chain(gates)
        .collect();
    let mut lines = vec![vec![format!("after {}", days(time_h)), "wells".to_owned()]];
    lines[0].extend(shown.iter().map(|(_, heading)| heading.clone()));
    for (condition, name) in readouts.conditions.iter().enumerate() {
        let wells = readouts.values_at(Readout::Tips, condition, time_h).len();
        let mut line = vec![name.clone(), wells.to_string()];
        line.extend(
            shown
                .iter()
                .map(|(readout, _)| with_spread(Summary::of(&at_the_end(readouts, *readout, condition)))),
        );
        lines.push(line);
    }
    aligned(&lines)
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
