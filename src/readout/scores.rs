//! Scores of gene programmes.

use super::mean::Mean;
use crate::model::layout::Cone;
use crate::model::parameters::Programme;

/// Weighted sums of the two gene programmes, for three abilities.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Growth of axons.
    pub axon_growth: f64,
    /// Guidance of projections.
    pub projection_guidance: f64,
    /// Maturation of synapses.
    pub synapse_maturation: f64,
}

impl Scores {
    /// Weighs the mean states of the two programmes of some cones, 0 to 1 each; `None` of no cones.
    pub fn of<'a>(cones: impl Iterator<Item = &'a Cone> + Clone, programme: &Programme) -> Option<Self> {
        let mean = |state: fn(&Cone) -> f32| cones.clone().map(|cone| f64::from(state(cone))).collect::<Mean>();
        let trophic = mean(|cone| cone.trophic_programme.value()).get()?;
        let mechano = mean(|cone| cone.mechano_programme.value()).get()?;
        Some(Self {
            axon_growth: trophic + programme.mechano_on_axon_growth * mechano,
            projection_guidance: trophic + programme.mechano_on_guidance * mechano,
            synapse_maturation: trophic + programme.mechano_on_synapse * mechano,
        })
    }
}
