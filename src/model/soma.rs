//! The soma's step: a slow persistent walk, raised by the same gains as growth. Its twin is
//! `shaders/passes/migrate_somata.wgsl`.

use super::layout::{NONE, Neuron};
use super::rules::gain::combined_gain;
use super::rules::heading::{turn, wander};
use super::rules::path::{keep_inside, slide_along_slope, slide_along_wall, whole_grains};
use super::rules::random::{draw, gaussian_pair, purpose};
use super::rules::relaxation::relax;
use super::rules::survival::neuron_falls_ill;
use super::shared::shared;
use super::surroundings::{WellCues, feel, sense};
use super::tables::Tables;
use super::way::go;

shared! {
    /// Length of a soma's reach from which on it is handed on to its base: short, so that the smallest steps still count.
    pub const LONGEST_REACH_UM: f32 = 1.0;
}

/// Advances a soma by a step.
pub fn migrate(tables: &Tables, here: &WellCues, concentrations: &[f32], step: u32, neuron: &mut Neuron) {
    let run = &tables.run;
    let well = &tables.wells[neuron.well as usize];
    let treatment = &tables.treatments[well.treatment as usize];
    let rules = &treatment.rules;
    if neuron.ill_since == NONE && neuron_falls_ill(neuron.id, step, well.key, rules) {
        neuron.ill_since = step;
    }
    // An ill soma stays where it is.
    if neuron.ill_since != NONE {
        return;
    }
    let signal = sense(tables, here, concentrations, well, neuron.soma_um(), rules).signal;
    let felt = feel(tables, here, step, treatment, neuron.soma_um());
    neuron.mechano = relax(neuron.mechano, felt.mechano.x, felt.mechano.y);
    let gain = combined_gain(signal.excess, rules.mechano_gain * neuron.mechano.value(), rules);
    let distance = rules.soma_speed_um_per_h * gain * run.step_h;
    let words = draw(neuron.id, step, well.key, purpose::MIGRATION);
    let xi = gaussian_pair(words.x, words.y);
    let across = wander(
        neuron.heading,
        distance,
        rules.soma_persistence_length_um,
        run.planar,
        xi,
    );
    neuron.heading = turn(neuron.heading, across);
    let way = neuron.heading * distance;
    // As most wells have no walls, they are spared what walls would ask.
    if tables.clearance().is_empty() {
        neuron.reach_um = keep_inside(neuron.base_um, neuron.reach_um + way, run.size_um);
    } else {
        let gone = go(tables, neuron.base_um, neuron.reach_um, way);
        neuron.reach_um = gone.reach_um;
        neuron.heading = slide_along_slope(neuron.heading, gone.from_wall);
    }
    neuron.heading = slide_along_wall(neuron.heading, neuron.soma_um(), run.size_um);
    if neuron.reach_um.length() > LONGEST_REACH_UM {
        let grains = whole_grains(neuron.reach_um);
        neuron.base_um += grains;
        neuron.reach_um -= grains;
    }
}
