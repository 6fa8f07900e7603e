//! One varied key: `growth_cone.speed=2,4,8 um/h`, `myokine.m.max_gain=1..8:sobol`.
//!
//! A list has its values between commas; a unit at its end is that of every plain number before it. A range is
//! `LOW..HIGH UNIT:WAY`, where `WAY` is `grid(N)`, `lhs`, `sobol` or `saltelli`, with `log` for equal ratios and `whole` for whole numbers, as in
//! `0.01..10 nM:log:grid(7)`.

use crate::scenario::Mistake;
use crate::scenario::quantity::split_number;
use crate::scenario::tree::quoted;
use std::fmt;

/// A varied key.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The dotted key, as `--set` takes it.
    pub key: String,
    /// Where its values come from.
    pub values: AxisValues,
}

/// Where the values of a key come from.
#[derive(Clone, Debug, PartialEq)]
pub enum AxisValues {
    /// Values one by one, each as `--set` takes it; at least one.
    List(Vec<String>),
    /// Numbers between two ends.
    Range(Range),
}

/// Numbers between two ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The lower end, in `unit`.
    pub low: f64,
    /// The upper end, in `unit`.
    pub high: f64,
    /// The unit of both; empty for plain numbers.
    pub unit: String,
    /// Whether equal ratios, not equal differences, are equally likely.
    pub log: bool,
    /// Whether only whole numbers are taken.
    pub whole: bool,
    /// How numbers are taken from it.
    pub way: Way,
}

/// How numbers are taken from a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// So many at equal distances, both ends among them.
    Grid(u32),
    /// A dimension of a Latin hypercube.
    Latin,
    /// A dimension of a Sobol sequence.
    Sobol,
    /// A key of Saltelli's design, from which Sobol indices are told.
    Saltelli,
}

/// A value of a key in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisValue {
    /// The value as `--set` takes it.
    pub text: String,
    /// Its number in the axis's unit, where all values of the axis have one; see [`Axis::unit`].
    pub number: Option<f64>,
}

/// Values of a grid at most.
const MOST_ON_GRID: u32 = 1_000_000;

/// The specifications that are accepted.
const ACCEPTED: &str = "a list such as 2,4,8 um/h, or a range with a way to take values from it: 1..8:grid(5), 1..8:lhs, 0.01..10 nM:log:sobol or 1..8:saltelli";

impl Axis {
    /// Reads `KEY=SPEC`; `place` is what precedes it where it stands, for messages.
    ///
    /// # Errors
    /// No key, no value, or a range that is none.
    pub fn parse(text: &str, place: &str) -> Result<Self, Mistake> {
        let place = format!("{place} {text}");
        match text.split_once('=') {
            Some((key, spec)) if !key.trim().is_empty() => Self::of(key.trim(), spec, &place),
            _ => Err(mistake(
                &place,
                quoted(text),
                "KEY=VALUES, such as growth_cone.speed=\"2,4,8 um/h\"".to_owned(),
            )),
        }
    }

    /// Reads the values of `key`; `place` is where they stand, for messages.
    ///
    /// # Errors
    /// As [`Axis::parse`].
    pub fn of(key: &str, spec: &str, place: &str) -> Result<Self, Mistake> {
        if key == "seed" {
            return Err(mistake(
                place,
                "the key \"seed\"".to_owned(),
                "another key; seeds are given by --seeds, such as --seeds 1..20".to_owned(),
            ));
        }
        let values = match range(spec, place)? {
            Some(range) => AxisValues::Range(range),
            None => AxisValues::List(list(spec, place)?),
        };
        Ok(Self {
            key: key.to_owned(),
            values,
        })
    }

    /// The unit that all its values have; empty for plain numbers, `None` where not all of them are numbers of one unit.
    pub fn unit(&self) -> Option<&str> {
        match &self.values {
            AxisValues::Range(range) => Some(&range.unit),
            AxisValues::List(values) => {
                let mut units = values.iter().map(|value| match split_number(value.trim()) {
                    (Some(_), unit) => Some(unit),
                    (None, _) => None,
                });
                let first = units.next()??;
                units.all(|unit| unit == Some(first)).then_some(first)
            }
        }
    }

    /// The number of its values, where it has so many by itself; `None` where it is sampled.
    pub fn count(&self) -> Option<u64> {
        match &self.values {
            AxisValues::List(values) => Some(values.len() as u64),
            AxisValues::Range(range) => match range.way {
                Way::Grid(count) => Some(u64::from(count)),
                Way::Latin | Way::Sobol | Way::Saltelli => None,
            },
        }
    }

