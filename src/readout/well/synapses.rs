//! Synapses of a well on its muscle.

use crate::model::layout::mode;
use crate::readout::culture::Culture;

/// Counts of synapses and of the fibres that they are on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SynapseCounts {
    /// Cones that have settled on a muscle fibre.
    pub all: usize,
    /// Those of them whose synapse is mature.
    pub mature: usize,
    /// Muscle fibres on which there is a synapse.
    pub fibres: usize,
    /// Those in each part of the plate's landmarks.
    pub in_parts: Vec<usize>,
}

impl SynapseCounts {
    /// Those of a culture.
    pub fn of(culture: &Culture<'_>) -> Self {
        let settled = || culture.cones().filter(|cone| cone.mode == mode::SYNAPSE);
        let mut fibres: Vec<u32> = settled().map(|cone| cone.fibre).collect();
        let parts = culture.plate.landmarks.parts.iter();
        let in_parts = parts.map(|part| {
            settled()
                .filter(|cone| part.region.contains(cone.tip_um().as_dvec3()))
                .count()
        });
        let in_parts = in_parts.collect();
        let all = fibres.len();
        fibres.sort_unstable();
        fibres.dedup();
        Self {
            all,
            mature: settled().filter(|cone| culture.world.step >= cone.rests_until).count(),
            fibres: fibres.len(),
            in_parts,
        }
    }
}
