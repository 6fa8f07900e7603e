//! `outgrowth sweep`, `plan`, `work` and `gather`: a scenario with many values and seeds, from the plan to the summary.

use super::stop::StopRequest;
use super::sweep_progress::SweepProgress;
use super::sweep_tables::{in_columns, in_records, replicates};
use super::{Common, Failure, Outcome, ScenarioSource, completions, engine, memory_to_spare, print, say::say};
use crate::export::ExportError;
use crate::export::figures::counted;
use crate::export::hold;
use crate::export::places::slug;
use crate::scenario::estimate::{format_bytes, format_seconds};
use crate::scenario::{Mistake, Mistakes, Surroundings};
use crate::sweep::array_share::{ShareChoice, share_of_task};
use crate::sweep::constraint::Constraint;
use crate::sweep::contents::{PLAN, REPORT, SUMMARY_TEXT};
use crate::sweep::part::{parts, runs_of_share};
use crate::sweep::saltelli::points_of_base;
use crate::sweep::seeds::Seeds;
use crate::sweep::{
    Axis, Draft, Gathered, Ground, Machine, Plan, Request, Share, SweepFile, draft, gather, look, read_plan, work,
    write_plan,
};
use clap::Args;
use serde_json::json;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// What is varied, and how.
#[derive(Args, Clone, Debug)]
pub struct SweepOptions {
    /// A scenario file, the name of one that is built in, or a sweep file: TOML with scenario, vary, seeds, own_seeds, where, runs,
    /// shares and set
    #[arg(add = completions::scenarios())]
    pub file: String,
    /// A key and its values: a list such as growth_cone.speed="2,4,8 um/h", or a range with a way to take values from it:
    /// branching.rate="0..0.05 /h:grid(5)", ":lhs" (Latin hypercube), ":sobol" or ":saltelli" (for Sobol indices), with ":log" for equal ratios and ":whole" for whole
    /// numbers; may be repeated, and all combinations of lists and grids are run
    #[arg(long, value_name = "KEY=VALUES", add = completions::changes())]
    pub vary: Vec<String>,
    /// Draw every guessed number (grade B or C, not set by the scenario) from its typical range, by a Latin hypercube; conclusions.csv
    /// says how far each ratio to the first condition goes, and which numbers decide it. Takes some hundred runs
    #[arg(long)]
    pub uncertain: bool,
    /// Say how many replicate wells show an effect with this power (0.8 where no number is given), by the spread between the model's
    /// cultures: power.csv. Takes some tens of seeds, which are chosen where none are given
    #[arg(long, value_name = "POWER", num_args = 0..=1, require_equals = true, default_missing_value = "0.8")]
    pub power: Option<f64>,
    /// The effects to look for, as ratios to the first condition: 1.25 is a quarter more [with --power; 1.1,1.25,1.5,2 where left out]
    #[arg(long, value_name = "RATIOS", value_delimiter = ',', requires = "power")]
    pub effects: Vec<f64>,
    /// How often an effect may be seen where there is none [with --power; 0.05 where left out]
    #[arg(long, value_name = "LEVEL", requires = "power")]
    pub alpha: Option<f64>,
    /// Seeds, such as 1..20 or 1,5,9: every point is run with each of them
    #[arg(long, value_name = "SEEDS")]
    pub seeds: Option<String>,
    /// Give every point seeds of its own, instead of the same to all
    #[arg(long)]
    pub own_seeds: bool,
    /// Runs at most; sampled ranges get as many points as that allows with all seeds and all combinations of lists and grids
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub runs: Option<u64>,
    /// Leave out points that break a comparison of a key with another or with a number, such as "growth_cone.speed < 8 um/h"; may be
    /// repeated
    #[arg(long = "where", value_name = "COMPARISON")]
    pub constraints: Vec<String>,
    /// Shares that the work will be done in, by `outgrowth work DIR --share I/N`
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub shares: Option<u32>,
}

/// Plans, works and gathers.
pub fn run(options: &SweepOptions, common: &Common) -> Result<Outcome, Failure> {
    // Before anything is planned into a folder.
    look(engine::choice(common))?;
    let Some((draft, folder)) = plan(options, common)? else {
        return Ok(Outcome::WrongInput);
    };
    if !common.quiet {
        say(needs(&draft, &folder));
    }
    let outcome = do_share(&draft.plan, &folder, Share::ALL, None, common)?;
    if matches!(outcome, Outcome::Stopped | Outcome::Suspended) {
        return Ok(outcome);
    }
    sum_up(&draft.plan, &folder, common)
}

