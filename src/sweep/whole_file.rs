//! Files that are there whole or not at all: written under another name, on the disk, then renamed.

use crate::export::ExportError;
use crate::export::durable::sync_folder;
use std::fs::{self, OpenOptions};
use std::path::Path;

/// Writes a file by `write`, which is given the path to write to, and gives it its name when it is on the disk. An earlier one of that
/// name is replaced.
///
/// # Errors
/// The disk refuses; an earlier file is as it was.
pub fn put(path: &Path, write: impl FnOnce(&Path) -> Result<(), ExportError>) -> Result<(), ExportError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(ExportError::io("made", folder))?;
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
    write(&unfinished)?;
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

/// Removes what killed workers have left of a file that nobody is writing.
pub fn clear(path: &Path) {
    let prefix = prefix(path);
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    for entry in entries.into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            // One that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn prefix(path: &Path) -> String {
    format!(".{}.making-", path.file_name().unwrap_or_default().to_string_lossy())
}
