//! Reads numbers: quantities, the settings and documented numbers of a table, and lists of lengths.

use super::notes::Spot;
use super::quantity::{self, DoseScale, Measurand};
use super::reader::{Fields, alternatives};
use super::resolved::{Origin, Resolved};
use super::shape::Form;
use super::tree::{TomlNode, TomlTable, TomlValue, quoted};
use crate::model::parameter::{AnySection, Dimension, Parameter};
use crate::model::plate::DoseUnit;

/// Which numbers of a section go on the list of resolved parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// All of them.
    All,
    /// Those that are set here; the others follow a table that is listed elsewhere.
    OnlySet,
}

impl Spot<'_> {
    /// A value of `parameter` that stands here: of its dimension, within what is accepted, and noted where it is not typical.
    pub fn value_of(&self, node: &TomlNode, parameter: &Parameter, dose: DoseScale) -> Option<f64> {
        let measure = Measurand {
            dimension: parameter.dimension,
            dose,
        };
        let value = self.within_range(node, parameter.accepted, measure)?;
        let in_own_unit =
            matches!(parameter.dimension, Dimension::Dose | Dimension::DoseRate) && dose.unit == DoseUnit::Nanomolar;
        if !quantity::lies_in(value, parameter.typical) && !in_own_unit {
            self.warn(format!(
                "{} is unusual; typical is {} (grade {}: {})",
                found_value(node),
                quantity::format_range(parameter.typical, measure),
                parameter.grade,
                parameter.source
            ));
        }
        Some(value)
    }

    /// A value that stands here, which must lie in `range`, in model units.
    pub fn within_range(&self, node: &TomlNode, range: (f64, f64), measure: Measurand) -> Option<f64> {
        let value = self.quantity(node, measure)?;
        if quantity::lies_in(value, range) {
            // A bound that is written in a round unit may be a little beyond it.
            return Some(value.clamp(range.0, range.1));
        }
        self.refused(found_value(node), quantity::format_range(range, measure))
    }

    fn lengths(&self, node: &TomlNode, counts: &[usize], what: &str) -> Option<Vec<f64>> {
        match &node.value {
            TomlValue::List(list) if counts.contains(&list.len()) => {
                let length = |item: &TomlNode| self.part(item.place).quantity(item, Dimension::Length.into());
                let values: Vec<Option<f64>> = list.iter().map(length).collect();
                values.into_iter().collect()
            }
            _ => self.wrong_kind(node, format!("{} lengths: {what}", alternatives(counts))),
        }
    }
}

impl Fields<'_> {
    /// The setting `key` of the table, in model units: as written, else its default. `None` where it is wrong, or
    /// missing and has no default.
    pub fn setting(&self, key: &str) -> Option<f64> {
        self.setting_in(key, DoseScale::RELATIVE)
    }

    /// As [`Fields::setting`], with doses in this unit.
    pub fn setting_in(&self, key: &str, dose: DoseScale) -> Option<f64> {
        let parameter = self.shape.setting(key)?;
        let measure = Measurand {
            dimension: parameter.dimension,
            dose,
        };
        let (value, origin) = match self.value(key) {
            Some(node) => (self.at(key).value_of(node, parameter, dose)?, Origin::Set),
            None if parameter.default.is_nan() => {
                self.missing(key, &measure.expected());
                return None;
            }
            None => (parameter.default, Origin::Default),
        };
        let row = Resolved::new(self.path_of(key), value, measure, origin, parameter);
        self.notes.resolved().push(row);
        Some(value)
    }

    /// The documented numbers of a table: `base`, changed by what is written.
    pub fn section<S: AnySection>(&self, base: S, dose: DoseScale, listing: Listing) -> S {
        let mut section = base;
        self.change_section(&mut section, dose, listing);
        section
    }

    /// Changes documented numbers by what is written in their table.
    fn change_section(&self, section: &mut dyn AnySection, dose: DoseScale, listing: Listing) {
        for (index, parameter) in section.parameters().iter().enumerate() {
            let measure = Measurand {
                dimension: parameter.dimension,
                dose,
            };
            let written = self.value(parameter.key);
            if let Some(value) = written.and_then(|node| self.at(parameter.key).value_of(node, parameter, dose)) {
                section.set(index, value);
            }
            if written.is_some() || listing == Listing::All {
                let origin = if written.is_some() {
                    Origin::Set
                } else {
                    Origin::Default
                };
                let path = self.path_of(parameter.key);
                let row = Resolved::new(path, section.get(index), measure, origin, parameter);
                self.notes.resolved().push(row);
            }
        }
    }

    /// Changes documented numbers by what is written in the table of their name, which may be left out.
    pub fn section_at(&self, section: &mut dyn AnySection, listing: Listing) {
        static EMPTY: TomlTable = TomlTable { entries: Vec::new() };
        let key = section.name();
        let inner = match self.table(key) {
            None if listing == Listing::All => self.within(key, &EMPTY, self.place, self.path_of(key)),
            inner => inner,
        };
        if let Some(inner) = inner {
            inner.change_section(section, DoseScale::RELATIVE, listing);
        }
    }

    /// The list of lengths at `key`, µm.
    pub fn lengths(&self, key: &str) -> Option<Vec<f64>> {
        let node = self.value(key)?;
        let Form::Lengths(counts, what) = self.key(key)?.form else {
            return None;
        };
        self.at(key).lengths(node, counts, what)
    }

    /// The lists of lengths in the list at `key`, µm; `None` within for one that is wrong.
    pub fn lists_of_lengths(&self, key: &str) -> Option<Vec<Option<Vec<f64>>>> {
        let node = self.value(key)?;
        let Form::Boxes(counts, what) = self.key(key)?.form else {
            return None;
        };
        let spot = self.at(key);
        match &node.value {
            TomlValue::List(list) if !list.is_empty() => {
                let one = |item: &TomlNode| spot.part(item.place).lengths(item, counts, what);
                Some(list.iter().map(one).collect())
            }
            _ => spot.wrong_kind(
                node,
                format!("a list of boxes, each of {} lengths: {what}", alternatives(counts)),
            ),
        }
    }

    /// The quantity at `key`, within the range of its form, in model units.
    pub fn quantity(&self, key: &str) -> Option<f64> {
        let node = self.value(key)?;
        let Form::Quantity(dimension, range) = self.key(key)?.form else {
            return None;
        };
        self.at(key).within_range(node, range, dimension.into())
    }
}

impl Fields<'_> {
    /// The two numbers at `key`, the least and the greatest.
    pub fn band(&self, key: &str) -> Option<(f64, f64)> {
        let node = self.value(key)?;
        let spot = self.at(key);
        let expected = "two numbers, the least and the greatest, such as [0.9, 1.1]";
        let TomlValue::List(list) = &node.value else {
            return spot.wrong_kind(node, expected);
        };
        let number = |node: &TomlNode| spot.part(node.place).quantity(node, Dimension::Number.into());
        let numbers: Option<Vec<f64>> = list.iter().map(number).collect();
        match numbers?[..] {
            [low, high] if low < high => Some((low, high)),
            _ => spot.wrong_kind(node, expected),
        }
    }
}

/// A number as it was written.
fn found_value(node: &TomlNode) -> String {
    match &node.value {
        TomlValue::Text(text) => quoted(text),
        _ => node.describe(),
    }
}
