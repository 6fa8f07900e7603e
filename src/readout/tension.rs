//! Tension in axons that are towed: F e^(−L/λ) at the soma, a path of length L behind the growth cone.

use crate::model::layout::{Cone, mode};
use crate::model::per_step::sessions;
use crate::model::plate::Plate;
use crate::model::rules::sessions::in_session;
use crate::model::rules::stretch::tension_behind;

/// The pull on a condition's axons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tension {
    /// The pull on each growth cone, nN; 0 where nobody pulls.
    pub pull_nn: f32,
    /// Length over which it decays along a shaft, µm.
    pub decay_um: f32,
}

impl Tension {
    /// In the step before `step`, in which the growth cones came to where they are.
    pub fn before(plate: &Plate, step: u32, condition: usize) -> Self {
        let treatment = &plate.conditions[condition];
        let pulls = step.checked_sub(1).and_then(|step| {
            let tow = treatment.tow.as_ref()?;
            let planned = sessions(tow.start_h, tow.session_h, tow.every_h, plate.step_h);
            in_session(step, &planned).then_some(tow.force_nn as f32)
        });
        Self {
            pull_nn: pulls.unwrap_or(0.0),
            decay_um: treatment.biology.stretch.decay_um() as f32,
        }
    }

    /// The tension left at the soma, nN. Only a free growth cone is pulled: no stump, no ill neuron's, none on a fibre.
    pub fn at_soma_nn(&self, cone: &Cone) -> f64 {
        match cone.mode {
            mode::RUN | mode::PAUSE | mode::RETRACT => {
                f64::from(tension_behind(self.pull_nn, cone.path_length_um(), self.decay_um))
            }
            _ => 0.0,
        }
    }
}
