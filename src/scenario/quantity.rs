//! Quantities: `"40 um/h"` read into model units by what it should measure, and written back in the unit that
//! the field is used to.

use super::mistake::nearest;
use super::tree::{TomlNode, TomlValue, quoted};
use super::unit::{self, Powers};
use crate::model::parameter::{Dimension, HOUR_S};
use crate::model::plate::DoseUnit;
use std::cmp::Ordering;

/// Units in which times are written back, in h.
const TIMES: &[(&str, f64)] = &[
    ("d", 24.0),
    ("h", 1.0),
    ("min", 1.0 / 60.0),
    ("s", 1.0 / HOUR_S),
    ("ms", 1e-3 / HOUR_S),
];
/// nM in a mM.
const NM_PER_MM: f64 = 1e6;
/// Units in which lengths are written back, in µm.
const LENGTHS: &[(&str, f64)] = &[("mm", 1000.0), ("um", 1.0)];

/// The quantity that a value should be: a dimension, and how doses are told where it is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measurand {
    /// The dimension.
    pub dimension: Dimension,
    /// The doses of the myokine at hand.
    pub dose: DoseScale,
}

/// How doses of a myokine are told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoseScale {
    /// Their unit.
    pub unit: DoseUnit,
    /// Its molar mass, kg/mol (kDa a molecule), by which a mass concentration is a dose; `None` where it is not known.
    pub molar_mass_kda: Option<f64>,
}

impl DoseScale {
    /// Doses relative to exercised medium.
    pub const RELATIVE: Self = Self {
        unit: DoseUnit::Relative,
        molar_mass_kda: None,
    };
}

impl From<DoseUnit> for DoseScale {
    fn from(unit: DoseUnit) -> Self {
        Self { unit, ..Self::RELATIVE }
    }
}

/// Why a value is not the quantity it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAQuantity {
    /// The value that was found.
    pub found: String,
    /// Values that would be accepted.
    pub expected: String,
    /// The nearest word that exists.
    pub nearest: Option<String>,
}

impl From<Dimension> for Measurand {
    fn from(dimension: Dimension) -> Self {
        Self {
            dimension,
            dose: DoseScale::RELATIVE,
        }
    }
}

impl Measurand {
    /// Its name with an example.
    pub fn expected(self) -> String {
        match self.dimension {
            Dimension::Choice(words) => format!("one of {}", words.join(", ")),
            _ => format!("{} such as {}", self.name(), self.example()),
        }
    }

    fn is_molar(self) -> bool {
        self.dose.unit == DoseUnit::Nanomolar
    }

    /// The units in which it may be written, in words; empty for plain numbers.
    pub fn units(self) -> String {
        let units = unit::accepted(self.powers());
        let is_dose = matches!(self.dimension, Dimension::Dose | Dimension::DoseRate);
        match self.dose.molar_mass_kda.filter(|_| is_dose) {
            Some(mass) => format!(
                "{units}, or as a mass by volume in ng/mL (1 nM is {} ng/mL)",
                tidy(mass)
            ),
            None => units,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self.dimension {
            Dimension::Length => "a length",
            Dimension::Time => "a time",
            Dimension::Speed => "a speed",
            Dimension::Diffusivity => "a diffusivity",
            Dimension::Rate => "a rate",
            Dimension::Angle => "an angle",
            Dimension::AngularRate => "an angular rate",
            Dimension::Frequency => "a frequency",
            Dimension::Fraction => "a fraction",
            Dimension::Number => "a plain number",
            Dimension::Dose if !self.is_molar() => "a dose relative to exercised medium, a plain number",
            Dimension::Dose => "a dose",
            Dimension::DoseRate => "a dose per time",
            Dimension::Pressure => "a stiffness",
            Dimension::Force => "a force",
            Dimension::SpeedPerForce => "a speed per force",
            Dimension::Viscosity => "a viscosity",
            Dimension::MassConcentration => "a mass concentration",
            Dimension::Count => "a whole number",
            Dimension::Choice(_) => "a word",
        }
    }

    /// Examples as they stand in a scenario; of a choice, there is none.
    pub fn example(self) -> &'static str {
        let relative = !self.is_molar();
        match self.dimension {
            Dimension::Length => "\"150 um\"",
            Dimension::Time => "\"30 min\" or \"1 d 12 h\"",
            Dimension::Speed => "\"4 um/h\"",
            Dimension::Diffusivity => "\"120 um^2/s\"",
            Dimension::Rate => "\"0.02 /h\"",
            Dimension::Angle => "\"60 deg\"",
            Dimension::AngularRate => "\"20 deg/h\"",
            Dimension::Frequency => "\"1 Hz\"",
            Dimension::Fraction => "0.05 or \"5 %\"",
            Dimension::Number => "1.5",
            Dimension::Dose if relative => "0.5",
            Dimension::Dose => "\"0.4 nM\"",
            Dimension::DoseRate if relative => "\"0.1 /h\"",
            Dimension::DoseRate => "\"0.1 nM/h\"",
            Dimension::Pressure => "\"500 Pa\"",
            Dimension::Force => "\"20 uN\"",
            Dimension::SpeedPerForce => "\"150 um/h/nN\"",
            Dimension::Viscosity => "\"3e6 Pa*s\"",
            Dimension::MassConcentration => "\"3 mg/mL\"",
            Dimension::Count => "200",
            Dimension::Choice(_) => "",
        }
    }

