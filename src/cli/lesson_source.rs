//! The source of a lesson: a folder, or one that is built in.

use super::input::read_regular;
use crate::lesson::{LESSON_FILE, LESSONS, Language, LessonFiles, builtin_lesson};
use crate::scenario::MOST_FILE_BYTES;
use crate::scenario::mistake::nearest;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Finds a lesson: a folder of that name (or its `lesson.toml`), else the built-in one.
///
/// # Errors
/// A sentence for the user, when there is neither.
pub fn find_lesson(name: &str) -> Result<LessonFiles<'static>, String> {
    match folder_of(name) {
        Some(folder) => of_folder(folder),
        None => builtin_lesson(name).map(|lesson| lesson.source()).ok_or_else(|| {
            let names: Vec<&str> = LESSONS.iter().map(|lesson| lesson.name).collect();
            let near = nearest(name, names.iter().copied());
            let suggestion = near
                .map(|near| format!(" (did you mean \"{near}\"?)"))
                .unwrap_or_default();
            let names = names.join(", ");
            format!("{name}: no such lesson; expected a folder with {LESSON_FILE}, or one of {names}{suggestion}")
        }),
    }
}

/// Whether a name is that of a lesson rather than of a scenario.
pub fn is_lesson(name: &str) -> bool {
    folder_of(name).is_some() || (!Path::new(name).exists() && builtin_lesson(name).is_some())
}

/// The folder that a lesson of that name lies in.
fn folder_of(name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    if path.file_name() == Some(OsStr::new(LESSON_FILE)) {
        return path.parent().map(Path::to_path_buf);
    }
    path.join(LESSON_FILE).is_file().then(|| path.to_path_buf())
}

fn of_folder(folder: PathBuf) -> Result<LessonFiles<'static>, String> {
    let named = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        &folder
    };
    let problem = |problem: std::io::Error| format!("{}: {problem}", named.display());
    let whole = named.canonicalize().map_err(problem)?;
    let listed = std::fs::read_dir(named).map_err(problem)?;
    let mut names: Vec<String> = listed
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    Ok(LessonFiles {
        name: whole
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        folder: folder.display().to_string(),
        names,
        file: Box::new(move |name| read_regular(&folder.join(name), MOST_FILE_BYTES)),
    })
}

/// The language of the system, where lessons are written in it; else English.
pub fn language_of_system() -> Language {
    let set = |name: &&str| std::env::var(name).ok().filter(|tag| !tag.is_empty());
    let tag = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
    tag.and_then(|tag| Language::of_tag(&tag)).unwrap_or(Language::English)
}
