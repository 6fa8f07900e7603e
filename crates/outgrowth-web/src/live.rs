//! The plate that runs on the page: advanced for a few milliseconds of each frame, for a page has one thread.

use outgrowth::engine::cpu::CpuEngine;
use outgrowth::engine::{Engine, EngineError};
use outgrowth::experiment::Course;
use outgrowth::model::layout::Node;
use outgrowth::model::moment::Moment;
use outgrowth::readout::field::grids;
use outgrowth::readout::recorder::Recorder;
use outgrowth::scenario::Scenario;
use outgrowth::session::{Speed, Status};
use std::sync::Arc;
use std::time::Duration;
use web_time::Instant;

/// Steps between two looks at the clock, at most.
const MOST_STEPS: u32 = 64;

/// A plate in progress.
pub struct Live {
    engine: CpuEngine,
    course: Course,
    recorder: Recorder,
    status: Status,
    /// The paths of the moment before.
    shown: Vec<Vec<Node>>,
    shown_step: Option<u32>,
    /// Seconds a step, and steps that are owed.
    step_s: f64,
    owed: f64,
    looked: Instant,
}

impl Live {
    /// Begins at the first step, paused.
    ///
    /// # Errors
    /// The plate cannot be opened.
    pub fn begin(scenario: &Scenario) -> Result<Self, EngineError> {
        let mut engine = CpuEngine::new(scenario.plate.clone(), Some(1), "in a browser")?;
        let mut recorder = Recorder::new(&scenario.plate);
        let course = Course::begin(&mut engine, &mut recorder)?;
        let mut status = Status::of(&scenario.plate, &scenario.text);
        status.engine = Some(engine.describe());
        status.readouts = Arc::new(recorder.readouts().clone());
        Ok(Self {
            engine,
            course,
            recorder,
            status,
            shown: Vec::new(),
            shown_step: None,
            step_s: 1e-3,
            owed: 0.0,
            looked: Instant::now(),
        })
    }

    /// How things stand.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Lets time go on.
    pub fn play(&mut self) {
        self.status.playing = !self.status.is_over();
        self.looked = Instant::now();
        self.owed = 0.0;
    }

    /// Stops time.
    pub fn pause(&mut self) {
        self.status.playing = false;
    }

    /// Goes on at another speed.
    pub fn set_speed(&mut self, speed: Speed) {
        self.status.speed = speed;
        self.owed = 0.0;
        self.looked = Instant::now();
    }

    /// Computes on to a later step, as fast as that goes, and pauses there.
    pub fn advance_to(&mut self, step: u32) {
        self.status.travelling_to = Some(step.min(self.status.total()));
    }

    /// Does what is due, for about as long as `budget`.
    ///
    /// # Errors
    /// The engine failed.
    pub fn turn_for(&mut self, budget: Duration) -> Result<(), EngineError> {
        let began = Instant::now();
        let goal = self.status.travelling_to.unwrap_or(self.status.total());
        let hurries = self.status.travelling_to.is_some() || self.status.speed == Speed::Fastest;
        if let Speed::HoursPerSecond(hours) = self.status.speed {
            let per_second = hours / self.status.plate.step_h;
            self.owed += began.duration_since(self.looked).as_secs_f64() * per_second;
            // What a slow processor cannot do is not made up for later.
            self.owed = self.owed.min((0.25 * per_second).max(1.0));
        }
        self.looked = began;
        while (self.status.playing || self.status.travelling_to.is_some()) && began.elapsed() < budget {
            let left_s = budget.saturating_sub(began.elapsed()).as_secs_f64();
            let mut steps = ((left_s / self.step_s) as u32).clamp(1, MOST_STEPS).min(goal - self.course.step());
            if !hurries {
                steps = steps.min(self.owed as u32);
                if steps == 0 {
                    break;
                }
            }
            let stretch = Instant::now();
            let rows = self.recorder.readouts().rows.len();
            let done = self.course.go_on(&mut self.engine, &mut self.recorder, steps)?;
            self.owed -= f64::from(done);
            if done > 0 {
                let took = (stretch.elapsed().as_secs_f64() / f64::from(done)).max(1e-6);
                self.step_s = 0.8 * self.step_s + 0.2 * took;
            }
            if self.recorder.readouts().rows.len() > rows {
                self.status.readouts = Arc::new(self.recorder.readouts().clone());
            }
            if self.course.step() >= goal {
                self.status.playing = false;
                self.status.travelling_to = None;
            }
        }
        self.status.step = self.course.step();
        self.status.furthest = self.status.step;
        self.status.steps_per_s = 1.0 / self.step_s;
        Ok(())
    }

    /// The newest state, if it was not asked for since.
    ///
    /// # Errors
    /// The engine failed.
    pub fn moment(&mut self) -> Result<Option<Moment>, EngineError> {
        if self.shown_step == Some(self.status.step) {
            return Ok(None);
        }
        self.shown_step = Some(self.status.step);
        let grids = grids(self.engine.now());
        let world = self.engine.world()?;
        let moment = Moment::after(&self.shown, world, &grids);
        moment.paths.apply(&mut self.shown, moment.state.cones.len());
        Ok(Some(moment))
    }
}
