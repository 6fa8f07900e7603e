//! Growth modulation: in a gradient a cone grows at 1 + ρ S·h/(1 + |S|) of its rate without one, with the signal over noise S and the
//! heading h.

use super::guidance::{open_rising, plate, signal_over_noise};
use super::{LooksAt, Measure, grown_um, of_cones, steps_in};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{AngularRate, Count, Fraction, Length, Number, Speed, Time};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::setting::{many, one};

/// Growth of cones that keep their headings, by how far these point up gradients of different steepness.
pub const GROWTH_MODULATION: Measure = Measure {
    name: "growth-modulation",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("persistence_length", Length),
        one("width", Length),
        one("turning_rate", AngularRate),
        one("rate_modulation", Fraction),
        one("receptors", Number),
        one("readings", Number),
        one("hill", Number),
        one("attraction", Number),
        one("dose", Number),
        many("differences", Fraction),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["modulation"],
    looks_at: LooksAt::Engine,
    run: growth_modulation,
};

fn growth_modulation(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let mut measured = Measured::default();
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    for (&difference, &stated_difference) in done.list("differences").iter().zip(stated.list("differences")) {
        let mut plate = plate(done);
        plate.conditions[0].biology.growth_cone.rate_modulation = done.number("rate_modulation");
        let mut engine = open_rising(trial, plate, done.number("dose"), difference)?;
        let up = of_cones(engine.as_mut(), |cone| f64::from(cone.heading.x))?;
        let grown = grown_um(engine.as_mut(), steps_in(done.number("time"), done.number("step")))?;
        let alone_um = stated.number("speed") * stated.number("time");
        // The slope of growth over the cosine, through the growth without a gradient.
        let (product, square) = up
            .iter()
            .zip(&grown)
            .fold((0.0, 0.0), |(product, square), (up, grown)| {
                (product + up * (grown / alone_um - 1.0), square + up * up)
            });
        let modulation = product / square;
        let signal = signal_over_noise(stated, stated.number("dose"), stated_difference);
        let closed = stated.number("rate_modulation") * signal / (1.0 + signal.abs());
        let what = format!("{} % across a cone", 100.0 * stated_difference);
        measured
            .figures
            .push(Figure::against("modulation", what, closed, modulation, ""));
        expected.push((difference.log10(), closed));
        found.push((difference.log10(), modulation, 0.0));
    }
    measured.plots.push(Plot {
        x: "power of ten of the difference of dose across a cone".into(),
        y: "faster straight up the gradient, share".into(),
        scale: Scale::Linear,
        lines: vec![Series::line("ρ S/(1 + |S|)", expected)],
        points: vec![Series {
            name: "growth cones".into(),
            points: found,
        }],
    });
    Ok(measured)
}
