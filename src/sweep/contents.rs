//! Names of the files in a sweep's folder.

/// The contract with whoever does the work.
pub const PLAN: &str = "plan.toml";
/// The same plan as a table, a row a run.
pub const PLAN_TABLE: &str = "plan.parquet";
/// The table of a sweep's runs.
pub const RUNS: &str = "runs.parquet";
/// The summary of its points.
pub const SUMMARY: &str = "summary.parquet";
/// The same as text.
pub const SUMMARY_TEXT: &str = "summary.csv";
/// How far each conclusion goes where numbers were drawn from ranges.
pub const CONCLUSIONS: &str = "conclusions.csv";
/// Which keys make results vary.
pub const INDICES: &str = "indices.csv";
/// How many replicates show an effect.
pub const POWER: &str = "power.csv";
/// The report: the findings, to read and to look at.
pub const REPORT: &str = "report.html";
/// The runs that failed.
pub const FAILED_TEXT: &str = "failed.csv";
/// What each column of each table is.
pub const DATAPACKAGE: &str = "datapackage.json";
/// What the dataset is and what made it.
pub const CRATE: &str = "ro-crate-metadata.json";
/// The folder with the script, the ids and the logs of Slurm's jobs.
pub const SLURM: &str = "slurm";
