//! `datapackage.json`: the tables of a sweep with the name, the type, the unit and the meaning of each column, as Frictionless Data has
//! it (<https://datapackage.org>); `unit` is a property of ours.

use super::contents::{PLAN_TABLE, RUNS, SUMMARY};
use super::crate_metadata::below;
use super::part::PartFile;
use super::plan::Plan;
use super::text_table::TextTable;
use crate::export::ExportError;
use crate::export::parquet_read::ParquetReading;
use crate::export::places::slug;
use crate::export::table::{ColumnTable, TableColumn, Values};
use serde_json::{Value, json};
use std::path::Path;

/// The description of a sweep's tables, as they lie in its folder.
///
/// # Errors
/// A table cannot be read.
pub fn datapackage(
    plan: &Plan,
    sweep: &Path,
    files: &[PartFile],
    texts: &[TextTable<'_>],
) -> Result<Value, ExportError> {
    let paths: Vec<String> = files.iter().map(|file| below(sweep, &file.path)).collect();
    let mut resources = Vec::new();
    let tables = [
        ("readouts", "a row for each run, well and time", paths),
        ("runs", "a row for each run: whether it is done", vec![RUNS.to_owned()]),
        (
            "summary",
            "a row for each point, condition and readout: figures over runs at the last time",
            vec![SUMMARY.to_owned()],
        ),
        ("plan", "a row for each run, as planned", vec![PLAN_TABLE.to_owned()]),
    ];
    for (name, description, paths) in tables {
        let Some(first) = paths.first() else { continue };
        let fields = fields(&ParquetReading::open(&sweep.join(first))?.group(0)?);
        let path = if let [only] = &paths[..] {
            json!(only)
        } else {
            json!(paths)
        };
        resources.push(json!({
            "name": name,
            "description": description,
            "path": path,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "schema": { "fields": fields },
        }));
    }
    resources.extend(texts.iter().map(|text| {
        json!({
            "name": text.file.trim_end_matches(".csv"),
            "description": text.meaning,
            "path": text.file,
            "format": "csv",
            "mediatype": "text/csv",
            "schema": { "fields": fields(text.table) },
        })
    }));
    Ok(json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug(&plan.contract.scenario),
        "title": format!("{} runs of {}", plan.runs(), plan.contract.scenario),
        "description": format!("Made by outgrowth {}; plan.toml repeats it.", plan.contract.version),
        "resources": resources,
    }))
}

/// The columns of a table.
fn fields(table: &ColumnTable) -> Vec<Value> {
    let field = |column: &TableColumn| {
        let kind = match column.values {
            Values::Text(_) => "string",
            Values::Count(_) | Values::Seed(_) => "integer",
            Values::Number(_) => "number",
        };
        json!({ "name": column.name, "type": kind, "unit": column.unit, "description": column.meaning })
    };
    table.columns.iter().map(field).collect()
}
