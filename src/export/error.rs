//! Errors while files are written, with what to do about them.

use std::io;
use std::path::{Path, PathBuf};

/// A result that was not written, and why.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The folder holds an earlier result.
    #[error("{0} already holds a result: choose another folder, or replace it with --force")]
    Exists(PathBuf),
    /// The folder holds a run that was not finished.
    #[error(
        "{0} holds an unfinished run: `outgrowth resume {0}` goes on with it, --force begins anew in its place, or choose another folder"
    )]
    Unfinished(PathBuf),
    /// A run is at work in the folder.
    #[error("{0} is taken: another run is at work in it. Choose another folder")]
    AtWork(PathBuf),
    /// The folder holds something else, which is never replaced.
    #[error("{0} holds something other than a result of outgrowth ({1}), so it is left alone: choose another folder")]
    NotOurs(PathBuf, PathBuf),
    /// The destination is a link, which is neither followed nor replaced.
    #[error("{0} is a symbolic link: name the folder itself")]
    Link(PathBuf),
    /// The results are finished but could not get the name asked for.
    #[error("the finished results are in {}, since they could not be put in {}: {why}", .lies.display(), .destination.display())]
    Kept {
        /// The folder where they should be.
        destination: PathBuf,
        /// The folder where they are.
        lies: PathBuf,
        /// The obstacle.
        why: String,
    },
    /// The results could not be written, neither where they should be nor elsewhere; what was measured stays.
    #[error("the results could not be written to {}: {why}. What was measured until then is in {}", .destination.display(), .lies.display())]
    Partial {
        /// The folder where they should be.
        destination: PathBuf,
        /// The folder where what was written lies.
        lies: PathBuf,
        /// The obstacle, and what became of the other places that were tried.
        why: String,
    },
    /// The results could not be written anywhere, and what was written is gone.
    #[error("the results could not be written to {}: {why}. The folder that they were being written to is gone", .destination.display())]
    Lost {
        /// The folder where they should be.
        destination: PathBuf,
        /// The obstacle, and what became of the other places that were tried.
        why: String,
    },
    /// The path has no name that a folder could get.
    #[error("{0} is no name for a folder of results: name a folder, such as results/first")]
    NoName(PathBuf),
    /// The folder of a sweep is not there any more.
    #[error(
        "{0} is gone: there was a sweep in it when the work began. Put it back, and the same command goes on with what is missing"
    )]
    Gone(PathBuf),
    /// Another sweep was planned in the folder of one.
    #[error(
        "{0} holds another sweep than when the work began, so nothing more is written to it: choose another folder"
    )]
    Replanned(PathBuf),
    /// The file system refused.
    #[error("{path} cannot be {what}: {reason}. {}", remedy(.reason.kind()))]
    Io {
        /// The deed that failed, as in "written".
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's message; part of the message, so no link of the error's chain.
        reason: io::Error,
    },
    /// The Parquet writer refused.
    #[error("{path} cannot be written as Parquet: {reason}")]
    Parquet {
        /// The file or folder.
        path: PathBuf,
        /// The writer's message; part of the message, so no link of the error's chain.
        reason: parquet::errors::ParquetError,
    },
    /// A Parquet file cannot be read.
    #[error(
        "{path} cannot be read as Parquet: {reason}. In a sweep: remove it, and `outgrowth work` does its runs again"
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The reader's message; part of the message, so no link of the error's chain.
        reason: parquet::errors::ParquetError,
    },
    /// A file of a dataset has other columns than it should.
    #[error("{0} is no table of this dataset")]
    Foreign(PathBuf),
    /// The scenario cannot be put beside the results.
    #[error("the scenario cannot be written beside the results: {0}")]
    Scenario(String),
    /// A picture or a plot could not be made.
    #[error("{0} cannot be drawn: {1}")]
    Drawing(&'static str, String),
    /// The run record could not be put into words.
    #[error("the run record cannot be written as JSON: {0}")]
    Json(serde_json::Error),
}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl ExportError {
    /// The file that could not be written, where it is one.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::Io { path, .. } | Self::Parquet { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The same of the file that `unfinished` was to become.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn told_of(mut self, unfinished: &Path, file: &Path) -> Self {
        if let Self::Io { path, .. } | Self::Parquet { path, .. } = &mut self
            && path == unfinished
        {
            *path = file.to_owned();
        }
        self
    }

    /// Says where the file system refused.
    pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |reason| Self::Io { what, path, reason }
    }
}

/// The first thing to look at where the file system refused.
fn remedy(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => "See that its folder is still there",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "See that there is room"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "See that the folder may be written to",
        _ => "See that there is room and that the folder may be written to",
    }
}

/// Writes a whole file.
pub(super) fn write_file(path: &Path, contents: impl AsRef<[u8]>) -> Result<(), ExportError> {
    std::fs::write(path, contents).map_err(ExportError::io("written", path))
}
