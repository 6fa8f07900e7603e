//! The source of a scenario: a file, one that is built in, or a link.

use super::Common;
use super::input::{read_at_most, read_regular};
use super::memory::memory_to_spare;
use crate::export::contents::RUN_RECORD;
use crate::link::{SharedExperiment, SharedView, is_link};
use crate::scenario::{self, MOST_FILE_BYTES, Mistake, Scenario, Surroundings, builtin, builtin_file};
use crate::sweep::SweepFile;
use std::path::{Path, PathBuf};

/// Longer texts are no scenario.
pub const MOST_TEXT_BYTES: u64 = 16_000_000;

/// A scenario's text and where it was found.
#[derive(Clone, Debug)]
pub struct ScenarioSource {
    /// Its name in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where the files lie that it names.
    place: SourcePlace,
}

/// The place of the files that a scenario names.
#[derive(Clone, Debug)]
enum SourcePlace {
    /// A folder.
    Folder(PathBuf),
    /// The program.
    BuiltIn,
    /// The link that the scenario came with.
    Link(Box<SharedExperiment>),
}

impl ScenarioSource {
    /// The reference plate that is built in.
    pub fn reference_plate() -> Self {
        let reference = &scenario::BUILTIN[0];
        Self {
            name: format!("{}.toml", reference.name),
            text: reference.text.to_owned(),
            place: SourcePlace::BuiltIn,
        }
    }

    /// Finds a scenario: a file of that name, else the built-in one, else that of a link.
    ///
    /// # Errors
    /// A sentence for the user, when there is none of them, the file is no text or longer than [`MOST_TEXT_BYTES`], or the link cannot be
    /// read.
    pub fn find(file: &str) -> Result<Self, String> {
        match read_at_most(Path::new(file), MOST_TEXT_BYTES) {
            Ok(bytes) => Self::of_bytes(Path::new(file), bytes),
            Err(_) if is_link(file) => Self::of_link(file),
            Err(problem) => Self::builtin(file).ok_or_else(|| no_such_scenario(file, &problem)),
        }
    }

    /// Takes a scenario from a link.
    ///
    /// # Errors
    /// A sentence for the user, when the link cannot be read.
    pub fn of_link(link: &str) -> Result<Self, String> {
        let experiment = SharedExperiment::from_link(link).map_err(|problem| problem.to_string())?;
        Ok(Self {
            name: "link".to_owned(),
            text: experiment.text.clone(),
            place: SourcePlace::Link(Box::new(experiment)),
        })
    }

    /// The folder in which the files lie that it names; `None` where they came with it.
    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            SourcePlace::Folder(folder) => Some(folder),
            SourcePlace::BuiltIn | SourcePlace::Link(_) => None,
        }
    }

    /// This with another text.
    #[cfg(feature = "window")]
    pub fn with_text(&self, text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..self.clone()
        }
    }

    /// How it is looked at, where it came with a link that says so.
    pub fn view(&self) -> Option<&SharedView> {
        match &self.place {
            SourcePlace::Link(experiment) => Some(&experiment.view),
            SourcePlace::Folder(_) | SourcePlace::BuiltIn => None,
        }
    }

    /// The built-in scenario of this name.
    pub fn builtin(name: &str) -> Option<Self> {
        let builtin = builtin(name)?;
        Some(Self {
            name: format!("{}.toml", builtin.name),
            text: builtin.text.to_owned(),
            place: SourcePlace::BuiltIn,
        })
    }

    /// Takes a scenario from a file.
    ///
    /// # Errors
    /// A sentence for the user, as of [`ScenarioSource::find`].
    #[cfg(feature = "window")]
    pub fn of_file(file: &Path) -> Result<Self, String> {
        // Nothing here may wait: a window does not wait for a pipe.
        let bytes = read_regular(file, MOST_TEXT_BYTES)
            .map_err(|problem| format!("{}: {problem}{}", file.display(), scenario_in(file)))?;
        Self::of_bytes(file, bytes)
    }

    fn of_bytes(file: &Path, bytes: Vec<u8>) -> Result<Self, String> {
        if file.file_name().is_some_and(|name| name == RUN_RECORD)
            && let Some(folder) = file.parent()
            && !scenario_in(folder).is_empty()
        {
            return Err(format!(
                "{}: found the record of a run{}",
                file.display(),
                scenario_in(folder)
            ));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self {
                name: file.display().to_string(),
                text,
                place: SourcePlace::Folder(file.parent().map(Path::to_path_buf).unwrap_or_default()),
            }),
            Err(problem) => {
                let line = 1 + problem.as_bytes()[..problem.utf8_error().valid_up_to()]
                    .iter()
                    .filter(|&&byte| byte == b'\n')
                    .count();
                Err(format!(
                    "{}:{line}: found bytes that are no text; expected UTF-8",
                    file.display()
                ))
            }
        }
    }

    /// Reads the scenario, with the overrides of the command line, as far as the memory of this machine goes.
    ///
    /// # Errors
    /// Every mistake in the scenario.
    pub fn read(&self, common: &Common) -> Result<Scenario, scenario::Mistakes> {
        let surroundings = Surroundings {
            file: Box::new(|name| self.read_file(name)),
            memory_bytes: memory_to_spare(),
        };
        let read = scenario::read(&self.text, &self.name, &common.overrides(), &surroundings);
        read.map_err(|mistakes| match SweepFile::read(&self.text, &self.name) {
            Ok(None) => mistakes,
            _ => scenario::Mistakes::from(Mistake {
                place: self.name.clone(),
                key: String::new(),
                found: "a sweep file, which names a scenario".to_owned(),
                expected: "a scenario; `outgrowth sweep`, `plan` and `sweep --slurm` take a sweep file".to_owned(),
                nearest: None,
            }),
        })
    }

    /// Reads a file that the scenario names.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    pub fn read_file(&self, name: &str) -> Result<Vec<u8>, String> {
        match &self.place {
            SourcePlace::Folder(folder) => read_regular(&folder.join(name), MOST_FILE_BYTES),
            SourcePlace::BuiltIn => builtin_file(name),
            SourcePlace::Link(experiment) => experiment.file(name),
        }
    }
}

/// Where the scenario of a result lies, if `folder` is one.
fn scenario_in(folder: &Path) -> String {
    let inside = folder.join("scenario").join("scenario.toml");
    if inside.is_file() {
        format!("; its scenario is {}", inside.display())
    } else {
        String::new()
    }
}

fn no_such_scenario(file: &str, problem: &std::io::Error) -> String {
    let names: Vec<&str> = scenario::BUILTIN.iter().map(|builtin| builtin.name).collect();
    let suggestion = scenario::mistake::nearest(file, names.iter().copied())
        .map(|near| format!(" (did you mean \"{near}\"?)"))
        .unwrap_or_default();
    format!(
        "{file}: {problem}{}; expected a scenario file, a link, or one of {}{suggestion}{}",
        scenario_in(Path::new(file)),
        names.join(", "),
        lost_of_link(file)
    )
}

/// What is missing of a text that looks like a piece of a link; nothing of any other.
fn lost_of_link(text: &str) -> &'static str {
    let begins_as_one = |text: &str| text.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("v1."));
    if begins_as_one(text.trim_start_matches('#')) {
        "; a link begins with \"#v1.\", and stands in quotes"
    } else if text.contains("://") {
        "; an address holds the experiment behind its #: copy all of it, and put it in quotes"
    } else {
        ""
    }
}
