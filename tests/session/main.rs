//! The live session, and the scenario that it is saved as.

mod courses;
mod frames;
mod lesson_runs;
mod session;
mod session_text;

#[path = "../shared/gpu.rs"]
mod gpu;
