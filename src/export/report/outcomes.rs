//! The report's tables of what came out: readouts at the end and the acceptance table.

use super::html::{Cell, by_condition, table};
use crate::export::figures::{days, with_spread};
use crate::export::outcome::Results;
use crate::export::shown_unit::ShownUnit;
use crate::model::word::Word;
use crate::readout::acceptance::{Check, Evidence, Verdict, acceptance};
use crate::readout::columns::Column;
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;

/// The table of all readouts at the end; empty before anything is recorded.
pub(super) fn final_readouts(readouts: &Readouts) -> String {
    let Some(time_h) = readouts.last_time_h() else {
        return String::new();
    };
    let first = [Cell::text("Readout"), Cell::text("Unit")];
    let shown: Vec<(&Column, ShownUnit)> = readouts
        .columns
        .iter()
        .map(|column| {
            let all = (0..readouts.conditions.len())
                .flat_map(|condition| readouts.values_at(column.readout, condition, time_h));
            let largest = all.fold(0.0_f64, |most, value| most.max(value.abs()));
            (column, ShownUnit::of(column.unit, largest))
        })
        .collect();
    let tables = by_condition(&readouts.conditions, &first, shown.len(), |row, condition| {
        let (column, unit) = shown[row];
        match condition {
            None => vec![Cell::text(column.name.clone()), Cell::text(unit.name)],
            Some(condition) => {
                let wells = readouts.values_at(column.readout, condition, time_h);
                let wells: Vec<f64> = wells.into_iter().map(|value| value / unit.size).collect();
                vec![Cell::number(with_spread(Summary::of(&wells)))]
            }
        }
    });
    format!(
        "<h2>All readouts after {}</h2>\n<p class=\"quiet\">Mean ± standard deviation between wells. The names are those of the columns \
         of <code>readouts.csv</code>, which has every digit; the unit is that of the figures here.</p>\n{tables}",
        days(time_h),
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
