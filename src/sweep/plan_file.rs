//! `plan.toml`: the contract with whoever does the work. The files that the scenario names lie beside it in `files/`, each held to its
//! digest when it is read again.

use super::axis::{Axis, AxisValues};
use super::constraint::Constraint;
use super::contents::{PLAN, PLAN_TABLE};
use super::plan::{Contract, Plan, PlannedRun};
use super::power_question::PowerQuestion;
use super::rows::RowWriter;
use super::seeds::Seeds;
use super::tables::plan_table;
use super::whole_file::{clear_of, make_folder, put, put_bytes};
use crate::engine::EngineKind;
use crate::export::ExportError;
use crate::export::record::RecordedColumn;
use crate::model::word::Word;
use crate::scenario::{Mistakes, NamedFile, Override};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder beside it that holds the files which the scenario names.
const FILES: &str = "files";
/// The format of the contract; another one is refused.
const FORMAT: u32 = 1;
/// Rows of the table of runs that are made together.
const TOGETHER: u64 = 1000;
/// Longer contracts are not read, bytes.
const MOST_BYTES: u64 = 64_000_000;

/// A plan that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// There is none, or a file of it is missing.
    #[error("{path} cannot be read: {reason}; expected the folder of a sweep, as `outgrowth plan` or `outgrowth sweep` makes it", path = .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The obstacle.
        reason: String,
    },
    /// It is no plan of this program.
    #[error("{path}: {reason}", path = .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What was found, and what is accepted.
        reason: String,
    },
    /// Its scenario or its design is wrong.
    #[error(transparent)]
    Wrong(#[from] Mistakes),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanText {
    format: u32,
    version: String,
    runs: u64,
    points: u64,
    samples: u64,
    seeds: String,
    own_seeds: bool,
    shares: u32,
    runs_per_part: u64,
    engine: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    adapter: Option<String>,
    #[serde(rename = "where")]
    constraints: Vec<String>,
    set: Vec<String>,
    scenario: String,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    power: Option<PowerQuestion>,
    #[serde(default)]
    axis: Vec<AxisText>,
    #[serde(default)]
    file: Vec<FileText>,
    #[serde(default)]
    column: Vec<RecordedColumn>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AxisText {
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    values: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    range: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    name: String,
    lies: String,
    blake3: String,
}

/// The comment ahead of a plan.
const HEADING: &str = "# The plan of a sweep, made by `outgrowth plan`. Its runs are numbered from 1: points in order, and for each point its\n\
                       # seeds. `outgrowth work FOLDER --share 1/4` does the first quarter of them, `outgrowth gather FOLDER` sums up.\n\n";

/// The text of `plan.toml`.
///
/// # Errors
/// A contract that TOML cannot hold.
pub fn plan_text(plan: &Plan) -> Result<String, ExportError> {
    let contract = &plan.contract;
    let axis = |axis: &Axis| AxisText {
        key: axis.key.clone(),
        values: match &axis.values {
            AxisValues::List(values) => Some(values.clone()),
            AxisValues::Range(_) => None,
        },
        range: match &axis.values {
            AxisValues::List(_) => None,
            AxisValues::Range(_) => Some(axis.values.to_string()),
        },
    };
    let file = |(number, file): (usize, &NamedFile)| FileText {
        name: file.name.clone(),
        lies: lies(number),
        blake3: blake3::hash(&file.bytes).to_hex().to_string(),
    };
    let text = PlanText {
        format: FORMAT,
        version: contract.version.clone(),
        runs: plan.runs(),
        points: plan.points(),
        samples: contract.samples,
        seeds: contract.seeds.to_string(),
        own_seeds: contract.own_seeds,
        shares: contract.shares,
        runs_per_part: contract.runs_per_part,
        engine: contract.engine.word().to_owned(),
        adapter: contract.adapter.clone(),
        constraints: contract.constraints.iter().map(Constraint::to_string).collect(),
        set: contract.set.iter().map(Override::to_string).collect(),
        scenario: contract.scenario.clone(),
        text: contract.text.clone(),
        power: contract.power.clone(),
        axis: contract.axes.iter().map(axis).collect(),
        file: contract.files.iter().enumerate().map(file).collect(),
        column: contract.columns.clone(),
    };
    let text = toml::to_string_pretty(&text).map_err(|problem| ExportError::Scenario(problem.to_string()))?;
    Ok(format!("{HEADING}{text}"))
}

/// The place of a file that the scenario names, below the sweep's folder.
fn lies(number: usize) -> String {
    format!("{FILES}/{}", number + 1)
}

/// The files of a plan, by their places below the sweep's folder: those that the scenario names, then `plan.toml`.
///
/// # Errors
/// A contract that TOML cannot hold.
pub fn plan_files(plan: &Plan) -> Result<Vec<(PathBuf, Vec<u8>)>, ExportError> {
    let named = plan.contract.files.iter().enumerate();
    let named = named.map(|(number, file)| (PathBuf::from(lies(number)), file.bytes.clone()));
    let text = (PathBuf::from(PLAN), plan_text(plan)?.into_bytes());
    Ok(named.chain([text]).collect())
}

/// Reads the plan of a sweep's folder.
///
/// # Errors
/// It is not there, no plan of this program, or one whose files have changed.
pub fn read_plan(folder: &Path) -> Result<Plan, PlanError> {
    let path = folder.join(PLAN);
    let unreadable = |path: &Path, reason: String| PlanError::Unreadable {
        path: path.to_owned(),
        reason,
    };
    let length = fs::metadata(&path)
        .map_err(|problem| unreadable(&path, problem.to_string()))?
        .len();
    if length > MOST_BYTES {
        return Err(unreadable(&path, format!("it is {length} bytes long")));
    }
    let text = fs::read_to_string(&path).map_err(|problem| unreadable(&path, problem.to_string()))?;
    let foreign = |reason: String| PlanError::Foreign {
        path: path.clone(),
        reason,
    };
    let table: toml::Table = text
        .parse()
        .map_err(|problem: toml::de::Error| foreign(problem.to_string()))?;
    let format = table.get("format").and_then(toml::Value::as_integer);
    if format != Some(i64::from(FORMAT)) {
        let found = format.map_or("no format".to_owned(), |format| format!("the format {format}"));
        return Err(foreign(format!(
            "found {found}; expected {FORMAT}, which this version reads"
        )));
    }
    let text: PlanText = toml::from_str(&text).map_err(|problem| foreign(problem.to_string()))?;
    let place = path.display().to_string();
    let mut axes = Vec::new();
    for axis in &text.axis {
        axes.push(match (&axis.values, &axis.range) {
            (Some(values), None) if !values.is_empty() => Axis {
                key: axis.key.clone(),
                values: AxisValues::List(values.clone()),
            },
            (None, Some(range)) => Axis::of(&axis.key, range, &place).map_err(Mistakes::from)?,
            _ => {
                return Err(foreign(format!(
                    "found the axis {} without values; expected values or a range",
                    axis.key
                )));
            }
        });
    }
    let constraints = text.constraints.iter().map(|text| Constraint::parse(text, &place));
    let set = text.set.iter().map(|text| text.parse::<Override>());
    let mut files = Vec::new();
    for file in &text.file {
        let lies = folder.join(&file.lies);
        let bytes = fs::read(&lies).map_err(|problem| unreadable(&lies, problem.to_string()))?;
        if blake3::hash(&bytes).to_hex().as_str() != file.blake3 {
            let reason = format!(
                "found {} changed since the sweep was planned; expected it as it was",
                file.lies
            );
            return Err(foreign(reason));
        }
        files.push(NamedFile {
            name: file.name.clone(),
            bytes,
        });
    }
    if let Some(question) = &text.power {
        question.check(&place).map_err(Mistakes::from)?;
    }
    let engine = EngineKind::from_word(&text.engine);
    let contract = Contract {
        version: text.version,
        scenario: text.scenario,
        text: text.text,
        files,
        set: set
            .collect::<Result<_, _>>()
            .map_err(|problem| foreign(problem.to_string()))?,
        axes,
        samples: text.samples,
        seeds: Seeds::parse(&text.seeds, &place).map_err(Mistakes::from)?,
        own_seeds: text.own_seeds,
        constraints: constraints.collect::<Result<_, _>>().map_err(Mistakes::from)?,
        power: text.power,
        engine: engine.ok_or_else(|| foreign(format!("found the engine {}", text.engine)))?,
        adapter: text.adapter,
        shares: text.shares,
        runs_per_part: text.runs_per_part.max(1),
        columns: text.column,
    };
    let plan = Plan::of(contract)?;
    if (plan.runs(), plan.points()) != (text.runs, text.points) {
        return Err(foreign(format!(
            "found {} runs of {} points, where this version makes {} of {}; expected the version {} that planned it",
            text.runs,
            text.points,
            plan.runs(),
            plan.points(),
            plan.contract.version
        )));
    }
    Ok(plan)
}

/// Writes a plan into a folder: the files that its scenario names, the table of its runs, and last `plan.toml`, without which the
/// folder is no sweep. Whoever calls this holds the folder.
///
/// # Errors
/// The folder cannot be written to.
pub fn write_plan(plan: &Plan, folder: &Path) -> Result<(), ExportError> {
    fs::create_dir_all(folder).map_err(ExportError::io("made", folder))?;
    // Of programs that were killed while they planned.
    for folder in [folder, &folder.join(FILES)] {
        clear_of(folder, |_| true);
    }
    put(&folder.join(PLAN_TABLE), |unfinished| {
        let mut table = RowWriter::begin(unfinished, &plan_table(plan, &[]), &[])?;
        let mut first = 1;
        while first <= plan.runs() {
            let ids = first..(first + TOGETHER);
            let runs: Vec<PlannedRun> = ids.map_while(|id| plan.run(id)).collect();
            table.add(plan_table(plan, &runs))?;
            first += TOGETHER;
        }
        table.finish()
    })?;
    if !plan.contract.files.is_empty() {
        make_folder(&folder.join(FILES))?;
    }
    for (path, bytes) in plan_files(plan)? {
        put_bytes(&folder.join(path), &bytes)?;
    }
    Ok(())
}
