//! `outgrowth view [FILE]`: the window; and the program without a command.

use super::lesson_source::language_of_system;
use super::moment::step_at;
use super::run::{read, run_reference_plate};
use super::say::say;
use super::{Common, Failure, Outcome, ScenarioSource, engine, lesson_opening, new};
use crate::model::plate::Plate;
use crate::scenario::Scenario;
use crate::view::shell;
use crate::view::window::{Finder, Opening, Wanted, WindowError, display_is_named};
use std::rc::Rc;

/// Opens the window on a scenario, at a time of it, h.
pub fn run(file: Option<&str>, at_h: Option<f64>, common: &Common) -> Result<Outcome, Failure> {
    let source = file.map_or_else(|| Ok(ScenarioSource::reference_plate()), ScenarioSource::find);
    match read_opening(source, common) {
        Some(opening) => open_at(opening, at_h, common),
        None => Ok(Outcome::WrongInput),
    }
}

/// Opens a window at a time of its run, h.
pub fn open_at(mut opening: Opening, at_h: Option<f64>, common: &Common) -> Result<Outcome, Failure> {
    let step = at_h.map(|at_h| step_at(&opening.scenario.plate, Some(at_h)));
    match step.transpose() {
        Ok(None) => {}
        Ok(at) => (opening.at, opening.plays) = (at, false),
        Err(message) => {
            say(message);
            return Ok(Outcome::WrongInput);
        }
    }
    shell::open(opening, finder(common))?;
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
    match shell::open(opening, finder(common)) {
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
    Some(opening_of(again?, scenario, common))
}

/// How `scenario` is opened, which was read from `source`.
fn opening_of(source: ScenarioSource, scenario: Scenario, common: &Common) -> Opening {
    // Absolute, for it is remembered.
    let file = (source.folder().is_some())
        .then(|| std::path::absolute(&source.name).ok())
        .flatten();
    // The text has the changes of the command line by then; made once more they could take away what was done.
    let options = without_changes(common);
    let view = source.view().cloned().unwrap_or_default();
    let at = view.at_h.map(|at_h| nearest_step(&scenario.plate, at_h));
    let read_again = move |text: &str| source.with_text(text).read(&options);
    Opening {
        scenario,
        file,
        read: Box::new(read_again),
        at,
        plays: view.plays,
        view,
        engine: engine::choice(common),
        out: common.out.clone(),
        force: common.force,
        lesson: None,
    }
}

/// The step nearest to a time, h: a link opens whatever it says.
fn nearest_step(plate: &Plate, at_h: f64) -> u32 {
    (at_h / plate.step_h).round().clamp(0.0, f64::from(plate.steps)) as u32
}

fn without_changes(common: &Common) -> Common {
    Common {
        set: Vec::new(),
        seed: None,
        ..common.clone()
    }
}

/// Finds other plates for the window: computed alike, but without the changes and the folder that the command line named for the
/// first one.
pub fn finder(common: &Common) -> Finder {
    let common = Common {
        out: None,
        force: false,
        ..without_changes(common)
    };
    Rc::new(move |wanted| {
        let source = match wanted {
            Wanted::Lesson(name) => return lesson_opening::opening(name, language_of_system(), &common),
            Wanted::Builtin(name) => {
                ScenarioSource::builtin(name).ok_or_else(|| format!("no plate is called {name}"))?
            }
            Wanted::File(file) => ScenarioSource::of_file(file)?,
            Wanted::Link(link) => ScenarioSource::of_link(link)?,
            Wanted::New(name) => ScenarioSource::of_file(&new::create(name, None)?)?,
        };
        let scenario = source.read(&common).map_err(|mistakes| mistakes.to_string())?;
        let opening = opening_of(source, scenario, &common);
        // Who chooses a plate wants to see it grow; a link that says where it opens says whether it plays there.
        let plays = opening.plays || opening.at.is_none();
        Ok(Opening { plays, ..opening })
    })
}
