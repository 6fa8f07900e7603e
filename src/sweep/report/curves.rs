//! Response curves: each measure against each varied key, by condition.

use super::effects::mean;
use super::moments::Moments;
use super::tally::{Response, Tally};
use crate::export::ExportError;
use crate::export::figures::figure;
use crate::export::hues::hues_by_name;
use crate::export::report::curve_table::curve_table;
use crate::export::report::figure::Figure;
use crate::export::report::html::{Cell, escaped, shortened, table};
use crate::export::report::plots::{Curve, CurvePoint, Lettering};
use crate::export::report::response::response_svg;
use crate::readout::bootstrap::Interval;
use crate::sweep::measure::{MEASURES, Measure};
use crate::sweep::plan::Plan;

/// Varied keys with a curve, at most; and as many whose values are words.
const MOST_KEYS: usize = 6;
/// Letters of a key beside a plot, at most.
const MOST_LETTERS: usize = 44;

/// The curves of all keys that vary; empty where none does.
///
/// # Errors
/// A plot cannot be drawn.
pub fn curves(plan: &Plan, tally: &Tally) -> Result<String, ExportError> {
    let varying: Vec<&Response> = tally.responses.iter().filter(|response| response.varies()).collect();
    if varying.is_empty() {
        return Ok(String::new());
    }
    let (words, numbers) = varying
        .iter()
        .copied()
        .partition(|response| response.places.unit.is_none());
    let mut shown: Vec<&Response> = [numbers, words].into_iter().flat_map(strongest).collect();
    shown.sort_by_key(|response| response.axis);
    let sections: Result<Vec<String>, ExportError> =
        shown.iter().map(|response| section(plan, tally, response)).collect();
    let left_out = varying.iter().map(|response| response.axis);
    let left_out = left_out.filter(|at| shown.iter().all(|response| response.axis != *at));
    let mut others: Vec<usize> = tally.others.iter().copied().chain(left_out).collect();
    others.sort_unstable();
    let others: Vec<String> = others
        .into_iter()
        .map(|at| format!("<code>{}</code>", escaped(&plan.contract.axes[at].key)))
        .collect();
    let others = if others.is_empty() {
        String::new()
    } else {
        format!(
            "<p class=\"quiet\">Shown are the {MOST_KEYS} keys that go with the most of the variance of a measure (of many keys, some by \
             chance), and words with few values. <code>summary.parquet</code> has all; without a curve here are: {}.</p>\n",
            others.join(", ")
        )
    };
    let among = if varying.len() + tally.others.len() > 1 {
        " The other keys take all of their values in each of these means, and their part in the spread."
    } else {
        ""
    };
    let dice = if plan.contract.own_seeds || plan.points() == 1 {
        ""
    } else {
        " Runs count as independent of each other, also those of several points with one seed."
    };
    Ok(format!(
        "<h2>Response curves</h2>\n<p class=\"quiet\">Means over the runs at a value, or in a part of a range; bands are their 95 % \
         intervals by Student's t, for three runs or more.{among}{dice}</p>\n{}{others}",
        sections?.join("\n")
    ))
}

/// The keys that go with the most of the variance.
fn strongest(mut keys: Vec<&Response>) -> Vec<&Response> {
    if keys.len() > MOST_KEYS {
        keys.sort_by(|one, other| other.strength().total_cmp(&one.strength()));
        keys.truncate(MOST_KEYS);
    }
    keys
}

/// The plots of a key, unless its values are words, and its table.
fn section(plan: &Plan, tally: &Tally, response: &Response) -> Result<String, ExportError> {
    let key = &plan.contract.axes[response.axis].key;
    let figures = figures(tally, response);
    let shown = match &response.places.unit {
        None => figures,
        Some(unit) => {
            let mut plots = String::new();
            for at in 0..MEASURES.len() {
                plots.push_str(&plot(tally, response, key, unit, at)?);
            }
            format!(
                "<div class=\"plots\">\n{plots}</div>\n<details><summary>The same as a table</summary>\n{figures}</details>"
            )
        }
    };
    Ok(format!("<h3>{}</h3>\n{shown}", escaped(key)))
}

