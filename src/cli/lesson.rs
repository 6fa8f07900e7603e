//! `outgrowth lesson`, and what `check` and `new` do with lessons.

use super::lesson_source::find_lesson;
use super::say::say;
use super::{Common, Failure, Outcome, print};
use crate::export::figures::counted;
use crate::lesson::{self, LESSONS, Language, Lesson, LessonFiles};
use crate::model::parameter::Dimension;
use crate::model::word::Word;
use crate::scenario::quantity;
use serde_json::json;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Lists the lessons, or says what is in one.
pub fn run(name: Option<&str>, language: Language, common: &Common) -> Result<Outcome, Failure> {
    let Some(name) = name else {
        let text = if common.json {
            list_json(language)
        } else {
            list(language)
        };
        return print(&text).map(|()| Outcome::Done);
    };
    match read(name) {
        Ok(lesson) => print(&told(&lesson, language, common)).map(|()| Outcome::Done),
        Err(problem) => {
            say(problem);
            Ok(Outcome::WrongInput)
        }
    }
}

/// Says whether a lesson is sound.
pub fn run_check(name: &str, common: &Common) -> Result<Outcome, Failure> {
    match read(name) {
        Ok(lesson) => {
            if !common.quiet {
                print(&told(&lesson, Language::English, common))?;
            }
            let mut warnings: Vec<String> = Vec::new();
            for warning in lesson
                .steps
                .iter()
                .flat_map(|step| &step.scenario.warnings)
                .map(ToString::to_string)
            {
                if !warnings.contains(&warning) {
                    warnings.push(warning);
                }
            }
            for warning in warnings.iter().filter(|_| !common.json) {
                say(format_args!("warning: {warning}"));
            }
            Ok(Outcome::Done)
        }
        Err(problem) => {
            say(problem);
            Ok(Outcome::WrongInput)
        }
    }
}

/// Copies a lesson into a folder of its own.
pub fn run_new(name: &str, from: &str, common: &Common) -> Result<Outcome, Failure> {
    let copied = find_lesson(from).and_then(|files| copy(&files, Path::new(name)));
    match copied {
        Ok(folder) => {
            if !common.quiet {
                let folder = folder.display();
                print(&format!(
                    "{folder} is written: lesson.toml has the steps, lesson.*.md their texts. Change them; then\n  outgrowth check {folder}   \
                     tells of mistakes\n"
                ))?;
            }
            Ok(Outcome::Done)
        }
        Err(problem) => {
            say(problem);
            Ok(Outcome::WrongInput)
        }
    }
}

/// Reads a lesson by its name or folder.
///
/// # Errors
/// Every mistake in it, or that there is none, as text.
pub fn read(name: &str) -> Result<Lesson, String> {
    lesson::read(&find_lesson(name)?).map_err(|mistakes| mistakes.to_string())
}

fn list(language: Language) -> String {
    let lines = LESSONS
        .iter()
        .map(|lesson| format!("{:24} {}\n", lesson.name, lesson.title(language)));
    lines.collect()
}

fn list_json(language: Language) -> String {
    let lessons = LESSONS
        .iter()
        .map(|lesson| json!({ "name": lesson.name, "title": lesson.title(language) }));
    format!("{:#}\n", json!(lessons.collect::<Vec<_>>()))
}

fn told(lesson: &Lesson, language: Language, common: &Common) -> String {
    if !common.json {
        return outline(lesson, language);
    }
    let texts = lesson.texts(language);
    let steps = lesson.steps.iter().zip(&texts.steps);
    let steps = steps.map(|(step, told)| json!({ "id": step.id, "title": told.title, "scenario": step.file }));
    let languages: Vec<&str> = lesson.languages().map(Word::word).collect();
    let told = json!({
        "name": lesson.name,
        "title": texts.title,
        "languages": languages,
        "steps": steps.collect::<Vec<_>>(),
    });
    format!("{told:#}\n")
}

/// A lesson in a few lines: its steps, what each asks and may change.
fn outline(lesson: &Lesson, language: Language) -> String {
    let texts = lesson.texts(language);
    let time = quantity::format(lesson.time_h, Dimension::Time.into());
    let languages: Vec<&str> = lesson.languages().map(Word::word).collect();
    let mut text = format!(
        "{}: {}\nabout {time}; {}\n\n",
        lesson.name,
        texts.title,
        languages.join(", ")
    );
    for (number, (step, told)) in lesson.steps.iter().zip(&texts.steps).enumerate() {
        let _ = writeln!(text, "{} {} ({})", number + 1, told.title, step.id);
        let until = quantity::format(step.until_h, Dimension::Time.into());
        let plate = &step.scenario.plate;
        let wells: u32 = plate.conditions.iter().map(|condition| condition.wells).sum();
        let _ = writeln!(
            text,
            "    {}: {}, up to {until}",
            step.file,
            counted(u64::from(wells), "well")
        );
        let parts = [
            ("hint", step.has_hint),
            ("prediction", step.prediction.is_some()),
            ("outcome", step.outcome.is_some()),
            ("question", step.question.is_some()),
        ];
        let parts: Vec<&str> = parts
            .iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(part, _)| *part)
            .collect();
        if !parts.is_empty() {
            let _ = writeln!(text, "    {}", parts.join(", "));
        }
        for control in &step.controls {
            let _ = writeln!(text, "    {}: {}", control.id, control.key);
        }
        if !step.tools.is_empty() {
            let tools: Vec<&str> = step.tools.iter().map(|tool| tool.word()).collect();
            let _ = writeln!(text, "    by hand: {}", tools.join(", "));
        }
    }
    text
}

/// Copies the files of a lesson into a new folder.
///
/// # Errors
/// A sentence for the user.
fn copy(files: &LessonFiles<'_>, into: &Path) -> Result<PathBuf, String> {
    let failed = |problem: std::io::Error| format!("{} could not be written: {problem}", into.display());
    if into.exists() {
        return Err(format!(
            "{} is there already; nothing was written. Choose another name",
            into.display()
        ));
    }
    fs::create_dir_all(into).map_err(failed)?;
    for name in &files.names {
        let bytes = (files.file)(name).map_err(|problem| format!("{name}: {problem}"))?;
        fs::write(into.join(name), bytes).map_err(failed)?;
    }
    Ok(into.to_path_buf())
}
