//! Units: a written unit such as `um^2/s` becomes a factor into model units (µm, h, rad, nM, nN; fg, so that mg/mL is 1)
//! and the powers of length, time, angle, concentration, force and mass that it stands for.

use crate::model::parameter::HOUR_S;

/// Powers of length, time, angle, concentration, force and mass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Powers {
    /// Of length.
    pub length: i32,
    /// Of time.
    pub time: i32,
    /// Of angle.
    pub angle: i32,
    /// Of concentration.
    pub concentration: i32,
    /// Of force.
    pub force: i32,
    /// Of mass, which here is only weighed.
    pub mass: i32,
}

/// A unit: so many model units, of these powers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Model units in one of it.
    pub factor: f64,
    /// Powers of the base quantities.
    pub powers: Powers,
}

impl Powers {
    /// No dimension.
    pub const NONE: Powers = Powers {
        length: 0,
        time: 0,
        angle: 0,
        concentration: 0,
        force: 0,
        mass: 0,
    };
    /// A length.
    pub const LENGTH: Powers = Powers {
        length: 1,
        ..Powers::NONE
    };
    /// A time.
    pub const TIME: Powers = Powers {
        time: 1,
        ..Powers::NONE
    };
    /// An angle.
    pub const ANGLE: Powers = Powers {
        angle: 1,
        ..Powers::NONE
    };
    /// A concentration.
    pub const CONCENTRATION: Powers = Powers {
        concentration: 1,
        ..Powers::NONE
    };
    /// A force.
    pub const FORCE: Powers = Powers {
        force: 1,
        ..Powers::NONE
    };
    /// A mass.
    pub const MASS: Powers = Powers {
        mass: 1,
        ..Powers::NONE
    };
    /// A volume.
    pub const VOLUME: Powers = Powers {
        length: 3,
        ..Powers::NONE
    };
    /// Force over area.
    pub const PRESSURE: Powers = Powers {
        length: -2,
        force: 1,
        ..Powers::NONE
    };
    /// Speed by force.
    pub const SPEED_PER_FORCE: Powers = Powers {
        length: 1,
        time: -1,
        force: -1,
        ..Powers::NONE
    };
    /// Force over area, times time.
    pub const VISCOSITY: Powers = Powers {
        length: -2,
        time: 1,
        force: 1,
        ..Powers::NONE
    };
    /// Mass in a volume.
    pub const MASS_CONCENTRATION: Powers = Powers {
        length: -3,
        mass: 1,
        ..Powers::NONE
    };
    /// A rate.
    pub const RATE: Powers = Powers {
        time: -1,
        ..Powers::NONE
    };

    fn plus(self, other: Powers, times: i32) -> Powers {
        Powers {
            length: self.length + other.length * times,
            time: self.time + other.time * times,
            angle: self.angle + other.angle * times,
            concentration: self.concentration + other.concentration * times,
            force: self.force + other.force * times,
            mass: self.mass + other.mass * times,
        }
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        let Powers {
            length,
            time,
            angle,
            concentration,
            force,
            mass,
        } = self;
        match (force, mass) {
            (0, 0) => {}
            (1, 0) if self == Powers::FORCE => return "a force",
            (1, 0) if self == Powers::PRESSURE => return "a stiffness",
            (1, 0) if self == Powers::VISCOSITY => return "a viscosity",
            (-1, 0) if self == Powers::SPEED_PER_FORCE => return "a speed per force",
            (0, 1) if self == Powers::MASS => return "a mass",
            (0, 1) if self == Powers::MASS_CONCENTRATION => return "a mass concentration",
            _ => return "something else",
        }
        match (length, time, angle, concentration) {
            (0, 0, 0, 0) => "a plain number",
            (1, 0, 0, 0) => "a length",
            (2, 0, 0, 0) => "an area",
            (3, 0, 0, 0) => "a volume",
            (0, 1, 0, 0) => "a time",
            (0, -1, 0, 0) => "a rate",
            (1, -1, 0, 0) => "a speed",
            (2, -1, 0, 0) => "a diffusivity",
            (0, 0, 1, 0) => "an angle",
            (0, -1, 1, 0) => "an angular rate",
            (0, 0, 0, 1) => "a concentration",
            (0, -1, 0, 1) => "a concentration per time",
            _ => "something else",
        }
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
    let known = SIMPLE.iter().find(|&&(known, ..)| known == name);
    match (known, power) {
        (Some(&(_, factor, powers)), Some(power)) => Ok((factor.powi(power), Powers::NONE.plus(powers, power))),
        _ => Err(text.to_owned()),
    }
}
