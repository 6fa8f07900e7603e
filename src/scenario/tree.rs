//! The scenario file as a small tree: tables, lists and values, each knowing the line on which it stands.

use super::mistake::Place;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it was written.
    pub place: Place,
}

/// A value of a scenario file.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `"4 um/h"`
    Text(String),
    /// `200`; an integer that does not fit is a [`Value::Float`].
    Whole(i128),
    /// `0.5`
    Float(f64),
    /// `true`
    Flag(bool),
    /// `2024-11-12`
    Date(String),
    /// `[1, 2]`
    List(Vec<Node>),
    /// `{ a = 1 }` or `[a]`
    Table(Table),
}

/// Keys and their values, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// A key of a table and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key was written.
    pub place: Place,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    /// Gives `key` a new value.
    pub fn set(&mut self, key: &str, node: Node) {
        match self.entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => {
                entry.place = node.place;
                entry.node = node;
            }
            None => self.entries.push(Entry {
                key: key.to_owned(),
                place: node.place,
                node,
            }),
        }
    }
}

impl Node {
    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// What it is, for a message.
    pub fn describe(&self) -> String {
        match &self.value {
            Value::Text(text) => quoted(text),
            Value::Whole(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Date(date) => format!("the date {date}"),
            Value::List(list) => format!("a list of {}", list.len()),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}

/// `text` in quotes, shortened where it is long and on one line whatever it holds.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    let plain = shown.chars().all(|c| !c.is_control() && c != '"' && c != '\\');
    if plain {
        format!("\"{shown}\"")
    } else {
        format!("{shown:?}")
    }
}

/// A mistake in the TOML itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxMistake {
    /// Where.
    pub place: Place,
    /// What was found.
    pub found: String,
    /// What TOML wants there.
    pub expected: String,
}

/// Reads a whole file.
///
/// # Errors
/// Every mistake in the TOML, at most one a line.
pub fn parse_document(text: &str) -> Result<Table, Vec<SyntaxMistake>> {
    let lines = Lines::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(lines.table(table.get_ref()));
    }
    let mut mistakes: Vec<SyntaxMistake> = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            let (problem, expected) = error
                .message()
                .split_once(", expected ")
                .unwrap_or((error.message(), ""));
            let snippet = text.get(span.clone()).map(str::trim).unwrap_or_default();
            SyntaxMistake {
                place: Place::Line(lines.line(span.start)),
                found: if snippet.is_empty() {
                    problem.to_owned()
                } else {
                    format!("{} ({problem})", quoted(snippet))
                },
                expected: if expected.is_empty() {
                    "valid TOML".to_owned()
                } else {
                    expected.to_owned()
                },
            }
        })
        .collect();
    mistakes.sort_by_key(|mistake| mistake.place);
    mistakes.dedup_by_key(|mistake| mistake.place);
    Err(mistakes)
}

/// Reads the value of an override: a TOML value where it is one, else the text itself.
pub fn parse_override(text: &str, place: Place) -> Node {
    let (value, errors) = DeValue::parse_recoverable(text.trim());
    let value = if errors.is_empty() {
        convert(value.get_ref(), &|_| place)
    } else {
        Value::Text(text.to_owned())
    };
    Node { value, place }
}

/// Where each line of a text begins, in bytes.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Lines(
            std::iter::once(0)
                .chain(text.match_indices('\n').map(|(at, _)| at + 1))
                .collect(),
        )
    }

    fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|&begin| begin <= offset)
    }

    fn table(&self, table: &DeTable<'_>) -> Table {
        convert_table(table, &|offset| Place::Line(self.line(offset)))
    }
}

fn convert(value: &DeValue<'_>, place: &dyn Fn(usize) -> Place) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
            Ok(whole) => Value::Whole(whole),
            Err(_) => Value::Float(number.as_str().parse().unwrap_or(f64::INFINITY)),
        },
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::List(list.iter().map(|item| convert_node(item, place)).collect()),
        DeValue::Table(table) => Value::Table(convert_table(table, place)),
    }
}

fn convert_node(node: &Spanned<DeValue<'_>>, place: &dyn Fn(usize) -> Place) -> Node {
    Node {
        value: convert(node.get_ref(), place),
        place: place(node.span().start),
    }
}

fn convert_table(table: &DeTable<'_>, place: &dyn Fn(usize) -> Place) -> Table {
    let mut entries: Vec<(usize, Entry)> = table
        .iter()
        .map(|(key, node)| {
            let entry = Entry {
                key: key.get_ref().to_string(),
                place: place(key.span().start),
                node: convert_node(node, place),
            };
            (key.span().start, entry)
        })
        .collect();
    entries.sort_by_key(|&(start, _)| start);
    Table {
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}
