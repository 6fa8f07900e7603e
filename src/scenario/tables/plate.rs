//! Tables of the run as a whole: the top of the file, the well and what every well holds.

use super::parts::*;
use crate::model::domain::USUAL_LAYER_UM;
use crate::model::parameter::Dimension::{Length, Time};
use crate::model::parameter::Section;
use crate::model::parameters as numbers;
use crate::scenario::shape::{Form, Shape};

/// The tables.
pub const TABLES: &[Shape] = &[
    Shape {
        name: "",
        meaning: "The run as a whole.",
        settings: settings! { ""
            "duration": Time, GIVEN, (SECOND * 1e-3, LONG), "How long the culture is followed.",
                r#"duration = "5 d""#;
            "step": Time, 1.0 / 60.0, (SECOND * 1e-4, 24.0), "Length of a step of the computation.";
            "record_every": Time, 1.0, (SECOND * 1e-4, LONG), "Time from one row of readouts to the next.";
        },
        keys: keys! {
            required "name": Form::Text, "what the run is called",
                r#"name = "first-try""#;
            "seed": Form::Seed, "seed of every random draw (default 1): the same seed gives the same run",
                r#"seed = 7"#;
            required "well": Form::Table("well"), "the space that every well has",
                r#"well = { size = ["3 mm", "3 mm"] }"#;
            "explant": Form::Tables("explant"), "spheroids of motor neurons; every well holds them all",
                r#"explant = [{ at = ["0.6 mm", "0.6 mm"] }]"#;
            "myokine": Form::Tables("myokine"), "the myokines in play",
                r#"myokine = [{ name = "GDNF" }]"#;
            required "condition": Form::Tables("condition"), "treatments and their replicate wells",
                r#"condition = [{ name = "alone" }]"#;
            "event": Form::Tables("event"), "what happens once",
                r#"event = [{ at = "6 h", set = { "growth_cone.speed" = "6 um/h" } }]"#;
            "record": Form::Table("record"), "what is kept of a run",
                r#"record = { morphologies = 5 }"#;
            "shows": Form::Table("shows"), "the question of the scenario, and its answer",
                r#"shows = { question = "Do axons grow?", answer = "They do.", findings = [{ readout = "tips", of = "exercised medium", is = [1, 1000] }] }"#;
            ..BIOLOGY;
            "muscle": Form::Table("muscle"), "how muscle answers light, in a well and as donor of medium alike",
                "";
            "variation": Form::Table("variation"), "how neurons, explants and cultures differ",
                "";
        },
        ..NOTHING
    },
    Shape {
        name: "well",
        meaning: "The space that every well has: a box of gel in cubic voxels.",
        settings: settings! { "well"
            "voxel": Length, 20.0, (1.0, 1000.0), "Edge of a voxel of the myokine field.";
            "layer": Length, USUAL_LAYER_UM, (0.1, 1e5),
                "Thickness of the layer that a planar culture stands for: what growth cones take up comes out of it.";
        },
        keys: keys! {
            required "size": Form::Lengths(&[2, 3], "width and height; a third makes a slab"), "edges of a well",
                r#"size = ["3 mm", "3 mm"]"#;
            "walls": Form::File,
                "a PNG picture with one pixel a voxel: dark pixels are walls; its top row is the far end in y",
                r#"walls = "walls.png""#;
        },
        ..NOTHING
    },
    Shape {
        name: "explant",
        meaning: "An explant (spheroid) of motor neurons at its place in every well.",
        documented: numbers::Explant::PARAMETERS,
        keys: keys! {
            required "at": POSITION, "its centre",
                r#"at = ["0.6 mm", "0.6 mm"]"#;
        },
        ..NOTHING
    },
    Shape {
        name: "myokine",
        meaning: "A diffusing myokine and what growth cones make of it. The names GDNF, LIF, BDNF, IGF-1, IL-6 and irisin bring numbers of their own, with doses in nM or, by their molar mass, ng/mL; doses of any other are relative to exercised medium.",
        documented: numbers::Myokine::PARAMETERS,
        keys: keys! {
            required "name": Form::Text, "what it is called",
                r#"name = "neurotrophin""#;
        },
        ..NOTHING
    },
];
