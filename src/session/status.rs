//! The status of a session, for those who watch it.

use super::branches::Aside;
use super::pace::Speed;
use super::script::Done;
use crate::engine::EngineInfo;
use crate::model::plate::Plate;
use crate::readout::recorder::Readouts;
use std::path::PathBuf;
use std::sync::Arc;

/// The status of a session. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Status {
    /// The plate as the protocol stands; see [`Plate::at`] for what is in force at a step.
    pub plate: Arc<Plate>,
    /// Steps done.
    pub step: u32,
    /// The latest step that was reached.
    pub furthest: u32,
    /// Whether time goes on.
    pub playing: bool,
    /// Whether it is on its way to a step that was asked for.
    pub travelling_to: Option<u32>,
    /// The speed that is asked for.
    pub speed: Speed,
    /// Steps a second, as lately measured.
    pub steps_per_s: f64,
    /// The engine, once it is open.
    pub engine: Option<EngineInfo>,
    /// The readouts so far.
    pub readouts: Arc<Readouts>,
    /// All acts.
    pub done: Arc<[Done]>,
    /// The other courses that were computed, the last left first.
    pub asides: Arc<[Aside]>,
    /// What undoing gives up, such as "with the cut (1 day)"; `None` where there is nothing to be undone.
    pub undo: Option<String>,
    /// What redoing brings back.
    pub redo: Option<String>,
    /// The session as a scenario.
    pub text: Arc<str>,
    /// The last problem, as a sentence; its number grows with each.
    pub problem: Option<(u64, String)>,
    /// Why the engine is lost.
    pub lost: Option<String>,
    /// The outcome of the last export; its number grows with each.
    pub written: Option<(u64, Written)>,
}

/// The outcome of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// The results lie here.
    At {
        /// The folder.
        folder: PathBuf,
        /// They are those up to this step.
        step: u32,
    },
    /// Why they could not be written.
    Failed(String),
}

impl Status {
    /// The status before anything has happened.
    pub fn of(plate: &Plate, text: &str) -> Self {
        Status {
            plate: Arc::new(plate.clone()),
            step: 0,
            furthest: 0,
            playing: false,
            travelling_to: None,
            speed: Speed::Fastest,
            steps_per_s: 0.0,
            engine: None,
            readouts: Arc::new(Readouts::default()),
            done: Arc::new([]),
            asides: Arc::new([]),
            undo: None,
            redo: None,
            text: Arc::from(text),
            problem: None,
            lost: None,
            written: None,
        }
    }

    /// Steps of the whole run.
    pub fn total(&self) -> u32 {
        self.plate.steps
    }

    /// Whether the end is reached.
    pub fn is_over(&self) -> bool {
        self.step >= self.plate.steps
    }
}
