//! The table of readouts, once: name with unit, meaning, when it exists and what it reads. Files, plots,
//! panels and the run record all take their columns from here.

use super::well::Measured;
use crate::model::plate::{Action, Plate};
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// A readout as files describe it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name, unit included.
    pub name: String,
    /// Its unit; `1` for a plain number.
    pub unit: String,
    /// What it says.
    pub meaning: String,
}

/// The keys of a row, ahead of its readouts.
pub const KEYS: [(&str, &str, &str); 4] = [
    ("condition", "", "the treatment of the well"),
    ("well", "1", "the number of the well on the plate, from 1"),
    ("replicate", "1", "the number of the well within its condition, from 1"),
    ("time_h", "h", "time since the start of the run"),
];

/// What of a measurement a column holds.
pub type Reading = Box<dyn Fn(&Interval<'_>) -> Option<f64> + Send + Sync>;

/// A measurement and how fast axons grew since the last one.
#[derive(Clone, Copy, Debug)]
pub struct Interval<'a> {
    /// The well now.
    pub now: &'a Measured,
    /// Net elongation per tip since the last record, µm/h; `None` at the first.
    pub growth_rate_um_per_h: Option<f64>,
}

/// Whether a plate has what a readout measures.
type Exists = fn(&Plate) -> bool;

