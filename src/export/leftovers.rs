//! The hidden folders that a killed run has left beside a destination: an earlier result that was set aside comes back to
//! its place, and what is nobody's is cleared.

use super::contents::{self, Found, found_at, parent};
use super::durable::sync_folder;
use super::hold::{self, Held};
use std::fs;
use std::path::{Path, PathBuf};

/// The name of an earlier result while it is set aside.
pub(super) const EARLIER: &str = "earlier";

/// A file that says why a folder is where it is; a hidden folder with it is never cleared.
pub(super) const NOTE: &str = "ABOUT-THIS-FOLDER.txt";

/// The kinds of hidden folders beside a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hidden {
    /// A result in the making.
    Making,
    /// An earlier result that was set aside.
    Earlier,
}

impl Hidden {
    /// The beginning of the names of such folders.
    pub(super) fn prefix(self, destination: &Path) -> String {
        let name = contents::name(destination);
        match self {
            Hidden::Making => format!(".{name}.making-"),
            Hidden::Earlier => format!(".{name}.{EARLIER}-"),
        }
    }

    /// The folders of this kind that no living run holds, each with a hold on it.
    fn free(self, destination: &Path) -> Vec<(PathBuf, hold::Hold)> {
        let prefix = self.prefix(destination);
        let Ok(entries) = fs::read_dir(parent(destination)) else {
            return Vec::new();
        };
        let mut free: Vec<_> = entries
            .flatten()
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix))
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
            .map(|entry| entry.path())
            .filter(|path| !path.join(NOTE).exists())
            .filter_map(|path| match hold::take(&path) {
                Held::Ours(hold) => Some((path, hold)),
                Held::Elsewhere | Held::Gone => None,
            })
            .collect();
        free.sort_by(|one, other| one.0.cmp(&other.0));
        free
    }
}

/// Settles what killed runs have left beside `destination`: brings an earlier result back that was set aside when its run was
/// killed, and clears what no living run holds. Returns a sentence for each.
pub fn settle_leftovers(destination: &Path) -> Vec<String> {
    let mut said = Vec::new();
    for (folder, hold) in Hidden::Earlier.free(destination) {
        let earlier = folder.join(EARLIER);
        let is_replaced = match (found_at(&earlier), found_at(destination)) {
            // Nothing was set aside yet.
            (Ok(Found::Nothing), _) => true,
            (Ok(Found::Result), Ok(Found::Nothing | Found::Empty)) => {
                if let Err(problem) = bring_back(&earlier, destination) {
                    said.push(format!(
                        "an earlier result lies in {} and could not be put back: {problem}",
                        earlier.display()
                    ));
                    continue;
                }
                said.push(format!(
                    "{} is back: a run that was to replace it was killed",
                    destination.display()
                ));
                true
            }
            (_, Ok(Found::Result)) => true,
            _ => false,
        };
        if is_replaced {
            // The parts that cannot be removed do no harm.
            let _ = fs::remove_dir_all(&folder);
        } else {
            said.push(format!("an earlier result lies in {}", earlier.display()));
        }
        drop(hold);
    }
    for (folder, hold) in Hidden::Making.free(destination) {
        said.push(match fs::remove_dir_all(&folder) {
            Ok(()) => format!("{} is cleared: the run that left it was killed", folder.display()),
            Err(problem) => format!(
                "{} was left by a run that was killed and cannot be cleared: {problem}",
                folder.display()
            ),
        });
        drop(hold);
    }
    said
}

/// Gives an earlier result its place again.
fn bring_back(earlier: &Path, destination: &Path) -> Result<(), std::io::Error> {
    fs::rename(earlier, destination)?;
    sync_folder(parent(destination))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A folder with a run record of this program and nothing else.
    fn result(at: &Path) {
        fs::create_dir_all(at).expect("made");
        fs::write(at.join("run.json"), "{\"program\": \"outgrowth\"}").expect("written");
    }

    #[test]
    fn an_earlier_result_that_was_set_aside_comes_back() {
        let scratch = tempfile::tempdir().expect("folder");
        let destination = scratch.path().join("run");
        result(&scratch.path().join(".run.earlier-abc/earlier"));
        let said = settle_leftovers(&destination);
        assert!(said.len() == 1 && said[0].contains("is back"), "{said:?}");
        assert!(destination.join("run.json").is_file());
        assert!(!scratch.path().join(".run.earlier-abc").exists());
        assert!(settle_leftovers(&destination).is_empty());
        // Where the new one has its place, the earlier one is over.
        result(&scratch.path().join(".run.earlier-xyz/earlier"));
        settle_leftovers(&destination);
        assert!(!scratch.path().join(".run.earlier-xyz").exists());
    }

    #[test]
    fn what_a_living_run_holds_or_a_note_explains_stays() {
        let scratch = tempfile::tempdir().expect("folder");
        let destination = scratch.path().join("run");
        let [held, noted, free] = ["held", "noted", "free"].map(|name| {
            let folder = scratch.path().join(format!(".run.making-{name}"));
            fs::create_dir(&folder).expect("made");
            folder
        });
        let other = scratch.path().join(".run-2.making-free");
        fs::create_dir(&other).expect("made");
        fs::write(noted.join(NOTE), "kept").expect("written");
        let hold = hold::take_new(&held).expect("held");
        let said = settle_leftovers(&destination);
        assert!(said.len() == 1 && said[0].contains("is cleared"), "{said:?}");
        assert!(held.exists() && noted.exists() && other.exists() && !free.exists());
        drop(hold);
        settle_leftovers(&destination);
        assert!(!held.exists());
    }
}