    /// The unit it is customarily written in; empty for plain numbers.
    pub fn unit(self) -> &'static str {
        match self.dimension {
            Dimension::Length => "um",
            Dimension::Time => "h",
            Dimension::Speed => "um/h",
            Dimension::Diffusivity => "um^2/s",
            Dimension::Rate => "/h",
            Dimension::Angle => "deg",
            Dimension::AngularRate => "deg/h",
            Dimension::Frequency => "Hz",
            Dimension::Pressure => "Pa",
            Dimension::Force => "nN",
            Dimension::SpeedPerForce => "um/h/nN",
            Dimension::Viscosity => "Pa*s",
            Dimension::MassConcentration => "mg/mL",
            Dimension::Dose if self.is_molar() => "nM",
            Dimension::DoseRate if self.is_molar() => "nM/h",
            Dimension::DoseRate => "/h",
            _ => "",
        }
    }

    fn powers(self) -> Powers {
        match self.dimension {
            Dimension::Length => Powers::LENGTH,
            Dimension::Time => Powers::TIME,
            Dimension::Speed => Powers::SPEED,
            Dimension::Diffusivity => Powers::DIFFUSIVITY,
            Dimension::Rate | Dimension::Frequency => Powers::RATE,
            Dimension::Angle => Powers::ANGLE,
            Dimension::AngularRate => Powers::ANGULAR_RATE,
            Dimension::Dose if self.is_molar() => Powers::CONCENTRATION,
            Dimension::DoseRate if self.is_molar() => Powers::CONCENTRATION_RATE,
            Dimension::Dose => Powers::NONE,
            Dimension::DoseRate => Powers::RATE,
            Dimension::Pressure => Powers::PRESSURE,
            Dimension::Force => Powers::FORCE,
            Dimension::SpeedPerForce => Powers::SPEED_PER_FORCE,
            Dimension::Viscosity => Powers::VISCOSITY,
            Dimension::MassConcentration => Powers::MASS_CONCENTRATION,
            Dimension::Fraction | Dimension::Number | Dimension::Count | Dimension::Choice(_) => Powers::NONE,
        }
    }

    /// Model units in one of the customary unit.
    fn customary(self) -> f64 {
        match self.dimension {
            Dimension::Diffusivity => HOUR_S,
            Dimension::Pressure => 1e-3,
            Dimension::Viscosity => 1e-3 / HOUR_S,
            Dimension::Angle | Dimension::AngularRate => std::f64::consts::PI / 180.0,
            _ => 1.0,
        }
    }
}

/// Reads a value of a scenario as what it should measure, in model units.
///
/// # Errors
/// A missing or unknown unit, a unit of something else, a word that is no choice, NaN, infinity, or a value of
/// the wrong kind.
pub fn read(node: &TomlNode, measure: Measurand) -> Result<f64, NotAQuantity> {
    match (&node.value, measure.dimension) {
        (TomlValue::Text(word), Dimension::Choice(words)) => choice(word, words),
        (TomlValue::Flag(flag), Dimension::Choice(words)) => choice(if *flag { "yes" } else { "no" }, words),
        (TomlValue::Whole(number), _) => plain(*number as f64, &node.describe(), measure),
        (TomlValue::Float(number), _) => plain(*number, &node.describe(), measure),
        (TomlValue::Text(text), _) => parse(text, measure),
        _ => Err(NotAQuantity {
            found: node.describe(),
            expected: measure.expected(),
            nearest: None,
        }),
    }
}

