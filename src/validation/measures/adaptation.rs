//! Adaptation: under a steady dose that binds the share B of the receptors the share α B (1 − e^(−t/τ)) of them is lost, and with
//! them that share of the excess of growth.

use super::course::{ClosedForm, Seen, follow};
use super::gain::{bound, lasting_myokine, straight_cones, trophic_excess};
use super::{LooksAt, Measure, of_cones};
use crate::engine::EngineError;
use crate::model::layout::Cone;
use crate::model::parameter::Dimension::{Count, Dose, Fraction, Number, Speed, Time};
use crate::validation::bench::Trial;
use crate::validation::measured::Measured;
use crate::validation::plates::{bathed, plate_of_cones};
use crate::validation::setting::{many, one};

/// Receptors that are lost, and how far axons have grown, over time.
pub const ADAPTATION: Measure = Measure {
    name: "adaptation",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("dose", Dose),
        one("half_dose", Dose),
        one("hill", Number),
        one("max_gain", Number),
        one("adaptation", Fraction),
        one("adaptation_time", Time),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["lost", "growth"],
    looks_at: LooksAt::Engine,
    run: adaptation,
};

fn adaptation(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut biology = straight_cones(done);
    biology.growth_cone.adaptation = done.number("adaptation");
    biology.growth_cone.adaptation_time_h = done.number("adaptation_time");
    let plate = bathed(
        plate_of_cones(done.count("cones"), 2.0, 60.0 * step_h, biology),
        lasting_myokine(done),
        done.number("dose"),
    );
    let course = |of: &dyn Fn(f64, f64) -> f64| -> Result<Vec<Seen>, EngineError> {
        let mut engine = trial.open(plate.clone())?;
        let start = of_cones(engine.as_mut(), |cone| f64::from(cone.path_length_um()))?;
        follow(engine.as_mut(), step_h, done.list("times"), |engine| {
            let cones = &engine.world()?.cones;
            let seen = |(cone, start): (&Cone, &f64)| {
                of(cone.adaptation.value().into(), f64::from(cone.path_length_um()) - start)
            };
            Ok(cones.iter().zip(&start).map(seen).collect())
        })
    };
    let lost = course(&|adapted, _| done.number("adaptation") * adapted)?;
    let grown = course(&|_, grown_um| grown_um)?;
    let most = stated.number("adaptation") * bound(stated, stated.number("dose"));
    let (excess, tau_h) = (
        trophic_excess(stated, stated.number("dose")),
        stated.number("adaptation_time"),
    );
    let mut measured = ClosedForm {
        band: "lost",
        quantity: "share of the receptors that is lost",
        formula: "α B (1 − e^(−t/τ))",
        of: "growth cones",
        at: |time_h: f64| -most * (-time_h / tau_h).exp_m1(),
    }
    .beside(&lost);
    let growth = ClosedForm {
        band: "growth",
        quantity: "growth, µm",
        formula: "∫ v (1 + (1 − A) E) dt",
        of: "axons",
        at: |time_h: f64| {
            let lost_h = most * (time_h + tau_h * (-time_h / tau_h).exp_m1());
            stated.number("speed") * (time_h + excess * (time_h - lost_h))
        },
    }
    .beside(&grown);
    measured.figures.extend(growth.figures);
    measured.plots.extend(growth.plots);
    Ok(measured)
}
