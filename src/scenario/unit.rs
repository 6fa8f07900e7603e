//! Units: a written unit such as `um^2/s` becomes a factor into model units (µm, h, rad, nM, nN; fg, so that mg/mL is 1)
//! and the powers of length, time, angle, concentration, force and mass that it stands for.

use crate::model::parameter::HOUR_S;

/// Powers of length, time, angle, concentration, force and mass; mass is only weighed here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Powers([i32; 6]);

/// A unit: so many model units, of these powers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Model units in one of it.
    pub factor: f64,
    /// Powers of the base quantities.
    pub powers: Powers,
}

/// Quantities that have a name: their powers, and the name in messages.
macro_rules! quantities {
    ($($name:ident = $powers:tt, $words:literal;)*) => {
        impl Powers {
            $(#[doc = concat!("Those of ", $words, ".")] pub const $name: Powers = Powers($powers);)*
        }

        const NAMED: &[(Powers, &str)] = &[$((Powers::$name, $words)),*];
    };
}

quantities! {
    NONE = [0, 0, 0, 0, 0, 0], "a plain number";
    LENGTH = [1, 0, 0, 0, 0, 0], "a length";
    AREA = [2, 0, 0, 0, 0, 0], "an area";
    VOLUME = [3, 0, 0, 0, 0, 0], "a volume";
    TIME = [0, 1, 0, 0, 0, 0], "a time";
    RATE = [0, -1, 0, 0, 0, 0], "a rate";
    SPEED = [1, -1, 0, 0, 0, 0], "a speed";
    DIFFUSIVITY = [2, -1, 0, 0, 0, 0], "a diffusivity";
    ANGLE = [0, 0, 1, 0, 0, 0], "an angle";
    ANGULAR_RATE = [0, -1, 1, 0, 0, 0], "an angular rate";
    CONCENTRATION = [0, 0, 0, 1, 0, 0], "a concentration";
    CONCENTRATION_RATE = [0, -1, 0, 1, 0, 0], "a concentration per time";
    FORCE = [0, 0, 0, 0, 1, 0], "a force";
    PRESSURE = [-2, 0, 0, 0, 1, 0], "a stiffness";
    VISCOSITY = [-2, 1, 0, 0, 1, 0], "a viscosity";
    SPEED_PER_FORCE = [1, -1, 0, 0, -1, 0], "a speed per force";
    MASS = [0, 0, 0, 0, 0, 1], "a mass";
    MASS_CONCENTRATION = [-3, 0, 0, 0, 0, 1], "a mass concentration";
    MASS_CONCENTRATION_RATE = [-3, -1, 0, 0, 0, 1], "a mass concentration per time";
}

impl Powers {
    fn plus(self, other: Powers, times: i32) -> Powers {
        Powers(std::array::from_fn(|base| self.0[base] + other.0[base] * times))
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        let known = NAMED.iter().find(|(powers, _)| *powers == self);
        known.map_or("something else", |(_, name)| name)
    }
}

/// The simple units: name, model units in one, powers.
const SIMPLE: &[(&str, f64, Powers)] = &[
    ("um", 1.0, Powers::LENGTH),
    ("nm", 1e-3, Powers::LENGTH),
    ("mm", 1e3, Powers::LENGTH),
    ("cm", 1e4, Powers::LENGTH),
    ("m", 1e6, Powers::LENGTH),
    ("ms", 1e-3 / HOUR_S, Powers::TIME),
    ("s", 1.0 / HOUR_S, Powers::TIME),
    ("min", 1.0 / 60.0, Powers::TIME),
    ("h", 1.0, Powers::TIME),
    ("d", 24.0, Powers::TIME),
    ("week", 168.0, Powers::TIME),
    ("Hz", HOUR_S, Powers::RATE),
    ("rad", 1.0, Powers::ANGLE),
    ("deg", std::f64::consts::PI / 180.0, Powers::ANGLE),
    ("°", std::f64::consts::PI / 180.0, Powers::ANGLE),
    ("pM", 1e-3, Powers::CONCENTRATION),
    ("nM", 1.0, Powers::CONCENTRATION),
    ("uM", 1e3, Powers::CONCENTRATION),
    ("nN", 1.0, Powers::FORCE),
    ("pN", 1e-3, Powers::FORCE),
    ("uN", 1e3, Powers::FORCE),
    ("mN", 1e6, Powers::FORCE),
    ("Pa", 1e-3, Powers::PRESSURE),
    ("kPa", 1.0, Powers::PRESSURE),
    ("pg", 1e3, Powers::MASS),
    ("ng", 1e6, Powers::MASS),
    ("ug", 1e9, Powers::MASS),
    ("mg", 1e12, Powers::MASS),
    ("g", 1e15, Powers::MASS),
    ("uL", 1e9, Powers::VOLUME),
    ("mL", 1e12, Powers::VOLUME),
    ("L", 1e15, Powers::VOLUME),
    ("%", 0.01, Powers::NONE),
    ("1", 1.0, Powers::NONE),
];

/// Other words for simple units.
const SPOKEN: &[(&str, &str)] = &[
    ("second", "s"),
    ("seconds", "s"),
    ("sec", "s"),
    ("secs", "s"),
    ("minute", "min"),
    ("minutes", "min"),
    ("mins", "min"),
    ("hour", "h"),
    ("hours", "h"),
    ("hr", "h"),
    ("hrs", "h"),
    ("day", "d"),
    ("days", "d"),
    ("weeks", "week"),
    ("wk", "week"),
    ("micron", "um"),
    ("microns", "um"),
    ("micrometer", "um"),
    ("micrometers", "um"),
    ("micrometre", "um"),
    ("micrometres", "um"),
    ("millimeter", "mm"),
    ("millimeters", "mm"),
    ("millimetre", "mm"),
    ("millimetres", "mm"),
    ("degree", "deg"),
    ("degrees", "deg"),
    ("hertz", "Hz"),
    ("ml", "mL"),
    ("ul", "uL"),
    ("l", "L"),
    ("percent", "%"),
];

/// Base quantities, in the order of their powers, for messages.
const BASES: [(&str, Powers); 6] = [
    ("length", Powers::LENGTH),
    ("time", Powers::TIME),
    ("angle", Powers::ANGLE),
    ("concentration", Powers::CONCENTRATION),
    ("force", Powers::FORCE),
    ("mass", Powers::MASS),
];

/// Quantities of several bases that have units of their own, of which others are thought to be made: a viscosity of a stiffness and a
/// time, a mass concentration of a mass and a volume.
const COMPOUND: [(&str, Powers); 2] = [("stiffness", Powers::PRESSURE), ("volume", Powers::VOLUME)];

/// The units in which something of these powers may be written: `in ms, s, min, h, d, week`, or those of its parts where it has no unit
/// of its own: `with length in um, nm, mm, cm, m; time in ms, s, min, h, d, week`. Empty for plain numbers.
pub fn accepted(powers: Powers) -> String {
    let of = |powers: Powers| {
        let fitting = SIMPLE.iter().filter(|unit| unit.2 == powers && powers != Powers::NONE);
        fitting.map(|unit| unit.0).collect::<Vec<_>>().join(", ")
    };
    let own = of(powers);
    if powers == Powers::RATE {
        return format!("in {own} or one over {}", of(Powers::TIME));
    }
    if !own.is_empty() {
        return format!("in {own}");
    }
    let parts: Vec<String> = parts(powers)
        .into_iter()
        .map(|(name, part)| format!("{name} in {}", of(part)))
        .collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!("with {}", parts.join("; ")),
    }
}

