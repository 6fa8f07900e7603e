// Somata migrate: a slow persistent walk, raised by the same gains as growth. Twin of src/model/soma.rs.
#include "../world/way.wgsl"
#include "../rules/gain.wgsl"
#include "../rules/heading.wgsl"
#include "../rules/random.wgsl"
#include "../rules/relaxation.wgsl"
#include "../rules/survival.wgsl"

@group(2) @binding(0) var<storage, read_write> neurons: array<Neuron>;

@compute @workgroup_size(64)
fn migrate_somata(thread: Thread) {
    let index = index_of(thread);
    if clock.running == 0u || index >= run.neurons {
        return;
    }
    var neuron = neurons[index];
    let well = wells[neuron.well];
    let treatment = treatments[well.treatment];
    let rules = treatment.rules;
    if neuron.ill_since == NONE && neuron_falls_ill(neuron.id, clock.step, well.key, rules) {
        neurons[index].ill_since = clock.step;
        return;
    }
    // An ill soma stays where it is.
    if neuron.ill_since != NONE {
        return;
    }
    let place = neuron.base_um + neuron.reach_um;
    let felt = feel(place, treatment);
    let signal = sense(neuron.well, well, place, treatment.rules).signal;
    neuron.mechano = relax(neuron.mechano, felt.mechano.x, felt.mechano.y);
    let gain = combined_gain(signal.excess, rules.mechano_gain * level(neuron.mechano), rules);
    let travelled = rules.soma_speed_um_per_h * gain * run.step_h;
    let words = draw(neuron.id, clock.step, well.key, PURPOSE_MIGRATION);
    let xi = gaussian_pair(words.x, words.y);
    let across = wander(neuron.heading, travelled, rules.soma_persistence_length_um, planar(), xi);
    neuron.heading = turn(neuron.heading, across);
    let gone = go(neuron.base_um, neuron.reach_um, neuron.heading * travelled);
    neuron.reach_um = gone.reach_um;
    neuron.heading = slide_along_slope(neuron.heading, gone.from_wall);
    neuron.heading = slide_along_wall(neuron.heading, neuron.base_um + neuron.reach_um, run.size_um);
    if length(neuron.reach_um) > LONGEST_REACH_UM {
        let grains = whole_grains(neuron.reach_um);
        neuron.base_um += grains;
        neuron.reach_um -= grains;
    }
    neurons[index] = neuron;
}
