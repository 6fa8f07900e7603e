//! The longest path of each neuron of a well.

use crate::readout::culture::Culture;
use crate::readout::mean::Mean;
use crate::readout::tension::Tension;

/// Means over neurons of what belongs to the longest way along the axon from the soma to a cone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LongestPaths {
    /// Its length, µm.
    pub length_mean_um: Option<f64>,
    /// The square of its end-to-end distance, µm².
    pub squared_displacement_mean_um2: Option<f64>,
    /// Its end-to-end distance over its length.
    pub straightness_mean: Option<f64>,
    /// The tension that the tow of the last step left at its soma, nN.
    pub soma_tension_mean_nn: Option<f64>,
}

impl LongestPaths {
    /// Those of a culture.
    pub fn of(culture: &Culture<'_>) -> Self {
        let world = culture.world;
        let tension = Tension::before(culture.plate, world.step, culture.site.condition);
        let [mut length, mut square, mut straightness, mut soma_tension] = [Mean::default(); 4];
        for (neuron, axon) in culture.neurons() {
            let Some(cone) = axon.longest() else {
                continue;
            };
            let path_um = world.way_from_soma_um(cone);
            let displacement_um = (world.tip_um(cone).as_dvec3()).distance(neuron.soma_um().as_dvec3());
            length.add(path_um);
            square.add(displacement_um * displacement_um);
            soma_tension.add(tension.at_soma_nn(&world.cones[cone]));
            if path_um > 0.0 {
                straightness.add(displacement_um / path_um);
            }
        }
        Self {
            length_mean_um: length.get(),
            squared_displacement_mean_um2: square.get(),
            straightness_mean: straightness.get(),
            soma_tension_mean_nn: soma_tension.get(),
        }
    }
}
