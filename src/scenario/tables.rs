//! Every table of a scenario file and what its keys mean, written down once.

use super::list::list;
use super::shape::{Form, Key, Shape};
use super::words::{FibreAxis, MediumOrigin, Rim, StrainWord};
use crate::model::biology::Biology;
use crate::model::parameter::{Dimension, Grade, HOUR_S, Parameter, Section};
use crate::model::parameters as numbers;
use crate::model::word::Word;
use Dimension::{Count, Dose, DoseRate, Frequency, Length, Time};

const fn setting(
    section: &'static str,
    key: &'static str,
    meaning: &'static str,
    dimension: Dimension,
    default: f64,
    accepted: (f64, f64),
) -> Parameter {
    let (grade, source) = (Grade::X, "setting");
    Parameter {
        section,
        key,
        meaning,
        dimension,
        default,
        accepted,
        typical: accepted,
        grade,
        source,
    }
}

const fn key(name: &'static str, form: Form, meaning: &'static str) -> Key {
    Key {
        name,
        meaning,
        form,
        required: false,
    }
}

const fn required(name: &'static str, form: Form, meaning: &'static str) -> Key {
    Key {
        name,
        meaning,
        form,
        required: true,
    }
}

/// "Must be given", in the place of a default.
const GIVEN: f64 = f64::NAN;
/// Ten years, h: the longest time that a scenario may speak of.
const LONG: f64 = 87_600.0;
/// One second, h.
const SECOND: f64 = 1.0 / HOUR_S;

/// In the lists of positions: two lengths in a planar well, three in a slab.
const POSITION: Form = Form::Lengths(&[2, 3], "x and y (and z in a slab)");
/// In the lists of boxes.
const BOX: Form = Form::Lengths(&[4, 6], "x0, y0, x1, y1 (in a slab also x0, y0, z0, x1, y1, z1)");

const FROM: Key = key(
    "from",
    Form::Word(MediumOrigin::WORDS),
    "what the medium has met; or give doses",
);
const DONOR_LIGHT: Key = key(
    "light",
    Form::Table("light"),
    "the light that exercises the donor muscle",
);
const DOSES: Key = key(
    "doses",
    Form::Doses,
    "medium made up by hand: a dose for each myokine named",
);
const WHICH_MYOKINE: Key = key(
    "myokine",
    Form::Text,
    "which myokine; may be left out where there is only one",
);

const GENOTYPE: Key = key(
    "genotype",
    Form::Word(&super::genotypes::NAMES),
    "a genotype of amyotrophic lateral sclerosis, which brings numbers of its own; wild type where left out",
);
const HYPOTHESIS: Key = key(
    "hypothesis",
    Form::Word(&super::hypotheses::NAMES),
    "which of several contested findings holds: it brings its numbers, and its study's protocol for `actuation`",
);
const MATRIX: Key = key("matrix", Form::Table("matrix"), "how stiff the gel is");

/// Keys of the sections of the biology.
const BIOLOGY_KEYS: [Key; Biology::SECTIONS.len()] = {
    let mut keys = [MATRIX; Biology::SECTIONS.len()];
    let mut index = 0;
    while index < keys.len() {
        let section = &Biology::SECTIONS[index];
        keys[index] = key(section.name, Form::Table(section.name), section.subject);
        index += 1;
    }
    keys
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
    keys: &[key(
        "fibrin",
        Form::Quantity(Dimension::MassConcentration),
        "concentration of fibrin, in the place of the stiffness: 10 kPa (c / 14 mg/mL)^2 (grade B, PMC4873005)",
    )],
    ..section::<numbers::Matrix>()
};

/// Every table of a scenario file.
pub const SHAPES: &[Shape] = list![..TABLES, ..&BIOLOGY_SHAPES, section::<numbers::Muscle>(), MATRIX_SHAPE];

