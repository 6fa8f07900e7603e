//! The run record: enough to repeat a run, and what was run on.

use super::table::{ColumnTable, Label};
use serde::{Deserialize, Serialize};

/// The contents of `run.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// The program's name.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The run's id: the same for the same run.
    #[serde(default)]
    pub run: String,
    /// The columns that label the run in its tables, with their values.
    #[serde(default)]
    pub labels: Vec<Label>,
    /// Whether the run was interrupted before its last step.
    pub partial: bool,
    /// Steps done.
    pub steps_done: u32,
    /// Steps of the whole run.
    pub steps_planned: u32,
    /// Length of a step, h.
    pub step_h: f64,
    /// Seed of every random draw.
    pub seed: u64,
    /// The engine that computed: `cpu`, `gpu` or `software-gpu`.
    pub engine: String,
    /// The reason for that engine.
    pub engine_reason: String,
    /// The adapter it ran on.
    pub adapter: String,
    /// The adapter's driver.
    pub driver: String,
    /// The graphics interface: `vulkan`, `metal`, `dx12`; empty for the CPU engine.
    pub backend: String,
    /// Threads of the CPU engine and the readouts.
    pub threads: usize,
    /// When the run began, as the caller writes times (RFC 3339).
    pub started: String,
    /// When it ended.
    pub ended: String,
    /// Its length by the clock, s.
    pub wall_s: f64,
    /// The scenario that was run, as TOML.
    pub scenario: String,
    /// The files that the scenario names, as they are kept in `scenario/`.
    #[serde(default)]
    pub scenario_files: Vec<String>,
    /// Overrides of the command line, as `key=value`.
    pub overrides: Vec<String>,
    /// Every parameter as it was used.
    pub parameters: Vec<ResolvedParameter>,
    /// The columns of the table of readouts, labels and keys first.
    pub readouts: Vec<RecordedColumn>,
}

/// A parameter as a run used it. The text of values carries their unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedParameter {
    /// `section.key`, or `section[name].key` where a condition or a myokine has its own.
    pub path: String,
    /// The value used.
    pub value: String,
    /// The default.
    pub default: String,
    /// The grade of the default: A, B, C or X.
    pub grade: String,
    /// The source of the default.
    pub source: String,
    /// Its meaning.
    pub meaning: String,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedColumn {
    /// Its name, unit included.
    pub name: String,
    /// Its unit; `1` for a plain number, empty for text.
    pub unit: String,
    /// Its meaning.
    pub meaning: String,
}

/// The columns of a table.
pub fn table_schema(table: &ColumnTable) -> Vec<RecordedColumn> {
    let columns = table.columns.iter();
    columns
        .map(|column| RecordedColumn {
            name: column.name.clone(),
            unit: column.unit.clone(),
            meaning: column.meaning.clone(),
        })
        .collect()
}
