//! The list of every number that a scenario resolves to, for `check`, the report and the record of a run.

use super::quantity::{self, Measurand};
use crate::model::parameter::{Dimension, Grade, Parameter};

/// The origin of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The documented default.
    Default,
    /// Written in the file or given by `--set`.
    Set,
    /// Brought by the name of a myokine, a genotype or a hypothesis.
    Preset,
    /// Follows from others.
    Computed,
}

impl Origin {
    /// One word for it.
    pub fn word(self) -> &'static str {
        match self {
            Origin::Default => "default",
            Origin::Set => "set",
            Origin::Preset => "preset",
            Origin::Computed => "computed",
        }
    }
}

/// A number of the scenario as the run will use it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// Its dotted key, as `--set` takes it.
    pub path: String,
    /// The value in model units.
    pub value: f64,
    /// The value in the unit that it is customarily written in, and that unit, empty for a plain number; `None` of a choice of
    /// words.
    pub figure: Option<(f64, &'static str)>,
    /// The range outside of which it is unusual, in the same unit; `None` of a choice of words.
    pub typical: Option<(f64, f64)>,
    /// Whether it counts something.
    pub is_count: bool,
    /// The value as one would write it, with its unit.
    pub text: String,
    /// The default as one would write it.
    pub default_text: String,
    /// Its meaning.
    pub meaning: &'static str,
    /// The origin of the value.
    pub origin: Origin,
    /// The grade of the default.
    pub grade: Grade,
    /// The source of the default.
    pub source: &'static str,
}

/// The default of what has none.
pub const MUST_BE_GIVEN: &str = "must be given";

impl Resolved {
    /// Describes `value` of `parameter` at `path`.
    pub fn new(path: String, value: f64, measure: Measurand, origin: Origin, parameter: &Parameter) -> Self {
        let text = quantity::format(value, measure);
        Self {
            path,
            value,
            figure: quantity::figure(value, measure),
            is_count: parameter.dimension == Dimension::Count,
            typical: quantity::figure(parameter.typical.0, measure)
                .zip(quantity::figure(parameter.typical.1, measure))
                .map(|((low, _), (high, _))| (low, high)),
            text,
            default_text: if parameter.default.is_nan() {
                MUST_BE_GIVEN.to_owned()
            } else {
                quantity::format(parameter.default, measure)
            },
            meaning: parameter.meaning,
            origin,
            grade: parameter.grade,
            source: parameter.source,
        }
    }

    /// As JSON, for the record of a run.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "key": self.path,
            "value": self.text,
            "model_value": self.value,
            "origin": self.origin.word(),
            "grade": self.grade.to_string(),
            "source": self.source,
        })
    }
}
