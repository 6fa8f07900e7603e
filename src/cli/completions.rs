//! `outgrowth completions SHELL`: the completion script of a shell.

use super::{Failure, Outcome, print};

/// Prints the completions for `shell`.
pub fn run(shell: clap_complete::Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut super::command(), "outgrowth", &mut script);
    print(&String::from_utf8_lossy(&script)).map(|()| Outcome::Done)
}
