//! Somebody's way through a lesson: the state that faces show and drive. Nothing here draws, waits or computes a plate.
//!
//! A face shows the present step, and
//!
//! 1. while [`LessonRun::phase`] is [`LessonPhase::Predict`], asks for the prediction and hands it to [`LessonRun::predict`];
//! 2. while it is [`LessonPhase::Run`], plays a session of [`LessonRun::scenario_text`] up to the step's `until_h` and hands its
//!    readouts to [`LessonRun::observe`]; [`LessonRun::announcement`] says in words how it stands;
//! 3. then shows [`LessonRun::outcome`] beside [`LessonRun::prediction`], and while the phase is [`LessonPhase::Answer`] asks the
//!    question and hands the answer to [`LessonRun::answer`].
//!
//! Going back and on loses nothing, and [`LessonRun::progress`] is all of it as text.

use super::judgement::{Guess, Judgement, Means, StepMeasures};
use super::language::Language;
use super::lesson::{Ask, Lesson, LessonOutcome, LessonStep};
use super::read::changed;
use super::sentences;
use super::texts::{AskTexts, LessonTexts, StepTexts};
use crate::readout::{Comparison, Readouts, Statistic};
use crate::scenario::{Mistakes, Override, Scenario};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Announcements are made this often, h of the plate.
const ANNOUNCED_EVERY_H: f64 = 12.0;
/// Trials of a step that are kept: the last.
const MOST_TRIALS: usize = 50;
/// Times of record are equal but for this, h.
const SAME_TIME_H: f64 = 1e-9;

/// What a step waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonPhase {
    /// The prediction: nothing is run ahead of it.
    Predict,
    /// The plate's run, up to the step's end.
    Run,
    /// The answer to the question.
    Answer,
    /// Nothing; one may go on, or play further.
    Done,
}

/// Why something cannot be done in the present step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// The plate has run since.
    #[error("the prediction is fixed: the plate has run")]
    Locked,
    /// Nothing is measured yet.
    #[error("the plate has not run to its end yet")]
    NotMeasured,
    /// The step does not ask for it.
    #[error("the step does not ask for that")]
    NotAsked,
    /// It is none of the answers or values that are accepted.
    #[error("\"{0}\" is none of what may be chosen")]
    NotAccepted(String),
}

/// A run of a step with some settings, and what it gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonTrial {
    /// The values of its controls by their ids.
    pub settings: BTreeMap<String, String>,
    /// For the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Means>,
}

/// An answer that was given, with what was measured then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct GivenAnswer {
    pub guess: Guess,
    pub measured: Vec<Means>,
    /// Answers given so far, this one included.
    pub tries: u32,
}

/// How a step stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct StepState {
    /// The prediction.
    pub guess: Option<Guess>,
    /// Whether the plate has run since; the prediction is fixed then.
    pub begun: bool,
    /// The values of all controls by their ids.
    pub settings: BTreeMap<String, String>,
    /// What the last run gave.
    pub measured: Option<StepMeasures>,
    /// The last answer.
    pub answer: Option<GivenAnswer>,
    /// The runs that came to their end.
    pub trials: Vec<LessonTrial>,
    /// The scenario with the settings in it.
    pub text: String,
}

/// Somebody's way through a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonRun {
    lesson: Arc<Lesson>,
    pub(super) place: usize,
    pub(super) steps: Vec<StepState>,
}

impl LessonRun {
    /// At the first step, with nothing done.
    pub fn begin(lesson: Arc<Lesson>) -> Self {
        let steps = lesson.steps.iter().map(StepState::new).collect();
        Self {
            lesson,
            place: 0,
            steps,
        }
    }

    /// The lesson.
    pub fn lesson(&self) -> &Arc<Lesson> {
        &self.lesson
    }

    /// The place of the present step, from 0.
    pub fn place(&self) -> usize {
        self.place
    }

    /// The present step.
    pub fn step(&self) -> &LessonStep {
        &self.lesson.steps[self.place]
    }

    /// The texts of the present step.
    pub fn texts(&self, language: Language) -> &StepTexts {
        self.lesson.step_texts(self.place, language)
    }

    /// Steps that wait for nothing any more.
    pub fn steps_done(&self) -> usize {
        let is_done = |place: &usize| self.phase_of(*place) == LessonPhase::Done;
        (0..self.steps.len()).filter(is_done).count()
    }

    /// What the present step waits for.
    pub fn phase(&self) -> LessonPhase {
        self.phase_of(self.place)
    }

