//! `explain`: the meaning of a key of a scenario, its unit and range, and the grade and source of its default; of a name that brings
//! numbers; of a readout.

mod json;
mod known;
mod text;
mod topic;

use super::mistake::nearest;
use super::named;
use super::presets;
use super::reference::{self, Entry, all_entries, entries};
use super::tables::SHAPES;
use super::tree::quoted;
use super::{genotypes, hypotheses};
use crate::readout::Readout;
use serde_json::Value;
use topic::{Topic, readouts};

/// A name that nothing has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found {}; expected a key or a table of a scenario, or a readout{}", quoted(.key), suggestion(.nearest))]
pub struct UnknownKey {
    /// The name that was asked for.
    pub key: String,
    /// The nearest name that exists.
    pub nearest: Option<String>,
}

fn suggestion(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map(|nearest| format!(" (did you mean \"{nearest}\"?)"))
        .unwrap_or_default()
}

/// Explains a key, a table, a named myokine, genotype or hypothesis, a readout, or everything in one line each.
///
/// # Errors
/// When nothing has that name.
pub fn explain(key: Option<&str>) -> Result<String, UnknownKey> {
    let Some(key) = key else {
        return Ok(text::all());
    };
    let found = find(key)?;
    Ok(match &found[..] {
        [only] => text::of(only),
        several => text::list(key, several),
    })
}

/// As [`explain`], as a JSON list with one object a key.
///
/// # Errors
/// When nothing has that name.
pub fn explain_json(key: Option<&str>) -> Result<Value, UnknownKey> {
    let keys = |shape| entries(shape).into_iter().map(Topic::Key);
    let topics: Vec<Topic> = match key {
        None => SHAPES.iter().flat_map(keys).chain(readouts()).collect(),
        Some(key) => find(key)?
            .into_iter()
            .flat_map(|topic| match topic {
                Topic::Table(shape) => keys(shape).collect(),
                other => vec![other],
            })
            .collect(),
    };
    Ok(topics.into_iter().map(json::of).collect())
}

/// Every name that can be explained.
pub fn explained_names() -> Vec<String> {
    let tables = SHAPES.iter().filter(|shape| !shape.name.is_empty()).map(Topic::Table);
    let myokines = presets::PRESETS.iter().map(Topic::Myokine);
    let named = genotypes::GENOTYPES
        .iter()
        .chain(&hypotheses::HYPOTHESES)
        .map(Topic::Named);
    let topics = all_entries()
        .map(Topic::Key)
        .chain(tables)
        .chain(myokines)
        .chain(named)
        .chain(readouts());
    topics.map(|topic| topic.name()).collect()
}

/// What a name may mean: a table; a key as `--set` takes it, as it stands in its table, or the end of one; a name that brings numbers; a
/// readout or a column of it; else a bare key, of each table that has one of that name.
fn find(name: &str) -> Result<Vec<Topic>, UnknownKey> {
    let parts: Vec<&str> = name.split('.').collect();
    let last_two = parts.len().checked_sub(2).map(|at| parts[at..].join("."));
    let last = parts.last().copied().unwrap_or_default();
    let keys = |wanted: &dyn Fn(&Entry) -> bool| -> Vec<Topic> {
        all_entries().filter(|entry| wanted(entry)).map(Topic::Key).collect()
    };
    let tables = SHAPES.iter().filter(|shape| !name.is_empty() && shape.name == name);
    let brought = presets::find(last)
        .map(Topic::Myokine)
        .into_iter()
        .chain(named::find(name).map(Topic::Named));
    let measured = Readout::documented()
        .into_iter()
        .filter(|readout| readout.has_column(name));
    let candidates = [
        tables.map(Topic::Table).collect(),
        reference::follow(name)
            .filter(|_| parts.len() > 1)
            .map(Topic::Key)
            .into_iter()
            .collect(),
        keys(&|entry| parts.len() > 1 && entry.path() == name),
        keys(&|entry| last_two.as_deref() == Some(&entry.path())),
        brought.collect(),
        measured.map(Topic::Readout).collect(),
        keys(&|entry| entry.name() == last && parts.len() != 2),
    ];
    if let Some(found) = candidates.into_iter().find(|found: &Vec<Topic>| !found.is_empty()) {
        return Ok(found);
    }
    let known = explained_names();
    let whole = nearest(name, known.iter().map(String::as_str));
    let bare = || {
        known
            .iter()
            .find(|path| nearest(name, path.rsplit('.').next()).is_some())
            .cloned()
    };
    Err(UnknownKey {
        key: name.to_owned(),
        nearest: whole.or_else(bare),
    })
}
