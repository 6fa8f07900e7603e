//! What a run of a step gives, and whether a prediction or an answer agrees with it. The right answer is nowhere written: it is
//! computed from the run.

use super::language::Language;
use super::lesson::{Ask, AskAnswers, LessonOutcome, LessonStep};
use crate::readout::{Comparison, Readouts};
use serde::{Deserialize, Serialize};

/// An answer that somebody gives, ahead of a run or after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Guess {
    /// A number, in the figure's own unit; see [`Ask::typed`].
    Number(f64),
    /// The name of a choice, or of a condition.
    Choice(String),
}

/// The means over wells that a figure is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Means {
    /// That of the condition.
    pub of: f64,
    /// That of the condition that it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<f64>,
}

/// Everything that is measured of a run of a step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StepMeasures {
    /// For the outcome; `None` where there is nothing to measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Means>,
    /// For the prediction: one, or one for each condition to choose from; none where there is nothing to measure.
    #[serde(default)]
    pub prediction: Vec<Means>,
    /// For the question, likewise.
    #[serde(default)]
    pub question: Vec<Means>,
}

/// How an answer compares with the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The answer that was given.
    pub given: Guess,
    /// The answer that the run gives; `None` where it gives none of those to choose from.
    pub right: Option<Guess>,
    /// Whether they agree.
    pub is_right: bool,
}

impl Means {
    /// Those of an outcome in a run; `None` where there is nothing to measure.
    pub fn of(outcome: &LessonOutcome, readouts: &Readouts) -> Option<Self> {
        let statistic = &outcome.statistic;
        let other = match statistic.comparison {
            Comparison::Over(other) | Comparison::Less(other) => Some(statistic.mean_of(readouts, other)?),
            Comparison::Alone | Comparison::ExponentSince(_) => None,
        };
        let of = statistic.mean_of(readouts, statistic.of)?;
        let is_told = of.is_finite() && other.is_none_or(f64::is_finite);
        is_told.then_some(Self { of, other })
    }

    /// The figure that they make; `None` over nothing.
    pub fn figure(&self, comparison: Comparison) -> Option<f64> {
        let figure = match (comparison, self.other) {
            (Comparison::Over(_), Some(other)) => self.of / other,
            (Comparison::Less(_), Some(other)) => self.of - other,
            _ => self.of,
        };
        figure.is_finite().then_some(figure)
    }
}

impl StepMeasures {
    /// Those of a run of a step that has come to its end.
    pub fn of(step: &LessonStep, readouts: &Readouts) -> Self {
        let of_ask = |ask: &Option<Ask>| ask.as_ref().map_or_else(Vec::new, |ask| ask.measured(readouts));
        Self {
            outcome: step.outcome.as_ref().and_then(|outcome| Means::of(outcome, readouts)),
            prediction: of_ask(&step.prediction),
            question: of_ask(&step.question),
        }
    }

    /// Whether they can be those of a step.
    pub(super) fn fit(&self, step: &LessonStep) -> bool {
        let fit = |ask: &Option<Ask>, measured: &[Means]| {
            let most = ask.as_ref().map_or(0, |ask| ask.conditions().map_or(1, <[usize]>::len));
            measured.is_empty() || measured.len() == most
        };
        fit(&step.prediction, &self.prediction)
            && fit(&step.question, &self.question)
            && (self.outcome.is_none() || step.outcome.is_some())
    }
}

impl Ask {
    /// The conditions to choose from, by their places; `None` where it is not conditions that are chosen from.
    pub fn conditions(&self) -> Option<&[usize]> {
        match &self.answers {
            AskAnswers::Greatest(conditions) | AskAnswers::Least(conditions) => Some(conditions),
            AskAnswers::Bands(_) | AskAnswers::Number { .. } => None,
        }
    }

