//! How a window is opened on a lesson, from where it was left or anew.

use super::{Common, engine, lesson};
use crate::lesson::Language;
use crate::view::lesson_progress;
use crate::view::window::Opening;
use std::sync::Arc;

/// How a lesson is opened: one that is built in, or of a folder.
///
/// # Errors
/// A sentence for people: there is none, or what is wrong with it.
pub fn opening(name: &str, language: Language, common: &Common) -> Result<Opening, String> {
    let run = lesson_progress::resume(Arc::new(lesson::read(name)?));
    Opening::of_lesson(run, language, engine::choice(common)).map_err(|mistakes| mistakes.to_string())
}
