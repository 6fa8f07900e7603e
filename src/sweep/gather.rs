//! Sums a sweep up: few files of readouts, a table of its runs, the summary of its points, those that failed, and what each column is.

use super::conclusions::Conclusions;
use super::contents::{
    CONCLUSIONS, CRATE, DATAPACKAGE, FAILED_TEXT, INDICES, POWER, REPORT, RUNS, SUMMARY, SUMMARY_TEXT,
};
use super::crate_metadata::crate_metadata;
use super::datapackage::datapackage;
use super::failed::{Faults, faults};
use super::indices::{self, Sensitivity};
use super::keep::ENGINE;
use super::locks::hold_to_gather;
use super::merge::merge;
use super::part::{PartFile, files};
use super::plan::{Plan, PlannedRun};
use super::power::Replication;
use super::report::{Outcome, Tally, report_html};
use super::rows::RowWriter;
use super::standing::Standing;
use super::summary::{LastReadouts, PointSummary};
use super::tables::plan_table;
use super::text_table::TextTable;
use super::whole_file::{put, put_bytes};
use crate::export::ExportError;
use crate::export::parquet_read::ParquetReading;
use crate::export::record::RecordedColumn;
use crate::export::table::{ColumnTable, TableColumn, Values};
use crate::readout::columns::KEYS;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What was gathered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// Runs with readouts.
    pub runs: u64,
    /// Runs that failed.
    pub failed: u64,
    /// Those of them that failed by the machine, and are tried again when the work is done again.
    pub again: u64,
    /// Runs that are not done yet.
    pub missing: u64,
    /// The kinds of engines that did them; results of several are close, but not the same bits.
    pub engines: BTreeSet<String>,
    /// Files that hold the readouts.
    pub files: usize,
    /// How far each conclusion goes; `None` where no numbers were drawn from ranges.
    pub conclusions: Option<ColumnTable>,
    /// Which keys make results vary; `None` where the plan does not tell.
    pub indices: Option<ColumnTable>,
    /// How many replicates show an effect, at the first point; `None` where that was not asked.
    pub power: Option<ColumnTable>,
}

/// Sums up what is done of a sweep; waits while another program does.
///
/// # Errors
/// The dataset cannot be read or written, or is gone.
pub fn gather(plan: &Plan, sweep: &Path) -> Result<Gathered, ExportError> {
    let standing = Standing::of(sweep)?;
    let _lock = hold_to_gather(sweep)?;
    standing.check()?;
    sum_up(plan, sweep).map_err(|problem| standing.explain(problem))
}

fn sum_up(plan: &Plan, sweep: &Path) -> Result<Gathered, ExportError> {
    merge(plan, sweep)?;
    let files = files(sweep)?;
    let mut pass = Pass {
        plan,
        faults: faults(sweep)?,
        gathered: Gathered {
            files: files.len(),
            ..Gathered::default()
        },
        failed: Faults::new(),
        next: 1,
        point: None,
        columns: plan.contract.columns.clone(),
        conclusions: Conclusions::default(),
        sensitivity: Sensitivity::default(),
        replication: Replication::default(),
        replicates: None,
        tally: Tally::of(plan),
        pending: Vec::new(),
    };
    let drawn = Conclusions::are_drawn(plan);
    put(&sweep.join(RUNS), |runs| {
        put(&sweep.join(SUMMARY), |summary| {
            put(&sweep.join(SUMMARY_TEXT), |text| {
                pass.write(&files, runs, summary, text)
            })
        })
    })?;
    let failed = write_failed(plan, &pass.failed, sweep)?;
    pass.gathered.conclusions = if drawn {
        let table = pass.conclusions.table(plan);
        put_bytes(&sweep.join(CONCLUSIONS), table.to_csv().as_bytes())?;
        Some(table)
    } else {
        None
    };
    let indices = Sensitivity::is_told(plan).then(|| pass.sensitivity.of_keys(plan));
    if let Some(indices) = &indices {
        let table = indices::table(indices);
        put_bytes(&sweep.join(INDICES), table.to_csv().as_bytes())?;
        pass.gathered.indices = Some(table);
    }
    if let Some(text) = &pass.replicates {
        put_bytes(&sweep.join(POWER), text.as_bytes())?;
    }
    let gathered = &pass.gathered;
    let outcome = Outcome {
        runs: [gathered.runs, gathered.failed, gathered.missing],
        engines: &gathered.engines,
        failed: &pass.failed,
        conclusions: gathered.conclusions.as_ref(),
        indices: indices.as_deref(),
        power: gathered.power.as_ref(),
    };
    let report = report_html(plan, &pass.tally, &outcome)?;
    put_bytes(&sweep.join(REPORT), report.as_bytes())?;
    let texts = TextTable::written(
        outcome.conclusions,
        gathered.indices.as_ref(),
        outcome.power,
        failed.as_ref(),
    );
    let package = datapackage(plan, sweep, &files, &texts)?;
    put_bytes(&sweep.join(DATAPACKAGE), format!("{package:#}\n").as_bytes())?;
    let ended = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    let described = crate_metadata(plan, sweep, &files, &texts, &ended);
    put_bytes(&sweep.join(CRATE), format!("{described:#}\n").as_bytes())?;
    Ok(pass.gathered)
}

