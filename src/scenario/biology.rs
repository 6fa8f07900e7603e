//! The biology: tables that stand at the top for the whole plate and in a condition for its wells alone.

use super::mistake::{Place, nearest};
use super::named;
use super::numbers::Listing;
use super::quantity;
use super::reader::{Fields, Reader, join};
use super::shape;
use super::tree::{Node, Table, Value, quoted};
use crate::model::biology::Biology;
use crate::model::parameter::{Parameter, Section};
use crate::model::parameters::{
    Branching, Fasciculation, GrowthCone, Injury, Mechano, Programme, Soma, Stretch, Survival, Synapse,
};
use crate::model::plate::DoseUnit;

/// Tables that make up the biology.
const TABLES: [&str; 10] = [
    GrowthCone::NAME,
    Branching::NAME,
    Fasciculation::NAME,
    Injury::NAME,
    Survival::NAME,
    Synapse::NAME,
    Stretch::NAME,
    Mechano::NAME,
    Soma::NAME,
    Programme::NAME,
];

/// Reads the tables of the biology over `base`.
pub fn read(reader: &mut Reader<'_>, fields: &Fields<'_>, base: Biology, listing: Listing) -> Biology {
    let first = reader.resolved.len();
    let (base, brought) = named::read(reader, fields, base);
    let biology = Biology {
        growth_cone: reader.section_at(fields, GrowthCone::NAME, base.growth_cone, listing),
        branching: reader.section_at(fields, Branching::NAME, base.branching, listing),
        fasciculation: reader.section_at(fields, Fasciculation::NAME, base.fasciculation, listing),
        injury: reader.section_at(fields, Injury::NAME, base.injury, listing),
        survival: reader.section_at(fields, Survival::NAME, base.survival, listing),
        synapse: reader.section_at(fields, Synapse::NAME, base.synapse, listing),
        stretch: reader.section_at(fields, Stretch::NAME, base.stretch, listing),
        mechano: reader.section_at(fields, Mechano::NAME, base.mechano, listing),
        soma: reader.section_at(fields, Soma::NAME, base.soma, listing),
        programme: reader.section_at(fields, Programme::NAME, base.programme, listing),
        ..base
    };
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

/// A change of one number of the biology, by an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    table: &'static str,
    key: &'static str,
    value: f64,
}

/// Reads `set = { "growth_cone.speed" = "6 um/h" }`, dotted or as tables.
pub fn changes(reader: &mut Reader<'_>, node: &Node, path: &str) -> Vec<Change> {
    let Value::Table(table) = &node.value else {
        reader.wrong_kind(
            node,
            path,
            "a table of new values, such as { \"growth_cone.speed\" = \"6 um/h\" }",
        );
        return Vec::new();
    };
    let mut changes = Vec::new();
    for (key, place, node) in flatten(table) {
        let parameter = TABLES
            .iter()
            .filter_map(|&table| shape::find(table))
            .flat_map(|shape| shape.documented)
            .find(|parameter| parameter.path() == key);
        match parameter {
            Some(parameter) => changes.extend(change(reader, node, &join(path, &key), parameter)),
            None => {
                let known: Vec<String> = known_keys();
                let near = nearest(&key, known.iter().map(String::as_str));
                let expected = format!("a key of {}, such as growth_cone.speed", TABLES.join(", "));
                reader.mistake_near(place, path, quoted(&key), expected, near);
            }
        }
    }
    changes
}

fn change(reader: &mut Reader<'_>, node: &Node, path: &str, parameter: &'static Parameter) -> Option<Change> {
    let value = reader.value_of(node, path, parameter, DoseUnit::Relative)?;
    Some(Change {
        table: parameter.section,
        key: parameter.key,
        value,
    })
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

fn known_keys() -> Vec<String> {
    let shapes = TABLES.iter().filter_map(|&table| shape::find(table));
    shapes.flat_map(|shape| shape.documented).map(Parameter::path).collect()
}

/// The biology after some changes; notes changes that leave no time to run.
pub fn changed(reader: &mut Reader<'_>, place: Place, path: &str, base: &Biology, changes: &[Change]) -> Biology {
    let mut biology = *base;
    for change in changes {
        let path = join(change.table, change.key);
        alter(&mut biology, &path, |_| change.value);
    }
    check_modes(reader, place, path, &biology);
    biology
}

/// Changes the number of a dotted key. Returns what it is and its new value; `None` where there is no such number.
pub fn alter(biology: &mut Biology, path: &str, by: impl Fn(f64) -> f64) -> Option<(&'static Parameter, f64)> {
    alter_in(&mut biology.growth_cone, path, &by)
        .or_else(|| alter_in(&mut biology.branching, path, &by))
        .or_else(|| alter_in(&mut biology.fasciculation, path, &by))
        .or_else(|| alter_in(&mut biology.injury, path, &by))
        .or_else(|| alter_in(&mut biology.survival, path, &by))
        .or_else(|| alter_in(&mut biology.synapse, path, &by))
        .or_else(|| alter_in(&mut biology.stretch, path, &by))
        .or_else(|| alter_in(&mut biology.mechano, path, &by))
        .or_else(|| alter_in(&mut biology.soma, path, &by))
        .or_else(|| alter_in(&mut biology.programme, path, &by))
}

fn alter_in<S: Section>(section: &mut S, path: &str, by: impl Fn(f64) -> f64) -> Option<(&'static Parameter, f64)> {
    let key = path.strip_prefix(S::NAME)?.strip_prefix('.')?;
    let index = S::PARAMETERS.iter().position(|parameter| parameter.key == key)?;
    section.set(index, by(section.get(index)));
    Some((&S::PARAMETERS[index], section.get(index)))
}
