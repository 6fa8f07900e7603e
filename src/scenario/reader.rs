//! Reads tables of known shape out of the tree.

use super::mistake::{FilePlace, nearest};
use super::notes::{Notes, Spot};
use super::overrides::member_name;
use super::printable::is_printable;
use super::quantity::{Measurand, yes_or_no};
use super::shape::{Form, Key, Shape, find};
use super::tree::{SyntaxMistake, TomlNode, TomlTable, TomlValue, join, parse_document, quoted};
use crate::model::parameter::Dimension;
use crate::model::word::Word;

/// Characters of the longest text that a key may hold.
const LONGEST_TEXT: usize = 500;
/// Members of a list of tables that are read at most.
const MOST_MEMBERS: usize = 10_000;

/// A table of the file, opened under its shape.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    /// Notes about the file.
    pub notes: &'a Notes<'a>,
    /// Its entries.
    pub table: &'a TomlTable,
    /// Where it begins.
    pub place: FilePlace,
    /// Its dotted key, such as `condition.control`; empty at the top.
    pub path: String,
    /// The keys that it may have.
    pub shape: &'static Shape,
    /// The shapes of the tables within.
    pub shapes: &'static [Shape],
}

/// The text of a whole file as a tree; `None` where it is no TOML.
pub fn parse(notes: &Notes<'_>, text: &str) -> Option<TomlTable> {
    let note = |wrong: Vec<SyntaxMistake>| {
        for mistake in wrong {
            notes
                .spot(mistake.place, "TOML")
                .refuse(mistake.found, mistake.expected);
        }
    };
    parse_document(text).map_err(note).ok()
}

/// Opens the whole of a file under the shape without a name.
pub fn open<'a>(notes: &'a Notes<'a>, table: &'a TomlTable, shapes: &'static [Shape]) -> Option<Fields<'a>> {
    let top = Fields {
        notes,
        table,
        place: FilePlace::Whole,
        path: String::new(),
        shape: find(shapes, "")?,
        shapes,
    };
    top.check_keys();
    Some(top)
}