    /// The names to choose from, in a step that asks this; none where a number is to be given.
    pub fn choices<'a>(&'a self, step: &'a LessonStep) -> Vec<&'a str> {
        match &self.answers {
            AskAnswers::Bands(choices) => choices.iter().map(|(id, _)| id.as_str()).collect(),
            AskAnswers::Greatest(conditions) | AskAnswers::Least(conditions) => {
                let name = |place: &usize| step.scenario.plate.conditions[*place].name.as_str();
                conditions.iter().map(name).collect()
            }
            AskAnswers::Number { .. } => Vec::new(),
        }
    }

    /// The least and the greatest number that may be given, in the unit of [`Ask::unit`]; `None` where a choice is to be made.
    pub fn number_range(&self) -> Option<(f64, f64)> {
        match &self.answers {
            AskAnswers::Number { low, high, .. } => Some((low / self.unit_size(), high / self.unit_size())),
            _ => None,
        }
    }

    /// The unit in which numbers are typed and told; empty of a plain number or a ratio.
    pub fn unit(&self, language: Language) -> &str {
        match self.about.statistic.comparison {
            Comparison::Over(_) => "",
            _ => self.about.words.unit(language),
        }
    }

    /// The guess of a number that was typed in that unit.
    pub fn typed(&self, number: f64) -> Guess {
        Guess::Number(number * self.unit_size())
    }

    /// How many of the figure's own unit that unit is.
    fn unit_size(&self) -> f64 {
        match self.about.statistic.comparison {
            Comparison::Over(_) => 1.0,
            _ => self.about.words.size,
        }
    }

    /// Whether a guess is one of the answers that may be given.
    pub fn accepts(&self, step: &LessonStep, guess: &Guess) -> bool {
        match (guess, &self.answers) {
            (Guess::Number(number), AskAnswers::Number { low, high, .. }) => (*low..=*high).contains(number),
            (Guess::Choice(id), _) => self.choices(step).contains(&id.as_str()),
            (Guess::Number(_), _) => false,
        }
    }

    /// What a run gives for it.
    fn measured(&self, readouts: &Readouts) -> Vec<Means> {
        let Some(conditions) = self.conditions() else {
            return Means::of(&self.about, readouts).into_iter().collect();
        };
        let mean = |&condition: &usize| {
            let of = self.about.statistic.mean_of(readouts, condition)?;
            of.is_finite().then_some(Means { of, other: None })
        };
        conditions
            .iter()
            .map(mean)
            .collect::<Option<Vec<_>>>()
            .unwrap_or_default()
    }

    /// The right answer by what a run gave for it.
    pub fn right(&self, step: &LessonStep, measured: &[Means]) -> Option<Guess> {
        let choice = |index: usize| self.choices(step).get(index).map(|id| Guess::Choice((*id).to_owned()));
        let figure = || measured.first()?.figure(self.about.statistic.comparison);
        match &self.answers {
            AskAnswers::Bands(choices) => {
                let figure = figure()?;
                choice(
                    choices
                        .iter()
                        .position(|(_, band)| band.low <= figure && figure < band.high)?,
                )
            }
            AskAnswers::Greatest(_) => choice(place_of_best(measured, |a, b| a > b)?),
            AskAnswers::Least(_) => choice(place_of_best(measured, |a, b| a < b)?),
            AskAnswers::Number { .. } => Some(Guess::Number(figure()?)),
        }
    }

    /// How a guess compares with what a run gave.
    pub fn judge(&self, step: &LessonStep, measured: &[Means], given: &Guess) -> Judgement {
        let right = self.right(step, measured);
        let is_right = match (given, &right, &self.answers) {
            (Guess::Number(given), Some(Guess::Number(right)), AskAnswers::Number { within, .. }) => {
                (given - right).abs() <= within * right.abs()
            }
            (given, Some(right), _) => given == right,
            (_, None, _) => false,
        };
        Judgement {
            given: given.clone(),
            right,
            is_right,
        }
    }
}

/// The place of the first mean that is better than all others.
fn place_of_best(means: &[Means], is_better: fn(f64, f64) -> bool) -> Option<usize> {
    let mut best = 0;
    for (place, mean) in means.iter().enumerate() {
        if is_better(mean.of, means[best].of) {
            best = place;
        }
    }
    (!means.is_empty()).then_some(best)
}
