//! Every table and key of a lesson file as tables in Markdown: the part of `docs/lessons.md` that is generated.

use super::builtin::LESSONS;
use super::language::Language;
use super::tables::SHAPES;
use crate::model::word::Word;
use crate::scenario::shape::{Form, Key};
use std::fmt::Write;

/// The tables with their keys.
pub fn lesson_keys_in_markdown() -> String {
    let mut text = String::new();
    for shape in SHAPES {
        let name = match shape.name {
            "" => "Top of the file".to_owned(),
            name => format!("`{name}`"),
        };
        let _ = writeln!(
            text,
            "### {name}\n\n{}\n\n| key | meaning | example |\n|---|---|---|",
            shape.meaning
        );
        for key in shape.keys {
            let example: Vec<&str> = key.example.lines().map(str::trim).collect();
            let must = if key.required { " (must be given)" } else { "" };
            let _ = writeln!(
                text,
                "| `{}` | {}{must}{} | `{}` |",
                key.name,
                key.meaning,
                words_of(key),
                example.join("` <br> `")
            );
        }
        text.push('\n');
    }
    text
}

/// The lessons that are built in, with their titles.
pub fn lessons_in_markdown() -> String {
    let mut text = "| lesson | title | |\n|---|---|---|\n".to_owned();
    for lesson in LESSONS {
        let titles = Language::ALL.iter().map(|language| lesson.title(*language));
        let _ = writeln!(
            text,
            "| `{}` | {} |",
            lesson.name,
            titles.collect::<Vec<_>>().join(" | ")
        );
    }
    text
}

fn words_of(key: &Key) -> String {
    match key.form {
        Form::Word(words) | Form::Words(words) => format!(": {}", words.join(", ")),
        _ => String::new(),
    }
}
