//! `outgrowth lesson NAME` where there is a display: the window on a lesson.

use super::lesson_opening::opening;
use super::say::say;
use super::view::finder;
use super::{Common, Failure, Outcome};
use crate::lesson::Language;
use crate::view::shell;

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
