//! Parts of a sweep's dataset: the runs of a part are done together, and its file, which has their numbers in its name, is the record
//! that they are done.

use super::locks::{SweepLock, hold, share_places};
use super::plan::Plan;
use super::whole_file::{clear_of, make_folder};
use crate::export::ExportError;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The folder of the readouts in a sweep's folder.
pub const READOUTS: &str = "readouts";
/// The folder beside it with files that hold the runs of several and are to take their place: each is whole.
pub const MERGED: &str = "merged";

/// A share of the work: `2/4` is the second quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Its number, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

/// A share that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found \"{0}\"; expected a share such as 1/4, the first of four, or auto")]
pub struct NotAShare(String);

impl FromStr for Share {
    type Err = NotAShare;

    fn from_str(text: &str) -> Result<Self, NotAShare> {
        let read = || {
            let (number, of) = text.split_once('/')?;
            let share = Share {
                number: number.trim().parse().ok()?,
                of: of.trim().parse().ok()?,
            };
            (1..=share.of).contains(&share.number).then_some(share)
        };
        read().ok_or_else(|| NotAShare(text.to_owned()))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Share {
    /// All of the work.
    pub const ALL: Share = Share { number: 1, of: 1 };

    /// The folder of its files.
    pub fn folder(&self, sweep: &Path) -> PathBuf {
        sweep
            .join(READOUTS)
            .join(format!("share={}-of-{}", self.number, self.of))
    }

    /// The folder of its files, which is made where there is none.
    ///
    /// # Errors
    /// The sweep's folder cannot be written to, or is gone.
    pub fn make_folder(&self, sweep: &Path) -> Result<PathBuf, ExportError> {
        let folder = self.folder(sweep);
        make_folder(&sweep.join(READOUTS))?;
        make_folder(&folder)?;
        Ok(folder)
    }

    /// Its parts of `parts`, by number from 0: neighbours, so that their files can be put together.
    pub fn parts(&self, parts: u64) -> std::ops::Range<u64> {
        let bound = |share: u32| (u128::from(parts) * u128::from(share) / u128::from(self.of)) as u64;
        bound(self.number - 1)..bound(self.number)
    }
}

/// A part: neighbouring runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The numbers of its runs.
    pub runs: RangeInclusive<u64>,
    digits: usize,
}

impl Part {
    /// The part of a plan with this number, from 0.
    pub fn of(plan: &Plan, number: u64) -> Self {
        let size = plan.contract.runs_per_part;
        let first = number * size + 1;
        Self::between(plan, first, (first + size - 1).min(plan.runs()))
    }

    /// Neighbouring runs of a plan.
    pub fn between(plan: &Plan, first: u64, last: u64) -> Self {
        Self {
            runs: first..=last,
            digits: plan.runs().to_string().len(),
        }
    }

    /// How many runs it has.
    pub fn count(&self) -> u64 {
        self.runs.end() + 1 - self.runs.start()
    }

    /// The name of its file, without the ending.
    pub fn name(&self) -> String {
        let (first, last, digits) = (self.runs.start(), self.runs.end(), self.digits);
        format!("part-{first:0digits$}-{last:0digits$}")
    }

    /// The path of its file in a folder.
    pub fn path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.parquet", self.name()))
    }

    /// Takes hold of the part for as long as what is returned lives; `None` where another worker has it. Where a file system has no
    /// locks the work goes on without: whoever does it too leaves the same bits.
    ///
    /// # Errors
    /// The sweep's folder cannot be written to.
    pub fn hold(&self, sweep: &Path) -> Result<Option<SweepLock>, ExportError> {
        hold(sweep, &self.name())
    }

    /// Removes what killed workers have left of its files.
    ///
    /// # Errors
    /// The sweep's folder cannot be read.
    pub fn clear(&self, sweep: &Path) -> Result<(), ExportError> {
        for folder in folders(sweep)? {
            clear_of(&folder, |name| {
                runs_of(name).is_some_and(|runs| is_within(&runs, &self.runs))
            });
        }
        Ok(())
    }
}

/// Whether all of some runs are among others.
pub fn is_within(runs: &RangeInclusive<u64>, others: &RangeInclusive<u64>) -> bool {
    others.start() <= runs.start() && runs.end() <= others.end()
}

