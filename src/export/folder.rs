//! A folder of results that is there whole or not at all.
//!
//! Everything is written to a hidden folder beside the destination, which then takes the destination's name: in one call with
//! that of an earlier result, which goes only when the new one is on the disk. A kill, a full disk or a power cut leaves the
//! earlier one as it was. Where the name cannot be taken, the finished results keep a folder of their own and the error says
//! where; what a killed run leaves is settled by the next ([`super::leftovers`]).

use super::contents::{self, CHECKPOINT, Found, found_at, parent};
use super::durable::{exchange, sync_folder, sync_tree};
use super::error::ExportError;
use super::hold::{self, Held, Hold};
use super::leftovers::{EARLIER, Hidden, NOTE};
use super::numbered::Numbered;
use std::fs;
use std::io::Error;
use std::path::{Path, PathBuf};
use tempfile::{Builder, TempDir};

/// Names beside the destination that are tried for results that could not get it.
const NAMES_BESIDE: u32 = 1000;

/// How often a hidden folder is made anew that was cleared before it could be held.
const TRIES: u32 = 8;

/// A result in the making.
#[derive(Debug)]
pub struct ResultFolder {
    destination: PathBuf,
    force: bool,
    making: TempDir,
    hold: Hold,
    numbered: Option<Numbered>,
    /// Whether the destination holds what this run needs to go on.
    is_begun: bool,
}

/// Whether a destination holds a result.
pub(crate) fn holds_result(destination: &Path) -> bool {
    matches!(found_at(destination), Ok(Found::Result))
}

/// Whether a result may be written to `destination`: it is new, or empty, or holds a result and `force` is set.
/// This only looks; [`ResultFolder::begin`] finds out whether the file system allows it.
///
/// # Errors
/// The destination holds a result and `force` is not set; it holds anything else; it is a link; it cannot be
/// read.
pub fn may_write(destination: &Path, force: bool) -> Result<(), ExportError> {
    look(&named(destination)?, force).map(|_| ())
}

/// The state of a destination where a result may be written.
fn look(destination: &Path, force: bool) -> Result<Found, ExportError> {
    match found_at(destination)? {
        Found::Result if !force => Err(ExportError::Exists(destination.to_owned())),
        Found::Unfinished if !force && is_at_work(destination) => Err(ExportError::AtWork(destination.to_owned())),
        Found::Unfinished if !force => Err(ExportError::Unfinished(destination.to_owned())),
        Found::Link => Err(ExportError::Link(destination.to_owned())),
        Found::Other(stranger) => Err(ExportError::NotOurs(destination.to_owned(), stranger)),
        free => Ok(free),
    }
}

/// Whether a living run has its checkpoints in a destination.
fn is_at_work(destination: &Path) -> bool {
    cfg!(unix) && matches!(hold::take(&destination.join(CHECKPOINT)), Held::Elsewhere)
}

