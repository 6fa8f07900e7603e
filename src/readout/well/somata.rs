//! Somata of a well.

use crate::readout::culture::Culture;
use crate::readout::mean::Mean;

/// Somata, and the neurons that still have an axon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Somata {
    /// Neurons.
    pub all: usize,
    /// Those that have an axon.
    pub alive: usize,
    /// Mean distance of the somata from where they were seeded, µm.
    pub migration_mean_um: Option<f64>,
}

impl Somata {
    /// Those of a culture.
    pub fn of(culture: &Culture<'_>) -> Self {
        let neurons = || culture.neurons();
        Self {
            all: neurons().count(),
            alive: neurons().filter(|(_, axon)| axon.cones().next().is_some()).count(),
            migration_mean_um: neurons()
                .map(|(neuron, _)| neuron.migration_um())
                .collect::<Mean>()
                .get(),
        }
    }
}