/// Reads a text such as `40 um/h` as what it should measure, in model units.
///
/// # Errors
/// As [`read`].
pub fn parse(text: &str, measure: Measurand) -> Result<f64, NotAQuantity> {
    let refuse = |found: String| NotAQuantity {
        found,
        expected: measure.expected(),
        nearest: None,
    };
    if let Dimension::Choice(words) = measure.dimension {
        return choice(text, words);
    }
    let trimmed = text.trim();
    let (number, unit_text) = split_number(trimmed);
    if measure.dimension == Dimension::Time
        && unit::parse(unit_text).is_err()
        && let Some(parts) = parts_of_time(trimmed)
    {
        return parts.iter().map(|part| parse(part, measure)).sum();
    }
    let Some(number) = number else {
        return Err(refuse(quoted(text)));
    };
    if unit_text.is_empty() {
        return plain(number, &quoted(text), measure);
    }
    if !number.is_finite() {
        return Err(refuse(format!("{}, which is not a finite number", quoted(text))));
    }
    if let Some(decimals) = unit_text
        .strip_prefix(',')
        .filter(|after| after.starts_with(|c: char| c.is_ascii_digit()))
    {
        let instead_of_comma = |sign: &str| quoted(&trimmed.replacen(',', sign, 1));
        let digits = decimals.chars().take_while(char::is_ascii_digit).count();
        let expected = match digits {
            // It may part thousands.
            3 => format!(
                "{}, or {} with a decimal point",
                instead_of_comma(""),
                instead_of_comma(".")
            ),
            _ => format!("a decimal point: {}", instead_of_comma(".")),
        };
        return Err(NotAQuantity {
            found: format!("{} with a comma in its number", quoted(text)),
            expected,
            nearest: None,
        });
    }
    let expected = match measure.units() {
        units if units.is_empty() => measure.expected(),
        units => format!("{}, {units}", measure.expected()),
    };
    let unit = unit::parse(unit_text).map_err(|unknown| NotAQuantity {
        found: format!("{} with the unknown unit {}", quoted(text), quoted(&unknown)),
        expected: expected.clone(),
        nearest: nearest(&unknown, unit::simple_names()),
    })?;
    let by_mass = match measure.powers() {
        Powers::CONCENTRATION => unit.powers == Powers::MASS_CONCENTRATION,
        Powers::CONCENTRATION_RATE => unit.powers == Powers::MASS_CONCENTRATION_RATE,
        _ => false,
    };
    if let (true, Some(mass)) = (by_mass, measure.dose.molar_mass_kda) {
        // mg/mL is g/L; over kg/mol it is mmol/L.
        return finite(number * unit.factor / mass * NM_PER_MM, text, measure);
    }
    if unit.powers != measure.powers() {
        let is_mass = [Powers::MASS_CONCENTRATION, Powers::MASS_CONCENTRATION_RATE].contains(&unit.powers);
        let is_dose = matches!(measure.dimension, Dimension::Dose | Dimension::DoseRate);
        let why = if is_mass && is_dose && measure.dose.molar_mass_kda.is_none() {
            ", of a myokine whose molar mass is not known"
        } else {
            ""
        };
        return Err(NotAQuantity {
            found: format!("{}, which is {}{why}", quoted(text), unit.powers.name()),
            expected,
            nearest: None,
        });
    }
    let percent_allowed = matches!(measure.dimension, Dimension::Fraction | Dimension::Dose);
    if unit.powers == Powers::NONE && !percent_allowed {
        return Err(refuse(format!("{}, which has a unit", quoted(text))));
    }
    let hertz = if measure.dimension == Dimension::Frequency {
        HOUR_S
    } else {
        1.0
    };
    finite(scale(number, unit.factor) / hertz, text, measure)
}

