//! Parts that tables of a scenario are made of.

use crate::model::biology::Biology;
use crate::model::parameter::{Dimension, Grade, HOUR_S, Parameter, Section};
use crate::model::word::Word;
use crate::scenario::shape::{Form, Key, Shape};
use crate::scenario::words::MediumOrigin;
use crate::scenario::{genotypes, hypotheses};

/// A table without keys.
pub const NOTHING: Shape = of_numbers("", "", &[]);

/// A number of the run itself, which has no grade of evidence.
pub const fn setting(
    section: &'static str,
    key: &'static str,
    meaning: &'static str,
    dimension: Dimension,
    default: f64,
    accepted: (f64, f64),
) -> Parameter {
    let (grade, source) = (Grade::X, "setting");
    Parameter {
        section,
        key,
        meaning,
        dimension,
        default,
        accepted,
        typical: accepted,
        grade,
        source,
        example: "",
    }
}

/// A key that may be left out.
pub const fn key(name: &'static str, form: Form, meaning: &'static str, example: &'static str) -> Key {
    Key {
        name,
        meaning,
        form,
        required: false,
        example,
    }
}

/// A key that must be there.
pub const fn required(name: &'static str, form: Form, meaning: &'static str, example: &'static str) -> Key {
    Key {
        required: true,
        ..key(name, form, meaning, example)
    }
}

/// Keys that are no numbers, in rows: name, form, meaning and example; `required` where one must be there. A constant stands for
/// its key, `..LIST` for all those of a list.
macro_rules! keys {
    (@ [$($done:tt)*]) => { $crate::scenario::list::list![$($done)*] };
    (@ [$($done:tt)*] ..$list:expr; $($rest:tt)*) => { $crate::scenario::tables::parts::keys!(@ [$($done)* ..$list,] $($rest)*) };
    (@ [$($done:tt)*] $key:ident; $($rest:tt)*) => { $crate::scenario::tables::parts::keys!(@ [$($done)* $key,] $($rest)*) };
    (@ [$($done:tt)*] required $name:literal: $form:expr, $meaning:literal, $example:literal; $($rest:tt)*) => {
        $crate::scenario::tables::parts::keys!(@ [$($done)* $crate::scenario::tables::parts::required($name, $form, $meaning, $example),] $($rest)*)
    };
    (@ [$($done:tt)*] $name:literal: $form:expr, $meaning:literal, $example:literal; $($rest:tt)*) => {
        $crate::scenario::tables::parts::keys!(@ [$($done)* $crate::scenario::tables::parts::key($name, $form, $meaning, $example),] $($rest)*)
    };
    (@ $($unknown:tt)*) => { compile_error!("a row of keys is: \"name\": form, \"meaning\", \"example\";") };
    ($($rows:tt)*) => { $crate::scenario::tables::parts::keys!(@ [] $($rows)*) };
}
pub(crate) use keys;

/// Settings of the run, in rows: name, dimension, default, accepted range and meaning, and an example where the default by
/// itself is none; the table's name stands before them.
macro_rules! settings {
    ($section:literal $($key:literal: $dimension:expr, $default:expr, $accepted:expr, $meaning:literal $(, $example:literal)?;)*) => {
        &[$($crate::model::parameter::Parameter {
            $(example: $example,)?
            ..$crate::scenario::tables::parts::setting($section, $key, $meaning, $dimension, $default, $accepted)
        }),*]
    };
}
pub(super) use settings;

/// "Must be given", in the place of a default.
pub const GIVEN: f64 = f64::NAN;
/// Ten years, h: the longest time that a scenario may speak of.
pub const LONG: f64 = 87_600.0;
/// One second, h.
pub const SECOND: f64 = 1.0 / HOUR_S;

/// Doses that are accepted wherever one is written, in the unit of their myokine.
pub const DOSES_ACCEPTED: (f64, f64) = (0.0, 1e9);

/// In the lists of positions: two lengths in a planar well, three in a slab.
pub const POSITION: Form = Form::Lengths(&[2, 3], "x and y (and z in a slab)");
/// In the lists of boxes.
pub const BOX: Form = Form::Lengths(&[4, 6], "x0, y0, x1, y1 (in a slab also x0, y0, z0, x1, y1, z1)");

pub const FROM: Key = key(
    "from",
    Form::Word(MediumOrigin::WORDS),
    "what the medium has met; or give doses",
    r#"from = "exercised muscle""#,
);
pub const DONOR_LIGHT: Key = key(
    "light",
    Form::Table("light"),
    "the light that exercises the donor muscle",
    r#"from = "exercised muscle"
       light = { session = "30 min", every = "12 h" }"#,
);
pub const DOSES: Key = key(
    "doses",
    Form::Doses,
    "medium made up by hand: a dose for each myokine named",
    r#"doses = { myokines = 0.5 }"#,
);
pub const WHICH_MYOKINE: Key = key(
    "myokine",
    Form::Text,
    "which myokine; may be left out where there is only one",
    r#"myokine = "myokines""#,
);

/// Keys of the sections of the biology.
const SECTIONS: [Key; Biology::SECTIONS.len()] = {
    let mut keys = [WHICH_MYOKINE; Biology::SECTIONS.len()];
    let mut index = 0;
    while index < keys.len() {
        let section = &Biology::SECTIONS[index];
        keys[index] = key(section.name, Form::Table(section.name), section.subject, "");
        index += 1;
    }
    keys
};

/// Keys of the biology and the gel, of the whole plate and of a condition alike.
pub const BIOLOGY: &[Key] = keys! {
    "genotype": Form::Word(&genotypes::NAMES),
        "a genotype of amyotrophic lateral sclerosis, which brings numbers of its own; wild type where left out",
        r#"genotype = "SOD1-A4V""#;
    "hypothesis": Form::Word(&hypotheses::NAMES),
        "which of several contested findings holds: it brings its numbers, and its study's protocol for `actuation`",
        r#"hypothesis = "bu-2024""#;
    "matrix": Form::Table("matrix"), "how stiff the gel is",
        r#"matrix = { stiffness = "500 Pa" }"#;
    ..&SECTIONS;
};

/// The table of a section of the model.
pub const fn section<S: Section>() -> Shape {
    of_numbers(S::NAME, S::MEANING, S::PARAMETERS)
}

/// A table of documented numbers.
pub const fn of_numbers(name: &'static str, meaning: &'static str, documented: &'static [Parameter]) -> Shape {
    Shape {
        name,
        meaning,
        settings: &[],
        documented,
        keys: &[],
    }
}
