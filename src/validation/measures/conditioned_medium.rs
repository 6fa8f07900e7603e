//! Conditioned medium: the dose that donor muscle leaves after a day, from dc/dt = s (1 + (r − 1) A) − λ c with the activity A that
//! light of half an hour a day drives, dA/dt = (a − A)/τ while lit and −A/τ else, once it has become periodic.

use super::{LooksAt, Measure};
use crate::engine::EngineError;
use crate::model::biology::Biology;
use crate::model::parameter::Dimension::{Fraction, Frequency, Number, Rate, Time};
use crate::model::parameters::{Light, Myokine};
use crate::model::plate::{Condition, DoseUnit, Medium, MediumSource, Plate, Species};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::plate_of_cones;
use crate::validation::setting::{CaseSetting, many, one};
use std::f64::consts::LN_2;

/// From one change of medium to the next, and from one session to the next, h.
const DAY_H: f64 = 24.0;
/// Length of a session, h.
const SESSION_H: f64 = 0.5;

/// Doses in wells that medium of donor muscle was brought to, which was lit with some brightness.
pub const CONDITIONED_MEDIUM: Measure = Measure {
    name: "conditioned-medium",
    keys: &[
        one("half_life", Time),
        one("resting_secretion", Rate),
        one("exercised_ratio", Number),
        one("memory", Time),
        one("lag", Time),
        one("half_frequency", Frequency),
        one("frequency", Frequency),
        many("brightness", Fraction),
    ],
    figures: &["relative", "nanomolar"],
    looks_at: LooksAt::Engine,
    run: conditioned_medium,
};

fn conditioned_medium(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let stated = trial.stated;
    let mut engine = trial.open(plate(trial.done))?;
    // Medium is brought in the first step; no dose has decayed before it.
    let doses = engine.world()?.concentrations.clone();
    let reference = left_after_a_day(stated, 1.0, 1.0);
    let left = |brightness: f64| left_after_a_day(stated, stated.number("frequency"), brightness);
    let mut measured = Measured::default();
    let mut found = Vec::new();
    for (&brightness, dose) in stated.list("brightness").iter().zip(doses.chunks(UNITS.len())) {
        let what = if brightness == 0.0 {
            "muscle at rest".to_owned()
        } else {
            format!("light of {} %", 100.0 * brightness)
        };
        let (relative, nanomolar) = (f64::from(dose[0]), f64::from(dose[1]));
        let expected = left(brightness);
        let figures = [
            Figure::against("relative", what.clone(), expected / reference, relative, ""),
            Figure::against("nanomolar", what, expected, nanomolar, "nM"),
        ];
        measured.figures.extend(figures);
        found.push((brightness, relative, 0.0));
    }
    measured.plots.push(Plot {
        x: "brightness of the light".into(),
        y: "dose, relative".into(),
        scale: Scale::Linear,
        lines: vec![Series::of("closed form", (0.0, 1.0), 41, |brightness| {
            left(brightness) / reference
        })],
        points: vec![Series {
            name: "medium".into(),
            points: found,
        }],
    });
    Ok(measured)
}

/// The units of the same myokine, one for each figure.
const UNITS: [DoseUnit; 2] = [DoseUnit::Relative, DoseUnit::Nanomolar];

/// A well for each brightness of the light on the donor.
fn plate(done: &CaseSetting) -> Plate {
    let mut plate = plate_of_cones(1, 1.0, 1.0, Biology::default());
    plate.muscle.exercised_ratio = done.number("exercised_ratio");
    plate.muscle.memory_h = done.number("memory");
    plate.muscle.lag_h = done.number("lag");
    plate.muscle.half_frequency_hz = done.number("half_frequency");
    let species = |unit: DoseUnit| Species {
        name: format!("{unit:?}"),
        unit,
        myokine: Myokine {
            half_life_h: done.number("half_life"),
            resting_secretion_per_h: done.number("resting_secretion"),
            ..Myokine::default()
        },
    };
    plate.myokines = UNITS.map(species).into();
    let condition = |&brightness: &f64| {
        let light = Light {
            frequency_hz: done.number("frequency"),
            intensity: brightness,
            session_h: SESSION_H,
            every_h: DAY_H,
            ..Light::default()
        };
        let from = if brightness == 0.0 {
            MediumSource::RestingMuscle
        } else {
            MediumSource::ExercisedMuscle(light)
        };
        let mut condition = Condition::untreated(format!("light {brightness}"), 1, Biology::default());
        condition.medium = Some(Medium {
            from,
            every_h: DAY_H,
            start_h: 0.0,
        });
        condition
    };
    plate.conditions = done.list("brightness").iter().map(condition).collect();
    plate
}

/// The concentration after a day that begins with fresh medium.
fn left_after_a_day(stated: &CaseSetting, frequency_hz: f64, brightness: f64) -> f64 {
    let decay = LN_2 / stated.number("half_life");
    let fading = 1.0 / stated.number("memory");
    let half = stated.number("half_frequency");
    // At 1 Hz and full brightness activity has a mean of 1 over the day.
    let drive = brightness * frequency_hz / (frequency_hz + half) * (1.0 + half) * DAY_H / SESSION_H;
    let (lit, dark) = (stated.number("lag"), stated.number("lag") + SESSION_H);
    let kept = (-fading * SESSION_H).exp();
    let before = drive * (1.0 - kept) * (-fading * (DAY_H - SESSION_H)).exp() / (1.0 - (-fading * DAY_H).exp());
    let after = drive + (before - drive) * kept;
    // The part that is left at the day's end of a release that begins with 1 and fades at a rate, from one time to another.
    let released = |from_h: f64, to_h: f64, fading: f64| {
        (-decay * (DAY_H - from_h)).exp() * ((decay - fading) * (to_h - from_h)).exp_m1() / (decay - fading)
    };
    let active = before * (fading * lit).exp() * released(0.0, lit, fading)
        + drive * released(lit, dark, 0.0)
        + (before - drive) * released(lit, dark, fading)
        + after * released(dark, DAY_H, fading);
    let resting = released(0.0, DAY_H, 0.0);
    stated.number("resting_secretion") * (resting + (stated.number("exercised_ratio") - 1.0) * active)
}