/// The parts of a time such as `1 d 12 h` or `1d12h`, as they are written; `None` where it is not of several, each a number with a
/// unit.
fn parts_of_time(text: &str) -> Option<Vec<&str>> {
    let begins_part = |at: &usize| {
        let (before, after) = text.split_at(*at);
        before.trim_end().ends_with(char::is_alphabetic) && after.starts_with(|c: char| c.is_ascii_digit())
    };
    let ends = text.char_indices().map(|(at, _)| at).filter(begins_part);
    let mut parts = Vec::new();
    let mut begin = 0;
    for end in ends.chain([text.len()]) {
        parts.push(text[begin..end].trim());
        begin = end;
    }
    let is_whole = |part: &&str| {
        let (number, unit) = split_number(part);
        number.is_some() && unit.ends_with(char::is_alphabetic)
    };
    (parts.len() > 1 && parts.iter().all(is_whole)).then_some(parts)
}

/// Compares two numbers with their units, such as `30 min` and `1 h`, whatever they measure.
///
/// # Errors
/// A sentence, where one of them is no number, has an unknown unit, or measures something else than the other.
pub fn compare(left: &str, right: &str) -> Result<Ordering, String> {
    let ((less, measures), (more, other)) = (amount(left)?, amount(right)?);
    if measures != other {
        let (left, right) = (quoted(left), quoted(right));
        let (is, not) = (measures.name(), other.name());
        return Err(format!("{left}, which is {is}, beside {right}, which is {not}"));
    }
    less.partial_cmp(&more)
        .ok_or_else(|| format!("{} beside {}, of which one is no number", quoted(left), quoted(right)))
}

/// A number with or without a unit, in model units, and what it measures.
fn amount(text: &str) -> Result<(f64, Powers), String> {
    let (Some(number), unit_text) = split_number(text.trim()) else {
        return Err(format!("{}, which is no number", quoted(text)));
    };
    if unit_text.is_empty() {
        return Ok((number, Powers::NONE));
    }
    let unknown = |unknown: String| format!("{} with the unknown unit {}", quoted(text), quoted(&unknown));
    let unit = unit::parse(unit_text).map_err(unknown)?;
    Ok((scale(number, unit.factor), unit.powers))
}

/// Multiplies by a factor; divides where the factor is one over a whole number, so that `30 min` is exactly 0.5.
fn scale(number: f64, factor: f64) -> f64 {
    let inverse = factor.recip();
    let whole = inverse.round();
    if factor < 1.0 && (inverse - whole).abs() < 1e-9 * whole {
        number / whole
    } else {
        number * factor
    }
}

fn finite(value: f64, text: &str, measure: Measurand) -> Result<f64, NotAQuantity> {
    if value.is_finite() {
        return Ok(value);
    }
    let found = format!("{}, which is not a finite number", quoted(text));
    Err(NotAQuantity {
        found,
        expected: measure.expected(),
        nearest: None,
    })
}

fn plain(number: f64, shown: &str, measure: Measurand) -> Result<f64, NotAQuantity> {
    let refuse = |found: String| {
        Err(NotAQuantity {
            found,
            expected: measure.expected(),
            nearest: None,
        })
    };
    if !number.is_finite() {
        return refuse(format!("{shown}, which is not a finite number"));
    }
    match measure.dimension {
        Dimension::Count if number.fract() != 0.0 => refuse(format!("{shown}, which is not whole")),
        Dimension::Choice(_) => refuse(shown.to_owned()),
        _ if measure.unit().is_empty() => Ok(number),
        _ => refuse(format!("{shown} without a unit")),
    }
}

/// Whether a word says yes or no, as programs have it.
pub fn yes_or_no(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "yes" | "on" | "true" => Some(true),
        "no" | "off" | "false" => Some(false),
        _ => None,
    }
}

fn choice(word: &str, words: &'static [&'static str]) -> Result<f64, NotAQuantity> {
    let named = match yes_or_no(word) {
        Some(true) if words.contains(&"yes") => "yes",
        Some(false) if words.contains(&"no") => "no",
        _ => word.trim(),
    };
    match words.iter().position(|known| *known == named) {
        Some(index) => Ok(index as f64),
        None => Err(NotAQuantity {
            found: quoted(word),
            expected: format!("one of {}", words.join(", ")),
            nearest: nearest(word, words.iter().copied()),
        }),
    }
}

/// Splits `40 um/h` into the number and the rest: the longest beginning that is a number.
pub fn split_number(text: &str) -> (Option<f64>, &str) {
    let mut end = text
        .find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
        .unwrap_or(text.len());
    if ["nan", "inf"]
        .iter()
        .any(|word| text.trim_start_matches(['+', '-']).to_lowercase().starts_with(word))
    {
        end = text.find(char::is_whitespace).unwrap_or(text.len());
    }
    loop {
        if let Ok(number) = text[..end].parse::<f64>() {
            return (Some(number), text[end..].trim());
        }
        match text[..end].char_indices().last() {
            Some((before, _)) => end = before,
            None => return (None, text),
        }
    }
}

