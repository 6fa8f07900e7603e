//! The runs that failed, how the dataset is read, and how one of its runs is played again.

use super::places::MOST_LETTERS;
use crate::export::figures::counted;
use crate::export::report::html::{Cell, escaped, shortened, table};
use crate::sweep::contents::FAILED_TEXT;
use crate::sweep::failed::{Fault, Faults};
use crate::sweep::plan::{Plan, PlannedRun};
use crate::sweep::tables::axis_names;

/// Failed runs that are shown, at most.
const MOST_FAILED: usize = 20;
/// Varied keys whose values are shown of a failed run, at most.
const MOST_TOLD: usize = 6;

/// The first runs that failed, with their reasons; empty where none did.
pub fn failed(plan: &Plan, failed: &Faults) -> String {
    if failed.is_empty() {
        return String::new();
    }
    let row = |(&id, fault): (&u64, &Fault)| {
        let run = plan.run(id)?;
        Some(vec![
            Cell::number(id.to_string()),
            Cell::number(run.seed.to_string()),
            Cell::text(values(plan, &run)),
            Cell::text(fault.reason.clone()),
        ])
    };
    let rows: Vec<Vec<Cell>> = failed.iter().filter_map(row).take(MOST_FAILED).collect();
    let heading = [
        Cell::number("Run"),
        Cell::number("Seed"),
        Cell::text("Values"),
        Cell::text("Reason"),
    ];
    let which = if failed.len() > MOST_FAILED {
        format!("The first {MOST_FAILED} of {}", failed.len())
    } else {
        counted(failed.len() as u64, "run")
    };
    format!(
        "<h2>Failed runs</h2>\n<p class=\"quiet\">{which}; <code>{FAILED_TEXT}</code> has all of them.</p>\n{}",
        table(&heading, &rows)
    )
}

/// The values of the varied keys in a run.
fn values(plan: &Plan, run: &PlannedRun) -> String {
    let axes = plan.contract.axes.iter().zip(&run.values);
    let told = axes
        .take(MOST_TOLD)
        .map(|(axis, value)| format!("{} = {}", axis.key, shortened(&value.text, MOST_LETTERS)));
    let more = (run.values.len() > MOST_TOLD).then(|| format!("{} more", run.values.len() - MOST_TOLD));
    told.chain(more).collect::<Vec<String>>().join(", ")
}

/// How the dataset is read in three ways, and how a run is played again.
pub fn reading(plan: &Plan) -> String {
    let key = axis_names(plan).into_iter().next();
    let names: Vec<String> = key
        .into_iter()
        .chain(["condition", "time_h"].map(str::to_owned))
        .collect();
    let in_sql: Vec<String> = names
        .iter()
        .map(|name| format!("\"{}\"", name.replace('"', "\"\"")))
        .collect();
    let in_python = serde_json::json!(names).to_string();
    let in_sql = in_sql.join(", ");
    let ways = [
        (
            "DuckDB",
            format!(
                "SELECT {in_sql}, avg(outgrowth_radius_mean_um) AS radius_um\nFROM read_parquet('readouts/*/*.parquet')\nGROUP BY {in_sql} \
                 ORDER BY {in_sql};"
            ),
        ),
        (
            "Polars",
            format!(
                "import polars\nrows = polars.scan_parquet(\"readouts/*/*.parquet\")\nrows.group_by({in_python}).agg(polars.col(\
                 \"outgrowth_radius_mean_um\").mean()).collect()"
            ),
        ),
        (
            "pandas",
            format!(
                "import pandas\nrows = pandas.read_parquet(\"readouts\")\nrows.groupby({in_python})[\"outgrowth_radius_mean_um\"].mean()"
            ),
        ),
        (
            "A run once more, with axons, picture and report",
            "outgrowth replay . --run 1 --out ../run-1".to_owned(),
        ),
    ];
    let ways = ways.map(|(name, text)| format!("<h3>{name}</h3>\n<pre>{}</pre>\n", escaped(&text)));
    format!(
        "<h2>The dataset</h2>\n<p class=\"quiet\">In the folder of this file: <code>readouts/</code> has a row for each run, well and time, \
         <code>summary.csv</code> the figures of each point, condition and readout, <code>runs.parquet</code> whether a run is done, \
         <code>datapackage.json</code> the unit and the meaning of each column.</p>\n{}",
        ways.concat()
    )
}
