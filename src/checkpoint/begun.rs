//! The input of a run: scenario, files, engine and options, so that it can go on, or begin anew, without any word from the user.

use crate::engine::{EngineChoice, EngineKind};
use crate::export::ExportError;
use crate::export::contents::{BEGUN, BROUGHT};
use crate::export::durable::write_synced;
use crate::model::word::Word;
use crate::readout::RESULTS_VERSION;
use crate::scenario::{self, Leave, NamedFile, Override, Scenario, Surroundings};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// The contents of `begun.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// The program's name.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The number of the results that it gives.
    pub results_version: u32,
    /// When the run was begun (RFC 3339).
    pub started: String,
    /// Name of the scenario's file, for messages.
    pub file: String,
    /// The scenario.
    pub scenario: String,
    /// Overrides of the command line.
    pub overrides: Vec<String>,
    /// The files that the scenario names, by these names; the first is kept as `file-1`, and so on.
    pub files: Vec<String>,
    /// The engine that was asked for.
    pub engine: String,
    /// Part of the adapter's name that was asked for.
    pub adapter: Option<String>,
    /// The files that are to be left.
    pub leave: Leave,
    /// Whether a movie was asked for, which is not gone on with.
    pub movie: bool,
}

impl Begun {
    /// A run of `scenario`, read from `file`, that begins now.
    pub fn now(scenario: &Scenario, file: &str, engine: &EngineChoice, movie: bool, started: String) -> Self {
        Self {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            results_version: RESULTS_VERSION,
            started,
            file: file.to_owned(),
            scenario: scenario.text.clone(),
            overrides: scenario.overrides.iter().map(ToString::to_string).collect(),
            files: scenario.files.iter().map(|file| file.name.clone()).collect(),
            engine: engine.kind.word().to_owned(),
            adapter: engine.adapter.clone(),
            leave: scenario.record.leave,
            movie,
        }
    }

    /// Writes it and the files that the scenario names into a folder, itself last.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(&self, folder: &Path, files: &[NamedFile]) -> Result<(), ExportError> {
        for (number, file) in files.iter().enumerate() {
            write_synced(&folder.join(format!("{BROUGHT}{}", number + 1)), &file.bytes)?;
        }
        let text = serde_json::to_string_pretty(self)? + "\n";
        write_synced(&folder.join(BEGUN), text.as_bytes())
    }

    /// Reads it from a folder.
    ///
    /// # Errors
    /// It is not there or not whole; a sentence for the user.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join(BEGUN);
        let bytes = fs::read(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let begun: Self =
            serde_json::from_slice(&bytes).map_err(|error| format!("{} is damaged: {error}", path.display()))?;
        if begun.program != env!("CARGO_PKG_NAME") {
            return Err(format!(
                "{} is of {:?}, not of outgrowth",
                path.display(),
                begun.program
            ));
        }
        Ok(begun)
    }

    /// The scenario, from the text and the files that are kept in `folder`.
    ///
    /// # Errors
    /// The mistakes of the scenario, as this version of the program reads it.
    pub fn scenario(&self, folder: &Path, memory_bytes: Option<u64>) -> Result<Scenario, String> {
        let overrides: Result<Vec<Override>, String> = self
            .overrides
            .iter()
            .map(|change| change.parse().map_err(|problem| format!("{change}: {problem}")))
            .collect();
        let surroundings = Surroundings {
            file: Box::new(|name| {
                let known = self.files.iter().position(|known| known == name);
                let number = known.ok_or_else(|| "it was not kept".to_owned())? + 1;
                fs::read(folder.join(format!("{BROUGHT}{number}"))).map_err(|error| error.to_string())
            }),
            memory_bytes,
        };
        let read = scenario::read(&self.scenario, &self.file, &overrides?, &surroundings);
        let mut scenario = read.map_err(|mistakes| mistakes.to_string())?;
        scenario.record.leave = self.leave;
        Ok(scenario)
    }

    /// The engine that was asked for.
    pub fn engine(&self) -> EngineChoice {
        EngineChoice {
            kind: EngineKind::from_word(&self.engine).unwrap_or_default(),
            adapter: self.adapter.clone(),
            ..EngineChoice::default()
        }
    }
}
