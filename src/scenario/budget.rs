//! The memory that reading a scenario takes: weighed against what is free before any of it is taken.

use super::estimate::format_bytes;
use std::cell::Cell;

/// A mistake: what was found, and what is accepted in its place.
type Wrong = (String, String);

/// Memory that may be taken, and how much of it is.
#[derive(Debug)]
pub struct Budget {
    /// Bytes; `None` where the end is not known.
    limit: Option<f64>,
    taken: Cell<f64>,
}

impl Budget {
    /// All of `limit_bytes` is left.
    pub fn new(limit_bytes: Option<u64>) -> Self {
        Self {
            limit: limit_bytes.map(|bytes| bytes as f64),
            taken: Cell::new(0.0),
        }
    }

    /// Takes memory for `what`: `at_most` bytes while it is worked out, of which `kept` stay. `remedy` is what its author
    /// can do.
    ///
    /// # Errors
    /// It is more than is left.
    pub fn take(&self, what: &str, at_most: f64, kept: f64, remedy: &str) -> Result<(), Wrong> {
        let taken = self.taken.get();
        if let Some(left) = self.limit.map(|limit| (limit - taken).max(0.0))
            && at_most > left
        {
            return Err((
                format!("{what} that needs about {}", format_bytes(at_most)),
                format!("at most the {} that are free: {remedy}", format_bytes(left)),
            ));
        }
        self.taken.set(taken + kept);
        Ok(())
    }
}
