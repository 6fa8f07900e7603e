//! The summary of a run that `--json` prints.

use crate::export::Results;
use crate::model::word::Word;
use crate::readout::acceptance::acceptance;
use crate::readout::bootstrap::Bootstrap;
use crate::readout::summary::Summary;
use serde_json::{Value, json};
use std::path::Path;

/// Where the results are, the last readouts by condition, the acceptance table.
pub fn summary(folder: &Path, partial: bool, results: &Results<'_>) -> Value {
    let Results { plate, readouts, .. } = results;
    let time_h = readouts.last_time_h().unwrap_or(0.0);
    let bootstrap = Bootstrap::of(plate);
    let of_condition = |condition: usize| {
        let columns = readouts.columns.iter().filter_map(|column| {
            let wells = readouts.values_at(column.readout, condition, time_h);
            let summary = Summary::of(&wells)?;
            let interval = bootstrap.mean(&wells).map(|interval| [interval.low, interval.high]);
            let figures =
                json!({ "mean": summary.mean, "sd": summary.sd, "wells": summary.wells, "interval_95": interval });
            Some((column.name.clone(), figures))
        });
        Value::Object(columns.collect())
    };
    let conditions = plate.conditions.iter().enumerate();
    let conditions: serde_json::Map<_, _> = conditions
        .map(|(c, name)| (name.name.clone(), of_condition(c)))
        .collect();
    let checks = acceptance(plate, readouts).into_iter().map(|check| {
        json!({
            "check": check.name,
            "band": check.band,
            "value": check.value,
            "figure": check.figure,
            "verdict": check.verdict.words(),
            "kind": check.evidence.word(),
            "fails_by": check.fails_by,
            "band_from": check.source,
        })
    });
    json!({
        "folder": folder,
        "partial": partial,
        "time_h": time_h,
        "conditions": conditions,
        "acceptance": checks.collect::<Vec<_>>(),
    })
}
