//! Modes: the shares of time that cones run, pause and retract are those asked for, and the net speed over all modes is
//! the documented one, since v_run = (v0 + f_ret v_ret)/f_run.

use super::{LooksAt, Measure, of_cones, steps_in};
use crate::engine::EngineError;
use crate::model::biology::Biology;
use crate::model::layout::mode;
use crate::model::parameter::Dimension::{Count, Fraction, Speed, Time};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured};
use crate::validation::plates::plate_of_cones;
use crate::validation::setting::one;
use crate::validation::statistics::{Estimate, estimate};

/// Shares of the modes and net speed, of cones with all three modes.
pub const MODES: Measure = Measure {
    name: "modes",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("paused", Fraction),
        one("retracting", Fraction),
        one("step", Time),
        one("settled_after", Time),
        one("time", Time),
    ],
    figures: &["share", "net_speed"],
    looks_at: LooksAt::Engine,
    run: modes,
};

fn modes(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut biology = Biology::default();
    biology.branching.rate_per_h = 0.0;
    biology.growth_cone.speed_um_per_h = done.number("speed");
    biology.growth_cone.paused = done.number("paused");
    biology.growth_cone.retracting = done.number("retracting");
    let mut engine = trial.open(plate_of_cones(done.count("cones"), 10.0, step_h * 60.0, biology))?;
    engine.advance(steps_in(done.number("settled_after"), step_h))?;
    let length = |cone: &crate::model::layout::Cone| f64::from(cone.path_length_um());
    let before = of_cones(engine.as_mut(), length)?;
    let hours = done.number("time").round().max(1.0);
    let mut shares = [0.0; 3];
    for _ in 0..hours as u32 {
        engine.advance(steps_in(1.0, step_h))?;
        for mode in of_cones(engine.as_mut(), |cone| cone.mode)? {
            if let Some(share) = shares.get_mut(mode as usize) {
                *share += 1.0 / (hours * before.len() as f64);
            }
        }
    }
    let after = of_cones(engine.as_mut(), length)?;
    let rates: Vec<f64> = before
        .iter()
        .zip(&after)
        .map(|(from, to)| (to - from) / hours)
        .collect();
    let (paused, retracting) = (stated.number("paused"), stated.number("retracting"));
    let Estimate { mean, half_width } = estimate(&rates);
    Ok(Measured {
        figures: vec![
            Figure::against(
                "share",
                "running",
                1.0 - paused - retracting,
                shares[mode::RUN as usize],
                "",
            ),
            Figure::against("share", "paused", paused, shares[mode::PAUSE as usize], ""),
            Figure::against("share", "retracting", retracting, shares[mode::RETRACT as usize], ""),
            Figure::against("net_speed", "net speed", stated.number("speed"), mean, "µm/h").trusted(half_width),
        ],
        ..Measured::default()
    })
}
