//! How far the stop at the soma makes axons longer than their net speed says.
//!
//! An axon's speed varies about its net value, and an axon that is drawn back to its soma stops there instead of becoming shorter than
//! nothing: variation alone makes it grow. Its length is then a Brownian motion with drift that 0 reflects. Its mean is that of the
//! furthest place that the free motion has reached (P. Lévy's identity), which rises at the rate μ Φ(μ√t/s) + s φ(μ√t/s)/√t.

use super::parameters::GrowthCone;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Parts into which the time is cut.
const PARTS: u32 = 400;

/// Length that axons without any cue gain in `hours` by the stop at their somata, beyond the net speed, µm.
pub fn excess_at_soma_um(cone: &GrowthCone, hours: f64) -> f64 {
    let drift = cone.speed_um_per_h;
    let spread = spread_um_per_root_h(cone);
    if spread == 0.0 {
        return 0.0;
    }
    // In the root of time the rate has no pole.
    let width = hours.sqrt() / f64::from(PARTS);
    let grown: f64 = (0..PARTS)
        .map(|part| {
            let root = (f64::from(part) + 0.5) * width;
            let x = drift * root / spread;
            let below = 0.5 * libm::erfc(-x * FRAC_1_SQRT_2);
            let density = (-0.5 * x * x).exp() / (2.0 * PI).sqrt();
            2.0 * width * (root * drift * below + spread * density)
        })
        .sum();
    (grown - drift * hours).max(0.0)
}

/// Spread of the length of free axons after an hour without any cue, over the root of the time, µm/√h: that of the speed within
/// runs and that of the speeds of the modes, each over the time in which it is forgotten.
pub fn spread_um_per_root_h(cone: &GrowthCone) -> f64 {
    let running = 1.0 - cone.paused - cone.retracting;
    let squares =
        running * cone.run_speed_um_per_h().powi(2) + cone.retracting * cone.retraction_speed_um_per_h.powi(2);
    let of_modes = squares - cone.speed_um_per_h.powi(2);
    // Within a run the memory counts the time spent running.
    let within = running * cone.speed_spread_um_per_h.powi(2) * cone.speed_memory_h;
    (2.0 * (within + of_modes * cone.mode_memory_h)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_drift_it_is_that_of_a_reflected_walk() {
        let cone = GrowthCone {
            speed_um_per_h: 0.0,
            ..GrowthCone::default()
        };
        let spread = spread_um_per_root_h(&cone);
        let expected = spread * (2.0 * 24.0 / PI).sqrt();
        assert!((excess_at_soma_um(&cone, 24.0) / expected - 1.0).abs() < 1e-3);
    }

    #[test]
    fn with_drift_it_comes_to_rest() {
        let cone = GrowthCone::default();
        let limit = spread_um_per_root_h(&cone).powi(2) / (2.0 * cone.speed_um_per_h);
        assert!((excess_at_soma_um(&cone, 1000.0) / limit - 1.0).abs() < 0.01, "{limit}");
        assert_eq!(
            excess_at_soma_um(
                &GrowthCone {
                    speed_spread_um_per_h: 0.0,
                    paused: 0.0,
                    retracting: 0.0,
                    ..cone
                },
                24.0
            ),
            0.0
        );
    }
}
