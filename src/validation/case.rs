//! Reads a case of the book: a TOML file becomes a [`Case`], or the list of everything that is wrong with it.

use super::band::Band;
use super::measures::{MEASURES, Measure};
use super::setting::{Entry, Setting};
use crate::model::parameter::Dimension;
use crate::scenario::mistake::{Mistake, Mistakes, Place, nearest};
use crate::scenario::quantity;
use crate::scenario::tree::{Node, Table, Value, parse_document};

/// What a case shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The program against mathematics.
    Exact,
    /// The program against a published figure.
    Published,
    /// A parameter was set so that it comes out: it shows that the calibration holds, no more.
    Calibration,
    /// What the calibrated model says on its own, against what was observed.
    Test,
}

/// The kinds, and the words for them in a file.
const KINDS: [(&str, Kind); 4] = [
    ("exact", Kind::Exact),
    ("published", Kind::Published),
    ("calibration", Kind::Calibration),
    ("test", Kind::Test),
];

impl Kind {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Exact => "exact",
            Kind::Published => "published figure",
            Kind::Calibration => "calibration input",
            Kind::Test => "test",
        }
    }
}

/// A changed setting that must fall out of bands.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// What is changed, in words.
    pub says: String,
    /// The bands that must be left.
    pub breaks: Vec<&'static str>,
    /// The changed numbers.
    pub change: Setting,
}

/// A case of the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What it is asked for by: its file's name.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// The part of the book it stands in.
    pub chapter: String,
    /// What is claimed, in a sentence.
    pub claim: String,
    /// What it shows.
    pub kind: Kind,
    /// Where the closed form or the figure comes from.
    pub source: String,
    /// The closed form or the published figure.
    pub expects: String,
    /// What measures it.
    pub measure: &'static Measure,
    /// The numbers of the full book.
    pub setting: Setting,
    /// What is accepted, by the name of the figures.
    pub bands: Vec<(&'static str, Band)>,
    /// The numbers that are smaller in the quick book.
    pub quick: Setting,
    /// Why the quick book leaves the case out; empty where it does not.
    pub quick_leaves_out: String,
    /// What must fall out of the bands.
    pub controls: Vec<Control>,
}

/// The texts at the top of a file: their keys, and whether they must be there.
const TEXTS: [(&str, bool); 8] = [
    ("title", true),
    ("chapter", true),
    ("claim", true),
    ("kind", true),
    ("source", true),
    ("expects", true),
    ("measure", true),
    ("quick_leaves_out", false),
];

/// The tables of a file.
const TABLES: [&str; 4] = ["setting", "band", "quick", "control"];

/// Reads the case in `text`, called `name`; messages call the file `file`.
///
/// # Errors
/// Every mistake in it.
pub fn read(text: &str, name: &str, file: &str) -> Result<Case, Mistakes> {
    let mut reader = Reader {
        file,
        mistakes: Vec::new(),
    };
    let case = match parse_document(text) {
        Ok(tree) => reader.case(&tree, name),
        Err(problems) => {
            for problem in problems {
                reader.mistake(problem.place, "", problem.found, problem.expected, None);
            }
            None
        }
    };
    match case {
        Some(case) if reader.mistakes.is_empty() => Ok(case),
        _ => Err(Mistakes(reader.mistakes)),
    }
}

