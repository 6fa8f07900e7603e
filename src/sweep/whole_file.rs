//! Files that are there whole or not at all: written under another name, on the disk, then renamed.

use crate::export::ExportError;
use crate::export::durable::sync_folder;
use std::fs::{self, OpenOptions};
use std::path::Path;

/// Writes a file by `write`, which is given the path to write to, and gives it its name when it is on the disk. An earlier one of that
/// name is replaced. Its folder is there: one that has vanished is not made again.
///
/// # Errors
/// The disk refuses, or the folder is gone; an earlier file is as it was.
pub fn put(path: &Path, write: impl FnOnce(&Path) -> Result<(), ExportError>) -> Result<(), ExportError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let prefix = prefix(path);
    let mut builder = tempfile::Builder::new();
    // Temporary files are private to their owner; a result is readable like any other file.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let made = builder.prefix(&prefix).tempfile_in(folder);
    let unfinished = made.map_err(ExportError::io("written", path))?.into_temp_path();
    write(&unfinished).map_err(|problem| problem.told_of(&unfinished, path))?;
    // Opened to write: some systems write out nothing else.
    let opened = OpenOptions::new().write(true).open(&unfinished);
    opened
        .and_then(|file| file.sync_all())
        .map_err(ExportError::io("written to disk", path))?;
    let kept = unfinished.persist(path);
    kept.map_err(|problem| ExportError::io("written", path)(problem.error))?;
    sync_folder(folder).map_err(ExportError::io("written to disk", folder))
}

/// Writes a whole file of these bytes.
///
/// # Errors
/// As [`put`].
pub fn put_bytes(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    put(path, |unfinished| {
        fs::write(unfinished, bytes).map_err(ExportError::io("written", path))
    })
}

/// Makes a folder where there is none. Its own folder is not made: a sweep's folder that is gone does not come back without its plan.
///
/// # Errors
/// The disk refuses, or the folder around it is gone.
pub fn make_folder(folder: &Path) -> Result<(), ExportError> {
    match fs::create_dir(folder) {
        Err(_) if folder.is_dir() => Ok(()),
        made => made.map_err(ExportError::io("made", folder)),
    }
}

/// Removes what killed programs have left of a file that nobody is writing.
pub fn clear(path: &Path) {
    if let (Some(folder), Some(own)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) {
        clear_of(folder, |name| name == own);
    }
}

/// Removes what killed programs have left in a folder of files with such names, which nobody is writing.
pub fn clear_of(folder: &Path, chosen: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry
            .file_name()
            .to_str()
            .and_then(name_of_unfinished)
            .is_some_and(&chosen)
        {
            // One that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Between the name that an unfinished file will have, and what tells it from others.
const MAKING: &str = ".making-";

fn prefix(path: &Path) -> String {
    format!(".{}{MAKING}", path.file_name().unwrap_or_default().to_string_lossy())
}

fn name_of_unfinished(name: &str) -> Option<&str> {
    Some(name.strip_prefix('.')?.split_once(MAKING)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last file of a gather may be written when the folder has just been moved away.
    #[test]
    fn a_folder_that_vanished_is_not_made_for_a_file() {
        let scratch = tempfile::tempdir().expect("folder");
        let folder = scratch.path().join("sweep");
        assert!(put_bytes(&folder.join("file"), b"x").is_err() && !folder.exists());
        assert!(make_folder(&folder.join("inner")).is_err() && !folder.exists());
        make_folder(&folder).expect("made");
        make_folder(&folder).expect("there");
        put_bytes(&folder.join("file"), b"x").expect("written");
    }

    #[test]
    fn what_a_killed_program_left_is_cleared_by_name() {
        let scratch = tempfile::tempdir().expect("folder");
        let names = [".a.csv.making-1", ".a.csv.making-2", ".b.csv.making-3", "a.csv"];
        for name in names {
            fs::write(scratch.path().join(name), "").expect("written");
        }
        clear(&scratch.path().join("a.csv"));
        let left = names.map(|name| scratch.path().join(name).exists());
        assert_eq!(left, [false, false, true, true]);
    }
}
