//! Strain turns cones: dθ = −k sin 2δ dt + √(2D) dW settles at the density e^(κ cos 2δ)/(2π I0(κ)), κ = k/2D, with the
//! nematic order S = ⟨cos 2δ⟩ = I1(κ)/I0(κ).

use super::{LooksAt, Measure, of_cones, steps_in};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Angle, AngularRate, Count, Length, Speed, Time};
use crate::model::parameters::Actuation;
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{plate_of_cones, running_cones, strained};
use crate::validation::setting::{many, one};
use crate::validation::statistics::{Estimate, bessel_ratio, estimate, histogram};
use std::f64::consts::{FRAC_PI_2, PI};

/// Nematic order of headings under lasting strain at full drive.
pub const ALIGNMENT: Measure = Measure {
    name: "alignment-under-strain",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("persistence_length", Length),
        many("strain_turning", AngularRate),
        one("axis", Angle),
        one("step", Time),
        one("settled_after", Time),
    ],
    figures: &["order"],
    looks_at: LooksAt::Engine,
    run: alignment,
};

fn alignment(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let axis_rad = done.number("axis");
    let mut measured = Measured::default();
    let mut plot = Plot {
        x: "angle to the axis of strain, degrees".into(),
        y: "density".into(),
        scale: Scale::Linear,
        lines: Vec::new(),
        points: Vec::new(),
    };
    for (&torque, &stated_torque) in done.list("strain_turning").iter().zip(stated.list("strain_turning")) {
        let mut biology = running_cones(done.number("speed"), 0.0, done.number("persistence_length"));
        biology.growth_cone.strain_turning_rad_per_h = torque;
        biology.mechano.gain = 0.0;
        // Any movement is full drive.
        biology.mechano.half_strain = 1e-6;
        biology.mechano.half_frequency_hz = 1e-6;
        let always = Actuation {
            session_h: 24.0,
            every_h: 24.0,
            axis_rad,
            ..Actuation::default()
        };
        let plate = strained(
            plate_of_cones(done.count("cones"), 20.0, step_h * 60.0, biology),
            always,
            false,
        );
        let mut engine = trial.open(plate)?;
        engine.advance(steps_in(done.number("settled_after"), step_h))?;
        let angles = of_cones(engine.as_mut(), |cone| {
            let angle = f64::from(cone.heading.y).atan2(f64::from(cone.heading.x)) - axis_rad;
            // A line has no head: between −90° and 90°.
            (angle + FRAC_PI_2).rem_euclid(PI) - FRAC_PI_2
        })?;
        let cosines: Vec<f64> = angles.iter().map(|angle| (2.0 * angle).cos()).collect();
        let Estimate { mean, half_width } = estimate(&cosines);
        let kappa = stated_torque * stated.number("persistence_length") / (2.0 * stated.number("speed"));
        let name = format!("k = {stated_torque:.2} rad/h");
        measured
            .figures
            .push(Figure::against("order", name.clone(), bessel_ratio(kappa), mean, "").trusted(half_width));
        let weight = |degrees: f64| (kappa * (2.0 * degrees.to_radians()).cos()).exp();
        let whole: f64 = (0..180).map(|degree| weight(f64::from(degree))).sum();
        plot.lines.push(Series::of(name.clone(), (-90.0, 90.0), 91, |degrees| {
            weight(degrees) / whole
        }));
        let degrees: Vec<f64> = angles.iter().map(|angle| angle.to_degrees()).collect();
        plot.points.push(Series {
            name: format!("growth cones, {name}"),
            points: histogram(&degrees, (-90.0, 90.0), 18),
        });
    }
    measured.plots.push(plot);
    Ok(measured)
}