/// The quantities that one of these powers is made of: bases, and a compound where one base is left beside it.
fn parts(powers: Powers) -> Vec<(&'static str, Powers)> {
    let bases = |powers: Powers| {
        let bases = BASES.into_iter().zip(powers.0);
        bases.filter(|(_, power)| *power != 0).map(|(base, _)| base)
    };
    let beside = COMPOUND.into_iter().find_map(|compound| {
        let rest = [-1, 1].map(|times| powers.plus(compound.1, times));
        let rest = rest
            .into_iter()
            .find(|rest| rest.0.iter().map(|power| power.abs()).sum::<i32>() == 1)?;
        Some(bases(rest).chain([compound]).collect())
    });
    beside.unwrap_or_else(|| bases(powers).collect())
}

/// Every simple unit that may be written.
pub fn simple_names() -> impl Iterator<Item = &'static str> {
    SIMPLE.iter().map(|&(name, ..)| name).filter(|&name| name != "1")
}

/// Reads a unit: simple units with whole powers, multiplied by `*` and divided by `/` (or `per`).
///
/// # Errors
/// The part of it that is no unit, as it is written.
pub fn parse(text: &str) -> Result<Unit, String> {
    let text = text.replace("per ", "/");
    let mut unit = Unit {
        factor: 1.0,
        powers: Powers::NONE,
    };
    let mut sign = 1;
    let mut rest = text.trim();
    if let Some(after) = rest.strip_prefix('/') {
        (sign, rest) = (-1, after);
    }
    loop {
        let end = rest.find(['/', '*']).unwrap_or(rest.len());
        let (factor, powers) = parse_power(&rest[..end])?;
        unit.factor *= factor.powi(sign);
        unit.powers = unit.powers.plus(powers, sign);
        let Some(operator) = rest[end..].chars().next() else {
            return Ok(unit);
        };
        sign = if operator == '/' { -1 } else { 1 };
        rest = &rest[end + 1..];
    }
}

