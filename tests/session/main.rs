//! The live session, and the scenario that it is saved as.

mod courses;
mod session;
mod session_text;
