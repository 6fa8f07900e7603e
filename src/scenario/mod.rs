//! Scenarios: a TOML text and overrides become a [`Plate`], or the list of everything that is wrong with them.
//!
//! Text → [`tree`] (values that know their line) → [`overrides`] → a walk over tables of known [`shape`] that
//! gathers all mistakes → `check` of the whole. Nothing here reads a clock or writes a file; the files beside a scenario
//! (walls, measured movements) and the free memory come from [`Surroundings`].

mod accuracy;
mod biology;
mod brought;
mod budget;
mod builtin;
mod check;
mod condition;
pub(crate) mod condition_names;
mod copy;
mod culture;
mod displacement;
pub mod estimate;
mod event;
mod explain;
mod explant_walls;
mod gel;
mod genotypes;
mod hypotheses;
mod introduction;
mod landmarks;
pub(crate) mod list;
mod markdown;
mod mean_gain;
pub mod mistake;
mod named;
pub(crate) mod notes;
mod numbers;
mod open_voxels;
mod outlook;
pub mod overrides;
mod piv;
pub mod presets;
pub mod printable;
mod protocol;
pub mod quantity;
pub(crate) mod reader;
mod record;
pub mod recorded;
pub mod reference;
mod resolved;
mod rim;
mod schema;
mod setting;
pub mod shape;
pub(crate) mod shows;
pub(crate) mod tables;
pub mod tree;
mod unit;
mod well;
mod words;

pub use builtin::{BUILTIN, Builtin, builtin, builtin_file};
pub use copy::ScenarioCopy;
pub use estimate::{Needs, estimate};
pub use explain::{UnknownKey, explain, explain_json, explained_names};
pub use introduction::Introduction;
pub use markdown::{parameters_in_markdown, plates_in_markdown, tables_in_markdown, units_in_markdown};
pub use mistake::{Mistake, Mistakes, Warning};
pub use overrides::Override;
pub use record::{Leave, Morphologies, RecordOptions};
pub use recorded::Recorded;
pub use resolved::{Origin, Resolved};
pub use schema::schema;
pub use tables::event::DEEDS;
pub use words::LeaveWord;

use crate::model::biology::Biology;
use crate::model::parameters::{Matrix, Muscle, Variation};
use crate::model::plate::Plate;
use crate::readout::Shows;
use budget::Budget;
use mistake::FilePlace;
use notes::Notes;
use numbers::Listing;
use reader::Fields;
use setting::{Setting, Solved};
use std::cell::RefCell;
use std::str::FromStr;
use tree::{TomlTable, TomlValue};

/// A scenario that is free of mistakes.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The plate to be run.
    pub plate: Plate,
    /// The parts of a run that are kept.
    pub record: RecordOptions,
    /// Its question and what it finds, where it says so; nothing of a scenario that overrides make another experiment.
    pub shows: Option<Shows>,
    /// Allowed but unusual numbers.
    pub warnings: Vec<Warning>,
    /// Every number as the run will use it.
    pub resolved: Vec<Resolved>,
    /// The text it was read from; with `overrides` it gives the same plate again.
    pub text: String,
    /// The overrides it was read with.
    pub overrides: Vec<Override>,
    /// The files that it names, as they were read.
    pub files: Vec<NamedFile>,
}

/// A file that a scenario names, such as a picture of walls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// As it is named: a path from the scenario's folder, or an absolute one.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// Longer files that a scenario names are not read, bytes.
pub const MOST_FILE_BYTES: u64 = 256_000_000;

/// Gives the bytes of a file named in a scenario, or says why it cannot.
pub type FileReader<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'a;

/// Files and memory that a scenario may ask for.
pub struct Surroundings<'a> {
    /// Reads a file that lies beside the scenario.
    pub file: Box<FileReader<'a>>,
    /// Memory that a run may use, bytes; `None` where it is not known.
    pub memory_bytes: Option<u64>,
}

impl Surroundings<'_> {
    /// The files of the built-in scenarios, and memory without a known end.
    pub fn built_in() -> Self {
        Self {
            file: Box::new(builtin_file),
            memory_bytes: None,
        }
    }

    /// No files, and memory without a known end.
    pub fn none() -> Self {
        Self {
            file: Box::new(|_| Err("no files can be read here".to_owned())),
            memory_bytes: None,
        }
    }
}

