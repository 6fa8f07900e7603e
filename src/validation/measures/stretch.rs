//! Towed growth: under a pull F above the threshold F₀ a growth cone is drawn out at s (F − F₀), and its axon grows by as
//! much; up to the threshold nothing happens (Zheng 1991).

use super::{LooksAt, Measure, of_cones, steps_in};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Angle, Count, Force, SpeedPerForce, Time};
use crate::model::parameters::Tow;
use crate::model::plate::Condition;
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{plate_of_cones, running_cones};
use crate::validation::setting::{CaseSetting, many, one};
use crate::validation::statistics::{Estimate, estimate};
use glam::Vec3;

/// Speed of towed cones, and of the growth of their axons.
pub const TOWED_GROWTH: Measure = Measure {
    name: "towed-growth",
    keys: &[
        one("neurons", Count),
        many("pulls", Force),
        one("towards", Angle),
        one("threshold", Force),
        one("slope", SpeedPerForce),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["speed", "growth"],
    looks_at: LooksAt::Engine,
    run: towed_growth,
};

/// The law, µm/h.
fn law(stated: &CaseSetting, pull_nn: f64) -> f64 {
    stated.number("slope") * (pull_nn - stated.number("threshold")).max(0.0)
}

fn towed_growth(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let (step_h, hours) = (done.number("step"), done.number("time"));
    let towards_rad = done.number("towards");
    // Nothing but the tow moves them.
    let mut biology = running_cones(0.0, 0.0, 1e6);
    biology.stretch.threshold_nn = done.number("threshold");
    biology.stretch.slope_um_per_h_per_nn = done.number("slope");
    let pulls = done.list("pulls");
    let furthest_um = pulls.iter().map(|&pull| law(stated, pull) * hours).fold(0.0, f64::max);
    let mut plate = plate_of_cones(
        done.count("neurons"),
        (furthest_um / 500.0).ceil() + 2.0,
        step_h * 60.0,
        biology,
    );
    plate.conditions = pulls
        .iter()
        .map(|_| Condition::untreated("towed", 1, biology))
        .collect();
    for (condition, &force_nn) in plate.conditions.iter_mut().zip(pulls) {
        condition.tow = Some(Tow {
            force_nn,
            towards_rad,
            session_h: 24.0,
            every_h: 24.0,
            ..Tow::default()
        });
    }
    let direction = Vec3::new(towards_rad.cos() as f32, towards_rad.sin() as f32, 0.0);
    let mut engine = trial.open(plate)?;
    let place = |cone: &crate::model::layout::Cone| (cone.well, cone.tip_um().dot(direction), cone.path_length_um());
    let before = of_cones(engine.as_mut(), place)?;
    engine.advance(steps_in(hours, step_h))?;
    let after = of_cones(engine.as_mut(), place)?;
    let mut measured = Measured::default();
    let mut points = Vec::new();
    for (well, &pull) in (0..).zip(pulls) {
        let of_well = || before.iter().zip(&after).filter(move |(then, _)| then.0 == well);
        let speeds: Vec<f64> = of_well().map(|(a, b)| f64::from(b.1 - a.1) / hours).collect();
        let growth: Vec<f64> = of_well().map(|(a, b)| f64::from(b.2 - a.2) / hours).collect();
        for (band, found) in [("speed", &speeds), ("growth", &growth)] {
            let Estimate { mean, half_width } = estimate(found);
            let figure = Figure::against(band, format!("{band} at {pull} nN"), law(stated, pull), mean, "µm/h");
            measured.figures.push(figure.trusted(half_width));
            if band == "growth" {
                points.push((pull, mean, half_width.unwrap_or(0.0)));
            }
        }
    }
    let strongest = pulls.iter().copied().fold(0.0, f64::max);
    measured.plots.push(Plot {
        x: "pull, nN".into(),
        y: "growth of the axon, µm/h".into(),
        scale: Scale::Linear,
        lines: vec![Series::of("s (F − F₀)", (0.0, strongest), 61, |pull| {
            law(stated, pull)
        })],
        points: vec![Series {
            name: "towed axons".into(),
            points,
        }],
    });
    Ok(measured)
}
