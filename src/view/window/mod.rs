//! The parts of the desktop window: the display, the surface and its device, the pace of frames, the painter. The shell puts
//! them together.

pub(super) mod controls;
mod dialog;
mod display;
pub mod engine;
mod error;
mod graphics;
pub(super) mod icon;
mod opening;
pub(super) mod pace;
pub(super) mod painter;
pub(super) mod text_size;
mod title;

pub use dialog::FileDialog;
pub use display::{display_is_named, event_loop};
pub use error::WindowError;
pub use graphics::Graphics;
pub use opening::{Finder, Opening, Wanted};
pub use pace::Need;
pub use title::title;
