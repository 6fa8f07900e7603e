//! `outgrowth completions SHELL`: the completion script of a shell.

use super::{Cli, Failure, Outcome, print};
use clap::CommandFactory;

/// Prints the completions for `shell`.
pub fn run(shell: clap_complete::Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "outgrowth", &mut script);
    print(&String::from_utf8_lossy(&script)).map(|()| Outcome::Done)
}
