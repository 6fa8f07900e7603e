//! `outgrowth lesson NAME` where there is a display: the window on a lesson, from where it was left or anew.

use super::say::say;
use super::view::finder;
use super::{Common, Failure, Outcome, engine, lesson};
use crate::lesson::Language;
use crate::view::lesson_progress;
use crate::view::shell;
use crate::view::window::Opening;
use std::sync::Arc;

/// Opens the window on a lesson.
pub fn run(name: &str, language: Language, common: &Common) -> Result<Outcome, Failure> {
    match opening(name, language, common) {
        Ok(opening) => {
            shell::open(opening, finder(common))?;
            Ok(Outcome::Done)
        }
        Err(why) => {
            say(why);
            Ok(Outcome::WrongInput)
        }
    }
}

/// How a lesson is opened: one that is built in, or of a folder.
///
/// # Errors
/// A sentence for people: there is none, or what is wrong with it.
pub fn opening(name: &str, language: Language, common: &Common) -> Result<Opening, String> {
    let run = lesson_progress::resume(Arc::new(lesson::read(name)?));
    Opening::of_lesson(run, language, engine::choice(common)).map_err(|mistakes| mistakes.to_string())
}
