//! Tables of a condition: a treatment and everything that is done to its wells.

use super::parts::*;
use crate::model::parameter::Dimension::{self, Count, Dose, DoseRate, Length, Time};
use crate::model::parameter::{Grade, Parameter, Section};
use crate::model::parameters as numbers;
use crate::model::word::Word;
use crate::scenario::shape::{Form, Shape};
use crate::scenario::words::{FibreAxis, FieldAtStart, Rim, StrainWord};

/// The tables.
pub const TABLES: &[Shape] = &[
    Shape {
        name: "condition",
        meaning: "A treatment and its replicate wells.",
        settings: settings! { "condition"
            "wells": Count, 1.0, (1.0, 100_000.0), "Replicate wells.";
        },
        keys: keys! {
            required "name": Form::Text, "what the plate calls it",
                r#"name = "alone""#;
            "medium": Form::Table("medium"), "medium brought to the wells; without it the medium is never changed",
                r#"medium = { from = "exercised muscle", every = "12 h" }"#;
            "actuation": Form::Table("actuation"), "movement of the gel; without it the gel is still",
                r#"actuation = { amplitude = "5 %", session = "30 min", every = "12 h" }"#;
            "tow": Form::Table("tow"), "a pull on every growth cone; without it they are left to themselves",
                r#"tow = { force = "1 nN", session = "1 h", every = "12 h" }"#;
            "muscle": Form::Table("condition.muscle"), "muscle beside the neurons",
                r#"muscle = { region = ["2.4 mm", "0 mm", "3 mm", "3 mm"] }"#;
            "source": Form::Tables("source"), "steady sources and sinks of a myokine",
                r#"source = [{ region = ["0 mm", "0 mm", "0.2 mm", "3 mm"], rate = "0.05 /h" }]"#;
            "reservoir": Form::Tables("reservoir"), "regions held at a concentration",
                r#"reservoir = [{ region = ["0 mm", "2.8 mm", "3 mm", "3 mm"], dose = 0.5 }]"#;
            "field": Form::Word(FieldAtStart::WORDS),
                "the myokine in its wells at the beginning (default empty): at rest, it is what resting muscle, sources and reservoirs would have brought in the long run, as if they had been there before the neurons",
                r#"field = "at rest"
                   muscle = { region = ["2.4 mm", "0 mm", "3 mm", "3 mm"] }"#;
            "origin": Form::Table("condition.origin"),
                "the plate that it was packed from (default this one)",
                r#"origin = { plate = "exercise-2024", seed = 2, condition = "exercised medium" }"#;
            ..BIOLOGY;
        },
        ..NOTHING
    },
    Shape {
        name: "condition.origin",
        meaning: "The plate that a condition was packed from: what is drawn in its wells follows these, so that they are the wells of that plate to the bit. Conditions of one origin meet the same dice.",
        keys: keys! {
            "plate": Form::Text, "name of that plate (default of this one)",
                r#"plate = "exercise-2024""#;
            "seed": Form::Seed, "its seed (default of this plate)",
                r#"seed = 2"#;
            "condition": Form::Text, "name of the condition on it (default of this one)",
                r#"condition = "exercised medium""#;
        },
        ..NOTHING
    },
    Shape {
        name: "medium",
        meaning: "Medium carried to a well from elsewhere: the whole medium is replaced.",
        settings: settings! { "medium"
            "every": Time, 24.0, (SECOND, LONG), "From one change of medium to the next.",
                r#"from = "exercised muscle"
                   every = "12 h""#;
            "start": Time, 0.0, (0.0, LONG), "When it is first brought.",
                r#"from = "exercised muscle"
                   start = "6 h""#;
        },
        keys: &[FROM, DONOR_LIGHT, DOSES],
        ..NOTHING
    },
    Shape {
        name: "light",
        meaning: "Light on optogenetic muscle, in sessions.",
        documented: numbers::Light::PARAMETERS,
        ..NOTHING
    },
    Shape {
        name: "tow",
        meaning: "A pull on every growth cone, in sessions: above the threshold of `stretch` it draws the axon out along the pull.",
        documented: numbers::Tow::PARAMETERS,
        ..NOTHING
    },
    Shape {
        name: "actuation",
        meaning: "How and when the gel is moved back and forth.",
        documented: numbers::Actuation::PARAMETERS,
        keys: keys! {
            "strain": Form::Word(StrainWord::WORDS), "the kind of movement (default uniaxial)",
                r#"strain = "equibiaxial""#;
            "bars": Form::Boxes(&[4, 6], "x0, y0, x1, y1 (in a slab also x0, y0, z0, x1, y1, z1)"),
                "magnet bars in the gel, pulled along the axis or by a magnet; between them the gel is strained by elasticity",
                r#"strain = "magnet bars"
                   bars = [["0.1 mm", "1 mm", "0.3 mm", "2 mm"], ["2.7 mm", "1 mm", "2.9 mm", "2 mm"]]"#;
            "rim": Form::Word(Rim::WORDS),
                "whether the rim of a gel with magnet bars is held (default clamped); walls always hold it",
                r#"strain = "magnet bars"
                   bars = [["0.1 mm", "1 mm", "0.3 mm", "2 mm"]]
                   rim = "free""#;
            "force": Form::Quantity(Dimension::Force, (1e-6, 1e12)),
                "the largest force on a bar, in the place of the amplitude: a softer gel is strained more",
                r#"strain = "magnet bars"
                   bars = [["0.1 mm", "1 mm", "0.3 mm", "2 mm"]]
                   force = "20 uN""#;
            "magnet": Form::Table("actuation.magnet"),
                "the magnet under the gel that pulls the bars; without it all are pulled alike along the axis",
                r#"strain = "magnet bars"
                   bars = [["0.1 mm", "1 mm", "0.3 mm", "2 mm"]]
                   magnet = { from = ["0.2 mm", "1.5 mm"], to = ["2.8 mm", "1.5 mm"] }"#;
            "map": Form::File,
                "a table of the movement measured at the peak of a cycle, on a regular grid that covers the well but for a step: columns x_um, y_um, ux_um, uy_um (in a slab also z_um, uz_um) or x, y, u, v, between commas, semicolons, tabs or spaces; NaN where a vector was lost",
                r#"strain = "map"
                   map = "map.csv""#;
            "resolved": Form::Flag,
                "step through each cycle instead of averaging; the step must be at most 1/20 of a period",
                r#"resolved = true
                   frequency = "2 /h"
                   session = "2 h""#;
        },
        ..NOTHING
    },
    Shape {
        name: "actuation.magnet",
        meaning: "The magnet under a gel with bars: in each cycle it goes from one place to the other and back, and pulls each \
                  bar towards it with a force that falls with the fourth power of the distance (assumed).",
        settings: &[Parameter {
            grade: Grade::C,
            source: "assumed",
            ..setting(
                "actuation.magnet",
                "height",
                "How far below the bars it goes.",
                Length,
                3000.0,
                (100.0, 1e5),
            )
        }],
        keys: keys! {
            required "from": POSITION, "one end of its way",
                r#"from = ["0.2 mm", "1.5 mm"]"#;
            required "to": POSITION, "the other end",
                r#"to = ["2.8 mm", "1.5 mm"]"#;
        },
        ..NOTHING
    },
    Shape {
        name: "condition.muscle",
        meaning: "Muscle fibres in a region of the well, beside the neurons.",
        keys: keys! {
            required "region": BOX, "the box that the fibres fill",
                r#"region = ["2.4 mm", "0 mm", "3 mm", "3 mm"]"#;
            "light": Form::Table("light"), "the light on it; without it the muscle rests",
                r#"light = { session = "30 min", every = "12 h" }"#;
            "lit": BOX, "the part of it that the light falls on (default all of it): targeted stimulation",
                r#"light = { session = "30 min", every = "12 h" }
                   lit = ["2.4 mm", "1.5 mm", "3 mm", "3 mm"]"#;
            "fibres": Form::Word(FibreAxis::WORDS), "which way its fibres run (default along its longer edge)",
                r#"fibres = "along y""#;
        },
        ..NOTHING
    },
    Shape {
        name: "source",
        meaning: "A steady source (or, if negative, sink) of one myokine.",
        settings: settings! { "source"
            "rate": DoseRate, GIVEN, (-1e6, 1e6), "Change of concentration per time.", r#"rate = "0.05 /h""#;
        },
        keys: keys! {
            required "region": BOX, "where",
                r#"region = ["0 mm", "0 mm", "0.2 mm", "3 mm"]"#;
            WHICH_MYOKINE;
        },
        ..NOTHING
    },
    Shape {
        name: "reservoir",
        meaning: "A region that is held at a concentration.",
        settings: settings! { "reservoir"
            "dose": Dose, GIVEN, DOSES_ACCEPTED, "The concentration, where there is only one myokine.",
                "dose = 0.5";
        },
        keys: keys! {
            required "region": BOX, "where",
                r#"dose = 0.5
                   region = ["0 mm", "2.8 mm", "3 mm", "3 mm"]"#;
            "doses": Form::Doses, "the concentration of each myokine named; the others are held at 0",
                r#"doses = { myokines = 0.5 }"#;
        },
        ..NOTHING
    },
];
