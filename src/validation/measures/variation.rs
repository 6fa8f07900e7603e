//! Variation: speeds and sensitivities of neurons, explants and cultures have the mean 1 and the coefficients of variation that were
//! put in, told apart by an analysis of variance of their logarithms, from how far axons grow.

use super::gain::STRAIGHT_UM;
use super::{LooksAt, Measure, grown_um, steps_in};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Choice, Count, Number, Speed, Time};
use crate::model::parameter::{AnySection, Section};
use crate::model::parameters::{Actuation, Myokine, Variation};
use crate::model::plate::Plate;
use crate::model::word::{Word, words};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured};
use crate::validation::plates::{bathed, plate_of_cones, running_cones, strained};
use crate::validation::setting::{CaseSetting, many, one};
use crate::validation::statistics::mean;

words! {
    /// The trait in which neurons differ.
    enum Trait {
        /// The speed of their axons.
        Speed = "speed",
        /// The sensitivity to myokines.
        Myokines = "sensitivity to myokines",
        /// The sensitivity to strain.
        Strain = "sensitivity to strain",
    }
}

/// Excess of growth that the cue brings to a neuron of the mean sensitivity.
const EXCESS: f64 = 2.0;

/// Growth of many neurons in many explants of many cultures.
pub const VARIATION: Measure = Measure {
    name: "variation",
    keys: &[
        many("traits", Choice(Trait::WORDS)),
        one("cultures", Count),
        one("explants_a_culture", Count),
        one("neurons_an_explant", Count),
        one("between_neurons", Number),
        one("between_explants", Number),
        one("between_cultures", Number),
        one("scale", Number),
        one("speed", Speed),
        one("step", Time),
        one("settled_after", Time),
        one("time", Time),
    ],
    figures: &["mean", "between_neurons", "between_explants", "between_cultures"],
    looks_at: LooksAt::Engine,
    run: variation,
};

fn variation(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut measured = Measured::default();
    for &number in done.list("traits") {
        let Some(of) = Trait::from_number(number) else { continue };
        let mut engine = trial.open(plate(done, of))?;
        engine.advance(steps_in(done.number("settled_after"), step_h))?;
        let grown = grown_um(engine.as_mut(), steps_in(done.number("time"), step_h))?;
        let alone_um = stated.number("speed") * stated.number("time");
        let value = |grown: &f64| match of {
            Trait::Speed => grown / alone_um,
            Trait::Myokines | Trait::Strain => (grown / alone_um - 1.0) / EXCESS,
        };
        let values: Vec<f64> = grown.iter().map(value).collect();
        let spreads = spreads(
            &values,
            done.count("neurons_an_explant"),
            done.count("explants_a_culture"),
        );
        measured
            .figures
            .push(Figure::against("mean", of.word(), 1.0, mean(values), ""));
        for (level, found) in LEVELS.into_iter().zip(spreads) {
            measured
                .figures
                .push(Figure::against(level, of.word(), stated.number(level), found, ""));
        }
    }
    Ok(measured)
}

/// The levels at which neurons differ, by the numbers that say how much.
const LEVELS: [&str; 3] = ["between_neurons", "between_explants", "between_cultures"];

/// A well for each culture, with its explants all in one place.
fn plate(done: &CaseSetting, of: Trait) -> Plate {
    let mut biology = running_cones(done.number("speed"), 0.0, STRAIGHT_UM);
    biology.mechano.gain = EXCESS;
    // Any movement is full drive, and the gel never rests.
    biology.mechano.half_strain = 1e-6;
    biology.mechano.half_frequency_hz = 1e-6;
    biology.growth_cone.strain_turning_rad_per_h = 0.0;
    let mut plate = plate_of_cones(
        done.count("neurons_an_explant"),
        2.0,
        60.0 * done.number("step"),
        biology,
    );
    plate.explants = vec![plate.explants[0].clone(); done.count("explants_a_culture") as usize];
    let [neurons, explants, cultures] = LEVELS.map(|level| done.number(level));
    let alike = Variation {
        scale: done.number("scale"),
        ..alike()
    };
    match of {
        Trait::Speed => {
            plate.variation = Variation {
                speed_between_neurons: neurons,
                speed_between_explants: explants,
                speed_between_cultures: cultures,
                ..alike
            };
        }
        Trait::Myokines => {
            plate.variation = Variation {
                trophic_between_neurons: neurons,
                trophic_between_explants: explants,
                trophic_between_cultures: cultures,
                ..alike
            };
            // Half of the receptors are bound.
            let myokine = Myokine {
                half_life_h: 1e30,
                half_dose: 1.0,
                max_gain: 1.0 + 2.0 * EXCESS,
                ..Myokine::default()
            };
            plate = bathed(plate, myokine, 1.0);
        }
        Trait::Strain => {
            plate.variation = Variation {
                mechano_between_neurons: neurons,
                mechano_between_explants: explants,
                mechano_between_cultures: cultures,
                ..alike
            };
            let without_end = Actuation {
                session_h: 24.0,
                every_h: 24.0,
                ..Actuation::default()
            };
            plate = strained(plate, without_end, false);
        }
    }
    plate.conditions[0].wells = done.count("cultures");
    plate
}

/// Neither neurons nor explants nor cultures differ, at whatever scale.
fn alike() -> Variation {
    let mut variation = Variation::default();
    for index in 0..Variation::PARAMETERS.len() {
        variation.set(index, 0.0);
    }
    variation
}

/// Coefficients of variation of log-normal factors of neurons, explants and cultures, from values in that order: the expected mean
/// squares of a balanced nested analysis of variance, solved for the variances.
fn spreads(values: &[f64], neurons: u32, explants: u32) -> [f64; 3] {
    let logarithms: Vec<f64> = values.iter().map(|value| value.ln()).collect();
    let (of_neurons, explant_means) = mean_square(&logarithms, neurons as usize);
    let (of_explants, culture_means) = mean_square(&explant_means, explants as usize);
    let (of_cultures, _) = mean_square(&culture_means, culture_means.len());
    let variances = [
        of_neurons,
        of_explants - of_neurons / f64::from(neurons),
        of_cultures - of_explants / f64::from(explants),
    ];
    variances.map(|variance| variance.max(0.0).exp_m1().sqrt())
}

/// The variance within groups of so many values, and their means.
fn mean_square(values: &[f64], group: usize) -> (f64, Vec<f64>) {
    let means: Vec<f64> = values.chunks(group).map(|group| mean(group.iter().copied())).collect();
    let squares: f64 = values
        .chunks(group)
        .zip(&means)
        .flat_map(|(group, middle)| group.iter().map(move |value| (value - middle).powi(2)))
        .sum();
    (squares / ((group - 1) * means.len()) as f64, means)
}
