//! Messages on standard error. A terminal that has gone away, or a full disk behind it, must not end a run: a message that
//! cannot be written is dropped.

use std::fmt::Display;
use std::io::Write;

/// Writes a line to standard error.
pub fn say(words: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{words}");
}
