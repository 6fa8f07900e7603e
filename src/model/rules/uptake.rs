//! Uptake of myokine by growth cones (Michaelis–Menten).
//!
//! The cones of a voxel are counted, and what they take is solved from their number: no amount is summed up, so that nothing
//! depends on the unit of doses or on the order of the cones.

use super::mechano::lost_after;
use crate::model::layout::MyokineRules;

/// Fall of the concentration in a voxel over an update of the field, from the `cones` cones in it at `dose`. The exact course of
/// dc/dt = −r K c/(K + c), r being the rate at low dose: with c falling to c e^(−z), z + c/K (1 − e^(−z)) = r Δt, which
/// Newton's method solves from below, so that never more is taken than was there (S. Schnell and C. Mendoza, J Theor Biol
/// 187:207, 1997, for the closed form).
pub fn uptake(dose: f32, cones: u32, myokine: &MyokineRules) -> f32 {
    let cleared = cones as f32 * myokine.uptake;
    let filled = dose / myokine.uptake_half_dose;
    let mut z = (cleared / (1.0 + filled)).max(cleared - filled);
    for _ in 0..6 {
        let lost = lost_after(z);
        z -= (z + filled * lost - cleared) / (1.0 + filled * (1.0 - lost));
    }
    dose * lost_after(z.max(0.0))
}