/// Plans.
pub fn run_plan(options: &SweepOptions, common: &Common) -> Result<Outcome, Failure> {
    let Some((draft, folder)) = plan(options, common)? else {
        return Ok(Outcome::WrongInput);
    };
    if common.json {
        print(&format!("{:#}\n", to_json(&draft, &folder)))?;
    } else if !common.quiet {
        print(&format!("{}\n", needs(&draft, &folder)))?;
    }
    Ok(Outcome::Done)
}

/// Does a share.
pub fn run_work(
    folder: &Path,
    share: Option<ShareChoice>,
    pack: Option<u32>,
    common: &Common,
) -> Result<Outcome, Failure> {
    let Some(plan) = planned(folder) else {
        return Ok(Outcome::WrongInput);
    };
    let share = match share {
        None => Share::ALL,
        Some(ShareChoice::Given(share)) => share,
        Some(ShareChoice::Auto) => match share_of_task(|name| std::env::var(name).ok(), plan.contract.shares) {
            Ok((share, variable)) => {
                if !common.quiet {
                    say(format_args!("share {share}, by {variable}"));
                }
                share
            }
            Err(problem) => {
                say(problem);
                return Ok(Outcome::WrongInput);
            }
        },
    };
    do_share(&plan, folder, share, pack, common)
}

/// Sums up.
pub fn run_gather(folder: &Path, common: &Common) -> Result<Outcome, Failure> {
    match planned(folder) {
        Some(plan) => sum_up(&plan, folder, common),
        None => Ok(Outcome::WrongInput),
    }
}

/// The plan of a folder; says why there is none.
fn planned(folder: &Path) -> Option<Plan> {
    read_plan(folder).map_err(say).ok()
}

/// Makes the plan and writes it into its folder, or finds the same one there; `None`, after saying why, where the input is wrong.
pub(super) fn plan(options: &SweepOptions, common: &Common) -> Result<Option<(Draft, PathBuf)>, Failure> {
    let drafted = match asked(options, common) {
        Ok(drafted) => drafted,
        Err(message) => {
            say(message);
            return Ok(None);
        }
    };
    let folder = match &common.out {
        // A link to a folder on another disk, as clusters have it.
        Some(link) if link.is_symlink() => fs::canonicalize(link).map_err(ExportError::io("followed", link))?,
        Some(folder) => folder.clone(),
        None => new_folder(&drafted.plan)?,
    };
    // Of several that plan here at once the others wait, and find what the first has planned.
    fs::create_dir_all(&folder).map_err(ExportError::io("made", &folder))?;
    let _planning = hold::take_new(&folder).map_err(ExportError::io("held", &folder))?;
    match fs::read_dir(&folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) if folder.join(PLAN).exists() => {
            let Some(earlier) = planned(&folder) else {
                return Ok(None);
            };
            if earlier != drafted.plan {
                let differences = earlier.contract.differences(&drafted.plan.contract);
                say(format_args!(
                    "{0} holds another sweep; other than there: {1}. Choose another folder with --out, or go on with that sweep by `outgrowth work {0}`",
                    folder.display(),
                    differences.join(", ")
                ));
                return Ok(None);
            }
        }
        Ok(true) if !is_begun(&folder) => {
            say(format_args!(
                "{} holds something other than a sweep, so it is left alone: choose another folder with --out",
                folder.display()
            ));
            return Ok(None);
        }
        _ => write_plan(&drafted.plan, &folder)?,
    }
    for warning in drafted.warnings.iter().filter(|_| !common.quiet) {
        say(format_args!("warning: {warning}"));
    }
    Ok(Some((drafted, folder)))
}

/// Whether a folder holds nothing but what a plan that was cut short left there.
fn is_begun(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .all(|name| name == "files" || name == "plan.parquet" || name.starts_with(".plan."))
}

/// A folder for a new sweep, such as `results/quick-sweep-1`.
fn new_folder(plan: &Plan) -> Result<PathBuf, Failure> {
    let name = plan.contract.scenario.trim_end_matches(".toml");
    let results = Path::new("results");
    let unmade = |path: &Path, problem| ExportError::io("made", path)(problem);
    fs::create_dir_all(results).map_err(|problem| unmade(results, problem))?;
    let mut number = 1_u64;
    loop {
        let folder = results.join(format!("{}-sweep-{number}", slug(name)));
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(problem) if problem.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            Err(problem) => return Err(unmade(&folder, problem).into()),
        }
    }
}

