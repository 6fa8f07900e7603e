//! Reads numbers: quantities, the settings and documented numbers of a table, and lists of lengths.

use super::quantity::{self, Measure};
use super::reader::{Fields, Reader, alternatives};
use super::resolved::{Origin, Resolved};
use super::shape::Form;
use super::tree::{Node, Table, Value, quoted};
use crate::model::parameter::{AnySection, Dimension, Parameter};
use crate::model::plate::DoseUnit;

/// The numbers of a section that go on the list of resolved parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// All of them.
    All,
    /// Those that are set here; the others follow a table that is listed elsewhere.
    OnlySet,
}

impl Reader<'_> {
    /// A value as what it should measure, in model units.
    pub fn quantity(&mut self, node: &Node, path: &str, measure: Measure) -> Option<f64> {
        match quantity::read(node, measure) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.mistake_near(node.place, path, problem.found, problem.expected, problem.nearest);
                None
            }
        }
    }

    /// A value of `parameter`: of its dimension, within what is accepted, and noted where it is not typical.
    pub fn value_of(&mut self, node: &Node, path: &str, parameter: &Parameter, dose: DoseUnit) -> Option<f64> {
        let measure = Measure {
            dimension: parameter.dimension,
            dose,
        };
        let value = self.quantity(node, path, measure)?;
        let within = |(low, high): (f64, f64)| {
            let slack = 1e-9 * low.abs().max(high.abs()).min(value.abs());
            value >= low - slack && value <= high + slack
        };
        if !within(parameter.accepted) {
            self.mistake(
                node.place,
                path,
                found_value(node),
                quantity::format_range(parameter.accepted, measure),
            );
            return None;
        }
        let in_own_unit =
            matches!(parameter.dimension, Dimension::Dose | Dimension::DoseRate) && dose == DoseUnit::Nanomolar;
        if !within(parameter.typical) && !in_own_unit {
            let text = format!(
                "{} is unusual; typical is {} (grade {}: {})",
                found_value(node),
                quantity::format_range(parameter.typical, measure),
                parameter.grade,
                parameter.source
            );
            self.warn(node.place, path, text);
        }
        Some(value)
    }

    /// The setting `key` of the table, in model units: as written, else its default. `None` where it is wrong, or
    /// missing and has no default.
    pub fn setting(&mut self, fields: &Fields<'_>, key: &str, dose: DoseUnit) -> Option<f64> {
        let parameter = fields.shape.setting(key)?;
        let path = fields.path_of(key);
        let measure = Measure {
            dimension: parameter.dimension,
            dose,
        };
        let (value, origin) = match fields.table.get(key) {
            Some(node) => (self.value_of(node, &path, parameter, dose)?, Origin::Set),
            None if parameter.default.is_nan() => {
                self.missing(fields, key, &measure.expected());
                return None;
            }
            None => (parameter.default, Origin::Default),
        };
        self.resolved
            .push(Resolved::new(path, value, measure, origin, parameter));
        Some(value)
    }

    /// The documented numbers of a table: `base`, changed by what is written.
    pub fn section<S: AnySection>(&mut self, fields: &Fields<'_>, base: S, dose: DoseUnit, listing: Listing) -> S {
        let mut section = base;
        self.change_section(fields, &mut section, dose, listing);
        section
    }

    /// Changes documented numbers by what is written in their table.
    fn change_section(&mut self, fields: &Fields<'_>, section: &mut dyn AnySection, dose: DoseUnit, listing: Listing) {
        for (index, parameter) in section.parameters().iter().enumerate() {
            let path = fields.path_of(parameter.key);
            let measure = Measure {
                dimension: parameter.dimension,
                dose,
            };
            let written = fields.table.get(parameter.key);
            if let Some(value) = written.and_then(|node| self.value_of(node, &path, parameter, dose)) {
                section.set(index, value);
            }
            if written.is_some() || listing == Listing::All {
                let origin = if written.is_some() {
                    Origin::Set
                } else {
                    Origin::Default
                };
                self.resolved
                    .push(Resolved::new(path, section.get(index), measure, origin, parameter));
            }
        }
    }

    /// Changes documented numbers by what is written in the table of their name, which may be left out.
    pub fn section_at(&mut self, fields: &Fields<'_>, section: &mut dyn AnySection, listing: Listing) {
        static EMPTY: Table = Table { entries: Vec::new() };
        let key = section.name();
        let inner = match self.table(fields, key) {
            Some(inner) => inner,
            None if listing == Listing::OnlySet => return,
            None => {
                let Some(shape) = self.shape_at(fields, key) else {
                    return;
                };
                Fields {
                    table: &EMPTY,
                    place: fields.place,
                    path: fields.path_of(key),
                    shape,
                }
            }
        };
        self.change_section(&inner, section, DoseUnit::Relative, listing);
    }

    /// The list of lengths at `key`, µm.
    pub fn lengths(&mut self, fields: &Fields<'_>, key: &str) -> Option<Vec<f64>> {
        let node = fields.table.get(key)?;
        let path = fields.path_of(key);
        let form = fields.shape.keys.iter().find(|known| known.name == key)?.form;
        let Form::Lengths(counts, what) = form else { return None };
        self.lengths_of(node, &path, counts, what)
    }

    /// The lists of lengths in the list at `key`, µm; `None` within for one that is wrong.
    pub fn lists_of_lengths(&mut self, fields: &Fields<'_>, key: &str) -> Option<Vec<Option<Vec<f64>>>> {
        let node = fields.table.get(key)?;
        let path = fields.path_of(key);
        let form = fields.shape.keys.iter().find(|known| known.name == key)?.form;
        let Form::Boxes(counts, what) = form else { return None };
        match &node.value {
            Value::List(list) if !list.is_empty() => {
                let one = |item| self.lengths_of(item, &path, counts, what);
                Some(list.iter().map(one).collect())
            }
            _ => {
                let expected = format!("a list of boxes, each of {} lengths: {what}", alternatives(counts));
                self.wrong_kind(node, &path, &expected);
                None
            }
        }
    }

    /// The quantity at `key`, which must be above 0, in model units.
    pub fn positive(&mut self, fields: &Fields<'_>, key: &str) -> Option<f64> {
        let node = fields.table.get(key)?;
        let path = fields.path_of(key);
        let form = fields.shape.keys.iter().find(|known| known.name == key)?.form;
        let Form::Quantity(dimension) = form else { return None };
        let value = self.quantity(node, &path, dimension.into())?;
        if value > 0.0 {
            return Some(value);
        }
        let expected = format!("{}, above 0", Measure::from(dimension).expected());
        self.mistake(node.place, &path, found_value(node), expected);
        None
    }

    fn lengths_of(&mut self, node: &Node, path: &str, counts: &[usize], what: &str) -> Option<Vec<f64>> {
        let expected = format!("{} lengths: {what}", alternatives(counts));
        let Value::List(list) = &node.value else {
            self.wrong_kind(node, path, &expected);
            return None;
        };
        if !counts.contains(&list.len()) {
            self.wrong_kind(node, path, &expected);
            return None;
        }
        let values: Vec<Option<f64>> = list
            .iter()
            .map(|item| self.quantity(item, path, Dimension::Length.into()))
            .collect();
        values.into_iter().collect()
    }
}

/// A number as it was written.
fn found_value(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        _ => node.describe(),
    }
}
