//! The program `outgrowth`: reads the command line, does it, and tells the shell how it went.

use outgrowth::cli::{self, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::answer_shell();
    let cli = match cli::parse(std::env::args_os()) {
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
