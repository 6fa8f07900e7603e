//! The protocol panel: light, medium and movement of the gel, as they are now in the condition that was chosen.

use super::gauge::{Turned, gauge};
use super::{PanelInput, Panels, Wish};
use crate::model::gel::bars::Pull;
use crate::model::gel::motion::Cause;
use crate::model::parameter::Section;
use crate::model::parameters::{Actuation, Light};
use crate::model::plate::{Condition, MediumSource, StrainMode, StrainProtocol};
use crate::session::Act;
use egui::{RichText, Ui};

/// Kinds of strain and their names in the panel.
const STRAINS: [(StrainMode, &str); 3] = [
    (StrainMode::Uniaxial, "uniaxial"),
    (StrainMode::Equibiaxial, "equibiaxial"),
    (StrainMode::Shear, "shear"),
];

/// Parameters of movement that can be changed while it goes on, by their keys.
pub(super) const ACTUATION: [&str; 5] = ["amplitude", "frequency", "axis", "session", "every"];
/// And of light.
pub(super) const LIGHT: [&str; 3] = ["frequency", "session", "every"];

/// Media that can be given, their names in the panel and what they are.
pub(super) fn media() -> [(MediumSource, &'static str, &'static str); 3] {
    [
        (
            MediumSource::Fresh,
            "fresh",
            "Medium that never met muscle: no myokine.",
        ),
        (
            MediumSource::RestingMuscle,
            "from resting muscle",
            "Medium conditioned by muscle at rest.",
        ),
        (
            MediumSource::ExercisedMuscle(Light::default()),
            "from exercised muscle",
            "Medium conditioned by muscle that was exercised with light.",
        ),
    ]
}

impl Panels {
    pub(super) fn protocol(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let chosen = self.condition.unwrap_or(0);
        let conditions = (seen.plate.conditions.get(chosen), seen.planned.conditions.get(chosen));
        let (Some(now), Some(planned)) = conditions else { return };
        if self.condition.is_none() {
            ui.weak(format!("Shown as in {}; changes go to all treatments.", now.name));
        }
        if let Some((_, sentence)) = self.refused.as_ref().filter(|(key, _)| is_protocol(key)) {
            ui.colored_label(ui.visuals().warn_fg_color, sentence);
        }
        self.movement(ui, now, planned, wishes);
        ui.add_space(4.0);
        self.light(ui, seen, now, planned, wishes);
        ui.add_space(4.0);
        self.medium(ui, seen, wishes);
    }

    fn movement(&mut self, ui: &mut Ui, now: &Condition, planned: &Condition, wishes: &mut Vec<Wish>) {
        let moved = |protocol: &&StrainProtocol| protocol.actuation.moves();
        let present = now.actuation.as_ref().filter(moved);
        let mut on = present.is_some();
        let switch = ui.checkbox(&mut on, "Gel moves").on_hover_text(
            "Periodic strain of the gel, in sessions; the first session begins now. The cells answer by their mechano-state, \
             with no chemistry at all.",
        );
        let mut protocol = present.cloned().unwrap_or_else(|| StrainProtocol {
            strain: StrainMode::Uniaxial,
            actuation: Actuation::default(),
            resolved: false,
        });
        if switch.changed() {
            wishes.push(Wish::Act(Act::Actuation(on.then(|| protocol.clone())), self.whom()));
        }
        if present.is_none() {
            return;
        }
        let planned = planned
            .actuation
            .as_ref()
            .map_or(protocol.actuation, |planned| planned.actuation);
        let mut changed = false;
        ui.horizontal_wrapped(|ui| {
            let uneven = match &protocol.strain {
                StrainMode::Nonuniform(motion) => Some((
                    protocol.strain.clone(),
                    match motion.cause {
                        Cause::Bars {
                            pull: Pull::Shortening(_),
                            ..
                        } => "by muscle",
                        Cause::Bars { .. } => "magnet bars",
                        Cause::Measured { .. } => "as measured",
                    },
                )),
                _ => None,
            };
            for (mode, words) in STRAINS.into_iter().chain(uneven) {
                changed |= ui
                    .selectable_value(&mut protocol.strain, mode, words)
                    .on_hover_text("The kind of strain: along one axis, along both, or a shear.")
                    .changed();
            }
        });
        changed |= self.turn(ui, &mut protocol.actuation, &planned, &ACTUATION);
        if changed {
            wishes.push(Wish::Act(Act::Actuation(Some(protocol)), self.whom()));
        }
    }

    fn light(
        &mut self,
        ui: &mut Ui,
        seen: &PanelInput<'_>,
        now: &Condition,
        planned: &Condition,
        wishes: &mut Vec<Wish>,
    ) {
        let everywhere = self.condition.is_none();
        let has_muscle = if everywhere {
            seen.plate.conditions.iter().all(|condition| condition.muscle.is_some())
        } else {
            now.muscle.is_some()
        };
        let present = now.muscle.as_ref().and_then(|muscle| muscle.light);
        let mut on = present.is_some();
        ui.add_enabled_ui(has_muscle, |ui| {
            let switch = ui
                .checkbox(&mut on, "Muscle is lit")
                .on_hover_text("Light makes the muscle beside the neurons contract and secrete, in sessions; the first begins now.")
                .on_disabled_hover_text(if everywhere {
                    "Not every treatment has muscle in its wells. Choose one that has."
                } else {
                    "There is no muscle in these wells to be lit."
                });
            if switch.changed() {
                let light = on.then(|| present.unwrap_or_default());
                wishes.push(Wish::Act(Act::Light(light), self.whom()));
            }
        });
        if let Some(mut light) = present {
            let planned = planned.muscle.as_ref().and_then(|muscle| muscle.light).unwrap_or(light);
            if self.turn(ui, &mut light, &planned, &LIGHT) {
                wishes.push(Wish::Act(Act::Light(Some(light)), self.whom()));
            }
        }
    }

    fn medium(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        if seen.plate.myokines.is_empty() {
            ui.weak("No myokine is in play, so there is no medium to change.");
            return;
        }
        ui.label(RichText::new("Replace the medium now").weak());
        ui.horizontal_wrapped(|ui| {
            for (medium, words, hover) in media() {
                if ui.button(words).on_hover_text(hover).clicked() {
                    wishes.push(Wish::Act(Act::Medium(medium), self.whom()));
                }
            }
        });
    }

    /// Controls for some numbers of a section. Returns whether one was turned.
    fn turn<S: Section>(&mut self, ui: &mut Ui, section: &mut S, planned: &S, keys: &[&str]) -> bool {
        let mut changed = false;
        for (index, parameter) in S::PARAMETERS.iter().enumerate() {
            if !keys.contains(&parameter.key) {
                continue;
            }
            match gauge(ui, parameter, section.get(index), planned.get(index)) {
                Turned::Not => {}
                Turned::To(value) => {
                    section.set(index, value);
                    self.refused = None;
                    changed = true;
                }
                Turned::Refused(sentence) => self.refused = Some((parameter.path(), sentence)),
            }
        }
        changed
    }
}

fn is_protocol(key: &str) -> bool {
    [Actuation::NAME, Light::NAME]
        .iter()
        .any(|section| key.split('.').next() == Some(section))
}
