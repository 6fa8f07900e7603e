//! `--share auto`: the share of a task, from the variables that job arrays are numbered by.
//!
//! | system | source |
//! |---|---|
//! | Slurm | `man sbatch`, "OUTPUT ENVIRONMENT VARIABLES" |
//! | HyperQueue | its documentation, "Task arrays": `HQ_TASK_ID` is the number as `--array` gives it |
//! | PBS Pro, OpenPBS | User's Guide, "Job Arrays": `PBS_ARRAY_INDEX` is the number as `-J` gives it |
//! | Torque | Administrator Guide, "Job Arrays": `PBS_ARRAYID` is the number as `-t` gives it |
//! | Grid Engine | `man qsub`, `-t`: numbers from 1 at least; `SGE_TASK_ID` is "undefined" where there is no array |
//! | LSF | Reference, "Environment variables": `LSB_JOBINDEX` from 1, and 0 where there is no array |
//! | Kubernetes | "Indexed Job for Parallel Processing": `JOB_COMPLETION_INDEX` from 0 to completions − 1 |
//! | AWS Batch | User Guide, "Job environment variables": `AWS_BATCH_JOB_ARRAY_INDEX` begins at 0 |
//! | GNU parallel | `man parallel`, "ENVIRONMENT VARIABLES": `PARALLEL_SEQ` is `{#}`, from 1 |

use super::part::{NotAShare, Share};
use std::fmt::Write;
use std::str::FromStr;

/// A share as the command line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareChoice {
    /// By the variables of the array that the program is a task of.
    Auto,
    /// This one.
    Given(Share),
}

impl FromStr for ShareChoice {
    type Err = NotAShare;

    fn from_str(text: &str) -> Result<Self, NotAShare> {
        match text {
            "auto" => Ok(Self::Auto),
            text => text.parse().map(Self::Given),
        }
    }
}

/// A number that is always the same, or a variable that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// This number.
    Fixed(u64),
    /// A variable, which is always set where there is an array.
    Variable(&'static str),
}

/// The extent of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A variable with how many tasks there are.
    Count(&'static str),
    /// A variable with the number of the last task.
    Last(&'static str),
    /// As many as the plan has shares: the system does not say.
    Planned,
}

/// The variables by which a system numbers the tasks of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrayVariables {
    /// The system.
    pub system: &'static str,
    /// The variable with the number of a task.
    pub number: &'static str,
    /// The number of the first task.
    pub first: Bound,
    /// The variable with the distance from one number to the next; 1 where there is none, or it is not set.
    pub step: Option<&'static str>,
    /// How many tasks there are.
    pub extent: Extent,
    /// A value of the number that says that there is no array.
    pub none: Option<&'static str>,
    /// An option that makes an array of four tasks.
    pub option: &'static str,
}

/// Every system that is known.
pub const SYSTEMS: [ArrayVariables; 9] = [
    ArrayVariables {
        system: "Slurm",
        number: "SLURM_ARRAY_TASK_ID",
        first: Bound::Variable("SLURM_ARRAY_TASK_MIN"),
        step: Some("SLURM_ARRAY_TASK_STEP"),
        extent: Extent::Count("SLURM_ARRAY_TASK_COUNT"),
        none: None,
        option: "sbatch --array=1-4",
    },
    ArrayVariables {
        system: "HyperQueue",
        number: "HQ_TASK_ID",
        first: Bound::Fixed(1),
        step: None,
        extent: Extent::Planned,
        none: None,
        option: "hq submit --array 1-4",
    },
    ArrayVariables {
        system: "PBS Pro, OpenPBS",
        number: "PBS_ARRAY_INDEX",
        first: Bound::Fixed(1),
        step: None,
        extent: Extent::Planned,
        none: None,
        option: "qsub -J 1-4",
    },
    ArrayVariables {
        system: "Torque",
        number: "PBS_ARRAYID",
        first: Bound::Fixed(1),
        step: None,
        extent: Extent::Planned,
        none: None,
        option: "qsub -t 1-4",
    },
    ArrayVariables {
        system: "Grid Engine",
        number: "SGE_TASK_ID",
        first: Bound::Variable("SGE_TASK_FIRST"),
        step: Some("SGE_TASK_STEPSIZE"),
        extent: Extent::Last("SGE_TASK_LAST"),
        none: Some("undefined"),
        option: "qsub -t 1-4",
    },
    ArrayVariables {
        system: "LSF",
        number: "LSB_JOBINDEX",
        first: Bound::Fixed(1),
        step: None,
        extent: Extent::Planned,
        none: Some("0"),
        option: "bsub -J \"sweep[1-4]\"",
    },
    ArrayVariables {
        system: "Kubernetes",
        number: "JOB_COMPLETION_INDEX",
        first: Bound::Fixed(0),
        step: None,
        extent: Extent::Planned,
        none: None,
        option: "completionMode: Indexed, completions: 4",
    },
    ArrayVariables {
        system: "AWS Batch",
        number: "AWS_BATCH_JOB_ARRAY_INDEX",
        first: Bound::Fixed(0),
        step: None,
        extent: Extent::Count("AWS_BATCH_JOB_ARRAY_SIZE"),
        none: None,
        option: "--array-properties size=4",
    },
    ArrayVariables {
        system: "GNU parallel",
        number: "PARALLEL_SEQ",
        first: Bound::Fixed(1),
        step: None,
        extent: Extent::Planned,
        none: None,
        option: "parallel … ::: 1 2 3 4",
    },
];