/// Puts a folder `checkpoint`, which `fill` fills, into a destination: a new one, or one with a result that is to be replaced. An
/// earlier one goes. All of it is on the disk before it is there. Returns the hold on it.
///
/// # Errors
/// A living run has one there, or the file system refuses.
pub(crate) fn place_checkpoint(
    destination: &Path,
    fill: impl FnOnce(&Path) -> Result<(), ExportError>,
) -> Result<Hold, ExportError> {
    let beside = parent(destination);
    let (making, _hold) = hidden(destination, Hidden::Making).map_err(ExportError::io("written to", beside))?;
    share(making.path())?;
    let (new, place) = (making.path().join(CHECKPOINT), destination.join(CHECKPOINT));
    fs::create_dir(&new).map_err(ExportError::io("made", &new))?;
    let hold = hold::take_new(&new).map_err(ExportError::io("made", &new))?;
    fill(&new)?;
    sync_tree(making.path())?;
    let refused = ExportError::io("written to", destination);
    match found_at(destination)? {
        Found::Nothing | Found::Empty => {
            take_name(making.path(), destination).map_err(refused)?;
            let _renamed = making.keep();
            sync_folder(beside).map_err(ExportError::io("written to disk", beside))?;
        }
        Found::Unfinished | Found::Result if is_at_work(destination) => {
            return Err(ExportError::AtWork(destination.to_owned()));
        }
        Found::Unfinished | Found::Result => {
            if place.exists() && !exchange(&new, &place).map_err(ExportError::io("written to", destination))? {
                fs::rename(&place, making.path().join(EARLIER)).map_err(ExportError::io("set aside", &place))?;
            }
            // Exchanged, the name is taken; the earlier one goes with the hidden folder.
            if !place.exists() {
                fs::rename(&new, &place).map_err(refused)?;
            }
            sync_folder(destination).map_err(ExportError::io("written to disk", destination))?;
        }
        Found::Link => return Err(ExportError::Link(destination.to_owned())),
        Found::Other(stranger) => return Err(ExportError::NotOurs(destination.to_owned(), stranger)),
    }
    Ok(hold)
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
        let (making, hold) = hidden(&destination, Hidden::Making).map_err(ExportError::io("written to", parent))?;
        share(making.path())?;
        Ok(Self {
            destination,
            force,
            making,
            hold,
            numbered: None,
            is_begun: false,
        })
    }

    /// Says that the destination holds what this run needs to go on (`place_checkpoint`), which goes when the result has its
    /// place.
    pub fn expect_checkpoint(&mut self) {
        self.is_begun = true;
    }

    /// Begins a result in the first folder `PARENT/NAME-N` that is free.
    ///
    /// # Errors
    /// As [`ResultFolder::begin`].
    pub fn begin_numbered(parent: &Path, name: &str) -> Result<Self, ExportError> {
        let numbered = Numbered::take(parent, name);
        let begun = Self::begin(numbered.path(), false)?;
        Ok(Self {
            numbered: Some(numbered),
            ..begun
        })
    }

    /// The folder to write into. Dropped before [`ResultFolder::finish`], the folder is removed with all that is in it.
    pub fn path(&self) -> &Path {
        self.making.path()
    }

    /// The folder that it will be.
    pub fn destination(&self) -> &Path {
        &self.destination
    }

    /// Gives the folder its name once all of it is on the disk: that of an absent or empty folder, or with force that of an
    /// earlier result.
    ///
    /// # Errors
    /// The disk refuses what was written, and nothing has changed. Or something else has the name by now, or the file system
    /// refuses it: the finished results then lie where the error says, and an earlier result has its place again.
    pub fn finish(self) -> Result<PathBuf, ExportError> {
        self.sync()?;
        self.take_place()
    }

    /// Writes all of it out to the disk.
    pub(super) fn sync(&self) -> Result<(), ExportError> {
        sync_tree(self.making.path())
    }

    /// Gives the folder its name, as [`ResultFolder::finish`] does.
    pub(super) fn take_place(self) -> Result<PathBuf, ExportError> {
        let Self {
            destination,
            force,
            making,
            hold,
            numbered,
            is_begun,
        } = self;
        let found = match look(&destination, force || is_begun) {
            Ok(found) => found,
            Err(error) => return Err(kept(&destination, making, &error.to_string())),
        };
        let replaced = match found {
            Found::Result | Found::Unfinished => replace(making, &destination)?,
            _ => match take_name(making.path(), &destination) {
                Ok(()) => {
                    // The folder has its new name: nothing is left under the hidden one that a drop should remove.
                    let _renamed = making.keep();
                    None
                }
                Err(error) => return Err(kept(&destination, making, &error.to_string())),
            },
        };
        if let Err(error) = sync_folder(parent(&destination)) {
            // The names may not be on the disk: the earlier result stays, for the next run to settle.
            let _kept = replaced.map(TempDir::keep);
            return Err(ExportError::io("written to disk", parent(&destination))(error));
        }
        // Only now may the earlier result go; whatever of it cannot be removed does no harm.
        drop(replaced);
        drop((hold, numbered));
        Ok(destination)
    }

    /// Leaves what was written so far under a name of its own that says so, with a note in it. Returns where it lies.
    pub(super) fn leave_partial(self, note: &str) -> PathBuf {
        let name = contents::name(&self.destination);
        let making = self.making.keep();
        // The name says it as well, where the disk has no room for a note.
        let _ = fs::write(making.join(NOTE), note);
        let _ = sync_tree(&making);
        let lies = name_beside(&making, &self.destination, &format!("{name}-partial"), 1);
        let _ = sync_folder(parent(&lies));
        lies
    }
}

/// A new hidden folder beside a destination, and the hold on it.
fn hidden(destination: &Path, kind: Hidden) -> Result<(TempDir, Hold), Error> {
    let mut tries = 0;
    loop {
        let folder = Builder::new()
            .prefix(&kind.prefix(destination))
            .tempdir_in(parent(destination))?;
        tries += 1;
        match hold::take_new(folder.path()) {
            Ok(hold) => return Ok((folder, hold)),
            Err(error) if tries == TRIES => return Err(error),
            Err(_) => {}
        }
    }
}