    /// What a step waits for, by its place.
    pub fn phase_of(&self, place: usize) -> LessonPhase {
        let (Some(step), Some(state)) = (self.lesson.steps.get(place), self.steps.get(place)) else {
            return LessonPhase::Done;
        };
        if step.prediction.is_some() && state.guess.is_none() {
            LessonPhase::Predict
        } else if state.measured.is_none() {
            LessonPhase::Run
        } else if step.question.is_some() && state.answer.is_none() {
            LessonPhase::Answer
        } else {
            LessonPhase::Done
        }
    }

    /// Goes to the next step; `false` at the last.
    pub fn go_next(&mut self) -> bool {
        self.go_to(self.place + 1)
    }

    /// Goes to the step before; `false` at the first.
    pub fn go_back(&mut self) -> bool {
        self.place.checked_sub(1).is_some_and(|place| self.go_to(place))
    }

    /// Goes to a step by its place; `false` where there is none. Nothing that was done is lost.
    pub fn go_to(&mut self, place: usize) -> bool {
        let is_there = place < self.steps.len();
        if is_there {
            self.place = place;
        }
        is_there
    }

    /// Makes the present step's prediction, or another one while its plate has not run.
    ///
    /// # Errors
    /// Where none is asked, it is fixed, or it is none of the answers that may be given.
    pub fn predict(&mut self, guess: Guess) -> Result<(), NotNow> {
        let step = &self.lesson.steps[self.place];
        let state = &mut self.steps[self.place];
        let ask = step.prediction.as_ref().ok_or(NotNow::NotAsked)?;
        if state.begun {
            return Err(NotNow::Locked);
        }
        if !ask.accepts(step, &guess) {
            return Err(not_accepted(&guess));
        }
        state.guess = Some(guess);
        Ok(())
    }

    /// The present step's prediction, as it was made.
    pub fn guess(&self) -> Option<&Guess> {
        self.steps[self.place].guess.as_ref()
    }

    /// Whether the present step's prediction is fixed.
    pub fn is_locked(&self) -> bool {
        self.steps[self.place].begun
    }

    /// The scenario that the present step runs, with the values of its controls in its text. Equal texts are the same experiment: a
    /// session that was begun with this one may go on in the next step.
    pub fn scenario_text(&self) -> &str {
        &self.steps[self.place].text
    }

    /// The same scenario, read, with the files that it names.
    ///
    /// # Errors
    /// Mistakes that only several values together make.
    pub fn scenario(&self) -> Result<Scenario, Mistakes> {
        self.step().read(self.scenario_text())
    }

    /// The value of a control of the present step, as `--set` takes it.
    pub fn setting(&self, control: &str) -> Option<&str> {
        self.steps[self.place].settings.get(control).map(String::as_str)
    }

    /// Gives a control of the present step a value: another plate is due to run.
    ///
    /// # Errors
    /// Where there is no such control, or it may not have that value.
    pub fn set(&mut self, control: &str, value: &str) -> Result<(), NotNow> {
        let step = &self.lesson.steps[self.place];
        let known = step
            .controls
            .iter()
            .find(|known| known.id == control)
            .ok_or(NotNow::NotAsked)?;
        let refused = || NotNow::NotAccepted(value.to_owned());
        if !known.values.hold(value) {
            return Err(refused());
        }
        let state = &mut self.steps[self.place];
        if state.settings.get(control).is_some_and(|before| before == value) {
            return Ok(());
        }
        let mut settings = state.settings.clone();
        settings.insert(control.to_owned(), value.to_owned());
        state.text = text_with(step, &settings).ok_or_else(refused)?;
        state.settings = settings;
        state.begun = false;
        state.measured = None;
        Ok(())
    }

    /// Begins the lesson anew: nothing that was done in it is kept.
    pub fn start_over(&mut self) {
        *self = Self::begin(self.lesson.clone());
    }

    /// Lets the present step's plate run anew, as after something else was done to it by hand; a step with a prediction keeps what
    /// its run gave.
    pub fn run_again(&mut self) {
        if self.step().prediction.is_none() {
            let state = &mut self.steps[self.place];
            state.begun = false;
            state.measured = None;
        }
    }

    /// Takes the readouts of a session that was begun with the scenario `begun_with`, and measures the step once its end is reached.
    /// Those of another scenario, such as of the step before, are not looked at, nor are those of a plate that runs ahead of the
    /// prediction. Says whether anything has changed.
    pub fn observe(&mut self, begun_with: &str, readouts: &Readouts) -> bool {
        if self.phase() == LessonPhase::Predict || begun_with != self.scenario_text() {
            return false;
        }
        let step = &self.lesson.steps[self.place];
        let state = &mut self.steps[self.place];
        let Some(time_h) = readouts.last_time_h().filter(|&time_h| time_h > 0.0) else {
            return false;
        };
        let begins = !std::mem::replace(&mut state.begun, true);
        if state.measured.is_some() || time_h < step.until_h - SAME_TIME_H {
            return begins;
        }
        let measured = StepMeasures::of(step, readouts);
        let trial = LessonTrial {
            settings: state.settings.clone(),
            outcome: measured.outcome,
        };
        if state.trials.last() != Some(&trial) {
            if state.trials.len() == MOST_TRIALS {
                state.trials.remove(0);
            }
            state.trials.push(trial);
        }
        state.measured = Some(measured);
        true
    }

