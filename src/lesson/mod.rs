//! Lessons: experiments with texts, predictions and questions, for a class. This room has no face: a window or a page shows a
//! [`Lesson`] and drives a [`LessonRun`], which knows the step, what was predicted, which plate is to be run and what it gave.
//!
//! A lesson is a folder: `lesson.toml` (its steps), `lesson.en.md` and `lesson.zh.md` (their texts), and the scenarios that it brings.
//!
//! ```
//! use outgrowth::lesson::{Language, LESSONS, LessonPhase, LessonRun};
//! use std::sync::Arc;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let lesson = Arc::new(LESSONS[0].read()?);
//! println!("{}", lesson.texts(Language::English).title);
//! let run = LessonRun::begin(lesson);
//! // The first plate runs as soon as the lesson opens.
//! assert_eq!(run.phase(), LessonPhase::Run);
//! println!("run up to {} h:\n{}", run.step().until_h, run.scenario_text());
//! # Ok(())
//! # }
//! ```

mod builtin;
mod document;
mod face_words;
mod glossary;
mod judgement;
mod language;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod lesson;
mod markdown;
mod progress;
mod prose;
mod read;
mod read_texts;
mod readout_words;
mod run;
mod sentences;
mod tables;
mod texts;
mod typed;

pub use builtin::{BuiltinLesson, LESSONS, builtin_lesson, lesson_after};
pub use document::{lesson_keys_in_markdown, lessons_in_markdown};
pub use face_words::{FaceWords, day_of, step_of};
pub use glossary::{Glossary, GlossaryTerm};
pub use judgement::{Guess, Judgement, Means, StepMeasures};
pub use language::Language;
pub use lesson::{
    Ask, AskAnswers, ControlValues, Lesson, LessonControl, LessonLayer, LessonOutcome, LessonStep, LessonTool,
    LessonView,
};
pub use progress::ProgressError;
pub use prose::{Prose, ProseBlock, ProseSpan};
pub use read::{LESSON_FILE, LessonFiles, glossary_file, read, text_file};
pub use readout_words::ReadoutWords;
pub use run::{LessonPhase, LessonRun, LessonTrial, NotNow};
pub use texts::{AskTexts, LessonTexts, StepTexts};
