//! The biology: tables that stand at the top for the whole plate and in a condition for its wells alone.

use super::mistake::{Place, nearest};
use super::named;
use super::numbers::Listing;
use super::quantity;
use super::reader::{Fields, Reader, join};
use super::tree::{Node, Table, Value, quoted};
use crate::model::biology::Biology;
use crate::model::parameter::{Parameter, Section};
use crate::model::parameters::GrowthCone;
use crate::model::plate::DoseUnit;

/// Reads the tables of the biology over `base`.
pub fn read(reader: &mut Reader<'_>, fields: &Fields<'_>, base: Biology, listing: Listing) -> Biology {
    let first = reader.resolved.len();
    let (mut biology, brought) = named::read(reader, fields, base);
    for section in biology.sections_mut() {
        reader.section_at(fields, section, listing);
    }
    named::list(reader, fields, first, &brought, biology);
    let own_cone = fields.table.get(GrowthCone::NAME);
    let place = own_cone.map(|node| place_within(node, &["retracting", "paused"]));
    if let Some(place) = place.or_else(|| named::place_of(fields)) {
        check_modes(reader, place, &fields.path_of(GrowthCone::NAME), &biology);
    }
    biology
}

/// Notes modes that leave no time to run.
fn check_modes(reader: &mut Reader<'_>, place: Place, path: &str, biology: &Biology) {
    let GrowthCone { paused, retracting, .. } = biology.growth_cone;
    if paused + retracting >= 1.0 {
        let found = format!("paused {} and retracting {}", percent(paused), percent(retracting));
        reader.mistake(
            place,
            path,
            found,
            "less than 100 % together, so that some time is left to run",
        );
    }
}

fn percent(share: f64) -> String {
    format!("{} %", quantity::tidy(share * 100.0))
}

fn place_within(node: &Node, keys: &[&str]) -> Place {
    let Value::Table(table) = &node.value else {
        return node.place;
    };
    keys.iter()
        .find_map(|key| table.get(key))
        .map_or(node.place, |inner| inner.place)
}

/// A new value for a number of the biology, by an event.
#[derive(Clone, Copy, Debug)]
pub struct NewValue {
    parameter: &'static Parameter,
    value: f64,
}

/// Reads `set = { "growth_cone.speed" = "6 um/h" }`, dotted or as tables.
pub fn read_new_values(reader: &mut Reader<'_>, node: &Node, path: &str) -> Vec<NewValue> {
    let Value::Table(table) = &node.value else {
        reader.wrong_kind(
            node,
            path,
            "a table of new values, such as { \"growth_cone.speed\" = \"6 um/h\" }",
        );
        return Vec::new();
    };
    let mut values = Vec::new();
    for (key, place, node) in flatten(table) {
        match Biology::parameter(&key) {
            Some(parameter) => {
                let value = reader.value_of(node, &join(path, &key), parameter, DoseUnit::Relative);
                values.extend(value.map(|value| NewValue { parameter, value }));
            }
            None => {
                let sections = &Biology::SECTIONS;
                let known: Vec<String> = sections
                    .iter()
                    .flat_map(|section| section.parameters)
                    .map(Parameter::path)
                    .collect();
                let near = nearest(&key, known.iter().map(String::as_str));
                let tables = sections.map(|section| section.name).join(", ");
                let expected = format!("a key of {tables}, such as growth_cone.speed");
                reader.mistake_near(place, path, quoted(&key), expected, near);
            }
        }
    }
    values
}

/// `growth_cone = { speed = x }` and `"growth_cone.speed" = x` alike, as dotted keys.
fn flatten(table: &Table) -> Vec<(String, Place, &Node)> {
    let mut flat = Vec::new();
    for entry in &table.entries {
        match &entry.node.value {
            Value::Table(inner) => {
                flat.extend(
                    inner
                        .entries
                        .iter()
                        .map(|own| (format!("{}.{}", entry.key, own.key), own.place, &own.node)),
                );
            }
            _ => flat.push((entry.key.clone(), entry.place, &entry.node)),
        }
    }
    flat
}

/// The biology with new values; notes values that leave no time to run.
pub fn change(reader: &mut Reader<'_>, place: Place, path: &str, base: &Biology, values: &[NewValue]) -> Biology {
    let mut biology = *base;
    for new in values {
        biology.alter(&new.parameter.path(), |_| new.value);
    }
    check_modes(reader, place, path, &biology);
    biology
}
