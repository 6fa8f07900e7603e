//! The progress through lessons on disk, a file each beside the preferences, so that it outlives the window.

use super::preferences::{Preferences, text_of, write_whole};
use crate::lesson::{Lesson, LessonRun};
use std::path::PathBuf;
use std::sync::Arc;

/// The file of a lesson's progress; `None` where there is no folder for such files, or its name is no file's.
fn file(lesson: &Lesson) -> Option<PathBuf> {
    let is_plain = |name: &str| !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    let folder = Preferences::file()?.parent()?.join("lessons");
    is_plain(&lesson.name).then(|| folder.join(format!("{}.toml", lesson.name)))
}

/// Goes on where somebody left a lesson; from its beginning where nothing is kept or it cannot be read, which is logged.
pub fn resume(lesson: Arc<Lesson>) -> LessonRun {
    let kept = file(&lesson).filter(|file| file.exists());
    let resumed = kept.map(|file| {
        let text = text_of(&file)?;
        LessonRun::resume(lesson.clone(), &text).map_err(|problem| problem.to_string())
    });
    match resumed {
        Some(Ok(run)) => run,
        Some(Err(problem)) => {
            tracing::warn!("the lesson {} begins anew: {problem}", lesson.name);
            LessonRun::begin(lesson)
        }
        None => LessonRun::begin(lesson),
    }
}

/// Keeps the progress.
pub fn keep(run: &LessonRun) {
    if let Some(file) = file(run.lesson())
        && let Err(problem) = write_whole(&file, &run.progress())
    {
        tracing::warn!("{} could not be written: {problem}", file.display());
    }
}
