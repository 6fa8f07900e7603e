//! The desktop window, through the real program on a screen that nobody sees.
#![cfg(target_os = "linux")]

mod desk;
mod plates;
mod window;
