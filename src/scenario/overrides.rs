//! Overrides: `--set growth_cone.speed="6 um/h"` changes the tree of a scenario before it is read, exactly as
//! if the file had been edited. Members of a list are addressed by their name or by their number from 0.

use super::mistake::{FilePlace, listed, nearest};
use super::tree::{TomlNode, TomlTable, TomlValue, join, parse_document, parse_override, quoted};
use std::str::FromStr;

/// One `KEY=VALUE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The dotted key, such as `condition.control.wells`.
    pub key: String,
    /// The value as it was typed: a TOML value, or plain text.
    pub value: String,
}

impl Override {
    /// An override of `key` by `value`.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
        }
    }
}

/// An override without `=` or without a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found {}; expected KEY=VALUE, such as growth_cone.speed=\"6 um/h\"", quoted(.0))]
pub struct NotAnOverride(pub String);

impl std::fmt::Display for Override {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={}", self.key, self.value)
    }
}

impl FromStr for Override {
    type Err = NotAnOverride;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((key, value)) if !key.trim().is_empty() => Ok(Self::new(key.trim(), value.trim())),
            _ => Err(NotAnOverride(text.to_owned())),
        }
    }
}

/// Whether overrides make another experiment of a scenario: another seed makes none.
pub(super) fn change_more_than_the_seed(overrides: &[Override]) -> bool {
    overrides.iter().any(|change| change.key != "seed")
}

/// Why an override could not be put in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// The part of the key that leads nowhere.
    pub found: String,
    /// Keys that could have stood there.
    pub expected: String,
    /// The nearest name that exists.
    pub nearest: Option<String>,
}

/// Parts of the longest dotted key that is followed.
const DEEPEST: usize = 16;

/// Puts one override into the tree; `number` is its place among all of them.
///
/// # Errors
/// When the key leads through something that is neither a table nor a list, or to no member of a list. Whether
/// the key is known at all is seen when the tree is read.
pub fn apply(root: &mut TomlTable, change: &Override, number: usize) -> Result<(), Misplaced> {
    let place = FilePlace::Override(number);
    let node = parse_override(&change.value, place);
    let steps = split_key(&change.key);
    let Some((last, way)) = steps.split_last() else {
        return Ok(());
    };
    if steps.len() > DEEPEST {
        return Err(Misplaced {
            found: format!("a key of {} parts", steps.len()),
            expected: format!("at most {DEEPEST}, as no key of a scenario lies deeper"),
            nearest: None,
        });
    }
    let mut table = root;
    let mut rest = way;
    while let Some((step, onward)) = rest.split_first() {
        let at = match table.entries.iter().position(|entry| entry.key == *step) {
            Some(at) => at,
            None => {
                table.set(
                    step,
                    TomlNode {
                        value: TomlValue::Table(TomlTable::default()),
                        place,
                    },
                );
                table.entries.len() - 1
            }
        };
        rest = onward;
        let mut value = &mut table.entries[at].node.value;
        if let TomlValue::List(list) = value {
            let Some((member, onward)) = rest.split_first() else {
                if let Some(only) = only_member(list, last) {
                    only.set(last, node);
                    return Ok(());
                }
                return match find_member(list, last) {
                    Some(index) if !matches!(list[index].value, TomlValue::Table(_)) => {
                        list[index] = node;
                        Ok(())
                    }
                    found => Err(wants_key(step, last, found.is_some())),
                };
            };
            let (index, onward) = if only_member(list, member).is_some() {
                (0, rest)
            } else {
                let index = find_member(list, member).ok_or_else(|| no_member(step, list, member))?;
                (index, onward)
            };
            rest = onward;
            value = &mut list[index].value;
        }
        table = match value {
            TomlValue::Table(inner) => inner,
            _ => {
                return Err(Misplaced {
                    found: format!("{} that holds a single value", quoted(step)),
                    expected: "a table on the way to the key".to_owned(),
                    nearest: None,
                });
            }
        };
    }
    table.set(last, node);
    Ok(())
}

/// A scenario's text with overrides put in their places, as one table that can be written again.
///
/// # Errors
/// A sentence, where the text is no TOML or an override has no place in it.
pub fn overridden(text: &str, overrides: &[Override]) -> Result<toml::Table, String> {
    table_of(&tree_with(text, overrides)?)
}

