//! Branching at rate λ makes e^(λt) tips of one in the mean (Yule 1925), whether branches are seeded at pauses or at any
//! time; less where tips compete and branching declines, λ n^(−E) e^(−t/τ) a tip (van Pelt and Uylings 2002).

use super::{Measure, steps_in};
use crate::engine::{Engine, EngineError};
use crate::model::parameter::Dimension::{Choice, Count, Fraction, Number, Rate, Time};
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
        let Estimate { mean, half_width } = estimate(&tips(engine.as_mut())?);
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

/// Living tips of each neuron.
fn tips(engine: &mut dyn Engine) -> Result<Vec<f64>, EngineError> {
    let world = engine.world()?;
    let mut tips = vec![0.0; world.neurons.len()];
    for cone in world.cones.iter().filter(|cone| cone.is_alive()) {
        tips[cone.neuron as usize] += 1.0;
    }
    Ok(tips)
}

/// Tips of a neuron at the end, where tips compete and branching declines.
pub const COMPETING: Measure = Measure {
    name: "competing-branches",
    keys: &[
        one("neurons", Count),
        one("rate", Rate),
        one("competition", Number),
        one("decline", Time),
        one("step", Time),
        many("times", Time),
        one("published", Number),
    ],
    figures: &["tips"],
    drives_engine: true,
    run: competing,
};

fn competing(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let step_h = done.number("step");
    // Slow cones: only their branching counts, and it is at their tips at any time.
    let mut biology = running_cones(1.0, 0.0, 400.0);
    biology.branching.rate_per_h = done.number("rate");
    biology.branching.competition = done.number("competition");
    biology.branching.decline_h = done.number("decline");
    biology.branching.interstitial = 0.0;
    biology.branching.at_pauses = 0.0;
    let mut engine = trial.open(plate_of_cones(done.count("neurons"), 4.0, step_h * 60.0, biology))?;
    let (mut steps, mut points) = (0, Vec::new());
    for &time_h in done.list("times") {
        let goal = steps_in(time_h, step_h);
        engine.advance(goal - steps)?;
        steps = goal;
        let found = estimate(&tips(engine.as_mut())?);
        points.push((time_h / 24.0, found.mean, found.half_width.unwrap_or(0.0)));
    }
    let (days, mean, half) = points.last().copied().unwrap_or((0.0, f64::NAN, 0.0));
    let published = trial.stated.number("published");
    Ok(Measured {
        figures: vec![Figure::against("tips", format!("after {days} d"), published, mean, "tips").trusted(Some(half))],
        plots: vec![Plot {
            x: "time, d".into(),
            y: "tips of a neuron".into(),
            scale: Scale::Linear,
            lines: vec![Series::line("published end", [(0.0, published), (days, published)])],
            points: vec![Series {
                name: "mean over neurons".into(),
                points,
            }],
        }],
        table: None,
    })
}