/// Writes a value in model units as a reader would: in the customary unit, or in a larger or smaller one where
/// that is shorter, such as `30 min`, `5 d` or `6 mm`.
pub fn format(value: f64, measure: Measurand) -> String {
    match measure.dimension {
        Dimension::Choice(words) => match words.get(value as usize) {
            Some(word) => (*word).to_owned(),
            None => value.to_string(),
        },
        Dimension::Time => with_best_unit(value, TIMES),
        Dimension::Length => with_best_unit(value, LENGTHS),
        Dimension::Fraction => format!("{} %", tidy(value * 100.0)),
        _ => with_unit(tidy(value / measure.customary()), measure.unit()),
    }
}

/// A value in the unit that it is customarily written in, and that unit; `None` of a choice of words.
pub fn figure(value: f64, measure: Measurand) -> Option<(f64, &'static str)> {
    match measure.dimension {
        Dimension::Choice(_) => None,
        _ => Some((value / measure.customary(), measure.unit())),
    }
}

/// Whether a value lies in a range, as far as rounding lets it.
pub fn lies_in(value: f64, (low, high): (f64, f64)) -> bool {
    let slack = 1e-9 * low.abs().max(high.abs()).min(value.abs());
    value >= low - slack && value <= high + slack
}

/// Writes a value as [`format()`] does, with as many figures as are needed for what is written to be read as a value that
/// `holds`: a suggestion that is accepted. The exact value must hold.
pub fn format_so_that(value: f64, measure: Measurand, holds: impl Fn(f64) -> bool) -> String {
    let read_as = |text: &str| parse(text, measure).is_ok_and(&holds);
    let unit_as = [(measure.unit(), measure.customary())];
    let units = match measure.dimension {
        Dimension::Time => TIMES,
        Dimension::Length => LENGTHS,
        Dimension::Fraction => &[("%", 0.01)],
        Dimension::Choice(_) => return format(value, measure),
        _ => &unit_as,
    };
    for figures in SHORT..=EXACT {
        let mut written: Vec<(usize, String)> = Vec::new();
        for &(unit, size) in units.iter().filter(|unit| suits(value, unit.1, units)) {
            let near = around(value / size, figures).map(|number| (number.len(), with_unit(number, unit)));
            written.extend(near.into_iter().find(|(_, text)| read_as(text)));
        }
        if let Some((_, shortest)) = written.into_iter().min_by_key(|&(length, _)| length) {
            return shortest;
        }
    }
    format(value, measure)
}

/// Writes the ends of an interval so that each is read as a value in it.
fn ends(range: (f64, f64), measure: Measurand) -> [String; 2] {
    [range.0, range.1].map(|end| format_so_that(end, measure, |read| lies_in(read, range)))
}

/// Writes an interval of values with the unit once: `2 to 10 um/h`. Both ends as they are written lie in it.
pub fn format_range(range: (f64, f64), measure: Measurand) -> String {
    if let Dimension::Choice(words) = measure.dimension {
        return words.join(", ");
    }
    let [low, high] = ends(range, measure);
    let unit = match measure.dimension {
        // Either end in the unit that suits it.
        Dimension::Time | Dimension::Length => None,
        Dimension::Fraction => low.strip_suffix(" %"),
        _ => low.strip_suffix(measure.unit()).map(str::trim_end),
    };
    format!("{} to {high}", unit.unwrap_or(&low))
}

fn with_unit(number: String, unit: &str) -> String {
    if unit.is_empty() {
        number
    } else {
        format!("{number} {unit}")
    }
}

/// Whether a unit of `size` suits a value: it is not below one of it, unless there is no smaller one.
fn suits(value: f64, size: f64, units: &[(&str, f64)]) -> bool {
    let smallest = units.iter().map(|unit| unit.1).fold(f64::INFINITY, f64::min);
    match value {
        0.0 => size == 1.0 || units.len() == 1,
        _ => value.abs() >= size * (1.0 - 1e-9) || size == smallest,
    }
}

