//! One row a neuron, at the end of a run.

use super::explants::{distance_um, explant_of};
use super::topology::Forest;
use super::well::{Mean, Scores, Site, sites};
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::parallel::map_indices;
use glam::DVec3;

/// The measures of one neuron.
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronRow {
    /// The well's condition, by its place in [`Plate::conditions`].
    pub condition: usize,
    /// Number of the well on the plate, from 0.
    pub well: usize,
    /// Number of the well within its condition, from 0.
    pub replicate: u32,
    /// Number of the neuron in its well, from 0.
    pub neuron: usize,
    /// Where its soma is, µm.
    pub soma_um: DVec3,
    /// Length of its axon with all branches, µm.
    pub length_total_um: f64,
    /// Longest path from the axon's first point to a cone, µm.
    pub length_longest_um: Option<f64>,
    /// Tips of its axon.
    pub tips: usize,
    /// Branch points of its axon.
    pub branch_points: usize,
    /// Highest branch order of its tips.
    pub branch_order_max: Option<u32>,
    /// End-to-end distance over length of the longest path.
    pub straightness: Option<f64>,
    /// Distance of its furthest tip from the explant's edge, µm.
    pub outgrowth_radius_um: Option<f64>,
    /// Distance of the soma from where it was seeded, µm.
    pub soma_migration_um: f64,
    /// Mean programme scores of its cones.
    pub scores: Option<Scores>,
}

/// The rows of all neurons, well by well.
pub fn neurons(plate: &Plate, world: &World) -> Vec<NeuronRow> {
    let forest = Forest::new(world);
    let sites = sites(plate);
    let rows_of = |well: usize| -> Vec<NeuronRow> {
        let site = &sites[well];
        site.neurons
            .clone()
            .map(|index| neuron(plate, world, &forest, site, index))
            .collect()
    };
    map_indices(sites.len(), rows_of).into_iter().flatten().collect()
}

fn neuron(plate: &Plate, world: &World, forest: &Forest<'_>, site: &Site, index: usize) -> NeuronRow {
    let neuron = &world.neurons[index];
    let axon = forest.axon(index);
    let shape = axon.shape();
    let explant = explant_of(plate, neuron);
    let longest = axon.longest();
    let length_longest_um = longest.map(|cone| f64::from(world.cones[cone].path_length_um()));
    let end_to_end_um = longest
        .zip(axon.first_point_um())
        .map(|(cone, from)| from.distance(tip(world, cone)));
    let trophic = axon
        .cones()
        .map(|cone| f64::from(world.cones[cone].trophic_programme))
        .collect::<Mean>();
    let mechano = axon
        .cones()
        .map(|cone| f64::from(world.cones[cone].mechano_programme))
        .collect::<Mean>();
    let programme = &plate.conditions[site.condition].biology.programme;
    NeuronRow {
        condition: site.condition,
        well: site.well,
        replicate: site.replicate,
        neuron: index - site.neurons.start,
        soma_um: neuron.soma_um.as_dvec3(),
        length_total_um: axon.length_um(),
        length_longest_um,
        tips: shape.tips.len(),
        branch_points: shape.branch_points,
        branch_order_max: shape.orders.iter().copied().max(),
        straightness: end_to_end_um
            .zip(length_longest_um)
            .filter(|&(_, path)| path > 0.0)
            .map(|(straight, path)| straight / path),
        outgrowth_radius_um: explant.and_then(|e| {
            shape
                .tips
                .iter()
                .map(|&cone| distance_um(e, tip(world, cone)))
                .reduce(f64::max)
        }),
        soma_migration_um: neuron.soma_um.as_dvec3().distance(neuron.start_um.as_dvec3()),
        scores: trophic
            .get()
            .zip(mechano.get())
            .map(|(trophic, mechano)| Scores::of(trophic, mechano, programme)),
    }
}

fn tip(world: &World, cone: usize) -> DVec3 {
    world.tip_um(cone).as_dvec3()
}
