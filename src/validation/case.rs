//! Reads a case of the book: a TOML file becomes a [`Case`], or the list of everything that is wrong with it.

use super::band::Band;
use super::measures::{MEASURES, Measure};
use super::setting::{CaseEntry, CaseSetting};
use crate::model::parameter::Dimension;
use crate::model::word::{Word, words};
use crate::readout::acceptance::Evidence;
use crate::scenario::mistake::{FilePlace, Mistakes, nearest};
use crate::scenario::notes::{Notes, Spot};
use crate::scenario::quantity;
use crate::scenario::reader;
use crate::scenario::tree::{TomlNode, TomlTable, TomlValue};

words! {
    /// The kind of evidence that a case gives.
    pub enum CaseKind {
        /// The program against mathematics.
        Exact = "exact",
        /// The program against a published figure.
        Published = "published",
        /// A number was set so that it comes out, as [`Evidence::PutIn`] says.
        PutIn = "put in",
        /// As [`Evidence::Follows`] says.
        Follows = "follows",
        /// As [`Evidence::CouldBeFalse`] says.
        CouldBeFalse = "could be false",
    }
}

impl CaseKind {
    /// In words, for the book.
    pub fn words(self) -> &'static str {
        match self {
            CaseKind::Exact => "exact",
            CaseKind::Published => "published figure",
            CaseKind::PutIn => Evidence::PutIn.word(),
            CaseKind::Follows => Evidence::Follows.word(),
            CaseKind::CouldBeFalse => Evidence::CouldBeFalse.word(),
        }
    }
}

/// A changed setting that must fall out of bands.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// The change in words.
    pub says: String,
    /// The bands that must be left.
    pub breaks: Vec<&'static str>,
    /// The changed numbers.
    pub change: CaseSetting,
}

/// A case of the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name: that of its file.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// The part of the book it stands in.
    pub chapter: String,
    /// The claim, in a sentence.
    pub claim: String,
    /// The kind of evidence.
    pub kind: CaseKind,
    /// Where the closed form or the figure comes from.
    pub source: String,
    /// The closed form or the published figure.
    pub expects: String,
    /// The way it is measured.
    pub measure: &'static Measure,
    /// The numbers of the full book.
    pub setting: CaseSetting,
    /// Accepted figures, by their names.
    pub bands: Vec<(&'static str, Band)>,
    /// The numbers that are smaller in the quick book.
    pub quick: CaseSetting,
    /// Why the quick book leaves the case out; empty where it does not.
    pub quick_leaves_out: String,
    /// Changes with which figures must fall out of the bands.
    pub controls: Vec<Control>,
}

/// The texts at the top of a file, and the one that may be left out.
const TEXTS: [&str; 8] = [
    "title",
    "chapter",
    "claim",
    "kind",
    "source",
    "expects",
    "measure",
    QUICK_LEAVES_OUT,
];
const QUICK_LEAVES_OUT: &str = "quick_leaves_out";
/// The tables of a file.
const TABLES: [&str; 4] = ["setting", "band", "quick", "control"];

/// Forms of a band.
const BANDS: &str =
    "\"exact\", or one of { relative = \"5 %\" }, { absolute = 0.02 }, { at_least = 0.05 }, { at_most = 0.01 }";
/// A band with a number: its key, and what it makes of the number.
type Limit = (&'static str, fn(f64) -> Band);
const LIMITS: [Limit; 4] = [
    ("relative", Band::Relative),
    ("absolute", Band::Absolute),
    ("at_least", Band::AtLeast),
    ("at_most", Band::AtMost),
];
/// The form of a control.
const CONTROLS: &str =
    "[[control]] with what it says and changed numbers, so that each band is left by at least one of them";

/// Reads the case in `text`, called `name`; messages call the file `file`.
///
/// # Errors
/// Every mistake in it.
pub fn read(text: &str, name: &str, file: &str) -> Result<Case, Mistakes> {
    let notes = Notes::new(file, &[]);
    let tree = reader::parse(&notes, text);
    let case = tree.as_ref().and_then(|table| {
        let spot = notes.spot(FilePlace::Whole, "");
        Part { spot, table }.case(name)
    });
    notes.into_result()?;
    case.ok_or_else(Mistakes::default)
}

/// A table of a case.
struct Part<'a> {
    spot: Spot<'a>,
    table: &'a TomlTable,
}

