//! Timed sessions: when the gel moves and when the light is on.

use crate::model::layout::Sessions;

/// Whether `step` lies in a session.
pub fn in_session(step: u32, sessions: &Sessions) -> bool {
    step >= sessions.start && step < sessions.stop && (step - sessions.start) % sessions.every.max(1) < sessions.length
}

/// Whether the medium is changed at the beginning of `step`; `every` is 0 where it never is.
pub fn medium_is_due(step: u32, start: u32, every: u32) -> bool {
    every > 0 && step >= start && (step - start).is_multiple_of(every)
}
