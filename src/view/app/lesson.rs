//! A lesson in the window: the plate of each step is opened in the place of the one before, and what its run gives is measured.

use super::{App, Fitted};
use crate::lesson::{FaceWords, LessonPhase, LessonRun};
use crate::readout::Readout;
use crate::session::Speed;
use crate::view::lesson_progress;
use crate::view::look::Layers;
use crate::view::panels::{SPEEDS, plotted};
use crate::view::window::Opening;

/// Seconds on the wall that a step's run takes where the engine is fast enough: long enough to be watched.
const RUN_S: f64 = 14.0;

/// The slowest of the speeds that can be chosen at which so many hours pass soon enough.
fn speed_of(until_h: f64) -> Speed {
    let passes = |speed: Speed| matches!(speed, Speed::HoursPerSecond(hours) if hours >= until_h / RUN_S);
    let speeds = SPEEDS.iter().map(|&(speed, _)| speed);
    speeds
        .into_iter()
        .find(|&speed| passes(speed))
        .unwrap_or(Speed::Fastest)
}

impl App {
    /// Shows the present step: the session that is there where it is of the same plate, else another in its place.
    pub(super) fn show_lesson_step(&mut self) {
        let Some(lesson) = &self.panels.lesson else { return };
        // What was predicted is seen to grow: not a plate that has run already, for another step or by hand.
        let is_predicted = lesson.run.guess().is_some() && lesson.run.phase() == LessonPhase::Run;
        if lesson.is_shown() && !(is_predicted && self.status.furthest > 0) {
            return self.begin_lesson_step();
        }
        match Opening::of_lesson(lesson.run.clone(), lesson.language, self.choice.clone()) {
            // What was measured of this plate is kept by the lesson.
            Ok(opening) => {
                self.next = Some(opening);
                self.close();
            }
            Err(mistakes) => self.note(mistakes.to_string()),
        }
    }

    /// Looks at what the present step is about, and lets its plate grow unless a prediction comes first.
    pub(super) fn begin_lesson_step(&mut self) {
        let Some(lesson) = &self.panels.lesson else { return };
        let (step, phase) = (lesson.run.step(), lesson.run.phase());
        let speed = speed_of(step.until_h);
        self.panels.look.layers = Layers::of_step(&step.view);
        if let Some(readout) = plotted(lesson, &Readout::all_of(&self.planned)) {
            self.panels.plots = vec![readout];
        }
        let first_well = |condition| self.planned.wells().iter().position(|well| well.condition == condition);
        self.fitted = step
            .view
            .look_at
            .and_then(first_well)
            .map_or(Fitted::Plate, Fitted::Well);
        if let Some(view) = self.view_of(self.fitted) {
            self.camera.go_to(view);
        }
        self.session.set_speed(speed);
        match phase {
            LessonPhase::Predict => {
                self.session.pause();
                self.session.go_to(0);
            }
            LessonPhase::Run if !self.status.is_over() => self.session.play(),
            // A step that was done is seen again.
            LessonPhase::Answer | LessonPhase::Done if self.status.furthest == 0 => self.session.play(),
            LessonPhase::Run | LessonPhase::Answer | LessonPhase::Done => {}
        }
    }

    /// Hands the readouts to the lesson, and keeps its progress. Returns whether there is something new to show.
    pub(super) fn observe_lesson(&mut self, has_rows: bool, has_acts: bool) -> bool {
        let Some(lesson) = &mut self.panels.lesson else {
            return false;
        };
        let was_measured = lesson.run.measured().is_some();
        if has_acts {
            lesson.run.run_again();
        }
        // A step that is come to may be one whose plate has run to its end.
        let may_measure = has_rows || lesson.run.phase() == LessonPhase::Run;
        if may_measure && lesson.run.observe(&lesson.begun_with, &self.status.readouts) {
            lesson.changed = true;
            let until = (lesson.run.step().until_h / self.planned.step_h).round() as u32;
            let ends_early = until < self.planned.steps && !lesson.run.step().is_sandbox();
            if !was_measured && lesson.run.measured().is_some() {
                tracing::debug!("the step is measured");
                if ends_early {
                    self.session.pause();
                    self.session.go_to(until);
                }
            }
        }
        let changed = std::mem::take(&mut lesson.changed);
        if changed {
            lesson_progress::keep(&lesson.run);
        }
        changed
    }

    /// Whether nothing may run yet, for a prediction comes first; says so then.
    pub(super) fn awaits_prediction(&mut self) -> bool {
        let lesson = self.panels.lesson.as_ref();
        let awaits = lesson.filter(|lesson| lesson.run.phase() == LessonPhase::Predict);
        let words = awaits.map(|lesson| FaceWords::of(lesson.language).predict_first);
        if let Some(words) = words {
            self.note(words.to_owned());
        }
        words.is_some()
    }

    /// The lesson that is gone through.
    pub fn lesson(&self) -> Option<&LessonRun> {
        self.panels.lesson.as_ref().map(|lesson| &lesson.run)
    }
}