/// The tables that are no sections of the model.
const TABLES: &[Shape] = &[
    Shape {
        name: "",
        meaning: "The run as a whole.",
        settings: &[
            setting(
                "",
                "duration",
                "How long the culture is followed.",
                Time,
                GIVEN,
                (SECOND * 1e-3, LONG),
            ),
            setting(
                "",
                "step",
                "Length of a step of the computation.",
                Time,
                1.0 / 60.0,
                (SECOND * 1e-4, 24.0),
            ),
            setting(
                "",
                "record_every",
                "Time from one row of readouts to the next.",
                Time,
                1.0,
                (SECOND * 1e-4, LONG),
            ),
        ],
        documented: &[],
        keys: list![
            required("name", Form::Text, "what the run is called"),
            key(
                "seed",
                Form::Seed,
                "seed of every random draw (default 1): the same seed gives the same run",
            ),
            required("well", Form::Table("well"), "the space that every well has"),
            key(
                "explant",
                Form::Tables("explant"),
                "spheroids of motor neurons; every well holds them all",
            ),
            key("myokine", Form::Tables("myokine"), "the myokines in play"),
            required(
                "condition",
                Form::Tables("condition"),
                "treatments and their replicate wells",
            ),
            key("event", Form::Tables("event"), "what happens once"),
            key("record", Form::Table("record"), "what is kept of a run"),
            GENOTYPE,
            HYPOTHESIS,
            MATRIX,
            ..&BIOLOGY_KEYS,
            key(
                "muscle",
                Form::Table("muscle"),
                "how muscle answers light, in a well and as donor of medium alike",
            ),
        ],
    },
    Shape {
        name: "well",
        meaning: "The space that every well has: a box of gel in cubic voxels.",
        settings: &[setting(
            "well",
            "voxel",
            "Edge of a voxel of the myokine field.",
            Length,
            20.0,
            (1.0, 1000.0),
        )],
        documented: &[],
        keys: &[
            required(
                "size",
                Form::Lengths(&[2, 3], "width and height; a third makes a slab"),
                "edges of a well",
            ),
            key(
                "walls",
                Form::Text,
                "a PNG picture with one pixel a voxel: dark pixels are walls; its top row is the far end in y",
            ),
        ],
    },
    Shape {
        name: "explant",
        meaning: "An explant (spheroid) of motor neurons at its place in every well.",
        settings: &[],
        documented: numbers::Explant::PARAMETERS,
        keys: &[required("at", POSITION, "its centre")],
    },
    Shape {
        name: "myokine",
        meaning: "A diffusing myokine and what growth cones make of it. The names GDNF, LIF, BDNF, IGF-1, IL-6 and irisin bring numbers of their own, with doses in nM; doses of any other are relative to exercised medium.",
        settings: &[],
        documented: numbers::Myokine::PARAMETERS,
        keys: &[required("name", Form::Text, "what it is called")],
    },
    Shape {
        name: "condition",
        meaning: "A treatment and its replicate wells.",
        settings: &[setting(
            "condition",
            "wells",
            "Replicate wells.",
            Count,
            1.0,
            (1.0, 100_000.0),
        )],
        documented: &[],
        keys: list![
            required("name", Form::Text, "what the plate calls it"),
            key(
                "medium",
                Form::Table("medium"),
                "medium brought to the wells; without it the medium is never changed",
            ),
            key(
                "actuation",
                Form::Table("actuation"),
                "movement of the gel; without it the gel is still",
            ),
            key(
                "tow",
                Form::Table("tow"),
                "a pull on every growth cone; without it they are left to themselves",
            ),
            key("muscle", Form::Table("condition.muscle"), "muscle beside the neurons"),
            key(
                "source",
                Form::Tables("source"),
                "steady sources and sinks of a myokine",
            ),
            key(
                "reservoir",
                Form::Tables("reservoir"),
                "regions held at a concentration",
            ),
            GENOTYPE,
            HYPOTHESIS,
            MATRIX,
            ..&BIOLOGY_KEYS,
        ],
    },
    Shape {
        name: "medium",
        meaning: "Medium carried to a well from elsewhere: the whole medium is replaced.",
        settings: &[
            setting(
                "medium",
                "every",
                "From one change of medium to the next.",
                Time,
                24.0,
                (SECOND, LONG),
            ),
            setting("medium", "start", "When it is first brought.", Time, 0.0, (0.0, LONG)),
        ],
        documented: &[],
        keys: &[FROM, DONOR_LIGHT, DOSES],
    },
    Shape {
        name: "light",
        meaning: "Light on optogenetic muscle, in sessions.",
        settings: &[],
        documented: numbers::Light::PARAMETERS,
        keys: &[],
    },
    Shape {
        name: "tow",
        meaning: "A pull on every growth cone, in sessions: above the threshold of `stretch` it draws the axon out along the pull.",
        settings: &[],
        documented: numbers::Tow::PARAMETERS,
        keys: &[],
    },
    Shape {
        name: "actuation",
        meaning: "How and when the gel is moved back and forth.",
        settings: &[],
        documented: numbers::Actuation::PARAMETERS,
        keys: &[
            key(
                "strain",
                Form::Word(StrainWord::WORDS),
                "the kind of movement (default uniaxial)",
            ),
            key(
                "bars",
                Form::Boxes(&[4, 6], "x0, y0, x1, y1 (in a slab also x0, y0, z0, x1, y1, z1)"),
                "magnet bars in the gel, pulled along the axis or by a magnet; between them the gel is strained by elasticity",
            ),
            key(
                "rim",
                Form::Word(Rim::WORDS),
                "whether the rim of a gel with magnet bars is held (default clamped); walls always hold it",
            ),
            key(
                "force",
                Form::Quantity(Dimension::Force),
                "the largest force on a bar, in the place of the amplitude: a softer gel is strained more",
            ),
            key(
                "magnet",
                Form::Table("actuation.magnet"),
                "the magnet under the gel that pulls the bars; without it all are pulled alike along the axis",
            ),
            key(
                "map",
                Form::Text,
                "a CSV file of the movement measured at the peak of a cycle, on a regular grid that covers the well: columns \
                 x_um, y_um, ux_um, uy_um (in a slab also z_um, uz_um)",
            ),
            key(
                "resolved",
                Form::Flag,
                "step through each cycle instead of averaging; the step must be at most 1/20 of a period",
            ),
        ],
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
        documented: &[],
        keys: &[
            required("from", POSITION, "one end of its way"),
            required("to", POSITION, "the other end"),
        ],
    },
    Shape {
        name: "condition.muscle",
        meaning: "Muscle fibres in a region of the well, beside the neurons.",
        settings: &[],
        documented: &[],
        keys: &[
            required("region", BOX, "the box that the fibres fill"),
            key(
                "light",
                Form::Table("light"),
                "the light on it; without it the muscle rests",
            ),
            key(
                "lit",
                BOX,
                "the part of it that the light falls on (default all of it): targeted stimulation",
            ),
            key(
                "fibres",
                Form::Word(FibreAxis::WORDS),
                "which way its fibres run (default along its longer edge)",
            ),
        ],
    },
    Shape {
        name: "source",
        meaning: "A steady source (or, if negative, sink) of one myokine.",
        settings: &[setting(
            "source",
            "rate",
            "Change of concentration per time.",
            DoseRate,
            GIVEN,
            (-1e6, 1e6),
        )],
        documented: &[],
        keys: &[required("region", BOX, "where"), WHICH_MYOKINE],
    },
    Shape {
        name: "reservoir",
        meaning: "A region that is held at a concentration.",
        settings: &[setting(
            "reservoir",
            "dose",
            "The concentration, where there is only one myokine.",
            Dose,
            GIVEN,
            (0.0, 1e9),
        )],
        documented: &[],
        keys: &[
            required("region", BOX, "where"),
            key(
                "doses",
                Form::Doses,
                "the concentration of each myokine named; the others are held at 0",
            ),
        ],
    },
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
        documented: &[],
        keys: &[
            key(
                "condition",
                Form::Conditions,
                "the condition or conditions it happens to; all where left out",
            ),
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
        ],
    },
    Shape {
        name: "axotomy",
        meaning: "A cut: by a knife drawn along a line (from, to), in a slab through its whole height; along a plane (at, \
                  towards); or of all that lies in a box (region). Axons lose what lies beyond; the stump rests, then \
                  grows again or not (see injury).",
        settings: &[],
        documented: &[],
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
        documented: &[],
        keys: &[
            required("from", POSITION, "one end of its way"),
            required("to", POSITION, "the other end"),
        ],
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
        documented: &[],
        keys: &[required("at", POSITION, "its centre"), WHICH_MYOKINE],
    },
    Shape {
        name: "event.medium",
        meaning: "Medium brought once.",
        settings: &[],
        documented: &[],
        keys: &[FROM, DONOR_LIGHT, DOSES],
    },
    Shape {
        name: "record",
        meaning: "What is kept of a run.",
        settings: &[],
        documented: &[],
        keys: &[key(
            "morphologies",
            Form::Morphologies,
            "neurons a well whose axons are written as SWC: \"all\", \"none\" or a number (default 20)",
        )],
    },
];

const fn section<S: Section>() -> Shape {
    of_numbers(S::NAME, S::MEANING, S::PARAMETERS)
}

const fn of_numbers(name: &'static str, meaning: &'static str, documented: &'static [Parameter]) -> Shape {
    Shape {
        name,
        meaning,
        settings: &[],
        documented,
        keys: &[],
    }
}
