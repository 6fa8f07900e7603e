//! An experiment: a plate is advanced to its end, events happen when they are due, readouts are taken on time.

use crate::engine::{Engine, EngineError, Patience};
use crate::model::plate::{Event, Plate};
use crate::model::world::World;
use crate::readout::recorder::{Readouts, Recorder};
use std::time::Duration;
use web_time::Instant;

/// The watcher's answer after each stretch of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// Go on.
    GoOn,
    /// Keep the state, and go on.
    Keep,
    /// Stop here; what was recorded so far stays.
    Stop,
}

/// Steps at most between two questions to the watcher.
const STRETCH: u32 = 60;

/// Stretches of steps are cut so that about this much time lies between two questions to the watcher: a large plate answers a
/// request to stop as soon as a small one. The results do not depend on it.
const ANSWER: Duration = Duration::from_millis(250);

/// The progress of an experiment. The headless run and the live session go on by the same steps, so that they record the
/// same rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Steps done.
    step: u32,
    /// Events of the present step that have happened, in order.
    happened: usize,
    /// Steps that the engine has begun and that are not recorded yet.
    under_way: u32,
}

impl Course {
    /// Begins, or goes on, with the state that the engine holds; records it where nothing is recorded yet.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn begin(engine: &mut dyn Engine, recorder: &mut Recorder) -> Result<Self, EngineError> {
        let step = engine.world()?.step;
        if recorder.readouts().rows.is_empty() {
            record(engine, recorder)?;
        }
        Ok(Course {
            step,
            ..Course::default()
        })
    }

    /// Steps done.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// Whether no event of the present step has happened yet.
    pub fn nothing_has_happened(&self) -> bool {
        self.happened == 0
    }

    /// Applies the events that are due at the present step and have not happened yet.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn apply_due_events(&mut self, engine: &mut dyn Engine) -> Result<(), EngineError> {
        let due = events_at(engine.plate(), self.step);
        for event in due.iter().skip(self.happened) {
            let conditions = engine.plate().conditions.len();
            for condition in (0..conditions).filter(|&condition| event.concerns(condition)) {
                tracing::info!(step = self.step, condition, "an event happens");
                engine.apply(&event.action, condition)?;
            }
            self.happened += 1;
        }
        Ok(())
    }

    /// Goes on with another protocol for the same plate, of whose events at the present step the first `happened` have
    /// happened.
    ///
    /// # Errors
    /// When the engine fails, or the plate is another one.
    pub fn amend(&mut self, engine: &mut dyn Engine, plate: Plate, happened: usize) -> Result<(), EngineError> {
        engine.amend(plate, happened as u32)?;
        self.happened = happened;
        Ok(())
    }

    /// Whether an event of the present step has not happened yet: it needs the state of the engine.
    pub fn has_due_events(&self, plate: &Plate) -> bool {
        let due = plate.events.iter().filter(|event| event.step == self.step).count();
        due > self.happened
    }

    /// Begins up to `most` steps, but stops where something is recorded or happens. Returns the steps begun;
    /// [`Course::arrive`] ends them once the engine has done them.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn set_out(&mut self, engine: &mut dyn Engine, most: u32) -> Result<u32, EngineError> {
        self.apply_due_events(engine)?;
        let stop = next_stop(engine.plate(), self.step).min(self.step.saturating_add(most));
        let steps = stop.saturating_sub(self.step);
        if steps > 0 {
            engine.begin_steps(steps)?;
        }
        self.under_way = steps;
        Ok(steps)
    }

    /// Steps that were begun and are not ended.
    pub fn under_way(&self) -> u32 {
        self.under_way
    }

    /// Forgets the steps that were begun: their engine is gone.
    pub fn give_up(&mut self) {
        self.under_way = 0;
    }

    /// Whether readouts are taken where the steps under way end: this needs the state of the engine.
    pub fn will_record(&self, plate: &Plate) -> bool {
        self.under_way > 0 && is_recorded(plate, self.step + self.under_way)
    }

    /// Ends the steps that were begun, and records where that is due. Returns their number.
    ///
    /// # Errors
    /// When the engine fails; what was recorded until then is in the recorder.
    pub fn arrive(&mut self, engine: &mut dyn Engine, recorder: &mut Recorder) -> Result<u32, EngineError> {
        let steps = std::mem::take(&mut self.under_way);
        if steps > 0 {
            engine.poll(Patience::UntilDone)?;
            self.step += steps;
            self.happened = 0;
            if is_recorded(engine.plate(), self.step) {
                record(engine, recorder)?;
            }
        }
        Ok(steps)
    }

    /// Does up to `most` steps, but stops where something is recorded or happens, and records it. Returns the steps done.
    ///
    /// # Errors
    /// When the engine fails; what was recorded until then is in the recorder.
    pub fn go_on(&mut self, engine: &mut dyn Engine, recorder: &mut Recorder, most: u32) -> Result<u32, EngineError> {
        self.set_out(engine, most)?;
        self.arrive(engine, recorder)
    }
}

/// Whether readouts are taken of a step.
pub fn is_recorded(plate: &Plate, step: u32) -> bool {
    step.is_multiple_of(plate.record_every) || step == plate.steps
}

/// Records the present state, of the plate as it is by now.
fn record(engine: &mut dyn Engine, recorder: &mut Recorder) -> Result<(), EngineError> {
    let now = engine.now().clone();
    recorder.record(&now, engine.world()?);
    Ok(())
}

