//! `report.html`: what was run and what came out, in one file that loads nothing from anywhere.

mod arms;
mod cautions;
mod citation;
mod courses;
pub(crate) mod curve_table;
mod dots;
pub(crate) mod figure;
mod growth;
pub(crate) mod html;
mod methods;
mod opening;
mod outcomes;
pub(crate) mod plots;
mod programmes;
mod provenance;
mod replication;
// Sweeps alone have them.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod response;
mod roses_table;
pub mod ticks;
pub mod words;

use super::error::ExportError;
use super::outcome::Results;
use super::record::RunRecord;
use cautions::{assumed, rim};
use growth::{curves, profiles, rates_by_day};
use html::page;
use methods::methods;
use opening::{opening, plate_figure};
use outcomes::{acceptance_table, final_readouts};
use programmes::gene_programmes;
use provenance::{parameters, run_record};
use replication::main_section;

/// The report as HTML. `record` is the completed run record, `picture` the plate as a PNG file or why there is
/// none; `None` where no picture was asked for.
///
/// # Errors
/// A plot cannot be drawn.
pub fn report_html(
    results: &Results<'_>,
    record: &RunRecord,
    picture: Option<Result<&[u8], &ExportError>>,
) -> Result<String, ExportError> {
    let sections = [
        opening(results, record),
        rim(results.readouts),
        assumed(results.plate, record),
        picture.map_or_else(String::new, |picture| plate_figure(results, record, picture)),
        main_section(results),
        curves(results)?,
        profiles(results)?,
        rates_by_day(results.readouts),
        final_readouts(results.readouts),
        acceptance_table(results),
        gene_programmes(results),
        methods(results, record),
        parameters(record),
        run_record(record),
    ];
    Ok(page(&results.plate.name, &sections.join("\n")))
}
