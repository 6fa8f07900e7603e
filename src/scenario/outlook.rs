//! The most that events bring to each condition of a plate, gathered in one walk over them.

use crate::model::per_step;
use crate::model::plate::{Action, Plate};
use crate::model::rules::fasciculation::heeds_crowd;
use crate::model::rules::stretch::towed_speed;
use crate::model::word::Combination;

/// The most that a condition sees from the start or by an event.
#[derive(Clone, Copy, Debug, Default)]
struct Most {
    branching_per_h: f64,
    tow_nn: f64,
    dropped: bool,
}

impl Most {
    fn follow(&mut self, action: &Action) {
        match action {
            Action::Biology(biology) => self.branching_per_h = self.branching_per_h.max(biology.branching.rate_per_h),
            Action::Tow(Some(tow)) => self.tow_nn = self.tow_nn.max(tow.force_nn),
            Action::Drop { .. } => self.dropped = true,
            _ => {}
        }
    }

    fn with(self, other: Most) -> Most {
        Most {
            branching_per_h: self.branching_per_h.max(other.branching_per_h),
            tow_nn: self.tow_nn.max(other.tow_nn),
            dropped: self.dropped || other.dropped,
        }
    }
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Outlook {
    most: Vec<Most>,
    has_grid: Vec<bool>,
}

impl Outlook {
    /// Of a plate.
    pub fn of(plate: &Plate) -> Self {
        let mut for_all = Most::default();
        let mut most = vec![Most::default(); plate.conditions.len()];
        for event in &plate.events {
            if event.conditions.is_empty() {
                for_all.follow(&event.action);
            }
            for &condition in &event.conditions {
                most[condition].follow(&event.action);
            }
        }
        for (most, condition) in most.iter_mut().zip(&plate.conditions) {
            let from_the_start = Most {
                branching_per_h: condition.biology.branching.rate_per_h,
                tow_nn: condition.tow.map_or(0.0, |tow| tow.force_nn),
                dropped: condition.disturbed,
            };
            *most = most.with(for_all).with(from_the_start);
        }
        // A drop gives its wells a grid.
        let has_grid = most
            .iter()
            .enumerate()
            .map(|(condition, most)| plate.has_grid(condition) || (most.dropped && !plate.myokines.is_empty()));
        let has_grid = has_grid.collect();
        Self { most, has_grid }
    }

    /// Whether the wells of a condition have a grid, or get one by a drop.
    pub fn has_grid(&self, condition: usize) -> bool {
        self.has_grid[condition]
    }

    /// Whether those of any condition do.
    pub fn has_any_grid(&self) -> bool {
        self.has_grid.contains(&true)
    }

    /// The fastest branching that a condition sees, per hour.
    pub fn branching_per_h(&self, condition: usize) -> f64 {
        self.most[condition].branching_per_h
    }

    /// The fastest towed growth that a condition sees, µm/h.
    pub fn towed_um_per_h(&self, plate: &Plate, condition: usize) -> f64 {
        let rules = per_step::rules(&plate.conditions[condition].biology, plate);
        f64::from(towed_speed(self.most[condition].tow_nn as f32, &rules))
    }

    /// The greatest gain of growth that a condition allows: myokines and strain at their fullest.
    pub fn greatest_gain(&self, plate: &Plate, condition: usize) -> f64 {
        let treatment = &plate.conditions[condition];
        let fed = treatment.medium.is_some() || self.has_grid(condition);
        let trophic: f64 = if fed {
            plate
                .myokines
                .iter()
                .map(|species| (species.myokine.max_gain - 1.0).max(0.0))
                .sum()
        } else {
            0.0
        };
        let mechano = if treatment.actuation.is_some() {
            treatment.biology.mechano.gain
        } else {
            0.0
        };
        combined(trophic, mechano, treatment.biology.growth_cone.combination())
    }
}

/// The gain of two excesses, at most.
pub fn combined(trophic: f64, mechano: f64, combination: Combination) -> f64 {
    match combination {
        Combination::Multiplicative => (1.0 + trophic) * (1.0 + mechano),
        Combination::Additive | Combination::Saturating => 1.0 + trophic + mechano,
    }
}

/// Whether cones of any condition heed axons and cones around them, from the start or from an event on.
pub fn heeds_crowd_anywhere(plate: &Plate) -> bool {
    let later = plate.events.iter().filter_map(|event| match &event.action {
        Action::Biology(biology) => Some(biology.as_ref()),
        _ => None,
    });
    let from_the_start = plate.conditions.iter().map(|condition| &condition.biology);
    from_the_start
        .chain(later)
        .any(|biology| heeds_crowd(&per_step::rules(biology, plate)))
}
