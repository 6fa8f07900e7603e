//! A folder of results that is there whole or not at all.
//!
//! Everything is written to a hidden folder beside the destination, which then takes the destination's name.
//! An earlier result stays whole until that moment; a kill or a full disk leaves it as it was. Where the name
//! cannot be taken, the finished results keep a folder of their own and the error says where.

use super::error::ExportError;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use tempfile::{Builder, TempDir};

/// The file by which a folder is known to be a result.
pub const RUN_RECORD: &str = "run.json";

/// The folder of a scenario that names files, and of these files.
pub const SCENARIO: &str = "scenario";

/// The names that a run writes at the top of its folder.
const WRITTEN: [&str; 10] = [
    RUN_RECORD,
    SCENARIO,
    "readouts.csv",
    "readouts.parquet",
    "neurons.parquet",
    "axons",
    "plate.png",
    "movie.gif",
    "movie.mp4",
    "report.html",
];

/// Files that file managers leave in any folder.
const LEFT_BY_SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Names beside the destination that are tried for results that could not get it.
const NAMES_BESIDE: u32 = 1000;

/// A result in the making.
#[derive(Debug)]
pub struct ResultFolder {
    destination: PathBuf,
    force: bool,
    making: TempDir,
}

/// Whether a result may be written to `destination`: it is new, or empty, or holds a result and `force` is set.
/// This only looks; [`ResultFolder::begin`] finds out whether the file system allows it.
///
/// # Errors
/// The destination holds a result and `force` is not set; it holds anything else; it is a link; it cannot be
/// read.
pub fn may_write(destination: &Path, force: bool) -> Result<(), ExportError> {
    let destination = &named(destination)?;
    match found_at(destination)? {
        Found::Nothing | Found::Empty => Ok(()),
        Found::Result if force => Ok(()),
        Found::Result => Err(ExportError::Exists(destination.to_owned())),
        Found::Link => Err(ExportError::Link(destination.to_owned())),
        Found::Other => Err(ExportError::NotOurs(destination.to_owned())),
    }
}

/// The state of a destination.
enum Found {
    Nothing,
    Empty,
    /// The result of a run and nothing else.
    Result,
    Link,
    Other,
}

fn found_at(destination: &Path) -> Result<Found, ExportError> {
    match fs::symlink_metadata(destination) {
        Err(missing) if missing.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(ExportError::io("read", destination)(error)),
        Ok(found) if found.is_symlink() => return Ok(Found::Link),
        Ok(found) if !found.is_dir() => return Ok(Found::Other),
        Ok(_) => {}
    }
    let names: Vec<String> = fs::read_dir(destination)
        .and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
                .collect()
        })
        .map_err(ExportError::io("read", destination))?;
    let known = |name: &String| WRITTEN.contains(&name.as_str()) || LEFT_BY_SYSTEMS.contains(&name.as_str());
    Ok(if names.is_empty() {
        Found::Empty
    } else if names.iter().all(known) && is_run_record(&destination.join(RUN_RECORD)) {
        Found::Result
    } else {
        Found::Other
    })
}

/// Whether a file is the run record of this program.
fn is_run_record(path: &Path) -> bool {
    let record = fs::read(path)
        .ok()
        .and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok());
    record.is_some_and(|record| record["program"] == env!("CARGO_PKG_NAME"))
}

/// The destination without a separator at its end, which would follow a link.
fn named(destination: &Path) -> Result<PathBuf, ExportError> {
    let name = destination
        .file_name()
        .ok_or_else(|| ExportError::NoName(destination.to_owned()))?;
    Ok(destination.with_file_name(name))
}

impl ResultFolder {
    /// Begins a result for `destination`, before a run or after it: parent folders are made, and the hidden
    /// folder, so that a destination that cannot be written is known before anything is computed.
    ///
    /// # Errors
    /// As [`may_write`], or the hidden folder cannot be made.
    pub fn begin(destination: &Path, force: bool) -> Result<Self, ExportError> {
        may_write(destination, force)?;
        let destination = named(destination)?;
        let parent = parent(&destination);
        fs::create_dir_all(parent).map_err(ExportError::io("made", parent))?;
        let making = Builder::new()
            .prefix(&hidden(&destination, "making"))
            .tempdir_in(parent)
            .map_err(ExportError::io("written to", parent))?;
        share(making.path())?;
        Ok(Self {
            destination,
            force,
            making,
        })
    }