    /// Whether it is a dimension of a Sobol sequence.
    pub fn is_by_sobol(&self) -> bool {
        matches!(&self.values, AxisValues::Range(range) if range.way == Way::Sobol)
    }

    /// Whether it is a key of Saltelli's design.
    pub fn is_by_saltelli(&self) -> bool {
        matches!(&self.values, AxisValues::Range(range) if range.way == Way::Saltelli)
    }

    /// The value with this number, from 0, of a list or a grid.
    pub fn nth(&self, number: u64) -> AxisValue {
        match &self.values {
            AxisValues::List(values) => {
                let text = values.get(number as usize).cloned().unwrap_or_default();
                let number = self.unit().and_then(|_| split_number(text.trim()).0);
                AxisValue { text, number }
            }
            AxisValues::Range(range) => match range.way {
                Way::Grid(count) => {
                    let share = number as f64 / f64::from(count.max(2) - 1);
                    range.value(range.between(share))
                }
                Way::Latin | Way::Sobol | Way::Saltelli => range.value(range.low),
            },
        }
    }

    /// The value at a coordinate, from 0 to below 1, of a sampled range.
    pub fn at(&self, coordinate: f64) -> AxisValue {
        match &self.values {
            AxisValues::Range(range) => range.value(range.sampled(coordinate)),
            AxisValues::List(values) => self.nth((coordinate * values.len() as f64) as u64),
        }
    }

    /// Its least and its greatest value, or each of a list: enough to see whether the key takes them.
    pub fn extremes(&self) -> Vec<AxisValue> {
        match &self.values {
            AxisValues::List(values) => (0..values.len() as u64).map(|number| self.nth(number)).collect(),
            AxisValues::Range(range) => vec![range.value(range.low), range.value(range.high)],
        }
    }
}

impl Range {
    /// The number at a share of the way from the lower end to the upper.
    fn between(&self, share: f64) -> f64 {
        let number = if share <= 0.0 {
            self.low
        } else if share >= 1.0 {
            self.high
        } else if self.log {
            // By these functions and no others: the same bits on every machine.
            self.low * libm::exp(share * libm::log(self.high / self.low))
        } else {
            self.low + share * (self.high - self.low)
        };
        if self.whole { number.round() } else { number }
    }

    /// The number at a coordinate, from 0 to below 1: of whole numbers each is as likely.
    fn sampled(&self, coordinate: f64) -> f64 {
        if self.whole && !self.log {
            return (self.low + (coordinate * (self.high - self.low + 1.0)).floor()).min(self.high);
        }
        self.between(coordinate)
    }

    fn value(&self, number: f64) -> AxisValue {
        let text = if self.unit.is_empty() {
            number.to_string()
        } else {
            format!("{number} {}", self.unit)
        };
        AxisValue {
            text,
            number: Some(number),
        }
    }
}

/// As it is read by [`Axis::of`], for all but lists with values that have no such form.
impl fmt::Display for AxisValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AxisValues::List(values) => f.write_str(&values.join(",")),
            AxisValues::Range(range) => {
                write!(f, "{}..{}", range.low, range.high)?;
                if !range.unit.is_empty() {
                    write!(f, " {}", range.unit)?;
                }
                if range.log {
                    f.write_str(":log")?;
                }
                if range.whole {
                    f.write_str(":whole")?;
                }
                match range.way {
                    Way::Grid(count) => write!(f, ":grid({count})"),
                    Way::Latin => f.write_str(":lhs"),
                    Way::Sobol => f.write_str(":sobol"),
                    Way::Saltelli => f.write_str(":saltelli"),
                }
            }
        }
    }
}

fn mistake(place: &str, found: String, expected: String) -> Mistake {
    Mistake {
        place: place.to_owned(),
        key: String::new(),
        found,
        expected,
        nearest: None,
    }
}