    /// What the present step's last run gave.
    pub fn measured(&self) -> Option<&StepMeasures> {
        self.steps[self.place].measured.as_ref()
    }

    /// The runs of the present step that came to their end, to be compared.
    pub fn trials(&self) -> &[LessonTrial] {
        &self.steps[self.place].trials
    }

    /// The present step's outcome in a sentence, once it is measured, and not while it would give away the answer to the question.
    pub fn outcome(&self, language: Language) -> Option<String> {
        let (step, texts) = (self.step(), self.lesson.texts(language));
        let outcome = step.outcome.as_ref().filter(|_| !self.hides_outcome())?;
        let means = self.measured()?.outcome?;
        Some(sentences::outcome(outcome, &means, outcome.statistic.at_h, step, texts))
    }

    /// Whether the question asks for the very figure of the outcome, and is not answered yet: rightly, or a second time.
    fn hides_outcome(&self) -> bool {
        let step = self.step();
        let asks_for_it = step.question.as_ref().is_some_and(|ask| {
            let about = Some(&ask.about.statistic);
            ask.number_range().is_some() && about == step.outcome.as_ref().map(|outcome| &outcome.statistic)
        });
        asks_for_it && self.measured().is_some() && !self.is_answer_told()
    }

    /// Whether the right answer to the present step's question is told: once it was given, and after a second try.
    pub fn is_answer_told(&self) -> bool {
        self.tries() > 1 || self.answered().is_some_and(|answer| answer.is_right)
    }

    /// Whether the present step says what was to be seen: it is done, and nothing is left to be found out.
    pub fn says_after(&self) -> bool {
        self.phase() == LessonPhase::Done && (self.step().question.is_none() || self.is_answer_told())
    }

    /// The outcome of a trial of the present step in a sentence.
    pub fn trial_outcome(&self, trial: &LessonTrial, language: Language) -> Option<String> {
        let (step, texts) = (self.step(), self.lesson.texts(language));
        let outcome = step.outcome.as_ref()?;
        Some(sentences::outcome(
            outcome,
            &trial.outcome?,
            outcome.statistic.at_h,
            step,
            texts,
        ))
    }

    /// How the present step's prediction compares with its run.
    pub fn prediction(&self) -> Option<Judgement> {
        let (step, state) = (self.step(), &self.steps[self.place]);
        let measured = &state.measured.as_ref()?.prediction;
        Some(step.prediction.as_ref()?.judge(step, measured, state.guess.as_ref()?))
    }

    /// The figures that decide about the prediction, in a sentence; not while they would give away the answer to the question.
    pub fn prediction_figures(&self, language: Language) -> Option<String> {
        let (step, texts) = (self.step(), self.lesson.texts(language));
        if self.hides_outcome() {
            return None;
        }
        sentences::deciding(step.prediction.as_ref()?, &self.measured()?.prediction, step, texts)
    }

    /// Answers the present step's question; it may be answered again.
    ///
    /// # Errors
    /// Where none is asked, nothing is measured yet, or it is none of the answers that may be given.
    pub fn answer(&mut self, guess: Guess) -> Result<Judgement, NotNow> {
        let step = &self.lesson.steps[self.place];
        let state = &mut self.steps[self.place];
        let ask = step.question.as_ref().ok_or(NotNow::NotAsked)?;
        let measured = state.measured.as_ref().ok_or(NotNow::NotMeasured)?.question.clone();
        if !ask.accepts(step, &guess) {
            return Err(not_accepted(&guess));
        }
        let judgement = ask.judge(step, &measured, &guess);
        state.answer = Some(GivenAnswer {
            guess,
            measured,
            tries: state.answer.as_ref().map_or(0, |answer| answer.tries).saturating_add(1),
        });
        Ok(judgement)
    }

    /// How the last answer to the present step's question compares with the run that it was given for.
    pub fn answered(&self) -> Option<Judgement> {
        let (step, state) = (self.step(), &self.steps[self.place]);
        let answer = state.answer.as_ref()?;
        Some(step.question.as_ref()?.judge(step, &answer.measured, &answer.guess))
    }

    /// The last answer to the present step's question.
    pub fn given_answer(&self) -> Option<&Guess> {
        self.steps[self.place].answer.as_ref().map(|answer| &answer.guess)
    }

