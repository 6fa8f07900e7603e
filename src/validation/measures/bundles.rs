//! Bundles: beside parallel axons a cone turns as dθ/dt = −k sin 2θ, so that tan θ falls as e^(−2kt), and is drawn onto
//! them at the speed that is set.

use super::course::{ClosedForm, follow};
use super::{LooksAt, Measure, of_cones, steps_in};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Angle, AngularRate, Count, Length, Speed, Time};
use crate::model::parameters::Fasciculation;
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured};
use crate::validation::plates::{IN_BUNDLE, beside_a_bundle, lay_bundle};
use crate::validation::setting::{many, one};
use crate::validation::statistics::{Estimate, estimate};
use glam::Vec3;

/// The slope of headings beside a bundle over time.
pub const CONTACT_GUIDANCE: Measure = Measure {
    name: "contact-guidance",
    keys: &[
        one("neurons", Count),
        one("alignment", AngularRate),
        one("start", Angle),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["slope"],
    looks_at: LooksAt::Engine,
    run: contact_guidance,
};

fn contact_guidance(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let guiding = Fasciculation {
        alignment_rad_per_h: done.number("alignment"),
        ..Fasciculation::default()
    };
    let start = done.number("start") as f32;
    let mut engine = trial.open(beside_a_bundle(done.count("neurons"), guiding, 0.0, step_h))?;
    lay_bundle(engine.as_mut(), Vec3::new(start.cos(), start.sin(), 0.0))?;
    let course = follow(engine.as_mut(), step_h, done.list("times"), |engine| {
        let slopes = of_cones(engine, |cone| f64::from(cone.heading.y / cone.heading.x))?;
        Ok(slopes.into_iter().skip(IN_BUNDLE).collect())
    })?;
    let expected = |time_h: f64| stated.number("start").tan() * (-2.0 * stated.number("alignment") * time_h).exp();
    let law = ClosedForm {
        band: "slope",
        quantity: "tan θ to the bundle",
        formula: "tan θ₀ e^(−2kt)",
        of: "growth cones",
        at: expected,
    };
    Ok(law.beside(&course))
}

/// The speed at which cones are drawn sideways onto a bundle.
pub const ZIPPERING: Measure = Measure {
    name: "zippering",
    keys: &[
        one("neurons", Count),
        many("zippering", Speed),
        one("offset", Length),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["speed"],
    looks_at: LooksAt::Engine,
    run: zippering,
};

fn zippering(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let (step_h, hours) = (done.number("step"), done.number("time"));
    let mut measured = Measured::default();
    for (&speed, &stated_speed) in done.list("zippering").iter().zip(stated.list("zippering")) {
        let zipping = Fasciculation {
            zippering_um_per_h: speed,
            capacity: 1e6,
            ..Fasciculation::default()
        };
        let plate = beside_a_bundle(done.count("neurons"), zipping, done.number("offset"), step_h);
        let mut engine = trial.open(plate)?;
        lay_bundle(engine.as_mut(), Vec3::X)?;
        let before = of_cones(engine.as_mut(), |cone| cone.tip_um().y)?;
        engine.advance(steps_in(hours, step_h))?;
        let after = of_cones(engine.as_mut(), |cone| cone.tip_um().y)?;
        let towards = before.iter().zip(&after).skip(IN_BUNDLE);
        let speeds: Vec<f64> = towards.map(|(then, now)| f64::from(then - now) / hours).collect();
        let Estimate { mean, half_width } = estimate(&speeds);
        let what = format!("drawn at {stated_speed} µm/h");
        measured
            .figures
            .push(Figure::against("speed", what, stated_speed, mean, "µm/h").trusted(half_width));
    }
    Ok(measured)
}
