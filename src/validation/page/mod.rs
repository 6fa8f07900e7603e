//! `validation.html`: every case with its claim, source, figure, band and control, in one file that loads nothing from
//! anywhere.

mod mathematics;
mod plots;

use super::case::CaseKind;
use super::measured::Table;
use super::outcome::{CaseOutcome, ControlOutcome, Extent, Judged};
use crate::export::ExportError;
use crate::export::report::html::{Cell, escaped, table};
use crate::model::word::Word;
use crate::readout::acceptance::Evidence;
use crate::scenario::quantity::tidy;
use mathematics::set;
use plots::plot_html;

/// The heading of the book.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Version of the program.
    pub version: String,
    /// The engine that most cases were measured on.
    pub engine: String,
    /// Seed of every draw.
    pub seed: u64,
    /// The sizes that were measured.
    pub extent: Extent,
    /// Date of the measurement.
    pub date: String,
}

/// The book as HTML.
///
/// # Errors
/// A plot cannot be drawn.
pub fn page_html(heading: &Heading, outcomes: &[CaseOutcome]) -> Result<String, ExportError> {
    let mut chapters = String::new();
    let mut chapter = "";
    for outcome in outcomes {
        if outcome.case.chapter != chapter {
            chapter = &outcome.case.chapter;
            chapters += &format!("<h2>{}</h2>\n", escaped(chapter));
        }
        chapters += &case_html(outcome)?;
    }
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>outgrowth: validation book</title>\n<style>\n{}{}</style>\n\
         </head>\n<body>\n{}{}{chapters}</body>\n</html>\n",
        include_str!("../../export/report/report.css"),
        include_str!("page.css"),
        opening(heading, outcomes),
        contents(outcomes),
    ))
}

fn opening(heading: &Heading, outcomes: &[CaseOutcome]) -> String {
    let stand = outcomes.iter().filter(|outcome| outcome.passed()).count();
    let controls: usize = outcomes.iter().map(|outcome| outcome.controls.len()).sum();
    let failed = outcomes
        .iter()
        .flat_map(|outcome| &outcome.controls)
        .filter(|c| c.failed_as_it_must())
        .count();
    let seconds: f64 = outcomes.iter().map(|outcome| outcome.seconds).sum();
    let kinds = kinds_html();
    let sizes = match heading.extent {
        Extent::Quick => "Quick sizes: fewer cones and coarser grids than the full book.",
        Extent::Full => "Full sizes.",
    };
    format!(
        "<h1>Validation book</h1>\n<p class=\"quiet\">outgrowth {} on {}, seed {}, {}. {sizes} {seconds:.0} s of \
         computing.</p>\n<p class=\"lead\"><strong class=\"{}\">{stand} of {} cases stand</strong>, and {failed} of \
         {controls} negative controls fail as they must.</p>\n<p>Each case holds the program against something that is \
         known apart from it, and says beforehand how far off it may be. <em>Exact</em> cases have a closed form. \
         <em>Published figures</em> were printed by others. What the whole model gives is of three kinds. {kinds} Each band is \
         also seen to be left: a <em>control</em> simulates with a changed number and is held against the unchanged \
         expectation, so that a check that could not fail would be found out. Intervals (±) are 95 %.</p>\n",
        escaped(&heading.version),
        escaped(&heading.engine),
        heading.seed,
        escaped(&heading.date),
        verdict_class(stand == outcomes.len() && failed == controls),
        outcomes.len(),
    )
}

/// The kinds of evidence that figures of the whole model are, in words.
fn kinds_html() -> String {
    let kind = |kind: &Evidence| format!("<em>{}</em>: {}", kind.word(), kind.meaning());
    Evidence::ALL.iter().map(kind).collect::<Vec<_>>().join(" ")
}

fn verdict_class(good: bool) -> &'static str {
    if good { "pass" } else { "fail" }
}

