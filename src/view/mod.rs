//! The view: the scene that a graphics adapter draws, the panels around it, and the desktop window that holds
//! both. It knows the model, the engines' buffers and the live session; it computes no biology.

pub mod app;
pub mod arrangement;
pub mod blind;
pub mod camera;
pub mod lesson_progress;
pub mod look;
pub mod movement;
pub mod movie;
pub mod offscreen;
pub mod overlay;
pub mod panels;
pub mod picture;
pub mod pose;
pub mod preferences;
pub mod scene;
pub mod shell;
pub mod tools;
pub mod window;
