//! States of a well's living growth cones.

use crate::model::layout::{Cone, mode};
use crate::model::rules::kymograph::seen;
use crate::readout::culture::Culture;
use crate::readout::mean::Mean;

/// Length over which a slope is told, µm: about the width of a growth cone.
const SLOPE_OVER_UM: f64 = 10.0;

/// Means over the living growth cones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConeStates {
    /// Shares of the tips by what they are seen to do, in each kymograph.
    pub seen: [Option<TipShares>; 3],
    /// Share that are stumps of cut axons at rest, 0 to 1.
    pub injured: Option<f64>,
    /// Trophic gain.
    pub trophic_gain_mean: Option<f64>,
    /// Mechano-state, 0 to 1.
    pub mechano_state_mean: Option<f64>,
    /// Dose of the first myokine.
    pub dose_mean: Option<f64>,
    /// Relative slope of the first myokine, per 10 µm.
    pub slope_mean: Option<f64>,
}

/// Shares of the tips by what they are seen to do between two frames of a kymograph, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TipShares {
    /// Those that have advanced.
    pub advancing: f64,
    /// Those that have moved by less than is resolved.
    pub pausing: f64,
    /// Those that have shortened.
    pub retracting: f64,
}

impl ConeStates {
    /// Those of a culture.
    pub fn of(culture: &Culture<'_>) -> Self {
        let mean = |of: fn(&Cone) -> f32| culture.cones().map(|cone| f64::from(of(cone))).collect::<Mean>().get();
        let slope_mean = culture.field(0).and_then(|field| {
            let slopes = culture.cones().map(|cone| field.relative_slope_per_um(cone.tip_um()));
            slopes.map(|slope| SLOPE_OVER_UM * slope).collect::<Mean>().get()
        });
        Self {
            seen: [0, 1, 2].map(|kymograph| TipShares::of(culture, kymograph)),
            injured: injured(culture),
            trophic_gain_mean: mean(|cone| cone.trophic_gain),
            mechano_state_mean: mean(|cone| cone.mechano.value()),
            dose_mean: mean(|cone| cone.dose),
            slope_mean,
        }
    }
}

impl TipShares {
    /// Those in the kymograph of this number, of the tips that were there in its last two frames and are not stumps.
    fn of(culture: &Culture<'_>, kymograph: usize) -> Option<Self> {
        let tips = culture.cones().filter(|cone| cone.mode != mode::INJURED);
        let seen = tips.map(|cone| cone.kymograph.seen_in(kymograph));
        let seen: Vec<u32> = seen.filter(|seen| *seen != seen::NOTHING).collect();
        let share = |of: u32| seen.iter().filter(|seen| **seen == of).count() as f64 / seen.len() as f64;
        (!seen.is_empty()).then(|| Self {
            advancing: share(seen::ADVANCE),
            pausing: share(seen::PAUSE),
            retracting: share(seen::RETRACTION),
        })
    }
}

/// Share of the cones that are stumps at rest.
fn injured(culture: &Culture<'_>) -> Option<f64> {
    culture
        .cones()
        .map(|cone| f64::from(u8::from(cone.mode == mode::INJURED)))
        .collect::<Mean>()
        .get()
}
