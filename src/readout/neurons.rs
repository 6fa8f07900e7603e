//! One row a neuron, at the end of a run.

use super::culture::{Culture, sites};
use super::explants::{distance_um, explant_of};
use super::scores::Scores;
use super::topology::{Axon, Forest};
use crate::model::layout::Neuron;
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
    /// Position of its soma, µm.
    pub soma_um: DVec3,
    /// Length of its axon with all branches, µm.
    pub length_total_um: f64,
    /// Longest way along the axon from the soma to a cone, µm.
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
    let forest = &Forest::new(world);
    let sites = sites(plate);
    let rows_of = |well: usize| -> Vec<NeuronRow> {
        let culture = Culture {
            plate,
            world,
            forest,
            site: &sites[well],
        };
        let neurons = culture.neurons().enumerate();
        neurons
            .map(|(number, (neuron, axon))| row(&culture, number, neuron, &axon))
            .collect()
    };
    map_indices(sites.len(), rows_of).into_iter().flatten().collect()
}

fn row(culture: &Culture<'_>, number: usize, neuron: &Neuron, axon: &Axon<'_>) -> NeuronRow {
    let (site, world) = (culture.site, culture.world);
    let cones = &world.cones;
    let tip_um = |cone: usize| cones[cone].tip_um().as_dvec3();
    let branching = axon.branching();
    let longest = axon.longest();
    let length_longest_um = longest.map(|cone| world.way_from_soma_um(cone));
    let end_to_end_um = longest.map(|cone| neuron.soma_um().as_dvec3().distance(tip_um(cone)));
    NeuronRow {
        condition: site.condition,
        well: site.well,
        replicate: site.replicate,
        neuron: number,
        soma_um: neuron.soma_um().as_dvec3(),
        length_total_um: axon.length_um(),
        length_longest_um,
        tips: branching.tips.len(),
        branch_points: branching.branch_points,
        branch_order_max: branching.orders.iter().copied().max(),
        straightness: end_to_end_um
            .zip(length_longest_um)
            .filter(|&(_, path)| path > 0.0)
            .map(|(straight, path)| straight / path),
        outgrowth_radius_um: explant_of(&culture.site.explants, neuron).and_then(|explant| {
            let tips = branching.tips.iter();
            tips.map(|&cone| distance_um(explant, tip_um(cone))).reduce(f64::max)
        }),
        soma_migration_um: neuron.migration_um(),
        scores: Scores::of(
            axon.cones().map(|cone| &cones[cone]),
            &culture.condition().biology.programme,
        ),
    }
}
