//! Words to the one at the terminal, on standard error. A terminal that has gone away, or a full disk behind it, must
//! not end a run: what cannot be said is not said.

use std::fmt::Display;
use std::io::Write;

/// Says a line.
pub fn say(words: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{words}");
}
