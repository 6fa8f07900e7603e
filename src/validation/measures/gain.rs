//! Gain of growth: the Hill law of a dose with high-dose inhibition, and the three ways in which the gains of myokines and of strain
//! combine, from how far axons grow.

use super::{LooksAt, Measure, grown_um, of_cones, steps_in};
use crate::engine::{Engine, EngineError};
use crate::model::biology::Biology;
use crate::model::parameter::Dimension::{Choice, Count, Dose, Fraction, Frequency, Number, Speed, Time};
use crate::model::parameters::{Actuation, Myokine};
use crate::model::plate::{Condition, Plate};
use crate::model::word::{Combination, Word};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{bathed, plate_of_cones, running_cones, strained};
use crate::validation::setting::{CaseSetting, many, one};
use crate::validation::statistics::mean;

/// Straight for any culture, µm.
pub(super) const STRAIGHT_UM: f64 = 1e9;

/// A myokine that stays, with the numbers of a case.
pub(super) fn lasting_myokine(setting: &CaseSetting) -> Myokine {
    Myokine {
        half_life_h: 1e30,
        half_dose: setting.number("half_dose"),
        hill: setting.number("hill"),
        max_gain: setting.number("max_gain"),
        ..Myokine::default()
    }
}

/// Share of the receptors that `dose` binds.
pub(super) fn bound(setting: &CaseSetting, dose: f64) -> f64 {
    let power = dose.powf(setting.number("hill"));
    power / (power + setting.number("half_dose").powf(setting.number("hill")))
}

/// Rise of growth by `dose`, without inhibition.
pub(super) fn trophic_excess(setting: &CaseSetting, dose: f64) -> f64 {
    (setting.number("max_gain") - 1.0) * bound(setting, dose)
}

/// Cones that run straight ahead.
pub(super) fn straight_cones(setting: &CaseSetting) -> Biology {
    running_cones(setting.number("speed"), 0.0, STRAIGHT_UM)
}

/// Growth of the axons of each well in some time, relative to that without a cue.
fn gains(engine: &mut dyn Engine, trial: &Trial<'_>) -> Result<Vec<f64>, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let wells = of_cones(engine, |cone| cone.well)?;
    let grown = grown_um(engine, steps_in(done.number("time"), done.number("step")))?;
    let alone_um = stated.number("speed") * stated.number("time");
    let of_well = |well: u32| {
        let here = wells.iter().zip(&grown).filter(|(at, _)| **at == well);
        mean(here.map(|(_, grown)| grown / alone_um))
    };
    Ok((0..engine.plate().conditions.len() as u32).map(of_well).collect())
}

/// Growth in medium of several doses.
pub const DOSE_TO_GAIN: Measure = Measure {
    name: "dose-to-gain",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("half_dose", Dose),
        one("hill", Number),
        one("max_gain", Number),
        one("inhibition_dose", Dose),
        many("doses", Dose),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["gain"],
    looks_at: LooksAt::Engine,
    run: dose_to_gain,
};

fn dose_to_gain(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let plate = plate_of_cones(
        done.count("cones"),
        2.0,
        60.0 * done.number("step"),
        straight_cones(done),
    );
    let myokine = Myokine {
        inhibition_dose: done.number("inhibition_dose"),
        ..lasting_myokine(done)
    };
    let mut engine = trial.open(in_doses(plate, myokine, done.list("doses")))?;
    let found = gains(engine.as_mut(), trial)?;
    let closed = |dose: f64| {
        let inhibition_dose = stated.number("inhibition_dose");
        let left = if inhibition_dose > 0.0 {
            1.0 / (1.0 + dose / inhibition_dose)
        } else {
            1.0
        };
        1.0 + trophic_excess(stated, dose) * left
    };
    let doses = stated.list("doses");
    let figure = |(&dose, &gain): (&f64, &f64)| Figure::against("gain", format!("dose {dose}"), closed(dose), gain, "");
    let positive = || doses.iter().copied().filter(|dose| *dose > 0.0);
    let (least, most) = positive().fold((f64::INFINITY, 0.0f64), |(least, most), dose| {
        (least.min(dose), most.max(dose))
    });
    Ok(Measured {
        figures: doses.iter().zip(&found).map(figure).collect(),
        plots: vec![Plot {
            x: "power of ten of the dose".into(),
            y: "gain of growth".into(),
            scale: Scale::Linear,
            lines: vec![Series::of("closed form", (least.log10(), most.log10()), 121, |power| {
                closed(10f64.powf(power))
            })],
            points: vec![Series {
                name: "axons".into(),
                points: doses
                    .iter()
                    .zip(&found)
                    .filter(|(dose, _)| **dose > 0.0)
                    .map(|(dose, gain)| (dose.log10(), *gain, 0.0))
                    .collect(),
            }],
        }],
        table: None,
    })
}

