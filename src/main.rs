//! The program `outgrowth`: reads the command line, does it, and tells the shell how it went.

use clap::Parser;
use outgrowth::cli::{self, Cli, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => return cli::say_usage(&told),
    };
    match cli::run(&cli) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(problem) => {
            cli::say_failure(&problem);
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}
