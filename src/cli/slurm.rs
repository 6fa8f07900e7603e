//! `outgrowth sweep FILE --slurm`: plans the sweep and submits what is missing as a job array. What is done stands in the dataset;
//! `squeue` says of the rest what is queued and what runs.

use super::sweep::{asked, needs, plan};
use super::{Common, Failure, Outcome, SweepOptions, print, say::say};
use crate::export::ExportError;
use crate::scenario::estimate::format_seconds;
use crate::sweep::part::{Share, parts, runs_of_share};
use crate::sweep::slurm::{
    ArrayJob, DEFAULT_MAX_ARRAY_SIZE, Queue, Resources, SbatchWord, TimeLimit, job_name, jobs_file, max_array_size,
    missing_shares, most_tasks, shares_for,
};
use crate::sweep::{Plan, read_plan};
use clap::Args;
use serde_json::json;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is asked of Slurm.
#[derive(Args, Clone, Debug)]
pub struct SlurmOptions {
    /// Submit the work as a Slurm job array, a share a task, instead of doing it here; a task has as many cores as --threads says, or one;
    /// again, it submits what is missing
    #[arg(long)]
    pub slurm: bool,
    /// Print the script and submit nothing; the plan and the script are written
    #[arg(long, requires = "slurm")]
    pub dry_run: bool,
    /// Slurm partition of the tasks
    #[arg(long, requires = "slurm", value_name = "NAME")]
    pub partition: Option<SbatchWord>,
    /// GPUs of each task, as sbatch takes them, such as 1 or a100:1
    #[arg(long, requires = "slurm", value_name = "N")]
    pub gpus: Option<SbatchWord>,
    /// Time limit of each task, as sbatch takes it: minutes, h:min:s or d-h; what is missing then is gone on with by itself
    #[arg(long, requires = "slurm", value_name = "TIME")]
    pub time: Option<TimeLimit>,
    /// Memory of each task, as sbatch takes it, such as 8G
    #[arg(long, requires = "slurm", value_name = "SIZE")]
    pub mem: Option<SbatchWord>,
    /// Slurm account to charge
    #[arg(long, requires = "slurm", value_name = "NAME")]
    pub account: Option<SbatchWord>,
    /// Slurm quality of service
    #[arg(long, requires = "slurm", value_name = "NAME")]
    pub qos: Option<SbatchWord>,
    /// Features that nodes must have
    #[arg(long, requires = "slurm", value_name = "FEATURES")]
    pub constraint: Option<SbatchWord>,
    /// Environment module that tasks load; may be repeated
    #[arg(long = "module", requires = "slurm", value_name = "NAME")]
    pub modules: Vec<String>,
    /// Tasks that run at the same time, at most
    #[arg(long, requires = "slurm", value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub at_once: Option<u32>,
}

impl SlurmOptions {
    fn resources(&self, threads: Option<u32>) -> Resources {
        let options = [
            ("partition", &self.partition),
            ("gpus", &self.gpus),
            ("mem", &self.mem),
            ("account", &self.account),
            ("qos", &self.qos),
            ("constraint", &self.constraint),
        ];
        let given = options.into_iter();
        Resources {
            options: given.filter_map(|(name, value)| Some((name, value.clone()?))).collect(),
            time: self.time,
            cpus: threads,
            at_once: self.at_once,
            modules: self.modules.clone(),
        }
    }
}

