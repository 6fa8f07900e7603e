//! Checkpoints that cannot be read, and why.

use std::io;
use std::path::PathBuf;

/// A checkpoint that is not used, and why.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The file system refused.
    #[error("{path} cannot be {what}: {reason}")]
    Io {
        /// The deed that failed, as in "read".
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's message.
        reason: io::Error,
    },
    /// The file is no checkpoint.
    #[error("{0} is no checkpoint of outgrowth")]
    NoCheckpoint(PathBuf),
    /// A file of another form.
    #[error("{path} has format {found}; this version of outgrowth reads format {known}")]
    Format {
        /// The file.
        path: PathBuf,
        /// Its number.
        found: u32,
        /// The one that is read.
        known: u32,
    },
    /// The bytes are not those that were written.
    #[error("{path} is damaged: {what}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The part that is not as it was written.
        what: String,
    },
    /// The state of another run, or of another version.
    #[error("{path} is not of this run: {what}")]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The difference.
        what: String,
    },
}
