//! The program `outgrowth`: reads the command line, does it, and tells the shell how it went.

use clap::Parser;
use outgrowth::cli::{self, Cli, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(&Cli::parse()) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(problem) => {
            cli::say_failure(&problem);
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}
