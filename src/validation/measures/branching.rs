//! Branching at rate λ makes e^(λt) tips of one in the mean (Yule 1925), whether branches are seeded at pauses or at any
//! time; less where tips compete and branching declines, λ n^(−E) e^(−t/τ) a tip (van Pelt and Uylings 2002).

use super::course::{ClosedForm, Seen, follow};
use super::{LooksAt, Measure, steps_in};
use crate::engine::{Engine, EngineError};
use crate::model::parameter::Dimension::{Choice, Count, Fraction, Number, Rate, Time};
use crate::model::word::{Word, YesNo};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{plate_of_cones, running_cones};
use crate::validation::setting::{CaseSetting, many, one};

/// Tips of a neuron over time.
pub const YULE: Measure = Measure {
    name: "yule-branching",
    keys: &[
        one("neurons", Count),
        one("rate", Rate),
        one("at_pauses", Choice(YesNo::WORDS)),
        one("paused", Fraction),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["tips"],
    looks_at: LooksAt::Engine,
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
    let course = follow(engine.as_mut(), step_h, done.list("times"), tips)?;
    let law = ClosedForm {
        band: "tips",
        quantity: "tips of a neuron",
        formula: "e^(λt)",
        of: "mean over neurons",
        at: expected,
    };
    Ok(law.beside(&course))
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

/// Tips of a neuron over time, where tips compete and branching declines.
pub const COMPETING: Measure = Measure {
    name: "competing-branches",
    keys: &[
        one("neurons", Count),
        one("rate", Rate),
        one("competition", Number),
        one("decline", Time),
        one("step", Time),
        many("times", Time),
        one("published_time", Time),
        one("published", Number),
    ],
    figures: &["tips", "published"],
    looks_at: LooksAt::Engine,
    run: competing,
};

/// The longest step, h, whose length does not matter to the third digit of the number of tips.
const SHORT_STEP_H: f64 = 1.0 / 60.0;

fn competing(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    // Slow cones: only their branching counts, and it is at their tips at any time.
    let mut biology = running_cones(1.0, 0.0, 400.0);
    biology.branching.rate_per_h = done.number("rate");
    biology.branching.competition = done.number("competition");
    biology.branching.decline_h = done.number("decline");
    biology.branching.interstitial = 0.0;
    biology.branching.at_pauses = YesNo::No.number();
    let mut engine = trial.open(plate_of_cones(done.count("neurons"), 4.0, step_h * 60.0, biology))?;
    let longest_h = done.list("times").iter().copied().fold(0.0, f64::max);
    let expected = mean_tips(stated, SHORT_STEP_H, longest_h);
    let course = follow(engine.as_mut(), step_h, done.list("times"), tips)?;
    let in_days = |seen: &Seen| {
        let expected = expected.get(steps_in(seen.time_h, SHORT_STEP_H) as usize);
        Figure {
            what: format!("after {} d", seen.time_h / 24.0),
            ..seen.against("tips", expected.copied().unwrap_or(f64::NAN), "tips")
        }
    };
    let mut figures: Vec<Figure> = course.iter().map(in_days).collect();
    let (published, published_h) = (stated.number("published"), stated.number("published_time"));
    let end = mean_tips(done, SHORT_STEP_H, published_h)
        .last()
        .copied()
        .unwrap_or(f64::NAN);
    let what = format!("after {} d, steps so short that they do not matter", published_h / 24.0);
    figures.push(Figure::against("published", what, published, end, "tips"));
    let line = expected
        .iter()
        .enumerate()
        .step_by(60)
        .map(|(step, &mean)| (step as f64 * SHORT_STEP_H / 24.0, mean));
    let points = course.iter().map(|seen| {
        let (time_h, mean, half_width) = seen.point();
        (time_h / 24.0, mean, half_width)
    });
    Ok(Measured {
        figures,
        plots: vec![Plot {
            x: "time, d".into(),
            y: "tips of a neuron".into(),
            scale: Scale::Linear,
            lines: vec![
                Series::line("mean of the chain, steps so short that they do not matter", line),
                Series::line("published end", [(0.0, published), (longest_h / 24.0, published)]),
            ],
            points: vec![Series {
                name: "mean over neurons".into(),
                points: points.collect(),
            }],
        }],
        table: None,
    })
}

/// Most tips that are followed; a neuron of the published case has ten times as few.
const MOST_TIPS: usize = 48;

/// Mean number of tips after each step: the chance of n tips, followed step by step. In a step each of n tips branches once
/// with chance (1 − e^(−λΔt)) n^(−E) e^(−t/τ), t in the middle of the step, or not at all.
fn mean_tips(setting: &CaseSetting, step_h: f64, hours: f64) -> Vec<f64> {
    let chance = -(-setting.number("rate") * step_h).exp_m1();
    let (competition, decline_h) = (setting.number("competition"), setting.number("decline"));
    let mut of = vec![0.0; MOST_TIPS + 1];
    of[1] = 1.0;
    let mut means = vec![1.0];
    for step in 0..steps_in(hours, step_h) {
        let declined = chance * (-(f64::from(step) + 0.5) * step_h / decline_h).exp();
        let mut after = vec![0.0; MOST_TIPS + 1];
        for tips in 1..=MOST_TIPS {
            let p = declined * (tips as f64).powf(-competition);
            // Of n tips k branch: n over k, p^k (1 − p)^(n − k).
            let mut share = of[tips] * (1.0 - p).powi(tips as i32);
            for born in 0..=tips {
                if share < 1e-18 {
                    break;
                }
                after[(tips + born).min(MOST_TIPS)] += share;
                share *= (tips - born) as f64 / (born + 1) as f64 * p / (1.0 - p);
            }
        }
        of = after;
        means.push(of.iter().enumerate().map(|(tips, share)| tips as f64 * share).sum());
    }
    means
}
