//! Engines, which advance plates. They move data and call the rules of `model::rules`; the biology is there.

pub mod cpu;
pub mod events;
pub mod gpu;
mod open;

pub use open::{ComputesOn, EngineChoice, EngineKind, Opener, open_async};
#[cfg(not(target_arch = "wasm32"))]
pub use open::{adapters, open};

use crate::model::gel::equilibrium::NoEquilibrium;
use crate::model::plate::{Action, Plate};
use crate::model::world::World;
use gpu::on_device::OnDevice;
use std::time::Duration;

/// The time that an engine may take before it hands back the thread that drives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// As long as it takes; a browser does not let a page wait for a device.
    UntilDone,
    /// About so long where the processor computes, a step at least; a device is not waited for at all.
    For(Duration),
}

/// An engine advances a plate. The same engine with the same plate and seed gives the same bits, however the
/// steps are batched and however many threads there are.
///
/// Work is begun and then polled: nothing waits for a device unless it is asked to. Whoever has a thread to spare calls
/// [`Engine::advance`] and [`Engine::world`], which wait.
pub trait Engine: Send {
    /// Begins `steps` steps, which [`Engine::poll`] carries on; only where nothing is under way.
    ///
    /// # Errors
    /// When something is under way, or the device fails.
    fn begin_steps(&mut self, steps: u32) -> Result<(), EngineError>;

    /// Begins to read back the state, where it is not at hand; only where nothing is under way.
    ///
    /// # Errors
    /// When something is under way, or the device fails.
    fn begin_reading(&mut self) -> Result<(), EngineError>;

    /// Carries on what was begun. Returns whether it is done.
    ///
    /// # Errors
    /// When the device fails or runs out of memory; the state is then that of the last step it finished.
    fn poll(&mut self, patience: Patience) -> Result<bool, EngineError>;

    /// Whether [`Engine::last_world`] is the present state: nothing is under way and nothing is to be read.
    fn is_current(&self) -> bool;

    /// Advances by `steps` steps.
    ///
    /// # Errors
    /// As of [`Engine::poll`].
    fn advance(&mut self, steps: u32) -> Result<(), EngineError> {
        self.begin_steps(steps)?;
        self.poll(Patience::UntilDone).map(|_| ())
    }

    /// The state between two steps.
    ///
    /// # Errors
    /// When the state cannot be read back from a device.
    fn world(&mut self) -> Result<&World, EngineError> {
        if !self.is_current() {
            self.poll(Patience::UntilDone)?;
            self.begin_reading()?;
            self.poll(Patience::UntilDone)?;
        }
        Ok(self.last_world())
    }

    /// The state when it was last looked at, which stays readable when a device has failed.
    fn last_world(&self) -> &World;

    /// Gives up what is under way and goes on from another state of the same plate, under what the events before its step have made of the plate.
    ///
    /// # Errors
    /// When the state does not fit the plate or the device.
    fn load(&mut self, world: World) -> Result<(), EngineError>;

    /// Applies an event to the wells of `condition` at once. What is under way, and a state that is not at hand, is waited for.
    ///
    /// # Errors
    /// When the device fails.
    fn apply(&mut self, action: &Action, condition: usize) -> Result<(), EngineError>;

    /// Goes on with another protocol for the same plate, as [`Engine::apply`] waits: other events, another length. Of the events of the present step
    /// the first `happened` are taken as having happened: numbers that they change are in force, but what they do to the
    /// state is not done again.
    ///
    /// # Errors
    /// When anything else of the plate differs, or the state cannot have come of its events, and nothing has changed
    /// then; when the device fails.
    fn amend(&mut self, plate: Plate, happened: u32) -> Result<(), EngineError>;

    /// The plate it advances, as it was planned.
    fn plate(&self) -> &Plate;

    /// The plate as the events so far have made it.
    fn now(&self) -> &Plate;

    /// The state where it is computed, where that is a graphics device.
    fn on_device(&self) -> Option<OnDevice> {
        None
    }

    /// The device that it runs on.
    fn describe(&self) -> EngineInfo;
}

/// The device that an engine runs on, for logs, the run record and the window's title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineInfo {
    /// The kind of device.
    pub kind: ComputesOn,
    /// The adapter's name, or the number of threads.
    pub device: String,
    /// The adapter's place on the PCI bus; empty where it has none.
    pub pci: String,
    /// The driver and its version; empty for the processor.
    pub driver: String,
    /// The graphics interface; empty for the processor.
    pub backend: String,
    /// The reason why this engine was taken.
    pub reason: String,
}

/// Errors of an engine.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// No adapter of the kind asked for.
    #[error("no {asked} here: {reason}. Use `--engine cpu`, or `outgrowth engines` to see what there is")]
    NoAdapter {
        /// The kind that was asked for.
        asked: String,
        /// The reason for its absence.
        reason: String,
    },
    /// The device failed.
    #[error("the graphics device failed while {doing}: {reason}")]
    Device {
        /// The work at which it failed.
        doing: String,
        /// The driver's message.
        reason: String,
    },
    /// The plate does not fit.
    #[error(
        "the plate does not fit the device: {what} needs {needed} bytes, the device allows {allowed}. Use fewer wells or neurons, larger voxels, or `--engine cpu`"
    )]
    TooLarge {
        /// The part that does not fit.
        what: String,
        /// Its size, bytes.
        needed: u64,
        /// The most that the device allows, bytes.
        allowed: u64,
    },
    /// A state of another plate.
    #[error("this state is not one of this plate: {0}")]
    ForeignState(String),
    /// A protocol of another plate.
    #[error("this protocol is for another plate: only name, length and events may differ. Start a new run for it")]
    ForeignProtocol,
    /// Work was begun before other work was done.
    #[error("the engine is still at work on what was begun before")]
    Busy,
    /// Threads could not be started.
    #[error("could not start {threads} threads: {reason}")]
    Threads {
        /// The number that was asked for.
        threads: usize,
        /// The system's message.
        reason: String,
    },
    /// A gel does not come to rest.
    #[error(transparent)]
    Gel(#[from] NoEquilibrium),
}
