//! Tables of an event and of its deeds.

use super::parts::*;
use crate::model::parameter::Dimension::{Dose, Frequency, Length, Time};
use crate::scenario::shape::{Form, Key, Shape};

/// The deeds, of which an event has one.
pub const DEEDS: &[Key] = keys! {
    "drop": Form::Table("drop"), "a drop of myokine from a pipette",
        r#"drop = { at = ["0.6 mm", "0.6 mm"], radius = "60 um", dose = 0.5 }"#;
    "medium": Form::Table("event.medium"), "the whole medium is replaced once",
        r#"medium = { from = "fresh" }"#;
    "set": Form::Changes, "the biology changes from then on, such as { \"growth_cone.speed\" = \"6 um/h\" }",
        r#"set = { "growth_cone.speed" = "6 um/h" }"#;
    "axotomy": Form::Table("axotomy"), "a cut along a line or a plane, or of all that lies in a box",
        r#"axotomy = { from = ["2 mm", "0 mm"], to = ["2 mm", "3 mm"] }"#;
    "actuation": Form::TableOrOff("actuation"),
        "the gel is moved like this from then on, the first session at once unless start says otherwise",
        r#"actuation = "off""#;
    "light": Form::TableOrOff("light"),
        "the muscle is lit like this from then on, the first session at once unless start says otherwise",
        r#"condition = "muscle beside them"
           light = { session = "1 h", every = "6 h" }"#;
    "tow": Form::TableOrOff("tow"),
        "every growth cone is pulled like this from then on, the first session at once unless start says otherwise",
        r#"tow = { force = "1 nN", session = "1 h", every = "6 h" }"#;
    "magnet": Form::Table("magnet"), "a magnet that is moved back and forth beside the gel for one session",
        r#"magnet = { from = ["0.2 mm", "1.5 mm"], to = ["0.4 mm", "1.5 mm"] }"#;
};

/// The tables.
pub const TABLES: &[Shape] = &[
    Shape {
        name: "event",
        meaning: "Something that happens once: a drop, a cut, a change of medium, of the protocol, or of the biology.",
        settings: settings! { "event"
            "at": Time, GIVEN, (0.0, LONG), "When, from the start of the run.",
                r#"set = { "growth_cone.speed" = "6 um/h" }
                   at = "6 h""#;
        },
        keys: keys! {
            "condition": Form::Conditions, "the condition or conditions it happens to; all where left out",
                r#"set = { "growth_cone.speed" = "6 um/h" }
                   condition = ["exercised medium"]"#;
            ..DEEDS;
        },
        ..NOTHING
    },
    Shape {
        name: "axotomy",
        meaning: "A cut: by a knife drawn along a line (from, to), in a slab through its whole height; along a plane (at, \
                  towards); or of all that lies in a box (region). Axons lose what lies beyond; the stump rests, then \
                  grows again or not (see injury).",
        keys: keys! {
            "from": POSITION, "where the knife goes in",
                r#"from = ["2 mm", "0 mm"]
                   to = ["2 mm", "3 mm"]"#;
            "to": POSITION, "where it comes out",
                r#"from = ["2 mm", "0 mm"]
                   to = ["2 mm", "3 mm"]"#;
            "at": POSITION, "a point of the plane",
                r#"at = ["2 mm", "1.5 mm"]
                   towards = ["3 mm", "1.5 mm"]"#;
            "towards": POSITION, "where the plane faces: it is perpendicular to the way there",
                r#"at = ["2 mm", "1.5 mm"]
                   towards = ["3 mm", "1.5 mm"]"#;
            "region": BOX, "the box that is removed",
                r#"region = ["2 mm", "0 mm", "3 mm", "3 mm"]"#;
        },
        ..NOTHING
    },
    Shape {
        name: "magnet",
        meaning: "A magnet that is moved back and forth along a line and takes the gel with it: for now one session of \
                  uniaxial strain along the line, as large as the way is long beside the well.",
        settings: settings! { "magnet"
            "frequency": Frequency, 1.0, (1e-3, 100.0), "How often it goes back and forth.";
            "session": Time, 0.5, (1e-3, 1e4), "For how long.";
        },
        keys: keys! {
            required "from": POSITION, "one end of its way",
                r#"from = ["0.2 mm", "1.5 mm"]"#;
            required "to": POSITION, "the other end",
                r#"to = ["0.4 mm", "1.5 mm"]"#;
        },
        ..NOTHING
    },
    Shape {
        name: "drop",
        meaning: "A drop of myokine from a pipette: raises the concentration in a ball around a point.",
        settings: settings! { "drop"
            "radius": Length, GIVEN, (1e-3, 1e5), "Radius of the ball.", r#"radius = "60 um""#;
            "dose": Dose, GIVEN, DOSES_ACCEPTED, "Concentration added inside the ball.", "dose = 0.5";
        },
        keys: keys! {
            required "at": POSITION, "its centre",
                r#"at = ["0.6 mm", "0.6 mm"]"#;
            WHICH_MYOKINE;
        },
        ..NOTHING
    },
    Shape {
        name: "event.medium",
        meaning: "Medium brought once.",
        keys: &[FROM, DONOR_LIGHT, DOSES],
        ..NOTHING
    },
];
