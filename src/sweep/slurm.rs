//! The script of a Slurm job array that does a sweep: a share a task, submitted by `sbatch`. What is done stands in the dataset, so that
//! a task that was killed, or stopped by its time limit, is gone on with by whoever does its share next.

use super::contents::SLURM;
use super::part::{Done, Part, Share, parts};
use super::plan::Plan;
use super::whole_file::{make_folder, put_bytes};
use crate::export::ExportError;
use crate::export::places::slug;
use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Size of an array, at most, where `scontrol` does not tell: Slurm's own default.
pub const DEFAULT_MAX_ARRAY_SIZE: u32 = 1001;
/// The script asks the program to end so long before the time limit, s.
pub const NOTICE_S: u64 = 120;
/// Expected time of a task, s: a start costs about a second, and a task that is begun anew has lost little.
const TASK_S: f64 = 1800.0;
/// The time limit of a task, if none is asked for: so many times the expected time, which goes by assumed speeds, and at least an hour.
const TIME_TO_SPARE: f64 = 4.0;
const SHORTEST_LIMIT_S: u64 = 3600;
/// The script in the folder for Slurm.
const SCRIPT: &str = "job.sh";
/// The ids of the jobs that were submitted, a line each.
const JOBS: &str = "jobs";
/// The exit status of the program where it was stopped with work left, which another goes on with.
pub const RESUMABLE: i32 = 85;

/// A time limit, as `sbatch --time` takes it: minutes, `min:s`, `h:min:s`, `d-h`, `d-h:min` or `d-h:min:s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimit {
    /// Seconds.
    pub seconds: u64,
}

/// A time limit that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "found \"{0}\"; expected minutes, min:s, h:min:s, d-h, d-h:min or d-h:min:s, and more than {minutes} min, which a task is told ahead",
    minutes = NOTICE_S / 60
)]
pub struct NotATimeLimit(String);

impl FromStr for TimeLimit {
    type Err = NotATimeLimit;

    fn from_str(text: &str) -> Result<Self, NotATimeLimit> {
        let read = || {
            let (days, clock) = match text.split_once('-') {
                Some((days, clock)) => (Some(days.parse::<u64>().ok()?), clock),
                None => (None, text),
            };
            let fields: Option<Vec<u64>> = clock.split(':').map(|field| field.parse().ok()).collect();
            // Seconds of each field, the first being hours after days.
            let units: &[u64] = match (days, fields.as_ref()?.len()) {
                (None, 1) => &[60],
                (None, 2) => &[60, 1],
                (None, 3) | (Some(_), 1..=3) => &[3600, 60, 1],
                _ => return None,
            };
            let clock = fields?
                .iter()
                .zip(units)
                .try_fold(0_u64, |sum, (&field, &unit)| sum.checked_add(field.checked_mul(unit)?))?;
            let seconds = days.unwrap_or(0).checked_mul(86_400)?.checked_add(clock)?;
            (seconds > NOTICE_S).then_some(TimeLimit { seconds })
        };
        read().ok_or_else(|| NotATimeLimit(text.to_owned()))
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, rest) = (self.seconds / 86_400, self.seconds % 86_400);
        if days > 0 {
            write!(f, "{days}-")?;
        }
        write!(f, "{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60)
    }
}

/// A word that `sbatch` takes as it is, without spaces, quotes and control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SbatchWord(String);

/// A word that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found \"{0}\"; expected a word without spaces, quotes, \\ and #")]
pub struct NotAWord(String);

impl FromStr for SbatchWord {
    type Err = NotAWord;

    fn from_str(text: &str) -> Result<Self, NotAWord> {
        let taken = |c: char| c.is_ascii_graphic() && !"\"'`\\#".contains(c);
        if !text.is_empty() && text.chars().all(taken) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAWord(text.to_owned()))
        }
    }
}

/// What the tasks ask of the cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    /// Options of `sbatch` and their values, such as `("partition", "gpu")`, in the order of the script.
    pub options: Vec<(&'static str, SbatchWord)>,
    /// The time limit; worked out from the expected time where left out.
    pub time: Option<TimeLimit>,
    /// Processor cores of a task; 1 where left out.
    pub cpus: Option<u32>,
    /// Tasks that run at the same time, at most.
    pub at_once: Option<u32>,
    /// Environment modules that a task loads.
    pub modules: Vec<String>,
}

/// A job array that does a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrayJob {
    /// The program, by its whole path.
    pub program: PathBuf,
    /// The sweep's folder, by its whole path.
    pub folder: PathBuf,
    /// How many shares the sweep has.
    pub shares: u32,
    /// The shares that are to be done, by number from 1, in order.
    pub tasks: Vec<u32>,
    /// Expected time of a task, s.
    pub task_s: f64,
    /// What the tasks ask for.
    pub resources: Resources,
}

