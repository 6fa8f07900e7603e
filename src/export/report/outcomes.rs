//! The report's tables of what came out: readouts at the end and the acceptance table.

use super::html::{Cell, table};
use crate::export::figures::{days, with_spread};
use crate::export::outcome::Results;
use crate::readout::acceptance::{Verdict, acceptance};
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;

/// The table of all readouts at the end; empty before anything is recorded.
pub(super) fn final_readouts(readouts: &Readouts) -> String {
    let Some(time_h) = readouts.last_time_h() else {
        return String::new();
    };
    let mut heading = vec![Cell::text("Readout")];
    heading.extend(readouts.conditions.iter().map(|name| Cell::number(name.clone())));
    let rows: Vec<Vec<Cell>> = readouts
        .columns
        .iter()
        .map(|column| {
            let values = (0..readouts.conditions.len())
                .map(|condition| Summary::of(&readouts.values_at(column.readout, condition, time_h)));
            std::iter::once(Cell::text(column.name.clone()))
                .chain(values.map(|summary| Cell::number(with_spread(summary))))
                .collect()
        })
        .collect();
    format!(
        "<h2>Readouts after {}</h2>\n<p class=\"quiet\">Mean ± standard deviation between wells.</p>\n{}",
        days(time_h),
        table(&heading, &rows)
    )
}

/// The acceptance table.
pub(super) fn acceptance_table(results: &Results<'_>) -> String {
    let heading = ["Check", "Band", "This run", "Verdict", "Kind"].map(Cell::text);
    let rows: Vec<Vec<Cell>> = acceptance(results.plate, results.readouts)
        .into_iter()
        .map(|check| {
            let class = match check.verdict {
                Verdict::Pass => "pass",
                Verdict::Fail => "fail",
                Verdict::NotHere(_) => "quiet",
            };
            vec![
                Cell::text(check.name),
                Cell::text(check.band),
                Cell::text(check.figure),
                Cell {
                    text: check.verdict.words(),
                    class,
                },
                Cell::text(check.evidence.words()),
            ]
        })
        .collect();
    format!(
        "<h2>Acceptance</h2>\n<p class=\"quiet\">Bands for the reference plate. A calibration input only shows that \
         the calibration holds; the tests are what the model says on its own.</p>\n{}",
        table(&heading, &rows)
    )
}