/// Plans and submits.
pub fn run(options: &SweepOptions, slurm: &SlurmOptions, common: &Common) -> Result<Outcome, Failure> {
    let drafted = match asked(options, common) {
        Ok(drafted) => drafted,
        Err(message) => {
            say(message);
            return Ok(Outcome::WrongInput);
        }
    };
    let most = max_array();
    let given = options
        .shares
        .or((drafted.plan.contract.shares > 1).then_some(drafted.plan.contract.shares));
    let earlier = common.out.as_deref().and_then(|folder| read_plan(folder).ok());
    let shares = given.or(earlier.map(|plan| plan.contract.shares));
    let shares = shares.unwrap_or_else(|| shares_for(drafted.seconds, parts(&drafted.plan), slurm.time, most));
    if shares > most_tasks(most) {
        say(format_args!(
            "--shares {shares}: expected at most {}, the tasks of an array that Slurm takes here (MaxArraySize)",
            most_tasks(most)
        ));
        return Ok(Outcome::WrongInput);
    }
    let options = SweepOptions {
        shares: Some(shares),
        ..options.clone()
    };
    let Some((draft, folder)) = plan(&options, common)? else {
        return Ok(Outcome::WrongInput);
    };
    if !common.quiet {
        say(needs(&draft, &folder));
    }
    let folder = whole(&folder)?;
    let missing = missing_shares(&draft.plan, &folder, shares)?;
    let queue = queue(&folder);
    let tasks: Vec<u32> = missing.iter().copied().filter(|&task| !queue.has(task)).collect();
    let job = ArrayJob {
        program: std::env::current_exe().map_err(ExportError::io("found", Path::new("outgrowth")))?,
        folder: folder.clone(),
        shares,
        tasks,
        task_s: draft.seconds / f64::from(shares),
        resources: slurm.resources(common.threads),
    };
    state(&draft.plan, &folder, &queue, &job, common)?;
    if job.tasks.is_empty() {
        return Ok(Outcome::Done);
    }
    let script = match job.script() {
        Ok(script) => script,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    job.write(&script)?;
    if slurm.dry_run {
        print(&script)?;
        return Ok(Outcome::Done);
    }
    match submit(&job) {
        Ok(id) => {
            note(&folder, &id)?;
            tell(&job, &id, common)?;
            Ok(Outcome::Done)
        }
        Err(reason) => {
            say(format_args!(
                "{} was written but not submitted: {reason}; expected sbatch to take it",
                job.path().display()
            ));
            Ok(Outcome::Failed)
        }
    }
}

/// A folder by its whole path, without links: tasks run elsewhere.
fn whole(folder: &Path) -> Result<PathBuf, Failure> {
    Ok(fs::canonicalize(folder).map_err(ExportError::io("found", folder))?)
}

/// `MaxArraySize` of this cluster.
fn max_array() -> u32 {
    let asked = Command::new("scontrol")
        .args(["show", "config"])
        .stdin(Stdio::null())
        .output();
    let printed = asked
        .ok()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    printed
        .and_then(|printed| max_array_size(&printed))
        .unwrap_or(DEFAULT_MAX_ARRAY_SIZE)
}

/// The tasks of earlier submissions that are not over; none where Slurm knows nothing of them.
fn queue(folder: &Path) -> Queue {
    let ids = fs::read_to_string(jobs_file(folder)).unwrap_or_default();
    let ids: Vec<&str> = ids.lines().map(str::trim).filter(|id| !id.is_empty()).collect();
    let mut printed = String::new();
    // One by one: a single id that is forgotten is an error for all of them.
    for id in ids {
        let asked = Command::new("squeue")
            .args(["--array", "--noheader", "--states=all", "--format=%K %T"])
            // Another job may have got the id where Slurm was set up anew.
            .args([format!("--jobs={id}"), format!("--name={}", job_name(folder))])
            .stdin(Stdio::null())
            .output();
        if let Ok(output) = asked {
            printed.push_str(&String::from_utf8_lossy(&output.stdout));
        }
    }
    Queue::read(&printed)
}

/// Says what is done, queued, running and to be submitted.
fn state(plan: &Plan, folder: &Path, queue: &Queue, job: &ArrayJob, common: &Common) -> Result<(), Failure> {
    if common.quiet {
        return Ok(());
    }
    let (_, done) = runs_of_share(plan, folder, Share::ALL)?;
    let (queued, running) = (queue.queued.len(), queue.running.len());
    say(format_args!(
        "{done} of {} runs done; {queued} tasks queued, {running} running; {} of {} shares to submit",
        plan.runs(),
        job.tasks.len(),
        job.shares
    ));
    if job.tasks.is_empty() && queued + running == 0 {
        say(format_args!("`outgrowth gather {}` sums up", folder.display()));
    }
    Ok(())
}

/// Submits the script; returns the job's id, or why it was not taken.
fn submit(job: &ArrayJob) -> Result<String, String> {
    let submitted = Command::new("sbatch")
        .arg("--parsable")
        .arg(job.path())
        .current_dir(&job.folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|problem| format!("sbatch: {problem}"))?;
    if !submitted.status.success() {
        return Err(String::from_utf8_lossy(&submitted.stderr).trim().to_owned());
    }
    // With several clusters the name of one follows.
    let printed = String::from_utf8_lossy(&submitted.stdout);
    let id = printed.trim().split(';').next().unwrap_or_default();
    Ok(id.to_owned())
}

/// Notes a job's id, by which the queue is asked later.
fn note(folder: &Path, id: &str) -> Result<(), ExportError> {
    let path = jobs_file(folder);
    let file = fs::OpenOptions::new().create(true).append(true).open(&path);
    let mut file = file.map_err(ExportError::io("made", &path))?;
    writeln!(file, "{id}").map_err(ExportError::io("written", &path))
}

fn tell(job: &ArrayJob, id: &str, common: &Common) -> Result<(), Failure> {
    if common.json {
        let told = json!({
            "job": id,
            "folder": job.folder,
            "script": job.path(),
            "shares": job.shares,
            "tasks": job.tasks,
            "task_s": job.task_s,
            "time_limit_s": job.time().seconds,
        });
        return print(&format!("{told:#}\n"));
    }
    if common.quiet {
        return Ok(());
    }
    print(&format!(
        "job {id}: {} tasks, {} each at the assumed speeds, time limit {}\nlogs: {}\n`squeue --jobs {id}` shows the tasks; when they are \
         over, `outgrowth gather {}` sums up\n",
        job.tasks.len(),
        format_seconds(job.task_s),
        job.time(),
        job.folder.join("slurm").join("task-*.log").display(),
        job.folder.display()
    ))
}
