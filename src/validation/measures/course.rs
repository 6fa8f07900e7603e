//! The course of a mean over cells, to be held against its closed form time after time.

use super::steps_in;
use crate::engine::{Engine, EngineError};
use crate::validation::measured::Figure;
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