/// Reads a range; `None` where it is a list.
fn range(spec: &str, place: &str) -> Result<Option<Range>, Mistake> {
    let Some((low_text, rest)) = spec.split_once("..") else {
        // Words of a range, where no key takes them as a value.
        let last = spec.rsplit(':').next().unwrap_or_default().trim();
        if way_of(last).is_some() || last.starts_with("grid(") {
            let found = format!("{} without its two ends", quoted(spec));
            return Err(mistake(place, found, ACCEPTED.to_owned()));
        }
        return Ok(None);
    };
    let (Some(low), low_unit) = split_number(low_text.trim()) else {
        return Ok(None);
    };
    if low_unit.contains(',') {
        let found = format!("{}, a range among other values", quoted(spec));
        return Err(mistake(place, found, ACCEPTED.to_owned()));
    }
    let refuse = |found: String| mistake(place, found, ACCEPTED.to_owned());
    let mut words = rest.split(':').map(str::trim);
    let high_text = words.next().unwrap_or_default();
    let (Some(high), high_unit) = split_number(high_text) else {
        return Err(refuse(format!("{}, whose upper end is no number", quoted(spec))));
    };
    if high_unit.contains(',') {
        return Err(refuse(format!("{}, a range among other values", quoted(spec))));
    }
    if !low_unit.is_empty() && low_unit != high_unit {
        return Err(refuse(format!("{}, whose ends have other units", quoted(spec))));
    }
    let (mut log, mut whole, mut way) = (false, false, None);
    for word in words {
        match (word, way_of(word)) {
            ("log", _) => log = true,
            ("whole", _) => whole = true,
            (_, Some(one)) if way.is_none() => way = Some(one),
            (_, Some(_)) => return Err(refuse(format!("{} with two ways to take values", quoted(spec)))),
            (_, None) => return Err(refuse(format!("the word {}", quoted(word)))),
        }
    }
    let Some(way) = way else {
        return Err(refuse(format!("{} without a way to take values from it", quoted(spec))));
    };
    if !(low.is_finite() && high.is_finite() && low < high) {
        return Err(refuse(format!("{}, which does not run up", quoted(spec))));
    }
    if log && low <= 0.0 {
        let found = format!("{}, which has no logarithm at its lower end", quoted(spec));
        return Err(mistake(place, found, "a lower end above 0".to_owned()));
    }
    if whole && (low.fract() != 0.0 || high.fract() != 0.0) {
        let found = format!("{}, whose ends are not whole", quoted(spec));
        return Err(mistake(place, found, "whole numbers at both ends".to_owned()));
    }
    if let Way::Grid(count) = way
        && whole
        && f64::from(count) > high - low + 1.0
    {
        let found = format!("{count} places on {} whole numbers", high - low + 1.0);
        return Err(mistake(place, found, "at most as many".to_owned()));
    }
    Ok(Some(Range {
        low,
        high,
        unit: high_unit.to_owned(),
        log,
        whole,
        way,
    }))
}

fn way_of(word: &str) -> Option<Way> {
    match word {
        "lhs" => Some(Way::Latin),
        "sobol" => Some(Way::Sobol),
        "saltelli" => Some(Way::Saltelli),
        _ => {
            let count = word.strip_prefix("grid(")?.strip_suffix(')')?.trim().parse().ok()?;
            (2..=MOST_ON_GRID).contains(&count).then_some(Way::Grid(count))
        }
    }
}

/// Reads a list: values between commas that do not stand in quotes or brackets.
fn list(spec: &str, place: &str) -> Result<Vec<String>, Mistake> {
    let mut values = vec![String::new()];
    let (mut depth, mut quote) = (0_usize, None);
    for c in spec.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                values.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(value) = values.last_mut() {
            value.push(c);
        }
    }
    let mut values: Vec<String> = values.iter().map(|value| value.trim().to_owned()).collect();
    if values.iter().any(String::is_empty) {
        let found = format!("{} with an empty value", quoted(spec));
        return Err(mistake(place, found, ACCEPTED.to_owned()));
    }
    share_unit(&mut values);
    if let Some(twice) = (1..values.len()).find(|&at| values[..at].contains(&values[at])) {
        let found = format!("{} twice", quoted(&values[twice]));
        return Err(mistake(place, found, "each value once".to_owned()));
    }
    Ok(values)
}

/// Gives the unit of the last value to plain numbers before it.
fn share_unit(values: &mut [String]) {
    let Some((last, others)) = values.split_last_mut() else {
        return;
    };
    let (Some(_), unit) = split_number(last) else {
        return;
    };
    if unit.is_empty() || others.iter().any(|value| split_number(value).0.is_none()) {
        return;
    }
    for value in others.iter_mut().filter(|value| split_number(value).1.is_empty()) {
        value.push(' ');
        value.push_str(unit);
    }
}