/// The unit in which the value is shortest to write, and the largest of those.
fn with_best_unit(value: f64, units: &[(&str, f64)]) -> String {
    let candidates = units.iter().filter(|unit| suits(value, unit.1, units));
    let written = candidates.map(|&(unit, size)| (tidy(value / size), unit));
    let shortest = written.min_by_key(|(number, _)| number.len());
    shortest.map_or_else(|| tidy(value), |(number, unit)| with_unit(number, unit))
}

/// Figures of a number that is meant to be read.
const SHORT: usize = 6;
/// Figures with which any number is exact.
const EXACT: usize = 17;

/// A number with up to six figures, without what rounding left behind.
pub fn tidy(value: f64) -> String {
    written(value, SHORT)
}

/// A number with up to so many figures.
fn written(value: f64, figures: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 {
            "0".to_owned()
        } else {
            value.to_string()
        };
    }
    let decimals = figures - 1;
    let rounded: f64 = format!("{value:.decimals$e}").parse().unwrap_or(value);
    if (1e-4..1e7).contains(&rounded.abs()) {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
    }
}

/// The numbers of so many figures at a value: the nearest, then the next below and above.
fn around(value: f64, figures: usize) -> [String; 3] {
    let last_figure = 10_f64.powi(value.abs().max(f64::MIN_POSITIVE).log10().floor() as i32 - figures as i32 + 1);
    [0.0, -last_figure, last_figure].map(|off| written(value + off, figures))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_be_of_several_parts() {
        let hours = |text: &str| parse(text, Dimension::Time.into()).ok();
        assert_eq!(hours("1 d 12 h"), Some(36.0));
        assert_eq!(hours("2d 6h 30min"), Some(54.5));
        assert_eq!(hours("1d12h"), Some(36.0));
        assert_eq!(hours("1 day 12hours"), Some(36.0));
        assert_eq!(hours("1 d"), Some(24.0));
        assert_eq!(hours("1e3 h"), Some(1000.0));
        for wrong in [
            "1 d 12",
            "1 d 2 um",
            "1 d -2 h",
            "d 12 h",
            "d12h",
            "1 2 h",
            "1 d, 12 h",
            "12",
        ] {
            assert_eq!(hours(wrong), None, "{wrong}");
        }
        let found = |text: &str| parse(text, Dimension::Time.into()).map_err(|problem| problem.found);
        assert_eq!(found("1 d 2  um"), Err("\"2  um\", which is a length".to_owned()));
        assert_eq!(
            found("1 d, 12 h"),
            Err("\"1 d, 12 h\" with the unknown unit \"d, 12 h\"".to_owned())
        );
        assert!(
            parse("1 mm 2 um", Dimension::Length.into()).is_err(),
            "no other quantity is written so"
        );
    }

    #[test]
    fn a_mass_by_volume_is_a_dose_where_the_molar_mass_is_known() {
        let bdnf = DoseScale {
            unit: DoseUnit::Nanomolar,
            molar_mass_kda: Some(27.0),
        };
        let of = |dimension, dose| move |text: &str| parse(text, Measurand { dimension, dose });
        let dose = of(Dimension::Dose, bdnf);
        for same in ["27 ng/mL", "27 ug/L", "27000 pg/ml", "1 nM", "27 pg/uL"] {
            assert!(dose(same).is_ok_and(|nm| (nm - 1.0).abs() < 1e-12), "{same}");
        }
        let rate = of(Dimension::DoseRate, bdnf)("648 ng/mL/d");
        assert!(rate.as_ref().is_ok_and(|rate| (rate - 1.0).abs() < 1e-12), "{rate:?}");
        let refused = |dose: DoseScale| of(Dimension::Dose, dose)("27 ng/mL").map_err(|problem| problem.found);
        for unknown in [DoseScale::RELATIVE, DoseUnit::Nanomolar.into()] {
            assert_eq!(
                refused(unknown),
                Err(
                    "\"27 ng/mL\", which is a mass concentration, of a myokine whose molar mass is not known"
                        .to_owned()
                )
            );
        }
        let rate = dose("27 ng/mL/d").map_err(|problem| problem.found);
        assert_eq!(
            rate,
            Err("\"27 ng/mL/d\", which is a mass concentration per time".to_owned())
        );
        assert!(dose("27 ng").is_err() && parse("3 mg/mL", Dimension::MassConcentration.into()) == Ok(3.0));
    }
}
