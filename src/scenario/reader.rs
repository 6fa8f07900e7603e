//! Reads tables of known shape out of the tree and gathers every mistake and warning on the way: nothing here
//! stops at the first one. What cannot be read is `None` or keeps its default, and the walk goes on.

use super::mistake::{Mistake, Place, Warning, nearest};
use super::overrides::{Override, member_name};
use super::quantity::Measure;
use super::resolved::Resolved;
use super::shape::{self, Form, Key, Shape};
use super::tree::{Node, Table, Value, quoted};
use crate::model::parameter::Dimension;

/// A table of the file, opened under its shape.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    /// Its entries.
    pub table: &'a Table,
    /// Where it begins.
    pub place: Place,
    /// Its dotted key, such as `condition.control`; empty at the top.
    pub path: String,
    /// What it may hold.
    pub shape: &'static Shape,
}

impl Fields<'_> {
    /// The dotted key of one of its keys.
    pub fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// Where `key` stands, or the table itself if the key is left out.
    pub fn place_of(&self, key: &str) -> Place {
        self.table.get(key).map_or(self.place, |node| node.place)
    }
}

/// Puts a key behind a dotted path; a part that would not read as one word of it is quoted.
pub fn join(path: &str, part: &str) -> String {
    let plain = part.chars().all(|c| !c.is_control() && !matches!(c, '.' | '"' | '\'')) && part.len() <= 60;
    let part = if plain { part.to_owned() } else { quoted(part) };
    if path.is_empty() {
        part
    } else {
        format!("{path}.{part}")
    }
}

/// Gathers what is read.
#[derive(Debug)]
pub struct Reader<'a> {
    file: &'a str,
    shapes: &'static [Shape],
    overrides: &'a [Override],
    /// Mistakes so far.
    pub mistakes: Vec<(Place, Mistake)>,
    /// Warnings so far.
    pub warnings: Vec<(Place, Warning)>,
    /// Resolved parameters so far.
    pub resolved: Vec<Resolved>,
}

impl<'a> Reader<'a> {
    /// A reader of `file`, whose tables have `shapes`, changed by `overrides`.
    pub fn new(file: &'a str, shapes: &'static [Shape], overrides: &'a [Override]) -> Self {
        Self {
            file,
            shapes,
            overrides,
            mistakes: Vec::new(),
            warnings: Vec::new(),
            resolved: Vec::new(),
        }
    }

    /// Notes a mistake.
    pub fn mistake(&mut self, place: Place, key: &str, found: impl Into<String>, expected: impl Into<String>) {
        self.mistake_near(place, key, found, expected, None);
    }

    /// Notes a mistake that may be a slip of the pen for `nearest`.
    pub fn mistake_near(
        &mut self,
        place: Place,
        key: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
        nearest: Option<String>,
    ) {
        let (place_text, key) = self.locate(place, key);
        let mistake = Mistake {
            place: place_text,
            key,
            found: found.into(),
            expected: expected.into(),
            nearest,
        };
        self.mistakes.push((place, mistake));
    }

    /// Notes a warning.
    pub fn warn(&mut self, place: Place, key: &str, text: impl Into<String>) {
        let (place_text, key) = self.locate(place, key);
        self.warnings.push((
            place,
            Warning {
                place: place_text,
                key,
                text: text.into(),
            },
        ));
    }

    fn locate(&self, place: Place, key: &str) -> (String, String) {
        match place {
            Place::Whole => (self.file.to_owned(), key.to_owned()),
            Place::Line(line) => (format!("{}:{line}", self.file), key.to_owned()),
            Place::Override(number) => match self.overrides.get(number) {
                Some(Override { key: typed, value }) => {
                    let key = if typed == key { "" } else { key };
                    (
                        format!("--set {typed}={value}").replace(char::is_control, " "),
                        key.to_owned(),
                    )
                }
                None => ("--set".to_owned(), key.to_owned()),
            },
        }
    }

    /// Opens a table under its shape: notes what it holds beyond it and what it lacks.
    pub fn open<'t>(&mut self, table: &'t Table, place: Place, path: String, shape: &'static Shape) -> Fields<'t> {
        let fields = Fields {
            table,
            place,
            path,
            shape,
        };
        for entry in &table.entries {
            if !shape.key_names().any(|known| known == entry.key) {
                self.unknown_key(&fields, &entry.key, entry.place);
            }
        }
        for key in shape
            .keys
            .iter()
            .filter(|key| key.required && table.get(key.name).is_none())
        {
            self.missing(&fields, key.name, &expected_of(key));
        }
        fields
    }

    fn unknown_key(&mut self, fields: &Fields<'_>, key: &str, place: Place) {
        let path = fields.path_of(key);
        let name = if fields.shape.name.is_empty() {
            "the top of the file"
        } else {
            fields.shape.name
        };
        let known: Vec<&str> = fields.shape.key_names().collect();
        let expected = format!("a key of {name}: {}", known.join(", "));
        self.mistake_near(place, &path, "an unknown key", expected, nearest(key, known));
    }