/// A path that a script cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "found the path {0:?}; expected one in UTF-8 without quotes, \\ and control characters, which a script for sbatch cannot hold"
)]
pub struct UnwritablePath(PathBuf);

/// How many shares a sweep is done in: each of half an hour by estimate, of `seconds` in all, or of half the time limit where that is
/// shorter; no more than it has parts, nor than an array may have tasks.
pub fn shares_for(seconds: f64, parts: u64, time: Option<TimeLimit>, max_array_size: u32) -> u32 {
    let limit = time.map_or(f64::INFINITY, |time| (time.seconds - NOTICE_S) as f64 / 2.0);
    let tasks = (seconds / TASK_S.min(limit)).ceil().max(1.0);
    let most = parts.min(u64::from(most_tasks(max_array_size))).max(1);
    (tasks as u64).min(most) as u32
}

/// Tasks of an array at most, numbered from 1: every number is below `MaxArraySize`.
pub fn most_tasks(max_array_size: u32) -> u32 {
    max_array_size.saturating_sub(1).max(1)
}

/// `MaxArraySize` in what `scontrol show config` prints.
pub fn max_array_size(config: &str) -> Option<u32> {
    let mut settings = config.lines().filter_map(|line| line.split_once('='));
    let (_, value) = settings.find(|(name, _)| name.trim() == "MaxArraySize")?;
    value.trim().parse().ok()
}

/// The shares that have something missing, by number from 1.
///
/// # Errors
/// The dataset cannot be read.
pub fn missing_shares(plan: &Plan, sweep: &Path, shares: u32) -> Result<Vec<u32>, ExportError> {
    let done = Done::in_folder(sweep)?;
    let all = parts(plan);
    let missing = (1..=shares).filter(|&number| {
        let share = Share { number, of: shares };
        share.parts(all).any(|part| !done.has(&Part::of(plan, part)))
    });
    Ok(missing.collect())
}

/// What `squeue` says of tasks that are not over: their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Those that wait.
    pub queued: BTreeSet<u32>,
    /// Those that run.
    pub running: BTreeSet<u32>,
}

impl Queue {
    /// Reads lines of a task's number and its state, as `squeue --array --noheader --format "%K %T"` prints them.
    pub fn read(printed: &str) -> Self {
        let mut queue = Self::default();
        for line in printed.lines() {
            let mut words = line.split_whitespace();
            let (Some(Ok(task)), Some(state)) = (words.next().map(str::parse), words.next()) else {
                continue;
            };
            match state {
                "PENDING" | "CONFIGURING" | "REQUEUED" | "REQUEUE_FED" | "REQUEUE_HOLD" | "SPECIAL_EXIT"
                | "RESV_DEL_HOLD" => queue.queued.insert(task),
                "RUNNING" | "COMPLETING" | "SUSPENDED" | "STOPPED" | "SIGNALING" | "STAGE_OUT" | "RESIZING" => {
                    queue.running.insert(task)
                }
                // Over, whatever came of it: the dataset says what is missing.
                _ => false,
            };
        }
        queue
    }

    /// Whether a task waits or runs.
    pub fn has(&self, task: u32) -> bool {
        self.queued.contains(&task) || self.running.contains(&task)
    }
}

/// The file with the ids of the jobs that were submitted for a sweep.
pub fn jobs_file(sweep: &Path) -> PathBuf {
    sweep.join(SLURM).join(JOBS)
}

/// The name of the jobs of a sweep.
pub fn job_name(sweep: &Path) -> String {
    format!(
        "outgrowth-{}",
        slug(&sweep.file_name().unwrap_or_default().to_string_lossy())
    )
}

impl ArrayJob {
    /// The place of the script.
    pub fn path(&self) -> PathBuf {
        self.folder.join(SLURM).join(SCRIPT)
    }

    /// The time limit of a task.
    pub fn time(&self) -> TimeLimit {
        self.resources.time.unwrap_or_else(|| {
            let seconds = ((TIME_TO_SPARE * self.task_s) as u64).max(SHORTEST_LIMIT_S);
            TimeLimit {
                seconds: seconds.div_ceil(60) * 60,
            }
        })
    }

