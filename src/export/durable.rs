//! Durable writing: files, the names in their folders, and names that change places.
//!
//! A system keeps what is written in memory for up to half a minute; a power cut leaves empty files under their names. Where a
//! system has no such call, as in a browser, nothing is done.

use super::error::ExportError;
use std::fs::{self, File};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// More files than this are first written out together, which takes the disk less time than one after the other.
const ONE_BY_ONE: usize = 500;

/// Writes a folder out to the disk, with all files and folders below it.
///
/// # Errors
/// The disk refuses, which may be the first that is heard of data it could not take.
pub(crate) fn sync_tree(folder: &Path) -> Result<(), ExportError> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    let mut next = 0;
    while let Some(folder) = folders.get(next).cloned() {
        next += 1;
        for entry in fs::read_dir(&folder).map_err(ExportError::io("read", &folder))? {
            let entry = entry.map_err(ExportError::io("read", &folder))?;
            let kind = entry.file_type().map_err(ExportError::io("read", &folder))?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    if files.len() > ONE_BY_ONE {
        sync_file_system(folder);
    }
    for file in &files {
        // Opened to write: some systems write out nothing else.
        let opened = fs::OpenOptions::new().write(true).open(file);
        opened
            .and_then(|file| file.sync_all())
            .map_err(ExportError::io("written to disk", file))?;
    }
    for folder in folders.iter().rev() {
        sync_folder(folder).map_err(ExportError::io("written to disk", folder))?;
    }
    Ok(())
}

/// Writes a whole file, out to the disk.
///
/// # Errors
/// The disk refuses.
pub(crate) fn write_synced(path: &Path, contents: &[u8]) -> Result<(), ExportError> {
    use std::io::Write;
    let written = File::create(path).and_then(|mut file| {
        file.write_all(contents)?;
        file.sync_all()
    });
    written.map_err(ExportError::io("written", path))
}

/// Writes the names in a folder out to the disk.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some file systems keep no folders that could be written out.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

/// Writes a whole file system out. Each file is asked for afterwards, so that what fails here is heard of there.
fn sync_file_system(folder: &Path) {
    #[cfg(target_os = "linux")]
    if let Ok(folder) = File::open(folder) {
        let _ = rustix::fs::syncfs(folder);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = folder;
}

/// Lets two folders change their names at once, so that there is no moment without either. `false` where the system or the
/// file system has no such call; nothing has changed then.
///
/// # Errors
/// The file system refuses.
pub(crate) fn exchange(one: &Path, other: &Path) -> Result<bool, Error> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (one, other);
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn two_folders_change_their_names_at_once_or_not_at_all() {
        let scratch = tempfile::tempdir().expect("folder");
        let [one, other] = ["one", "other"].map(|name| scratch.path().join(name));
        fs::create_dir(&one).expect("made");
        assert!(exchange(&one, &other).is_err(), "there is nothing to change with");
        fs::create_dir(&other).expect("made");
        fs::write(one.join("first"), "").expect("written");
        if exchange(&one, &other).expect("changed") {
            assert!(other.join("first").is_file() && !one.join("first").exists());
        }
    }

    #[test]
    fn what_is_gone_is_not_said_to_be_on_the_disk() {
        let scratch = tempfile::tempdir().expect("folder");
        fs::create_dir(scratch.path().join("deep")).expect("made");
        fs::write(scratch.path().join("deep/file"), "x").expect("written");
        sync_tree(scratch.path()).expect("written out");
        assert!(sync_tree(&scratch.path().join("gone")).is_err());
    }
}
