//! The setting of a case: numbers by name, in model units, each as it was written.

use crate::model::parameter::Dimension;
use crate::model::word::Word;

/// A number, or a list of them, that a measure asks of a case.
#[derive(Clone, Copy, Debug)]
pub struct CaseKey {
    /// Its name in `[setting]`.
    pub name: &'static str,
    /// The dimension of its values, and so their unit.
    pub dimension: Dimension,
    /// Whether there may be several.
    pub many: bool,
}

/// A key that holds one number.
pub const fn one(name: &'static str, dimension: Dimension) -> CaseKey {
    CaseKey {
        name,
        dimension,
        many: false,
    }
}

/// A key that holds one number or a list of them.
pub const fn many(name: &'static str, dimension: Dimension) -> CaseKey {
    CaseKey {
        name,
        dimension,
        many: true,
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseEntry {
    /// Its key.
    pub key: &'static str,
    /// Its values, in model units.
    pub values: Vec<f64>,
    /// Its values as they were written.
    pub shown: String,
}

/// Numbers by name. The reader of cases sees to it that every key of the measure is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseSetting {
    /// The entries, in the order of the measure's keys.
    pub entries: Vec<CaseEntry>,
}

impl CaseSetting {
    /// The numbers at `key`; none where a case does not set it.
    pub fn list(&self, key: &str) -> &[f64] {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        debug_assert!(entry.is_some(), "a measure reads {key}, which is not among its keys");
        entry.map_or(&[], |entry| &entry.values)
    }

    /// The number at `key`; not a number where a case does not set it, so that no band lets it pass.
    pub fn number(&self, key: &str) -> f64 {
        self.list(key).first().copied().unwrap_or(f64::NAN)
    }

    /// The word at `key`, which is a [`Dimension::Choice`] of these words.
    pub fn word<W: Word>(&self, key: &str) -> Option<W> {
        W::from_number(self.number(key))
    }

    /// The whole number at `key`.
    pub fn count(&self, key: &str) -> u32 {
        self.number(key) as u32
    }

    /// This setting where `change` has nothing to say, else what it says.
    pub fn changed(&self, change: &CaseSetting) -> CaseSetting {
        let entry = |entry: &CaseEntry| {
            let changed = change.entries.iter().find(|other| other.key == entry.key);
            changed.unwrap_or(entry).clone()
        };
        CaseSetting {
            entries: self.entries.iter().map(entry).collect(),
        }
    }
}
