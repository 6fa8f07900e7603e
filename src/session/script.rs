//! The acts of a session, one by one, as the events of its scenario.

use super::act::Act;
use super::save::{event_text, session_text};
use super::words::{deed, thing, whom};
use crate::export::figures::days;
use crate::model::plate::Plate;
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
    /// The axons that a cut has severed; `None` of other acts, and of a cut that was set for another time.
    pub severed: Option<usize>,
    act: Act,
    text: String,
}

impl Done {
    fn new(act: Act, conditions: Vec<usize>, step: u32, plate: &Plate) -> Self {
        Done {
            step,
            words: format!(
                "{}: {} ({})",
                days(f64::from(step) * plate.step_h),
                deed(&act, plate),
                whom(&conditions, plate)
            ),
            severed: None,
            text: event_text(&act, step, &conditions, plate),
            act,
            conditions,
        }
    }

    /// The act.
    pub fn act(&self) -> &Act {
        &self.act
    }
}

/// The names of two courses that part: each as it is called by one who looks at the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    /// The course as it was, such as "before the cut".
    pub before: String,
    /// The new one, such as "with the cut".
    pub with: String,
}

/// A scenario and the acts since.
#[derive(Clone, Debug)]
pub struct Script {
    base: String,
    overrides: Vec<Override>,
    /// In order of their step.
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

    /// Adds an act at a step, behind those of the same step.
    pub fn push(&mut self, act: Act, conditions: Vec<usize>, step: u32, plate: &Plate) -> Parting {
        let (thing, when) = (thing(&act, plate), days(f64::from(step) * plate.step_h));
        let place = self.done.partition_point(|done| done.step <= step);
        self.done.insert(place, Done::new(act, conditions, step, plate));
        Parting {
            before: format!("before {thing} ({when})"),
            with: format!("with {thing} ({when})"),
        }
    }

    /// Takes out an act; `None` where there is no such one.
    pub fn take_back(&mut self, number: usize, plate: &Plate) -> Option<Parting> {
        let done = (number < self.done.len()).then(|| self.done.remove(number))?;
        let (thing, when) = (thing(&done.act, plate), days(f64::from(done.step) * plate.step_h));
        Some(Parting {
            before: format!("with {thing} ({when})"),
            with: format!("without {thing} ({when})"),
        })
    }

    /// Puts another act, at another step perhaps, in the place of one; `None` where there is no such one.
    pub fn change(
        &mut self,
        number: usize,
        act: Act,
        conditions: Vec<usize>,
        step: u32,
        plate: &Plate,
    ) -> Option<Parting> {
        let earlier = (number < self.done.len()).then(|| self.done.remove(number))?;
        // One that stays at its step stays in its place among the acts of that step.
        let place = if earlier.step == step {
            number
        } else {
            self.done.partition_point(|done| done.step <= step)
        };
        let (thing, when) = (thing(&act, plate), days(f64::from(earlier.step) * plate.step_h));
        self.done.insert(place, Done::new(act, conditions, step, plate));
        Some(Parting {
            before: format!("before {thing} was changed ({when})"),
            with: format!("with {thing} changed ({when})"),
        })
    }

    /// Takes out the acts that one which follows at the same step makes void: an earlier setting of the same number, of
    /// the movement or of the light, for the same wells.
    pub fn make_void(&mut self, act: &Act, conditions: &[usize], step: u32) {
        self.done
            .retain(|done| done.step != step || done.conditions != conditions || !replaces(act, &done.act));
    }

    /// Takes out the acts after a step.
    pub fn forget_after(&mut self, step: u32) {
        self.done.retain(|done| done.step <= step);
    }

    /// Notes how many axons the last act has severed.
    pub fn note_severed(&mut self, severed: Option<usize>, step: u32) {
        if let Some(done) = self.done.iter_mut().rfind(|done| done.step <= step) {
            done.severed = severed;
        }
    }

    /// The first step at which other things are done than in another script; `None` where there is none.
    pub fn parts_from(&self, other: &Script) -> Option<u32> {
        let both = self.done.iter().zip(&other.done);
        let alike = both.take_while(|(one, other)| one.text == other.text).count();
        let step = |script: &Script| script.done.get(alike).map(|done| done.step);
        step(self).into_iter().chain(step(other)).min()
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