/// The list of cases: exact ones, published figures, and those of the whole model by their weight in the argument.
fn contents(outcomes: &[CaseOutcome]) -> String {
    let groups = [
        (CaseKind::Exact, "Against mathematics"),
        (CaseKind::Published, "Against published figures"),
        (CaseKind::CouldBeFalse, "The whole model: could have been false"),
        (CaseKind::Follows, "The whole model: follows from what was put in"),
        (CaseKind::PutIn, "The whole model: put in"),
    ];
    let mut text = String::new();
    for (kind, name) in groups {
        let of_kind: Vec<&CaseOutcome> = outcomes.iter().filter(|outcome| outcome.case.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        text += &format!(
            "<h3>{name}</h3>\n<div class=\"wide\"><table>\n<thead><tr><th>Case</th><th>Figure nearest to the edge of its \
             band</th><th class=\"number\">expected</th><th class=\"number\">found</th><th>band</th><th>of the \
             band</th><th>stands</th><th>its control</th></tr></thead>\n<tbody>\n"
        );
        for outcome in of_kind {
            let (what, expected, found, band, gauge) = outcome.tightest().map_or_else(Default::default, |judged| {
                let figure = &judged.figure;
                let band = judged.band.words();
                (
                    figure.what.clone(),
                    expected_words(judged),
                    found_words(judged),
                    band,
                    gauge(judged),
                )
            });
            text += &format!(
                "<tr><td><a href=\"#{}\">{}</a></td><td>{}</td><td class=\"number\">{}</td><td \
                 class=\"number\">{}</td><td>{}</td><td>{gauge}</td>{}{}</tr>\n",
                outcome.case.name,
                escaped(&outcome.case.title),
                set(&what),
                escaped(&expected),
                escaped(&found),
                escaped(&band),
                verdict(outcome.inside(), "yes", "no"),
                verdict(outcome.controlled(), "fails", "does not fail"),
            );
        }
        text += "</tbody></table></div>\n";
    }
    text
}

fn verdict(good: bool, yes: &str, no: &str) -> String {
    format!(
        "<td class=\"{}\">{}</td>",
        verdict_class(good),
        if good { yes } else { no }
    )
}

/// The share of its band that a figure takes up, as a bar.
fn gauge(judged: &Judged) -> String {
    let share = (100.0 * judged.taken_up).min(100.0);
    let class = if judged.inside() { "gauge" } else { "gauge out" };
    format!("<span class=\"{class}\"><span style=\"width:{share:.0}%\"></span></span>")
}

fn case_html(outcome: &CaseOutcome) -> Result<String, ExportError> {
    let case = &outcome.case;
    let mut plots = String::new();
    for plot in &outcome.measured.plots {
        plots += &plot_html(plot)?;
    }
    let plots = if plots.is_empty() {
        plots
    } else {
        format!("<div class=\"plots\">{plots}</div>\n")
    };
    let rows = outcome.measured.table.as_ref().map_or_else(String::new, table_html);
    let controls: String = outcome.controls.iter().map(control_html).collect();
    let seconds = tidy((outcome.seconds * 10.0).round() / 10.0);
    Ok(format!(
        "<section class=\"case\" id=\"{}\">\n<h3>{} <span class=\"badge\">{}</span> <span class=\"{}\">{}</span></h3>\n\
         <p>{}</p>\n<p class=\"equation\">{}</p>\n<p class=\"quiet\">{}.</p>\n{plots}{}{rows}{controls}<details><summary>Setting\
         </summary>{}<p class=\"quiet\">{}, {seconds} s with its controls; <code>outgrowth validate {}</code></p></details>\n\
         </section>\n",
        case.name,
        escaped(&case.title),
        case.kind.words(),
        verdict_class(outcome.passed()),
        if outcome.passed() { "stands" } else { "does not stand" },
        set(&case.claim),
        set(&case.expects),
        set(&case.source),
        figures_html(&outcome.judged),
        setting_html(outcome),
        escaped(&outcome.engine),
        case.name,
    ))
}

fn figures_html(judged: &[Judged]) -> String {
    let row = |judged: &Judged| {
        format!(
            "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td><td>{}</td>{}</tr>\n",
            set(&judged.figure.what),
            escaped(&expected_words(judged)),
            escaped(&found_words(judged)),
            escaped(&judged.band.words()),
            gauge(judged),
            verdict(judged.inside(), "inside", "outside"),
        )
    };
    format!(
        "<div class=\"wide\"><table>\n<thead><tr><th>figure</th><th class=\"number\">expected</th><th class=\"number\">found\
         </th><th>band</th><th>of the band</th><th></th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
        judged.iter().map(row).collect::<String>()
    )
}

fn table_html(rows: &Table) -> String {
    let cells = |row: &Vec<String>| row.iter().map(|text| Cell::text(text.clone())).collect::<Vec<_>>();
    table(&cells(&rows.heading), &rows.rows.iter().map(cells).collect::<Vec<_>>())
}

fn control_html(outcome: &ControlOutcome) -> String {
    let control = &outcome.control;
    let found: Vec<String> = control
        .breaks
        .iter()
        .map(|band| match outcome.furthest_out(band) {
            Some(judged) => {
                let expected = judged.figure.expected.map_or_else(
                    || format!("({})", judged.band.words()),
                    |_| format!("instead of {}", expected_words(judged)),
                );
                format!("{}: {} {expected}", judged.figure.what, found_words(judged))
            }
            None => format!("{band} stays inside its band"),
        })
        .collect();
    let good = outcome.failed_as_it_must();
    format!(
        "<p class=\"control\"><strong>Control:</strong> {}. <span class=\"{}\">{}</span> {}.</p>\n",
        escaped(&control.says),
        verdict_class(good),
        if good {
            "Falls out of the band:"
        } else {
            "Does not fall out of the band:"
        },
        escaped(&found.join("; ")),
    )
}

fn setting_html(outcome: &CaseOutcome) -> String {
    let heading = ["", "full book", "quick"].map(Cell::text);
    let rows: Vec<Vec<Cell>> = outcome
        .case
        .setting
        .entries
        .iter()
        .map(|entry| {
            let quick = outcome.case.quick.entries.iter().find(|quick| quick.key == entry.key);
            vec![
                Cell::text(entry.key.replace('_', " ")),
                Cell::text(entry.shown.clone()),
                Cell::text(quick.map_or_else(String::new, |quick| quick.shown.clone())),
            ]
        })
        .collect();
    table(&heading, &rows)
}

/// The expected figure with its unit; empty where the band alone says what is accepted.
pub fn expected_words(judged: &Judged) -> String {
    let figure = &judged.figure;
    let Some(expected) = figure.expected else {
        return String::new();
    };
    let text = match decimals(figure.half_width) {
        // As many digits as the figure that it is compared with, but never fewer than it has.
        Some(decimals) if number(expected).len() > format!("{expected:.decimals$}").len() => {
            format!("{expected:.decimals$}")
        }
        _ => number(expected),
    };
    with_unit(&text, figure.unit)
}

/// The figure found, with its interval and unit.
pub fn found_words(judged: &Judged) -> String {
    let figure = &judged.figure;
    let text = match (figure.half_width, decimals(figure.half_width)) {
        (Some(half), Some(decimals)) => format!("{:.decimals$} ± {half:.decimals$}", figure.found),
        _ if figure.expected.is_none() => tidy(format!("{:.2e}", figure.found).parse().unwrap_or(figure.found)),
        _ => number(figure.found),
    };
    with_unit(&text, figure.unit)
}

/// Decimals that leave two digits of an interval.
fn decimals(half_width: Option<f64>) -> Option<usize> {
    let half = half_width.filter(|&half| half > 0.0)?;
    Some((1 - half.log10().floor() as i32).clamp(0, 8) as usize)
}

/// Up to six digits, more where a large number has them.
fn number(value: f64) -> String {
    if value.abs() >= 1e4 && value.abs() < 1e9 {
        let text = format!("{value:.3}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    tidy(value)
}

fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() {
        number.to_owned()
    } else {
        format!("{number} {unit}")
    }
}