    /// Writes the script into the sweep's folder.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn write(&self, script: &str) -> Result<(), ExportError> {
        make_folder(&self.folder.join(SLURM))?;
        put_bytes(&self.path(), script.as_bytes())
    }

    /// The script.
    ///
    /// # Errors
    /// A path that it cannot hold.
    pub fn script(&self) -> Result<String, UnwritablePath> {
        let program = quoted(&self.program)?;
        let folder = quoted(&self.folder)?;
        let log = self.folder.join(SLURM).join("task-%a.log");
        // Slurm takes % for a pattern.
        let log = text_of(&log)?.replace('%', "%%").replace("task-%%a.log", "task-%a.log");
        let throttle = self
            .resources
            .at_once
            .map(|tasks| format!("%{tasks}"))
            .unwrap_or_default();
        let mut text = format!(
            "#!/bin/bash\n\
             # A sweep as a job array, a share a task; made by `outgrowth sweep --slurm`. What is done stands in the sweep's folder: a task\n\
             # that is submitted again does what is missing.\n\
             #SBATCH --job-name={}\n\
             #SBATCH --array={}{throttle}\n\
             #SBATCH --output=\"{log}\"\n\
             #SBATCH --open-mode=append\n\
             #SBATCH --requeue\n\
             #SBATCH --signal=B:USR1@{NOTICE_S}\n\
             #SBATCH --time={}\n\
             #SBATCH --cpus-per-task={}\n",
            job_name(&self.folder),
            ranges(&self.tasks),
            self.time(),
            self.resources.cpus.unwrap_or(1)
        );
        for (option, SbatchWord(value)) in &self.resources.options {
            let _ = writeln!(text, "#SBATCH --{option}={value}");
        }
        for module in &self.resources.modules {
            let _ = write!(text, "\nmodule load {}", shell_word(module));
        }
        let shares = self.shares;
        // Cards that were asked for are used, or the task says why not.
        let asks_for_gpus = self.resources.options.iter().any(|(option, _)| *option == "gpus");
        let need_gpu = if asks_for_gpus { " --need-gpu" } else { "" };
        let _ = write!(
            text,
            "
folder={folder}
share=$SLURM_ARRAY_TASK_ID/{shares}
files=$folder/readouts/share=$SLURM_ARRAY_TASK_ID-of-{shares}
done_parts() {{ find \"$files\" -name 'part-*.parquet' 2>/dev/null | wc -l; }}

# USR1 comes {minutes} min before the time limit, TERM when the task is to make room: the program is asked to end, which takes seconds.
worker=
interrupted=
at_limit=
stop() {{
    interrupted=yes
    if [ -n \"$worker\" ]; then kill -TERM \"$worker\" 2>/dev/null; fi
}}
trap 'at_limit=yes; stop' USR1
trap stop TERM

before=$(done_parts)
{program} work \"$folder\" --share \"$share\" --threads \"${{SLURM_CPUS_PER_TASK:-1}}\"{need_gpu} &
worker=$!
if [ -n \"$interrupted\" ]; then stop; fi
# A signal ends `wait` early; the status counts when none has.
while :; do
    interrupted=
    wait \"$worker\"
    status=$?
    if [ -z \"$interrupted\" ]; then break; fi
done

# {RESUMABLE}: stopped, with work left. A task that was cancelled, or that Slurm requeues itself, is no longer running.
if [ \"$status\" -eq {RESUMABLE} ]; then
    task=${{SLURM_ARRAY_JOB_ID}}_$SLURM_ARRAY_TASK_ID
    state=$(squeue --noheader --format=%T --jobs=\"$task\")
    if [ -n \"$at_limit\" ] && [ \"${{SLURM_RESTART_COUNT:-0}}\" -gt 0 ] && [ \"$(done_parts)\" -le \"$before\" ]; then
        echo \"share $share: nothing was done within the time limit, twice: give more by --time\" >&2
    elif [ \"$state\" = RUNNING ]; then
        echo \"share $share: requeued\" >&2
        scontrol requeue \"$task\"
    fi
fi
exit \"$status\"
",
            minutes = NOTICE_S / 60
        );
        Ok(text)
    }
}

/// Numbers as `sbatch --array` takes them: `1-4,7`.
fn ranges(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let told = ranges.iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    });
    told.collect::<Vec<String>>().join(",")
}

/// A path that both `#SBATCH` lines and quotes can hold.
fn text_of(path: &Path) -> Result<&str, UnwritablePath> {
    let taken = |c: char| !c.is_control() && !"\"'\\".contains(c);
    let text = path.to_str().filter(|text| text.chars().all(taken));
    text.ok_or_else(|| UnwritablePath(path.to_owned()))
}

fn quoted(path: &Path) -> Result<String, UnwritablePath> {
    text_of(path).map(shell_word)
}

/// A text as a word of the shell.
pub fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
