//! Messages on standard error. A terminal that has gone away, or a full disk behind it, must not end a run: a message that
//! cannot be written is dropped.

use crate::scenario::printable::printable;
use std::fmt::Display;
use std::io::Write;

/// Writes a line to standard error; what would steer the terminal is written out instead.
pub fn say(words: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{}", printable(&words.to_string()));
}
