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
    ("ug", 1e9, Powers::MASS),
    ("mg", 1e12, Powers::MASS),
    ("g", 1e15, Powers::MASS),
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
    ("minute", "min"),
    ("minutes", "min"),
    ("hour", "h"),
    ("hours", "h"),
    ("hr", "h"),
    ("day", "d"),
    ("days", "d"),
    ("micron", "um"),
    ("microns", "um"),
    ("degree", "deg"),
    ("degrees", "deg"),
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

/// The units in which something of these powers may be written: `in ms, s, min, h, d`, or those of its parts where it has no unit of its
/// own: `with length in um, nm, mm, cm, m; time in ms, s, min, h, d`. Empty for plain numbers, and for what has many parts.
pub fn accepted(powers: Powers) -> String {
    let of = |powers: Powers| {
        let fitting = SIMPLE.iter().filter(|unit| unit.2 == powers && powers != Powers::NONE);
        fitting.map(|unit| unit.0).collect::<Vec<_>>().join(", ")
    };
    let own = of(powers);
    if !own.is_empty() {
        return format!("in {own}");
    }
    let parts = BASES.iter().zip(powers.0).filter(|(_, power)| *power != 0);
    let parts: Vec<String> = parts
        .map(|((name, base), _)| format!("{name} in {}", of(*base)))
        .collect();
    // Of a stiffness times a time nobody thinks as of forces, lengths and times.
    let is_plain = powers.0.iter().all(|power| power.abs() <= 1) && parts.len() == 2;
    if is_plain {
        format!("with {}", parts.join("; "))
    } else {
        String::new()
    }
}

/// Every simple unit that may be written.
pub fn simple_names() -> impl Iterator<Item = &'static str> {
    SIMPLE.iter().map(|&(name, ..)| name).filter(|&name| name != "1")
}

/// Reads a unit: simple units with whole powers, multiplied by `*` and divided by `/` (or `per`).
///
/// # Errors
/// The part of it that is no unit.
pub fn parse(text: &str) -> Result<Unit, String> {
    let tidy = text
        .replace(['µ', 'μ'], "u")
        .replace("per ", "/")
        .replace('²', "^2")
        .replace('³', "^3");
    let tidy: String = tidy.chars().filter(|c| !c.is_whitespace()).collect();
    let mut unit = Unit {
        factor: 1.0,
        powers: Powers::NONE,
    };
    let mut sign = 1;
    let mut rest = tidy.as_str();
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
    let (name, power) = match text.split_once('^') {
        Some((name, power)) => (name, power.parse::<i32>().ok().filter(|p| (-4..=4).contains(p))),
        None => (text, Some(1)),
    };
    let spoken = SPOKEN.iter().find(|(spoken, _)| *spoken == name);
    let name = spoken.map_or(name, |(_, unit)| unit);
    let known = SIMPLE.iter().find(|&&(known, ..)| known == name);
    match (known, power) {
        (Some(&(_, factor, powers)), Some(power)) => Ok((factor.powi(power), Powers::NONE.plus(powers, power))),
        _ => Err(text.to_owned()),
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
        assert_eq!(accepted(Powers::TIME), "in ms, s, min, h, d");
        let speeds = "with length in um, nm, mm, cm, m; time in ms, s, min, h, d";
        assert_eq!(accepted(Powers::SPEED), speeds);
        assert_eq!(accepted(Powers::NONE), "");
        assert_eq!(accepted(Powers::VISCOSITY), "");
        for (powers, name) in NAMED {
            let Some(units) = accepted(*powers).strip_prefix("in ").map(str::to_owned) else {
                continue;
            };
            for unit in units.split(", ") {
                assert_eq!(parse(unit).map(|unit| unit.powers), Ok(*powers), "{unit}, {name}");
            }
        }
    }
}