/// The plan that the options ask for, or what is wrong with them.
pub(super) fn asked(options: &SweepOptions, common: &Common) -> Result<Draft, String> {
    let source = ScenarioSource::find(&options.file)?;
    let file = SweepFile::read(&source.text, &source.name).map_err(|mistakes| mistakes.to_string())?;
    let (source, mut request) = match file {
        None => (source, Request::default()),
        Some(file) => {
            let beside = source.folder().unwrap_or(Path::new("")).join(&file.scenario);
            let found = match beside.to_str().filter(|_| beside.exists()) {
                Some(beside) => ScenarioSource::find(beside),
                None => ScenarioSource::find(&file.scenario),
            };
            (
                found.map_err(|message| format!("{}: scenario: {message}", source.name))?,
                file.request,
            )
        }
    };
    let mut mistakes = Vec::new();
    let mut keep = |mistake: Mistake| mistakes.push(mistake);
    for text in &options.vary {
        Axis::parse(text, "--vary").map_or_else(&mut keep, |axis| request.axes.push(axis));
    }
    for text in &options.constraints {
        Constraint::parse(text, "--where").map_or_else(&mut keep, |constraint| request.constraints.push(constraint));
    }
    if let Some(text) = &options.seeds {
        Seeds::parse(text, &format!("--seeds {text}")).map_or_else(&mut keep, |seeds| request.seeds = Some(seeds));
    }
    if !mistakes.is_empty() {
        return Err(Mistakes(mistakes).to_string());
    }
    request.set.extend(common.overrides());
    request.own_seeds |= options.own_seeds;
    request.uncertain |= options.uncertain;
    if let Some(power) = options.power {
        let question = request.power.get_or_insert_default();
        question.power = power;
        question.alpha = options.alpha.unwrap_or(question.alpha);
        if !options.effects.is_empty() {
            question.effects.clone_from(&options.effects);
        }
    }
    request.runs = options.runs.or(request.runs);
    request.shares = options.shares.or(request.shares);
    let choice = engine::choice(common);
    let ground = Ground {
        name: source.name.clone(),
        text: source.text.clone(),
        surroundings: Surroundings {
            file: Box::new(|name| source.read_file(name)),
            memory_bytes: memory_to_spare(),
        },
        engine: choice.kind,
        adapter: choice.adapter,
    };
    draft(&request, &ground).map_err(|mistakes| mistakes.to_string())
}

/// Bytes of a value in a file of readouts, roughly.
const BYTES_PER_VALUE: f64 = 7.0;

/// Runs, parts, time and bytes, in a few lines.
pub(super) fn needs(draft: &Draft, folder: &Path) -> String {
    let Draft {
        plan,
        warnings: _,
        seconds,
        rows,
        values,
    } = draft;
    let seeds = plan.contract.seeds.count();
    let mut text = format!(
        "{}: {}: {}, {} each",
        folder.display(),
        counted(plan.runs(), "run"),
        counted(plan.points(), "point"),
        counted(seeds, "seed")
    );
    if plan.left_out() > 0 {
        let _ = write!(text, "; points left out by --where: {}", plan.left_out());
    }
    let _ = write!(
        text,
        "\n{} of {}, {rows:.0} rows, {}; {} at the assumed speeds",
        counted(parts(plan), "part"),
        counted(plan.contract.runs_per_part, "run"),
        format_bytes(values * BYTES_PER_VALUE),
        format_seconds(*seconds)
    );
    let axes = &plan.contract.axes;
    let (even, what) = if axes.iter().any(Axis::is_by_saltelli) {
        (
            plan.contract.samples / points_of_base(axes.len() as u64),
            "base points by saltelli",
        )
    } else {
        (plan.contract.samples, "points by sobol")
    };
    if axes.iter().any(|axis| axis.is_by_sobol() || axis.is_by_saltelli()) && !even.is_power_of_two() {
        let above = even.next_power_of_two();
        let _ = write!(
            text,
            "\n{even} {what}; they are most even where their number is a power of two: {} or {above}",
            above / 2
        );
    }
    text
}

fn to_json(draft: &Draft, folder: &Path) -> serde_json::Value {
    let Draft {
        plan,
        warnings: _,
        seconds,
        rows,
        values,
    } = draft;
    json!({
        "folder": folder,
        "runs": plan.runs(),
        "points": plan.points(),
        "left_out": plan.left_out(),
        "seeds": plan.contract.seeds.count(),
        "parts": parts(plan),
        "rows": rows.round() as u64,
        "bytes": (values * BYTES_PER_VALUE).round() as u64,
        "seconds": seconds,
    })
}

