//! A scenario file key by key: where each table stands, what each key takes, and an example of it to paste. `explain`, completions
//! and `docs/scenario.md` are made of this, and this of the tables that the reader goes by.

use super::quantity::{self, Measurand};
use super::reader::alternatives;
use super::resolved::MUST_BE_GIVEN;
use super::shape::{Form, Key, Shape, find};
use super::tables::SHAPES;
use super::tree::join;
use crate::model::parameter::{Dimension, Parameter};

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The table.
    pub shape: &'static Shape,
    /// The key in it.
    pub of: EntryKind,
}

/// A key is a number, or holds something else.
#[derive(Clone, Copy, Debug)]
pub enum EntryKind {
    /// A number.
    Number(&'static Parameter),
    /// Anything else.
    Other(&'static Key),
}

/// The keys of a table: those that must be there first.
pub fn entries(shape: &'static Shape) -> Vec<Entry> {
    let others = shape.keys.iter().map(EntryKind::Other);
    let numbers = shape.settings.iter().chain(shape.documented).map(EntryKind::Number);
    let mut all: Vec<Entry> = others.chain(numbers).map(|of| Entry { shape, of }).collect();
    all.sort_by_key(|entry| !entry.is_required());
    all
}

/// Every key of every table.
pub fn all_entries() -> impl Iterator<Item = Entry> {
    SHAPES.iter().flat_map(entries)
}

impl Entry {
    /// The key's name.
    pub fn name(&self) -> &'static str {
        match self.of {
            EntryKind::Number(parameter) => parameter.key,
            EntryKind::Other(key) => key.name,
        }
    }

    /// The table's name and the key's, such as `growth_cone.speed`.
    pub fn path(&self) -> String {
        join(self.shape.name, self.name())
    }

    /// Whether it must be there.
    pub fn is_required(&self) -> bool {
        match self.of {
            EntryKind::Number(parameter) => self.shape.requires(parameter),
            EntryKind::Other(key) => key.required,
        }
    }

    /// Its meaning.
    pub fn meaning(&self) -> &'static str {
        match self.of {
            EntryKind::Number(parameter) => parameter.meaning.trim(),
            EntryKind::Other(key) => key.meaning,
        }
    }

    /// The type of its value.
    pub fn value_type(&self) -> String {
        let of = |counts: &[usize]| format!("{} lengths", alternatives(counts));
        match self.of {
            EntryKind::Number(parameter) => Measurand::from(parameter.dimension).name().to_owned(),
            EntryKind::Other(key) => match key.form {
                Form::Text => "a text".to_owned(),
                Form::Texts => "a list of texts or numbers".to_owned(),
                Form::File => "the name of a file beside the scenario".to_owned(),
                Form::Seed => "a whole number".to_owned(),
                Form::Flag => "true or false".to_owned(),
                Form::Word(_) => "a word".to_owned(),
                Form::Words(_) => "a word, or a list of words".to_owned(),
                Form::Lengths(counts, _) => format!("a list of {}", of(counts)),
                Form::Boxes(counts, _) => format!("a list of boxes, each of {}", of(counts)),
                Form::Table(name) => format!("a table `{name}`"),
                Form::TableOrOff(name) => format!("a table `{name}`, or \"off\""),
                Form::Tables(name) => format!("a list of tables `{name}`"),
                Form::Conditions => "the name of a condition, or a list of names".to_owned(),
                Form::Quantity(dimension, _) => Measurand::from(dimension).name().to_owned(),
                Form::Band => "a list of two numbers".to_owned(),
                Form::Doses => "a table of doses by the name of a myokine".to_owned(),
                Form::Changes => "a table of new values by dotted key of the biology".to_owned(),
                Form::Morphologies => "\"all\", \"none\" or a whole number".to_owned(),
            },
        }
    }

