//! The numbers that a genotype or a hypothesis brings along, each with its own grade and source.

use crate::model::parameter::Grade;
use crate::model::parameters::Actuation;
use crate::model::plate::StrainMode;

/// A name and the numbers that it brings.
#[derive(Debug)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// Its meaning.
    pub meaning: &'static str,
    /// The numbers of the biology that it brings.
    pub brings: &'static [Brought],
    /// The movement of the gel in the study, for a condition that has it moved and does not say otherwise.
    pub protocol: Option<StudyProtocol>,
}

/// A number of the biology that a name brings.
#[derive(Clone, Copy, Debug)]
pub struct Brought {
    /// Its dotted key.
    pub path: &'static str,
    /// The effect on it.
    pub effect: Effect,
    /// The grade of it.
    pub grade: Grade,
    /// Its source.
    pub source: &'static str,
}

/// An effect on a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// Multiplies the number.
    Times(f64),
    /// Replaces the number by this value, in model units.
    To(f64),
}

/// The movement of the gel in a study.
#[derive(Clone, Debug)]
pub struct StudyProtocol {
    /// The kind of movement.
    pub strain: StrainMode,
    /// Largest strain.
    pub amplitude: f64,
    /// Cycles per second.
    pub frequency_hz: f64,
    /// Length of a session, h.
    pub session_h: f64,
    /// From one session's start to the next, h.
    pub every_h: f64,
    /// The grade of it.
    pub grade: Grade,
    /// Its source.
    pub source: &'static str,
}

impl Effect {
    /// The number after it was `value`.
    pub fn apply(self, value: f64) -> f64 {
        match self {
            Effect::Times(factor) => value * factor,
            Effect::To(value) => value,
        }
    }
}

impl StudyProtocol {
    /// Its numbers; those that it does not bring keep their documented defaults.
    pub fn actuation(&self) -> Actuation {
        Actuation {
            amplitude: self.amplitude,
            frequency_hz: self.frequency_hz,
            session_h: self.session_h,
            every_h: self.every_h,
            ..Actuation::default()
        }
    }
}

/// The names, for the key that takes one.
pub const fn names<const N: usize>(named: &[Named; N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut index = 0;
    while index < N {
        names[index] = named[index].name;
        index += 1;
    }
    names
}

/// Short for a number that a name brings.
pub const fn brings(path: &'static str, effect: Effect, grade: Grade, source: &'static str) -> Brought {
    Brought {
        path,
        effect,
        grade,
        source,
    }
}
