//! Tips and branch points of a well's axons.

use crate::model::rim::is_at_rim;
use crate::readout::culture::Culture;
use crate::readout::explants::{distance_um, explant_of};
use crate::readout::mean::{Mean, percentile};

/// Tips, their distance from the explant, and the branch points on the way to them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tips {
    /// Number of tips.
    pub count: usize,
    /// Number of branch points.
    pub branch_points: usize,
    /// Mean branch order of the tips.
    pub order_mean: Option<f64>,
    /// Mean distance of the tips from the explant's edge, µm.
    pub radius_mean_um: Option<f64>,
    /// 95th percentile of these distances, µm.
    pub radius_p95_um: Option<f64>,
    /// Mean of the `FURTHEST` greatest of these distances, µm.
    pub extent_um: Option<f64>,
    /// Share of the tips in the rim of the well.
    pub at_rim: Option<f64>,
}

/// Tips whose mean distance is the extent of outgrowth, or all where there are fewer: assays of explants commonly report the 10 to 20
/// longest neurites.
pub const FURTHEST: usize = 20;

impl Tips {
    /// Those of a culture.
    pub fn of(culture: &Culture<'_>) -> Self {
        let (mut count, mut branch_points, mut at_rim) = (0, 0, 0);
        let mut order = Mean::default();
        let mut radii_um = Vec::new();
        for (neuron, axon) in culture.neurons() {
            let explant = explant_of(&culture.site.explants, neuron);
            let branching = axon.branching();
            count += branching.tips.len();
            branch_points += branching.branch_points;
            branching.orders.iter().for_each(|&of_tip| order.add(f64::from(of_tip)));
            for &tip in &branching.tips {
                let tip_um = culture.world.tip_um(tip).as_dvec3();
                at_rim += usize::from(is_at_rim(&culture.plate.domain, tip_um));
                radii_um.extend(explant.map(|explant| distance_um(explant, tip_um)));
            }
        }
        radii_um.sort_unstable_by(f64::total_cmp);
        Self {
            count,
            branch_points,
            order_mean: order.get(),
            radius_mean_um: radii_um.iter().copied().collect::<Mean>().get(),
            radius_p95_um: percentile(&radii_um, 0.95),
            at_rim: (count > 0).then(|| at_rim as f64 / count as f64),
            extent_um: radii_um.iter().rev().take(FURTHEST).copied().collect::<Mean>().get(),
        }
    }
}
