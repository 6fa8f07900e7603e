//! Every table of a lesson file and the meaning of its keys, written down once.

use super::lesson::{LessonLayer, LessonTool};
use crate::model::parameter::Dimension;
use crate::model::word::Word;
use crate::scenario::shape::{Form, Shape};
use crate::scenario::tables::parts::{LONG, NOTHING, keys, required};
use crate::scenario::tables::{COMPARED, FINDING};

const TIME: Form = Form::Quantity(Dimension::Time, (0.0, LONG));

/// Every table of a lesson file.
pub const SHAPES: &[Shape] = &[LESSON, STEP, VIEW, CONTROL, OUTCOME, ASK, CHOICE, FINDING];

const LESSON: Shape = Shape {
    name: "",
    meaning: "A lesson: steps, each with a plate that is run. Its texts lie beside it, in lesson.en.md and lesson.zh.md.",
    keys: keys! {
        required "time": TIME, "how long it takes a class, about",
            r#"time = "20 min""#;
        required "step": Form::Tables("step"), "the steps in their order",
            r#"step = [{ id = "watch", scenario = "quick", view = { plot = "tips" } }]"#;
    },
    ..NOTHING
};

const STEP: Shape = Shape {
    name: "step",
    meaning: "A step: one idea, one plate.",
    keys: keys! {
        required "id": Form::Text, "its name, which the texts' headings refer to",
            r#"id = "watch""#;
        required "scenario": Form::Text, "its plate: a file that lies beside, or a scenario that is built in",
            r#"scenario = "quick""#;
        "set": Form::Changes, "keys of the scenario that are changed, as --set does",
            r#"set = { seed = 2 }"#;
        "until": TIME, "how far it plays (default the scenario's end)",
            r#"until = "12 h""#;
        required "view": Form::Table("view"), "what is looked at",
            r#"view = { plot = "tips" }"#;
        "control": Form::Tables("control"), "what may be changed: a few keys with few values",
            r#"control = [{ id = "speed", key = "growth_cone.speed", values = ["4 um/h", "8 um/h"] }]"#;
        "tools": Form::Words(LessonTool::WORDS), "what may be done to the plate by hand",
            r#"tools = ["cut"]"#;
        "hint": Form::Flag, "whether the texts have a hint; a step has a hint or a prediction, never both",
            r#"hint = true"#;
        "prediction": Form::Table("ask"), "what is asked ahead of the run",
            r#"prediction = { choices = [{ id = "fewer", is = [0, 1] }, { id = "more", is = [1, 1000] }] }"#;
        "outcome": Form::Table("outcome"), "what is measured at the end and told in a sentence",
            r#"outcome = { readout = "tips", of = "muscle beside them", over = "medium and movement" }"#;
        "question": Form::Table("ask"), "what is asked after the run; the run gives the right answer",
            r#"question = { greatest = ["muscle beside them", "medium and movement"] }"#;
        "claims": Form::Tables("finding"), "what the texts say of the plate, as findings that a test holds with seeds 1 to 3",
            r#"claims = [{ readout = "tips", of = "medium and movement", is = [1, 1000] }]"#;
    },
    ..NOTHING
};

const VIEW: Shape = Shape {
    name: "view",
    meaning: "What of the plate is looked at.",
    keys: keys! {
        required "plot": Form::Text, "the readout that is plotted, a column of readouts.csv",
            r#"plot = "tips""#;
        "look_at": Form::Text, "the condition whose first well is looked at (default the whole plate)",
            r#"look_at = "medium and movement""#;
        "layers": Form::Words(LessonLayer::WORDS), "what is drawn besides axons (default all)",
            r#"layers = ["myokine", "muscle"]"#;
    },
    ..NOTHING
};

const CONTROL: Shape = Shape {
    name: "control",
    meaning: "A key of the scenario that may be changed.",
    keys: keys! {
        required "id": Form::Text, "its name, which the texts refer to",
            r#"id = "speed""#;
        required "key": Form::Text, "the key, as --set takes it",
            r#"key = "growth_cone.speed""#;
        "values": Form::Texts, "the values to choose from, as --set takes them",
            r#"values = ["4 um/h", "8 um/h"]"#;
        "range": Form::Band, "the least and the greatest number, in the place of values",
            r#"range = [1, 10]"#;
        "unit": Form::Text, "the unit of the numbers of a range",
            r#"range = [1, 10]
               unit = "um/h""#;
        "begins": Form::Text, "the value at the beginning (default the first, or the least)",
            r#"begins = "8 um/h""#;
    },
    ..NOTHING
};

const OUTCOME: Shape = Shape {
    name: "outcome",
    meaning: "A readout's mean over the wells of a condition.",
    keys: keys! {
        ..COMPARED;
        "at": TIME, "when, as a time of record (default the step's end)",
            r#"at = "12 h""#;
    },
    ..NOTHING
};

const ASK: Shape = Shape {
    name: "ask",
    meaning: "A prediction or a question, about the step's outcome unless it names a readout: it has choices, greatest, least or number.",
    keys: keys! {
        "readout": Form::Text, "the column of readouts.csv",
            r#"readout = "tips""#;
        "of": Form::Text, "the condition",
            r#"of = "medium and movement""#;
        "over": Form::Text, "the condition by whose mean that of the first is divided",
            r#"over = "muscle beside them""#;
        "less": Form::Text, "the condition whose mean is taken from that of the first",
            r#"less = "muscle beside them""#;
        "at": TIME, "when, as a time of record (default the step's end)",
            r#"at = "12 h""#;
        "choices": Form::Tables("choice"), "answers, each with the figures for which it is right",
            r#"choices = [{ id = "fewer", is = [0, 1] }, { id = "more", is = [1, 1000] }]"#;
        "greatest": Form::Conditions, "conditions, of which that with the greatest mean is right",
            r#"greatest = ["muscle beside them", "medium and movement"]"#;
        "least": Form::Conditions, "conditions, of which that with the least mean is right",
            r#"least = ["muscle beside them", "medium and movement"]"#;
        "number": Form::Band, "a number is to be given; between which two, in the readout's unit",
            r#"number = [0, 10]"#;
        "within": Form::Quantity(Dimension::Fraction, (0.0, 1.0)), "by which share of the figure a number may be off and be right (default 10 %)",
            r#"number = [0, 10]
               within = "20 %""#;
    },
    ..NOTHING
};

const CHOICE: Shape = Shape {
    name: "choice",
    meaning: "An answer to choose.",
    keys: &[
        required("id", Form::Text, "its name, which the texts refer to", r#"id = "more""#),
        required(
            "is",
            Form::Band,
            "it is right from the first number up to, but not at, the second",
            "is = [1, 1000]",
        ),
    ],
    ..NOTHING
};
