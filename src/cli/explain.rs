//! `outgrowth explain [KEY]`: what a parameter means and how well it is known.

use super::{Common, Failure, Outcome, print};
use crate::{lesson, link, scenario};
use clap::ValueEnum;

/// A part of the documents that is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocumentPart {
    /// The length of the link of each built-in scenario (docs/links.md).
    Links,
    /// Every documented number of the model (docs/model.md).
    Parameters,
    /// Every table and key of a lesson file (docs/lessons.md).
    LessonKeys,
    /// The lessons that are built in (docs/lessons.md).
    Lessons,
    /// Questions and answers of the built-in scenarios (docs/scenarios.md).
    Plates,
    /// Every table and key of a scenario file, each with an example to paste (docs/scenario.md).
    Tables,
    /// The quantities of a scenario file, with their units (docs/scenario.md).
    Units,
}

/// Prints a part of the documents, in Markdown.
pub fn run_document(part: DocumentPart) -> Result<Outcome, Failure> {
    let text = match part {
        DocumentPart::Links => link::sizes_in_markdown(),
        DocumentPart::Parameters => scenario::parameters_in_markdown(),
        DocumentPart::LessonKeys => lesson::lesson_keys_in_markdown(),
        DocumentPart::Lessons => lesson::lessons_in_markdown(),
        DocumentPart::Plates => scenario::plates_in_markdown(),
        DocumentPart::Tables => scenario::tables_in_markdown(),
        DocumentPart::Units => scenario::units_in_markdown(),
    };
    print(&text).map(|()| Outcome::Done)
}

/// Explains `key`, or everything.
pub fn run(key: Option<&str>, common: &Common) -> Result<Outcome, Failure> {
    let text = if common.json {
        scenario::explain_json(key).map(|json| format!("{json:#}\n"))
    } else {
        scenario::explain(key)
    };
    match text {
        Ok(text) => print(&text).map(|()| Outcome::Done),
        Err(unknown) => {
            super::say::say(format_args!("outgrowth explain: {unknown}"));
            Ok(Outcome::WrongInput)
        }
    }
}
