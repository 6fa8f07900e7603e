//! Places of a well at which `[record]` has axons counted.

use super::culture;
use super::quantity;
use super::reader::Fields;
use super::well;
use crate::model::domain::Domain;
use crate::model::parameter::Dimension;
use crate::model::plate::{Gate, Landmarks, Part};
use std::collections::HashSet;

/// Reads them; the table may be left out.
pub fn read(record: Option<&Fields<'_>>, domain: Option<&Domain>) -> Landmarks {
    let mut landmarks = Landmarks::default();
    let Some(record) = record else { return landmarks };
    if let Some(distances_um) = distances(record) {
        landmarks.distances_um = distances_um;
    }
    named(record, "crossings", "crossing", |fields, name| {
        if let Some((from_um, to_um)) = well::line(fields, domain, ["from", "to"]) {
            landmarks.gates.extend(name.map(|name| Gate { name, from_um, to_um }));
        }
    });
    named(record, "parts", "part", |fields, name| {
        if let Some(region) = well::region(fields, "region", domain) {
            landmarks.parts.extend(name.map(|name| Part { name, region }));
        }
    });
    landmarks
}

/// Reads a list of things with names of their own, each called `what`.
fn named(record: &Fields<'_>, key: &str, what: &str, mut read: impl FnMut(&Fields<'_>, Option<String>)) {
    let mut names = HashSet::new();
    for fields in record.tables(key) {
        let name = fields.name("name");
        if let Some(name) = name {
            culture::check_unique(&fields, name, what, &mut names);
        }
        read(&fields, name.map(str::to_owned));
    }
}

/// The distances from the explant's edge at `distances`, in rising order, µm.
fn distances(record: &Fields<'_>) -> Option<Vec<f64>> {
    let mut distances_um = record.lengths("distances")?;
    let spot = record.at("distances");
    let length = |um: f64| quantity::format(um, Dimension::Length.into());
    if let Some(&none) = distances_um.iter().find(|um| **um <= 0.0) {
        return spot.refused(length(none), "distances above 0");
    }
    distances_um.sort_unstable_by(f64::total_cmp);
    if let Some(twice) = distances_um.windows(2).find(|pair| pair[0] == pair[1]) {
        return spot.refused(format!("{} twice", length(twice[0])), "each distance once");
    }
    Some(distances_um)
}
