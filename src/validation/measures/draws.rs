//! Reference walks made with the program's own random numbers, without an engine: they check the draws and the arithmetic
//! of chance, not a rule of growth.

use super::{LooksAt, Measure};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Count, Fraction, Number};
use crate::model::rules::random::{draw, purpose, uniform_number};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series, Table};
use crate::validation::setting::{many, one};
use crate::validation::statistics::{Estimate, estimate};
use glam::{UVec2, Vec2, Vec4};
use std::f64::consts::PI;

/// The four uniform numbers of a walker at a step.
fn uniforms(walker: u32, step: u32, seed: u64) -> Vec4 {
    let words = draw(
        walker,
        step,
        UVec2::new(seed as u32, (seed >> 32) as u32),
        purpose::GROWTH,
    );
    Vec4::from_array(words.to_array().map(uniform_number))
}

/// Biased persistent walk in the plane: a walker keeps its direction and, at a rate, takes a new one, the unit vector along
/// (1 − b) u + b e with u a random unit vector and e the bias. It begins along e.
pub const BIASED_WALK: Measure = Measure {
    name: "biased-walk",
    keys: &[
        one("walkers", Count),
        one("speed", Number),
        one("turn_rate", Number),
        one("bias", Fraction),
        one("step", Number),
        one("time", Number),
        one("published", Number),
    ],
    figures: &["mean"],
    looks_at: LooksAt::Draws,
    run: biased_walk,
};

fn biased_walk(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let (speed, step, bias) = (done.number("speed"), done.number("step"), done.number("bias") as f32);
    let chance = (done.number("turn_rate") * step) as f32;
    let steps = (done.number("time") / step).round() as u32;
    let mut mean_x = vec![0.0; steps as usize + 1];
    let walkers = done.count("walkers");
    let ends: Vec<f64> = (0..walkers)
        .map(|walker| {
            let (mut x, mut heading) = (0.0, Vec2::X);
            for step_index in 0..steps {
                x += f64::from(heading.x) * speed * step;
                mean_x[step_index as usize + 1] += x / f64::from(walkers);
                let u = uniforms(walker, step_index, trial.bench.seed);
                if u.x < chance {
                    let (sine, cosine) = libm::sincosf(std::f32::consts::TAU * (u.y - 0.5));
                    heading = (Vec2::new(cosine, sine) * (1.0 - bias) + Vec2::X * bias).normalize_or_zero();
                }
            }
            x
        })
        .collect();
    let Estimate { mean, half_width } = estimate(&ends);
    let stated = trial.stated;
    let closed = |time: f64| {
        biased_mean(
            stated.number("speed"),
            stated.number("turn_rate"),
            stated.number("bias"),
            time,
        )
    };
    let time = stated.number("time");
    let what = format!("mean x({time}) (closed form {:.5})", closed(time));
    let points = mean_x.iter().enumerate().step_by((steps as usize / 20).max(1));
    Ok(Measured {
        figures: vec![Figure::against("mean", what, stated.number("published"), mean, "").trusted(half_width)],
        plots: vec![Plot {
            x: "time".into(),
            y: "mean place along the bias".into(),
            scale: Scale::Linear,
            lines: vec![Series::of("closed form", (0.0, time), 60, closed)],
            points: vec![Series {
                name: "walkers".into(),
                points: points.map(|(i, x)| (i as f64 * step, *x, 0.0)).collect(),
            }],
        }],
        table: None,
    })
}

/// v [m t + (1 − m) τ (1 − e^(−t/τ))], τ = 1/rate; m is the mean along e of the direction of (1 − b) u + b e, 2/π at b = ½.
fn biased_mean(speed: f64, rate: f64, bias: f64, time: f64) -> f64 {
    const SLICES: u32 = 20_000;
    let along = |angle: f64| {
        let (x, y) = ((1.0 - bias) * angle.cos() + bias, (1.0 - bias) * angle.sin());
        x / x.hypot(y)
    };
    // Midpoints, so that the opposite of the bias, which has no direction at b = ½, is never met.
    let mean: f64 = (0..SLICES)
        .map(|i| along(PI * (f64::from(i) + 0.5) / f64::from(SLICES)))
        .sum::<f64>()
        / f64::from(SLICES);
    speed * (mean * time - (1.0 - mean) / rate * (-rate * time).exp_m1())
}

/// Directed walks that merge where they meet: one from each even site of a ring, a step to the left or right at each
/// height. What has merged stays merged, as axons that zipper.
pub const COALESCING_WALKS: Measure = Measure {
    name: "coalescing-walks",
    keys: &[one("walks", Count), many("heights", Count), one("lazy", Fraction)],
    figures: &["bundle"],
    looks_at: LooksAt::Draws,
    run: coalescing_walks,
};

fn coalescing_walks(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, walks) = (trial.done, trial.done.count("walks"));
    let ring = 2 * walks;
    let lazy = done.number("lazy") as f32;
    let mut places: Vec<u32> = (0..walks).map(|walk| 2 * walk).collect();
    let mut height = 0;
    let mut measured = Measured::default();
    let (mut rows, mut points) = (Vec::new(), Vec::new());
    for &goal in done.list("heights") {
        while height < goal as u32 {
            for place in &mut places {
                // Whoever stands at a place takes the same step.
                let u = uniforms(*place, height, trial.bench.seed);
                if u.y >= lazy {
                    *place = (*place + if u.x < 0.5 { 1 } else { ring - 1 }) % ring;
                }
            }
            // In order around the ring those that met are neighbours; only the first and the last may meet across its end.
            places.dedup();
            if places.len() > 1 && places.first() == places.last() {
                places.pop();
            }
            height += 1;
        }
        let expected = (PI * goal).sqrt() / 2.0;
        let bundle = f64::from(walks) / places.len() as f64;
        rows.push(vec![
            format!("{goal}"),
            format!("{}", places.len()),
            format!("{bundle:.3}"),
            format!("{expected:.3}"),
        ]);
        points.push((goal, bundle, 0.0));
        measured.figures.push(Figure::against(
            "bundle",
            format!("at height {goal}"),
            expected,
            bundle,
            "walks",
        ));
    }
    let heights = points.iter().map(|point| point.0);
    let (low, high) = heights.fold((f64::INFINITY, 0.0), |(l, h), y| (f64::min(l, y), f64::max(h, y)));
    measured.plots.push(Plot {
        x: "height y".into(),
        y: "walks in a bundle".into(),
        scale: Scale::Logarithmic,
        lines: vec![Series::of("√(πy)/2", (low, high), 60, |y| (PI * y).sqrt() / 2.0)],
        points: vec![Series {
            name: "walks".into(),
            points,
        }],
    });
    measured.table = Some(Table {
        heading: ["height", "bundles", "walks in a bundle", "√(πy)/2"]
            .map(str::to_owned)
            .into(),
        rows,
    });
    Ok(measured)
}
