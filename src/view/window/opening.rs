//! The arguments of a window.

use crate::engine::EngineChoice;
use crate::scenario::Scenario;
use crate::session::ScenarioReader;
use std::path::PathBuf;

/// The scenario and the options that a window is opened with.
pub struct Opening {
    /// The scenario.
    pub scenario: Scenario,
    /// Reads its text again, with what was added.
    pub read: ScenarioReader,
    /// The step that is computed to before anything else; the beginning where none is said.
    pub at: Option<u32>,
    /// Whether it plays at once.
    pub plays: bool,
    /// The engine that is asked for; its adapter also draws.
    pub engine: EngineChoice,
    /// The folder for the results when the window is closed, if they are wanted.
    pub out: Option<PathBuf>,
    /// Whether they may take the place of earlier ones.
    pub force: bool,
}
