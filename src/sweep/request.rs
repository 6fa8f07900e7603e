//! A sweep as it is asked for: by options of the command line, by a TOML file with the same words, or by both.
//!
//! ```toml
//! scenario = "exercise-2024"
//! vary."growth_cone.speed" = "2,4,8 um/h"
//! vary."explant.0.neurons" = [100, 200]
//! seeds = "1..20"
//! where = ["growth_cone.speed < 8 um/h"]
//! ```

use super::axis::{Axis, AxisValues};
use super::constraint::Constraint;
use super::power_question::PowerQuestion;
use super::seeds::Seeds;
use crate::scenario::mistake::{FilePlace, listed, nearest};
use crate::scenario::overrides::value_of;
use crate::scenario::tree::{TomlNode, TomlTable, TomlValue, parse_document, quoted};
use crate::scenario::{Mistake, Mistakes, Override};

/// What is varied, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// Changes that every run has.
    pub set: Vec<Override>,
    /// The varied keys.
    pub axes: Vec<Axis>,
    /// Whether every guessed number is drawn from its typical range.
    pub uncertain: bool,
    /// Which effects are to be seen, and how surely, where replicates are asked for.
    pub power: Option<PowerQuestion>,
    /// The seeds of every point; that of the scenario where left out.
    pub seeds: Option<Seeds>,
    /// Whether every point has seeds of its own, not the same as the others.
    pub own_seeds: bool,
    /// Comparisons that every point must pass.
    pub constraints: Vec<Constraint>,
    /// Runs at most; must be given where a range is sampled.
    pub runs: Option<u64>,
    /// Shares that the work will be done in; 1 where left out.
    pub shares: Option<u32>,
}

/// A sweep file.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepFile {
    /// The scenario: a file beside it, or the name of one that is built in.
    pub scenario: String,
    /// What is varied.
    pub request: Request,
}

/// The keys of a sweep file.
const KEYS: [&str; 12] = [
    "scenario",
    "set",
    "vary",
    "uncertain",
    "power",
    "effects",
    "alpha",
    "seeds",
    "own_seeds",
    "where",
    "runs",
    "shares",
];

impl SweepFile {
    /// Reads a sweep file, `file` in messages; `None` for a scenario, which has no key `scenario`.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn read(text: &str, file: &str) -> Result<Option<Self>, Mistakes> {
        let Ok(tree) = parse_document(text) else {
            // Whatever it is, the reader of scenarios says what is wrong with it.
            return Ok(None);
        };
        let Some(scenario) = tree.get("scenario") else {
            return Ok(None);
        };
        let mut reader = Reader {
            file,
            mistakes: Vec::new(),
        };
        let mut request = Request::default();
        for entry in &tree.entries {
            reader.entry(&entry.key, &entry.node, &mut request);
            if !KEYS.contains(&entry.key.as_str()) {
                reader.mistakes.push(Mistake {
                    place: reader.place(entry.place),
                    key: String::new(),
                    found: format!("the unknown key {}", quoted(&entry.key)),
                    expected: format!("one of {}", listed(&KEYS)),
                    nearest: nearest(&entry.key, KEYS),
                });
            }
        }
        let scenario = reader.text("scenario", scenario).unwrap_or_default();
        if reader.mistakes.is_empty() {
            Ok(Some(Self { scenario, request }))
        } else {
            Err(Mistakes(reader.mistakes))
        }
    }
}

