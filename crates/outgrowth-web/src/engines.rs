//! The engine that a page computes on: the browser's graphics device, or the processor.

use outgrowth::engine::cpu::CpuEngine;
use outgrowth::session::EngineOpener;

/// Makes openers of one engine, for one plate after another.
pub struct Engines {
    make: Box<dyn Fn() -> EngineOpener>,
    /// Whether it is the processor, which is never lost.
    pub is_processor: bool,
}

impl Engines {
    /// The processor. A page has one thread.
    pub fn processor() -> Self {
        Self {
            make: Box::new(|| {
                Box::new(|plate| Ok(Box::new(CpuEngine::new(plate, Some(1), "the processor of this page")?)))
            }),
            is_processor: true,
        }
    }

    /// A graphics device.
    pub fn device(make: impl Fn() -> EngineOpener + 'static) -> Self {
        Self {
            make: Box::new(make),
            is_processor: false,
        }
    }

    /// An opener.
    pub fn opener(&self) -> EngineOpener {
        (self.make)()
    }
}
