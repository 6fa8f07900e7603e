//! Migration of somata over the processor's cores. The step of a soma is [`crate::model::soma`]'s.

use crate::model::soma::migrate;
use crate::model::surroundings::WellCues;
use crate::model::tables::Tables;
use crate::model::world::{State, World};
use crate::parallel;

/// Somata that one thread takes at a time.
const PIECE: usize = 256;

/// Moves every soma by a step.
pub fn migrate_somata(tables: &Tables, surroundings: &[WellCues], world: &mut World) {
    let State {
        step,
        neurons,
        concentrations,
        ..
    } = &mut world.state;
    let (step, concentrations) = (*step, &*concentrations);
    parallel::map_pieces(neurons, PIECE, |_, neurons| {
        for neuron in neurons {
            let here = &surroundings[neuron.well as usize];
            migrate(tables, here, concentrations, step, neuron);
        }
    });
}