fn parse_power(text: &str) -> Result<(f64, Powers), String> {
    let tidy = text.replace(['µ', 'μ'], "u").replace('²', "^2").replace('³', "^3");
    let (name, power) = match tidy.split_once('^') {
        Some((name, power)) => (
            name.trim(),
            power.trim().parse::<i32>().ok().filter(|p| (-4..=4).contains(p)),
        ),
        None => (tidy.trim(), Some(1)),
    };
    let spoken = SPOKEN.iter().find(|(spoken, _)| *spoken == name);
    let name = spoken.map_or(name, |(_, unit)| unit);
    let known = SIMPLE.iter().find(|&&(known, ..)| known == name);
    match (known, power) {
        (Some(&(_, factor, powers)), Some(power)) => Ok((factor.powi(power), Powers::NONE.plus(powers, power))),
        _ => Err(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_as_they_are_spoken() {
        for (spoken, short) in [
            ("days", "d"),
            ("hours", "h"),
            ("minutes", "min"),
            ("um/hour", "um/h"),
            ("microns per day", "um/d"),
            ("degrees/hr", "deg/h"),
            ("µm/hour", "um/h"),
            ("μm / h", "um/h"),
            ("um² per s", "um^2/s"),
            ("weeks", "week"),
            ("ng/ml", "ng/mL"),
        ] {
            assert_eq!(parse(spoken), parse(short), "{spoken}");
            assert!(parse(spoken).is_ok(), "{spoken}");
        }
        // Other words mean units that there are, and none of those.
        for (spoken, unit) in SPOKEN {
            let known = |name: &str| SIMPLE.iter().any(|simple| simple.0 == name);
            assert!(known(unit) && !known(spoken), "{spoken}");
        }
    }

    #[test]
    fn what_is_accepted_is_read_and_measures_that() {
        assert_eq!(accepted(Powers::TIME), "in ms, s, min, h, d, week");
        let speeds = "with length in um, nm, mm, cm, m; time in ms, s, min, h, d, week";
        assert_eq!(accepted(Powers::SPEED), speeds);
        assert_eq!(accepted(Powers::DIFFUSIVITY), speeds);
        assert_eq!(accepted(Powers::RATE), "in Hz or one over ms, s, min, h, d, week");
        assert_eq!(
            accepted(Powers::VISCOSITY),
            "with time in ms, s, min, h, d, week; stiffness in Pa, kPa"
        );
        assert_eq!(
            accepted(Powers::MASS_CONCENTRATION),
            "with mass in pg, ng, ug, mg, g; volume in uL, mL, L"
        );
        assert_eq!(accepted(Powers::NONE), "");
        for (powers, name) in NAMED {
            let Some(units) = accepted(*powers).strip_prefix("in ").map(str::to_owned) else {
                continue;
            };
            let units = units.split(" or one over").next().unwrap_or_default();
            for unit in units.split(", ") {
                assert_eq!(parse(unit).map(|unit| unit.powers), Ok(*powers), "{unit}, {name}");
            }
        }
    }
}
