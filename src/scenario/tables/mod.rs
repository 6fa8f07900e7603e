//! Every table of a scenario file and the meaning of its keys, written down once.

mod condition;
pub mod event;
pub(crate) mod parts;
mod plate;

use super::list::list;
use super::shape::{Form, Key, Shape};
use crate::model::biology::Biology;
use crate::model::parameter::Dimension;
use crate::model::parameters as numbers;
use crate::model::word::Word;
use crate::scenario::words::LeaveWord;
use parts::{BOX, NOTHING, POSITION, keys, of_numbers, section};
pub use parts::{DOSES_ACCEPTED, LONG};

/// Every table of a scenario file.
pub const SHAPES: &[Shape] = list![
    ..plate::TABLES,
    ..condition::TABLES,
    ..event::TABLES,
    RECORD,
    CROSSING,
    PART,
    SHOWS,
    FINDING,
    ..&BIOLOGY_SHAPES,
    section::<numbers::Muscle>(),
    section::<numbers::Variation>(),
    MATRIX_SHAPE
];

const RECORD: Shape = Shape {
    name: "record",
    meaning: "What is kept of a run.",
    keys: keys! {
        "morphologies": Form::Morphologies,
            "neurons a well whose axons are written as SWC: \"all\", \"none\" or a number (default 20)",
            r#"morphologies = "all""#;
        "leave": Form::Words(LeaveWord::WORDS),
            "the files that a run leaves, a word or several: readouts (tables of readouts, run.json and scenario/, which are always left), axons (SWC and neurons.parquet), pictures (plate.png), report (report.html; with the plate's picture where pictures are left too), all (default); --leave wins over it",
            r#"leave = ["axons", "report"]"#;
        "distances": Form::Lengths(&[1, 2, 3, 4, 5, 6, 7, 8], "distances from the explant's edge"),
            "distances from the explant's edge at which crossings of axons are counted, as Sholl did (default 100, 200, 500 and 1000 um)",
            r#"distances = ["100 um", "200 um"]"#;
        "crossings": Form::Tables("crossing"), "lines of which it is counted how many axons cross them",
            r#"crossings = [{ name = "gate", from = ["2 mm", "0 mm"], to = ["2 mm", "3 mm"] }]"#;
        "parts": Form::Tables("part"), "parts of the well in which synapses are counted",
            r#"parts = [{ name = "lit half", region = ["2.4 mm", "1.5 mm", "3 mm", "3 mm"] }]"#;
    },
    ..NOTHING
};

const CROSSING: Shape = Shape {
    name: "crossing",
    meaning: "A line, such as a gate or the far edge of a gap; in a slab a wall over it through the whole height. The readout \
              axons_across_NAME counts the axons that cross it.",
    keys: keys! {
        required "name": Form::Text, "what it is called",
            r#"name = "gate""#;
        required "from": POSITION, "one end of it",
            r#"from = ["2 mm", "0 mm"]"#;
        required "to": POSITION, "the other",
            r#"to = ["2 mm", "3 mm"]"#;
    },
    ..NOTHING
};

const PART: Shape = Shape {
    name: "part",
    meaning: "A part of the well, such as the lit half of a muscle. The readout synapses_in_NAME counts the synapses there.",
    keys: keys! {
        required "name": Form::Text, "what it is called",
            r#"name = "lit half""#;
        required "region": BOX, "the box that it is",
            r#"region = ["2.4 mm", "1.5 mm", "3 mm", "3 mm"]"#;
    },
    ..NOTHING
};

const SHOWS: Shape = Shape {
    name: "shows",
    meaning: "The question of the scenario, and its answer in words and in readouts. It is of the scenario as it stands: --set makes \
              another one.",
    keys: keys! {
        required "question": Form::Text, "what the scenario asks",
            r#"question = "Do axons grow?""#;
        required "answer": Form::Text, "what comes out, in words",
            r#"answer = "They do.""#;
        required "findings": Form::Tables("finding"), "what comes out, in readouts: a test holds those of the built-in scenarios",
            r#"findings = [{ readout = "tips", of = "exercised medium", is = [1, 1000] }]"#;
    },
    ..NOTHING
};

/// The mean of a readout, and another one that it is compared with.
pub(crate) const COMPARED: &[Key] = keys! {
    required "readout": Form::Text, "the column of readouts.csv",
        r#"readout = "tips""#;
    required "of": Form::Text, "the condition",
        r#"of = "exercised medium""#;
    "over": Form::Text, "the condition by whose mean that of the first is divided",
        r#"over = "control""#;
    "less": Form::Text, "the condition whose mean is taken from that of the first",
        r#"less = "control""#;
};

pub(crate) const FINDING: Shape = Shape {
    name: "finding",
    meaning: "A readout's mean over the wells of seeds 1 to 3, and the interval in which it lies with its 95 % interval.",
    keys: keys! {
        ..COMPARED;
        "since": Form::Quantity(Dimension::Time, (0.0, LONG)),
            "the time from which on the exponent is taken with which the mean rises with time: 1 where it doubles in twice the time",
            r#"since = "6 h""#;
        "at": Form::Quantity(Dimension::Time, (0.0, LONG)), "when, as a time of record (default the end)",
            r#"at = "12 h""#;
        required "is": Form::Band, "the least and the greatest that it is",
            r#"is = [1, 1000]"#;
    },
    ..NOTHING
};

/// Tables of the sections of the biology.
const BIOLOGY_SHAPES: [Shape; Biology::SECTIONS.len()] = {
    let mut shapes = [of_numbers("", "", &[]); Biology::SECTIONS.len()];
    let mut index = 0;
    while index < shapes.len() {
        let section = &Biology::SECTIONS[index];
        shapes[index] = of_numbers(section.name, section.meaning, section.parameters);
        index += 1;
    }
    shapes
};

/// The gel's table, which has a key besides its numbers.
const MATRIX_SHAPE: Shape = Shape {
    keys: keys! {
        "fibrin": Form::Quantity(Dimension::MassConcentration, (0.14, 442.0)),
            "concentration of fibrin, in the place of the stiffness: 10 kPa (c / 14 mg/mL)^2 (grade C; see matrix.stiffness)",
            r#"fibrin = "3 mg/mL""#;
    },
    ..section::<numbers::Matrix>()
};
