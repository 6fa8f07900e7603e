//! The answer that a scenario gives to its question, as readouts that can be held against runs.

use super::bootstrap::{Bootstrap, Interval};
use super::recorder::Readouts;
use std::fmt::Write;

/// The question of a scenario and what it finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Shows {
    /// The question.
    pub question: String,
    /// Its answer in words.
    pub answer: String,
    /// The answer in figures.
    pub findings: Vec<Finding>,
}

/// A statistic that wells of several seeds are to give.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The statistic.
    pub statistic: Statistic,
    /// Where it lies, with its whole 95 % interval over wells.
    pub band: Interval,
}

/// A figure made of the means of a readout over wells.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistic {
    /// The name of its column.
    pub column: String,
    /// The condition, by its place on the plate.
    pub of: usize,
    /// The figure that is made of its mean over wells.
    pub comparison: Comparison,
    /// When, as a time of record, h.
    pub at_h: f64,
}

/// The figure that is made of a mean over wells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    /// The mean itself.
    Alone,
    /// Divided by that of another condition.
    Over(usize),
    /// Less that of another condition.
    Less(usize),
    /// The exponent of time with which it rises from this time of record on, h.
    ExponentSince(f64),
}

/// A figure and its 95 % interval over wells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// The figure.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

impl Finding {
    /// Whether a figure is what the finding says.
    pub fn is_held_by(&self, observed: &Observed) -> bool {
        self.band.low <= observed.interval.low && observed.interval.high <= self.band.high
    }
}

impl Statistic {
    /// The figure in `runs` of one plate with different seeds, over the wells of all; `None` where a run lacks the column or a time,
    /// where fewer than two wells have a value, or where there is nothing to divide by.
    pub fn observed(&self, runs: &[Readouts], bootstrap: &Bootstrap) -> Option<Observed> {
        let wells = self.wells(runs, self.of, self.at_h)?;
        let (value, interval) = match self.comparison {
            Comparison::Alone => (mean(&wells), bootstrap.mean(&wells)?),
            Comparison::Over(other) => {
                let others = self.wells(runs, other, self.at_h)?;
                (mean(&wells) / mean(&others), bootstrap.ratio(&wells, &others)?)
            }
            Comparison::Less(other) => {
                let others = self.wells(runs, other, self.at_h)?;
                (mean(&wells) - mean(&others), bootstrap.difference(&wells, &others)?)
            }
            Comparison::ExponentSince(since_h) => {
                let before = self.wells(runs, self.of, since_h)?;
                let Interval { low, high } = bootstrap.ratio(&wells, &before)?;
                let exponent = |ratio: f64| ratio.ln() / (self.at_h / since_h).ln();
                let interval = Interval {
                    low: exponent(low),
                    high: exponent(high),
                };
                (exponent(mean(&wells) / mean(&before)), interval)
            }
        };
        let told = [value, interval.low, interval.high]
            .iter()
            .all(|figure| figure.is_finite());
        told.then_some(Observed { value, interval })
    }

    /// Says what is compared, as `COLUMN at 96 h, NAME over NAME`.
    pub fn subject(&self, conditions: &[String]) -> String {
        let mut text = format!("{} at {} h, {}", self.column, self.at_h, conditions[self.of]);
        let _ = match self.comparison {
            Comparison::Alone => Ok(()),
            Comparison::Over(other) => write!(text, " over {}", conditions[other]),
            Comparison::Less(other) => write!(text, " less {}", conditions[other]),
            Comparison::ExponentSince(since_h) => write!(text, ", as a power of time since {since_h} h"),
        };
        text
    }

    /// The column's mean over the wells of a condition at its time; `None` where no well has a value then.
    pub fn mean_of(&self, run: &Readouts, condition: usize) -> Option<f64> {
        let wells = run.values_in(run.column(&self.column)?, condition, self.at_h);
        (!wells.is_empty()).then(|| mean(&wells))
    }

    /// The column's values in the wells of a condition.
    fn wells(&self, runs: &[Readouts], condition: usize, time_h: f64) -> Option<Vec<f64>> {
        let mut wells = Vec::new();
        for run in runs {
            let place = run.column(&self.column)?;
            wells.extend(run.values_in(place, condition, time_h));
        }
        Some(wells)
    }
}

fn mean(wells: &[f64]) -> f64 {
    wells.iter().sum::<f64>() / wells.len() as f64
}