    /// How often the present step's question was answered.
    pub fn tries(&self) -> u32 {
        self.steps[self.place].answer.as_ref().map_or(0, |answer| answer.tries)
    }

    /// The figures that decide about the answer, in a sentence.
    pub fn answer_figures(&self, language: Language) -> Option<String> {
        let (step, state) = (self.step(), &self.steps[self.place]);
        let texts = self.lesson.texts(language);
        sentences::deciding(step.question.as_ref()?, &state.answer.as_ref()?.measured, step, texts)
    }

    /// What an answer of the present step's prediction or question is called.
    pub fn answer_words(&self, guess: &Guess, ask: &Ask, language: Language) -> String {
        let (step, texts) = (self.step(), self.texts(language));
        let asked: Option<&AskTexts> = match step.prediction.as_ref() == Some(ask) {
            true => texts.prediction.as_ref(),
            false => texts.question.as_ref(),
        };
        sentences::answer(guess, ask, asked, self.lesson.texts(language))
    }

    /// How the plate stands, in a sentence to be spoken while it runs: the outcome, or else what is plotted, at the last half day that
    /// was recorded, and at the step's end. It stays the same in between. `None` before the first, and of another scenario's readouts.
    pub fn announcement(&self, begun_with: &str, readouts: &Readouts, language: Language) -> Option<String> {
        if begun_with != self.scenario_text() {
            return None;
        }
        let (step, texts) = (self.step(), self.lesson.texts(language));
        let times = readouts.times_h();
        let is_end = |time_h: f64| (time_h - step.until_h).abs() <= SAME_TIME_H;
        let is_told = |time_h: &f64| {
            let halves = time_h / ANNOUNCED_EVERY_H;
            let is_half_day = *time_h > 0.0 && (halves - halves.round()).abs() <= SAME_TIME_H;
            (is_half_day || is_end(*time_h)) && *time_h <= step.until_h + SAME_TIME_H
        };
        let at_h = times.into_iter().rev().find(is_told)?;
        if is_end(at_h) && self.hides_outcome() {
            return None;
        }
        match &step.outcome {
            Some(outcome) => {
                let outcome = match is_end(at_h) {
                    true => outcome.clone(),
                    false => at(outcome, at_h),
                };
                let means = Means::of(&outcome, readouts)?;
                Some(sentences::outcome(
                    &outcome,
                    &means,
                    outcome.statistic.at_h,
                    step,
                    texts,
                ))
            }
            None => self.plotted(readouts, at_h, texts),
        }
    }

    /// What is plotted, in a sentence.
    fn plotted(&self, readouts: &Readouts, at_h: f64, texts: &LessonTexts) -> Option<String> {
        let (step, view) = (self.step(), &self.step().view);
        let places = match view.look_at {
            Some(place) => place..place + 1,
            None => 0..step.scenario.plate.conditions.len(),
        };
        let mean = |place| {
            let statistic = Statistic {
                column: view.plot.column.clone(),
                of: place,
                comparison: Comparison::Alone,
                at_h,
            };
            Some((place, statistic.mean_of(readouts, place)?))
        };
        let means: Vec<(usize, f64)> = places.filter_map(mean).collect();
        (!means.is_empty()).then(|| sentences::conditions(&view.plot, at_h, &means, step, texts))
    }
}

impl StepState {
    /// That of a step in which nothing is done.
    pub(super) fn new(step: &LessonStep) -> Self {
        let settings = step
            .controls
            .iter()
            .map(|control| (control.id.clone(), control.begins.clone()));
        let settings: BTreeMap<String, String> = settings.collect();
        Self {
            // Each value was tried when the lesson was read.
            text: text_with(step, &settings).unwrap_or_else(|| step.scenario.text.clone()),
            settings,
            ..Self::default()
        }
    }
}

/// The scenario of a step with the values of its controls; `None` where one has no place in it.
pub(super) fn text_with(step: &LessonStep, settings: &BTreeMap<String, String>) -> Option<String> {
    let changes = step.controls.iter().filter_map(|control| {
        let value = settings.get(&control.id)?;
        Some(Override::new(control.key.as_str(), value.as_str()))
    });
    let changes: Vec<Override> = changes.collect();
    match changes.is_empty() {
        true => Some(step.scenario.text.clone()),
        false => changed(&step.scenario.text, &changes),
    }
}

/// An outcome at another time.
fn at(outcome: &LessonOutcome, at_h: f64) -> LessonOutcome {
    LessonOutcome {
        statistic: Statistic {
            at_h,
            ..outcome.statistic.clone()
        },
        words: outcome.words.clone(),
    }
}

fn not_accepted(guess: &Guess) -> NotNow {
    NotNow::NotAccepted(match guess {
        Guess::Number(number) => number.to_string(),
        Guess::Choice(id) => id.clone(),
    })
}
