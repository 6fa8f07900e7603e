//! Branching at rate λ makes e^(λt) tips of one in the mean (Yule 1925), whether branches are seeded at pauses or at any
//! time.

use super::{Measure, steps_in};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Choice, Count, Fraction, Rate, Time};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{plate_of_cones, running_cones};
use crate::validation::setting::{many, one};
use crate::validation::statistics::{Estimate, estimate};

/// Tips of a neuron over time.
pub const YULE: Measure = Measure {
    name: "yule-branching",
    keys: &[
        one("neurons", Count),
        one("rate", Rate),
        one("at_pauses", Choice(&["no", "yes"])),
        one("paused", Fraction),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["tips"],
    drives_engine: true,
    run: yule,
};

fn yule(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut biology = running_cones(10.0, 0.0, 400.0);
    biology.branching.rate_per_h = done.number("rate");
    biology.branching.interstitial = 0.3;
    biology.branching.at_pauses = done.number("at_pauses");
    biology.growth_cone.paused = done.number("paused");
    let neurons = done.count("neurons");
    let mut engine = trial.open(plate_of_cones(neurons, 10.0, step_h * 60.0, biology))?;
    let expected = |time_h: f64| (stated.number("rate") * time_h).exp();
    let mut measured = Measured::default();
    let (mut steps, mut points) = (0, Vec::new());
    for &time_h in done.list("times") {
        let goal = steps_in(time_h, step_h);
        engine.advance(goal - steps)?;
        steps = goal;
        let mut tips = vec![0.0; neurons as usize];
        for cone in engine.world()?.cones.iter().filter(|cone| cone.is_alive()) {
            tips[cone.neuron as usize] += 1.0;
        }
        let Estimate { mean, half_width } = estimate(&tips);
        let what = format!("after {time_h} h");
        measured
            .figures
            .push(Figure::against("tips", what, expected(time_h), mean, "").trusted(half_width));
        points.push((time_h, mean, half_width.unwrap_or(0.0)));
    }
    let longest = points.last().map_or(1.0, |point| point.0);
    measured.plots.push(Plot {
        x: "time, h".into(),
        y: "tips of a neuron".into(),
        scale: Scale::Linear,
        lines: vec![Series::of("e^(λt)", (0.0, longest), 60, expected)],
        points: vec![Series {
            name: "mean over neurons".into(),
            points,
        }],
    });
    Ok(measured)
}