/// Writes the table of the runs that failed; `None` where none did.
fn write_failed(plan: &Plan, failed: &Faults, sweep: &Path) -> Result<Option<ColumnTable>, ExportError> {
    let path = sweep.join(FAILED_TEXT);
    if failed.is_empty() {
        // There is none, as a rule.
        let _ = fs::remove_file(&path);
        return Ok(None);
    }
    let runs: Vec<PlannedRun> = failed.keys().filter_map(|&id| plan.run(id)).collect();
    let mut table = plan_table(plan, &runs);
    let faults = || runs.iter().map(|run| &failed[&run.id]);
    table
        .columns
        .push(reason(faults().map(|fault| fault.reason.clone()).collect()));
    let again = faults().map(|fault| if fault.lasts { "no" } else { "yes" }.to_owned());
    table.columns.push(TableColumn::new(
        "again",
        "",
        "whether it is tried again when the sweep is started again: no where the scenario refuses the values",
        Values::Text(again.collect()),
    ));
    put_bytes(&path, table.to_csv().as_bytes())?;
    Ok(Some(table))
}

fn reason(values: Vec<String>) -> TableColumn {
    TableColumn::new(
        "reason",
        "",
        "why the run failed; empty where it did not",
        Values::Text(values),
    )
}

/// One pass over all readouts, run by run.
struct Pass<'a> {
    plan: &'a Plan,
    /// The faults on record; some of their runs may be done by now.
    faults: Faults,
    gathered: Gathered,
    /// The runs that failed and have no readouts.
    failed: Faults,
    /// The run that comes next in the table of runs.
    next: u64,
    point: Option<PointSummary>,
    /// The columns of readouts.
    columns: Vec<RecordedColumn>,
    conclusions: Conclusions,
    sensitivity: Sensitivity,
    replication: Replication,
    /// The replicates of all points so far, as text.
    replicates: Option<String>,
    /// The figures of the report.
    tally: Tally,
    /// Rows of the table of runs that wait to be written.
    pending: Vec<Noted>,
}

/// A row of the table of runs.
struct Noted {
    run: PlannedRun,
    state: &'static str,
    engine: String,
    rows: u64,
}

/// The files that a pass writes.
struct Outputs {
    runs: RowWriter,
    summary: RowWriter,
    text: fs::File,
    text_path: PathBuf,
}

/// Rows of the table of runs that are written together.
const TOGETHER: usize = 1000;

