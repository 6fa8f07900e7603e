//! The locks of a sweep's folder: who does a part, who sums up, and while files change places. The system takes a lock away when its
//! program ends, however it ends; where a file system has none, the work goes on without.

use super::whole_file::make_folder;
use crate::export::ExportError;
use crate::export::hold::is_at;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder with the files that are locked.
const LOCKS: &str = "locks";
/// Held by whoever sums up.
const GATHER: &str = "gather";
/// Held by whoever gives files of the dataset other places, and shared by those who list them.
const PLACES: &str = "places";
/// Tries to make a file in the folder, which whoever leaves it last removes.
const TRIES: u32 = 10;

/// A lock that is held for as long as this lives.
#[derive(Debug)]
pub struct SweepLock {
    path: PathBuf,
    file: File,
}

impl Drop for SweepLock {
    fn drop(&mut self) {
        // The last of those who share it removes it.
        if matches!(self.file.try_lock(), Err(TryLockError::WouldBlock)) || !is_at(&self.file, &self.path) {
            return;
        }
        // One that cannot be removed does no harm: whoever takes hold of it next sees what is done.
        let _ = fs::remove_file(&self.path);
        if let Some(folder) = self.path.parent() {
            // Only where it is empty.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Takes hold of something of this name; `None` where another program has it.
///
/// # Errors
/// The sweep's folder cannot be written to.
pub fn hold(sweep: &Path, name: &str) -> Result<Option<SweepLock>, ExportError> {
    locked(sweep, name, File::try_lock)
}

/// Waits until no other program sums the sweep up.
///
/// # Errors
/// The sweep's folder cannot be written to.
pub fn hold_to_gather(sweep: &Path) -> Result<Option<SweepLock>, ExportError> {
    locked(sweep, GATHER, |file| file.lock().map_err(TryLockError::Error))
}

/// Waits until nobody lists the files of the dataset, and keeps them in their places for others until what is returned is dropped.
///
/// # Errors
/// The sweep's folder cannot be written to.
pub fn hold_places(sweep: &Path) -> Result<Option<SweepLock>, ExportError> {
    locked(sweep, PLACES, |file| file.lock().map_err(TryLockError::Error))
}

/// Waits while files change their places, and keeps them where they are until what is returned is dropped; `None` where the folder can
/// only be read, which is no reason not to.
pub fn share_places(sweep: &Path) -> Option<SweepLock> {
    let held = locked(sweep, PLACES, |file| file.lock_shared().map_err(TryLockError::Error));
    held.ok().flatten()
}

/// Removes the locks that nobody holds.
pub fn clear_locks(sweep: &Path) {
    for entry in fs::read_dir(sweep.join(LOCKS)).into_iter().flatten().flatten() {
        let opened = File::open(entry.path());
        if opened.is_ok_and(|file| file.try_lock().is_ok()) {
            // As in `SweepLock`.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A locked file of this name; `None` where another program has it.
fn locked(
    sweep: &Path,
    name: &str,
    lock: impl Fn(&File) -> Result<(), TryLockError>,
) -> Result<Option<SweepLock>, ExportError> {
    loop {
        let (path, file) = lock_file(sweep, name)?;
        return match lock(&file) {
            Err(TryLockError::WouldBlock) => Ok(None),
            // Another had it until now and has removed it.
            Ok(()) if !is_at(&file, &path) => continue,
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(SweepLock { path, file })),
        };
    }
}

fn lock_file(sweep: &Path, name: &str) -> Result<(PathBuf, File), ExportError> {
    let folder = sweep.join(LOCKS);
    let path = folder.join(name);
    let mut tries = 0;
    loop {
        make_folder(&folder)?;
        tries += 1;
        match OpenOptions::new().write(true).create(true).truncate(false).open(&path) {
            Err(problem) if problem.kind() == ErrorKind::NotFound && tries < TRIES => {}
            opened => return Ok((path.clone(), opened.map_err(ExportError::io("made", &path))?)),
        }
    }
}
