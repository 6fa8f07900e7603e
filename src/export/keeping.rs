//! Results on their way to disk: readouts are written as they are taken, the rest at the end. Where the place for them
//! takes no more, another is found; where none does, what was written stays and says that it is partial.

use super::contents::{self, READOUTS, parent};
use super::error::ExportError;
use super::folder::ResultFolder;
use super::leftovers::settle_leftovers;
use super::outcome::Results;
use super::results::write_streamed;
use super::stream::RowStream;
use super::table::Label;
use crate::readout::recorder::{Readouts, Row};
use std::fs;
use std::path::{Path, PathBuf};

/// The files that a movie may be, which go where the results have no room beside them.
const MOVIES: [&str; 2] = ["movie.gif", "movie.mp4"];

/// Names that are tried in another place.
const NAMES_ELSEWHERE: u32 = 1000;

/// A result whose readouts stream to disk.
#[derive(Debug)]
pub struct Keeping {
    folder: ResultFolder,
    stream: RowStream,
    /// The folder that was asked for.
    destination: PathBuf,
    /// Why it is not written there any more.
    refused: Option<String>,
    /// Folders in which there may be room otherwise.
    elsewhere: Vec<PathBuf>,
    said: Vec<String>,
}

/// Folders in which there may be room where the one asked for has none: the working folder, the user's own, and the one for
/// temporary files.
pub fn other_places() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    let places = [
        std::env::current_dir().ok(),
        home.map(PathBuf::from),
        Some(std::env::temp_dir()),
    ];
    places
        .into_iter()
        .flatten()
        .filter(|place| place.is_absolute() && place.is_dir())
        .collect()
}

/// Writes all files of a run to `destination`, which is there whole or not at all. What a killed run has left beside it is
/// settled first.
///
/// # Errors
/// The destination holds an earlier result and `force` is not set, or something that is no result; what was there before stays
/// as it was. Or the file system refuses; the results are then in another place ([`other_places`]), and the error says where.
pub fn save(destination: &Path, force: bool, results: &Results<'_>) -> Result<PathBuf, ExportError> {
    for sentence in settle_leftovers(destination) {
        tracing::warn!("{sentence}");
    }
    let folder = ResultFolder::begin(destination, force)?;
    let mut keeping = Keeping::begin(folder, results.readouts, &results.record.labels, other_places())?;
    keeping.add_anywhere(results.readouts, &results.readouts.rows)?;
    let (kept, sentences) = keeping.finish(results);
    for sentence in sentences {
        tracing::warn!("{sentence}");
    }
    kept
}

impl Keeping {
    /// Begins the table of readouts in `folder`, with the columns that label the run. `elsewhere` are folders in which there may
    /// be room otherwise.
    ///
    /// # Errors
    /// The table cannot be begun.
    pub fn begin(
        folder: ResultFolder,
        readouts: &Readouts,
        labels: &[Label],
        elsewhere: Vec<PathBuf>,
    ) -> Result<Self, ExportError> {
        Ok(Self {
            stream: RowStream::begin(folder.path(), readouts, labels)?,
            destination: folder.destination().to_owned(),
            folder,
            refused: None,
            elsewhere,
            said: Vec::new(),
        })
    }

    /// The folder to write into.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Sentences about what has become of the results, each once.
    pub fn take_sentences(&mut self) -> Vec<String> {
        std::mem::take(&mut self.said)
    }

    /// Writes rows; those that were written already are left out.
    ///
    /// # Errors
    /// The disk refuses; the rows may be given again.
    pub fn add(&mut self, readouts: &Readouts, rows: &[Row]) -> Result<(), ExportError> {
        self.stream.add(readouts, rows)
    }

    /// The same, in another place where this one refuses. What was written here goes there.
    ///
    /// # Errors
    /// No place takes the rows.
    pub fn add_anywhere(&mut self, readouts: &Readouts, rows: &[Row]) -> Result<(), ExportError> {
        let Err(error) = self.add(readouts, rows) else {
            return Ok(());
        };
        for mut folder in elsewhere(&self.destination, &self.elsewhere) {
            // A folder that cannot be used is removed as it is dropped.
            let Ok(mut stream) = self.stream.copy_to(folder.path()) else {
                continue;
            };
            if stream.add(readouts, rows).is_ok() {
                self.said.push(format!(
                    "{error}; the results go to {} from now on",
                    folder.destination().display()
                ));
                self.refused.get_or_insert(error.to_string());
                std::mem::swap(&mut self.folder, &mut folder);
                self.stream = stream;
                return Ok(());
            }
        }
        Err(error)
    }

