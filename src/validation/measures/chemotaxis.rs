//! Chemotaxis: how fast cones that turn up a gradient, wander and pause drift up it.
//!
//! A cone turns in every mode and wanders only while it runs. With the densities r and p of the angle α to the gradient among those that
//! run and those that pause, D = v_run/L_p, and modes drawn anew at the rate k,
//!
//! ```text
//! 0 = ∂(ω sin α r) + D ∂²r + k (f_run p − f_pause r),    0 = ∂(ω sin α p) + k (f_pause r − f_run p)
//! ```
//!
//! For the cosines of nα this is a recursion from n to n − 1. The drift is v_run ⟨cos α⟩ of those that run, who head less well up the
//! gradient than those that pause.

use super::guidance::{open_rising, plate, rise, turning};
use super::{LooksAt, Measure, steps_in, tips_um};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{AngularRate, Count, Fraction, Length, Number, Speed, Time};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::setting::{CaseSetting, many, one};
use crate::validation::statistics::estimate;
use glam::{DMat2, DVec2};

/// Cosines of multiples of the angle that are followed: the last are below rounding.
const HARMONICS: u32 = 40;

/// Drift up a field that rises by the same share across every cone, and headings at its end.
pub const DRIFT: Measure = Measure {
    name: "chemotactic-drift",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("paused", Fraction),
        one("mode_memory", Time),
        one("persistence_length", Length),
        one("width", Length),
        one("turning_rate", AngularRate),
        one("receptors", Number),
        one("readings", Number),
        one("hill", Number),
        one("attraction", Number),
        many("doses", Number),
        one("difference", Fraction),
        one("step", Time),
        one("settled_after", Time),
        one("time", Time),
    ],
    figures: &["drift", "up"],
    looks_at: LooksAt::Engine,
    run: drift,
};

fn drift(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let (step_h, time_h) = (done.number("step"), done.number("time"));
    let mut measured = Measured::default();
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    for (&dose, &stated_dose) in done.list("doses").iter().zip(stated.list("doses")) {
        let mut plate = plate(done);
        let cone = &mut plate.conditions[0].biology.growth_cone;
        cone.paused = done.number("paused");
        cone.mode_memory_h = done.number("mode_memory");
        let mut engine = open_rising(trial, plate, dose, done.number("difference"))?;
        engine.advance(steps_in(done.number("settled_after"), step_h))?;
        let start = tips_um(engine.as_mut())?;
        engine.advance(steps_in(time_h, step_h))?;
        let end = tips_um(engine.as_mut())?;
        let speeds: Vec<f64> = start.iter().zip(&end).map(|(a, b)| (b.x - a.x) / time_h).collect();
        let on_the_way: Vec<f64> = start.iter().zip(&end).map(|(a, b)| 0.5 * (a.x + b.x)).collect();
        let headings: Vec<f64> = engine.world()?.cones.iter().map(|cone| cone.heading.x.into()).collect();
        // The dose changes little on the way: that at its middle stands for all of it.
        let met = stated_dose * rise(stated, stated.number("difference"), estimate(&on_the_way).mean);
        let (running, pausing) = settled(stated, met);
        let run_speed = stated.number("speed") / (1.0 - stated.number("paused"));
        let (speed, up) = (estimate(&speeds), estimate(&headings));
        let what = format!("at {stated_dose} half doses");
        measured.figures.push(
            Figure::against("drift", what.clone(), run_speed * running, speed.mean, "µm/h").trusted(speed.half_width),
        );
        measured
            .figures
            .push(Figure::against("up", what, running + pausing, up.mean, "").trusted(up.half_width));
        expected.push((dose.log10(), run_speed * running));
        found.push((dose.log10(), speed.mean, speed.half_width.unwrap_or(0.0)));
    }
    measured.plots.push(Plot {
        x: "power of ten of the dose in the middle, in half doses".into(),
        y: "drift up the gradient, µm/h".into(),
        scale: Scale::Linear,
        lines: vec![Series::line("recursion", expected)],
        points: vec![Series {
            name: "growth cones".into(),
            points: found,
        }],
    });
    Ok(measured)
}

/// ⟨cos α⟩ over all cones of those that run, and of those that pause, around `dose` half doses.
fn settled(stated: &CaseSetting, dose: f64) -> (f64, f64) {
    let paused = stated.number("paused");
    let running = 1.0 - paused;
    let forgetting = 1.0 / stated.number("mode_memory");
    let wandering = stated.number("speed") / running / stated.number("persistence_length");
    let turning = turning(stated, dose, stated.number("difference"));
    // From each cosine to the next lower one.
    let ratio = (1..=HARMONICS).rev().fold(DMat2::ZERO, |next, n| {
        let (n, half) = (f64::from(n), 0.5 * f64::from(n) * turning);
        let lost = DMat2::from_cols(
            DVec2::new(n * n * wandering + forgetting * paused, -forgetting * paused),
            DVec2::new(-forgetting * running, forgetting * running),
        );
        (lost + next * half).inverse() * half
    });
    let first = ratio * DVec2::new(running, paused);
    (first.x, first.y)
}