/// The events of a step, in order.
pub fn events_at(plate: &Plate, step: u32) -> Vec<Event> {
    plate
        .events
        .iter()
        .filter(|event| event.step == step)
        .cloned()
        .collect()
}

/// One who stands by while a plate is advanced.
pub trait Attendant {
    /// Is shown every state of which readouts are due, and the readouts, whose last rows are those of the state. What a recorder
    /// forgets ([`Recorder::thinning`]) can be kept here. The last rows of a run that is stopped are not shown.
    fn see(&mut self, _world: &World, _readouts: &Readouts) {}

    /// Is asked after each stretch how to go on, given the steps done.
    fn ask(&mut self, _step: u32) -> Watch {
        Watch::GoOn
    }

    /// Is given the state to keep it, when it has asked for that or to stop. With it and the recorder's memory a run goes on as if it
    /// had never been stopped: no event of the state's step has happened yet.
    fn keep(&mut self, _world: &World, _recorder: &Recorder) {}
}

/// Advances a plate to its last step, or until `watch` (given the steps done) says stop. The first row of readouts is
/// that of the state the engine begins with, the last that of the step it ends with. `seen` is shown every state of which
/// readouts are due.
///
/// # Errors
/// When the engine fails; what was recorded until then is in the recorder.
pub fn perform(
    engine: &mut dyn Engine,
    recorder: &mut Recorder,
    seen: impl FnMut(&World),
    watch: impl FnMut(u32) -> Watch,
) -> Result<(), EngineError> {
    struct Closures<S, W>(S, W);
    impl<S: FnMut(&World), W: FnMut(u32) -> Watch> Attendant for Closures<S, W> {
        fn see(&mut self, world: &World, _readouts: &Readouts) {
            self.0(world);
        }

        fn ask(&mut self, step: u32) -> Watch {
            self.1(step)
        }
    }
    perform_before(engine, recorder, &mut Closures(seen, watch))
}

/// The same, with all that an attendant does. An engine and a recorder that have gone on for a while go on from there.
///
/// # Errors
/// When the engine fails; what was recorded until then is in the recorder.
pub fn perform_before(
    engine: &mut dyn Engine,
    recorder: &mut Recorder,
    attendant: &mut dyn Attendant,
) -> Result<(), EngineError> {
    let steps = engine.plate().steps;
    let mut course = Course::begin(engine, recorder)?;
    attendant.see(engine.world()?, recorder.readouts());
    let mut stretch = 1;
    while course.step() < steps {
        let took = timed(|| course.go_on(engine, recorder, stretch))?;
        stretch = next_stretch(stretch, took);
        if is_recorded(engine.plate(), course.step()) {
            attendant.see(engine.world()?, recorder.readouts());
        }
        if course.step() == steps {
            break;
        }
        match attendant.ask(course.step()) {
            Watch::GoOn => {}
            Watch::Keep => attendant.keep(engine.world()?, recorder),
            Watch::Stop => {
                attendant.keep(engine.world()?, recorder);
                return record(engine, recorder);
            }
        }
    }
    // Read once more at the end, so that the last state is that of the last step.
    engine.world().map(|_| ())
}

/// The time that some work takes.
fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<Duration, E> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed())
}

/// The steps of the next stretch, after one of `stretch` steps at most that took `took`.
fn next_stretch(stretch: u32, took: Duration) -> u32 {
    if took > ANSWER {
        (stretch / 2).max(1)
    } else if took < ANSWER / 2 {
        (stretch * 2).min(STRETCH)
    } else {
        stretch
    }
}

/// Advances a plate to its last step and returns its readouts.
///
/// # Errors
/// When the engine fails.
pub fn run(engine: &mut dyn Engine) -> Result<Readouts, EngineError> {
    let mut recorder = Recorder::new(engine.plate());
    perform(engine, &mut recorder, |_| (), |_| Watch::GoOn)?;
    Ok(recorder.into_readouts())
}

/// Advances a plate to a step, with the events that are due on the way; the readouts are thrown away.
///
/// # Errors
/// When the engine fails.
pub fn advance_to(engine: &mut dyn Engine, goal: u32) -> Result<(), EngineError> {
    let mut recorder = Recorder::new(engine.plate());
    let mut course = Course::begin(engine, &mut recorder)?;
    while course.step() < goal {
        let left = goal - course.step();
        course.go_on(engine, &mut recorder, left)?;
    }
    Ok(())
}

/// The step up to which the engine can go without a look at readouts or events.
fn next_stop(plate: &Plate, step: u32) -> u32 {
    let record = (step / plate.record_every + 1).saturating_mul(plate.record_every);
    let event = plate
        .events
        .iter()
        .map(|event| event.step)
        .find(|&event| event > step)
        .unwrap_or(plate.steps);
    record.min(event).min(plate.steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step of a million neurons takes a second or more: 60 of them were a minute without an answer.
    #[test]
    fn slow_steps_are_done_one_at_a_time_and_fast_ones_together() {
        let after = |each: Duration| (0..20).fold(STRETCH, |stretch, _| next_stretch(stretch, each * stretch));
        assert_eq!(after(Duration::from_secs(2)), 1);
        assert_eq!(after(Duration::from_micros(1)), STRETCH);
        assert!(Duration::from_millis(30) * after(Duration::from_millis(30)) < 2 * ANSWER);
    }
}
