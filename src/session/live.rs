//! The live plate: it takes commands, advances for a stretch, shows the newest state if the last one was taken, and takes
//! commands again. Who drives it stands in [`super::drivers`].

mod alter;
mod write;

use super::branches::Branches;
use super::history::History;
use super::pace::Pace;
use super::results::Began;
use super::script::Script;
use super::status::Status;
use super::{EngineOpener, ScenarioReader, SessionCommand, Shared, Speed, lock};
use crate::engine::{ComputesOn, Engine, EngineError, Patience};
use crate::experiment::{Course, is_recorded};
use crate::model::layout::Node;
use crate::model::moment::Moment;
use crate::readout::field::grids;
use crate::readout::recorder::Recorder;
use crate::scenario::Scenario;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use web_time::Instant;
use write::Errand;

/// Memory for keyframes.
const HISTORY_BYTES: usize = 512 << 20;
/// Shortest time from one state that is shown to the next: in memory, and read back from a device.
const SHOWN_EVERY: Duration = Duration::from_millis(30);
const READ_EVERY: Duration = Duration::from_millis(200);

/// The state of a session.
pub(super) struct Live {
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
    /// The time that the steps under way have taken, and when they were begun.
    spent: Duration,
    set_out_at: Instant,
    /// When the reading that is under way was begun.
    reading_since: Option<Instant>,
    /// The time to rest before the next steps.
    rest: Duration,
    began: Began,
    /// The paths as they were last shown.
    shown: Vec<Vec<Node>>,
    shown_at: Option<(u32, Instant)>,
    /// Whether something other than time has changed the picture.
    changed: bool,
    announced: u64,
    shared: Arc<Shared>,
}