    /// The words of which its value is one, or has several.
    pub fn words(&self) -> &'static [&'static str] {
        match self.of {
            EntryKind::Number(parameter) => match parameter.dimension {
                Dimension::Choice(words) => words,
                _ => &[],
            },
            EntryKind::Other(key) => match key.form {
                Form::Word(words) | Form::Words(words) => words,
                Form::Flag => &["true", "false"],
                _ => &[],
            },
        }
    }

    /// The quantity that its value is, or of which it has several; `None` of what is none.
    pub fn dimension(&self) -> Option<Dimension> {
        match self.of {
            EntryKind::Number(parameter) => Some(parameter.dimension),
            EntryKind::Other(key) => match key.form {
                Form::Lengths(..) | Form::Boxes(..) => Some(Dimension::Length),
                Form::Quantity(dimension, _) => Some(dimension),
                _ => None,
            },
        }
    }

    /// The values that it takes; empty where the type says all.
    pub fn values(&self) -> String {
        let range = |dimension: Dimension, range| quantity::format_range(range, dimension.into());
        match self.of {
            EntryKind::Number(parameter) => range(parameter.dimension, parameter.accepted),
            EntryKind::Other(key) => match key.form {
                Form::Word(_) | Form::Words(_) => self.words().join(", "),
                Form::Lengths(_, what) | Form::Boxes(_, what) => what.to_owned(),
                Form::Quantity(dimension, accepted) => range(dimension, accepted),
                Form::Seed => format!("0 to {}", u64::MAX),
                _ => String::new(),
            },
        }
    }

    /// The unit in which its value is customarily written; empty of plain numbers and of what is no number.
    pub fn unit(&self) -> &'static str {
        self.dimension()
            .map_or("", |dimension| Measurand::from(dimension).unit())
    }

    /// Its default; empty of what may be left out and has none.
    pub fn default_text(&self) -> String {
        match self.of {
            EntryKind::Number(parameter) if !parameter.default.is_nan() => default_text(parameter),
            _ if self.is_required() => MUST_BE_GIVEN.to_owned(),
            _ => String::new(),
        }
    }

    /// The lines of its example: its own, and before it those of other keys of the table that it needs.
    pub fn example(&self) -> Vec<String> {
        let written = match self.of {
            EntryKind::Number(parameter) => parameter.example,
            EntryKind::Other(key) => key.example,
        };
        if !written.is_empty() {
            return written.lines().map(|line| line.trim().to_owned()).collect();
        }
        let value = match self.of {
            EntryKind::Number(parameter) => default_in_toml(parameter),
            EntryKind::Other(key) => match key.form {
                Form::Table(name) => first_number(name),
                _ => String::new(),
            },
        };
        vec![format!("{} = {value}", self.name())]
    }

    /// The line of the example that is its own.
    fn own_line(&self) -> Option<String> {
        self.example().into_iter().find(|line| key_of(line) == self.name())
    }

    /// Lines that can be pasted behind a scenario, or at its top where the key stands there: the headers of the tables that it stands
    /// in, with what these must have, and its example. Empty of a table that no other holds.
    pub fn to_paste(&self) -> String {
        let Some(way) = places(self.shape.name).into_iter().next() else {
            return String::new();
        };
        let mut text = String::new();
        let mut path = String::new();
        for (number, step) in way.iter().enumerate() {
            path = join(&path, step.key.name);
            let header = if step.is_list() {
                format!("[[{path}]]")
            } else {
                format!("[{path}]")
            };
            let Some(shape) = step.within() else { continue };
            let (example, name) = match way.get(number + 1) {
                Some(next) => (next.entry().example(), next.key.name),
                None => (self.example(), ""),
            };
            let example: Vec<String> = example.into_iter().filter(|line| key_of(line) != name).collect();
            let body = with_required(shape, example, name);
            if step.is_list() || !body.is_empty() {
                text += &format!("{header}\n{}", body.join("\n"));
                text += if body.is_empty() { "" } else { "\n" };
            }
        }
        if way.is_empty() {
            text = self.example().join("\n") + "\n";
        }
        text
    }
}

/// A table to paste, with all that it must have; empty for the top of a file, which is no table.
pub fn table_to_paste(shape: &'static Shape) -> String {
    match entries(shape).first() {
        Some(first) if !shape.name.is_empty() => first.to_paste(),
        _ => String::new(),
    }
}

