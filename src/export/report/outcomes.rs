//! The report's tables of what came out: readouts at the end and the acceptance table.

use super::html::{Cell, table};
use crate::export::figures::{days, with_spread};
use crate::export::outcome::Results;
use crate::model::word::Word;
use crate::readout::acceptance::{Check, Evidence, Verdict, acceptance};
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

/// The acceptance table, by weight in the argument.
pub(super) fn acceptance_table(results: &Results<'_>) -> String {
    let checks = acceptance(results.plate, results.readouts);
    let heading = ["Check", "Band", "This run", "Verdict", "Could fail by", "Band from"].map(Cell::text);
    let of_kind = |&kind: &Evidence| {
        let rows: Vec<Vec<Cell>> = checks.iter().filter(|check| check.evidence == kind).map(row).collect();
        format!(
            "<h3>{}</h3>\n<p class=\"quiet\">{}</p>\n{}",
            capitalised(kind.word()),
            kind.meaning(),
            table(&heading, &rows)
        )
    };
    let tables: String = Evidence::ALL.iter().map(of_kind).collect();
    format!(
        "<h2>Acceptance</h2>\n<p class=\"quiet\">Bands for the reference plate. Beside each figure stands its 95 % interval, \
         where there are wells enough for one; it passes where the figure lies in the band, and is undecided where only \
         its interval reaches into it.</p>\n{tables}"
    )
}

fn row(check: &Check) -> Vec<Cell> {
    let class = match check.verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Undecided | Verdict::Told | Verdict::NotHere(_) => "quiet",
    };
    vec![
        Cell::text(check.name),
        Cell::text(check.band.clone()),
        Cell::text(check.figure.clone()),
        Cell {
            text: check.verdict.words(),
            class,
        },
        Cell::text(check.fails_by.join(", ")),
        Cell::text(check.source.clone()),
    ]
}

/// With a capital letter in front.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