/// How many parts a plan has.
pub fn parts(plan: &Plan) -> u64 {
    plan.runs().div_ceil(plan.contract.runs_per_part)
}

/// A file of the dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartFile {
    /// The runs in it.
    pub runs: RangeInclusive<u64>,
    /// Where it is.
    pub path: PathBuf,
}

/// The files of a sweep's dataset, in the order of their first run, the longer before the shorter.
///
/// # Errors
/// A folder cannot be read.
pub fn files(sweep: &Path) -> Result<Vec<PartFile>, ExportError> {
    files_in(&folders(sweep)?)
}

/// The files that are to take the place of several others, where whoever put them together was killed.
///
/// # Errors
/// The folder cannot be read.
pub fn merged_files(sweep: &Path) -> Result<Vec<PartFile>, ExportError> {
    files_in(&[sweep.join(MERGED)])
}

fn files_in(folders: &[PathBuf]) -> Result<Vec<PartFile>, ExportError> {
    let mut files = Vec::new();
    for folder in folders {
        for path in entries(folder)? {
            let runs = path.file_name().and_then(|name| name.to_str()).and_then(runs_of);
            files.extend(runs.map(|runs| PartFile { runs, path }));
        }
    }
    files.sort_by_key(|file| {
        (
            *file.runs.start(),
            std::cmp::Reverse(*file.runs.end()),
            file.path.clone(),
        )
    });
    Ok(files)
}

/// The folders of the shares that have files.
///
/// # Errors
/// The sweep's folder cannot be read.
pub fn folders(sweep: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let mut folders = entries(&sweep.join(READOUTS))?;
    folders.retain(|folder| folder.is_dir());
    Ok(folders)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let found = match fs::read_dir(folder) {
        Err(problem) if problem.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        found => found.map_err(ExportError::io("read", folder))?,
    };
    found
        .map(|entry| Ok(entry.map_err(ExportError::io("read", folder))?.path()))
        .collect()
}

/// The runs in a file, by its name.
fn runs_of(name: &str) -> Option<RangeInclusive<u64>> {
    let (first, last) = name.strip_prefix("part-")?.strip_suffix(".parquet")?.split_once('-')?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (1 <= first && first <= last).then_some(first..=last)
}

/// The runs that are done, by the files that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// In order, and apart from each other.
    stretches: Vec<RangeInclusive<u64>>,
}

impl Done {
    /// What the files of a sweep's folder say.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn in_folder(sweep: &Path) -> Result<Self, ExportError> {
        let mut done = Self::default();
        if !sweep.join(READOUTS).is_dir() {
            return Ok(done);
        }
        let _places = share_places(sweep);
        let mut folders = folders(sweep)?;
        folders.push(sweep.join(MERGED));
        for PartFile { runs, .. } in files_in(&folders)? {
            match done.stretches.last_mut() {
                Some(last) if *runs.start() <= last.end() + 1 => {
                    *last = *last.start()..=*last.end().max(runs.end());
                }
                _ => done.stretches.push(runs),
            }
        }
        Ok(done)
    }

    /// Whether a part is.
    pub fn has(&self, part: &Part) -> bool {
        self.stretch_at(*part.runs.start())
            .is_some_and(|stretch| is_within(&part.runs, stretch))
    }

    /// The runs of a part that are not.
    pub fn missing(&self, part: &Part) -> Vec<u64> {
        let is_missing = |run: &u64| self.stretch_at(*run).is_none_or(|stretch| !stretch.contains(run));
        part.runs.clone().filter(is_missing).collect()
    }

    /// The first stretch that does not end before a run.
    fn stretch_at(&self, run: u64) -> Option<&RangeInclusive<u64>> {
        self.stretches
            .get(self.stretches.partition_point(|stretch| *stretch.end() < run))
    }
}

/// How many runs a share has, and how many of them are done.
///
/// # Errors
/// The sweep's folder cannot be read.
pub fn runs_of_share(plan: &Plan, sweep: &Path, share: Share) -> Result<(u64, u64), ExportError> {
    let done = Done::in_folder(sweep)?;
    let all = share.parts(parts(plan)).map(|number| Part::of(plan, number));
    Ok(all.fold((0, 0), |(runs, finished), part| {
        let missing = done.missing(&part).len() as u64;
        (runs + part.count(), finished + part.count() - missing)
    }))
}