fn do_share(plan: &Plan, folder: &Path, share: Share, pack: Option<u32>, common: &Common) -> Result<Outcome, Failure> {
    let machine = Machine {
        threads: common.thread_count(),
        memory_bytes: memory_to_spare(),
        adapter: common.adapter.clone(),
        granted: engine::choice(common).granted,
        need_gpu: common.need_gpu,
        runs_per_pack: pack.map(|runs| runs as usize),
    };
    let stop = StopRequest::listen_and_keep();
    let (runs, done) = runs_of_share(plan, folder, share)?;
    if runs == 0 {
        say(format_args!(
            "share {share} is empty: the plan has {} parts, which are not divided further; plan it with --shares {}",
            parts(plan),
            share.of
        ));
        return Ok(Outcome::Done);
    }
    let progress = SweepProgress::new(done, runs, stop.clone(), common.quiet);
    let worked = work(plan, folder, share, &machine, &progress);
    progress.finish();
    let worked = worked?;
    if worked.elsewhere > 0 && !common.quiet {
        say(format_args!(
            "{} parts are being done by another program",
            worked.elsewhere
        ));
    }
    if worked.stopped {
        say(format_args!(
            "stopped; what is done is kept, and `outgrowth work {}` goes on with what is missing",
            folder.display()
        ));
        return Ok(if stop.suspends() {
            Outcome::Suspended
        } else {
            Outcome::Stopped
        });
    }
    if !common.quiet {
        let failed = if worked.failed > 0 {
            format!(", {} failed", worked.failed)
        } else {
            String::new()
        };
        say(format_args!(
            "share {share}: {} done{failed}",
            counted(worked.runs, "run")
        ));
    }
    Ok(Outcome::Done)
}

fn sum_up(plan: &Plan, folder: &Path, common: &Common) -> Result<Outcome, Failure> {
    let gathered = gather(plan, folder)?;
    let Gathered {
        runs,
        failed,
        again,
        missing,
        engines,
        files,
        conclusions,
        indices,
        power,
    } = &gathered;
    if engines.len() > 1 {
        let kinds: Vec<&str> = engines.iter().map(String::as_str).collect();
        say(format_args!(
            "warning: runs were done on several kinds of engine ({}), whose results are close but not the same bits; runs.parquet says which",
            kinds.join(", ")
        ));
    }
    if common.json {
        let told = json!({
            "folder": folder,
            "runs": runs,
            "failed": failed,
            "again": again,
            "missing": missing,
            "files": files,
            "summary": folder.join(SUMMARY_TEXT),
            "report": folder.join(REPORT),
            "conclusions": conclusions.as_ref().map(in_records),
            "indices": indices.as_ref().map(in_records),
            "power": power.as_ref().map(in_records),
        });
        print(&format!("{told:#}\n"))?;
    } else if !common.quiet {
        let mut text = format!(
            "{runs} of {} in {} of {}/readouts",
            counted(plan.runs(), "run"),
            counted(*files as u64, "file"),
            folder.display()
        );
        if *failed > 0 {
            let _ = write!(text, "; {failed} failed: failed.csv says why");
        }
        if *again > 0 {
            let _ = write!(
                text,
                "; {again} of them by the machine: `outgrowth work {}` tries them again",
                folder.display()
            );
        }
        if *missing > 0 {
            let _ = write!(
                text,
                "; {missing} missing: `outgrowth work {}` does them",
                folder.display()
            );
        }
        let (summary, report) = (folder.join(SUMMARY_TEXT), folder.join(REPORT));
        print(&format!(
            "{text}\nsummary: {}\nreport: {}\n",
            summary.display(),
            report.display()
        ))?;
        if let Some(table) = conclusions.as_ref().filter(|table| table.rows() > 0) {
            print(&format!(
                "\nRatios to the first condition, with the band of 95 % of the points (conclusions.csv):\n\n{}",
                in_columns(table)
            ))?;
        }
        if let Some(table) = indices.as_ref().filter(|table| table.rows() > 0) {
            print(&format!(
                "\nSobol indices, the share of the variance that each key makes by itself and with others (indices.csv):\n\n{}",
                in_columns(table)
            ))?;
        }
        if let Some((table, question)) = power.as_ref().zip(plan.contract.power.as_ref()) {
            print(&format!("\n{}", replicates(table, question)))?;
        }
    }
    Ok(if *failed > 0 { Outcome::Failed } else { Outcome::Done })
}