/// Lets a finished result take the place of an earlier one, which lies in the folder that is returned.
fn replace(making: TempDir, destination: &Path) -> Result<Option<TempDir>, ExportError> {
    match exchange(making.path(), destination) {
        // The hidden folder is now the earlier result.
        Ok(true) => return Ok(Some(making)),
        Ok(false) => {}
        Err(error) => return Err(kept(destination, making, &error.to_string())),
    }
    let aside = match set_aside(destination) {
        Ok(aside) => aside,
        Err(error) => return Err(kept(destination, making, &error.to_string())),
    };
    if let Err(error) = take_name(making.path(), destination) {
        let lost = put_back(aside, destination).unwrap_or_default();
        return Err(kept(destination, making, &format!("{error}{lost}")));
    }
    let _renamed = making.keep();
    Ok(Some(aside.0))
}

/// Moves the earlier result into a hidden folder beside it, which is held: found by another run in between, it is not
/// nobody's.
fn set_aside(destination: &Path) -> Result<(TempDir, Hold), ExportError> {
    let (aside, hold) =
        hidden(destination, Hidden::Earlier).map_err(ExportError::io("written to", parent(destination)))?;
    fs::rename(destination, aside.path().join(EARLIER)).map_err(ExportError::io("set aside", destination))?;
    Ok((aside, hold))
}

/// Gives an earlier result its place again; where that fails, gives it another name and says where it lies.
fn put_back((aside, _hold): (TempDir, Hold), destination: &Path) -> Option<String> {
    let earlier = aside.path().join(EARLIER);
    let refused = take_name(&earlier, destination).err()?;
    let name = contents::name(destination);
    let lies = name_beside(&earlier, destination, &name, 2);
    if lies == earlier {
        let kept = aside.keep();
        let _ = fs::write(
            kept.join(NOTE),
            "An earlier result that could not be put back in its place.\n",
        );
    }
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
    let name = contents::name(destination);
    let making = making.keep();
    let lies = name_beside(&making, destination, &name, 2);
    if lies == making {
        let _ = fs::write(
            making.join(NOTE),
            format!("Whole results that could not be put in their place: {why}\n"),
        );
    }
    // They are on the disk; where their name is not, they have the hidden one after a power cut.
    let _ = sync_folder(parent(destination));
    ExportError::Kept {
        destination: destination.to_owned(),
        lies,
        why: why.to_owned(),
    }
}

/// Gives a folder a name beside a destination: the first of `NAME`, which is number 1, `NAME-2` and so on from number `first`
/// that is free. Returns where it is then.
fn name_beside(folder: &Path, destination: &Path, name: &str, first: u32) -> PathBuf {
    let free = (first..NAMES_BESIDE)
        .map(|number| match number {
            1 => destination.with_file_name(name),
            _ => destination.with_file_name(format!("{name}-{number}")),
        })
        .find(|path| matches!(found_at(path), Ok(Found::Nothing)));
    match free {
        Some(free) if take_name(folder, &free).is_ok() => free,
        _ => folder.to_owned(),
    }
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
    use super::super::contents::RUN_RECORD;
    use super::*;

    #[test]
    fn an_earlier_result_that_cannot_be_put_back_is_kept() {
        let scratch = tempfile::tempdir().expect("folder");
        let destination = scratch.path().join("run");
        fs::create_dir(&destination).expect("made");
        fs::write(destination.join(RUN_RECORD), "earlier").expect("written");
        let aside = set_aside(&destination).expect("set aside");
        // Something else takes the place meanwhile.
        fs::create_dir(&destination).expect("made");
        fs::write(destination.join("thesis.txt"), "years of work").expect("written");
        let said = put_back(aside, &destination).expect("refused");
        let lies = scratch.path().join("run-2");
        assert!(said.contains(&lies.display().to_string()), "{said}");
        assert_eq!(fs::read(lies.join(RUN_RECORD)).expect("kept"), b"earlier");
        assert!(destination.join("thesis.txt").is_file());
    }

    /// Without the call that changes two names at once the earlier result is set aside and goes at the end.
    #[test]
    fn an_earlier_result_goes_when_it_is_set_aside_and_replaced() {
        let scratch = tempfile::tempdir().expect("folder");
        let destination = scratch.path().join("run");
        fs::create_dir(&destination).expect("made");
        fs::write(destination.join(RUN_RECORD), "earlier").expect("written");
        let aside = set_aside(&destination).expect("set aside");
        assert!(!destination.exists());
        assert!(put_back(aside, &destination).is_none());
        assert_eq!(fs::read(destination.join(RUN_RECORD)).expect("back"), b"earlier");
        let left: Vec<_> = fs::read_dir(scratch.path()).expect("folder").collect();
        assert_eq!(left.len(), 1, "nothing hidden is left");
    }
}