/// Name, unit, meaning, existence, reading.
type Definition = (
    &'static str,
    &'static str,
    &'static str,
    Exists,
    fn(&Interval<'_>) -> Option<f64>,
);

fn always(_: &Plate) -> bool {
    true
}

fn has_myokine(plate: &Plate) -> bool {
    !plate.myokines.is_empty()
}

fn is_actuated(plate: &Plate) -> bool {
    plate.conditions.iter().any(|condition| condition.actuation.is_some())
}

fn has_cue(plate: &Plate) -> bool {
    has_myokine(plate) || is_actuated(plate)
}

fn has_gradient(plate: &Plate) -> bool {
    (0..plate.conditions.len()).any(|condition| plate.has_grid(condition))
}

fn is_towed(plate: &Plate) -> bool {
    let later = plate
        .events
        .iter()
        .any(|event| matches!(event.action, Action::Tow(Some(_))));
    later || plate.conditions.iter().any(|condition| condition.tow.is_some())
}

fn has_muscle(plate: &Plate) -> bool {
    plate.conditions.iter().any(|condition| condition.muscle.is_some())
}

fn has_death(plate: &Plate) -> bool {
    let conditions = plate.conditions.iter();
    conditions
        .map(|condition| &condition.biology)
        .any(|biology| biology.survival.death_per_h > 0.0)
}

const DEFINITIONS: &[Definition] = &[
    (
        "outgrowth_radius_mean_um",
        "µm",
        "mean distance of the tips from the edge of their explant",
        always,
        |i| i.now.radius_mean_um,
    ),
    (
        "outgrowth_radius_p95_um",
        "µm",
        "95th percentile of the distance of the tips from that edge",
        always,
        |i| i.now.radius_p95_um,
    ),
    (
        "neurite_length_total_um",
        "µm",
        "length of all axons of the well",
        always,
        |i| Some(i.now.length_total_um),
    ),
    (
        "neurite_length_longest_um",
        "µm",
        "longest path from an axon's first point to a tip, mean over neurons",
        always,
        |i| i.now.length_longest_um,
    ),
    (
        "spread_area_um2",
        "µm²",
        "area of the grid cells that axons touch, seen from above",
        always,
        |i| Some(i.now.spread_area_um2),
    ),
    (
        "spread_radius_um",
        "µm",
        "radius of the circle of that area",
        always,
        |i| Some((i.now.spread_area_um2 / PI).sqrt()),
    ),
    (
        "growth_rate_mean_um_per_h",
        "µm/h",
        "change of the total length since the last record per tip and hour: net elongation of a tip",
        always,
        |i| i.growth_rate_um_per_h,
    ),
    ("tips", "1", "number of tips", always, |i| Some(i.now.tips as f64)),
    (
        "branch_points",
        "1",
        "points of axons from which two or more ways go on",
        always,
        |i| Some(i.now.branch_points as f64),
    ),
    (
        "branch_order_mean",
        "1",
        "branch points between the axon's first point and a tip, mean over tips",
        always,
        |i| i.now.branch_order_mean,
    ),
    (
        "straightness_mean",
        "1",
        "end-to-end distance over length of each neuron's longest path, mean over neurons",
        always,
        |i| i.now.straightness_mean,
    ),
    (
        "alignment",
        "1",
        "length-weighted mean of cos 2(angle to the principal axis of strain; to x where there is none): 1 along, -1 across",
        is_actuated,
        |i| i.now.alignment,
    ),
    (
        "guidance_ratio",
        "1",
        "(length on the side of the explant where the first myokine rises - length on the other) / both",
        has_gradient,
        |i| i.now.guidance_ratio,
    ),
    (
        "fraction_running",
        "1",
        "share of growth cones that advance",
        always,
        |i| i.now.fractions.map(|f| f[0]),
    ),
    (
        "fraction_paused",
        "1",
        "share of growth cones that pause",
        always,
        |i| i.now.fractions.map(|f| f[1]),
    ),
    (
        "fraction_retracting",
        "1",
        "share of growth cones that retract",
        always,
        |i| i.now.fractions.map(|f| f[2]),
    ),
    (
        "fraction_injured",
        "1",
        "share of growth cones that are stumps of cut axons at rest",
        always,
        |i| i.now.fractions.map(|f| f[3]),
    ),
    (
        "length_degenerating_um",
        "µm",
        "length of the axons beyond a cut that has not degenerated yet",
        always,
        |i| Some(i.now.degenerating_um),
    ),
    (
        "synapses",
        "1",
        "growth cones that have settled on a muscle fibre",
        has_muscle,
        |i| Some(i.now.synapses as f64),
    ),
    (
        "synapses_mature",
        "1",
        "synapses that have had the time to mature",
        has_muscle,
        |i| Some(i.now.synapses_mature as f64),
    ),
    (
        "fibres_innervated",
        "1",
        "muscle fibres with at least one synapse",
        has_muscle,
        |i| Some(i.now.fibres_innervated as f64),
    ),
    (
        "neurons_alive",
        "1",
        "neurons that have an axon: those that fell ill count until theirs has died back",
        has_death,
        |i| Some(i.now.neurons_alive as f64),
    ),
    (
        "soma_tension_mean_nn",
        "nN",
        "what is left at the soma of the tow's pull on the tip furthest along its axon, mean over neurons",
        is_towed,
        |i| i.now.soma_tension_mean_nn,
    ),
    (
        "soma_migration_mean_um",
        "µm",
        "distance of the somata from where they were seeded",
        always,
        |i| i.now.soma_migration_mean_um,
    ),
    (
        "trophic_gain_mean",
        "1",
        "gain of growth from myokines, mean over cones",
        has_myokine,
        |i| i.now.trophic_gain_mean,
    ),
    (
        "mechano_state_mean",
        "1",
        "mechano-state of the cones, 0 to 1",
        is_actuated,
        |i| i.now.mechano_state_mean,
    ),
    (
        "axon_growth_score",
        "1",
        "programme score of axon growth, mean over cones",
        has_cue,
        |i| i.now.scores.map(|s| s.axon_growth),
    ),
    (
        "projection_guidance_score",
        "1",
        "programme score of projection guidance, mean over cones",
        has_cue,
        |i| i.now.scores.map(|s| s.projection_guidance),
    ),
    (
        "synapse_maturation_score",
        "1",
        "programme score of synapse maturation, mean over cones",
        has_cue,
        |i| i.now.scores.map(|s| s.synapse_maturation),
    ),
];

/// The columns that a plate has, and how each is read.
pub fn columns(plate: &Plate) -> Vec<(Column, Reading)> {
    let column = |name: String, unit: &str, meaning: String| Column {
        name,
        unit: unit.to_owned(),
        meaning,
    };
    let mut columns: Vec<(Column, Reading)> = DEFINITIONS
        .iter()
        .filter(|(_, _, _, exists, _)| exists(plate))
        .map(|&(name, unit, meaning, _, read)| {
            (
                column(name.to_owned(), unit, meaning.to_owned()),
                Box::new(read) as Reading,
            )
        })
        .collect();
    for ((index, species), suffix) in plate.myokines.iter().enumerate().zip(suffixes(plate)) {
        let name = &species.name;
        columns.push((
            column(
                format!("myokine_mean{suffix}"),
                "dose",
                format!("concentration of {name}, mean over the well"),
            ),
            Box::new(move |i| i.now.myokines.get(index).map(|&(mean, _)| mean)),
        ));
        if index == 0 {
            let meaning = format!("dose of {name} at the growth cones, mean over cones");
            columns.push((
                column(format!("myokine_at_cones_mean{suffix}"), "dose", meaning),
                Box::new(|i| i.now.dose_mean),
            ));
        }
        if index == 0 && has_gradient(plate) {
            let meaning = format!("relative slope of {name} at the growth cones, mean over cones; 0 in uniform wells");
            columns.push((
                column(format!("myokine_slope_at_cones_mean{suffix}"), "1/(10 µm)", meaning),
                Box::new(|i| i.now.slope_mean),
            ));
        }
        let meaning = format!("concentration of {name} times volume, over the well");
        columns.push((
            column(format!("myokine_mass{suffix}"), "dose·µm³", meaning),
            Box::new(move |i| i.now.myokines.get(index).map(|&(_, mass)| mass)),
        ));
    }
    columns
}

/// What tells the columns of several myokines apart: their names, numbered where they would be the same.
fn suffixes(plate: &Plate) -> Vec<String> {
    if plate.myokines.len() < 2 {
        return vec![String::new(); plate.myokines.len()];
    }
    let mut suffixes: Vec<String> = Vec::new();
    for species in &plate.myokines {
        let plain = format!("_{}", in_a_name(&species.name));
        let mut suffix = plain.clone();
        let mut number = 2;
        while suffixes.contains(&suffix) {
            suffix = format!("{plain}_{number}");
            number += 1;
        }
        suffixes.push(suffix);
    }
    suffixes
}

/// A name that fits into a column's name.
fn in_a_name(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}
