//! `outgrowth lesson [NAME]`: the window on a lesson; without a name, or without a display, the list of lessons.

use super::say::say;
use super::view::finder;
use super::{Common, Failure, Outcome, engine, print};
use crate::lesson::{LESSONS, Language, Lesson, LessonFiles};
use crate::scenario::mistake::nearest;
use crate::view::lesson_progress;
use crate::view::shell;
use crate::view::window::{Opening, display_is_named};
use std::path::Path;
use std::sync::Arc;

/// Opens the window on a lesson, from where it was left or anew.
pub fn run(name: Option<&str>, language: Option<Language>, common: &Common) -> Result<Outcome, Failure> {
    let Some(name) = name.filter(|_| display_is_named()) else {
        return list(language.unwrap_or_else(language_of_system));
    };
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

/// The lessons, by their names.
fn list(language: Language) -> Result<Outcome, Failure> {
    let widest = LESSONS.iter().map(|lesson| lesson.name.len()).max().unwrap_or(0);
    let lines = LESSONS
        .iter()
        .map(|lesson| format!("{:widest$}  {}\n", lesson.name, lesson.title(language)));
    let lines: String = lines.collect();
    print(&format!(
        "{lines}\nOpen one with `outgrowth lesson NAME`, or a folder of your own.\n"
    ))
    .map(|()| Outcome::Done)
}

/// How a lesson is opened: one of that name, or of a folder.
///
/// # Errors
/// A sentence for people: there is none, or what is wrong with it.
pub fn opening(name: &str, language: Option<Language>, common: &Common) -> Result<Opening, String> {
    let lesson = Arc::new(find(name)?);
    let run = lesson_progress::resume(lesson);
    let language = language.unwrap_or_else(language_of_system);
    Opening::of_lesson(run, language, engine::choice(common)).map_err(|mistakes| mistakes.to_string())
}

fn find(name: &str) -> Result<Lesson, String> {
    let read = |files: &LessonFiles<'_>| crate::lesson::read(files).map_err(|mistakes| mistakes.to_string());
    if let Some(builtin) = crate::lesson::builtin_lesson(name) {
        return read(&builtin.source());
    }
    let folder = Path::new(name);
    if folder.is_dir() {
        return read(&LessonFiles::of_folder(folder));
    }
    let names = LESSONS.iter().map(|lesson| lesson.name);
    let near = nearest(name, names.clone())
        .map(|near| format!(" Did you mean {near}?"))
        .unwrap_or_default();
    let names: Vec<&str> = names.collect();
    Err(format!(
        "{name}: no such lesson, and no folder of that name.{near} There are {}",
        names.join(", ")
    ))
}

/// The language of the system, where lessons are written in it; else English.
fn language_of_system() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|tag| !tag.is_empty()));
    set.and_then(|tag| Language::of_tag(&tag)).unwrap_or(Language::English)
}
