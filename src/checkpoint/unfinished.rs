//! The folder of an unfinished run: `checkpoint/` within the folder that its results will have.
//!
//! | file | holds |
//! |---|---|
//! | `begun.json`, `file-1` … | what the run was begun with ([`super::begun`]) |
//! | `000007.state` | the state ([`super::file`]); the last two are kept |
//! | `rows.csv` | the table of readouts, at least up to the last state |
//!
//! It is held by a lock as long as the run lives (`export/hold.rs`).

use super::begun::Begun;
use super::error::CheckpointError;
use super::file::{self, Checkpoint};
use super::head::{Head, Rows};
use crate::engine::ComputesOn;
use crate::export::ExportError;
use crate::export::contents::{BEGUN, CHECKPOINT, ROWS, STATE};
use crate::export::folder::{holds_result, place_checkpoint};
use crate::export::hold::{self, Held, Hold};
use crate::export::stream::RowStream;
use crate::model::world::World;
use crate::readout::recorder::Recorder;
use crate::scenario::NamedFile;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// States that are kept.
const GENERATIONS: usize = 2;

/// An unfinished run on disk.
#[derive(Debug)]
pub struct Unfinished {
    folder: PathBuf,
    _hold: Hold,
    /// The number of the last state.
    number: u64,
    /// The rows that are on disk.
    rows: Rows,
    /// Hash of these rows, to be gone on with.
    hash: blake3::Hasher,
    /// Whether it stays when the run ends without results.
    stays: bool,
}

/// The contents of a folder, for one who wants to go on.
#[derive(Debug)]
pub enum Found {
    /// An unfinished run.
    Unfinished(Box<(Unfinished, Begun)>),
    /// A whole result.
    Finished,
    /// Another run is at work in it.
    AtWork,
    /// Nothing that could be gone on with, for a reason.
    Nothing(String),
}

/// Part of [`Head`] that the run knows.
#[derive(Clone, Debug)]
pub struct Circumstances {
    /// The kind of engine.
    pub engine: ComputesOn,
    /// The adapter, or the number of threads.
    pub device: String,
    /// Hash of the plate.
    pub plate: [u8; 32],
    /// Time that the run has taken, s.
    pub elapsed_s: f64,
    /// The steps at which it was gone on with before.
    pub resumed_at: Vec<u32>,
}

impl Unfinished {
    /// Begins the folder of a run whose results will be `destination`; what is there of an earlier run that was not finished goes.
    ///
    /// # Errors
    /// Another run is at work there, or the file system refuses.
    pub fn begin(destination: &Path, begun: &Begun, files: &[NamedFile]) -> Result<Self, ExportError> {
        let hold = place_checkpoint(destination, |folder| begun.write(folder, files))?;
        Ok(Self {
            folder: destination.join(CHECKPOINT),
            _hold: hold,
            number: 0,
            rows: Rows::default(),
            hash: blake3::Hasher::new(),
            stays: false,
        })
    }