/// Reads a scenario: `text` as it stands in `file` (a name for messages only), changed by `overrides`.
///
/// # Errors
/// Every mistake of the file and the overrides at once, in the order in which they stand there.
pub fn read(
    text: &str,
    file: &str,
    overrides: &[Override],
    surroundings: &Surroundings<'_>,
) -> Result<Scenario, Mistakes> {
    let notes = Notes::new(file, overrides);
    let Some(mut tree) = reader::parse(&notes, text) else {
        return Err(notes.into_result().err().unwrap_or_default());
    };
    for (number, change) in overrides.iter().enumerate() {
        if let Err(misplaced) = overrides::apply(&mut tree, change, number) {
            let spot = notes.spot(FilePlace::Override(number), change.key.as_str());
            spot.refuse_near(misplaced.found, misplaced.expected, misplaced.nearest);
        }
    }
    let files = RefCell::new(Vec::new());
    let keeping = Surroundings {
        file: Box::new(|name| {
            let bytes = (surroundings.file)(name)?;
            let file = NamedFile {
                name: name.to_owned(),
                bytes: bytes.clone(),
            };
            let mut files = files.borrow_mut();
            if !files.contains(&file) {
                files.push(file);
            }
            Ok(bytes)
        }),
        memory_bytes: surroundings.memory_bytes,
    };
    let read = read_tree(&notes, &tree, &keeping);
    drop(keeping);
    let (warnings, resolved) = notes.into_result()?;
    let Read { plate, record, shows } = read.ok_or_else(Mistakes::default)?;
    Ok(Scenario {
        plate,
        record,
        shows,
        warnings,
        resolved,
        text: text.to_owned(),
        overrides: overrides.to_vec(),
        files: files.into_inner(),
    })
}

/// A scenario that names no files.
impl FromStr for Scenario {
    type Err = Mistakes;

    fn from_str(text: &str) -> Result<Self, Mistakes> {
        read(text, "scenario", &[], &Surroundings::none())
    }
}

/// The parts of a scenario that stand in its text.
struct Read {
    plate: Plate,
    record: RecordOptions,
    shows: Option<Shows>,
}

fn read_tree(notes: &Notes<'_>, tree: &TomlTable, surroundings: &Surroundings<'_>) -> Option<Read> {
    let root = &reader::open(notes, tree, tables::SHAPES)?;
    let budget = &Budget::new(surroundings.memory_bytes);
    let name = root.name("name").map(str::to_owned);
    let clock = protocol::clock(root);
    let seed = seed(root).unwrap_or(1);
    let domain = root
        .table("well")
        .and_then(|fields| well::read(&fields, surroundings, budget));
    let explants = culture::explants(root, domain.as_ref());
    let myokines = culture::myokines(root);
    let biology = biology::read(root, Biology::default(), Listing::All);
    let mut muscle = Muscle::default();
    root.section_at(&mut muscle, Listing::All);
    let mut variation = Variation::default();
    root.section_at(&mut variation, Listing::All);
    let matrix = gel::matrix(root, Matrix::default(), Listing::All);
    let solved = Solved::default();
    let setting = Setting {
        domain: domain.as_ref(),
        clock: clock.as_ref(),
        species: &myokines,
        biology,
        matrix,
        solved: &solved,
        budget,
        surroundings,
    };
    let (conditions, matrices) = condition::read(root, &setting);
    let events = event::read(root, &setting, &conditions, &matrices);
    let kept = root.table("record");
    let record = record::read(kept.as_ref());
    let landmarks = landmarks::read(kept.as_ref(), domain.as_ref());
    let (clock, domain) = (clock?, domain?);
    let plate = Plate {
        name: name?,
        seed,
        step_h: clock.step_h,
        steps: clock.steps,
        record_every: clock.record_every,
        domain,
        explants,
        myokines,
        muscle,
        variation,
        conditions,
        events,
        landmarks,
    };
    if notes.are_sound() {
        check::check(root, &plate, &record, surroundings.memory_bytes);
    }
    let shows = (!notes.is_changed()).then(|| shows::read(root, &plate)).flatten();
    Some(Read { plate, record, shows })
}

/// Whole numbers up to this one are exact as numbers with a decimal point or an exponent.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads `seed`, where it is there.
fn seed(fields: &Fields<'_>) -> Option<u64> {
    let node = fields.value("seed")?;
    match node.value {
        TomlValue::Whole(seed) if let Ok(seed) = u64::try_from(seed) => return Some(seed),
        // Such as 1e3.
        TomlValue::Float(seed) if seed.fract() == 0.0 && (0.0..=MOST_EXACT).contains(&seed) => {
            return Some(seed as u64);
        }
        _ => {}
    }
    let expected = format!("a whole number from 0 to {}", u64::MAX);
    fields.at("seed").wrong_kind(node, expected)
}
