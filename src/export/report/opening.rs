//! The report's opening: what was run, and the picture of the plate.

use super::html::{Cell, escaped, table};
use super::words;
use crate::export::error::ExportError;
use crate::export::figures::{counted, days, rounded};
use crate::export::outcome::Results;
use crate::export::picture::wells_drawn;
use crate::export::record::RunRecord;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The title, the size of the run and the treatments.
pub(super) fn opening(results: &Results<'_>, record: &RunRecord) -> String {
    let plate = results.plate;
    let reached = days(f64::from(record.steps_done) * record.step_h);
    let planned = days(f64::from(record.steps_planned) * record.step_h);
    let banner = if record.partial {
        format!(
            "<p class=\"banner\"><strong>Partial result.</strong> The run had come to {reached} of {planned} when \
             it was written; everything below shows that moment.</p>"
        )
    } else {
        String::new()
    };
    let wells = counted(plate.wells().len() as u64, "well");
    let size = plate.domain.size_um() / 1000.0;
    let rows: Vec<Vec<Cell>> = plate
        .conditions
        .iter()
        .enumerate()
        .map(|(index, condition)| {
            let prediction = if words::is_prediction(plate, index) {
                "prediction: no such arm was published"
            } else {
                ""
            };
            vec![
                Cell::text(condition.name.clone()),
                Cell::number(condition.wells.to_string()),
                Cell::text(words::treatment(plate, index)),
                Cell::text(prediction),
            ]
        })
        .collect();
    let heading = [
        Cell::text("Condition"),
        Cell::number("Wells"),
        Cell::text("Treatment"),
        Cell::text(""),
    ];
    format!(
        "<h1>{}</h1>\n<p class=\"quiet\">{reached} of axon growth in {wells} of {} × {} mm with {} neurons \
         each{}, simulated by outgrowth {} (seed {}).</p>\n{banner}{}",
        escaped(&plate.name),
        rounded(size.x),
        rounded(size.y),
        plate.neurons_per_well(),
        if words::neurons_vary(plate) { " in the mean" } else { "" },
        escaped(&record.version),
        record.seed,
        table(&heading, &rows)
    )
}

/// The picture of the plate, or why there is none.
pub(super) fn plate_figure(results: &Results<'_>, record: &RunRecord, picture: Result<&[u8], &ExportError>) -> String {
    let picture = match picture {
        Ok(picture) => STANDARD.encode(picture),
        Err(error) => {
            return format!(
                "<p>There is no picture of the plate: {}.</p>",
                escaped(&error.to_string())
            );
        }
    };
    let (drawn, all) = (wells_drawn(results.plate), results.plate.wells().len());
    let wells = if drawn == all {
        "All wells".to_owned()
    } else {
        format!("{drawn} of {all} wells, all")
    };
    let when = if record.partial {
        format!(
            "after {}, as far as the run had come",
            days(f64::from(record.steps_done) * record.step_h)
        )
    } else {
        "at the end of the run".to_owned()
    };
    format!(
        "<figure><img alt=\"The plate\" src=\"data:image/png;base64,{picture}\"><figcaption>{wells} at the same \
         scale, {when}.</figcaption></figure>"
    )
}
