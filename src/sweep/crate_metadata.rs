//! `ro-crate-metadata.json`: what the dataset is and what made it, as a Process Run Crate
//! (<https://w3id.org/ro/wfrun/process/0.5>).

use super::contents::{DATAPACKAGE, PLAN, PLAN_TABLE, REPORT, RUNS, SUMMARY, SUMMARY_TEXT};
use super::part::PartFile;
use super::plan::Plan;
use super::text_table::TextTable;
use serde_json::{Value, json};
use std::path::Path;

/// The crate of a sweep's folder with its files of readouts. `ended` is when it was summed up, as RFC 3339 has it.
pub fn crate_metadata(plan: &Plan, sweep: &Path, files: &[PartFile], texts: &[TextTable<'_>], ended: &str) -> Value {
    const PARQUET: &str = "application/vnd.apache.parquet";
    const TEXT: &str = "text/csv";
    let contract = &plan.contract;
    let readouts = files.iter().map(|file| {
        (
            below(sweep, &file.path),
            "readouts, a row for each run, well and time",
            PARQUET,
        )
    });
    let others = [
        (PLAN, "the plan, which repeats the dataset", "application/toml"),
        (PLAN_TABLE, "the plan, a row for each run", PARQUET),
        (RUNS, "the runs, and whether they are done", PARQUET),
        (SUMMARY, "figures over runs, by point, condition and readout", PARQUET),
        (SUMMARY_TEXT, "the same as text", TEXT),
        (REPORT, "what came out, to read and to look at", "text/html"),
        (DATAPACKAGE, "unit and meaning of each column", "application/json"),
    ];
    let texts = texts.iter().map(|text| (text.file, text.meaning, TEXT));
    let others = others.into_iter().chain(texts);
    let others = others.map(|(name, meaning, kind)| (name.to_owned(), meaning, kind));
    let all: Vec<(String, &str, &str)> = readouts.chain(others).collect();
    let named = |name: &str| json!({ "@id": name });
    let results: Vec<Value> = all
        .iter()
        .map(|(name, ..)| named(name))
        .filter(|id| *id != named(PLAN))
        .collect();
    let title = format!("{} runs of {}", plan.runs(), contract.scenario);
    let mut graph = vec![
        json!({
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": named("./"),
            "conformsTo": [named("https://w3id.org/ro/crate/1.1")],
        }),
        json!({
            "@id": "./",
            "@type": "Dataset",
            "name": title,
            "description": "A sweep of outgrowth, a simulator of motor neurons that grow axons.",
            "datePublished": ended,
            "conformsTo": named("https://w3id.org/ro/wfrun/process/0.5"),
            "hasPart": all.iter().map(|(name, ..)| named(name)).collect::<Vec<_>>(),
            "mentions": named("#sweep"),
        }),
        json!({
            "@id": "https://w3id.org/ro/wfrun/process/0.5",
            "@type": "CreativeWork",
            "name": "Process Run Crate",
            "version": "0.5",
        }),
        json!({
            "@id": "#outgrowth",
            "@type": "SoftwareApplication",
            "name": "outgrowth",
            "softwareVersion": contract.version,
        }),
        json!({
            "@id": "#sweep",
            "@type": "CreateAction",
            "name": title,
            "instrument": named("#outgrowth"),
            "object": named(PLAN),
            "result": results,
            "endTime": ended,
        }),
    ];
    graph.extend(all.iter().map(|(name, meaning, kind)| {
        json!({ "@id": name, "@type": "File", "name": name, "description": meaning, "encodingFormat": kind })
    }));
    json!({ "@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph })
}

/// A path below the sweep's folder, with the same signs everywhere.
pub fn below(sweep: &Path, path: &Path) -> String {
    let below = path.strip_prefix(sweep).unwrap_or(path);
    let parts = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.collect::<Vec<String>>().join("/")
}
