//! `outgrowth view [FILE]`: the window; and the program without a command.

use super::moment::step_at;
use super::run::{read, run_reference_plate};
use super::say::say;
use super::{Common, Failure, Outcome, ScenarioSource, engine};
use crate::view::shell;
use crate::view::window::{Opening, WindowError, display_is_named};

/// Opens the window on a scenario, at a time of it, h.
pub fn run(file: Option<&str>, at_h: Option<f64>, common: &Common) -> Result<Outcome, Failure> {
    let source = file.map_or_else(|| Ok(ScenarioSource::reference_plate()), ScenarioSource::find);
    match read_opening(source, common) {
        Some(opening) => open_at(opening, at_h),
        None => Ok(Outcome::WrongInput),
    }
}

/// Opens a window at a time of its run, h.
pub fn open_at(mut opening: Opening, at_h: Option<f64>) -> Result<Outcome, Failure> {
    let step = at_h.map(|at_h| step_at(&opening.scenario.plate, Some(at_h)));
    match step.transpose() {
        Ok(step) => opening.at = step,
        Err(message) => {
            say(message);
            return Ok(Outcome::WrongInput);
        }
    }
    shell::open(opening)?;
    Ok(Outcome::Done)
}

/// The window on the reference plate; where none can be opened the reference plate is run.
pub fn run_without_command(common: &Common) -> Result<Outcome, Failure> {
    if !display_is_named() {
        return run_reference_plate("no command given, and no display to open the window on", common);
    }
    let Some(opening) = read_opening(Ok(ScenarioSource::reference_plate()), common) else {
        return Ok(Outcome::WrongInput);
    };
    // Who gives no command has come to see something grow.
    let opening = Opening { plays: true, ..opening };
    match shell::open(opening) {
        Ok(()) => Ok(Outcome::Done),
        Err(reason @ (WindowError::NoDisplay(_) | WindowError::NoAdapter(_) | WindowError::WindowSystem { .. })) => {
            say(format_args!("outgrowth: {reason}"));
            run_reference_plate("no command given", common)
        }
        Err(reason) => Err(reason.into()),
    }
}

fn read_opening(source: Result<ScenarioSource, String>, common: &Common) -> Option<Opening> {
    let again = source.clone().ok();
    let scenario = read(source, common)?;
    // The text has the changes of the command line by then; made once more they could take away what was done.
    let (again, options) = (
        again?,
        Common {
            set: Vec::new(),
            seed: None,
            ..common.clone()
        },
    );
    let read_again = move |text: &str| {
        let changed = ScenarioSource {
            text: text.to_owned(),
            ..again.clone()
        };
        changed.read(&options)
    };
    Some(Opening {
        scenario,
        read: Box::new(read_again),
        at: None,
        plays: false,
        engine: engine::choice(common),
        out: common.out.clone(),
        force: common.force,
    })
}
