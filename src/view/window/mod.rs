//! The parts of the desktop window: the display, the surface and its device, the pace of frames, the painter. The shell puts
//! them together.

pub(super) mod controls;
mod display;
pub mod engine;
mod error;
mod graphics;
pub(super) mod icon;
mod opening;
pub(super) mod pace;
pub(super) mod painter;
mod title;

pub use display::{display_is_named, event_loop};
pub use error::WindowError;
pub use graphics::Graphics;
pub use opening::Opening;
pub use pace::Need;
pub use title::title;
