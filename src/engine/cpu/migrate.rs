//! Somata migrate: a slow persistent walk, raised by the same gains as growth.

use crate::model::layout::NONE;
use crate::model::rules::gain::combined_gain;
use crate::model::rules::heading::{turn, wander};
use crate::model::rules::mechano::relax;
use crate::model::rules::path::{keep_inside, out_of_wall, slide_along_slope, slide_along_wall};
use crate::model::rules::random::{draw, gaussian_pair, purpose};
use crate::model::rules::survival::neuron_falls_ill;
use crate::model::sampling::sense_wall;
use crate::model::surroundings::{WellSurroundings, feel, sense};
use crate::model::tables::Tables;
use crate::model::world::{State, World};
use crate::parallel;
use glam::Vec4Swizzles;

/// Somata that one thread takes at a time.
const PIECE: usize = 256;

/// Moves every soma by a step.
pub fn migrate_somata(tables: &Tables, surroundings: &[WellSurroundings], world: &mut World) {
    let State {
        step,
        neurons,
        concentrations,
        ..
    } = &mut world.state;
    let (step, concentrations) = (*step, &*concentrations);
    let run = &tables.run;
    parallel::map_pieces(neurons, PIECE, |_, neurons| {
        for neuron in neurons {
            let well = &tables.wells[neuron.well as usize];
            let treatment = &tables.treatments[well.treatment as usize];
            let rules = &treatment.rules;
            if neuron.ill_since == NONE && neuron_falls_ill(neuron.id, step, well.key, rules) {
                neuron.ill_since = step;
            }
            // An ill soma stays where it is.
            if neuron.ill_since != NONE {
                continue;
            }
            let here = &surroundings[neuron.well as usize];
            let signal = sense(tables, here, concentrations, well, neuron.soma_um).signal;
            let felt = feel(tables, here, step, treatment, neuron.soma_um);
            neuron.mechano = relax(neuron.mechano, felt.mechano.x, felt.mechano.y);
            let gain = combined_gain(signal.excess, rules.mechano_gain * neuron.mechano, rules);
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
            neuron.soma_um += keep_inside(neuron.soma_um, neuron.heading * distance, run.size_um);
            if let Some(wall) =
                sense_wall(&tables.domain, tables.clearance(), neuron.soma_um).filter(|wall| wall.w < 0.0)
            {
                let way_out = out_of_wall(wall.w, wall.xyz());
                neuron.soma_um += keep_inside(neuron.soma_um, way_out, run.size_um);
                neuron.heading = slide_along_slope(neuron.heading, wall.xyz());
            }
            neuron.heading = slide_along_wall(neuron.heading, neuron.soma_um, run.size_um);
        }
    });
}
