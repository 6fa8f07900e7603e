//! The thread that computes: it takes commands, advances for a stretch, shows the newest state if the last one was taken,
//! and takes commands again.

mod alter;
mod write;

use super::branches::Branches;
use super::history::History;
use super::pace::Pace;
use super::results::Began;
use super::script::Script;
use super::status::Status;
use super::{EngineOpener, ScenarioReader, SessionCommand, Shared, Speed, lock};
use crate::engine::{ComputesOn, Engine, EngineError};
use crate::experiment::Course;
use crate::model::layout::Node;
use crate::model::moment::Moment;
use crate::readout::field::grids;
use crate::readout::recorder::Recorder;
use crate::scenario::Scenario;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};
use write::Errand;

/// Memory for keyframes.
const HISTORY_BYTES: usize = 512 << 20;
/// Shortest time from one state that is shown to the next: in memory, and read back from a device.
const SHOWN_EVERY: Duration = Duration::from_millis(30);
const READ_EVERY: Duration = Duration::from_millis(200);

/// The state of a session, on its own thread.
struct Live<'s> {
    scenario: Scenario,
    read: ScenarioReader,
    script: Script,
    branches: Branches,
    engine: Option<Box<dyn Engine>>,
    course: Course,
    recorder: Recorder,
    history: History,
    pace: Pace,
    playing: bool,
    /// Whether time went on when the engine was lost, and is to go on with the next.
    goes_on: bool,
    goal: Option<u32>,
    /// What is to be written once the goal is reached.
    errand: Option<Errand>,
    furthest: u32,
    share: f64,
    began: Began,
    /// The paths as they were last shown.
    shown: Vec<Vec<Node>>,
    shown_at: Option<(u32, Instant)>,
    /// Whether something other than time has changed the picture.
    changed: bool,
    announced: u64,
    shared: &'s Shared,
}

/// Runs a session until it is told to stop.
pub(super) fn run(
    scenario: Scenario,
    read: ScenarioReader,
    mut open: EngineOpener,
    heard: &Receiver<SessionCommand>,
    shared: &Shared,
) {
    let mut live = Live::new(scenario, read, shared);
    let opened = open(live.scenario.plate.clone());
    live.take_engine(opened);
    let mut rest = Duration::ZERO;
    loop {
        live.guard(Live::show);
        live.publish();
        // The first command may be waited for; what else is there is heard at once.
        let mut command = heard
            .recv_timeout(live.idle_time(rest))
            .map_err(|error| error == RecvTimeoutError::Timeout);
        loop {
            match command {
                Ok(SessionCommand::Stop) | Err(false) => return,
                Ok(command) => {
                    live.guard(|live| live.handle(command));
                }
                Err(true) => break,
            }
            command = heard.try_recv().map_err(|error| error == TryRecvError::Empty);
        }
        rest = live.guard(Live::advance_if_due).unwrap_or_default();
    }
}

impl<'s> Live<'s> {
    fn new(scenario: Scenario, read: ScenarioReader, shared: &'s Shared) -> Self {
        let plate = &scenario.plate;
        Live {
            script: Script::of(&scenario),
            branches: Branches::new(),
            engine: None,
            course: Course::default(),
            recorder: Recorder::new(plate),
            history: History::new(HISTORY_BYTES),
            pace: Pace::new(Speed::HoursPerSecond(2.0), plate.step_h),
            playing: false,
            goes_on: false,
            goal: None,
            errand: None,
            furthest: 0,
            share: 1.0,
            began: Began::now(),
            shown: Vec::new(),
            shown_at: None,
            changed: true,
            announced: 0,
            scenario,
            read,
            shared,
        }
    }

