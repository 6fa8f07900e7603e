//! The course of a mean over cells, to be held against its closed form time after time.

use super::steps_in;
use crate::engine::{Engine, EngineError};
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::statistics::{Estimate, estimate};

/// A mean at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Time since the course began, h.
    pub time_h: f64,
    /// The mean.
    pub estimate: Estimate,
}

/// Advances an engine to each of `times_h`, which rise, and averages the values that `look` sees there.
///
/// # Errors
/// When the engine fails.
pub fn follow(
    engine: &mut dyn Engine,
    step_h: f64,
    times_h: &[f64],
    look: impl Fn(&mut dyn Engine) -> Result<Vec<f64>, EngineError>,
) -> Result<Vec<Seen>, EngineError> {
    let mut steps = 0;
    let mut course = Vec::new();
    for &time_h in times_h {
        let goal = steps_in(time_h, step_h);
        engine.advance(goal - steps)?;
        steps = goal;
        let estimate = estimate(&look(engine)?);
        course.push(Seen { time_h, estimate });
    }
    Ok(course)
}

impl Seen {
    /// The mean beside what was expected.
    pub fn against(&self, band: &'static str, expected: f64, unit: &'static str) -> Figure {
        let Estimate { mean, half_width } = self.estimate;
        Figure::against(band, format!("after {} h", self.time_h), expected, mean, unit).trusted(half_width)
    }

    /// Time, mean and half width of its confidence interval, as a plot shows them.
    pub fn point(&self) -> (f64, f64, f64) {
        (self.time_h, self.estimate.mean, self.estimate.half_width.unwrap_or(0.0))
    }
}

/// The closed form that a course should follow.
pub struct ClosedForm<F> {
    /// The band that its figures are held to.
    pub band: &'static str,
    /// The quantity, as the plot's axis says it.
    pub quantity: &'static str,
    /// The formula, as the plot says it.
    pub formula: &'static str,
    /// Those whose mean the course is.
    pub of: &'static str,
    /// Its value at a time, h.
    pub at: F,
}

impl<F: Fn(f64) -> f64> ClosedForm<F> {
    /// A course beside it: a figure for each time, and a plot.
    pub fn beside(self, course: &[Seen]) -> Measured {
        let longest_h = course.last().map_or(1.0, |seen| seen.time_h);
        let figure = |seen: &Seen| seen.against(self.band, (self.at)(seen.time_h), "");
        Measured {
            figures: course.iter().map(figure).collect(),
            plots: vec![Plot {
                x: "time, h".into(),
                y: self.quantity.into(),
                scale: Scale::Linear,
                lines: vec![Series::of(self.formula, (0.0, longest_h), 121, &self.at)],
                points: vec![Series {
                    name: self.of.into(),
                    points: course.iter().map(Seen::point).collect(),
                }],
            }],
            table: None,
        }
    }
}
