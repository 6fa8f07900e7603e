//! Which keys make results vary: the Sobol indices as bars, by condition, and beside them as a table.

use super::bars::{Bars, bars_svg, ends};
use super::curves::capital;
use super::tally::Tally;
use crate::export::hues::hues_by_name;
use crate::export::report::figure::Figure;
use crate::export::report::html::{Cell, escaped, table};
use crate::readout::bootstrap::Interval;
use crate::sweep::contents::INDICES;
use crate::sweep::indices::{ITSELF, KeyIndices, by_saltelli};
use crate::sweep::plan::Plan;

/// Keys with bars, at most: those with the greatest totals.
const MOST_KEYS: usize = 12;
/// Conditions with bars, at most; a ratio to the first counts as one.
const MOST_GROUPS: usize = 12;

const TITLE: &str = "<h2>Which keys make results vary</h2>\n";

/// The section; `None` of indices where the plan does not tell them.
pub fn indices(plan: &Plan, tally: &Tally, found: Option<&[KeyIndices]>) -> String {
    match found {
        None if plan.points() < 2 => String::new(),
        None => format!(
            "{TITLE}<p class=\"quiet\">Sobol indices, the shares of the variance that keys make, take points that this plan does not \
             have: ranges that are all by <code>:saltelli</code>, or lists and grids of at least two keys without <code>--where</code>.</p>\n"
        ),
        Some([]) => format!(
            "{TITLE}<p>There are no indices: no measure varies, or too many points are without results.{}</p>\n",
            if by_saltelli(plan) {
                ""
            } else {
                " Of lists and grids every point is needed."
            }
        ),
        Some(found) => told(plan, tally, found),
    }
}

fn told(plan: &Plan, tally: &Tally, found: &[KeyIndices]) -> String {
    let how = if by_saltelli(plan) {
        "Lines are 95 % bootstrap intervals over base points; they end at the side of the plot where they go beyond it."
    } else {
        "Of a full factorial they are exact, as the share of each effect in the analysis of variance over its points: there are no intervals."
    };
    let seeds = match (plan.contract.seeds.count(), plan.contract.own_seeds) {
        (_, true) => "Points have seeds of their own, whose chance counts as variance",
        (1, false) => "The chance that one seed leaves between points counts as variance",
        (_, false) => "The chance that the mean over the seeds leaves between points counts as variance",
    };
    let groups = groups(tally, found);
    let keys = keys(plan, found);
    let mut left_out = String::new();
    if keys.len() < plan.contract.axes.len() {
        left_out.push_str(&format!(
            " Bars are those of the {MOST_KEYS} keys with the greatest totals."
        ));
    }
    if groups.len() > MOST_GROUPS {
        left_out.push_str(&format!(
            " The first {MOST_GROUPS} of {} conditions and ratios have bars.",
            groups.len()
        ));
    }
    let fewest = found.iter().map(|row| row.points).min().unwrap_or(0);
    if (fewest as u64) < plan.points() {
        left_out.push_str(&format!(
            " <strong>Of {} points {fewest} count at least:</strong> a base point with a point that has no results is left out whole, and \
             the indices are those of the values that have results.",
            plan.points()
        ));
    }
    let ends = ends(found.iter().flat_map(|row| bars(row).numbers().collect::<Vec<f64>>()));
    let look = Look {
        tally,
        keys: &keys,
        ends,
    };
    let plots: String = groups.iter().take(MOST_GROUPS).map(|group| look.plots(group)).collect();
    format!(
        "{TITLE}<p class=\"quiet\">Sobol indices: the share of the variance of a result, over all values of the varied keys, that a key \
         makes by itself (first order, the full bar) and by itself and together with others (total, the pale bar). {how} {seeds}: it goes \
         to the totals and lowers the first orders, and more seeds make it less.{left_out} As a file: <code>{INDICES}</code>.</p>\n\
         {plots}<details><summary>The same as a table</summary>\n{}</details>",
        figures(found)
    )
}

/// The indices of a condition, or of its ratio to the first: in the order of the conditions, the condition itself first.
fn groups<'a>(tally: &Tally, found: &'a [KeyIndices]) -> Vec<Vec<&'a KeyIndices>> {
    let order = |row: &KeyIndices| (tally.place(&row.condition), row.of != ITSELF);
    let mut sorted: Vec<&KeyIndices> = found.iter().collect();
    sorted.sort_by_key(|row| order(row));
    let groups = sorted.chunk_by(|one, other| order(one) == order(other));
    groups.map(<[_]>::to_vec).collect()
}