    /// Writes all files of a run and gives their folder its name. Returns also what there is to say about it.
    ///
    /// # Errors
    /// The results could not be put where they were asked for; the error says where they are, whole or partial.
    pub fn finish(mut self, results: &Results<'_>) -> (Result<PathBuf, ExportError>, Vec<String>) {
        let mut written = self.write(results);
        if written.is_err() && self.remove_movies() {
            self.said
                .push("no movie: there was no room for it beside the results".to_owned());
            written = self.write(results);
        }
        let said = self.take_sentences();
        let kept = match written {
            Ok(()) => self.take_place(),
            Err(error) => Err(self.save_what_can_be_saved(results, &error)),
        };
        (kept, said)
    }

    fn take_place(self) -> Result<PathBuf, ExportError> {
        let (destination, refused) = (self.destination, self.refused);
        let lies = self.folder.take_place()?;
        match refused {
            None => Ok(lies),
            Some(why) => Err(ExportError::Kept { destination, lies, why }),
        }
    }

    fn write(&mut self, results: &Results<'_>) -> Result<(), ExportError> {
        write_streamed(self.folder.path(), results, &mut self.stream)?;
        self.folder.sync()
    }

    /// Removes a movie, so that there is room for the rest. Returns whether there was one.
    fn remove_movies(&self) -> bool {
        let removed = MOVIES.map(|name| fs::remove_file(self.folder.path().join(name)).is_ok());
        removed.contains(&true)
    }

    /// Writes the results elsewhere, or leaves what was written.
    fn save_what_can_be_saved(mut self, results: &Results<'_>, error: &ExportError) -> ExportError {
        let destination = self.destination.clone();
        let why = error.to_string();
        let mut tried = String::new();
        for folder in elsewhere(&destination, &self.elsewhere) {
            let place = folder.destination().to_owned();
            let written = self
                .stream
                .copy_to(folder.path())
                .and_then(|mut stream| write_streamed(folder.path(), results, &mut stream))
                .and_then(|()| folder.sync())
                .and_then(|()| folder.take_place());
            match written {
                Ok(lies) | Err(ExportError::Kept { lies, .. }) => {
                    return ExportError::Kept { destination, lies, why };
                }
                Err(problem) => tried += &format!("; nor to {}: {problem}", place.display()),
            }
        }
        if !self.folder.path().is_dir() {
            return ExportError::Lost {
                destination,
                why: why + &tried,
            };
        }
        // Half a file is no file, but rows are written whole.
        if let Some(half) = error.path().filter(|path| !path.ends_with(READOUTS)) {
            let _ = fs::remove_file(half);
        }
        self.leave(why + &tried)
    }

    /// Leaves what was written so far, as a run does that cannot go on. The error says where it lies.
    pub fn leave(self, why: String) -> ExportError {
        let note = format!(
            "This is a partial result: what outgrowth had written when it could write no more.\nWhy: {why}\n\
             {READOUTS} holds whole records up to that moment; other files may be missing.\n"
        );
        ExportError::Partial {
            destination: self.destination,
            lies: self.folder.leave_partial(&note),
            why,
        }
    }
}

/// Results in the making in other places than that of `destination`, one after the other, each named as it would be there.
fn elsewhere(destination: &Path, places: &[PathBuf]) -> impl Iterator<Item = ResultFolder> + use<> {
    let name = contents::name(destination);
    let begin = move |place: &Path| {
        (1..NAMES_ELSEWHERE).find_map(|number| {
            let name = if number == 1 {
                name.clone()
            } else {
                format!("{name}-{number}")
            };
            match ResultFolder::begin(&place.join(name), false) {
                Ok(folder) => Some(Some(folder)),
                Err(ExportError::Exists(_) | ExportError::NotOurs(..) | ExportError::Link(_)) => None,
                Err(_) => Some(None),
            }
        })
    };
    let at_home = fs::canonicalize(parent(destination)).ok();
    let places: Vec<PathBuf> = places
        .iter()
        .filter(|place| fs::canonicalize(place).ok() != at_home || at_home.is_none())
        .cloned()
        .collect();
    places.into_iter().filter_map(move |place| begin(&place).flatten())
}