impl<'a> Part<'a> {
    /// The spot of `key`; that of the table, if the key is left out.
    fn at(&self, key: &str) -> Spot<'a> {
        let place = self.table.get(key).map_or(self.spot.place, |node| node.place);
        self.spot.within(key, place)
    }

    /// Notes keys that are not among `known`.
    fn check_keys(&self, known: &[&str]) {
        for entry in &self.table.entries {
            if !known.contains(&entry.key.as_str()) {
                let near = nearest(&entry.key, known.iter().copied());
                let expected = format!("one of {}", known.join(", "));
                let spot = self.spot.within(&entry.key, entry.place);
                spot.refuse_near("an unknown key", expected, near);
            }
        }
    }

    fn case(&self, name: &str) -> Option<Case> {
        let known: Vec<&str> = TEXTS.into_iter().chain(TABLES).collect();
        self.check_keys(&known);
        let [title, chapter, claim, kind, source, expects, measure, quick_leaves_out] =
            TEXTS.map(|key| self.text(key, key != QUICK_LEAVES_OUT));
        let kind = word(
            &self.at("kind"),
            &kind?,
            CaseKind::ALL.iter().map(|kind| (kind.word(), *kind)),
        );
        let measure = word(&self.at("measure"), &measure?, MEASURES.iter().map(|m| (m.name, m)));
        let (kind, measure) = (kind?, measure?);
        let setting = self.setting("setting", measure);
        self.check_complete(measure);
        let bands = self.bands(measure);
        let quick = self.setting("quick", measure);
        let controls = self.controls(measure);
        Some(Case {
            name: name.to_owned(),
            title: title?,
            chapter: chapter?,
            claim: claim?,
            kind,
            source: source?,
            expects: expects?,
            measure,
            setting,
            bands,
            quick,
            quick_leaves_out: quick_leaves_out.unwrap_or_default(),
            controls,
        })
    }

    fn text(&self, key: &str, required: bool) -> Option<String> {
        match self.table.get(key) {
            Some(TomlNode {
                value: TomlValue::Text(text),
                ..
            }) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Some(node) => self.at(key).wrong_kind(node, "a text that is not empty"),
            None if required => self.at(key).refused("nothing", "a text"),
            None => None,
        }
    }

    /// The table at `key`; nothing where it is left out.
    fn part(&self, key: &str) -> Option<Part<'a>> {
        let (node, spot) = (self.table.get(key)?, self.at(key));
        match &node.value {
            TomlValue::Table(table) => Some(Part { spot, table }),
            _ => spot.wrong_kind(node, format!("a table [{key}]")),
        }
    }

    fn setting(&self, key: &str, measure: &'static Measure) -> CaseSetting {
        let Some(part) = self.part(key) else {
            return CaseSetting::default();
        };
        let known: Vec<&str> = measure.keys.iter().map(|key| key.name).collect();
        part.check_keys(&known);
        part.numbers(measure)
    }

    /// Notes keys of the measure that `[setting]` lacks.
    fn check_complete(&self, measure: &'static Measure) {
        let written = self.table.get("setting").and_then(TomlNode::as_table);
        for key in measure.keys {
            if written.is_none_or(|table| table.get(key.name).is_none()) {
                let setting = self.at("setting");
                let expected = quantity::Measurand::from(key.dimension).expected();
                setting.within(key.name, setting.place).refuse("nothing", expected);
            }
        }
    }

    /// The numbers of a table whose other keys are known to be something else.
    fn numbers(&self, measure: &'static Measure) -> CaseSetting {
        let mut entries = Vec::new();
        for key in measure.keys {
            let Some(node) = self.table.get(key.name) else { continue };
            let nodes = match &node.value {
                TomlValue::List(list) if key.many && !list.is_empty() => list.iter().collect(),
                _ => vec![node],
            };
            let spot = self.at(key.name);
            let read = |item: &&TomlNode| spot.part(item.place).quantity(item, key.dimension.into());
            let values: Vec<Option<f64>> = nodes.iter().map(read).collect();
            let shown = nodes.iter().map(|item| match &item.value {
                TomlValue::Text(text) => text.clone(),
                _ => item.describe(),
            });
            let shown = shown.collect::<Vec<_>>().join(", ");
            if let Some(values) = values.into_iter().collect() {
                entries.push(CaseEntry {
                    key: key.name,
                    values,
                    shown,
                });
            }
        }
        CaseSetting { entries }
    }

    fn bands(&self, measure: &'static Measure) -> Vec<(&'static str, Band)> {
        let written = self.part("band");
        if let Some(part) = &written {
            part.check_keys(measure.figures);
        }
        let band = |&name: &&'static str| {
            let spot = self.at("band");
            let band = match written.as_ref().and_then(|part| part.table.get(name)) {
                Some(node) => band(&spot.within(name, node.place), node),
                None => spot.within(name, spot.place).refused("nothing", BANDS),
            };
            Some((name, band?))
        };
        measure.figures.iter().filter_map(band).collect()
    }

    fn controls(&self, measure: &'static Measure) -> Vec<Control> {
        let spot = self.at("control");
        let list: &[TomlNode] = match self.table.get("control") {
            Some(TomlNode {
                value: TomlValue::List(list),
                ..
            }) => list,
            Some(node) => return spot.wrong_kind(node, CONTROLS).unwrap_or_default(),
            None => &[],
        };
        let control = |node: &TomlNode| {
            let spot = spot.part(node.place);
            match &node.value {
                TomlValue::Table(table) => Part { spot, table }.control(measure),
                _ => spot.wrong_kind(node, CONTROLS),
            }
        };
        let controls: Vec<Control> = list.iter().filter_map(control).collect();
        for band in measure.figures {
            if controls.len() == list.len() && controls.iter().all(|control| !control.breaks.contains(band)) {
                spot.refuse(format!("no control that breaks \"{band}\""), CONTROLS);
            }
        }
        controls
    }

    fn control(&self, measure: &'static Measure) -> Option<Control> {
        let mut known = vec!["says", "breaks"];
        known.extend(measure.keys.iter().map(|key| key.name));
        self.check_keys(&known);
        let says = self.text("says", true);
        let change = self.numbers(measure);
        if change.entries.is_empty() {
            self.spot.refuse("nothing changed", CONTROLS);
        }
        let spot = self.at("breaks");
        let breaks = match self.table.get("breaks").map(|node| &node.value) {
            None => measure.figures.to_vec(),
            Some(TomlValue::List(list)) => {
                let words = list.iter().filter_map(|item| match &item.value {
                    TomlValue::Text(text) => word(&spot, text, measure.figures.iter().map(|f| (*f, *f))),
                    _ => None,
                });
                words.collect()
            }
            Some(_) => Vec::new(),
        };
        if breaks.is_empty() {
            let expected = format!("a list of bands: {}", measure.figures.join(", "));
            spot.refuse("no band", expected);
        }
        Some(Control {
            says: says?,
            breaks,
            change,
        })
    }
}

