//! With every coupling at zero a treated well is its static control, bit for bit: same draws, same paths.

use super::{LooksAt, Measure, steps_in};
use crate::engine::{Engine, EngineError};
use crate::model::layout::Node;
use crate::model::parameter::Dimension::{Count, Fraction, Number, Time};
use crate::model::parameters::{Actuation, Myokine};
use crate::model::plate::Plate;
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured};
use crate::validation::plates::{bathed, plate_of_cones, running_cones, strained};
use crate::validation::setting::{CaseSetting, one};

/// Recorded points of axons that differ between a treated well and an untreated one.
pub const COUPLINGS: Measure = Measure {
    name: "treated-against-untreated",
    keys: &[
        one("neurons", Count),
        one("trophic_gain", Number),
        one("mechano_gain", Number),
        one("amplitude", Fraction),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["differing"],
    looks_at: LooksAt::Engine,
    run: couplings,
};

fn couplings(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let myokine = Myokine {
        max_gain: done.number("trophic_gain"),
        ..Myokine::default()
    };
    let actuation = Actuation {
        amplitude: done.number("amplitude"),
        ..Actuation::default()
    };
    let treated = strained(bathed(untreated(done), myokine, 1.0), actuation, false);
    // The untreated well has the same myokine, of which nothing is brought.
    let mut control = untreated(done);
    control.myokines.clone_from(&treated.myokines);
    let steps = steps_in(done.number("time"), done.number("step"));
    let paths = |plate: Plate| -> Result<Vec<Vec<Node>>, EngineError> {
        let mut engine: Box<dyn Engine> = trial.open(plate)?;
        engine.advance(steps)?;
        Ok(engine.world()?.paths.clone())
    };
    let (treated, control) = (paths(treated)?, paths(control)?);
    let points = control.iter().map(Vec::len).sum::<usize>();
    Ok(Measured {
        figures: vec![Figure::against(
            "differing",
            format!("of {points} recorded points"),
            0.0,
            differing(&treated, &control) as f64,
            "points",
        )],
        ..Measured::default()
    })
}

/// Number of points of two sets of paths that are not the same to the last bit.
pub fn differing(a: &[Vec<Node>], b: &[Vec<Node>]) -> usize {
    let unpaired = a.len().abs_diff(b.len());
    let in_pair =
        |(a, b): (&Vec<Node>, &Vec<Node>)| a.len().abs_diff(b.len()) + a.iter().zip(b).filter(|(a, b)| a != b).count();
    unpaired + a.iter().zip(b).map(in_pair).sum::<usize>()
}

/// Neurons that run, pause, retract and branch.
fn untreated(done: &CaseSetting) -> Plate {
    let mut biology = running_cones(6.0, 4.0, 200.0);
    biology.branching.rate_per_h = 0.05;
    biology.growth_cone.paused = 0.3;
    biology.growth_cone.retracting = 0.2;
    biology.growth_cone.strain_turning_rad_per_h = 0.0;
    biology.mechano.gain = done.number("mechano_gain");
    plate_of_cones(done.count("neurons"), 10.0, done.number("step") * 60.0, biology)
}
