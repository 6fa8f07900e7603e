//! The mark of a living run on the folder that it works in: a lock, which the system takes away when the program ends,
//! however it ends. What nobody holds is nobody's.

use std::fs::{File, TryLockError};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// A lock on a folder or a file for as long as this lives.
#[derive(Debug)]
pub(crate) struct Hold {
    _file: Option<File>,
}

impl Hold {
    /// A hold on nothing, where the system has no locks.
    pub(crate) fn none() -> Self {
        Self { _file: None }
    }
}

/// Whether something can be held.
#[derive(Debug)]
pub(crate) enum Held {
    /// It is ours now.
    Ours(Hold),
    /// A living program has it, or the system cannot tell.
    Elsewhere,
    /// It is not there any more.
    Gone,
}

/// Takes hold of a folder or file without waiting.
pub(crate) fn take(path: &Path) -> Held {
    if !cfg!(unix) {
        // A folder cannot be locked here, so that none is ever known to be nobody's.
        return Held::Elsewhere;
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Held::Gone,
        Err(_) => return Held::Elsewhere,
    };
    match file.try_lock() {
        // Another may have removed it, or given it another name, before the lock was taken.
        Ok(()) if is_at(&file, path) => Held::Ours(Hold { _file: Some(file) }),
        Ok(()) => Held::Gone,
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => Held::Elsewhere,
    }
}

/// Takes hold of something that was just made. Where the system has no locks the work goes on without; nobody clears it then,
/// since nobody else can take hold of it either.
///
/// # Errors
/// It was cleared before it could be held.
pub(crate) fn take_new(path: &Path) -> Result<Hold, Error> {
    if !cfg!(unix) {
        return Ok(Hold { _file: None });
    }
    let file = File::open(path)?;
    // One that clears what is nobody's may have it for a moment; it is gone then.
    let locked = file.lock().is_ok();
    if locked && !is_at(&file, path) {
        return Err(ErrorKind::NotFound.into());
    }
    Ok(Hold {
        _file: locked.then_some(file),
    })
}

/// Whether an open file is still the one of that name.
pub(crate) fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (Ok(open), Ok(there)) = (file.metadata(), std::fs::symlink_metadata(path)) else {
            return false;
        };
        (open.dev(), open.ino()) == (there.dev(), there.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_once_and_free_afterwards() {
        let scratch = tempfile::tempdir().expect("folder");
        let hold = take_new(scratch.path()).expect("held");
        assert!(matches!(take(scratch.path()), Held::Elsewhere));
        drop(hold);
        assert!(matches!(take(scratch.path()), Held::Ours(_)));
        assert!(matches!(take(&scratch.path().join("gone")), Held::Gone));
    }
}