/// Example lines of a table, with what it must have but for the key `name`.
fn with_required(shape: &'static Shape, example: Vec<String>, name: &str) -> Vec<String> {
    let all = entries(shape);
    let required = all
        .iter()
        .filter(|entry| entry.is_required() && entry.name() != name)
        .filter(|entry| !example.iter().any(|line| key_of(line) == entry.name()));
    required
        .filter_map(Entry::own_line)
        .chain(example.iter().cloned())
        .collect()
}

/// The key of a line such as `seed = 7`.
fn key_of(line: &str) -> &str {
    line.split_once('=').map_or(line, |(key, _)| key).trim()
}

/// A table within another, at one of its keys.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    shape: &'static Shape,
    /// The key.
    pub key: &'static Key,
}

impl Step {
    /// Whether there may be several.
    pub fn is_list(&self) -> bool {
        matches!(self.key.form, Form::Tables(_))
    }

    /// The table that stands there.
    pub fn within(&self) -> Option<&'static Shape> {
        find(SHAPES, table_at(self.key)?)
    }

    fn entry(&self) -> Entry {
        Entry {
            shape: self.shape,
            of: EntryKind::Other(self.key),
        }
    }
}

/// The name of the table that a key holds.
fn table_at(key: &Key) -> Option<&'static str> {
    match key.form {
        Form::Table(name) | Form::TableOrOff(name) | Form::Tables(name) => Some(name),
        _ => None,
    }
}

/// The ways from the top of a file to the places of the table of that name; an empty way to the top itself.
pub fn places(name: &str) -> Vec<Vec<Step>> {
    if name.is_empty() {
        return vec![Vec::new()];
    }
    let holders = SHAPES
        .iter()
        .flat_map(|shape| shape.keys.iter().map(move |key| Step { shape, key }));
    let here = holders.filter(|step| table_at(step.key) == Some(name));
    here.flat_map(|step| {
        places(step.shape.name).into_iter().map(move |mut way| {
            way.push(step);
            way
        })
    })
    .collect()
}

/// The place of what stands in no table.
pub const TOP: &str = "the top of the file";

/// A place as its header stands in a file: `[[condition]]`, `[condition.medium]`.
pub fn header(way: &[Step]) -> String {
    let path = way.iter().fold(String::new(), |path, step| join(&path, step.key.name));
    match way.last() {
        Some(step) if step.is_list() => format!("[[{path}]]"),
        Some(_) => format!("[{path}]"),
        None => TOP.to_owned(),
    }
}

/// The key that a dotted path leads to, as `--set` takes it: members of lists by name or number, or left out.
pub fn follow(path: &str) -> Option<Entry> {
    fn within(shape: &'static Shape, parts: &[String], may_be_member: bool) -> Option<Entry> {
        let (first, rest) = parts.split_first()?;
        let entry = entries(shape).into_iter().find(|entry| entry.name() == first);
        let here = entry.and_then(|entry| match entry.of {
            _ if rest.is_empty() => Some(entry),
            EntryKind::Other(key) => {
                let inner = find(SHAPES, table_at(key)?)?;
                within(inner, rest, matches!(key.form, Form::Tables(_)))
            }
            EntryKind::Number(_) => None,
        });
        here.or_else(|| {
            if may_be_member {
                within(shape, rest, false)
            } else {
                None
            }
        })
    }
    within(find(SHAPES, "")?, &super::overrides::split_key(path), false)
}

/// The default of a parameter with its unit.
pub fn default_text(parameter: &Parameter) -> String {
    if parameter.default.is_nan() {
        return MUST_BE_GIVEN.to_owned();
    }
    quantity::format(parameter.default, parameter.dimension.into())
}

/// The default as it stands in a file.
fn default_in_toml(parameter: &Parameter) -> String {
    let text = default_text(parameter);
    match parameter.dimension {
        Dimension::Number | Dimension::Count | Dimension::Dose => text,
        _ => format!("\"{text}\""),
    }
}

/// A table with its first number as it is by default.
fn first_number(name: &str) -> String {
    let numbers = find(SHAPES, name).map_or(&[][..], |shape| shape.documented);
    numbers.first().map_or("{}".to_owned(), |parameter| {
        format!("{{ {} = {} }}", parameter.key, default_in_toml(parameter))
    })
}