/// The keys with bars, in the order of the plan.
fn keys<'a>(plan: &'a Plan, found: &[KeyIndices]) -> Vec<&'a str> {
    let total = |key: &str| {
        let totals = found.iter().filter(|row| row.key == key).map(|row| row.indices.total);
        totals.fold(f64::NEG_INFINITY, f64::max)
    };
    let mut keys: Vec<(usize, &str)> = plan
        .contract
        .axes
        .iter()
        .map(|axis| axis.key.as_str())
        .enumerate()
        .collect();
    keys.sort_by(|one, other| total(other.1).total_cmp(&total(one.1)));
    keys.truncate(MOST_KEYS);
    keys.sort_unstable();
    keys.into_iter().map(|(_, key)| key).collect()
}

/// What all plots have in common.
struct Look<'a> {
    tally: &'a Tally,
    keys: &'a [&'a str],
    ends: [f64; 2],
}

impl Look<'_> {
    /// A plot for each measure.
    fn plots(&self, group: &[&KeyIndices]) -> String {
        let Some(first) = group.first() else {
            return String::new();
        };
        let title = if first.of == ITSELF {
            first.condition.clone()
        } else {
            format!("{}, {} condition", first.condition, first.of)
        };
        let measures = group.chunk_by(|one, other| one.measure == other.measure);
        let plots: String = measures.map(|rows| self.plot(&title, rows)).collect();
        format!("<h3>{}</h3>\n<div class=\"plots\">\n{plots}</div>\n", escaped(&title))
    }

    fn plot(&self, title: &str, rows: &[&KeyIndices]) -> String {
        let rows = self
            .keys
            .iter()
            .filter_map(|key| rows.iter().find(|row| row.key == *key));
        let rows: Vec<&KeyIndices> = rows.copied().collect();
        let Some(first) = rows.first() else {
            return String::new();
        };
        let bars: Vec<Bars<'_>> = rows.iter().map(|row| bars(row)).collect();
        let told = rows.iter().map(|row| {
            let [first, total] = [row.indices.first, row.indices.total].map(share);
            format!("{} first order {first}, total {total}", row.key)
        });
        let words = format!(
            "Sobol indices of {} in {title}: {}. The table below has the intervals.",
            first.measure,
            told.collect::<Vec<String>>().join("; ")
        );
        let hues = hues_by_name(&self.tally.conditions);
        let hue = hues
            .get(self.tally.place(&first.condition))
            .copied()
            .unwrap_or_default();
        let svg = bars_svg(hue, self.ends, &bars, &words);
        Figure {
            name: &format!("indices-{title}-{}", first.measure),
            title: &escaped(&capital(first.measure)),
            caption: &format!("The numbers are in <code>{INDICES}</code>."),
            svg: &svg,
            numbers: None,
        }
        .html()
    }
}

/// The bars of a key.
fn bars(row: &KeyIndices) -> Bars<'_> {
    Bars {
        name: &row.key,
        full: (row.indices.first, row.indices.first_in),
        pale: (row.indices.total, row.indices.total_in),
    }
}

/// A row for each index of the file.
fn figures(found: &[KeyIndices]) -> String {
    let heading = ["Condition", "Measure", "Of", "Key"].map(Cell::text).into_iter();
    let heading = heading.chain(["Points", "First order", "Total"].map(Cell::number));
    let row = |row: &KeyIndices| {
        let indices = &row.indices;
        vec![
            Cell::text(row.condition.clone()),
            Cell::text(row.measure),
            Cell::text(row.of),
            Cell::text(row.key.clone()),
            Cell::number(row.points.to_string()),
            Cell::number(within(indices.first, indices.first_in)),
            Cell::number(within(indices.total, indices.total_in)),
        ]
    };
    table(
        &heading.collect::<Vec<Cell>>(),
        &found.iter().map(row).collect::<Vec<_>>(),
    )
}

/// An index with its interval, where it has one.
fn within(index: f64, interval: Option<Interval>) -> String {
    match interval {
        Some(Interval { low, high }) => format!("{} ({} to {})", share(index), share(low), share(high)),
        None => share(index),
    }
}

/// A share with two decimals; what rounds to nothing has no sign.
fn share(number: f64) -> String {
    format!("{:.2}", (number * 100.0).round() / 100.0 + 0.0)
}
