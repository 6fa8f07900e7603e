//! A lesson as it was read: its steps and its texts. Nothing of it changes; who goes through it is in
//! [`LessonRun`](super::LessonRun).

use super::language::Language;
use super::readout_words::ReadoutWords;
use super::texts::{LessonTexts, StepTexts};
use crate::model::word::words;
use crate::readout::bootstrap::Interval;
use crate::readout::{Finding, Statistic};
use crate::scenario::{self, Mistakes, Scenario, Surroundings};

words! {
    /// What may be done to a plate by hand in a step.
    pub enum LessonTool {
        /// Axons are cut along a line.
        Cut = "cut",
        /// A drop of myokine is given.
        Drop = "drop",
        /// A magnet moves the gel.
        Magnet = "magnet",
        /// Field and strain are read at a place.
        Probe = "probe",
        /// Lengths are measured.
        Ruler = "ruler",
    }

    /// What is drawn of a plate besides its axons.
    pub enum LessonLayer {
        /// The myokine field.
        Myokine = "myokine",
        /// The gel's grid.
        Gel = "gel",
        /// Muscle and the light on it.
        Muscle = "muscle",
        /// Cell bodies.
        Somata = "somata",
        /// Growth cones.
        Cones = "cones",
    }
}

/// A lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// The name that it is asked for by: that of its folder.
    pub name: String,
    /// How long it takes a class, about, h.
    pub time_h: f64,
    /// Its steps, at least one.
    pub steps: Vec<LessonStep>,
    /// Its texts, English first.
    pub texts: Vec<LessonTexts>,
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonStep {
    /// Its name, one of its own.
    pub id: String,
    /// The name of its scenario, for messages.
    pub file: String,
    /// Its scenario, with what the step changes of it in its text.
    pub scenario: Scenario,
    /// How far it plays, as a time of record, h.
    pub until_h: f64,
    /// What is looked at.
    pub view: LessonView,
    /// Keys that may be changed; none in a step with a prediction.
    pub controls: Vec<LessonControl>,
    /// What may be done by hand.
    pub tools: Vec<LessonTool>,
    /// Whether there is a hint; not together with a prediction.
    pub has_hint: bool,
    /// What is asked ahead of the run.
    pub prediction: Option<Ask>,
    /// What is measured at the end.
    pub outcome: Option<LessonOutcome>,
    /// What is asked after the run.
    pub question: Option<Ask>,
    /// What the texts say of the plate.
    pub claims: Vec<Finding>,
}

/// What of a plate is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonView {
    /// The readout that is plotted.
    pub plot: ReadoutWords,
    /// The condition whose first well is looked at, by its place on the plate; the whole plate where there is none.
    pub look_at: Option<usize>,
    /// What is drawn besides axons.
    pub layers: Vec<LessonLayer>,
}

/// A key of the scenario that may be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonControl {
    /// Its name, one of its own in the step.
    pub id: String,
    /// The key, as `--set` takes it.
    pub key: String,
    /// The values that it may have.
    pub values: ControlValues,
    /// The value at the beginning, as `--set` takes it.
    pub begins: String,
}

/// The values that a control may have.
#[derive(Clone, Debug, PartialEq)]
pub enum ControlValues {
    /// One of these, as `--set` takes them.
    List(Vec<String>),
    /// A number.
    Range {
        /// The least.
        low: f64,
        /// The greatest.
        high: f64,
        /// The unit behind it; empty of a plain number.
        unit: String,
    },
}

/// A figure of a run that is told in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonOutcome {
    /// The figure.
    pub statistic: Statistic,
    /// Its readout in plain words.
    pub words: ReadoutWords,
}

/// A prediction or a question, whose right answer a run gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The figure that it is about; of [`AskAnswers::Greatest`] and [`AskAnswers::Least`] it is taken of each condition, alone.
    pub about: LessonOutcome,
    /// The answers that may be given.
    pub answers: AskAnswers,
}

/// The answers to choose from, or the number to be given.
#[derive(Clone, Debug, PartialEq)]
pub enum AskAnswers {
    /// Names, each with the figures for which it is right: from the lower end up to, but not at, the upper one. No two overlap.
    Bands(Vec<(String, Interval)>),
    /// Conditions by their places, of which that with the greatest mean is right.
    Greatest(Vec<usize>),
    /// The same for the least mean.
    Least(Vec<usize>),
    /// A number, in the readout's own unit.
    Number {
        /// The least that may be given.
        low: f64,
        /// The greatest.
        high: f64,
        /// The share of the figure by which it may be off and be right.
        within: f64,
    },
}

impl Lesson {
    /// The step of that name, by its place.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.id == id)
    }

    /// The languages that it is written in.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.texts.iter().map(|texts| texts.language)
    }

    /// The texts in a language, or in English.
    pub fn texts(&self, language: Language) -> &LessonTexts {
        let in_it = self.texts.iter().find(|texts| texts.language == language);
        // The reader takes no lesson without English.
        in_it.unwrap_or(&self.texts[0])
    }

    /// The texts of a step in a language, or in English.
    pub fn step_texts(&self, step: usize, language: Language) -> &StepTexts {
        &self.texts(language).steps[step]
    }
}

impl ControlValues {
    /// Whether it may have a value.
    pub fn hold(&self, value: &str) -> bool {
        match self {
            ControlValues::List(values) => values.iter().any(|known| known == value),
            ControlValues::Range { low, high, unit } => {
                let number = value.strip_suffix(unit.as_str()).map(str::trim);
                let number = number.and_then(|number| number.parse::<f64>().ok());
                number.is_some_and(|number| (*low..=*high).contains(&number))
            }
        }
    }

    /// A number of a range as `--set` takes it, held within the range.
    pub fn of_number(&self, number: f64) -> Option<String> {
        match self {
            ControlValues::List(_) => None,
            ControlValues::Range { .. } if number.is_nan() => None,
            ControlValues::Range { low, high, unit } => {
                Some(format!("{} {unit}", number.clamp(*low, *high)).trim_end().to_owned())
            }
        }
    }
}

impl LessonStep {
    /// Reads a text of its scenario, such as one with other settings or with what was done, with the files that it names.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn read(&self, text: &str) -> Result<Scenario, Mistakes> {
        let files = &self.scenario.files;
        let surroundings = Surroundings {
            file: Box::new(|name| {
                let file = files.iter().find(|file| file.name == name);
                file.map(|file| file.bytes.clone())
                    .ok_or_else(|| "it is not part of the lesson".to_owned())
            }),
            memory_bytes: None,
        };
        scenario::read(text, &self.file, &[], &surroundings)
    }

    /// The names of its plate's conditions.
    pub fn conditions(&self) -> impl Iterator<Item = &str> {
        self.scenario
            .plate
            .conditions
            .iter()
            .map(|condition| condition.name.as_str())
    }

    /// Whether it is there to be played with: something may be changed, and nothing is asked.
    pub fn is_sandbox(&self) -> bool {
        let is_free = !self.controls.is_empty() || !self.tools.is_empty();
        is_free && self.prediction.is_none() && self.question.is_none()
    }
}
