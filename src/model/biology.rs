//! The biology of a condition: the numbers that may be set apart from the rest of the plate.

use super::parameters::{
    Branching, Fasciculation, GrowthCone, Injury, Mechano, Programme, Soma, Stretch, Survival, Synapse,
};

/// The numbers of the biology that a condition may set apart from the rest of the plate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Biology {
    /// Growth cones.
    pub growth_cone: GrowthCone,
    /// Branching.
    pub branching: Branching,
    /// Fasciculation and crowding.
    pub fasciculation: Fasciculation,
    /// What stumps of cut axons do.
    pub injury: Injury,
    /// How neurons die.
    pub survival: Survival,
    /// Synapses on muscle fibres.
    pub synapse: Synapse,
    /// Growth of axons that are towed.
    pub stretch: Stretch,
    /// Mechanotransduction.
    pub mechano: Mechano,
    /// Somata.
    pub soma: Soma,
    /// Gene programmes.
    pub programme: Programme,
    /// The genotype that numbers come from, where one is named.
    pub genotype: Option<&'static str>,
    /// The hypothesis about contested findings that numbers come from, where one is named.
    pub hypothesis: Option<&'static str>,
}
