//! The biology: tables that stand at the top for the whole plate and in a condition for its wells alone.

use super::mistake::{FilePlace, nearest};
use super::named;
use super::notes::Spot;
use super::numbers::Listing;
use super::quantity::{self, DoseScale};
use super::reader::Fields;
use super::tree::{TomlNode, TomlTable, TomlValue, quoted};
use crate::model::biology::Biology;
use crate::model::parameter::{Parameter, Section};
use crate::model::parameters::GrowthCone;

/// Reads the tables of the biology over `base`.
pub fn read(fields: &Fields<'_>, base: Biology, listing: Listing) -> Biology {
    let first = fields.notes.resolved().len();
    let (mut biology, brought) = named::read(fields, base);
    for section in biology.sections_mut() {
        fields.section_at(section, listing);
    }
    named::list(fields, first, &brought, biology);
    let own_cone = fields.value(GrowthCone::NAME);
    let place = own_cone.map(|node| place_within(node, &["retracting", "paused"]));
    if let Some(place) = place.or_else(|| named::place_of(fields)) {
        let spot = fields.notes.spot(place, fields.path_of(GrowthCone::NAME));
        check_modes(&spot, &biology);
    }
    biology
}

/// Notes modes that leave no time to run.
fn check_modes(spot: &Spot<'_>, biology: &Biology) {
    let GrowthCone { paused, retracting, .. } = biology.growth_cone;
    if paused + retracting >= 1.0 {
        let found = format!("paused {} and retracting {}", percent(paused), percent(retracting));
        spot.refuse(found, "less than 100 % together, so that some time is left to run");
    }
}

fn percent(share: f64) -> String {
    format!("{} %", quantity::tidy(share * 100.0))
}

fn place_within(node: &TomlNode, keys: &[&str]) -> FilePlace {
    let TomlValue::Table(table) = &node.value else {
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
pub fn read_new_values(spot: &Spot<'_>, node: &TomlNode) -> Vec<NewValue> {
    let TomlValue::Table(table) = &node.value else {
        let expected = "a table of new values, such as { \"growth_cone.speed\" = \"6 um/h\" }";
        return spot.wrong_kind(node, expected).unwrap_or_default();
    };
    let mut values = Vec::new();
    for (key, place, node) in flatten(table) {
        match Biology::parameter(&key) {
            Some(parameter) => {
                let spot = spot.within(&key, node.place);
                let value = spot.value_of(node, parameter, DoseScale::RELATIVE);
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
                spot.part(place).refuse_near(quoted(&key), expected, near);
            }
        }
    }
    values
}

/// `growth_cone = { speed = x }` and `"growth_cone.speed" = x` alike, as dotted keys.
fn flatten(table: &TomlTable) -> Vec<(String, FilePlace, &TomlNode)> {
    let mut flat = Vec::new();
    for entry in &table.entries {
        match &entry.node.value {
            TomlValue::Table(inner) => {
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
pub fn change(spot: &Spot<'_>, base: &Biology, values: &[NewValue]) -> Biology {
    let mut biology = *base;
    for new in values {
        biology.alter(&new.parameter.path(), |_| new.value);
    }
    check_modes(spot, &biology);
    biology
}
