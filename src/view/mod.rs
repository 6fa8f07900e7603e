//! The view: the scene that a graphics adapter draws, the panels around it, and the desktop window that holds
//! both. It knows the model, the engines' buffers and the live session; it computes no biology.

pub mod arrangement;
pub mod camera;
pub mod framing;
pub mod look;
pub mod movement;
pub mod overlay;
pub mod pose;
pub mod scene;
pub mod tools;

// The desktop window around it, and pictures that wait for a device.
#[cfg(feature = "window")]
pub mod app;
#[cfg(feature = "window")]
pub mod lesson_progress;
#[cfg(feature = "window")]
pub mod movie;
#[cfg(feature = "window")]
pub mod offscreen;
#[cfg(feature = "window")]
pub mod panels;
#[cfg(feature = "window")]
pub mod picture;
#[cfg(feature = "window")]
pub mod preferences;
#[cfg(feature = "window")]
pub mod shell;
#[cfg(feature = "window")]
pub mod window;