struct Reader<'a> {
    file: &'a str,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn place(&self, place: FilePlace) -> String {
        match place {
            FilePlace::Line(line) => format!("{}:{line}", self.file),
            FilePlace::Whole | FilePlace::Override(_) => self.file.to_owned(),
        }
    }

    fn refuse(&mut self, key: &str, node: &TomlNode, expected: &str) {
        let mistake = Mistake {
            place: self.place(node.place),
            key: key.to_owned(),
            found: node.describe(),
            expected: expected.to_owned(),
            nearest: None,
        };
        self.mistakes.push(mistake);
    }

    fn keep<T>(&mut self, read: Result<T, Mistake>) -> Option<T> {
        read.map_err(|mistake| self.mistakes.push(mistake)).ok()
    }

    fn text(&mut self, key: &str, node: &TomlNode) -> Option<String> {
        if let TomlValue::Text(text) = &node.value {
            return Some(text.clone());
        }
        self.refuse(key, node, "a text");
        None
    }

    fn count(&mut self, key: &str, node: &TomlNode, most: u64) -> Option<u64> {
        if let TomlValue::Whole(number) = node.value
            && let Ok(number) = u64::try_from(number)
            && (1..=most).contains(&number)
        {
            return Some(number);
        }
        self.refuse(key, node, &format!("a whole number from 1 to {most}"));
        None
    }

    /// The texts of a list, or of a single value.
    fn texts(&mut self, key: &str, node: &TomlNode) -> Vec<(String, String)> {
        let single = std::slice::from_ref(node);
        let nodes = match &node.value {
            TomlValue::List(nodes) => nodes,
            _ => single,
        };
        let found = nodes.iter().map(|node| (self.place(node.place), as_set(node)));
        let (texts, wrong): (Vec<_>, Vec<_>) = found.partition(|(_, text)| text.is_some());
        if !wrong.is_empty() {
            self.refuse(key, node, "texts or numbers");
        }
        (texts.into_iter())
            .filter_map(|(place, text)| Some((place, text?)))
            .collect()
    }

    fn entry(&mut self, key: &str, node: &TomlNode, request: &mut Request) {
        match key {
            "set" => self.each(key, node, |reader, key, node| {
                if let Some(value) = as_set(node) {
                    request.set.push(Override::new(key, value));
                } else {
                    reader.refuse(key, node, "a value, as --set takes it");
                }
            }),
            "vary" => self.each(key, node, |reader, key, node| {
                let place = reader.place(node.place);
                if let TomlValue::List(_) = node.value {
                    let values: Vec<String> = reader.texts(key, node).into_iter().map(|(_, text)| text).collect();
                    if values.is_empty() {
                        reader.refuse(key, node, "at least one value");
                        return;
                    }
                    request.axes.push(Axis {
                        key: key.to_owned(),
                        values: AxisValues::List(values),
                    });
                } else if let Some(spec) = as_set(node) {
                    let axis = reader.keep(Axis::of(key, &spec, &place));
                    request.axes.extend(axis);
                } else {
                    reader.refuse(key, node, "values, as --vary takes them");
                }
            }),
            "seeds" => {
                let texts: Vec<String> = self.texts(key, node).into_iter().map(|(_, text)| text).collect();
                let place = self.place(node.place);
                request.seeds = self.keep(Seeds::parse(&texts.join(","), &place));
            }
            "where" => {
                for (place, text) in self.texts(key, node) {
                    let constraint = self.keep(Constraint::parse(&text, &place));
                    request.constraints.extend(constraint);
                }
            }
            "runs" => request.runs = self.count(key, node, u64::MAX),
            "shares" => request.shares = self.count(key, node, u64::from(u32::MAX)).map(|shares| shares as u32),
            "uncertain" => match node.value {
                TomlValue::Flag(flag) => request.uncertain = flag,
                _ => self.refuse(key, node, "true or false"),
            },
            "power" | "effects" | "alpha" => self.power(key, node, request),
            "own_seeds" => match node.value {
                TomlValue::Flag(flag) => request.own_seeds = flag,
                _ => self.refuse(key, node, "true or false"),
            },
            _ => {}
        }
    }

    /// Reads a part of the question how many replicates it takes; `power = true` asks it with the usual power.
    fn power(&mut self, key: &str, node: &TomlNode, request: &mut Request) {
        if key == "power"
            && let TomlValue::Flag(asked) = node.value
        {
            request.power = asked.then(|| request.power.take().unwrap_or_default());
            return;
        }
        let texts = self.texts(key, node);
        let numbers: Result<Vec<f64>, _> = texts.iter().map(|(_, text)| text.parse()).collect();
        let question = request.power.get_or_insert_default();
        match (key, numbers.as_deref()) {
            ("effects", Ok(effects)) => question.effects = effects.to_vec(),
            ("power", Ok(&[power])) => question.power = power,
            ("alpha", Ok(&[alpha])) => question.alpha = alpha,
            _ => self.refuse(key, node, "a number, of effects a list of them"),
        }
    }

    /// Calls `work` for each entry of a table.
    fn each(&mut self, key: &str, node: &TomlNode, mut work: impl FnMut(&mut Self, &str, &TomlNode)) {
        let Some(table) = node.as_table() else {
            self.refuse(key, node, "a table of keys and their values");
            return;
        };
        for (key, node) in dotted(table) {
            work(self, &key, node);
        }
    }
}

/// The entries of a table; a key that was written with dots instead of in quotes is one as well.
fn dotted(table: &TomlTable) -> Vec<(String, &TomlNode)> {
    let mut found = Vec::new();
    for entry in &table.entries {
        match &entry.node.value {
            TomlValue::Table(inner) => {
                let below = dotted(inner).into_iter();
                found.extend(below.map(|(key, node)| (format!("{}.{key}", entry.key), node)));
            }
            _ => found.push((entry.key.clone(), &entry.node)),
        }
    }
    found
}

/// A value as `--set` takes it; `None` where TOML has no way to write it in a line.
fn as_set(node: &TomlNode) -> Option<String> {
    match &node.value {
        TomlValue::Text(text) => Some(text.clone()),
        value => value_of(value).ok().map(|value| value.to_string()),
    }
}
