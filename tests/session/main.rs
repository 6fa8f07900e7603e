//! The live session, and the scenario that it is saved as.

mod session;
mod session_text;
