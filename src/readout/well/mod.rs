//! All measures of one well at one time.

mod cones;
mod gates;
mod longest;
mod shafts;
mod somata;
mod stumps;
mod synapses;
mod tips;

use super::culture::Culture;
use super::field::Amount;
use super::scores::Scores;
pub use cones::ConeStates;
pub use longest::LongestPaths;
pub use shafts::ShaftSums;
pub use somata::Somata;
pub use stumps::Stumps;
pub use synapses::SynapseCounts;
pub use tips::Tips;

/// The measures of a well. Means over nothing are `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct WellMeasures {
    /// Tips and branch points.
    pub tips: Tips,
    /// Length of the axons, the area they touch and the way they run.
    pub shafts: ShaftSums,
    /// The longest path of each neuron.
    pub longest: LongestPaths,
    /// Somata.
    pub somata: Somata,
    /// Living growth cones.
    pub cones: ConeStates,
    /// Mean programme scores of the cones.
    pub scores: Option<Scores>,
    /// Axons across each gate.
    pub axons_across: Vec<usize>,
    /// Stumps of cut axons.
    pub stumps: Stumps,
    /// Synapses on muscle fibres.
    pub synapses: SynapseCounts,
    /// Length of the axons beyond a cut that has not degenerated yet, µm.
    pub degenerating_um: f64,
    /// The amount of each myokine.
    pub myokines: Vec<Amount>,
}

/// Measures a well.
pub fn measure(culture: &Culture<'_>) -> WellMeasures {
    let species = 0..culture.plate.myokines.len();
    WellMeasures {
        tips: Tips::of(culture),
        shafts: ShaftSums::of(culture),
        longest: LongestPaths::of(culture),
        somata: Somata::of(culture),
        cones: ConeStates::of(culture),
        scores: Scores::of(culture.cones(), &culture.condition().biology.programme),
        axons_across: gates::axons_across(culture),
        stumps: Stumps::of(culture),
        synapses: SynapseCounts::of(culture),
        degenerating_um: degenerating_um(culture),
        myokines: species
            .filter_map(|species| Some(culture.field(species)?.amount()))
            .collect(),
    }
}

fn degenerating_um(culture: &Culture<'_>) -> f64 {
    let severed = culture.world.severed.iter();
    severed
        .filter(|severed| severed.well as usize == culture.site.well)
        .map(|severed| severed.length_left_um(culture.world.step))
        .sum()
}