impl Live {
    pub(super) fn new(scenario: Scenario, read: ScenarioReader, shared: Arc<Shared>) -> Self {
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
            spent: Duration::ZERO,
            set_out_at: Instant::now(),
            reading_since: None,
            rest: Duration::ZERO,
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

    /// Opens the engine.
    pub(super) fn open(&mut self, mut open: EngineOpener) {
        let opened = open(self.scenario.plate.clone());
        self.take_engine(opened);
    }

    /// Makes the stretches of steps fit for an engine that is polled from frame to frame.
    pub(super) fn fit_frames(&mut self) {
        let engine = self.engine.as_ref();
        self.pace
            .fit_answers(engine.is_some_and(|engine| engine.on_device().is_some()));
    }

    /// Works with the engine. A driver that dies under it may show as a panic in the library that speaks to it; that is a
    /// lost engine like any other.
    pub(super) fn guard<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(|| work(self)));
        if done.is_err() {
            self.lose("the engine stopped in the middle of its work");
        }
        done.ok()
    }

    /// The time to wait for a command: long where there is nothing to do.
    pub(super) fn idle_time(&self) -> Duration {
        let active = self.is_active();
        let all_shown = !self.changed && self.shown_at.is_some_and(|(step, _)| step == self.course.step());
        match (active, all_shown) {
            (true, _) => self.rest,
            (false, false) => Duration::from_millis(5),
            (false, true) => Duration::from_secs(60),
        }
    }

    /// Whether time goes on.
    fn is_active(&self) -> bool {
        self.engine.is_some() && (self.playing || self.goal.is_some())
    }

    /// Whether steps are under way, or more of them are due at once.
    pub(super) fn is_at_work(&self) -> bool {
        self.course.under_way() > 0 || self.goal.is_some()
    }

    /// Carries on the steps under way, and has the state read where that which comes next needs it, such as a command. Returns whether
    /// the engine rests, the steps are ended and the state that is needed is at hand.
    pub(super) fn settle(&mut self, patience: Patience, for_command: bool) -> bool {
        match self.try_settle(patience, for_command) {
            Ok(settled) => settled,
            Err(error) => {
                self.lose(&error.to_string());
                true
            }
        }
    }

    fn try_settle(&mut self, patience: Patience, for_command: bool) -> Result<bool, EngineError> {
        loop {
            let needs_state = for_command || self.needs_state();
            let Some(engine) = &mut self.engine else {
                return Ok(true);
            };
            let began = Instant::now();
            let done = engine.poll(patience)?;
            self.spent += began.elapsed();
            if !done {
                return Ok(false);
            }
            if let Some(since) = self.reading_since.take() {
                self.pace.note_reading(since.elapsed());
            }
            if needs_state && !engine.is_current() {
                engine.begin_reading()?;
                self.reading_since = Some(Instant::now());
            } else if self.course.under_way() > 0 {
                self.end_steps()?;
            } else {
                return Ok(true);
            }
        }
    }

    /// Whether what comes next needs the state: readouts, events, what is to be shown, or the arrival at a goal.
    fn needs_state(&self) -> bool {
        let plate = &self.scenario.plate;
        if self.course.under_way() > 0 {
            return self.course.will_record(plate);
        }
        let arrives = self.goal.is_some_and(|goal| self.course.step() >= goal);
        arrives || (self.is_active() && self.course.has_due_events(plate)) || self.is_show_due()
    }

    pub(super) fn handle(&mut self, command: SessionCommand) {
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
            SessionCommand::Reopen(open) => self.open(open),
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
        self.reading_since = None;
        self.course.give_up();
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

    /// Begins the steps that are due by now.
    pub(super) fn advance_if_due(&mut self) {
        self.rest = Duration::ZERO;
        if self.engine.is_none() {
            return;
        }
        if let Some(goal) = self.goal {
            let left = goal.saturating_sub(self.course.step());
            if left == 0 {
                self.arrive();
            } else {
                self.advance(left.min(self.pace.stretch()));
            }
            return;
        }
        if !self.playing {
            return;
        }
        match self.pace.due() {
            0 => self.rest = self.pace.rest(),
            due => self.advance(due),
        }
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

    /// Begins up to `most` steps.
    fn advance(&mut self, most: u32) {
        let Some(engine) = &mut self.engine else { return };
        (self.spent, self.set_out_at) = (Duration::ZERO, Instant::now());
        if let Err(error) = self.course.set_out(engine.as_mut(), most) {
            return self.lose(&error.to_string());
        }
        self.spent = self.set_out_at.elapsed();
    }

    /// Ends the steps that were begun and that the engine has done.
    fn end_steps(&mut self) -> Result<(), EngineError> {
        let Some(engine) = &mut self.engine else { return Ok(()) };
        let began = Instant::now();
        let rows = self.recorder.readouts().rows.len();
        let steps = self.course.arrive(engine.as_mut(), &mut self.recorder)?;
        // A device works while nobody asks it.
        let took = if engine.on_device().is_some() {
            self.set_out_at.elapsed()
        } else {
            self.spent + began.elapsed()
        };
        self.pace.note(steps, took);
        if self.goal.is_none() {
            self.rest = took.mul_f64((1.0 - self.share) / self.share);
        }
        self.furthest = self.furthest.max(self.course.step());
        if self.recorder.readouts().rows.len() > rows {
            lock(&self.shared.status).readouts = Arc::new(self.recorder.readouts().clone());
        }
        // Also on a way that is gone again, whose keyframes may have been let go.
        let step = self.course.step();
        if is_recorded(&self.scenario.plate, step) && self.history.is_due(step) {
            self.keep();
        }
        if self.goal.is_none() && step >= self.scenario.plate.steps {
            self.playing = false;
        }
        Ok(())
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

    /// Whether the present state is to be shown: the last one was taken, and it is another.
    fn is_show_due(&self) -> bool {
        let Some(engine) = &self.engine else { return false };
        let step = self.course.step();
        let every = if engine.describe().kind == ComputesOn::Cpu {
            SHOWN_EVERY
        } else {
            READ_EVERY
        };
        let new = self.changed || self.shown_at.is_none_or(|(shown, _)| shown != step);
        let early = self.shown_at.is_some_and(|(_, at)| at.elapsed() < every) && self.playing;
        // On the way to a moment that was asked for, what lies between is of no interest.
        new && !early && self.goal.is_none() && lock(&self.shared.moment).is_none()
    }

    /// Shows the present state where that is due.
    pub(super) fn show(&mut self) {
        if self.course.under_way() > 0 || !self.is_show_due() {
            return;
        }
        let Some(engine) = &mut self.engine else { return };
        let step = self.course.step();
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
    pub(super) fn publish(&self) {
        self.tell_present(&mut lock(&self.shared.status));
        let arrived = self.engine.as_ref().filter(|_| self.goal.is_none());
        *lock(&self.shared.on_device) = arrived.and_then(|engine| engine.on_device());
    }
}
