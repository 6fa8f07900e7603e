//! What a window is opened on.

use crate::engine::EngineChoice;
use crate::scenario::Scenario;
use crate::session::Reader;
use std::path::PathBuf;

/// What a window is opened on.
pub struct Opening {
    /// The scenario.
    pub scenario: Scenario,
    /// Reads its text again, with what was added.
    pub read: Reader,
    /// The engine that is asked for; its adapter also draws.
    pub engine: EngineChoice,
    /// Where the results go when the window is closed, if anywhere.
    pub out: Option<PathBuf>,
    /// Whether they may take the place of earlier ones.
    pub force: bool,
}