/// Why there is no share.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoShare {
    /// No variable of an array is set.
    #[error(
        "--share auto: found none of {}; expected one of them, as the task of an array has it, or a share such as --share 1/4",
        looked_for()
    )]
    NoArray,
    /// A variable holds something else.
    #[error("--share auto: found {variable}={found} ({system}); expected {expected}")]
    Wrong {
        /// The system.
        system: &'static str,
        /// The variable.
        variable: &'static str,
        /// Its value.
        found: String,
        /// What is accepted.
        expected: String,
    },
    /// Several systems number the task, each otherwise.
    #[error(
        "--share auto: found {0}; expected one of them alone: say which by a share such as --share \"$HQ_TASK_ID/4\""
    )]
    Several(String),
}

fn looked_for() -> String {
    let names: Vec<&str> = SYSTEMS.iter().map(|system| system.number).collect();
    names.join(", ")
}

/// The share of a task, and the variable that gave it its number. `variable` looks a variable up; `planned` is the number of shares of
/// the plan, from 1.
///
/// # Errors
/// No such variable is set, one holds no number of a share, or several systems give different shares.
pub fn share_of_task(
    variable: impl Fn(&str) -> Option<String>,
    planned: u32,
) -> Result<(Share, &'static str), NoShare> {
    let mut found: Vec<(Share, &'static ArrayVariables)> = Vec::new();
    for system in &SYSTEMS {
        let number = variable(system.number).filter(|number| system.none != Some(number.trim()));
        if let Some(number) = number.filter(|number| !number.trim().is_empty()) {
            found.push((system.share(&number, &variable, planned)?, system));
        }
    }
    let (share, by) = *found.first().ok_or(NoShare::NoArray)?;
    if found.iter().all(|(other, _)| *other == share) {
        return Ok((share, by.number));
    }
    let mut told = String::new();
    for (at, (share, system)) in found.iter().enumerate() {
        let and = if at == 0 { "" } else { " and " };
        let _ = write!(told, "{and}the share {share} of {} ({})", system.number, system.system);
    }
    Err(NoShare::Several(told))
}

impl ArrayVariables {
    fn share(&self, number: &str, variable: &impl Fn(&str) -> Option<String>, planned: u32) -> Result<Share, NoShare> {
        let read = |name: &'static str, text: Option<String>| {
            let read = text.as_deref().map(str::trim).and_then(|text| text.parse::<u64>().ok());
            read.ok_or_else(|| self.wrong(name, text.unwrap_or_default(), "a whole number".to_owned()))
        };
        let number = read(self.number, Some(number.to_owned()))?;
        let first = match self.first {
            Bound::Fixed(first) => first,
            Bound::Variable(name) => read(name, variable(name))?,
        };
        let step = match self.step.and_then(|name| Some((name, variable(name)?))) {
            Some((name, text)) => read(name, Some(text))?.max(1),
            None => 1,
        };
        let of = match self.extent {
            Extent::Count(name) => read(name, variable(name))?,
            Extent::Last(name) => read(name, variable(name))?.saturating_sub(first) / step + 1,
            Extent::Planned => u64::from(planned),
        };
        let ahead = number.checked_sub(first);
        let share = ahead.filter(|ahead| ahead.is_multiple_of(step) && ahead / step < of);
        let share = share.and_then(|ahead| {
            Some(Share {
                number: u32::try_from(ahead / step + 1).ok()?,
                of: u32::try_from(of).ok()?,
            })
        });
        share.ok_or_else(|| {
            let last = first.saturating_add(step.saturating_mul(of.saturating_sub(1)));
            let of = match self.extent {
                Extent::Planned => format!(", the {of} shares of the plan"),
                _ => format!(", {of} tasks without gaps"),
            };
            self.wrong(self.number, number.to_string(), format!("{first} to {last}{of}"))
        })
    }

    fn wrong(&self, variable: &'static str, found: String, expected: String) -> NoShare {
        NoShare::Wrong {
            system: self.system,
            variable,
            found,
            expected,
        }
    }
}

/// The systems as a table for a document.
pub fn systems_in_markdown() -> String {
    let mut text = "| system | number of a task | first | how many | such as |\n|---|---|---|---|---|\n".to_owned();
    for system in &SYSTEMS {
        let first = match system.first {
            Bound::Fixed(first) => first.to_string(),
            Bound::Variable(name) => format!("`{name}`"),
        };
        let many = match system.extent {
            Extent::Count(name) => format!("`{name}`"),
            Extent::Last(name) => format!("up to `{name}`"),
            Extent::Planned => "the plan's shares".to_owned(),
        };
        let _ = writeln!(
            text,
            "| {} | `{}` | {first} | {many} | `{}` |",
            system.system, system.number, system.option
        );
    }
    text
}
