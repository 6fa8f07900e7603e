//! The measures of each condition over runs, and how they compare with the first condition.

use super::moments::{FEWEST_RUNS, Moments, Pairs};
use super::tally::{ByMeasure, Compared, Group, Tally};
use crate::export::figures::{effect_words, with_interval};
use crate::export::report::html::{Cell, escaped, table};
use crate::readout::bootstrap::Interval;
use crate::sweep::measure::MEASURES;

/// Runs up to which an effect size is told to be uncertain.
const FEW_RUNS: u64 = 10;

/// Both tables; a word where there are no results.
pub fn effects(tally: &Tally) -> String {
    let title = "<h2>Measures at the end of the runs</h2>\n";
    let Some(first) = tally.conditions.first() else {
        return format!("{title}<p>No run has results.</p>\n");
    };
    let groups = if tally.is_by_point() {
        ""
    } else {
        " The points are too many to stand one by one: the figures are over the runs of all of them, and their spread is that between the \
         points as well. summary.csv has every point."
    };
    let means = rows(tally, 0, &|compared| {
        compared.own.each_ref().map(|own| Cell::number(mean(own))).to_vec()
    });
    let heading = heading(
        tally,
        MEASURES
            .each_ref()
            .map(|measure| Cell::number(format!("{}, {}", measure.name, measure.unit)))
            .to_vec(),
    );
    format!(
        "{title}<p class=\"quiet\">The unit of replication is the run, whose value is the mean over its wells; n is the number of runs. \
         Means over runs, in brackets the 95 % interval by Student's t for {FEWEST_RUNS} runs or more.{groups}</p>\n{}{}",
        table(&heading, &means),
        relative(tally, first)
    )
}

/// The table of ratios and effect sizes.
fn relative(tally: &Tally, first: &str) -> String {
    let compared = rows(tally, 1, &|compared| {
        let cells = compared.pairs.iter().flat_map(|pairs| {
            [
                Cell::number(ratio(pairs)),
                Cell::number(effect_words(pairs.effect_size())),
            ]
        });
        cells.collect()
    });
    if compared.is_empty() {
        return "<p class=\"quiet\">There is one condition, and nothing to compare it with.</p>\n".to_owned();
    }
    let columns = MEASURES
        .iter()
        .flat_map(|measure| [Cell::number(measure.name), Cell::number("g")]);
    let fewest = tally
        .groups
        .iter()
        .flat_map(|group| &group.conditions)
        .map(|compared| runs(&compared.own))
        .min();
    let few = match fewest {
        Some(fewest) if fewest <= FEW_RUNS => {
            " <strong>Few runs:</strong> an interval of so few trusts that runs spread as a normal distribution does."
        }
        _ => "",
    };
    format!(
        "<h3>Relative to {}</h3>\n<p class=\"quiet\">Ratios of means, in brackets the 95 % interval, from the runs that have both \
         conditions and in pairs; g is Hedges' standardised difference, in standard deviations between runs, with its 95 % interval \
         (noncentral t, of pairs). More seeds make the \
         intervals narrower, not the model truer; single wells spread more than runs of several wells do, so that g between wells is \
         smaller.{few}</p>\n{}",
        escaped(first),
        table(&heading(tally, columns.collect()), &compared)
    )
}

/// The heading of a table with `columns` for the measures.
fn heading(tally: &Tally, columns: Vec<Cell>) -> Vec<Cell> {
    let point = tally.point_heading().into_iter().map(Cell::text);
    let first = point.chain([Cell::text("Condition"), Cell::number("n")]);
    first.chain(columns).collect()
}

/// A row for each group and each of its conditions but the first `skipped`.
fn rows(tally: &Tally, skipped: usize, cells: &dyn Fn(&Compared) -> Vec<Cell>) -> Vec<Vec<Cell>> {
    let named = tally.point_heading().len();
    let row = |group: &Group, compared: &Compared| {
        let point = group.names.iter().take(named).cloned().map(Cell::text);
        let first = point.chain([
            Cell::text(tally.conditions[compared.condition].clone()),
            Cell::number(runs(&compared.own).to_string()),
        ]);
        first.chain(cells(compared)).collect()
    };
    let mut rows = Vec::new();
    for group in &tally.groups {
        let others = group.conditions.iter().skip(skipped);
        rows.extend(others.map(|compared| row(group, compared)));
    }
    rows
}

/// The runs that have a measure at all.
fn runs(own: &ByMeasure<Moments>) -> u64 {
    own.iter().map(Moments::count).max().unwrap_or(0)
}

/// A mean with its interval.
pub fn mean(own: &Moments) -> String {
    let Some(mean) = own.mean() else {
        return "–".to_owned();
    };
    let interval = own.half_interval().map(|half| Interval {
        low: mean - half,
        high: mean + half,
    });
    with_interval(mean, interval)
}

fn ratio(pairs: &Pairs) -> String {
    let interval = pairs.interval().map(|[low, high]| Interval { low, high });
    pairs
        .ratio()
        .map_or_else(|| "–".to_owned(), |ratio| with_interval(ratio, interval))
}
