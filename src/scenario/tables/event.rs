//! Tables of an event and of its deeds.

use super::parts::*;
use crate::model::parameter::Dimension::{Dose, Frequency, Length, Time};
use crate::scenario::list::list;
use crate::scenario::shape::{Form, Key, Shape};

/// The deeds, of which an event has one.
pub const DEEDS: &[Key] = &[
    key("drop", Form::Table("drop"), "a drop of myokine from a pipette"),
    key(
        "medium",
        Form::Table("event.medium"),
        "the whole medium is replaced once",
    ),
    key(
        "set",
        Form::Changes,
        "the biology changes from then on, such as { \"growth_cone.speed\" = \"6 um/h\" }",
    ),
    key(
        "axotomy",
        Form::Table("axotomy"),
        "a cut along a line or a plane, or of all that lies in a box",
    ),
    key(
        "actuation",
        Form::TableOrOff("actuation"),
        "the gel is moved like this from then on, the first session at once unless start says otherwise",
    ),
    key(
        "light",
        Form::TableOrOff("light"),
        "the muscle is lit like this from then on, the first session at once unless start says otherwise",
    ),
    key(
        "tow",
        Form::TableOrOff("tow"),
        "every growth cone is pulled like this from then on, the first session at once unless start says otherwise",
    ),
    key(
        "magnet",
        Form::Table("magnet"),
        "a magnet that is moved back and forth beside the gel for one session",
    ),
];

const CONDITIONS: Key = key(
    "condition",
    Form::Conditions,
    "the condition or conditions it happens to; all where left out",
);

/// The tables.
pub const TABLES: &[Shape] = &[
    Shape {
        name: "event",
        meaning: "Something that happens once: a drop, a cut, a change of medium, of the protocol, or of the biology.",
        settings: &[setting(
            "event",
            "at",
            "When, from the start of the run.",
            Time,
            GIVEN,
            (0.0, LONG),
        )],
        keys: list![CONDITIONS, ..DEEDS,],
        ..NOTHING
    },
    Shape {
        name: "axotomy",
        meaning: "A cut: by a knife drawn along a line (from, to), in a slab through its whole height; along a plane (at, \
                  towards); or of all that lies in a box (region). Axons lose what lies beyond; the stump rests, then \
                  grows again or not (see injury).",
        keys: &[
            key("from", POSITION, "where the knife goes in"),
            key("to", POSITION, "where it comes out"),
            key("at", POSITION, "a point of the plane"),
            key(
                "towards",
                POSITION,
                "where the plane faces: it is perpendicular to the way there",
            ),
            key("region", BOX, "the box that is removed"),
        ],
        ..NOTHING
    },
    Shape {
        name: "magnet",
        meaning: "A magnet that is moved back and forth along a line and takes the gel with it: for now one session of \
                  uniaxial strain along the line, as large as the way is long beside the well.",
        settings: &[
            setting(
                "magnet",
                "frequency",
                "How often it goes back and forth.",
                Frequency,
                1.0,
                (1e-3, 100.0),
            ),
            setting("magnet", "session", "For how long.", Time, 0.5, (1e-3, 1e4)),
        ],
        keys: &[
            required("from", POSITION, "one end of its way"),
            required("to", POSITION, "the other end"),
        ],
        ..NOTHING
    },
    Shape {
        name: "drop",
        meaning: "A drop of myokine from a pipette: raises the concentration in a ball around a point.",
        settings: &[
            setting("drop", "radius", "Radius of the ball.", Length, GIVEN, (1e-3, 1e5)),
            setting(
                "drop",
                "dose",
                "Concentration added inside the ball.",
                Dose,
                GIVEN,
                (0.0, 1e9),
            ),
        ],
        keys: &[required("at", POSITION, "its centre"), WHICH_MYOKINE],
        ..NOTHING
    },
    Shape {
        name: "event.medium",
        meaning: "Medium brought once.",
        keys: &[FROM, DONOR_LIGHT, DOSES],
        ..NOTHING
    },
];