struct Reader<'a> {
    file: &'a str,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn mistake(
        &mut self,
        place: Place,
        key: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
        nearest: Option<String>,
    ) {
        let place = match place {
            Place::Line(line) => format!("{}:{line}", self.file),
            Place::Whole | Place::Override(_) => self.file.to_owned(),
        };
        self.mistakes.push(Mistake {
            place,
            key: key.to_owned(),
            found: found.into(),
            expected: expected.into(),
            nearest,
        });
    }

    fn case(&mut self, tree: &Table, name: &str) -> Option<Case> {
        let known: Vec<&str> = TEXTS.iter().map(|text| text.0).chain(TABLES).collect();
        self.only(tree, "", &known);
        let texts = TEXTS.map(|(key, required)| self.text(tree, key, required));
        let [title, chapter, claim, kind, source, expects, measure, quick_leaves_out] = texts;
        let kind = self.word(tree, "kind", &kind?, KINDS.iter().map(|(word, kind)| (*word, *kind)));
        let measure = self.word(tree, "measure", &measure?, MEASURES.iter().map(|m| (m.name, m)));
        let (kind, measure) = (kind?, measure?);
        let setting = self.setting(tree, "setting", measure);
        for key in measure
            .keys
            .iter()
            .filter(|key| setting.entries.iter().all(|entry| entry.key != key.name))
        {
            if tree.get("setting").is_none_or(|node| lacks(node, key.name)) {
                self.mistake(
                    place_of(tree, "setting"),
                    &format!("setting.{}", key.name),
                    "nothing",
                    quantity::Measure::from(key.dimension).expected(),
                    None,
                );
            }
        }
        let bands = self.bands(tree, measure);
        let quick = self.setting(tree, "quick", measure);
        let controls = self.controls(tree, measure);
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

    /// Notes keys that are not among `known`.
    fn only(&mut self, table: &Table, path: &str, known: &[&str]) {
        for entry in &table.entries {
            if !known.contains(&entry.key.as_str()) {
                let near = nearest(&entry.key, known.iter().copied());
                let expected = format!("one of {}", known.join(", "));
                self.mistake(entry.place, &join(path, &entry.key), "an unknown key", expected, near);
            }
        }
    }

    fn text(&mut self, table: &Table, key: &str, required: bool) -> Option<String> {
        match table.get(key) {
            Some(Node {
                value: Value::Text(text),
                ..
            }) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Some(node) => {
                self.mistake(node.place, key, node.describe(), "a text that is not empty", None);
                None
            }
            None if required => {
                self.mistake(Place::Whole, key, "nothing", "a text", None);
                None
            }
            None => None,
        }
    }

    fn word<T>(
        &mut self,
        table: &Table,
        key: &str,
        word: &str,
        known: impl Iterator<Item = (&'static str, T)>,
    ) -> Option<T> {
        let mut words = Vec::new();
        for (name, value) in known {
            if name == word {
                return Some(value);
            }
            words.push(name);
        }
        let near = nearest(word, words.iter().copied());
        let expected = format!("one of {}", words.join(", "));
        self.mistake(place_of(table, key), key, format!("\"{word}\""), expected, near);
        None
    }

    /// The table at `key`; nothing where it is left out.
    fn table<'t>(&mut self, tree: &'t Table, key: &str) -> Option<&'t Table> {
        let node = tree.get(key)?;
        match &node.value {
            Value::Table(table) => Some(table),
            _ => {
                self.mistake(node.place, key, node.describe(), format!("a table [{key}]"), None);
                None
            }
        }
    }

    fn setting(&mut self, tree: &Table, name: &str, measure: &'static Measure) -> Setting {
        let Some(table) = self.table(tree, name) else {
            return Setting::default();
        };
        let known: Vec<&str> = measure.keys.iter().map(|key| key.name).collect();
        self.only(table, name, &known);
        self.numbers(table, name, measure)
    }

    /// The numbers of a table whose other keys are known to be something else.
    fn numbers(&mut self, table: &Table, path: &str, measure: &'static Measure) -> Setting {
        let mut entries = Vec::new();
        for key in measure.keys {
            let Some(node) = table.get(key.name) else { continue };
            let nodes = match &node.value {
                Value::List(list) if key.many && !list.is_empty() => list.iter().collect(),
                _ => vec![node],
            };
            let (mut values, mut shown) = (Vec::new(), Vec::new());
            for item in &nodes {
                match quantity::read(item, key.dimension.into()) {
                    Ok(value) => values.push(value),
                    Err(problem) => {
                        let path = join(path, key.name);
                        self.mistake(item.place, &path, problem.found, problem.expected, problem.nearest);
                    }
                }
                shown.push(match &item.value {
                    Value::Text(text) => text.clone(),
                    _ => item.describe(),
                });
            }
            if values.len() == nodes.len() {
                entries.push(Entry {
                    key: key.name,
                    values,
                    shown: shown.join(", "),
                });
            }
        }
        Setting { entries }
    }

    fn bands(&mut self, tree: &Table, measure: &'static Measure) -> Vec<(&'static str, Band)> {
        let empty = Table::default();
        let table = self.table(tree, "band").unwrap_or(&empty);
        self.only(table, "band", measure.figures);
        let mut bands = Vec::new();
        for &name in measure.figures {
            let path = join("band", name);
            match table.get(name) {
                Some(node) => bands.extend(self.band(node, &path).map(|band| (name, band))),
                None => self.mistake(place_of(tree, "band"), &path, "nothing", BANDS, None),
            }
        }
        bands
    }

    fn band(&mut self, node: &Node, path: &str) -> Option<Band> {
        let table = match &node.value {
            Value::Text(word) if word == "exact" => return Some(Band::Exact),
            Value::Table(table) if table.entries.len() == 1 => table,
            _ => {
                self.mistake(node.place, path, node.describe(), BANDS, None);
                return None;
            }
        };
        let entry = &table.entries[0];
        let (dimension, band): (_, fn(f64) -> Band) = match entry.key.as_str() {
            "relative" => (Dimension::Fraction, Band::Relative),
            "absolute" => (Dimension::Fraction, Band::Absolute),
            "at_least" => (Dimension::Fraction, Band::AtLeast),
            "at_most" => (Dimension::Fraction, Band::AtMost),
            other => {
                let near = nearest(other, ["relative", "absolute", "at_least", "at_most"]);
                self.mistake(entry.place, path, format!("\"{other}\""), BANDS, near);
                return None;
            }
        };
        match quantity::read(&entry.node, dimension.into()) {
            Ok(value) => Some(band(value)),
            Err(problem) => {
                let path = join(path, &entry.key);
                self.mistake(
                    entry.node.place,
                    &path,
                    problem.found,
                    problem.expected,
                    problem.nearest,
                );
                None
            }
        }
    }

    fn controls(&mut self, tree: &Table, measure: &'static Measure) -> Vec<Control> {
        let list: &[Node] = match tree.get("control") {
            Some(Node {
                value: Value::List(list),
                ..
            }) => list,
            Some(node) => {
                self.mistake(node.place, "control", node.describe(), CONTROLS, None);
                return Vec::new();
            }
            None => &[],
        };
        let controls: Vec<Control> = list.iter().filter_map(|node| self.control(node, measure)).collect();
        for band in measure.figures {
            if controls.len() == list.len() && controls.iter().all(|control| !control.breaks.contains(band)) {
                let found = format!("no control that breaks \"{band}\"");
                self.mistake(place_of(tree, "control"), "control", found, CONTROLS, None);
            }
        }
        controls
    }

    fn control(&mut self, node: &Node, measure: &'static Measure) -> Option<Control> {
        let Value::Table(table) = &node.value else {
            self.mistake(node.place, "control", node.describe(), CONTROLS, None);
            return None;
        };
        let mut known = vec!["says", "breaks"];
        known.extend(measure.keys.iter().map(|key| key.name));
        self.only(table, "control", &known);
        let says = self.text(table, "says", true);
        let change = self.numbers(table, "control", measure);
        if change.entries.is_empty() {
            self.mistake(node.place, "control", "nothing changed", CONTROLS, None);
        }
        let breaks = match table.get("breaks").map(|node| &node.value) {
            None => measure.figures.to_vec(),
            Some(Value::List(list)) => {
                let words = list.iter().filter_map(|item| match &item.value {
                    Value::Text(word) => self.word(table, "breaks", word, measure.figures.iter().map(|f| (*f, *f))),
                    _ => None,
                });
                words.collect()
            }
            Some(_) => Vec::new(),
        };
        if breaks.is_empty() {
            let expected = format!("a list of bands: {}", measure.figures.join(", "));
            self.mistake(place_of(table, "breaks"), "control.breaks", "no band", expected, None);
        }
        Some(Control {
            says: says?,
            breaks,
            change,
        })
    }
}

/// What a band may be.
const BANDS: &str =
    "\"exact\", or one of { relative = \"5 %\" }, { absolute = 0.02 }, { at_least = 0.05 }, { at_most = 0.01 }";
/// What a control must be.
const CONTROLS: &str =
    "[[control]] with what it says and changed numbers, so that each band is left by at least one of them";

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn place_of(table: &Table, key: &str) -> Place {
    table.get(key).map_or(Place::Whole, |node| node.place)
}

fn lacks(node: &Node, key: &str) -> bool {
    match &node.value {
        Value::Table(table) => table.get(key).is_none(),
        _ => true,
    }
}
