//! The scenario file as a small tree: tables, lists and values, each knowing the line on which it stands.

use super::mistake::FilePlace;
use super::printable::{is_printable, printable};
use serde::{Serialize, Serializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct TomlNode {
    /// The value.
    pub value: TomlValue,
    /// Where it was written.
    pub place: FilePlace,
}

/// A value of a scenario file.
#[derive(Clone, Debug, PartialEq)]
pub enum TomlValue {
    /// `"4 um/h"`
    Text(String),
    /// `200`; an integer that does not fit is a [`TomlValue::Float`].
    Whole(i128),
    /// `0.5`
    Float(f64),
    /// `true`
    Flag(bool),
    /// `2024-11-12`
    Date(String),
    /// `[1, 2]`
    List(Vec<TomlNode>),
    /// `{ a = 1 }` or `[a]`
    Table(TomlTable),
}

/// Keys and their values, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TomlTable {
    /// Its entries.
    pub entries: Vec<TomlEntry>,
}

/// A key of a table and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct TomlEntry {
    /// The key.
    pub key: String,
    /// Where the key was written.
    pub place: FilePlace,
    /// The value.
    pub node: TomlNode,
}

impl TomlTable {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&TomlNode> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    /// Gives `key` a new value.
    pub fn set(&mut self, key: &str, node: TomlNode) {
        match self.entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => {
                entry.place = node.place;
                entry.node = node;
            }
            None => self.entries.push(TomlEntry {
                key: key.to_owned(),
                place: node.place,
                node,
            }),
        }
    }
}

impl TomlNode {
    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&TomlTable> {
        match &self.value {
            TomlValue::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Names it for a message.
    pub fn describe(&self) -> String {
        match &self.value {
            TomlValue::Text(text) => quoted(text),
            TomlValue::Whole(number) => number.to_string(),
            TomlValue::Float(number) => format!("{number:?}"),
            TomlValue::Flag(flag) => flag.to_string(),
            TomlValue::Date(date) => format!("the date {date}"),
            TomlValue::List(list) => format!("a list of {}", list.len()),
            TomlValue::Table(_) => "a table".to_owned(),
        }
    }
}

/// Written again, a tree has its keys in the same order and its numbers to the last digit.
impl Serialize for TomlTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.entries.iter().map(|entry| (&entry.key, &entry.node)))
    }
}

impl Serialize for TomlNode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            TomlValue::Text(text) | TomlValue::Date(text) => text.serialize(serializer),
            TomlValue::Whole(number) => number.serialize(serializer),
            TomlValue::Float(number) => number.serialize(serializer),
            TomlValue::Flag(flag) => flag.serialize(serializer),
            TomlValue::List(list) => list.serialize(serializer),
            TomlValue::Table(table) => table.serialize(serializer),
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
    let plain = shown.chars().all(|c| is_printable(c) && c != '"' && c != '\\');
    if plain {
        format!("\"{shown}\"")
    } else {
        let escaped = shown
            .replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
            .replace('\t', "\\t");
        format!("\"{}\"", printable(&escaped))
    }
}

/// Puts a key behind a dotted path; a part that would not read as one word of it is quoted.
pub fn join(path: &str, part: &str) -> String {
    let plain = part.chars().all(|c| is_printable(c) && !matches!(c, '.' | '"' | '\'')) && part.len() <= 60;
    let part = if plain { part.to_owned() } else { quoted(part) };
    if path.is_empty() {
        part
    } else {
        format!("{path}.{part}")
    }
}

/// A mistake in the TOML itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxMistake {
    /// Where.
    pub place: FilePlace,
    /// The text that was found.
    pub found: String,
    /// The syntax that TOML wants there.
    pub expected: String,
}

/// Reads a whole file.
///
/// # Errors
/// Every mistake in the TOML, at most one a line.
pub fn parse_document(text: &str) -> Result<TomlTable, Vec<SyntaxMistake>> {
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
                place: FilePlace::Line(lines.line(span.start)),
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
pub fn parse_override(text: &str, place: FilePlace) -> TomlNode {
    let (value, errors) = DeValue::parse_recoverable(text.trim());
    let value = if errors.is_empty() {
        convert(value.get_ref(), &|_| place)
    } else {
        TomlValue::Text(text.to_owned())
    };
    TomlNode { value, place }
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

    fn table(&self, table: &DeTable<'_>) -> TomlTable {
        convert_table(table, &|offset| FilePlace::Line(self.line(offset)))
    }
}

fn convert(value: &DeValue<'_>, place: &dyn Fn(usize) -> FilePlace) -> TomlValue {
    match value {
        DeValue::String(text) => TomlValue::Text(text.to_string()),
        DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
            Ok(whole) => TomlValue::Whole(whole),
            Err(_) => TomlValue::Float(number.as_str().parse().unwrap_or(f64::INFINITY)),
        },
        DeValue::Float(number) => TomlValue::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => TomlValue::Flag(*flag),
        DeValue::Datetime(date) => TomlValue::Date(date.to_string()),
        DeValue::Array(list) => TomlValue::List(list.iter().map(|item| convert_node(item, place)).collect()),
        DeValue::Table(table) => TomlValue::Table(convert_table(table, place)),
    }
}

fn convert_node(node: &Spanned<DeValue<'_>>, place: &dyn Fn(usize) -> FilePlace) -> TomlNode {
    TomlNode {
        value: convert(node.get_ref(), place),
        place: place(node.span().start),
    }
}

fn convert_table(table: &DeTable<'_>, place: &dyn Fn(usize) -> FilePlace) -> TomlTable {
    let mut entries: Vec<(usize, TomlEntry)> = table
        .iter()
        .map(|(key, node)| {
            let entry = TomlEntry {
                key: key.get_ref().to_string(),
                place: place(key.span().start),
                node: convert_node(node, place),
            };
            (key.span().start, entry)
        })
        .collect();
    entries.sort_by_key(|&(start, _)| start);
    TomlTable {
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}
