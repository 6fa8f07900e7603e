//! Numbered folders for results that nobody has named: the first number that is free is taken at once, by an empty folder that is
//! held, so that no run beside this one takes it as well.

use super::contents::{Found, found_at};
use super::hold::{self, Held, Hold};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A numbered name that is taken. Dropped, its folder goes while it is empty.
#[derive(Debug)]
pub(super) struct Numbered {
    path: PathBuf,
    _hold: Option<Hold>,
}

impl Numbered {
    /// Takes the first `PARENT/NAME-N` that is free: not there, or an empty folder that a killed run has left. A folder that
    /// cannot be made is refused when the results are begun.
    pub(super) fn take(parent: &Path, name: &str) -> Self {
        let made = fs::create_dir_all(parent);
        let mut number = 1;
        loop {
            let path = parent.join(format!("{name}-{number}"));
            let hold = match fs::create_dir(&path) {
                Ok(()) => hold::take_new(&path).ok(),
                Err(problem) if made.is_ok() && problem.kind() == ErrorKind::AlreadyExists => take_empty(&path),
                Err(_) => return Numbered { path, _hold: None },
            };
            match hold {
                Some(_) => return Numbered { path, _hold: hold },
                None => number += 1,
            }
        }
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Takes an empty folder that no living run holds.
fn take_empty(path: &Path) -> Option<Hold> {
    let is_empty = || matches!(found_at(path), Ok(Found::Empty));
    match is_empty().then(|| hold::take(path))? {
        Held::Ours(hold) => is_empty().then_some(hold),
        Held::Elsewhere | Held::Gone => None,
    }
}

impl Drop for Numbered {
    fn drop(&mut self) {
        // The results have its name by now, or nobody does: only an empty folder can be removed in this way.
        let _ = fs::remove_dir(&self.path);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_once_and_free_again_when_its_run_was_killed() {
        let scratch = tempfile::tempdir().expect("folder");
        let parent = scratch.path().join("results");
        let first = Numbered::take(&parent, "quick");
        assert_eq!(first.path(), parent.join("quick-1"));
        assert_eq!(Numbered::take(&parent, "quick").path(), parent.join("quick-2"));
        drop(first);
        assert!(!parent.join("quick-1").exists(), "an empty folder was left");
        // A killed run leaves its empty folder, which nobody holds any more.
        fs::create_dir(parent.join("quick-1")).expect("made");
        fs::create_dir(parent.join("quick-2")).expect("made");
        fs::write(parent.join("quick-2/thesis.txt"), "years of work").expect("written");
        let again = Numbered::take(&parent, "quick");
        assert_eq!(again.path(), parent.join("quick-1"));
        assert_eq!(Numbered::take(&parent, "quick").path(), parent.join("quick-3"));
    }
}
