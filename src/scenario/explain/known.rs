//! Numbers that names bring: of myokines, genotypes and hypotheses.

use crate::model::biology::Biology;
use crate::model::parameter::{Dimension, Grade};
use crate::scenario::brought::{Effect, Named};
use crate::scenario::presets::{Known, MOST_WITHOUT_EFFECT, Preset};
use crate::scenario::quantity;

/// Effect of a myokine alone on growth, in medium of muscle that is changed daily.
pub fn alone_text(preset: &Preset) -> String {
    let [resting, exercised] = preset.gains_alone().map(two_decimals);
    let share = preset.share_of_exercise();
    let label = if share < MOST_WITHOUT_EFFECT {
        "it cannot carry the effect of exercise alone"
    } else {
        "it can carry the effect of exercise"
    };
    format!(
        "alone, medium of resting muscle makes axons grow {resting} times as fast, of exercised muscle {exercised} times: {} % of what \
         exercise adds by the lumped myokine; {label}",
        quantity::tidy((100.0 * share).round())
    )
}

fn two_decimals(gain: f64) -> String {
    quantity::tidy((100.0 * gain).round() / 100.0)
}

/// The numbers that a name brings: key, effect, grade and source.
pub fn named_rows(named: &Named) -> Vec<(&'static str, String, Grade, &'static str)> {
    let brought = named.brings.iter().map(|number| {
        let parameter = Biology::parameter(number.path);
        let measure = parameter.map_or(Dimension::Number, |parameter| parameter.dimension);
        let value = match number.effect {
            Effect::Times(factor) => format!("x {}", quantity::tidy(factor)),
            Effect::To(value) => quantity::format(value, measure.into()),
        };
        (number.path, value, number.grade, number.source)
    });
    let protocol = named.protocol.iter().map(|study| {
        let value = format!(
            "{} %, {}, {} every {}",
            quantity::tidy(100.0 * study.amplitude),
            quantity::format(study.frequency_hz, Dimension::Frequency.into()),
            quantity::format(study.session_h, Dimension::Time.into()),
            quantity::format(study.every_h, Dimension::Time.into()),
        );
        ("condition.actuation", value, study.grade, study.source)
    });
    brought.chain(protocol).collect()
}

/// The numbers of a myokine that is known by name: key, number and unit.
pub fn preset_rows(preset: &Preset) -> [(&'static str, Known, &'static str); 5] {
    [
        ("diffusivity", preset.diffusivity_um2_per_s, "um^2/s"),
        ("half_dose", preset.half_dose_nm, "nM"),
        ("max_gain", preset.max_gain, "times"),
        (
            "resting_secretion",
            preset.resting_day_nm,
            "nM after a day of conditioning",
        ),
        ("molar_mass", preset.molar_mass_kda, "kg/mol"),
    ]
}