/// A well for each dose of a myokine.
fn in_doses(plate: Plate, myokine: Myokine, doses: &[f64]) -> Plate {
    let condition = |&dose: &f64| Condition {
        name: format!("dose {dose}"),
        ..bathed(plate.clone(), myokine, dose).conditions.remove(0)
    };
    let conditions = doses.iter().map(condition).collect();
    Plate {
        conditions,
        ..bathed(plate, myokine, 0.0)
    }
}

/// Growth in medium while the gel moves without end, for several ways in which the two combine.
pub const COMBINATION: Measure = Measure {
    name: "combination-of-gains",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("dose", Dose),
        one("half_dose", Dose),
        one("hill", Number),
        one("max_gain", Number),
        one("mechano_gain", Number),
        one("amplitude", Fraction),
        one("half_strain", Fraction),
        one("frequency", Frequency),
        one("half_frequency", Frequency),
        one("on_time", Time),
        one("off_time", Time),
        many("combinations", Choice(Combination::WORDS)),
        one("step", Time),
        one("settled_after", Time),
        one("time", Time),
    ],
    figures: &["gain"],
    looks_at: LooksAt::Engine,
    run: combination,
};

fn combination(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut biology = straight_cones(done);
    biology.mechano.gain = done.number("mechano_gain");
    biology.mechano.half_strain = done.number("half_strain");
    biology.mechano.half_frequency_hz = done.number("half_frequency");
    biology.mechano.on_time_h = done.number("on_time");
    biology.mechano.off_time_h = done.number("off_time");
    biology.growth_cone.strain_turning_rad_per_h = 0.0;
    let plate = bathed(
        plate_of_cones(done.count("cones"), 4.0, 60.0 * step_h, biology),
        lasting_myokine(done),
        done.number("dose"),
    );
    let mut plate = strained(plate, without_end(done), false);
    let treated = plate.conditions.remove(0);
    let condition = |&combination: &f64| {
        let mut condition = treated.clone();
        condition.name = format!("combination {combination}");
        condition.biology.growth_cone.combination = combination;
        condition
    };
    plate.conditions = done.list("combinations").iter().map(condition).collect();
    let mut engine = trial.open(plate)?;
    engine.advance(steps_in(done.number("settled_after"), step_h))?;
    let found = gains(engine.as_mut(), trial)?;
    let trophic = trophic_excess(stated, stated.number("dose"));
    let mechano = stated.number("mechano_gain") * settled_mechano(stated);
    let most = (stated.number("max_gain") - 1.0).max(stated.number("mechano_gain"));
    let figure = |(&number, &gain): (&f64, &f64)| {
        let combination = Combination::from_number(number)?;
        let expected = match combination {
            Combination::Additive => 1.0 + trophic + mechano,
            Combination::Multiplicative => (1.0 + trophic) * (1.0 + mechano),
            Combination::Saturating => 1.0 + trophic + mechano - trophic * mechano / most,
        };
        Some(Figure::against("gain", combination.word(), expected, gain, ""))
    };
    Ok(Measured {
        figures: stated
            .list("combinations")
            .iter()
            .zip(&found)
            .filter_map(figure)
            .collect(),
        ..Measured::default()
    })
}

/// Movement of the gel that never rests.
fn without_end(done: &CaseSetting) -> Actuation {
    Actuation {
        amplitude: done.number("amplitude"),
        frequency_hz: done.number("frequency"),
        session_h: 24.0,
        every_h: 24.0,
        ..Actuation::default()
    }
}

/// The mechano-state in which rise and fall are alike.
fn settled_mechano(stated: &CaseSetting) -> f64 {
    let hill = |value: f64, half: f64| value / (value + half);
    let drive = hill(stated.number("amplitude").powi(2), stated.number("half_strain").powi(2))
        * hill(stated.number("frequency"), stated.number("half_frequency"));
    let (on, off) = (
        drive / stated.number("on_time"),
        (1.0 - drive) / stated.number("off_time"),
    );
    on / (on + off)
}
