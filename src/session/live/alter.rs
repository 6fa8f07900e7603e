//! Alters the course of the culture: something is done, taken back or changed, undone or redone. The course that was shown
//! is put aside each time.

use super::{HISTORY_BYTES, Live};
use crate::experiment::{Course, events_at};
use crate::model::axotomy::stumps;
use crate::model::plate::{Cut, Plate};
use crate::model::world::World;
use crate::readout::recorder::Recorder;
use crate::scenario::Scenario;
use crate::session::Act;
use crate::session::branches::KeptCourse;
use crate::session::history::{Frames, History};
use crate::session::lock;
use crate::session::script::Script;
use std::sync::Arc;

impl Live {
    /// Does an act at the present step: it becomes an event, the scenario is read again, and the events that are due are applied.
    ///
    /// # Errors
    /// A sentence, where the scenario does not allow it; nothing has changed then.
    pub(super) fn act(&mut self, act: Act, conditions: Vec<usize>) -> Result<(), String> {
        let step = self.course.step();
        if self.goal.is_some() {
            return Err("on the way to another moment: nothing can be done until it is reached".to_owned());
        }
        if step >= self.scenario.plate.steps {
            return Err("the run is over: go back in time to do something".to_owned());
        }
        let Some(engine) = &mut self.engine else {
            return Err(NO_ENGINE.to_owned());
        };
        // The way back from the act is short then. A keyframe stands before the events of its step.
        if self.course.nothing_has_happened() {
            self.history
                .keep_close(engine.world().map_err(|error| error.to_string())?);
        }
        let severed = match &act {
            Act::Axotomy(cut) => {
                let world = engine.world().map_err(|error| error.to_string())?;
                Some(severed(cut, &conditions, &self.scenario.plate, world))
            }
            _ => None,
        };
        self.course
            .apply_due_events(engine.as_mut())
            .map_err(|error| error.to_string())?;
        let mut script = self.script.clone();
        script.forget_after(step);
        script.make_void(&act, &conditions, step);
        let before = self.read_again(&script)?;
        let name = script.push(act, conditions, step, &self.scenario.plate);
        script.note_severed(severed, step);
        let after = self.read_again(&script)?;

        let happened = events_at(&before.plate, step).len();
        let Some(engine) = &mut self.engine else { return Ok(()) };
        let amended = self
            .course
            .amend(engine.as_mut(), after.plate.clone(), happened)
            .and_then(|()| self.course.apply_due_events(engine.as_mut()));
        if let Err(error) = amended {
            self.lose(&error.to_string());
            return Ok(());
        }
        let had_future = self.furthest > step;
        self.branches.part(self.kept(), name);
        self.script = script;
        self.scenario = after;
        self.forget_future(step);
        self.is_altered();
        if had_future {
            self.report_problem(
                "another course begins here; the one before stays as a faint curve, and Ctrl-Z goes back to it"
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// Begins a course without an act.
    ///
    /// # Errors
    /// A sentence, where there is no such act or the others cannot be done without it; nothing has changed then.
    pub(super) fn take_back(&mut self, number: usize) -> Result<(), String> {
        let mut script = self.script.clone();
        let name = script.take_back(number);
        self.follow(script, name.ok_or(NO_ACT)?)
    }

    /// Begins a course with another act in the place of one.
    ///
    /// # Errors
    /// A sentence, where there is no such act or the scenario does not allow it; nothing has changed then.
    pub(super) fn change(&mut self, number: usize, act: Act, conditions: Vec<usize>, step: u32) -> Result<(), String> {
        let mut script = self.script.clone();
        let step = step.min(self.scenario.plate.steps.saturating_sub(1));
        let name = script.change(number, act, conditions, step, &self.scenario.plate);
        self.follow(script, name.ok_or(NO_ACT)?)
    }

    /// Goes back to the course that the present one parted from.
    ///
    /// # Errors
    /// A sentence, where there is none.
    pub(super) fn undo(&mut self) -> Result<(), String> {
        let number = self.branches.undone().ok_or("there is nothing to be undone")?;
        self.return_to(number)
    }

    /// Goes to the course that was last left by undoing.
    ///
    /// # Errors
    /// A sentence, where there is none.
    pub(super) fn redo(&mut self) -> Result<(), String> {
        let number = self.branches.redone().ok_or("there is nothing to be redone")?;
        self.return_to(number)
    }

    /// Goes back to a course that was put aside: to the present time where it was computed so far, else to where it parts from the one
    /// that is shown or to its end.
    ///
    /// # Errors
    /// A sentence, where there is none; nothing has changed then.
    pub(super) fn return_to(&mut self, number: usize) -> Result<(), String> {
        if self.engine.is_none() {
            return Err(NO_ENGINE.to_owned());
        }
        let kept = self.branches.kept(number).ok_or("there is no such course any more")?;
        let parted = kept.script.parts_from(&self.script).unwrap_or(kept.furthest);
        let scenario = self.read_again(&kept.script)?;
        let Some(taken) = self.branches.switch(number, self.kept()) else {
            return Ok(());
        };
        self.take_course(taken, scenario, parted);
        Ok(())
    }

    /// Begins the course of a script; goes back to it where there was one in which the same was done.
    fn follow(&mut self, script: Script, name: String) -> Result<(), String> {
        if self.engine.is_none() {
            return Err(NO_ENGINE.to_owned());
        }
        if let Some(number) = self.branches.alike(&script) {
            return self.return_to(number);
        }
        let Some(parted) = script.parts_from(&self.script) else {
            return Ok(());
        };
        let scenario = self.read_again(&script)?;
        let furthest = parted.min(self.furthest);
        let time_h = f64::from(furthest) * self.scenario.plate.step_h;
        let mut readouts = self.recorder.readouts().clone();
        readouts.rows.retain(|row| row.time_h <= time_h);
        let begun = KeptCourse {
            script,
            readouts: Arc::new(readouts),
            frames: self.frames_until(furthest),
            furthest,
        };
        self.branches.part(self.kept(), name);
        self.take_course(begun, scenario, parted);
        Ok(())
    }

    /// Takes a course in the place of the one that is shown, from which it parts at a step.
    fn take_course(&mut self, course: KeptCourse, scenario: Scenario, parted: u32) {
        self.give_up_errand();
        let goes_on = self.playing || self.goes_on;
        let present = self.goal.unwrap_or(self.course.step());
        // What both have in common may be known better from the course that is left.
        let common = self.frames_until(parted.min(course.furthest));
        let last = |frames: &Frames| frames.last().map(|frame| frame.step());
        let longest = if last(&course.frames) >= last(&common) {
            course.frames
        } else {
            common
        };
        self.history = History::of(longest, HISTORY_BYTES);
        self.script = course.script;
        self.furthest = course.furthest;
        let readouts = Arc::unwrap_or_clone(course.readouts);
        if let Some(recorder) = Recorder::resume(&scenario.plate, readouts) {
            self.recorder = recorder;
        }
        self.scenario = scenario;
        let step = present.min(self.furthest);
        match self.load_amended(step, parted) {
            Ok(()) => {
                (self.playing, self.goes_on) = (false, goes_on && step < self.scenario.plate.steps);
                self.goal = Some(step);
            }
            Err(why) => self.lose(&why),
        }
        self.is_altered();
    }

    /// Loads the last keyframe before a step into the engine, under the protocol of a course that parts from the one that the engine
    /// knows at `parted`.
    fn load_amended(&mut self, step: u32, parted: u32) -> Result<(), String> {
        let Some(engine) = &mut self.engine else {
            return Err(NO_ENGINE.to_owned());
        };
        let plate = self.scenario.plate.clone();
        // A state is one of a protocol: the engine goes over to the other where both are the same.
        let mut at = [parted.min(step), step];
        at.sort_unstable();
        let known = self.history.at_or_before(at[0]).ok_or("no moment is known any more")?;
        let loaded = engine.load(known).and_then(|()| engine.amend(plate, 0));
        loaded.map_err(|error| error.to_string())?;
        if self.history.nearest(at[1]) > self.history.nearest(at[0])
            && let Some(later) = self.history.at_or_before(at[1])
        {
            engine.load(later).map_err(|error| error.to_string())?;
        }
        self.course = Course::begin(engine.as_mut(), &mut self.recorder).map_err(|error| error.to_string())?;
        Ok(())
    }

    /// What is kept of the course that is shown.
    fn kept(&self) -> KeptCourse {
        KeptCourse {
            script: self.script.clone(),
            readouts: Arc::new(self.recorder.readouts().clone()),
            frames: self.history.frames().clone(),
            furthest: self.furthest,
        }
    }

    fn frames_until(&self, step: u32) -> Frames {
        let frames = self.history.frames().iter();
        frames.take_while(|frame| frame.step() <= step).cloned().collect()
    }

    fn is_altered(&mut self) {
        self.branches.keep_to_budget(self.history.frames());
        self.changed = true;
        self.hand_over_text();
    }

    fn read_again(&self, script: &Script) -> Result<Scenario, String> {
        let text = script.text()?;
        (self.read)(&text).map_err(|mistakes| mistakes.to_string())
    }

    /// Forgets the records after a step: another course begins there.
    fn forget_future(&mut self, step: u32) {
        if self.furthest == step {
            return;
        }
        self.furthest = step;
        self.history.forget_after(step);
        let time_h = f64::from(step) * self.scenario.plate.step_h;
        let mut readouts = self.recorder.readouts().clone();
        readouts.rows.retain(|row| row.time_h <= time_h);
        if let Some(recorder) = Recorder::resume(&self.scenario.plate, readouts) {
            self.recorder = recorder;
        }
        lock(&self.shared.status).readouts = Arc::new(self.recorder.readouts().clone());
    }
}

/// The axons that a cut severs in the wells of some conditions, of all where none is named.
fn severed(cut: &Cut, conditions: &[usize], plate: &Plate, world: &World) -> usize {
    let wells = plate.wells();
    let concerns = |well: usize| {
        let condition = wells.get(well).map(|well| well.condition);
        condition.is_some_and(|condition| conditions.is_empty() || conditions.contains(&condition))
    };
    stumps(&world.cones, &world.paths, concerns, cut)
}

const NO_ENGINE: &str = "nothing can be done while there is no engine";
const NO_ACT: &str = "there is no such act any more";
