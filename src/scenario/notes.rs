//! Everything that is noted while a file is read: mistakes, warnings and the numbers that it resolves to. Nothing stops at
//! the first mistake: what cannot be read is `None` or keeps its default, and the walk goes on.

use super::mistake::{FilePlace, Mistake, Mistakes, Warning};
use super::overrides::{self, Override};
use super::printable::is_printable;
use super::quantity::{self, Measurand};
use super::resolved::Resolved;
use super::tree::{TomlNode, join};
use std::cell::{RefCell, RefMut};

/// Gathers what is noted about a file.
#[derive(Debug)]
pub struct Notes<'a> {
    file: &'a str,
    overrides: &'a [Override],
    mistakes: RefCell<Vec<(FilePlace, Mistake)>>,
    warnings: RefCell<Vec<(FilePlace, Warning)>>,
    resolved: RefCell<Vec<Resolved>>,
}

impl<'a> Notes<'a> {
    /// No notes yet about `file`, changed by `overrides`.
    pub fn new(file: &'a str, overrides: &'a [Override]) -> Self {
        Self {
            file,
            overrides,
            mistakes: RefCell::default(),
            warnings: RefCell::default(),
            resolved: RefCell::default(),
        }
    }

    /// A spot of the file, under the dotted key `path`.
    pub fn spot(&'a self, place: FilePlace, path: impl Into<String>) -> Spot<'a> {
        Spot {
            notes: self,
            place,
            path: path.into(),
        }
    }

    /// Whether there is no mistake so far.
    pub fn are_sound(&self) -> bool {
        self.mistakes.borrow().is_empty()
    }

    /// Whether overrides make another experiment of the file: more than its seed.
    pub fn is_changed(&self) -> bool {
        overrides::change_more_than_the_seed(self.overrides)
    }

    /// The list of resolved numbers so far.
    pub fn resolved(&self) -> RefMut<'_, Vec<Resolved>> {
        self.resolved.borrow_mut()
    }

    /// The warnings in their order, and the resolved numbers.
    ///
    /// # Errors
    /// The mistakes in their order, if there are any.
    pub fn into_result(self) -> Result<(Vec<Warning>, Vec<Resolved>), Mistakes> {
        let mut mistakes = in_order(self.mistakes.into_inner());
        mistakes.dedup();
        if mistakes.is_empty() {
            Ok((in_order(self.warnings.into_inner()), self.resolved.into_inner()))
        } else {
            Err(Mistakes(mistakes))
        }
    }

    /// The place and the key as messages name them.
    fn locate(&self, place: FilePlace, key: &str) -> (String, String) {
        match place {
            FilePlace::Whole => (self.file.to_owned(), key.to_owned()),
            FilePlace::Line(line) => (format!("{}:{line}", self.file), key.to_owned()),
            FilePlace::Override(number) => match self.overrides.get(number) {
                Some(Override { key: typed, value }) => {
                    let key = if typed == key { "" } else { key };
                    (
                        format!("--set {typed}={value}").replace(|c| !is_printable(c), " "),
                        key.to_owned(),
                    )
                }
                None => ("--set".to_owned(), key.to_owned()),
            },
        }
    }
}

/// In the order in which they stand in the file; notes about the same place keep their order.
fn in_order<T>(mut noted: Vec<(FilePlace, T)>) -> Vec<T> {
    noted.sort_by_key(|&(place, _)| place);
    noted.into_iter().map(|(_, note)| note).collect()
}

/// A spot of a file, under its dotted key, where something is read or refused.
#[derive(Clone, Debug)]
pub struct Spot<'a> {
    notes: &'a Notes<'a>,
    /// Where it is.
    pub place: FilePlace,
    /// Its dotted key.
    pub path: String,
}

impl<'a> Spot<'a> {
    /// A spot of the same place, for a key inside it.
    pub fn inside(&self, key: &str) -> Self {
        Self {
            notes: self.notes,
            place: self.place,
            path: join(&self.path, key),
        }
    }

    /// Notes a mistake.
    pub fn refuse(&self, found: impl Into<String>, expected: impl Into<String>) {
        self.refuse_near(found, expected, None);
    }

    /// Notes a mistake that may be a slip of the pen for `nearest`.
    pub fn refuse_near(&self, found: impl Into<String>, expected: impl Into<String>, nearest: Option<String>) {
        let (place, key) = self.notes.locate(self.place, &self.path);
        let mistake = Mistake {
            place,
            key,
            found: found.into(),
            expected: expected.into(),
            nearest,
        };
        self.notes.mistakes.borrow_mut().push((self.place, mistake));
    }

    /// Notes a mistake, in the place of a value.
    pub fn refused<T>(&self, found: impl Into<String>, expected: impl Into<String>) -> Option<T> {
        self.refuse(found, expected);
        None
    }

    /// Notes a value of the wrong kind, in the place of one that could be read.
    pub fn wrong_kind<T>(&self, node: &TomlNode, expected: impl Into<String>) -> Option<T> {
        self.refused(node.describe(), expected)
    }

    /// Notes a warning.
    pub fn warn(&self, text: impl Into<String>) {
        let (place, key) = self.notes.locate(self.place, &self.path);
        let text = text.into();
        let warning = Warning { place, key, text };
        self.notes.warnings.borrow_mut().push((self.place, warning));
    }

    /// The spot of a part of what stands here, under the same key.
    pub fn part(&self, place: FilePlace) -> Spot<'a> {
        self.notes.spot(place, self.path.clone())
    }

    /// The spot of `key` within what stands here.
    pub fn within(&self, key: &str, place: FilePlace) -> Spot<'a> {
        self.notes.spot(place, join(&self.path, key))
    }

    /// A value that stands here, in model units.
    pub fn quantity(&self, node: &TomlNode, measure: Measurand) -> Option<f64> {
        quantity::read(node, measure)
            .map_err(|problem| self.refuse_near(problem.found, problem.expected, problem.nearest))
            .ok()
    }
}
