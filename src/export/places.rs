//! Names of folders and files for wells and neurons: readable, unique and safe on every file system.

use crate::model::plate::Plate;
use std::collections::HashSet;

/// Longest part of a condition's name that a folder's name keeps.
const LONGEST: usize = 48;

/// The folder of a well, such as `control-1`: its condition and replicate. On a plate where the names of two
/// conditions come out the same, every folder has its condition's number in front.
pub fn well_folder(plate: &Plate, well: usize) -> String {
    let places = plate.wells();
    let Some(place) = places.get(well) else {
        return format!("well-{}", well + 1);
    };
    let slugs: Vec<String> = plate.conditions.iter().map(|condition| slug(&condition.name)).collect();
    let own = &slugs[place.condition];
    let unique = slugs.iter().collect::<HashSet<_>>().len() == slugs.len();
    let number = if unique {
        String::new()
    } else {
        format!("{}-", place.condition + 1)
    };
    format!("{number}{own}-{}", place.replicate + 1)
}

/// The file of a neuron within its well's folder, such as `007.swc`, counted from 1.
pub fn neuron_file(plate: &Plate, neuron: usize) -> String {
    let digits = plate.neurons_per_well().to_string().len();
    format!("{:0digits$}.swc", neuron + 1)
}

/// Small ASCII letters, digits and single hyphens.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() == LONGEST {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "condition".to_owned()
    } else {
        slug.to_owned()
    }
}
