//! Wishes of somebody at the page: each control names one in its attributes, and says no more than that.

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
    /// Begins the plate anew.
    Restart,
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
    /// Another language, by its code.
    Language(String),
    /// The projector's look, or back.
    Contrast,
    /// Looks at a well, or at the whole plate.
    Look(Option<usize>),
    /// Asks for a scenario file.
    ChooseFile,
    /// Downloads the readouts.
    Csv,
    /// Downloads the scenario.
    ScenarioFile,
}

impl Wish {
    /// The wish of a control: `name` as its attribute `data-wish` has it, `value` that of the control or its attribute `value`.
    /// `None` for one that is not known.
    pub fn read(name: &str, value: &str) -> Option<Self> {
        Some(match name {
            "play" => Wish::Play,
            "pause" => Wish::Pause,
            "step" => Wish::Step,
            "restart" => Wish::Restart,
            "speed" => Wish::Speed(value.parse().ok()?),
            "readout" => Wish::Readout(value.to_owned()),
            "open" => Wish::Open(value.to_owned()),
            "language" => Wish::Language(value.to_owned()),
            "contrast" => Wish::Contrast,
            "look" => Wish::Look(value.parse().ok()),
            "file" => Wish::ChooseFile,
            "csv" => Wish::Csv,
            "scenario" => Wish::ScenarioFile,
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
