//! A folder of results that is there whole or not at all.
//!
//! Everything is written to a hidden folder beside the destination, which then takes the destination's name.
//! An earlier result stays whole until that moment; a kill or a full disk leaves it as it was.

use super::error::ExportError;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::{Builder, TempDir};

/// The file by which a folder is known to be a result.
pub const RUN_RECORD: &str = "run.json";

/// A result in the making.
#[derive(Debug)]
pub struct ResultFolder {
    destination: PathBuf,
    making: TempDir,
}

/// Whether a result may be written to `destination`: it is new, or empty, or holds a result and `force` is set.
/// Commands ask this before a run, so that no computing is lost.
///
/// # Errors
/// The destination holds a result and `force` is not set; it holds anything else; it cannot be read.
pub fn may_write(destination: &Path, force: bool) -> Result<(), ExportError> {
    if destination.file_name().is_none() {
        return Err(ExportError::NoName(destination.to_owned()));
    }
    match fs::symlink_metadata(destination) {
        Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(ExportError::io("read", destination)(error)),
        Ok(found) if !found.is_dir() => return Err(ExportError::NotOurs(destination.to_owned())),
        Ok(_) => {}
    }
    if destination.join(RUN_RECORD).is_file() {
        return if force {
            Ok(())
        } else {
            Err(ExportError::Exists(destination.to_owned()))
        };
    }
    let empty = fs::read_dir(destination)
        .map_err(ExportError::io("read", destination))?
        .next()
        .is_none();
    if empty {
        Ok(())
    } else {
        Err(ExportError::NotOurs(destination.to_owned()))
    }
}

impl ResultFolder {
    /// Begins a result for `destination`; its parent folders are made.
    ///
    /// # Errors
    /// As [`may_write`], or the hidden folder cannot be made.
    pub fn begin(destination: &Path, force: bool) -> Result<Self, ExportError> {
        may_write(destination, force)?;
        let parent = match destination.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(ExportError::io("made", parent))?;
        let making = Builder::new()
            .prefix(&hidden(destination, "making"))
            .tempdir_in(parent)
            .map_err(ExportError::io("written to", parent))?;
        share(making.path())?;
        Ok(Self {
            destination: destination.to_owned(),
            making,
        })
    }

    /// Where to write. Dropped before [`ResultFolder::finish`], the folder is removed with all that is in it.
    pub fn path(&self) -> &Path {
        self.making.path()
    }

    /// Gives the folder its name, in the place of an earlier result.
    ///
    /// # Errors
    /// The file system refuses; an earlier result then has its place again.
    pub fn finish(self) -> Result<PathBuf, ExportError> {
        let Self { destination, making } = self;
        let set_aside = if destination.exists() {
            Some(set_aside(&destination)?)
        } else {
            None
        };
        if let Err(error) = fs::rename(making.path(), &destination) {
            if let Some(aside) = &set_aside {
                fs::rename(aside.path().join("earlier"), &destination)
                    .map_err(ExportError::io("put back", &destination))?;
            }
            return Err(ExportError::io("renamed", &destination)(error));
        }
        // The folder has its new name: nothing is left under the hidden one that a drop should remove.
        let _renamed = making.keep();
        if let Some(aside) = set_aside {
            aside.close().map_err(ExportError::io("removed", &destination))?;
        }
        Ok(destination)
    }
}

/// Moves the earlier result into a hidden folder beside it.
fn set_aside(destination: &Path) -> Result<TempDir, ExportError> {
    let parent = destination
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let aside = Builder::new()
        .prefix(&hidden(destination, "earlier"))
        .tempdir_in(parent)
        .map_err(ExportError::io("written to", parent))?;
    fs::rename(destination, aside.path().join("earlier")).map_err(ExportError::io("set aside", destination))?;
    Ok(aside)
}

fn hidden(destination: &Path, what: &str) -> String {
    let name = destination
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    format!(".{name}.{what}-")
}

/// Temporary folders are private to their owner; a result is readable like any other folder.
fn share(folder: &Path) -> Result<(), ExportError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).map_err(ExportError::io("made", folder))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
