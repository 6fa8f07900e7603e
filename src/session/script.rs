//! The acts of a session, one by one, as the events of its scenario.

use super::act::Act;
use super::save::{event_text, session_text};
use super::words::{deed, thing, whom};
use crate::export::figures::{counted, days};
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
    /// The act as a thing with its time, such as "the cut (1 day)".
    thing: String,
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
            thing: format!("{} ({})", thing(&act, plate), days(f64::from(step) * plate.step_h)),
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

    /// Adds an act at a step, behind those of the same step. Returns the name of the course that it makes, such as "with the cut
    /// (1 day)".
    pub fn push(&mut self, act: Act, conditions: Vec<usize>, step: u32, plate: &Plate) -> String {
        let place = self.done.partition_point(|done| done.step <= step);
        let done = Done::new(act, conditions, step, plate);
        let name = format!("with {}", done.thing);
        self.done.insert(place, done);
        name
    }

    /// Takes out an act and returns the name of the course without it; `None` where there is no such one.
    pub fn take_back(&mut self, number: usize) -> Option<String> {
        let done = (number < self.done.len()).then(|| self.done.remove(number))?;
        Some(format!("without {}", done.thing))
    }

    /// Puts another act, at another step perhaps, in the place of one, and returns the name of the course that it makes; `None`
    /// where there is no such one.
    pub fn change(
        &mut self,
        number: usize,
        act: Act,
        conditions: Vec<usize>,
        step: u32,
        plate: &Plate,
    ) -> Option<String> {
        let earlier = (number < self.done.len()).then(|| self.done.remove(number))?;
        // One that stays at its step stays in its place among the acts of that step.
        let place = if earlier.step == step {
            number
        } else {
            self.done.partition_point(|done| done.step <= step)
        };
        self.done.insert(place, Done::new(act, conditions, step, plate));
        Some(format!("with {} changed", earlier.thing))
    }

    /// The name of this course for one who looks at another, by what was done in one of them alone: "before the cut (1 day)" where
    /// the other only goes on with it, else "with", "without" or "instead of".
    pub fn beside(&self, other: &Script) -> String {
        let alone = |one: &Script, other: &Script| {
            let only = one
                .done
                .iter()
                .filter(|done| other.done.iter().all(|known| known.text != done.text));
            only.map(|done| done.thing.clone()).collect::<Vec<_>>()
        };
        let (mine, others) = (alone(self, other), alone(other, self));
        let is_begun_alike = other
            .done
            .iter()
            .zip(&self.done)
            .all(|(one, other)| one.text == other.text);
        match (mine.is_empty(), others.first()) {
            (true, Some(next)) if is_begun_alike && self.done.len() < other.done.len() => format!("before {next}"),
            (true, Some(_)) => format!("without {}", several(&others)),
            (false, None) => format!("with {}", several(&mine)),
            (false, Some(_)) if mine == others => format!("with another {}", several(&mine).trim_start_matches("the ")),
            (false, Some(_)) => format!("with {} instead of {}", several(&mine), several(&others)),
            (true, None) => "as planned".to_owned(),
        }
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
            if let Some(severed) = severed {
                done.words = done
                    .words
                    .replacen("axons cut", &format!("{} cut", counted(severed as u64, "axon")), 1);
            }
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

/// Things in words; of many the first.
fn several(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
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
