//! Wishes of somebody at the page: each control names one in its attributes, and says no more than that.

use crate::fields::Fields;

/// A wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Lets time go on.
    Play,
    /// Stops time.
    Pause,
    /// Whichever of both it is not.
    Toggle,
    /// Goes on by one record.
    Step,
    /// Begins the plate anew, with what was done to it.
    Restart,
    /// Takes back what was last done to the plate.
    Undo,
    /// Another speed, by its place in [`crate::page::SPEEDS`].
    Speed(usize),
    /// Plots another readout, by the name of its column.
    Readout(String),
    /// Opens a built-in plate.
    Open(String),
    /// Opens a scenario file that was chosen or dropped.
    Take {
        /// Its name.
        name: String,
        /// What it holds.
        text: String,
    },
    /// Opens a lesson.
    Lesson(String),
    /// Leaves the lesson.
    Leave,
    /// The next step of the lesson.
    Next,
    /// The step before.
    Back,
    /// Begins the lesson anew.
    StartOver,
    /// Gives a control of the lesson's step a value.
    Set {
        /// The control.
        control: String,
        /// The value.
        value: String,
    },
    /// A form that was filled in.
    Form {
        /// Its name: a tool, `predict` or `answer`.
        name: String,
        /// The fields as they were filled in.
        fields: Fields,
    },
    /// Another language, by its code.
    Language(String),
    /// The projector's look, or back.
    Contrast,
    /// Looks at a well, or at the whole plate.
    Look(Option<usize>),
    /// Looks from nearer, or from farther away, by so many steps.
    Zoom(i32),
    /// Tells the names of the treatments that a quiz hides.
    Reveal,
    /// Asks for a scenario file.
    ChooseFile,
    /// Downloads the readouts.
    Csv,
    /// Downloads the scenario.
    ScenarioFile,
    /// Makes a link to share.
    Link,
}

impl Wish {
    /// The wish of a control: `name` as its attribute `data-wish` has it, `value` that of the control or its attribute `value`.
    /// `None` for one that is not known.
    pub fn read(name: &str, value: &str) -> Option<Self> {
        if let Some(control) = name.strip_prefix("set:") {
            let (control, value) = (control.to_owned(), value.to_owned());
            return Some(Wish::Set { control, value });
        }
        Some(match name {
            "play" => Wish::Play,
            "pause" => Wish::Pause,
            "step" => Wish::Step,
            "restart" => Wish::Restart,
            "undo" => Wish::Undo,
            "speed" => Wish::Speed(value.parse().ok()?),
            "readout" => Wish::Readout(value.to_owned()),
            "open" => Wish::Open(value.to_owned()),
            "lesson" => Wish::Lesson(value.to_owned()),
            "leave" => Wish::Leave,
            "next" => Wish::Next,
            "back" => Wish::Back,
            "start-over" => Wish::StartOver,
            "language" => Wish::Language(value.to_owned()),
            "contrast" => Wish::Contrast,
            "look" => Wish::Look(value.parse().ok()),
            "nearer" => Wish::Zoom(1),
            "farther" => Wish::Zoom(-1),
            "reveal" => Wish::Reveal,
            "file" => Wish::ChooseFile,
            "csv" => Wish::Csv,
            "scenario" => Wish::ScenarioFile,
            "link" => Wish::Link,
            _ => return None,
        })
    }

    /// The wish of a key that was pressed outside of any control.
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            " " => Wish::Toggle,
            "Home" => Wish::Restart,
            "." => Wish::Step,
            "0" => Wish::Look(None),
            _ => return None,
        })
    }
}
