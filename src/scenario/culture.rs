//! What every well holds: explants of motor neurons, and the myokines that may be in its medium.

use super::mistake::Place;
use super::numbers::Listing;
use super::presets;
use super::quantity::{self, Measure};
use super::reader::{Fields, Reader};
use super::resolved::Origin;
use super::tree::{Node, Value, quoted};
use super::well;
use crate::model::domain::Domain;
use crate::model::parameter::Dimension;
use crate::model::parameters::{Explant, Myokine};
use crate::model::plate::{DoseUnit, PlacedExplant, Species};

/// Reads every `[[explant]]`.
pub fn explants(reader: &mut Reader<'_>, root: &Fields<'_>, domain: Option<&Domain>) -> Vec<PlacedExplant> {
    let mut placed = Vec::new();
    for fields in reader.tables(root, "explant") {
        let explant = reader.section(&fields, Explant::default(), DoseUnit::Relative, Listing::All);
        let Some(at_um) = well::point(reader, &fields, "at", domain) else {
            continue;
        };
        if let Some(domain) = domain {
            well::must_hold_ball(
                reader,
                fields.place_of("at"),
                &fields.path_of("at"),
                at_um,
                explant.radius_um,
                domain,
            );
        }
        placed.push(PlacedExplant { at_um, explant });
    }
    placed
}

/// Reads every `[[myokine]]`.
pub fn myokines(reader: &mut Reader<'_>, root: &Fields<'_>) -> Vec<Species> {
    let mut species: Vec<Species> = Vec::new();
    for fields in reader.tables(root, "myokine") {
        let Some(name) = reader.text(&fields, "name") else {
            continue;
        };
        unique(
            reader,
            &fields,
            name,
            "myokine",
            species.iter().map(|known| known.name.as_str()),
        );
        let preset = presets::find(name);
        let unit = if preset.is_some() {
            DoseUnit::Nanomolar
        } else {
            DoseUnit::Relative
        };
        let base = preset.map_or_else(Myokine::default, presets::Preset::myokine);
        let first = reader.resolved.len();
        let myokine = reader.section(&fields, base, unit, Listing::All);
        for row in &mut reader.resolved[first..] {
            let key = row.path.rsplit('.').next().unwrap_or_default();
            if let Some(known) = preset.and_then(|preset| preset.known(key)) {
                (row.grade, row.source) = (known.grade, known.source);
                if row.origin == Origin::Default {
                    row.origin = Origin::Preset;
                }
            }
        }
        warn_of_near_preset(reader, &fields, name);
        species.push(Species {
            name: name.to_owned(),
            unit,
            myokine,
        });
    }
    species
}

/// A name such as `gdnf` is probably meant to be the preset, and would silently be something else.
fn warn_of_near_preset(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &str) {
    let plain = |name: &str| name.to_lowercase().replace(['-', ' ', '_'], "");
    let meant = presets::PRESETS
        .iter()
        .find(|preset| preset.name != name && plain(preset.name) == plain(name));
    if let Some(preset) = meant {
        let text = format!(
            "{} is not the documented {}: its doses are relative",
            quoted(name),
            quoted(preset.name)
        );
        reader.warn(fields.place_of("name"), &fields.path_of("name"), text);
    }
}

/// Notes a name that was already given.
pub fn unique<'n>(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    name: &str,
    what: &str,
    earlier: impl Iterator<Item = &'n str>,
) {
    if earlier.into_iter().any(|known| known == name) {
        let found = format!("a second {what} called {}", quoted(name));
        reader.mistake(
            fields.place_of("name"),
            &fields.path_of("name"),
            found,
            "a name of its own",
        );
    }
}

/// The myokine named at `myokine`, or the only one there is.
pub fn species_at(reader: &mut Reader<'_>, fields: &Fields<'_>, species: &[Species]) -> Option<usize> {
    let path = fields.path_of("myokine");
    if fields.table.get("myokine").is_some() {
        let name = reader.text(fields, "myokine")?;
        return species_named(reader, fields.place_of("myokine"), &path, name, species);
    }
    match species.len() {
        1 => Some(0),
        0 => {
            reader.mistake(
                fields.place,
                &path,
                "a scenario without a myokine",
                "a [[myokine]] to speak of",
            );
            None
        }
        _ => {
            reader.mistake(fields.place, &path, "nothing", format!("one of {}", names(species)));
            None
        }
    }
}

/// The myokine of that name.
fn species_named(reader: &mut Reader<'_>, place: Place, path: &str, name: &str, species: &[Species]) -> Option<usize> {
    let found = species.iter().position(|known| known.name == name);
    if found.is_none() {
        let expected = if species.is_empty() {
            "a [[myokine]] of that name".to_owned()
        } else {
            format!("one of {}", names(species))
        };
        let near = super::mistake::nearest(name, species.iter().map(|known| known.name.as_str()));
        reader.mistake_near(
            place,
            path,
            format!("no myokine called {}", quoted(name)),
            expected,
            near,
        );
    }
    found
}

fn names(species: &[Species]) -> String {
    species
        .iter()
        .map(|known| known.name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Reads doses by name; a myokine that is not named has dose 0.
pub fn doses(reader: &mut Reader<'_>, node: &Node, path: &str, species: &[Species]) -> Option<Vec<f64>> {
    let Value::Table(table) = &node.value else {
        reader.wrong_kind(node, path, "a table of doses by myokine, such as { GDNF = \"1 nM\" }");
        return None;
    };
    let mut doses = vec![0.0; species.len()];
    for entry in &table.entries {
        let path = super::reader::join(path, &entry.key);
        let Some(index) = species_named(reader, entry.place, &path, &entry.key, species) else {
            continue;
        };
        if let Some(dose) = dose(reader, &entry.node, &path, species[index].unit) {
            doses[index] = dose;
        }
    }
    Some(doses)
}

/// Reads one dose, which must not be negative.
fn dose(reader: &mut Reader<'_>, node: &Node, path: &str, unit: DoseUnit) -> Option<f64> {
    let measure = Measure {
        dimension: Dimension::Dose,
        dose: unit,
    };
    let dose = reader.quantity(node, path, measure)?;
    if dose < 0.0 {
        reader.mistake(node.place, path, quantity::format(dose, measure), "a dose of 0 or more");
        return None;
    }
    Some(dose)
}
