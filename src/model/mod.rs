//! What is on the plate and how it behaves. Knows no file format, no device and no screen.

pub mod layout;
pub mod parameter;
pub mod parameters;
pub mod plate;
pub mod world;
