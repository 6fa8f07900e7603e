//! The report's statistics: the unit of replication, main readouts at the end, and their ratios to the control, each with its
//! interval.

use super::html::{Cell, escaped, table};
use crate::export::figures::{days, figure};
use crate::export::outcome::Results;
use crate::export::terminal::MAIN;
use crate::readout::bootstrap::{Bootstrap, FEW_WELLS, Interval};
use crate::readout::columns::Readout;
use crate::readout::growth::at_the_end;
use crate::readout::recorder::Readouts;
use crate::readout::roles::roles;
use crate::readout::summary::Summary;

/// The main readouts by condition; empty before anything is recorded.
pub(super) fn main_readouts(results: &Results<'_>) -> String {
    let Some(time_h) = results.readouts.last_time_h() else {
        return String::new();
    };
    let end = End {
        readouts: results.readouts,
        bootstrap: Bootstrap::of(results.plate),
    };
    let shown: Vec<_> = [(Readout::Neurons, "neurons")]
        .into_iter()
        .chain(MAIN)
        .filter(|(readout, _)| end.readouts.place(*readout).is_some())
        .collect();
    let control = roles(results.plate).control;
    let ratios = match control {
        None => {
            "<p class=\"quiet\">No condition of this plate is an untreated control: there are no ratios to one.</p>\n"
                .to_owned()
        }
        Some(control) => format!(
            "<h3>Relative to {}</h3>\n{}",
            escaped(&end.readouts.conditions[control]),
            end.table_of(&shown, |readout, condition| end.ratio(readout, condition, control))
        ),
    };
    format!(
        "<h2>Main readouts after {}</h2>\n<p class=\"quiet\">The unit of replication is the well: n is the number of wells of a \
         condition, and the neurons of a well are no replicates. Means over wells, in brackets the 95 % bootstrap interval over \
         wells; the rate is that over the whole run.{}</p>\n{}{ratios}",
        days(time_h),
        end.too_few(),
        end.table_of(&shown, |readout, condition| end.mean(readout, condition)),
    )
}

/// The readouts at the end of a run.
struct End<'a> {
    readouts: &'a Readouts,
    bootstrap: Bootstrap,
}

impl End<'_> {
    fn wells(&self, readout: Readout, condition: usize) -> Vec<f64> {
        at_the_end(self.readouts, readout, condition)
    }

    /// Number of wells of a condition that are read.
    fn count(&self, condition: usize) -> usize {
        self.wells(Readout::Tips, condition).len()
    }

    fn mean(&self, readout: Readout, condition: usize) -> String {
        let wells = self.wells(readout, condition);
        Summary::of(&wells).map_or_else(nothing, |summary| {
            with_interval(summary.mean, self.bootstrap.mean(&wells))
        })
    }

    fn ratio(&self, readout: Readout, condition: usize, control: usize) -> String {
        if condition == control {
            return "1".to_owned();
        }
        let [wells, untreated] = [condition, control].map(|condition| self.wells(readout, condition));
        let means = Summary::of(&wells).zip(Summary::of(&untreated));
        let found = means.filter(|(_, untreated)| untreated.mean != 0.0);
        found.map_or_else(nothing, |(treated, of_control)| {
            with_interval(treated.mean / of_control.mean, self.bootstrap.ratio(&wells, &untreated))
        })
    }

    /// A line for each condition: its name, its wells, and a cell for each readout.
    fn table_of(&self, shown: &[(Readout, &str)], cell: impl Fn(Readout, usize) -> String) -> String {
        let mut heading = vec![Cell::text("Condition"), Cell::number("n")];
        heading.extend(shown.iter().map(|(_, name)| Cell::number(*name)));
        let line = |(condition, name): (usize, &String)| {
            let cells = shown.iter().map(|&(readout, _)| Cell::number(cell(readout, condition)));
            let first = [
                Cell::text(name.clone()),
                Cell::number(self.count(condition).to_string()),
            ];
            first.into_iter().chain(cells).collect()
        };
        let rows: Vec<Vec<Cell>> = self.readouts.conditions.iter().enumerate().map(line).collect();
        table(&heading, &rows)
    }

    /// Caution, where a condition has few wells.
    fn too_few(&self) -> String {
        let counts: Vec<usize> = (0..self.readouts.conditions.len())
            .map(|condition| self.count(condition))
            .collect();
        let mut text = String::new();
        if counts.contains(&1) {
            text += " <strong>One well has no interval:</strong> nothing tells what it shows from chance.";
        }
        if counts.iter().any(|count| (2..=FEW_WELLS).contains(count)) {
            text += " <strong>Intervals of two or three wells are too narrow:</strong> no draw reaches beyond the wells that there are, \
                     so that they miss the mean in half (two wells) or a quarter (three) of experiments at least, not in 5 %.";
        }
        text
    }
}

fn with_interval(value: f64, interval: Option<Interval>) -> String {
    interval.map_or_else(
        || figure(value),
        |Interval { low, high }| format!("{} ({} to {})", figure(value), figure(low), figure(high)),
    )
}

fn nothing() -> String {
    "–".to_owned()
}