    /// The folder to write into. Dropped before [`ResultFolder::finish`], the folder is removed with all that is in it.
    pub fn path(&self) -> &Path {
        self.making.path()
    }

    /// Gives the folder its name: that of an absent or empty folder, or with force that of an earlier result.
    ///
    /// # Errors
    /// Something else has the name by now, or the file system refuses. The finished results then lie where the
    /// error says, and an earlier result has its place again.
    pub fn finish(self) -> Result<PathBuf, ExportError> {
        let Self {
            destination,
            force,
            making,
        } = self;
        let earlier = match may_write(&destination, force).and_then(|()| found_at(&destination)) {
            Ok(Found::Result) => match set_aside(&destination) {
                Ok(aside) => Some(aside),
                Err(error) => return Err(kept(&destination, making, &error.to_string())),
            },
            Ok(_) => None,
            Err(error) => return Err(kept(&destination, making, &error.to_string())),
        };
        if let Err(error) = take_name(making.path(), &destination) {
            let lost = earlier.and_then(|aside| put_back(aside, &destination));
            return Err(kept(
                &destination,
                making,
                &format!("{error}{}", lost.unwrap_or_default()),
            ));
        }
        // The folder has its new name: nothing is left under the hidden one that a drop should remove.
        let _renamed = making.keep();
        // The earlier result is removed with `earlier`; whatever of it cannot be removed does no harm.
        Ok(destination)
    }
}

/// The name of an earlier result while it is set aside.
const EARLIER: &str = "earlier";

/// Gives an earlier result its place again; where that fails, keeps it and says where it lies.
fn put_back(aside: TempDir, destination: &Path) -> Option<String> {
    let refused = take_name(&aside.path().join(EARLIER), destination).err()?;
    let lies = aside.keep().join(EARLIER);
    Some(format!(
        "; the earlier result could not be put back ({refused}) and lies in {}",
        lies.display()
    ))
}

/// Gives a folder a name that nothing or an empty folder has; anything else makes this fail.
fn take_name(folder: &Path, name: &Path) -> Result<(), Error> {
    if cfg!(windows) && fs::symlink_metadata(name).is_ok() {
        // Renaming replaces an empty folder elsewhere; here it has to go first, which an empty one alone does.
        fs::remove_dir(name)?;
    }
    fs::rename(folder, name)
}

/// Finished results that cannot have their name get one beside it, or keep the hidden one.
fn kept(destination: &Path, making: TempDir, why: &str) -> ExportError {
    let making = making.keep();
    let name = destination
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let beside = (2..NAMES_BESIDE)
        .map(|number| destination.with_file_name(format!("{name}-{number}")))
        .find(|path| matches!(found_at(path), Ok(Found::Nothing)));
    let lies = match beside {
        Some(beside) if take_name(&making, &beside).is_ok() => beside,
        _ => making,
    };
    ExportError::Kept {
        destination: destination.to_owned(),
        lies,
        why: why.to_owned(),
    }
}

fn parent(destination: &Path) -> &Path {
    destination
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Moves the earlier result into a hidden folder beside it.
fn set_aside(destination: &Path) -> Result<TempDir, ExportError> {
    let parent = parent(destination);
    let aside = Builder::new()
        .prefix(&hidden(destination, "earlier"))
        .tempdir_in(parent)
        .map_err(ExportError::io("written to", parent))?;
    fs::rename(destination, aside.path().join(EARLIER)).map_err(ExportError::io("set aside", destination))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_result_that_cannot_be_put_back_is_kept() {
        let scratch = tempfile::tempdir().expect("folder");
        let destination = scratch.path().join("run");
        fs::create_dir(&destination).expect("made");
        fs::write(destination.join(RUN_RECORD), "earlier").expect("written");
        let aside = set_aside(&destination).expect("set aside");
        let lies = aside.path().join(EARLIER);
        // Something else takes the place meanwhile.
        fs::create_dir(&destination).expect("made");
        fs::write(destination.join("thesis.txt"), "years of work").expect("written");
        let said = put_back(aside, &destination).expect("refused");
        assert!(said.contains(&lies.display().to_string()), "{said}");
        assert_eq!(fs::read(lies.join(RUN_RECORD)).expect("kept"), b"earlier");
        assert!(destination.join("thesis.txt").is_file());
    }
}
