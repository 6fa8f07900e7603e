//! Pending acts: done at the step that is shown, to happen in the next, and marked in the wells until then.

use super::acts::Settings;
use super::marks::{self, Sight};
use super::place::wells_of;
use crate::model::plate::Cut;
use crate::readout::probe::WellPoint;
use crate::session::{Act, Done};
use crate::view::overlay::ink::Ink;
use egui::{Align2, Painter, vec2};
use glam::DVec3;

/// An act that has been done and not happened yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The conditions that it is done to; all where none is named.
    conditions: Vec<usize>,
    act: Act,
    /// The axons that it severs, if it is a cut.
    severs: Option<usize>,
}

impl Pending {
    /// The act that was `done`.
    pub fn of(done: &Done) -> Self {
        Self {
            conditions: done.conditions.clone(),
            act: done.act().clone(),
            severs: done.severed,
        }
    }

    /// What will come of a cut, such as "severs 12 axons at the next step"; `None` for other acts.
    pub fn words(&self) -> Option<String> {
        self.severs.map(|severs| match severs {
            1 => "severs 1 axon at the next step".to_owned(),
            severs => format!("severs {severs} axons at the next step"),
        })
    }

    /// Marks it in every well that it concerns.
    pub fn mark(&self, painter: &Painter, sight: &Sight<'_>, ink: &Ink) {
        let everywhere = self.conditions.is_empty();
        let conditions = if everywhere { &[0] } else { self.conditions.as_slice() };
        for &condition in conditions {
            let Some(well) = wells_of(sight.shown.arrangement, Some(condition)).next() else {
                continue;
            };
            let point = |at_um: DVec3| WellPoint { well, condition, at_um };
            match &self.act {
                Act::Axotomy(Cut::Line { from_um, to_um }) => {
                    let (from, to) = (point(*from_um), point(*to_um));
                    marks::knife(painter, sight, ink, &from, &to, everywhere);
                    let middle = sight.px(well, 0.5 * (*from_um + *to_um));
                    if let (Some(middle), Some(words)) = (middle, self.words()) {
                        let at = middle - vec2(0.0, 0.6 * ink.size);
                        ink.words(painter, at, Align2::CENTER_BOTTOM, &words, 1.0, ink.strong());
                    }
                }
                Act::Drop { at_um, radius_um, .. } => {
                    let settings = Settings {
                        radius_um: *radius_um,
                        ..Settings::default()
                    };
                    marks::drop(painter, sight, ink, &point(*at_um), &settings, everywhere);
                }
                Act::Magnet { from_um, to_um, .. } => {
                    marks::magnet(painter, sight, ink, &point(*from_um), &point(*to_um), everywhere);
                }
                Act::Axotomy(_) | Act::Medium(_) | Act::Biology { .. } | Act::Actuation(_) | Act::Light(_) => {}
            }
        }
    }
}