impl<'a> Fields<'a> {
    /// The dotted key of one of its keys.
    pub fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// The value at `key`.
    pub fn value(&self, key: &str) -> Option<&'a TomlNode> {
        self.table.get(key)
    }

    /// Whether `key` is written.
    pub fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    /// The spot where `key` stands; that of the table, if the key is left out.
    pub fn at(&self, key: &str) -> Spot<'a> {
        let place = self.value(key).map_or(self.place, |node| node.place);
        self.notes.spot(place, self.path_of(key))
    }

    /// The spot of a member, by its number, of a list of tables; that of the list where there is none.
    pub fn at_member(&self, key: &str, number: usize) -> Spot<'a> {
        let mut spot = self.at(key);
        if let Some(TomlValue::List(members)) = self.value(key).map(|node| &node.value)
            && let Some(member) = members.get(number)
        {
            spot.place = member.place;
        }
        spot
    }

    /// The spot where the table begins.
    pub fn here(&self) -> Spot<'a> {
        self.notes.spot(self.place, self.path.clone())
    }

    /// Notes what the table holds beyond its shape, and what it lacks.
    fn check_keys(&self) {
        for entry in &self.table.entries {
            if self.shape.key_names().any(|known| known == entry.key) {
                continue;
            }
            let name = if self.shape.name.is_empty() {
                "the top of the file"
            } else {
                self.shape.name
            };
            let known: Vec<&str> = self.shape.key_names().collect();
            let expected = format!("a key of {name}: {}", known.join(", "));
            let spot = self.notes.spot(entry.place, self.path_of(&entry.key));
            spot.refuse_near("an unknown key", expected, nearest(&entry.key, known));
        }
        for key in self.shape.keys.iter().filter(|key| key.required && !self.has(key.name)) {
            self.missing(key.name, &expected_of(key));
        }
    }

    /// Notes that `key` is missing, unless it is there misspelt and was noted as that.
    pub fn missing(&self, key: &str, expected: &str) {
        let known: Vec<&str> = self.shape.key_names().collect();
        let mut unknown = self
            .table
            .entries
            .iter()
            .filter(|entry| !known.contains(&entry.key.as_str()));
        if unknown.any(|entry| nearest(&entry.key, known.iter().copied()).as_deref() == Some(key)) {
            return;
        }
        self.notes
            .spot(self.place, self.path_of(key))
            .refuse("nothing", expected);
    }

    /// The key of this name, where the shape has it and it holds more than a number.
    pub(super) fn key(&self, key: &str) -> Option<&'static Key> {
        self.shape.keys.iter().find(|known| known.name == key)
    }

    /// The table within at `place`, under the shape that `key` has; its keys are not checked.
    pub(super) fn within<'t>(
        &self,
        key: &str,
        table: &'t TomlTable,
        place: FilePlace,
        path: String,
    ) -> Option<Fields<'t>>
    where
        'a: 't,
    {
        let (Form::Table(name) | Form::TableOrOff(name) | Form::Tables(name)) = self.key(key)?.form else {
            return None;
        };
        Some(Fields {
            notes: self.notes,
            table,
            place,
            path,
            shape: find(self.shapes, name)?,
            shapes: self.shapes,
        })
    }

    /// As [`Fields::within`], with its keys checked.
    fn open(&self, key: &str, table: &'a TomlTable, place: FilePlace, path: String) -> Option<Fields<'a>> {
        let opened = self.within(key, table, place, path)?;
        opened.check_keys();
        Some(opened)
    }

    /// The table at `key`, opened.
    pub fn table(&self, key: &str) -> Option<Fields<'a>> {
        let node = self.value(key)?;
        match &node.value {
            TomlValue::Table(table) => self.open(key, table, node.place, self.path_of(key)),
            _ => self.at(key).wrong_kind(node, expected_of(self.key(key)?)),
        }
    }

    /// The table at `key`, opened, or nothing within where `"off"` stands there.
    pub fn table_or_off(&self, key: &str) -> Option<Option<Fields<'a>>> {
        match &self.value(key)?.value {
            TomlValue::Text(word) if word == "off" => Some(None),
            _ => self.table(key).map(Some),
        }
    }

    /// The list of tables at `key`, opened; named members go by their name.
    pub fn tables(&self, key: &str) -> Vec<Fields<'a>> {
        let Some(node) = self.value(key) else {
            return Vec::new();
        };
        let spot = self.at(key);
        let TomlValue::List(list) = &node.value else {
            let write = if self.path.is_empty() {
                format!("[[{key}]]")
            } else {
                format!("{key} = [{{ ... }}]")
            };
            spot.refuse(node.describe(), format!("a list of tables, written {write}"));
            return Vec::new();
        };
        if list.len() > MOST_MEMBERS {
            spot.refuse(format!("{} tables", list.len()), format!("at most {MOST_MEMBERS}"));
            return Vec::new();
        }
        let members = list.iter().enumerate().filter_map(|(number, member)| {
            let path = join(&spot.path, member_name(member).unwrap_or(&number.to_string()));
            match &member.value {
                TomlValue::Table(table) => self.open(key, table, member.place, path),
                _ => self.notes.spot(member.place, path).wrong_kind(member, "a table"),
            }
        });
        members.collect()
    }

    /// The text at `key`; one line that is not empty and can be read, and not too long for a name.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        let node = self.value(key)?;
        match &node.value {
            TomlValue::Text(text) if text.chars().count() > LONGEST_TEXT => {
                let found = format!("{} of {} characters", quoted(text), text.chars().count());
                self.at(key)
                    .refused(found, format!("at most {LONGEST_TEXT} characters"))
            }
            TomlValue::Text(text) if !text.trim().is_empty() && text.chars().all(is_printable) => Some(text),
            TomlValue::Text(text) if !text.chars().all(is_printable) => self.at(key).wrong_kind(
                node,
                "a text on one line, of characters that can be seen and turn neither the line nor the terminal",
            ),
            _ => self
                .at(key)
                .wrong_kind(node, "a text in quotes, on one line and not empty"),
        }
    }

    /// The name at `key`: a text that goes into tables, where a spreadsheet must not take it for a formula.
    pub fn name(&self, key: &str) -> Option<&'a str> {
        const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
        let name = self.text(key)?;
        if name.trim_start().starts_with(FORMULA) {
            let expected = "a name that begins otherwise than with = + - @, which spreadsheets take for a formula";
            return self.at(key).refused(quoted(name), expected);
        }
        Some(name)
    }

    /// `true` or `false` at `key`; `false` if it is left out.
    pub fn flag(&self, key: &str) -> bool {
        match self.value(key) {
            None => false,
            Some(TomlNode {
                value: TomlValue::Flag(flag),
                ..
            }) => *flag,
            Some(TomlNode {
                value: TomlValue::Text(word),
                ..
            }) if let Some(flag) = yes_or_no(word) => flag,
            Some(node) => self.at(key).wrong_kind(node, "true or false").unwrap_or(false),
        }
    }

    /// The word at `key`.
    pub fn word<W: Word>(&self, key: &str) -> Option<W> {
        let measure = Measurand::from(Dimension::Choice(W::WORDS));
        let number = self.at(key).quantity(self.value(key)?, measure)?;
        W::from_number(number)
    }

    /// The word or the words at `key`; at least one.
    pub fn words<W: Word>(&self, key: &str) -> Option<Vec<W>> {
        let node = self.value(key)?;
        let TomlValue::List(members) = &node.value else {
            return self.word(key).map(|word| vec![word]);
        };
        if members.is_empty() {
            let expected = format!("one or more of {}", W::WORDS.join(", "));
            return self.at(key).refused("an empty list", expected);
        }
        let measure = Measurand::from(Dimension::Choice(W::WORDS));
        let word = |(number, member)| W::from_number(self.at_member(key, number).quantity(member, measure)?);
        members.iter().enumerate().map(word).collect()
    }

    /// The place of the word at `key` among those of its shape.
    pub fn choice(&self, key: &str) -> Option<usize> {
        let Form::Word(words) = self.key(key)?.form else {
            return None;
        };
        let measure = Measurand::from(Dimension::Choice(words));
        let index = self.at(key).quantity(self.value(key)?, measure)?;
        Some(index as usize)
    }
}

/// `2 or 3`, `1 to 8`
pub(super) fn alternatives(counts: &[usize]) -> String {
    match counts {
        [first, _, .., last] if last - first == counts.len() - 1 && counts.len() > 2 => format!("{first} to {last}"),
        _ => counts.iter().map(usize::to_string).collect::<Vec<_>>().join(" or "),
    }
}

fn expected_of(key: &Key) -> String {
    match key.form {
        Form::Lengths(counts, what) => format!("{} lengths: {what}", alternatives(counts)),
        Form::Text => format!("a text: {}", key.meaning),
        Form::File => format!("the name of a file: {}", key.meaning),
        Form::Table(name) => format!("a table [{name}]: {}", key.meaning),
        Form::TableOrOff(name) => format!("a table [{name}] or \"off\": {}", key.meaning),
        Form::Tables(name) => format!("at least one [[{name}]]: {}", key.meaning),
        _ => key.meaning.to_owned(),
    }
}
