//! Lessons that are part of the program.

use super::language::Language;
use super::lesson::Lesson;
use super::read::{self, LESSON_FILE, LessonFiles, text_file};
use crate::model::word::Word;
use crate::scenario::Mistakes;

/// A lesson that is part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltinLesson {
    /// The name that it is asked for by.
    pub name: &'static str,
    /// Its files, by their names in its folder.
    pub files: &'static [(&'static str, &'static str)],
}

/// The lessons of these names, with their plates, out of `assets/lessons/`.
macro_rules! lessons {
    ($($name:literal: $($plate:literal),*;)*) => {
        &[$(BuiltinLesson {
            name: $name,
            files: lessons!(@ $name: "lesson.toml", "lesson.en.md", "lesson.zh.md" $(, $plate)*),
        }),*]
    };
    (@ $name:literal: $($file:literal),*) => {
        &[$(($file, include_str!(concat!("../../assets/lessons/", $name, "/", $file)))),*]
    };
}

/// Every lesson that is part of the program, in the order in which they are best taken.
pub const LESSONS: &[BuiltinLesson] = lessons![
    "finding-the-way": "alone.toml", "slope.toml";
];

impl BuiltinLesson {
    /// Its files, to be read or copied.
    pub fn source(&self) -> LessonFiles<'static> {
        let files = self.files;
        let of_name = move |name: &str| files.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
        let languages = Language::ALL.iter().copied();
        LessonFiles {
            name: self.name.to_owned(),
            folder: self.name.to_owned(),
            file: Box::new(move |name| {
                let text = of_name(name).ok_or_else(|| format!("no file \"{name}\" is built in"))?;
                Ok(text.as_bytes().to_vec())
            }),
            languages: languages
                .filter(|language| of_name(&text_file(*language)).is_some())
                .collect(),
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// Mistakes in it, which a test holds that there are none of.
    pub fn read(&self) -> Result<Lesson, Mistakes> {
        read::read(&self.source())
    }

    /// Its title in a language, without reading all of it.
    pub fn title(&self, language: Language) -> &'static str {
        let text = |language| {
            let name = text_file(language);
            self.files
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, text)| *text)
        };
        let text = text(language).or_else(|| text(Language::English)).unwrap_or_default();
        text.lines()
            .find_map(|line| line.strip_prefix("# "))
            .unwrap_or(self.name)
    }

    /// The plates that lie beside it: names and texts.
    pub fn plates(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let plates = self.files.iter().copied();
        plates.filter(|(name, _)| name.ends_with(".toml") && *name != LESSON_FILE)
    }
}

/// The built-in lesson of that name.
pub fn builtin_lesson(name: &str) -> Option<&'static BuiltinLesson> {
    LESSONS.iter().find(|lesson| lesson.name == name)
}
