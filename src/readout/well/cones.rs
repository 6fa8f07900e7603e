//! States of a well's living growth cones.

use crate::model::layout::{Cone, mode};
use crate::readout::culture::Culture;
use crate::readout::mean::Mean;

/// Length over which a slope is told, µm: about the width of a growth cone.
const SLOPE_OVER_UM: f64 = 10.0;

/// Means over the living growth cones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConeStates {
    /// Shares of the cones by what they do.
    pub shares: Option<ModeShares>,
    /// Trophic gain.
    pub trophic_gain_mean: Option<f64>,
    /// Mechano-state, 0 to 1.
    pub mechano_state_mean: Option<f64>,
    /// Dose of the first myokine.
    pub dose_mean: Option<f64>,
    /// Relative slope of the first myokine, per 10 µm.
    pub slope_mean: Option<f64>,
}

/// Shares of the cones by what they do, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModeShares {
    /// Those that advance.
    pub running: f64,
    /// Those that pause, on a muscle fibre for good among them.
    pub paused: f64,
    /// Those that retract, of ill neurons among them.
    pub retracting: f64,
    /// Stumps at rest.
    pub injured: f64,
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
            shares: ModeShares::of(culture),
            trophic_gain_mean: mean(|cone| cone.trophic_gain),
            mechano_state_mean: mean(|cone| cone.mechano.value()),
            dose_mean: mean(|cone| cone.dose),
            slope_mean,
        }
    }
}

impl ModeShares {
    fn of(culture: &Culture<'_>) -> Option<Self> {
        let mut counts = [0usize; 4];
        for cone in culture.cones() {
            counts[match cone.mode {
                mode::RUN => 0,
                mode::PAUSE | mode::SYNAPSE => 1,
                mode::INJURED => 3,
                _ => 2,
            }] += 1;
        }
        let all: usize = counts.iter().sum();
        let [running, paused, retracting, injured] = counts.map(|count| count as f64 / all as f64);
        (all > 0).then_some(Self {
            running,
            paused,
            retracting,
            injured,
        })
    }
}
