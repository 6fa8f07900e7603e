//! A single file that a command leaves: there whole or not at all, and never over another unless it is told to.

use std::io::{ErrorKind, Write};
use std::path::Path;

/// The reason why `path` is no place for a single file, such as `example`; `None` where it is one.
pub fn wrong_path(path: &Path, example: &str, force: bool) -> Option<String> {
    if path.is_dir() {
        return Some(format!(
            "{} is a folder: name a file, such as {example}",
            path.display()
        ));
    }
    (path.exists() && !force).then(|| {
        format!(
            "{} is already there: choose another file with --out, or replace it with --force",
            path.display()
        )
    })
}

/// Writes a file under its name only when it is whole.
pub fn write_new(path: &Path, bytes: &[u8], force: bool) -> std::io::Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    // Temporary files are private to their owner; a result is readable like any other file.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    let kept = if force {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    kept.map(|_| ()).map_err(|problem| match problem.error.kind() {
        ErrorKind::AlreadyExists => std::io::Error::new(ErrorKind::AlreadyExists, "something has that name by now"),
        _ => problem.error,
    })
}
