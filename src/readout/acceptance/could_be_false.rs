//! What nobody put in: figures held against what others measured elsewhere, which typical values of the numbers that the rows name
//! would miss.

use super::check::{Check, Evidence};
use super::claim::Claim;
use super::comparison::Comparison;
use super::comparison::Quantity::Of;
use crate::readout::columns::Readout;

/// The rows.
pub fn could_be_false(run: &Comparison<'_>) -> Vec<Check> {
    vec![
        Claim::new(
            "control: outgrowth radius, µm",
            Evidence::CouldBeFalse,
            &[
                "growth_cone.persistence_length",
                "growth_cone.speed",
                "explant.radius",
                "explant.heading_spread",
                "branching.angle",
            ],
            "motor neurons in vitro about 5 µm/h, 0.6 mm in 5 days, 2 to 15 µm/h (recalled)",
        )
        .within(250.0, 700.0, run.at_end(&run.control, Of(Readout::OutgrowthRadiusMean))),
        Claim::new(
            "exercised: longest neurite, µm",
            Evidence::CouldBeFalse,
            &["growth_cone.speed", "branching.rate"],
            "fastest tenth of cortical neurites about 20 µm/h (figshare 8064170), for 5 days",
        )
        .at_most(2400.0, run.at_end(&run.exercised, Of(Readout::NeuriteLengthLongest))),
    ]
}