/// The plot of a measure against a key.
fn plot(tally: &Tally, response: &Response, key: &str, unit: &str, at: usize) -> Result<String, ExportError> {
    let measure = &MEASURES[at];
    let curves: Vec<Curve> = (0..tally.conditions.len())
        .map(|condition| Curve {
            condition,
            points: points(response, condition, at),
            members: Vec::new(),
        })
        .filter(|curve| !curve.points.is_empty())
        .collect();
    let title = capital(measure.name);
    if curves.is_empty() {
        return Ok(format!(
            "<figure><figcaption>{}: nothing was measured</figcaption></figure>\n",
            escaped(&title)
        ));
    }
    let x_label = match unit {
        "" => shortened(key, MOST_LETTERS),
        unit => format!("{}, {unit}", shortened(key, MOST_LETTERS)),
    };
    let words = words(tally, measure, &x_label, &curves);
    let lettering = Lettering {
        conditions: &tally.conditions,
        hues: &hues_by_name(&tally.conditions),
        x: &x_label,
        y: &format!("{title}, {}", measure.unit),
        label: &words,
    };
    let svg = response_svg(&curves, response.places.log, lettering)?;
    let figure = Figure {
        name: &format!("{}-against-{key}", measure.name),
        title: &escaped(&title),
        caption: "Points: means over runs; bands: their 95 % intervals by Student's t.",
        svg: &svg,
        numbers: Some(&curve_table(
            &curves,
            &tally.conditions,
            (key, unit),
            (measure.name, measure.unit),
        )),
    };
    Ok(figure.html())
}

/// The points of a curve, by their abscissa.
fn points(response: &Response, condition: usize, at: usize) -> Vec<CurvePoint> {
    let point = |(numbers, own): (&Moments, &Moments)| {
        let mean = own.mean()?;
        Some(CurvePoint {
            x: response.places.unscaled(numbers.mean()?),
            count: usize::try_from(own.count()).ok()?,
            mean,
            interval: own.half_interval().map(|half| Interval {
                low: mean - half,
                high: mean + half,
            }),
        })
    };
    let found = response
        .found
        .iter()
        .filter_map(|found| Some((&found.numbers, &found.conditions.get(condition)?[at])));
    let mut points: Vec<_> = found.filter_map(point).collect();
    // A list may stand in any order.
    points.sort_by(|one, other| one.x.total_cmp(&other.x));
    points
}

/// What a plot shows.
fn words(tally: &Tally, measure: &Measure, x_label: &str, curves: &[Curve]) -> String {
    let told = curves.iter().filter_map(|curve| {
        let (first, last) = (curve.points.first()?, curve.points.last()?);
        Some(format!(
            "{} goes from {} at {} to {} at {}",
            tally.conditions[curve.condition],
            figure(first.mean),
            figure(first.x),
            figure(last.mean),
            figure(last.x)
        ))
    });
    let told: Vec<String> = told.collect();
    format!(
        "{} ({}) against {x_label}: {}. The table below has all values.",
        capital(measure.name),
        measure.unit,
        told.join("; ")
    )
}

/// The table of a key: a row for each of its places and each condition.
fn figures(tally: &Tally, response: &Response) -> String {
    let mut heading = vec![
        Cell::text(if response.places.are_parts() {
            "Part of the range"
        } else {
            "Value"
        }),
        Cell::text("Condition"),
        Cell::number("n"),
    ];
    heading.extend(
        MEASURES
            .iter()
            .map(|measure| Cell::number(format!("{}, {}", measure.name, measure.unit))),
    );
    let mut rows = Vec::new();
    for (place, found) in response.found.iter().enumerate() {
        for (condition, own) in found.conditions.iter().enumerate() {
            let runs = own.iter().map(Moments::count).max().unwrap_or(0);
            let first = [
                Cell::text(response.places.name(place)),
                Cell::text(tally.conditions[condition].clone()),
                Cell::number(runs.to_string()),
            ];
            rows.push(
                first
                    .into_iter()
                    .chain(own.iter().map(|own| Cell::number(mean(own))))
                    .collect(),
            );
        }
    }
    table(&heading, &rows)
}

/// A text that begins a line.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