/// Finds the value that `text` stands for among `known` words.
fn word<T>(spot: &Spot<'_>, text: &str, known: impl Iterator<Item = (&'static str, T)>) -> Option<T> {
    let mut words = Vec::new();
    for (name, value) in known {
        if name == text {
            return Some(value);
        }
        words.push(name);
    }
    let near = nearest(text, words.iter().copied());
    spot.refuse_near(format!("\"{text}\""), format!("one of {}", words.join(", ")), near);
    None
}

fn band(spot: &Spot<'_>, node: &TomlNode) -> Option<Band> {
    let entry = match &node.value {
        TomlValue::Text(word) if word == "exact" => return Some(Band::Exact),
        TomlValue::Table(table) if table.entries.len() == 1 => &table.entries[0],
        _ => return spot.wrong_kind(node, BANDS),
    };
    let Some((key, band)) = LIMITS.iter().find(|(key, _)| *key == entry.key) else {
        let near = nearest(&entry.key, LIMITS.iter().map(|(key, _)| *key));
        let spot = spot.part(entry.place);
        spot.refuse_near(format!("\"{}\"", entry.key), BANDS, near);
        return None;
    };
    let spot = spot.within(key, entry.node.place);
    spot.quantity(&entry.node, Dimension::Fraction.into()).map(band)
}
