//! The contents of every well: explants of motor neurons, and the myokines that may be in its medium.

use super::mistake::{listed, nearest};
use super::notes::Spot;
use super::numbers::Listing;
use super::presets;
use super::quantity::{DoseScale, Measurand};
use super::reader::Fields;
use super::resolved::Origin;
use super::tables::DOSES_ACCEPTED;
use super::tree::{TomlNode, TomlValue, quoted};
use super::well;
use crate::model::domain::Domain;
use crate::model::parameter::Dimension;
use crate::model::parameters::{Explant, Myokine};
use crate::model::plate::{PlacedExplant, Species};
use std::collections::HashSet;

/// Reads every `[[explant]]`.
pub fn explants(root: &Fields<'_>, domain: Option<&Domain>) -> Vec<PlacedExplant> {
    let mut placed = Vec::new();
    for fields in root.tables("explant") {
        let explant = fields.section(Explant::default(), DoseScale::RELATIVE, Listing::All);
        let Some(at_um) = well::point(&fields, "at", domain) else {
            continue;
        };
        if let Some(domain) = domain {
            well::check_ball(&fields.at("at"), at_um, explant.radius_um, explant.neurons, domain);
        }
        placed.push(PlacedExplant { at_um, explant });
    }
    placed
}

/// Reads every `[[myokine]]`.
pub fn myokines(root: &Fields<'_>) -> Vec<Species> {
    let mut species: Vec<Species> = Vec::new();
    let mut names = HashSet::new();
    for fields in root.tables("myokine") {
        let Some(name) = fields.name("name") else {
            continue;
        };
        check_unique(&fields, name, "myokine", &mut names);
        let preset = presets::find(name);
        let doses = presets::doses_of(name);
        let base = preset.map_or_else(Myokine::default, presets::Preset::myokine);
        let first = fields.notes.resolved().len();
        let myokine = fields.section(base, doses, Listing::All);
        for row in &mut fields.notes.resolved()[first..] {
            let key = row.path.rsplit('.').next().unwrap_or_default();
            if let Some(known) = preset.and_then(|preset| preset.known(key)) {
                (row.grade, row.source) = (known.grade, known.source);
                if row.origin == Origin::Default {
                    row.origin = Origin::Preset;
                }
            }
        }
        warn_of_near_preset(&fields, name);
        species.push(Species {
            name: name.to_owned(),
            unit: doses.unit,
            myokine,
        });
    }
    species
}

/// A name such as `gdnf` is probably meant to be the preset, and would silently be something else.
fn warn_of_near_preset(fields: &Fields<'_>, name: &str) {
    let plain = |name: &str| name.to_lowercase().replace(['-', ' ', '_'], "");
    let meant = presets::PRESETS
        .iter()
        .find(|preset| preset.name != name && plain(preset.name) == plain(name));
    if let Some(preset) = meant {
        fields.at("name").warn(format!(
            "{} is not the documented {}: its doses are relative",
            quoted(name),
            quoted(preset.name)
        ));
    }
}

/// Notes a name that is among the `earlier` ones; it is one of them from then on.
pub fn check_unique(fields: &Fields<'_>, name: &str, what: &str, earlier: &mut HashSet<String>) {
    if !earlier.insert(name.to_owned()) {
        let found = format!("a second {what} called {}", quoted(name));
        fields.at("name").refuse(found, "a name of its own");
    }
}

/// The myokine named at `myokine`, or the only one there is.
pub fn species_at(fields: &Fields<'_>, species: &[Species]) -> Option<usize> {
    let spot = fields.at("myokine");
    if fields.has("myokine") {
        return species_named(&spot, fields.text("myokine")?, species);
    }
    match species.len() {
        1 => Some(0),
        0 => spot.refused("a scenario without a myokine", "a [[myokine]] to speak of"),
        _ => spot.refused("nothing", format!("one of {}", names(species))),
    }
}

/// The myokine of that name.
fn species_named(spot: &Spot<'_>, name: &str, species: &[Species]) -> Option<usize> {
    let found = species.iter().position(|known| known.name == name);
    if found.is_none() {
        let expected = if species.is_empty() {
            "a [[myokine]] of that name".to_owned()
        } else {
            format!("one of {}", names(species))
        };
        let near = nearest(name, species.iter().map(|known| known.name.as_str()));
        spot.refuse_near(format!("no myokine called {}", quoted(name)), expected, near);
    }
    found
}

fn names(species: &[Species]) -> String {
    let names: Vec<&str> = species.iter().map(|known| known.name.as_str()).collect();
    listed(&names)
}

/// Reads `doses`, by name; a myokine that is not named has dose 0.
pub fn doses(fields: &Fields<'_>, species: &[Species]) -> Option<Vec<f64>> {
    let (node, spot) = (fields.value("doses")?, fields.at("doses"));
    let TomlValue::Table(table) = &node.value else {
        return spot.wrong_kind(node, "a table of doses by myokine, such as { GDNF = \"1 nM\" }");
    };
    let mut doses = vec![0.0; species.len()];
    for entry in &table.entries {
        let index = species_named(&spot.within(&entry.key, entry.place), &entry.key, species);
        let Some(index) = index else { continue };
        let spot = spot.within(&entry.key, entry.node.place);
        if let Some(dose) = dose(&spot, &entry.node, &species[index]) {
            doses[index] = dose;
        }
    }
    Some(doses)
}

/// Reads one dose, which is within what every dose of a scenario is.
fn dose(spot: &Spot<'_>, node: &TomlNode, species: &Species) -> Option<f64> {
    let measure = Measurand {
        dimension: Dimension::Dose,
        dose: presets::doses_of(&species.name),
    };
    spot.within_range(node, DOSES_ACCEPTED, measure)
}
