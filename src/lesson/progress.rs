//! Somebody's progress through a lesson as text, so that it outlives a window or a page.
//!
//! Steps go by their ids: where a lesson was changed since, what still fits is kept.

use super::judgement::{Guess, StepMeasures};
use super::lesson::{Lesson, LessonStep};
use super::run::{GivenAnswer, LessonRun, LessonTrial, StepState, text_with};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The format of the text; another one is refused.
const FORMAT: u32 = 1;
/// Longer texts are not read, bytes.
const MOST_BYTES: usize = 1_000_000;

/// Why progress cannot be taken up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgressError {
    /// It is no progress of this program.
    #[error("the saved progress cannot be read: {0}")]
    Unreadable(String),
    /// It is in a format of another version.
    #[error("the saved progress has the format {0}; this version reads format {FORMAT}")]
    OtherFormat(u32),
    /// It is of another lesson.
    #[error("the saved progress is of the lesson \"{0}\"")]
    OtherLesson(String),
}

#[derive(Debug, Serialize, Deserialize)]
struct ProgressText {
    format: u32,
    lesson: String,
    at: String,
    #[serde(default)]
    step: Vec<StepText>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StepText {
    id: String,
    #[serde(default)]
    begun: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guess: Option<Guess>,
    #[serde(default)]
    settings: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    measured: Option<StepMeasures>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<GivenAnswer>,
    #[serde(default)]
    trials: Vec<LessonTrial>,
}

impl LessonRun {
    /// All of it as text, to be kept where it outlives the face.
    pub fn progress(&self) -> String {
        let lesson = self.lesson();
        let step = |(step, state): (&LessonStep, &StepState)| StepText {
            id: step.id.clone(),
            begun: state.begun,
            guess: state.guess.clone(),
            settings: state.settings.clone(),
            measured: state.measured.clone(),
            answer: state.answer.clone(),
            trials: state.trials.clone(),
        };
        let text = ProgressText {
            format: FORMAT,
            lesson: lesson.name.clone(),
            at: self.step().id.clone(),
            step: lesson.steps.iter().zip(&self.steps).map(step).collect(),
        };
        // Texts, finite numbers and tables: TOML holds them all.
        toml::to_string(&text).unwrap_or_default()
    }

    /// Goes on where [`LessonRun::progress`] was kept. What no longer fits the lesson is left out.
    ///
    /// # Errors
    /// When the text is no progress, or that of another lesson.
    pub fn resume(lesson: Arc<Lesson>, progress: &str) -> Result<Self, ProgressError> {
        if progress.len() > MOST_BYTES {
            let problem = format!("it is {} bytes long, and at most {MOST_BYTES} are read", progress.len());
            return Err(ProgressError::Unreadable(problem));
        }
        let text: ProgressText =
            toml::from_str(progress).map_err(|problem| ProgressError::Unreadable(problem.message().to_owned()))?;
        if text.format != FORMAT {
            return Err(ProgressError::OtherFormat(text.format));
        }
        if text.lesson != lesson.name {
            return Err(ProgressError::OtherLesson(text.lesson));
        }
        let mut run = Self::begin(lesson.clone());
        for kept in text.step {
            if let Some(place) = lesson.place_of(&kept.id) {
                run.steps[place] = state_of(&lesson.steps[place], kept);
            }
        }
        run.place = lesson.place_of(&text.at).unwrap_or(0);
        Ok(run)
    }
}

/// The state of a step out of what was kept of it, as far as it fits.
fn state_of(step: &LessonStep, kept: StepText) -> StepState {
    let mut state = StepState::new(step);
    for control in &step.controls {
        if let Some(value) = kept
            .settings
            .get(&control.id)
            .filter(|value| control.values.hold(value))
        {
            state.settings.insert(control.id.clone(), value.clone());
        }
    }
    let settings_fit = state.settings == kept.settings;
    if let Some(text) = text_with(step, &state.settings) {
        state.text = text;
    }
    state.guess = kept
        .guess
        .filter(|guess| step.prediction.as_ref().is_some_and(|ask| ask.accepts(step, guess)));
    // A plate that ran ahead of its prediction is not looked at.
    let may_run = settings_fit && (step.prediction.is_none() || state.guess.is_some());
    state.measured = kept.measured.filter(|measured| may_run && measured.fit(step));
    state.begun = may_run && (kept.begun || state.measured.is_some());
    state.answer = kept.answer.filter(|answer| {
        let accepts = step
            .question
            .as_ref()
            .is_some_and(|ask| ask.accepts(step, &answer.guess));
        let measured = StepMeasures {
            question: answer.measured.clone(),
            ..StepMeasures::default()
        };
        accepts && measured.fit(step)
    });
    state.trials = kept.trials;
    state
}
