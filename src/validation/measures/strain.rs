//! Strain of the gel: stepping through its cycles grows as much as averaging over them, and in the frame of the gel it
//! moves nothing: x = X + sin(2πft) G X is X again after whole periods.

use super::couplings::differing;
use super::{LooksAt, Measure, of_cones, steps_in, tips_um};
use crate::engine::EngineError;
use crate::model::actuation::displacement_gradient;
use crate::model::parameter::Dimension::{Angle, Count, Fraction, Frequency, Number, Speed, Time};
use crate::model::parameter::HOUR_S;
use crate::model::parameters::Actuation;
use crate::model::plate::{Plate, StrainMode};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured};
use crate::validation::plates::{plate_of_cones, running_cones, strained};
use crate::validation::setting::{CaseSetting, one};
use crate::validation::statistics::mean;
use glam::DVec3;
use std::f64::consts::TAU;

/// Outgrowth with cycles stepped through, against that with cycles averaged.
pub const RESOLVED: Measure = Measure {
    name: "strain-resolved-against-averaged",
    keys: &[
        one("speed", Speed),
        one("mechano_gain", Number),
        one("on_time", Time),
        one("amplitude", Fraction),
        one("frequency", Frequency),
        one("session", Time),
        one("time", Time),
        one("resolved_step", Time),
        one("averaged_step", Time),
    ],
    figures: &["outgrowth"],
    looks_at: LooksAt::Engine,
    run: resolved,
};

fn resolved(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let outgrowth = |setting: &CaseSetting, resolved: bool, step_h: f64| -> Result<f64, EngineError> {
        let mut biology = running_cones(setting.number("speed"), 0.0, 400.0);
        biology.mechano.on_time_h = setting.number("on_time");
        biology.mechano.gain = setting.number("mechano_gain");
        let actuation = Actuation {
            amplitude: setting.number("amplitude"),
            frequency_hz: setting.number("frequency"),
            session_h: setting.number("session"),
            ..Actuation::default()
        };
        let plate = strained(plate_of_cones(8, 10.0, step_h * 60.0, biology), actuation, resolved);
        let mut engine = trial.open(plate)?;
        let length = |cone: &crate::model::layout::Cone| f64::from(cone.path_length_um());
        let before = mean(of_cones(engine.as_mut(), length)?);
        engine.advance(steps_in(setting.number("time"), step_h))?;
        Ok(mean(of_cones(engine.as_mut(), length)?) - before)
    };
    let averaged = outgrowth(trial.stated, false, trial.stated.number("averaged_step"))?;
    let resolved = outgrowth(trial.done, true, trial.done.number("resolved_step"))?;
    let still = trial.stated.number("speed") * trial.stated.number("time");
    let what = format!("cycles stepped through, against averaged (a still gel: {still:.1})");
    Ok(Measured {
        figures: vec![Figure::against("outgrowth", what, averaged, resolved, "µm")],
        ..Measured::default()
    })
}

/// Places of cones after whole periods, against a gel that never moved; and how far the gel carries them at the peak.
pub const RETURNS: Measure = Measure {
    name: "strain-returns",
    keys: &[
        one("neurons", Count),
        one("speed", Speed),
        one("mechano_gain", Number),
        one("amplitude", Fraction),
        one("poisson", Number),
        one("frequency", Frequency),
        one("axis", Angle),
        one("steps_a_period", Count),
        one("periods", Count),
    ],
    figures: &["displaced", "peak"],
    looks_at: LooksAt::Engine,
    run: returns,
};

fn returns(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let cycle_steps = done.count("steps_a_period");
    let steps = cycle_steps * done.count("periods");
    let (still, moved) = (cells(done), cells(done));
    let actuation = Actuation {
        amplitude: done.number("amplitude"),
        poisson: done.number("poisson"),
        frequency_hz: done.number("frequency"),
        axis_rad: done.number("axis"),
        session_h: 24.0,
        ..Actuation::default()
    };
    let mut still = trial.open(still)?;
    let mut moved = trial.open(strained(moved, actuation, true))?;
    still.advance(steps)?;
    moved.advance(steps)?;
    let never_moved = tips_um(still.as_mut())?;
    let reference = tips_um(moved.as_mut())?;
    let gradient = displacement_gradient(&StrainMode::Uniaxial, &actuation);
    let carried = |at: DVec3, step: u32| {
        let phase = f64::from(step % cycle_steps) / f64::from(cycle_steps);
        at + gradient * at * (TAU * phase).sin()
    };
    let displaced = never_moved
        .iter()
        .zip(&reference)
        .map(|(never, at)| carried(*at, steps).distance(*never))
        .fold(0.0, f64::max);
    let points = differing(&still.world()?.paths.clone(), &moved.world()?.paths) as f64;
    let furthest = |carry: &dyn Fn(DVec3) -> DVec3| {
        reference
            .iter()
            .map(|at| (carry(*at) - *at).length())
            .fold(0.0, f64::max)
    };
    let peak = furthest(&|at| carried(at, cycle_steps / 4));
    let stated = furthest(&|at| stretched(trial.stated, at));
    Ok(Measured {
        figures: vec![
            Figure::against("displaced", "growth cones after whole periods", 0.0, displaced, "µm"),
            Figure::against("displaced", "recorded points that differ", 0.0, points, ""),
            Figure::against("peak", "furthest carried, a quarter of a period in", stated, peak, "µm"),
        ],
        ..Measured::default()
    })
}

/// The closed form of a uniaxial stretch: ε along the axis, −νε across it.
fn stretched(stated: &CaseSetting, at: DVec3) -> DVec3 {
    let (sine, cosine) = stated.number("axis").sin_cos();
    let along = DVec3::new(cosine, sine, 0.0);
    let strain = stated.number("amplitude");
    let on_axis = along * along.dot(at);
    at + on_axis * strain - (at - on_axis) * (stated.number("poisson") * strain)
}

/// Neurons that grow, and answer the strain by no more than `mechano_gain`.
fn cells(done: &CaseSetting) -> Plate {
    let mut biology = running_cones(done.number("speed"), 4.0, 200.0);
    biology.mechano.gain = done.number("mechano_gain");
    biology.growth_cone.strain_turning_rad_per_h = 0.0;
    biology.soma.speed_um_per_h = 1.0;
    let step_h = 1.0 / (HOUR_S * done.number("frequency") * f64::from(done.count("steps_a_period")));
    plate_of_cones(done.count("neurons"), 2.0, step_h * 60.0, biology)
}
