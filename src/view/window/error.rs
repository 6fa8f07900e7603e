//! Failures that keep a window from opening or from going on.

use crate::engine::EngineError;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// There is no screen to open a window on.
    #[error(
        "there is no display to open a window on: {0}. `outgrowth run` needs none, and `outgrowth render` draws pictures without one"
    )]
    NoDisplay(String),
    /// The window system has refused or has gone away.
    #[error("the window system failed while {doing}: {reason}")]
    WindowSystem {
        /// The attempt.
        doing: &'static str,
        /// Its message.
        reason: String,
    },
    /// No driver draws on this display.
    #[error(
        "nothing here can draw a window: {0}. Install a Vulkan driver (on Debian `mesa-vulkan-drivers`, which also draws without a graphics card); `outgrowth run` needs none"
    )]
    NoAdapter(String),
    /// The graphics device fails again and again.
    #[error("the graphics device fails again and again: {0}. `outgrowth run` needs none")]
    Device(String),
    /// The plate has no engine here.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Files that were asked for on closing could not be written.
    #[error("{0}")]
    NotWritten(String),
}
