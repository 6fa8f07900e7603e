//! Axial speed: stationary Gaussian (v0, σ²), autocorrelation e^(−t/τ).

use super::course::{Seen, follow};
use super::{LooksAt, Measure, of_cones, steps_in};
use crate::engine::{Engine, EngineError};
use crate::model::parameter::Dimension::{Count, Speed, Time};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{plate_of_cones, running_cones};
use crate::validation::setting::{many, one};
use crate::validation::statistics::{histogram, kolmogorov_smirnov, normal_cumulative, normal_density};

/// Distribution and memory of the speed of running cones.
pub const SPEED: Measure = Measure {
    name: "speed",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("speed_spread", Speed),
        one("speed_memory", Time),
        one("step", Time),
        one("settled_after", Time),
        many("lags", Time),
    ],
    figures: &["gaussian", "memory"],
    looks_at: LooksAt::Engine,
    run: speed,
};

fn speed(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut biology = running_cones(done.number("speed"), done.number("speed_spread"), 1000.0);
    biology.growth_cone.speed_memory_h = done.number("speed_memory");
    let mut engine = trial.open(plate_of_cones(done.count("cones"), 20.0, step_h * 60.0, biology))?;
    let speeds = |engine: &mut dyn Engine| of_cones(engine, |cone| f64::from(cone.speed_um_per_h));
    engine.advance(steps_in(done.number("settled_after"), step_h))?;
    let before = speeds(engine.as_mut())?;
    let (mean, spread) = (stated.number("speed"), stated.number("speed_spread"));
    let forgotten = |lag_h: f64| (-lag_h / stated.number("speed_memory")).exp();

    let mut measured = Measured::default();
    let p = kolmogorov_smirnov(&mut before.clone(), |v| normal_cumulative((v - mean) / spread));
    measured
        .figures
        .push(Figure::alone("gaussian", "p of Kolmogorov and Smirnov", p, ""));
    let course = follow(engine.as_mut(), step_h, done.list("lags"), |engine| {
        let product = |(a, b): (&f64, f64)| (a - mean) * (b - mean) / (spread * spread);
        Ok(before.iter().zip(speeds(engine)?).map(product).collect())
    })?;
    measured.figures.extend(course.iter().map(|seen| Figure {
        what: format!("correlation after {} h", seen.time_h),
        ..seen.against("memory", forgotten(seen.time_h), "")
    }));
    let around = (mean - 4.0 * spread, mean + 4.0 * spread);
    let density = |v: f64| normal_density((v - mean) / spread) / spread;
    measured.plots.push(Plot {
        x: "speed, µm/h".into(),
        y: "density".into(),
        scale: Scale::Linear,
        lines: vec![Series::of("Gaussian", around, 81, density)],
        points: vec![Series {
            name: "growth cones".into(),
            points: histogram(&before, around, 32),
        }],
    });
    let longest = course.last().map_or(1.0, |seen| seen.time_h);
    measured.plots.push(Plot {
        x: "lag, h".into(),
        y: "autocorrelation of the speed".into(),
        scale: Scale::Linear,
        lines: vec![Series::of("e^(−t/τ)", (0.0, longest), 60, forgotten)],
        points: vec![Series {
            name: "growth cones".into(),
            points: course.iter().map(Seen::point).collect(),
        }],
    });
    Ok(measured)
}
