//! Labels of a run: which run, which seed, and what the command line changed of the scenario. Tables of several runs can be put
//! one below the other, and each row still says which run it is of.

use super::table::{Label, LabelValue};
use crate::readout::RESULTS_VERSION;
use crate::readout::columns::KEYS;
use crate::scenario::mistake::FilePlace;
use crate::scenario::tree::{TomlValue, parse_override};
use crate::scenario::{Scenario, ScenarioCopy};

/// Figures of a changed number that are written: enough for what was typed, and none of what conversion adds.
const FIGURES: usize = 12;
/// Hexadecimal digits of a run's id.
const ID_DIGITS: usize = 12;

/// The id of a run of `scenario` on an engine (`cpu`, `gpu` or `software-gpu`): a hash of the scenario as it is run with the files
/// that it names, of the engine and of this version. The run and its repetition from its own results have the same.
pub fn run_id(scenario: &Scenario, engine: &str) -> String {
    // A scenario that was read has a place for each of its overrides.
    let copy = ScenarioCopy::of(&scenario.text, &scenario.overrides, &scenario.files).unwrap_or_default();
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    let results = RESULTS_VERSION.to_string();
    for text in [copy.text.as_str(), engine, env!("CARGO_PKG_VERSION"), &results] {
        add(text.as_bytes());
    }
    for file in &copy.files {
        add(file.name.as_bytes());
        add(&file.bytes);
    }
    let mut id = hasher.finalize().to_hex().to_string();
    id.truncate(ID_DIGITS);
    id
}

/// The labels of a run: its id, its seed, and a column for each changed key. A number has the unit that its key is customarily
/// written in, whatever unit was typed; everything else is text.
pub fn run_labels(scenario: &Scenario, run: &str) -> Vec<Label> {
    let label = |name: &str, unit: &str, meaning: &str, value| Label {
        name: name.to_owned(),
        unit: unit.to_owned(),
        meaning: meaning.to_owned(),
        value,
    };
    let mut labels = vec![
        label("run", "", "the id of the run", LabelValue::Text(run.to_owned())),
        label(
            "seed",
            "1",
            "seed of every random draw",
            LabelValue::Seed(scenario.plate.seed),
        ),
    ];
    let changes = scenario.overrides.iter().enumerate();
    for (number, change) in changes.filter(|(_, change)| change.key != "seed") {
        // Of several changes of a key the last one holds.
        if scenario.overrides[number + 1..]
            .iter()
            .any(|later| later.key == change.key)
        {
            continue;
        }
        let name = column_name(&change.key);
        let resolved = scenario.resolved.iter().find(|row| row.path == change.key);
        labels.push(match resolved.and_then(|row| Some((row, row.figure?))) {
            Some((row, (figure, unit))) => label(
                &name,
                &unit_as_columns_have_it(unit),
                row.meaning.trim().trim_end_matches('.'),
                LabelValue::Number(rounded(figure)),
            ),
            None => label(
                &name,
                "",
                "a key of the scenario, as the command line changed it",
                LabelValue::Text(match parse_override(&change.value, FilePlace::Override(number)).value {
                    TomlValue::Text(text) => text,
                    _ => change.value.clone(),
                }),
            ),
        });
    }
    labels
}

/// The column of a changed key: the key, unless a key of the table's rows is called so.
fn column_name(key: &str) -> String {
    if KEYS.iter().any(|(name, ..)| *name == key) {
        format!("scenario.{key}")
    } else {
        key.to_owned()
    }
}

/// A unit of a scenario in the letters that columns have it in.
pub(crate) fn unit_as_columns_have_it(unit: &str) -> String {
    match unit {
        "" => "1".to_owned(),
        unit => unit.replace("um", "µm").replace("^2", "²").replace('*', "·"),
    }
}

fn rounded(figure: f64) -> f64 {
    let text = format!("{figure:.*e}", FIGURES - 1);
    text.parse().unwrap_or(figure)
}
