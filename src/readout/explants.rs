//! The explant that a neuron belongs to: outgrowth is measured from that explant's edge.

use crate::model::layout::Neuron;
use crate::model::plate::PlacedExplant;
use glam::DVec3;

/// The explant of a neuron: the one at whose place, or nearest to whose edge, it was seeded. `None` on a plate
/// without explants. `explants` are those of its well.
pub fn explant_of<'e>(explants: &'e [PlacedExplant], neuron: &Neuron) -> Option<&'e PlacedExplant> {
    explant_number(explants, neuron).map(|number| &explants[number])
}

/// The same by its place among them.
pub fn explant_number(explants: &[PlacedExplant], neuron: &Neuron) -> Option<usize> {
    let start_um = neuron.start_um.as_dvec3();
    let distance_um = |number: &usize| signed_distance_um(&explants[*number], start_um);
    (0..explants.len()).min_by(|a, b| distance_um(a).total_cmp(&distance_um(b)))
}

/// Distance of a point from the edge of an explant, µm: 0 inside it.
pub fn distance_um(explant: &PlacedExplant, point_um: DVec3) -> f64 {
    signed_distance_um(explant, point_um).max(0.0)
}

fn signed_distance_um(explant: &PlacedExplant, point_um: DVec3) -> f64 {
    point_um.distance(explant.at_um) - explant.explant.radius_um
}