impl Pass<'_> {
    fn write(&mut self, files: &[PartFile], runs: &Path, summary: &Path, text: &Path) -> Result<(), ExportError> {
        for file in files {
            let reading = ParquetReading::open(&file.path)?;
            let known = reading
                .columns()
                .iter()
                .skip_while(|column| column.name != KEYS[3].0)
                .skip(1);
            for column in known {
                if !self.columns.iter().any(|other| other.name == column.name) {
                    self.columns.push(column.clone());
                }
            }
        }
        let heading = match self.plan.run(1) {
            Some(run) => PointSummary::of(&run).table(self.plan, &self.columns),
            None => ColumnTable::default(),
        };
        let mut out = Outputs {
            runs: RowWriter::begin(runs, &self.runs_table(), &[])?,
            summary: RowWriter::begin(summary, &heading, &[])?,
            text: fs::File::create(text).map_err(ExportError::io("made", text))?,
            text_path: text.to_owned(),
        };
        let unwritten = |error| ExportError::io("written", text)(error);
        out.text
            .write_all(heading.csv_heading().as_bytes())
            .map_err(unwritten)?;
        for file in files {
            self.read(file, &mut out)?;
        }
        while self.next <= self.plan.runs() {
            self.pass_over(&mut out)?;
        }
        self.end_point(&mut out)?;
        self.flush(&mut out)?;
        out.runs.finish()?;
        out.summary.finish()
    }

    /// Reads a file, whose runs are in order and whose rows are run by run.
    fn read(&mut self, file: &PartFile, out: &mut Outputs) -> Result<(), ExportError> {
        let reading = ParquetReading::open(&file.path)?;
        let engine = reading.fact(ENGINE).unwrap_or_default().to_owned();
        let broken = || ExportError::Foreign(file.path.clone());
        let mut current: Option<(u64, LastReadouts, u64)> = None;
        for group in 0..reading.groups() {
            let table = reading.group(group)?;
            let rows = Rows::of(&table, &self.columns).ok_or_else(broken)?;
            for row in 0..table.rows() {
                let id = rows.run(row).ok_or_else(broken)?;
                if current.as_ref().is_none_or(|(run, ..)| *run != id) {
                    if let Some(done) = current.take() {
                        self.end_run(done, &engine, out)?;
                    }
                    current = Some((id, LastReadouts::default(), 0));
                }
                if let Some((_, last, count)) = &mut current {
                    let time_h = rows.time_h(row).ok_or_else(broken)?;
                    last.add(time_h, rows.condition(row), rows.values(row));
                    *count += 1;
                    if self.plan.contract.power.is_some() {
                        let well = (rows.condition(row), rows.replicate(row).ok_or_else(broken)?);
                        self.replication
                            .add((id, time_h), well, rows.values(row), &self.columns);
                    }
                }
            }
        }
        match current {
            Some(done) => self.end_run(done, &engine, out),
            None => Ok(()),
        }
    }

    fn end_run(&mut self, done: (u64, LastReadouts, u64), engine: &str, out: &mut Outputs) -> Result<(), ExportError> {
        let (id, last, rows) = done;
        while self.next < id {
            self.pass_over(out)?;
        }
        let Some(run) = self.plan.run(id).filter(|_| self.next == id) else {
            return Ok(());
        };
        if self.point.as_ref().is_none_or(|point| point.point() != run.point) {
            self.end_point(out)?;
            self.point = Some(PointSummary::of(&run));
        }
        self.tally.add(&run, &last, &self.columns);
        if let Some(point) = &mut self.point {
            point.add(last);
        }
        self.gathered.runs += 1;
        self.gathered.engines.insert(engine.to_owned());
        self.note(run, "done", engine, rows, out)
    }

    /// Notes the next run, which has no readouts.
    fn pass_over(&mut self, out: &mut Outputs) -> Result<(), ExportError> {
        let Some(run) = self.plan.run(self.next) else {
            return Ok(());
        };
        let state = if let Some(fault) = self.faults.get(&run.id) {
            self.gathered.failed += 1;
            self.gathered.again += u64::from(!fault.lasts);
            self.failed.insert(run.id, fault.clone());
            "failed"
        } else {
            self.gathered.missing += 1;
            "missing"
        };
        self.note(run, state, "", 0, out)
    }

    fn note(
        &mut self,
        run: PlannedRun,
        state: &'static str,
        engine: &str,
        rows: u64,
        out: &mut Outputs,
    ) -> Result<(), ExportError> {
        self.next = run.id + 1;
        self.pending.push(Noted {
            run,
            state,
            engine: engine.to_owned(),
            rows,
        });
        if self.pending.len() >= TOGETHER {
            self.flush(out)
        } else {
            Ok(())
        }
    }

    fn end_point(&mut self, out: &mut Outputs) -> Result<(), ExportError> {
        let Some(point) = self.point.take() else {
            return Ok(());
        };
        self.conclusions.add(&point, &self.columns);
        if Sensitivity::is_told(self.plan) {
            self.sensitivity.add(&point, &self.columns);
        }
        if let Some(question) = &self.plan.contract.power {
            let table = self
                .replication
                .end_point(point.run(), question, self.plan, &self.columns);
            let text = self.replicates.get_or_insert_with(|| table.csv_heading());
            text.push_str(&table.csv_rows());
            self.gathered.power.get_or_insert(table);
        }
        let table = point.table(self.plan, &self.columns);
        let written = out.text.write_all(table.csv_rows().as_bytes());
        written.map_err(ExportError::io("written", &out.text_path))?;
        out.summary.add(table)
    }

    fn flush(&mut self, out: &mut Outputs) -> Result<(), ExportError> {
        let table = self.runs_table();
        self.pending.clear();
        out.runs.add(table)
    }

    /// The rows that wait, as a table.
    fn runs_table(&self) -> ColumnTable {
        let runs: Vec<PlannedRun> = self.pending.iter().map(|noted| noted.run.clone()).collect();
        let mut table = plan_table(self.plan, &runs);
        let text = |name, meaning, of: &dyn Fn(&Noted) -> String| {
            TableColumn::new(name, "", meaning, Values::Text(self.pending.iter().map(of).collect()))
        };
        let rows = Values::Count(self.pending.iter().map(|noted| Some(noted.rows as i64)).collect());
        let told = |noted: &Noted| match self.failed.get(&noted.run.id) {
            Some(fault) => fault.reason.clone(),
            None => String::new(),
        };
        table.columns.extend([
            text("state", "done, failed or missing", &|noted| noted.state.to_owned()),
            text("engine", "the kind of engine that did it", &|noted| {
                noted.engine.clone()
            }),
            TableColumn::new("rows", "1", "rows of readouts", rows),
            reason(self.pending.iter().map(told).collect()),
        ]);
        table
    }
}