    /// Works with the engine. A driver that dies under it may show as a panic in the library that speaks to it; that is a
    /// lost engine like any other.
    fn guard<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(|| work(self)));
        if done.is_err() {
            self.lose("the engine stopped in the middle of its work");
        }
        done.ok()
    }

    /// The time to wait for a command: long where there is nothing to do.
    fn idle_time(&self, rest: Duration) -> Duration {
        let active = self.engine.is_some() && (self.playing || self.goal.is_some());
        let all_shown = !self.changed && self.shown_at.is_some_and(|(step, _)| step == self.course.step());
        match (active, all_shown) {
            (true, _) => rest,
            (false, false) => Duration::from_millis(5),
            (false, true) => Duration::from_secs(60),
        }
    }

    fn handle(&mut self, command: SessionCommand) {
        use SessionCommand as Command;
        if let Command::Play | Command::Pause | Command::Step | Command::GoTo(_) | Command::AdvanceTo(_) = &command {
            self.give_up_errand();
        }
        match command {
            SessionCommand::Play => {
                self.playing = self.course.step() < self.scenario.plate.steps;
                self.goal = None;
                self.pace.start();
            }
            SessionCommand::Pause => {
                (self.playing, self.goes_on) = (false, false);
                self.goal = None;
            }
            SessionCommand::Step => {
                (self.playing, self.goes_on) = (false, false);
                self.goal = None;
                self.advance(1);
            }
            SessionCommand::Speed(speed) => self.pace.set_speed(speed),
            SessionCommand::GoTo(step) => self.go_to(step),
            SessionCommand::AdvanceTo(step) => {
                self.go_to(step);
                self.goal = self.engine.is_some().then_some(step.min(self.scenario.plate.steps));
            }
            SessionCommand::Act(act, conditions) => {
                let done = self.act(act, conditions);
                self.report_refusal(done);
            }
            SessionCommand::TakeBack(number) => {
                let done = self.take_back(number);
                self.report_refusal(done);
            }
            SessionCommand::Change(number, act, conditions, step) => {
                let done = self.change(number, act, conditions, step);
                self.report_refusal(done);
            }
            SessionCommand::Undo => {
                let done = self.undo();
                self.report_refusal(done);
            }
            SessionCommand::Redo => {
                let done = self.redo();
                self.report_refusal(done);
            }
            SessionCommand::ReturnTo(number) => {
                let done = self.return_to(number);
                self.report_refusal(done);
            }
            SessionCommand::Courtesy(share) => self.share = share.clamp(0.05, 1.0),
            SessionCommand::Export { folder, force, up_to } => self.export(folder, force, up_to),
            SessionCommand::Reopen(mut open) => {
                let opened = open(self.scenario.plate.clone());
                self.take_engine(opened);
            }
            SessionCommand::Kept(answer) => {
                // Who asked may be gone.
                let _ = answer.send(self.history.steps().collect());
            }
            SessionCommand::Recall(step, answer) => {
                let _ = answer.send(self.history.at_or_before(step));
            }
            SessionCommand::Stop => {}
        }
    }

    /// Goes on with an engine that was opened: from the beginning, or to where another was lost. The way there is gone again
    /// from the last keyframe, since a keyframe is known to stand before the events of its step.
    fn take_engine(&mut self, opened: Result<Box<dyn Engine>, EngineError>) {
        let present = self.course.step();
        let known = self.history.at_or_before(present);
        let begun = opened.and_then(|mut engine| {
            if let Some(world) = known {
                engine.load(world)?;
                self.goal = Some(present);
            }
            let course = Course::begin(engine.as_mut(), &mut self.recorder)?;
            self.history.keep(engine.world()?);
            Ok((engine, course))
        });
        match begun {
            Ok((engine, course)) => {
                let mut status = lock(&self.shared.status);
                status.engine = Some(engine.describe());
                status.lost = None;
                drop(status);
                let again = if self.goal.is_some() { " again" } else { "" };
                tracing::debug!("the engine is open{again}");
                self.engine = Some(engine);
                self.course = course;
                self.changed = true;
                self.hand_over_text();
            }
            Err(error) => self.lose(&error.to_string()),
        }
    }

    /// The engine failed; the keyframes and what was done are kept.
    fn lose(&mut self, why: &str) {
        self.engine = None;
        self.goes_on |= std::mem::take(&mut self.playing);
        self.goal = None;
        self.give_up_errand();
        lock(&self.shared.status).lost = Some(why.to_owned());
    }

    fn report_refusal(&mut self, done: Result<(), String>) {
        if let Err(sentence) = done {
            self.report_problem(sentence);
        }
    }

    fn report_problem(&mut self, sentence: String) {
        tracing::warn!("{sentence}");
        self.announced += 1;
        lock(&self.shared.status).problem = Some((self.announced, sentence));
    }

    /// Does the steps that are due by now. Returns the time to rest.
    fn advance_if_due(&mut self) -> Duration {
        if self.engine.is_none() {
            return Duration::ZERO;
        }
        if let Some(goal) = self.goal {
            let left = goal.saturating_sub(self.course.step());
            if left == 0 {
                self.arrive();
            } else {
                self.advance(left.min(self.pace.stretch()));
            }
            return Duration::ZERO;
        }
        if !self.playing {
            return Duration::ZERO;
        }
        let due = self.pace.due();
        if due == 0 {
            return self.pace.rest();
        }
        let took = self.advance(due);
        if self.course.step() >= self.scenario.plate.steps {
            self.playing = false;
        }
        took.mul_f64((1.0 - self.share) / self.share)
    }

    /// Arrives where it was to go: the events of that step that had happened happen again.
    fn arrive(&mut self) {
        self.goal = None;
        self.changed = true;
        self.playing |= std::mem::take(&mut self.goes_on);
        self.pace.start();
        let happened = self
            .engine
            .as_mut()
            .map(|engine| self.course.apply_due_events(engine.as_mut()));
        if let Some(Err(error)) = happened {
            self.lose(&error.to_string());
        }
        self.run_errand();
    }

    /// Does up to `most` steps. Returns the time that took.
    fn advance(&mut self, most: u32) -> Duration {
        let Some(engine) = &mut self.engine else {
            return Duration::ZERO;
        };
        let began = Instant::now();
        let rows = self.recorder.readouts().rows.len();
        let gone = self.course.go_on(engine.as_mut(), &mut self.recorder, most);
        let took = began.elapsed();
        match gone {
            Ok(steps) => {
                self.pace.note(steps, took);
                self.furthest = self.furthest.max(self.course.step());
                if self.recorder.readouts().rows.len() > rows {
                    lock(&self.shared.status).readouts = Arc::new(self.recorder.readouts().clone());
                }
                // Also on a way that is gone again, whose keyframes may have been let go.
                if self.is_recorded() && self.history.is_due(self.course.step()) {
                    self.keep();
                }
            }
            Err(error) => self.lose(&error.to_string()),
        }
        took
    }

    /// Whether the present step is one of which readouts are taken.
    fn is_recorded(&self) -> bool {
        let (step, plate) = (self.course.step(), &self.scenario.plate);
        step.is_multiple_of(plate.record_every) || step == plate.steps
    }

    /// Keeps the present state as a keyframe.
    fn keep(&mut self) {
        match self.engine.as_mut().map(|engine| engine.world()) {
            Some(Ok(world)) => self.history.keep(world),
            Some(Err(error)) => {
                let why = error.to_string();
                self.lose(&why);
            }
            None => {}
        }
    }

    /// Sets out for a step that was reached before.
    fn go_to(&mut self, step: u32) {
        let step = step.min(self.furthest);
        (self.playing, self.goes_on) = (false, false);
        let Some(engine) = &mut self.engine else { return };
        let present = self.course.step();
        // From a keyframe, unless the way from here is shorter.
        let nearest = self.history.nearest(step);
        if present > step || nearest.is_some_and(|nearest| nearest > present) {
            let loaded = match self.history.at_or_before(step) {
                Some(world) => engine.load(world),
                None => return,
            };
            let begun = loaded.and_then(|()| Course::begin(engine.as_mut(), &mut self.recorder));
            match begun {
                Ok(course) => self.course = course,
                Err(error) => return self.lose(&error.to_string()),
            }
        }
        self.goal = Some(step);
        self.changed = true;
    }

    /// Publishes what changes with an act only.
    fn hand_over_text(&mut self) {
        let text = self.script.text();
        let mut status = lock(&self.shared.status);
        self.tell_present(&mut status);
        status.plate = Arc::new(self.scenario.plate.clone());
        status.done = self.script.done().into();
        status.asides = self.branches.asides(&self.script).into();
        (status.undo, status.redo) = self.branches.words();
        status.readouts = Arc::new(self.recorder.readouts().clone());
        match text {
            Ok(text) => status.text = text.into(),
            Err(problem) => {
                drop(status);
                self.report_problem(problem);
            }
        }
    }

    /// Shows the present state, if the last one was taken and it is another.
    fn show(&mut self) {
        let Some(engine) = &mut self.engine else { return };
        let step = self.course.step();
        let every = if engine.describe().kind == ComputesOn::Cpu {
            SHOWN_EVERY
        } else {
            READ_EVERY
        };
        let new = self.changed || self.shown_at.is_none_or(|(shown, _)| shown != step);
        let early = self.shown_at.is_some_and(|(_, at)| at.elapsed() < every) && self.playing;
        // On the way to a moment that was asked for, what lies between is of no interest.
        if !new || early || self.goal.is_some() || lock(&self.shared.moment).is_some() {
            return;
        }
        let now = engine.now().clone();
        let world = match engine.world() {
            Ok(world) => world,
            Err(error) => {
                let why = error.to_string();
                return self.lose(&why);
            }
        };
        let moment = Moment::after(&self.shown, world, &grids(&now));
        moment.paths.apply(&mut self.shown, world.cones.len());
        *lock(&self.shared.moment) = Some(moment);
        self.shown_at = Some((step, Instant::now()));
        self.changed = false;
    }

    /// Writes down the step that is shown and how time goes on.
    fn tell_present(&self, status: &mut Status) {
        status.step = self.course.step();
        status.furthest = self.furthest;
        status.playing = self.playing;
        status.travelling_to = self.goal;
        status.speed = self.pace.speed();
        status.steps_per_s = if self.playing { self.pace.steps_per_s() } else { 0.0 };
    }

    /// Publishes how things stand.
    fn publish(&self) {
        self.tell_present(&mut lock(&self.shared.status));
        let arrived = self.engine.as_ref().filter(|_| self.goal.is_none());
        *lock(&self.shared.on_device) = arrived.and_then(|engine| engine.on_device());
    }
}
