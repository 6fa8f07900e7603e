//! A single file that a command leaves: there whole or not at all, and never over another unless it is told to. Its place is
//! made and tried before anything is computed.

use crate::export::contents::parent;
use crate::export::{durable, hold};
use std::fs;
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file in the making, hidden beside its place. Dropped, it is removed.
pub struct NewFile {
    path: PathBuf,
    force: bool,
    file: NamedTempFile,
    _hold: hold::Hold,
}

impl NewFile {
    /// Begins the file at `path`: folders on the way are made, and what killed commands have left there is cleared.
    ///
    /// # Errors
    /// A sentence, where `path` is no place for a single file, such as `example`, or nothing can be written there.
    pub fn begin(path: &Path, example: &str, force: bool) -> Result<Self, String> {
        if let Some(problem) = wrong_path(path, example, force) {
            return Err(problem);
        }
        let folder = parent(path);
        let refused = |what: &str, problem: &Error| {
            format!("{} cannot be {what}: {problem}; choose another place", folder.display())
        };
        fs::create_dir_all(folder).map_err(|problem| refused("made", &problem))?;
        let prefix = format!(".{}.making-", path.file_name().unwrap_or_default().to_string_lossy());
        clear(folder, &prefix);
        let begin = || {
            let file = tempfile::Builder::new().prefix(&prefix).tempfile_in(folder)?;
            let hold = hold::take_new(file.path())?;
            Ok((file, hold))
        };
        let (file, hold) = begin().map_err(|problem: Error| refused("written to", &problem))?;
        Ok(Self {
            path: path.to_owned(),
            force,
            file,
            _hold: hold,
        })
    }

    /// Writes the file and gives it its name when it is on the disk.
    ///
    /// # Errors
    /// The disk refuses, or something else has the name by now and is not to be replaced.
    pub fn write(self, bytes: &[u8]) -> Result<(), Error> {
        let Self {
            path, force, mut file, ..
        } = self;
        file.write_all(bytes)?;
        // Temporary files are private to their owner; a result is readable like any other file.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        file.as_file().sync_all()?;
        let kept = if force {
            file.persist(&path)
        } else {
            file.persist_noclobber(&path)
        };
        kept.map_err(|problem| match problem.error.kind() {
            ErrorKind::AlreadyExists => Error::new(ErrorKind::AlreadyExists, "something has that name by now"),
            _ => problem.error,
        })?;
        durable::sync_folder(parent(&path))
    }
}

/// The reason why `path` is no place for a single file; `None` where it is one.
fn wrong_path(path: &Path, example: &str, force: bool) -> Option<String> {
    if path.is_dir() || path.file_name().is_none() {
        return Some(format!(
            "{} is a folder: name a file, such as {example}",
            path.display()
        ));
    }
    (path.exists() && !force).then(|| {
        format!(
            "{} is already there: choose another file, or replace it with --force",
            path.display()
        )
    })
}

/// Clears the hidden files that killed commands have left.
fn clear(folder: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file
            && entry.file_name().to_string_lossy().starts_with(prefix)
            && let hold::Held::Ours(_hold) = hold::take(&entry.path())
        {
            // One that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all_and_nothing_is_left_beside_it() {
        let scratch = tempfile::tempdir().expect("a folder");
        let path = scratch.path().join("no/such/folder/plate.png");
        let folder = parent(&path);
        let names = || fs::read_dir(folder).expect("a folder").count();
        fs::create_dir_all(folder).expect("made");
        fs::write(folder.join(".plate.png.making-killed"), "half").expect("written");
        let living = NewFile::begin(&path, "plate.png", false).map_err(|problem| panic!("{problem}"));
        assert_eq!(names(), 1, "what a killed command left is cleared");
        let second = NewFile::begin(&path, "plate.png", false).map_err(|problem| panic!("{problem}"));
        assert_eq!(names(), 2, "what a living one holds is not");
        living.expect("begun").write(b"whole").expect("written");
        assert!(second.expect("begun").write(b"other").is_err(), "the name is taken");
        assert_eq!((fs::read(&path).expect("a file"), names()), (b"whole".to_vec(), 1));
        assert!(NewFile::begin(&path, "plate.png", false).is_err_and(|problem| problem.contains("--force")));
        assert!(NewFile::begin(folder, "plate.png", true).is_err_and(|problem| problem.contains("is a folder")));
        assert!(NewFile::begin(&path.join("below"), "plate.png", true).is_err_and(|problem| problem.contains("made")));
    }
}
