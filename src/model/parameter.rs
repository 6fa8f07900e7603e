//! Parameters: numbers with a unit, a range, a grade and a source, each written down once.
//!
//! The scenario reader, `--set`, `outgrowth explain`, the JSON schema, the report and the documentation
//! are all generated from the tables that the `sections!` macro makes in [`super::parameters`].

use std::fmt;

/// Seconds in an hour.
pub const HOUR_S: f64 = 3600.0;

/// The kind of quantity that a number is, and so the units it may be written in. Model units are µm, h, rad and
/// fractions; a rate is per hour, a diffusivity µm²/h.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// µm.
    Length,
    /// h.
    Time,
    /// µm/h.
    Speed,
    /// µm²/h, customarily written in µm²/s.
    Diffusivity,
    /// Events per hour.
    Rate,
    /// rad, customarily written in degrees.
    Angle,
    /// rad/h.
    AngularRate,
    /// Hz, whatever the model's unit of time: an actuator is set in cycles per second.
    Frequency,
    /// A share or a strain: a plain number or per cent.
    Fraction,
    /// A plain number.
    Number,
    /// Concentration in the unit of its myokine: relative to exercised medium, or nM.
    Dose,
    /// Concentration per hour.
    DoseRate,
    /// kPa, which is nN/µm²; customarily written in Pa.
    Pressure,
    /// nN.
    Force,
    /// µm/h per nN.
    SpeedPerForce,
    /// kPa·h; customarily written in Pa·s.
    Viscosity,
    /// mg/mL.
    MassConcentration,
    /// A whole number.
    Count,
    /// One of a few words; the number is its place in the list.
    Choice(&'static [&'static str]),
}

/// The trust in a default, from a measurement in the system itself to an assumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Measured in the system at hand and published.
    A,
    /// Measured in a near neighbour system.
    B,
    /// Order of magnitude: a knob, never to be quoted as fact.
    C,
    /// Exact: mathematics, or a setting of the computation.
    X,
}

impl Grade {
    /// The grade in words.
    pub fn meaning(self) -> &'static str {
        match self {
            Grade::A => "measured in the system at hand and published",
            Grade::B => "measured in a near neighbour system",
            Grade::C => "order of magnitude: a knob, not a fact",
            Grade::X => "exact, or a setting of the computation",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// One documented number of the model.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The table of the scenario that it stands in, such as `growth_cone`.
    pub section: &'static str,
    /// Its key there, such as `speed`.
    pub key: &'static str,
    /// Its meaning, in a sentence or two.
    pub meaning: &'static str,
    /// The quantity that it is.
    pub dimension: Dimension,
    /// Its default, in model units.
    pub default: f64,
    /// Values outside this interval are refused (model units).
    pub accepted: (f64, f64),
    /// Values outside this interval are unusual for the biology and draw a warning (model units).
    pub typical: (f64, f64),
    /// The grade of the default.
    pub grade: Grade,
    /// The source of the default.
    pub source: &'static str,
    /// An example: its line in a scenario, ahead of which may stand those of other keys that it needs; empty where the default by
    /// itself is one.
    pub example: &'static str,
}

impl Parameter {
    /// `section.key`, as `--set` and `explain` take it.
    pub fn path(&self) -> String {
        format!("{}.{}", self.section, self.key)
    }
}

/// The numbers of a section of any kind, in model units and in the order of its parameters.
pub trait AnySection {
    /// The name of the table in a scenario.
    fn name(&self) -> &'static str;
    /// The documentation of its numbers.
    fn parameters(&self) -> &'static [Parameter];
    /// The value at `index` of the parameters; NaN beyond them.
    fn get(&self, index: usize) -> f64;
    /// Puts `value` at `index` of the parameters; an index beyond them is ignored.
    fn set(&mut self, index: usize, value: f64);
}

/// A table of the scenario whose entries are documented numbers.
pub trait Section: AnySection + Default + Clone {
    /// The name of the table in a scenario.
    const NAME: &'static str;
    /// The subject of the table, in a sentence or two.
    const MEANING: &'static str;
    /// Its numbers, in the order of the struct's fields.
    const PARAMETERS: &'static [Parameter];

    /// The parameter with this key.
    fn parameter(key: &str) -> Option<&'static Parameter> {
        Self::PARAMETERS.iter().find(|parameter| parameter.key == key)
    }
}

/// Defines the sections: a struct of `f64` fields in model units and its table of parameters at once.
macro_rules! sections {
    ($(
        $(#[doc = $section_doc:literal])+
        $name:ident = $section:literal {
            $(
                $(#[doc = $doc:literal])+
                $field:ident = $key:literal: $dimension:expr, $default:expr, accepted $lo:expr, $hi:expr,
                typical $tlo:expr, $thi:expr, $grade:ident, $source:literal;
            )+
        }
    )+) => {
        $(
            $(#[doc = $section_doc])+
            #[derive(Clone, Copy, Debug, PartialEq)]
            pub struct $name {
                $( $(#[doc = $doc])+ pub $field: f64, )+
            }

            impl Default for $name {
                fn default() -> Self {
                    Self { $( $field: $default, )+ }
                }
            }

            impl $crate::model::parameter::Section for $name {
                const NAME: &'static str = $section;
                const MEANING: &'static str = concat!($($section_doc),+);
                const PARAMETERS: &'static [$crate::model::parameter::Parameter] = &[ $(
                    $crate::model::parameter::Parameter {
                        section: $section,
                        key: $key,
                        meaning: concat!($($doc),+),
                        dimension: $dimension,
                        default: $default,
                        accepted: ($lo, $hi),
                        typical: ($tlo, $thi),
                        grade: $crate::model::parameter::Grade::$grade,
                        source: $source,
                        example: "",
                    },
                )+ ];
            }

            impl $crate::model::parameter::AnySection for $name {
                fn name(&self) -> &'static str {
                    $section
                }

                fn parameters(&self) -> &'static [$crate::model::parameter::Parameter] {
                    <Self as $crate::model::parameter::Section>::PARAMETERS
                }

                fn get(&self, index: usize) -> f64 {
                    [$( self.$field, )+].get(index).copied().unwrap_or(f64::NAN)
                }

                fn set(&mut self, index: usize, value: f64) {
                    let fields = [$( &mut self.$field, )+];
                    if let Some(field) = fields.into_iter().nth(index) {
                        *field = value;
                    }
                }
            }
        )+

        /// Every documented number of the model, section by section.
        pub fn all() -> Vec<&'static $crate::model::parameter::Parameter> {
            let mut all = Vec::new();
            $( all.extend(<$name as $crate::model::parameter::Section>::PARAMETERS); )+
            all
        }
    };
}
pub(crate) use sections;
