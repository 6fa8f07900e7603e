//! Lessons that are part of the program.

use super::language::Language;
use super::lesson::Lesson;
use super::read::{self, LessonFiles, text_file};
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
    "what-exercise-sends": "muscle.toml", "distance.toml", "dose.toml", "fading.toml";
    "push-and-pull": "moved.toml", "strength.toml", "stopped.toml", "studies.toml";
    "a-fair-test": "treated.toml", "arms.toml", "twins.toml", "weak.toml";
    "the-arm-nobody-ran": "known.toml", "both.toml";
    "cut-nerve": "cut.toml";
    "als-not-one-disease": "weeks.toml", "injured.toml", "pair.toml";
];

impl BuiltinLesson {
    /// Its files, to be read or copied.
    pub fn source(&self) -> LessonFiles<'static> {
        let files = self.files;
        LessonFiles {
            name: self.name.to_owned(),
            folder: self.name.to_owned(),
            names: files.iter().map(|(name, _)| (*name).to_owned()).collect(),
            file: Box::new(move |name| {
                let file = files.iter().find(|(known, _)| *known == name);
                let (_, text) = file.ok_or_else(|| format!("no file \"{name}\" is built in"))?;
                Ok(text.as_bytes().to_vec())
            }),
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
}

/// The built-in lesson that follows the one of that name; none after the last.
pub fn lesson_after(name: &str) -> Option<&'static BuiltinLesson> {
    LESSONS.iter().skip_while(|lesson| lesson.name != name).nth(1)
}

/// The built-in lesson of that name.
pub fn builtin_lesson(name: &str) -> Option<&'static BuiltinLesson> {
    LESSONS.iter().find(|lesson| lesson.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Prose, ProseSpan};

    /// A space at the edge of a term would be part of its button, where it does not show.
    #[test]
    fn terms_have_no_spaces_at_their_edges() {
        for builtin in LESSONS {
            let lesson = builtin.read().expect("sound");
            let texts = lesson.texts(Language::English);
            let steps = texts
                .steps
                .iter()
                .flat_map(|step| [Some(&step.text), step.hint.as_ref(), step.after.as_ref()]);
            let prose = steps.flatten().chain([&texts.about]);
            for span in prose.flat_map(Prose::spans) {
                if let ProseSpan::Term { text, .. } = span {
                    assert_eq!(text, text.trim(), "{}", builtin.name);
                }
            }
        }
    }
}
