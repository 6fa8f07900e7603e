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
            required "name": Form::Text, "what the plate calls it";
            "medium": Form::Table("medium"), "medium brought to the wells; without it the medium is never changed";
            "actuation": Form::Table("actuation"), "movement of the gel; without it the gel is still";
            "tow": Form::Table("tow"), "a pull on every growth cone; without it they are left to themselves";
            "muscle": Form::Table("condition.muscle"), "muscle beside the neurons";
            "source": Form::Tables("source"), "steady sources and sinks of a myokine";
            "reservoir": Form::Tables("reservoir"), "regions held at a concentration";
            "field": Form::Word(FieldAtStart::WORDS),
                "the myokine in its wells at the beginning (default empty): at rest, it is what resting muscle, sources and reservoirs would have brought in the long run, as if they had been there before the neurons";
            "origin": Form::Table("condition.origin"),
                "the plate that it was packed from (default this one)";
            ..BIOLOGY;
        },
        ..NOTHING
    },
    Shape {
        name: "condition.origin",
        meaning: "The plate that a condition was packed from: what is drawn in its wells follows these, so that they are the wells                   of that plate to the bit. Conditions of one origin meet the same dice.",
        keys: keys! {
            "plate": Form::Text, "name of that plate (default of this one)";
            "seed": Form::Seed, "its seed (default of this plate)";
            "condition": Form::Text, "name of the condition on it (default of this one)";
        },
        ..NOTHING
    },
    Shape {
        name: "medium",
        meaning: "Medium carried to a well from elsewhere: the whole medium is replaced.",
        settings: settings! { "medium"
            "every": Time, 24.0, (SECOND, LONG), "From one change of medium to the next.";
            "start": Time, 0.0, (0.0, LONG), "When it is first brought.";
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
            "strain": Form::Word(StrainWord::WORDS), "the kind of movement (default uniaxial)";
            "bars": Form::Boxes(&[4, 6], "x0, y0, x1, y1 (in a slab also x0, y0, z0, x1, y1, z1)"),
                "magnet bars in the gel, pulled along the axis or by a magnet; between them the gel is strained by elasticity";
            "rim": Form::Word(Rim::WORDS),
                "whether the rim of a gel with magnet bars is held (default clamped); walls always hold it";
            "force": Form::Quantity(Dimension::Force, (1e-6, 1e12)),
                "the largest force on a bar, in the place of the amplitude: a softer gel is strained more";
            "magnet": Form::Table("actuation.magnet"),
                "the magnet under the gel that pulls the bars; without it all are pulled alike along the axis";
            "map": Form::File,
                "a table of the movement measured at the peak of a cycle, on a regular grid that covers the well but for a step: columns x_um, y_um, ux_um, uy_um (in a slab also z_um, uz_um) or x, y, u, v, between commas, semicolons, tabs or spaces; NaN where a vector was lost";
            "resolved": Form::Flag,
                "step through each cycle instead of averaging; the step must be at most 1/20 of a period";
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
            required "from": POSITION, "one end of its way";
            required "to": POSITION, "the other end";
        },
        ..NOTHING
    },
    Shape {
        name: "condition.muscle",
        meaning: "Muscle fibres in a region of the well, beside the neurons.",
        keys: keys! {
            required "region": BOX, "the box that the fibres fill";
            "light": Form::Table("light"), "the light on it; without it the muscle rests";
            "lit": BOX, "the part of it that the light falls on (default all of it): targeted stimulation";
            "fibres": Form::Word(FibreAxis::WORDS), "which way its fibres run (default along its longer edge)";
        },
        ..NOTHING
    },
    Shape {
        name: "source",
        meaning: "A steady source (or, if negative, sink) of one myokine.",
        settings: settings! { "source"
            "rate": DoseRate, GIVEN, (-1e6, 1e6), "Change of concentration per time.";
        },
        keys: keys! {
            required "region": BOX, "where";
            WHICH_MYOKINE;
        },
        ..NOTHING
    },
    Shape {
        name: "reservoir",
        meaning: "A region that is held at a concentration.",
        settings: settings! { "reservoir"
            "dose": Dose, GIVEN, DOSES_ACCEPTED, "The concentration, where there is only one myokine.";
        },
        keys: keys! {
            required "region": BOX, "where";
            "doses": Form::Doses, "the concentration of each myokine named; the others are held at 0";
        },
        ..NOTHING
    },
];