    /// Looks for an unfinished run whose results will be `destination`.
    pub fn find(destination: &Path) -> Found {
        let folder = destination.join(CHECKPOINT);
        if !folder.join(BEGUN).is_file() {
            return if holds_result(destination) {
                Found::Finished
            } else {
                Found::Nothing(format!("{} holds no unfinished run", destination.display()))
            };
        }
        let hold = match hold::take(&folder) {
            Held::Ours(hold) => hold,
            // Where the system has no locks nobody is known to be at work.
            Held::Elsewhere if !cfg!(unix) => Hold::none(),
            Held::Elsewhere => return Found::AtWork,
            Held::Gone => return Found::Nothing(format!("{} was just removed", folder.display())),
        };
        let begun = match Begun::read(&folder) {
            Ok(begun) => begun,
            Err(problem) => return Found::Nothing(problem),
        };
        let number = states(&folder).last().map_or(0, |(number, _)| *number);
        let unfinished = Self {
            folder,
            _hold: hold,
            number,
            rows: Rows::default(),
            hash: blake3::Hasher::new(),
            stays: true,
        };
        Found::Unfinished(Box::new((unfinished, begun)))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of the rows that are on disk.
    pub fn rows_path(&self) -> PathBuf {
        self.folder.join(ROWS)
    }

    /// The last state that is whole and of this run, with the reasons against later ones. The rows up to it are taken over: a
    /// next state follows it.
    pub fn last(&mut self, plate: &[u8; 32], engine: ComputesOn) -> (Option<Checkpoint>, Vec<CheckpointError>) {
        let mut refused = Vec::new();
        for (_, path) in states(&self.folder).into_iter().rev() {
            match self.read(&path, plate, engine) {
                Ok((checkpoint, hash)) => {
                    (self.rows, self.hash) = (checkpoint.head.rows, hash);
                    return (Some(checkpoint), refused);
                }
                Err(error) => refused.push(error),
            }
        }
        (None, refused)
    }

    fn read(
        &self,
        path: &Path,
        plate: &[u8; 32],
        engine: ComputesOn,
    ) -> Result<(Checkpoint, blake3::Hasher), CheckpointError> {
        let checkpoint = file::read(path)?;
        let foreign = |what| CheckpointError::Foreign {
            path: path.to_owned(),
            what,
        };
        checkpoint.head.check(plate, engine).map_err(foreign)?;
        let rows = &checkpoint.head.rows;
        let path = self.rows_path();
        let hash = hash_of(&path, rows.bytes).map_err(|reason| CheckpointError::Io {
            what: "read",
            path: path.clone(),
            reason,
        })?;
        if *hash.finalize().as_bytes() != rows.hash {
            return Err(CheckpointError::Damaged {
                path,
                what: "it is not what was written, to judge by its sum".to_owned(),
            });
        }
        Ok((checkpoint, hash))
    }

    /// Keeps a state, with the rows of `stream`, of which the last is not later than the state.
    ///
    /// # Errors
    /// The disk refuses; the states that were there stay.
    pub fn keep(
        &mut self,
        circumstances: &Circumstances,
        world: &World,
        recorder: &Recorder,
        stream: &mut RowStream,
    ) -> Result<(), ExportError> {
        self.append_rows(stream)?;
        let Circumstances {
            engine,
            device,
            plate,
            elapsed_s,
            resumed_at,
        } = circumstances.clone();
        let head = Head {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            results_version: crate::readout::RESULTS_VERSION,
            engine: engine.to_string(),
            device,
            plate,
            step: world.step,
            rows: self.rows,
            elapsed_s,
            resumed_at,
        };
        let number = self.number + 1;
        let path = self.folder.join(format!("{number:06}{STATE}"));
        file::write(&path, &head, world, &recorder.memory())?;
        (self.number, self.stays) = (number, true);
        let mut states = states(&self.folder);
        states.truncate(states.len().saturating_sub(GENERATIONS));
        for (_, old) in states {
            // One that stays takes room, and is passed over.
            let _ = fs::remove_file(old);
        }
        Ok(())
    }

    /// Brings the file of rows up to date.
    fn append_rows(&mut self, stream: &mut RowStream) -> Result<(), ExportError> {
        let path = self.rows_path();
        let (from, to) = (self.rows.bytes, stream.written());
        let mut append = || -> Result<blake3::Hasher, io::Error> {
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)?;
            // Rows after the last state are of a run that was stopped since.
            file.set_len(from)?;
            let mut to = Both {
                file: &file,
                hash: self.hash.clone(),
            };
            (&file).seek(SeekFrom::Start(from))?;
            stream.copy_rows(from, &mut to)?;
            let hash = to.hash;
            file.sync_all()?;
            Ok(hash)
        };
        self.hash = append().map_err(ExportError::io("written", &path))?;
        self.rows = Rows {
            bytes: to,
            hash: *self.hash.finalize().as_bytes(),
            last_h: stream.last_h(),
        };
        Ok(())
    }

    /// Puts the same files into a result in the making, so that a partial result can be gone on with.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn link_into(&self, making: &Path) -> Result<(), ExportError> {
        let to = making.join(CHECKPOINT);
        let made = fs::create_dir_all(&to);
        made.map_err(ExportError::io("made", &to))?;
        let entries = fs::read_dir(&self.folder).map_err(ExportError::io("read", &self.folder))?;
        for entry in entries.flatten() {
            let (from, to) = (entry.path(), to.join(entry.file_name()));
            let linked = fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(|_| ()));
            linked.map_err(ExportError::io("written", &to))?;
        }
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.stays {
            // Nothing was computed that could be gone on with; of a run that is done it is gone already.
            let _ = fs::remove_dir_all(&self.folder);
            if let Some(destination) = self.folder.parent() {
                let _ = fs::remove_dir(destination);
            }
        }
    }
}

/// The states in a folder with their numbers, the last one last.
fn states(folder: &Path) -> Vec<(u64, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut states: Vec<(u64, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let number = name.strip_suffix(STATE)?.parse().ok()?;
            Some((number, entry.path()))
        })
        .collect();
    states.sort();
    states
}

/// Hash of the first `bytes` of a file.
fn hash_of(path: &Path, bytes: u64) -> Result<blake3::Hasher, io::Error> {
    let mut hash = blake3::Hasher::new();
    if bytes > 0 {
        let copied = io::copy(&mut File::open(path)?.take(bytes), &mut hash)?;
        if copied < bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(hash)
}

/// Writes to a file, and hashes what is written.
struct Both<'a> {
    file: &'a File,
    hash: blake3::Hasher,
}

impl io::Write for Both<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
