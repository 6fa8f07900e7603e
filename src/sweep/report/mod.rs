//! `report.html` of a sweep: what was run and what came out, in one file that loads nothing from anywhere. Its bytes follow from the plan
//! and the readouts alone.

mod bars;
mod column_table;
mod curves;
mod effects;
mod indices;
mod moments;
mod opening;
mod places;
mod reading;
mod tally;

pub use tally::Tally;

use super::failed::Faults;
use super::indices::KeyIndices;
use super::plan::Plan;
use crate::export::ExportError;
use crate::export::report::html::page;
use crate::export::table::ColumnTable;
use std::collections::BTreeSet;

/// The findings of a sweep beside its tally.
pub struct Outcome<'a> {
    /// Runs done, failed and missing.
    pub runs: [u64; 3],
    /// The kinds of engines that did them.
    pub engines: &'a BTreeSet<String>,
    /// Why runs failed, by their numbers.
    pub failed: &'a Faults,
    /// How far each conclusion goes.
    pub conclusions: Option<&'a ColumnTable>,
    /// Which keys make results vary; `None` where the plan does not tell.
    pub indices: Option<&'a [KeyIndices]>,
    /// How many replicates show an effect.
    pub power: Option<&'a ColumnTable>,
}

/// The report as HTML.
///
/// # Errors
/// A plot cannot be drawn.
pub fn report_html(plan: &Plan, tally: &Tally, outcome: &Outcome<'_>) -> Result<String, ExportError> {
    let sections = [
        opening::opening(plan, outcome),
        curves::curves(plan, tally)?,
        effects::effects(tally),
        column_table::conclusions(outcome.conclusions),
        indices::indices(plan, tally, outcome.indices),
        column_table::power(outcome.power),
        reading::failed(plan, outcome.failed),
        reading::reading(plan),
        opening::scenario(plan),
    ];
    Ok(page(&opening::title(plan), &sections.join("\n")))
}