/// A scenario's tree with overrides put in their places. What it shows was said of the scenario as it was, and is left out where they
/// make another experiment of it.
///
/// # Errors
/// A sentence, where the text is no TOML or an override has no place in it.
pub fn tree_with(text: &str, overrides: &[Override]) -> Result<TomlTable, String> {
    let mut tree = parse_document(text).map_err(|_| "its text is no TOML".to_owned())?;
    for (number, change) in overrides.iter().enumerate() {
        apply(&mut tree, change, number).map_err(|misplaced| format!("{change}: found {}", misplaced.found))?;
    }
    if change_more_than_the_seed(overrides) {
        tree.entries.retain(|entry| entry.key != "shows");
    }
    Ok(tree)
}

fn table_of(table: &TomlTable) -> Result<toml::Table, String> {
    let entries = table.entries.iter();
    entries
        .map(|entry| Ok((entry.key.clone(), value_of(&entry.node.value)?)))
        .collect()
}

/// A value of the tree as TOML writes it.
///
/// # Errors
/// A sentence, where it holds a number that is too large for TOML.
pub fn value_of(value: &TomlValue) -> Result<toml::Value, String> {
    Ok(match value {
        TomlValue::Text(text) => toml::Value::String(text.clone()),
        TomlValue::Whole(number) => match i64::try_from(*number) {
            Ok(number) => toml::Value::Integer(number),
            Err(_) => return Err(format!("{number} is too large a number for TOML")),
        },
        TomlValue::Float(number) => toml::Value::Float(*number),
        TomlValue::Flag(flag) => toml::Value::Boolean(*flag),
        TomlValue::Date(date) => toml::Value::String(date.clone()),
        TomlValue::List(list) => toml::Value::Array(
            list.iter()
                .map(|node| value_of(&node.value))
                .collect::<Result<_, String>>()?,
        ),
        TomlValue::Table(table) => toml::Value::Table(table_of(table)?),
    })
}

/// The parts of a dotted key; a part that holds a dot stands in quotes.
pub fn split_key(key: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for c in key.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '.') => parts.push(String::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

/// The name of a member of a list, where it has one.
pub fn member_name(node: &TomlNode) -> Option<&str> {
    match &node.value {
        TomlValue::Table(table) => match table.get("name").map(|name| &name.value) {
            Some(TomlValue::Text(name)) => Some(name),
            _ => None,
        },
        _ => None,
    }
}

fn find_member(list: &[TomlNode], member: &str) -> Option<usize> {
    let by_name = list.iter().position(|node| member_name(node) == Some(member));
    by_name.or_else(|| member.parse::<usize>().ok().filter(|&index| index < list.len()))
}

/// The table that is alone in a list, where a key goes on without its name or number: `myokine.max_gain` with one myokine. A step that
/// is almost its name is a name that is misspelt.
fn only_member<'a>(list: &'a mut [TomlNode], step: &str) -> Option<&'a mut TomlTable> {
    let [node] = list else { return None };
    let is_member = find_member(std::slice::from_ref(node), step).is_some() || step.parse::<usize>().is_ok();
    if is_member || nearest(step, member_name(node)).is_some() {
        return None;
    }
    match &mut node.value {
        TomlValue::Table(table) => Some(table),
        _ => None,
    }
}

fn no_member(list_name: &str, list: &[TomlNode], member: &str) -> Misplaced {
    let names: Vec<&str> = list.iter().filter_map(member_name).collect();
    let numbers = match list.len() {
        0 => "no member, as the list is empty".to_owned(),
        1 => "the number 0".to_owned(),
        length => format!("a number from 0 to {}", length - 1),
    };
    Misplaced {
        found: format!("no {} {}", join("", list_name), quoted(member)),
        expected: if names.is_empty() {
            numbers
        } else {
            format!("one of {}, or {numbers}", listed(&names))
        },
        nearest: nearest(member, names),
    }
}

fn wants_key(list_name: &str, last: &str, is_member: bool) -> Misplaced {
    let (name, key) = (join("", list_name), join("", last));
    let (found, expected) = if is_member {
        (
            format!("a whole {name}"),
            format!("one of its keys, such as {name}.{key}.KEY"),
        )
    } else {
        (
            format!("{}, which is a list", quoted(list_name)),
            format!("a name or number in it, such as {name}.0.{key}"),
        )
    };
    Misplaced {
        found,
        expected,
        nearest: None,
    }
}
