//! The pace of the field: how often it is updated. As a rule once a step; more often where myokine decays or is taken up so
//! fast that diffusion must carry it on meanwhile; less often where steps are so short that single precision would lose what
//! happens in one.

use super::domain::Domain;
use super::parameters::Myokine;
use super::plate::Plate;
use super::shared::shared;

shared! {
    /// Updates of the field in a step, at most.
    pub const MOST_ROUNDS: u32 = 1_000;
}

/// Decay over an update of the field, at most. Decay and diffusion are done one after the other, which makes the length over which
/// a profile falls off longer by a quarter of it.
const MOST_DECAY: f64 = 0.05;
/// Uptake at low dose by one cone over an update, at most, as a share of its voxel: several cones may share a voxel.
const MOST_UPTAKE: f64 = 0.02;
/// The update, in times in which diffusion fills a voxel, below which uptake is not followed more closely: what is taken up
/// faster than that leaves a voxel empty either way.
const SHORTEST_UPTAKE: f64 = 0.25;
/// Updates are at least so long, h, where the step is shorter: in a quarter of a second diffusion still shows in single precision.
const SHORTEST_H: f64 = 0.25 / 3_600.0;

/// The updates of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Steps from one step with updates to the next.
    pub every: u32,
    /// Updates in such a step.
    pub rounds: u32,
}

impl Pace {
    /// The pace of a plate's field. It follows from the myokines and the voxel alone, not from the conditions.
    pub fn of(plate: &Plate) -> Self {
        let wanted_h = wanted_h(plate);
        if wanted_h < plate.step_h {
            let rounds = (plate.step_h / wanted_h).ceil().min(f64::from(MOST_ROUNDS)) as u32;
            return Pace { every: 1, rounds };
        }
        let every = (wanted_h.min(SHORTEST_H) / plate.step_h * (1.0 + 1e-9)) as u32;
        Pace {
            every: every.max(1),
            rounds: 1,
        }
    }

    /// Length of an update, h, in steps of `step_h`.
    pub fn update_h(self, step_h: f64) -> f64 {
        step_h * f64::from(self.every) / f64::from(self.rounds)
    }
}

/// The longest update that follows every myokine closely, h.
pub fn wanted_h(plate: &Plate) -> f64 {
    let wanted = plate.myokines.iter().map(|species| {
        let decay_h = MOST_DECAY / species.myokine.decay_per_h();
        decay_h.min(uptake_h(&species.myokine, &plate.domain))
    });
    wanted.fold(f64::INFINITY, f64::min)
}

/// The longest update that follows a myokine's uptake, h.
fn uptake_h(myokine: &Myokine, domain: &Domain) -> f64 {
    let per_h = uptake_per_h(myokine, domain);
    if per_h == 0.0 {
        return f64::INFINITY;
    }
    // Without diffusion a voxel is emptied by its own cones alone, which is solved exactly.
    let filled_h = domain.voxel_um.powi(2) / (4.0 * myokine.diffusivity_um2_per_h);
    (MOST_UPTAKE / per_h).max(SHORTEST_UPTAKE * filled_h)
}

/// Share of a voxel's myokine that one cone takes per hour at low dose.
pub fn uptake_per_h(myokine: &Myokine, domain: &Domain) -> f64 {
    myokine.uptake_um3_per_h / (myokine.uptake_half_dose * domain.voxel_volume_um3())
}
