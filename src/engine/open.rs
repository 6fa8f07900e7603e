//! Opening an engine: hardware where there is some, else the processor, and always with the reason.

use super::cpu::CpuEngine;
use super::gpu::adapters::{self, Wanted};
use super::gpu::tuning::Tuning;
use super::gpu::{GpuEngine, Seat};
use super::{Engine, EngineError};
use crate::model::plate::Plate;
use crate::model::word::words;

words! {
    /// The kind of engine asked for.
    #[derive(Default)]
    pub enum EngineKind {
        /// Graphics hardware if there is some, else the processor.
        #[default]
        Auto = "auto",
        /// The processor.
        Cpu = "cpu",
        /// Graphics hardware, or the adapter that is named.
        Gpu = "gpu",
        /// A software graphics driver: slower than the processor's own engine, for tests.
        SoftwareGpu = "software-gpu",
    }

    /// The kind of device that an engine computes on.
    pub enum ComputesOn {
        /// The processor.
        Cpu = "cpu",
        /// A graphics device, be it hardware or a software driver.
        Gpu = "gpu",
    }
}

/// The engine to open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EngineChoice {
    /// The kind.
    pub kind: EngineKind,
    /// Part of an adapter's name, `pci:0000:17:00.0` or `index:2`; takes that adapter, whatever it is.
    pub adapter: Option<String>,
    /// Places on the PCI bus of the devices that may be used where none is named; empty for any.
    pub granted: Vec<String>,
    /// Threads of the CPU engine; `None` for every core.
    pub threads: Option<usize>,
}

/// Opens the engine that `choice` asks for and seeds `plate` on it.
///
/// # Errors
/// When there is no such adapter, it fails, or the plate does not fit it. `Auto` without a named adapter falls back to
/// the processor instead.
pub async fn open_async(plate: Plate, choice: &EngineChoice) -> Result<Box<dyn Engine>, EngineError> {
    Ok(match open_one(plate, choice).await? {
        Opened::Cpu(engine) => engine,
        Opened::Gpu(engine) => engine,
    })
}

/// As [`open_async`], waiting for the device.
///
/// # Errors
/// As [`open_async`].
#[cfg(not(target_arch = "wasm32"))]
pub fn open(plate: Plate, choice: &EngineChoice) -> Result<Box<dyn Engine>, EngineError> {
    pollster::block_on(open_async(plate, choice))
}

/// Opens engines for one plate after another. A graphics device and its compiled passes are kept, for compiling them takes
/// longer than many a small plate, until [`Opener::close`], as a driver may keep what steps took until its device goes.
#[derive(Default)]
pub struct Opener {
    /// The engine to open.
    pub choice: EngineChoice,
    seat: Option<Seat>,
}

impl Opener {
    /// An opener that has opened nothing yet.
    pub fn new(choice: EngineChoice) -> Self {
        Self { choice, seat: None }
    }

    /// Lets the device go; the next plate opens one anew.
    pub fn close(&mut self) {
        self.seat = None;
    }

    /// The engine with `plate` seeded on it.
    ///
    /// # Errors
    /// As [`open_async`].
    #[cfg(not(target_arch = "wasm32"))]
    pub fn open(&mut self, plate: Plate) -> Result<Box<dyn Engine>, EngineError> {
        let opened = match self.seat.clone() {
            Some(seat) => Opened::Gpu(Box::new(GpuEngine::seated(plate, seat, Tuning::default())?)),
            None => pollster::block_on(open_one(plate, &self.choice))?,
        };
        Ok(match opened {
            Opened::Cpu(engine) => engine,
            Opened::Gpu(engine) => {
                self.seat = Some(engine.seat());
                engine
            }
        })
    }
}

/// Every graphics adapter on this machine, best first.
#[cfg(not(target_arch = "wasm32"))]
pub fn adapters() -> Vec<adapters::Listed> {
    pollster::block_on(adapters::list())
}

/// An engine of either kind.
enum Opened {
    Cpu(Box<CpuEngine>),
    Gpu(Box<GpuEngine>),
}

impl EngineChoice {
    /// The adapter that is to be looked for, and why; `None` for the processor.
    fn wanted(&self) -> Option<(Wanted<'_>, &'static str)> {
        Some(match (self.kind, self.adapter.as_deref()) {
            (EngineKind::Cpu, _) => return None,
            (_, Some(name)) => (Wanted::named(name), "asked for by name"),
            (EngineKind::SoftwareGpu, None) => (Wanted::Software, "asked for"),
            (EngineKind::Gpu | EngineKind::Auto, None) if !self.granted.is_empty() => {
                (Wanted::Granted(&self.granted), "granted to this job")
            }
            (EngineKind::Gpu, None) => (Wanted::Hardware, "asked for"),
            (EngineKind::Auto, None) => (Wanted::Hardware, "the fastest graphics hardware here"),
        })
    }

    /// Looks for the adapter that is asked for, opening nothing.
    ///
    /// # Errors
    /// When there is none, and the processor will not do instead.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn look(&self) -> Result<(), EngineError> {
        match self.wanted() {
            Some((wanted, _)) if !self.may_fall_back() => pollster::block_on(adapters::choose(wanted)).map(|_| ()),
            _ => Ok(()),
        }
    }

    /// Whether the processor will do where there is no graphics hardware.
    fn may_fall_back(&self) -> bool {
        self.kind == EngineKind::Auto && self.adapter.is_none()
    }

    /// Whether there is graphics hardware here that it may be opened on.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn finds_hardware(&self) -> bool {
        let adapter = self
            .wanted()
            .and_then(|(wanted, _)| pollster::block_on(adapters::choose(wanted)).ok());
        adapter.is_some_and(|adapter| adapters::is_hardware(&adapter))
    }
}

async fn open_one(plate: Plate, choice: &EngineChoice) -> Result<Opened, EngineError> {
    let Some((wanted, reason)) = choice.wanted() else {
        return open_on_processor(plate, choice, "asked for");
    };
    let may_fall_back = choice.may_fall_back();
    match open_on_graphics(plate.clone(), wanted, reason).await {
        Err(EngineError::NoAdapter { reason, .. }) if may_fall_back => {
            open_on_processor(plate, choice, &format!("no graphics hardware: {reason}"))
        }
        Err(error) if may_fall_back => {
            open_on_processor(plate, choice, &format!("graphics hardware not taken: {error}"))
        }
        opened => opened,
    }
}

async fn open_on_graphics(plate: Plate, wanted: Wanted<'_>, reason: &str) -> Result<Opened, EngineError> {
    let adapter = adapters::choose(wanted).await?;
    let engine = GpuEngine::open(plate, &adapter, reason, Tuning::default()).await?;
    Ok(Opened::Gpu(Box::new(engine)))
}

fn open_on_processor(plate: Plate, choice: &EngineChoice, reason: &str) -> Result<Opened, EngineError> {
    Ok(Opened::Cpu(Box::new(CpuEngine::new(plate, choice.threads, reason)?)))
}
