//! The acts of a session, one by one, as the events of its scenario.

use super::act::Act;
use super::save::{event_text, session_text};
use crate::export::figures::days;
use crate::model::plate::{MediumSource, Plate};
use crate::scenario::{Override, Scenario};

/// An act that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// At which step.
    pub step: u32,
    /// To the wells of which conditions; of all where none is named.
    pub conditions: Vec<usize>,
    /// The act in words.
    pub words: String,
    act: Act,
    text: String,
}

impl Done {
    /// The act.
    pub fn act(&self) -> &Act {
        &self.act
    }
}

/// A scenario and the acts since.
#[derive(Clone, Debug)]
pub struct Script {
    base: String,
    overrides: Vec<Override>,
    done: Vec<Done>,
}

impl Script {
    /// A script without acts.
    pub fn of(scenario: &Scenario) -> Self {
        Script {
            base: scenario.text.clone(),
            overrides: scenario.overrides.clone(),
            done: Vec::new(),
        }
    }

    /// The acts, in order.
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// The scenario with all acts.
    ///
    /// # Errors
    /// A sentence, where the scenario cannot be written.
    pub fn text(&self) -> Result<String, String> {
        let events: Vec<String> = self.done.iter().map(|done| done.text.clone()).collect();
        session_text(&self.base, &self.overrides, &events).map_err(|problem| problem.to_string())
    }

    /// Adds an act at a step.
    pub fn push(&mut self, act: Act, conditions: Vec<usize>, step: u32, plate: &Plate) {
        let whom = whom(&conditions, plate);
        self.done.push(Done {
            step,
            words: format!(
                "{}: {} ({whom})",
                days(f64::from(step) * plate.step_h),
                words(&act, plate)
            ),
            text: event_text(&act, step, &conditions, plate),
            act,
            conditions,
        });
    }

    /// Takes out the acts that one which follows at the same step makes void: an earlier setting of the same number, of
    /// the movement or of the light, for the same wells.
    pub fn make_void(&mut self, act: &Act, conditions: &[usize], step: u32) {
        self.done
            .retain(|done| done.step != step || done.conditions != conditions || !replaces(act, &done.act));
    }

    /// Takes out the acts after a step. Returns their number.
    pub fn undo_after(&mut self, step: u32) -> usize {
        let before = self.done.len();
        self.done.retain(|done| done.step <= step);
        before - self.done.len()
    }
}

/// Whether an act leaves nothing of an earlier one at the same step. An act on the state itself is never void.
fn replaces(later: &Act, earlier: &Act) -> bool {
    match (later, earlier) {
        (Act::Biology { key, .. }, Act::Biology { key: other, .. }) => key == other,
        (Act::Actuation(_), Act::Actuation(_)) | (Act::Light(_), Act::Light(_)) => true,
        _ => false,
    }
}

fn whom(conditions: &[usize], plate: &Plate) -> String {
    let names: Vec<&str> = conditions
        .iter()
        .filter_map(|&condition| plate.conditions.get(condition))
        .map(|condition| condition.name.as_str())
        .collect();
    if names.is_empty() {
        "all wells".to_owned()
    } else {
        names.join(", ")
    }
}

fn words(act: &Act, plate: &Plate) -> String {
    match act {
        Act::Axotomy(_) => "axons cut".to_owned(),
        Act::Drop { species, .. } => match plate.myokines.get(*species) {
            Some(species) => format!("a drop of {}", species.name),
            None => "a drop".to_owned(),
        },
        Act::Magnet { .. } => "magnet moved".to_owned(),
        Act::Biology { key, .. } => format!("{key} set"),
        Act::Actuation(Some(_)) => "gel moved".to_owned(),
        Act::Actuation(None) => "gel left still".to_owned(),
        Act::Light(Some(_)) => "muscle lit".to_owned(),
        Act::Light(None) => "muscle left dark".to_owned(),
        Act::Medium(MediumSource::Fresh) => "fresh medium".to_owned(),
        Act::Medium(MediumSource::RestingMuscle) => "medium from resting muscle".to_owned(),
        Act::Medium(MediumSource::ExercisedMuscle(_)) => "medium from exercised muscle".to_owned(),
        Act::Medium(MediumSource::Doses(_)) => "medium of given doses".to_owned(),
    }
}