/// A table of readouts, by what its columns are.
struct Rows<'a> {
    run: &'a [Option<i64>],
    condition: &'a [String],
    replicate: &'a [Option<i64>],
    time_h: &'a [Option<f64>],
    readouts: Vec<Option<&'a [Option<f64>]>>,
}

impl<'a> Rows<'a> {
    fn of(table: &'a ColumnTable, readouts: &[RecordedColumn]) -> Option<Self> {
        let column = |name: &str| {
            let column = table.columns.iter().find(|column| column.name == name)?;
            Some(&column.values)
        };
        let number = |name: &str| match column(name) {
            Some(Values::Number(values)) => Some(values.as_slice()),
            _ => None,
        };
        let (Values::Count(run), Values::Text(condition), Values::Count(replicate)) =
            (column("run")?, column(KEYS[0].0)?, column(KEYS[2].0)?)
        else {
            return None;
        };
        Some(Self {
            run,
            condition,
            replicate,
            time_h: number(KEYS[3].0)?,
            readouts: readouts.iter().map(|readout| number(&readout.name)).collect(),
        })
    }

    fn run(&self, row: usize) -> Option<u64> {
        self.run[row].and_then(|run| u64::try_from(run).ok())
    }

    fn condition(&self, row: usize) -> &str {
        &self.condition[row]
    }

    fn replicate(&self, row: usize) -> Option<i64> {
        self.replicate[row]
    }

    fn time_h(&self, row: usize) -> Option<f64> {
        self.time_h[row]
    }

    fn values(&self, row: usize) -> impl Iterator<Item = Option<f64>> {
        self.readouts.iter().map(move |values| (*values)?[row])
    }
}
