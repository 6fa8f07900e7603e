//! The shape of a scenario file: its tables, their keys, and what each key means. The reader refuses what is
//! not here; `explain` and the JSON schema are written from it.

use crate::model::parameter::{Dimension, Parameter};

/// A table of a scenario file.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its name, such as `well`; empty for the top of the file.
    pub name: &'static str,
    /// Its subject, in a sentence or two.
    pub meaning: &'static str,
    /// Settings of the run that are numbers.
    pub settings: &'static [Parameter],
    /// Documented numbers of the model.
    pub documented: &'static [Parameter],
    /// Keys that hold anything else.
    pub keys: &'static [Key],
}

/// A key that holds something other than one number.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Its meaning.
    pub meaning: &'static str,
    /// The form of its value.
    pub form: Form,
    /// Whether it must be there.
    pub required: bool,
    /// An example: its line, ahead of which may stand those of other keys of the table that it needs. Empty of a table of which
    /// the first number is the example.
    pub example: &'static str,
}

/// The form of a key's value.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// A text.
    Text,
    /// A list of texts and numbers.
    Texts,
    /// The name of a file.
    File,
    /// A whole number from 0 on.
    Seed,
    /// `true` or `false`.
    Flag,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// One of a few words, or a list of them.
    Words(&'static [&'static str]),
    /// Lengths: their possible numbers, and their meaning in words.
    Lengths(&'static [usize], &'static str),
    /// A table of the named shape.
    Table(&'static str),
    /// A table of the named shape, or `"off"`.
    TableOrOff(&'static str),
    /// A list of tables of the named shape.
    Tables(&'static str),
    /// A name, or a list of names, of conditions.
    Conditions,
    /// A quantity that may be left out, and what is accepted for it (model units).
    Quantity(Dimension, (f64, f64)),
    /// A list of boxes of so many lengths; what they are, in words.
    Boxes(&'static [usize], &'static str),
    /// Two numbers, the least and the greatest.
    Band,
    /// Doses by name of the myokine.
    Doses,
    /// New values by dotted key of the biology.
    Changes,
    /// `"all"`, `"none"` or how many.
    Morphologies,
}

impl Shape {
    /// Every key that the table may hold.
    pub fn key_names(&self) -> impl Iterator<Item = &'static str> {
        let numbers = self
            .settings
            .iter()
            .chain(self.documented)
            .map(|parameter| parameter.key);
        self.keys.iter().map(|key| key.name).chain(numbers)
    }

    /// Whether a number of the table must be there: it has no default, and no other key of the table stands for it.
    pub fn requires(&self, parameter: &Parameter) -> bool {
        let has_stand_in = self.keys.iter().any(|key| matches!(key.form, Form::Doses));
        parameter.default.is_nan() && !has_stand_in
    }

    /// The setting of that name.
    pub fn setting(&self, key: &str) -> Option<&'static Parameter> {
        self.settings.iter().find(|parameter| parameter.key == key)
    }
}

/// The shape of that name among `shapes`.
pub fn find(shapes: &'static [Shape], name: &str) -> Option<&'static Shape> {
    shapes.iter().find(|shape| shape.name == name)
}