    /// Notes that `key` is missing, unless it is there misspelt and was noted as that.
    pub fn missing(&mut self, fields: &Fields<'_>, key: &str, expected: &str) {
        let known: Vec<&str> = fields.shape.key_names().collect();
        let mut unknown = fields
            .table
            .entries
            .iter()
            .filter(|entry| !known.contains(&entry.key.as_str()));
        if unknown.any(|entry| nearest(&entry.key, known.iter().copied()).as_deref() == Some(key)) {
            return;
        }

        self.mistake(fields.place, &fields.path_of(key), "nothing", expected);
    }

    /// Notes that a key holds the wrong kind of value.
    pub fn wrong_kind(&mut self, node: &Node, path: &str, expected: &str) {
        self.mistake(node.place, path, node.describe(), expected);
    }

    /// The table at `key`, opened.
    pub fn table<'t>(&mut self, fields: &Fields<'t>, key: &str) -> Option<Fields<'t>> {
        let node = fields.table.get(key)?;
        let path = fields.path_of(key);
        let shape = self.shape_at(fields, key)?;
        match &node.value {
            Value::Table(table) => Some(self.open(table, node.place, path, shape)),
            _ => {
                let known = fields.shape.keys.iter().find(|known| known.name == key);
                self.wrong_kind(node, &path, &known.map_or_else(String::new, expected_of));
                None
            }
        }
    }

    /// The table at `key`, opened, or nothing within where `"off"` stands there.
    pub fn table_or_off<'t>(&mut self, fields: &Fields<'t>, key: &str) -> Option<Option<Fields<'t>>> {
        let node = fields.table.get(key)?;
        match &node.value {
            Value::Text(word) if word == "off" => Some(None),
            _ => self.table(fields, key).map(Some),
        }
    }

    /// The list of tables at `key`, opened; named members go by their name.
    pub fn tables<'t>(&mut self, fields: &Fields<'t>, key: &str) -> Vec<Fields<'t>> {
        let Some(node) = fields.table.get(key) else {
            return Vec::new();
        };
        let path = fields.path_of(key);
        let Some(shape) = self.shape_at(fields, key) else {
            return Vec::new();
        };
        let Value::List(list) = &node.value else {
            let write = if fields.path.is_empty() {
                format!("[[{key}]]")
            } else {
                format!("{key} = [{{ ... }}]")
            };
            self.wrong_kind(node, &path, &format!("a list of tables, written {write}"));
            return Vec::new();
        };
        let mut opened = Vec::new();
        for (number, member) in list.iter().enumerate() {
            let path = join(&path, member_name(member).unwrap_or(&number.to_string()));
            match &member.value {
                Value::Table(table) => opened.push(self.open(table, member.place, path, shape)),
                _ => self.wrong_kind(member, &path, "a table"),
            }
        }
        opened
    }

    pub(super) fn shape_at(&self, fields: &Fields<'_>, key: &str) -> Option<&'static Shape> {
        let form = fields.shape.keys.iter().find(|known| known.name == key)?.form;
        match form {
            Form::Table(name) | Form::TableOrOff(name) | Form::Tables(name) => shape::find(self.shapes, name),
            _ => None,
        }
    }

    /// The text at `key`; one line that is not empty.
    pub fn text<'t>(&mut self, fields: &Fields<'t>, key: &str) -> Option<&'t str> {
        let node = fields.table.get(key)?;
        match &node.value {
            Value::Text(text) if !text.trim().is_empty() && !text.chars().any(char::is_control) => Some(text),
            _ => {
                self.wrong_kind(
                    node,
                    &fields.path_of(key),
                    "a text in quotes, on one line and not empty",
                );
                None
            }
        }
    }

    /// `true` or `false` at `key`; `false` if it is left out.
    pub fn flag(&mut self, fields: &Fields<'_>, key: &str) -> bool {
        match fields.table.get(key) {
            None => false,
            Some(Node {
                value: Value::Flag(flag),
                ..
            }) => *flag,
            Some(node) => {
                self.wrong_kind(node, &fields.path_of(key), "true or false");
                false
            }
        }
    }

    /// The place of the word at `key` among those that may stand there.
    pub fn word(&mut self, fields: &Fields<'_>, key: &str) -> Option<usize> {
        let node = fields.table.get(key)?;
        let form = fields.shape.keys.iter().find(|known| known.name == key)?.form;
        let Form::Word(words) = form else { return None };
        let measure = Measure::from(Dimension::Choice(words));
        self.quantity(node, &fields.path_of(key), measure)
            .map(|index| index as usize)
    }
}

/// `2 or 3`
pub(super) fn alternatives(counts: &[usize]) -> String {
    counts.iter().map(usize::to_string).collect::<Vec<_>>().join(" or ")
}

fn expected_of(key: &Key) -> String {
    match key.form {
        Form::Lengths(counts, what) => format!("{} lengths: {what}", alternatives(counts)),
        Form::Text => format!("a text: {}", key.meaning),
        Form::Table(name) => format!("a table [{name}]: {}", key.meaning),
        Form::TableOrOff(name) => format!("a table [{name}] or \"off\": {}", key.meaning),
        Form::Tables(name) => format!("at least one [[{name}]]: {}", key.meaning),
        _ => key.meaning.to_owned(),
    }
}
