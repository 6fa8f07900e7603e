//! The opening of a sweep's report: what was run; and, at its end, the scenario.

use super::Outcome;
use crate::export::figures::counted;
use crate::export::report::html::{Cell, escaped, shortened, table};
use crate::readout::RESULTS_VERSION;
use crate::sweep::axis::{Axis, AxisValues};
use crate::sweep::plan::{Contract, Plan};
use crate::sweep::saltelli::points_of_base;

/// Letters of a list of values that are shown, at most.
const MOST_LETTERS: usize = 240;
/// Varied keys that are shown unasked, at most.
const MOST_OPEN: usize = 12;

/// The title of the page.
pub fn title(plan: &Plan) -> String {
    format!("{} of {}", counted(plan.runs(), "run"), plan.contract.scenario)
}

/// The title, how many runs are done, what was varied and by what.
pub fn opening(plan: &Plan, outcome: &Outcome<'_>) -> String {
    let contract = &plan.contract;
    let [done, failed, missing] = outcome.runs;
    let banner = if failed + missing > 0 {
        format!(
            "<p class=\"banner\"><strong>{done} of {} done</strong>: {failed} failed, {missing} missing. The figures below are over \
             those that are done.</p>\n",
            counted(plan.runs(), "run")
        )
    } else {
        String::new()
    };
    let engines: Vec<&str> = outcome.engines.iter().map(String::as_str).collect();
    let mixed = if engines.len() > 1 {
        " (close results, but not the same bits)"
    } else {
        ""
    };
    let own_seeds = if contract.own_seeds {
        "seeds of its own for every point, as many as"
    } else {
        "the same for every point:"
    };
    let lines = |lines: Vec<String>| lines.join("; ");
    let rows = [
        ("Scenario", contract.scenario.clone()),
        (
            "Changed for all runs",
            lines(
                contract
                    .set
                    .iter()
                    .map(|set| format!("{}={}", set.key, set.value))
                    .collect(),
            ),
        ),
        (
            "Constraints",
            lines(contract.constraints.iter().map(ToString::to_string).collect()),
        ),
        ("Points left out by them", plan.left_out().to_string()),
        ("Seeds", format!("{own_seeds} {}", contract.seeds)),
        ("Runs done, failed, missing", format!("{done}, {failed}, {missing}")),
        ("Engine", format!("{}{mixed}", engines.join(", "))),
        ("Planned by", format!("outgrowth {}", contract.version)),
        ("Results version", RESULTS_VERSION.to_string()),
    ];
    let shown = rows.into_iter().filter(|(what, text)| {
        !text.is_empty() && (!contract.constraints.is_empty() || *what != "Points left out by them")
    });
    let rows: Vec<Vec<Cell>> = shown
        .map(|(what, text)| vec![Cell::text(what), Cell::text(text)])
        .collect();
    format!(
        "<h1>{}</h1>\n<p class=\"quiet\">{} by {}, simulated by outgrowth {}.</p>\n{banner}{}{}",
        escaped(&title(plan)),
        counted(plan.points(), "point"),
        counted(contract.seeds.count(), "seed"),
        escaped(&contract.version),
        table(&[Cell::text("What"), Cell::text("")], &rows),
        varied(contract)
    )
}

/// The table of the varied keys, folded where it is long.
fn varied(contract: &Contract) -> String {
    let axes = &contract.axes;
    if axes.is_empty() {
        return "<p>No key was varied: the runs differ in their seeds.</p>\n".to_owned();
    }
    let row = |axis: &Axis| {
        let values = match &axis.values {
            AxisValues::List(values) => values.join(", "),
            AxisValues::Range(_) => axis.values.to_string(),
        };
        vec![
            Cell::text(axis.key.clone()),
            Cell::text(shortened(&values, MOST_LETTERS)),
            Cell::number(number_of_values(contract, axis).to_string()),
        ]
    };
    let heading = [
        Cell::text("Key"),
        Cell::text("Values"),
        Cell::number("Number of values"),
    ];
    let keys = table(&heading, &axes.iter().map(row).collect::<Vec<_>>());
    if axes.len() > MOST_OPEN {
        format!(
            "<h3>Varied keys</h3>\n<details><summary>All {}</summary>\n{keys}</details>\n",
            axes.len()
        )
    } else {
        format!("<h3>Varied keys</h3>\n{keys}")
    }
}

/// How many values a key takes.
fn number_of_values(contract: &Contract, axis: &Axis) -> u64 {
    match axis.count() {
        Some(count) => count,
        // Those of A and of B of each base point.
        None if axis.is_by_saltelli() => 2 * contract.samples / points_of_base(contract.axes.len() as u64),
        None => contract.samples,
    }
}

/// The scenario's text.
pub fn scenario(plan: &Plan) -> String {
    format!(
        "<h2>Scenario</h2>\n<details><summary>The scenario, as it was before any change</summary><pre>{}</pre></details>",
        escaped(&plan.contract.text)
    )
}
