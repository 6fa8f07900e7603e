//! The texts of a lesson in one language.

use super::glossary::Glossary;
use super::language::Language;
use super::prose::Prose;
use std::collections::BTreeMap;

/// The texts of a lesson in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonTexts {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// What it is about.
    pub about: Prose,
    /// What conditions are called here, by their names.
    pub conditions: BTreeMap<String, String>,
    /// The texts of each step, in the order of the steps.
    pub steps: Vec<StepTexts>,
    /// Terms that texts may refer to: those of the program, and the lesson's own.
    pub glossary: Glossary,
}

/// The texts of a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepTexts {
    /// The title.
    pub title: String,
    /// The text.
    pub text: Prose,
    /// The hint, where the step has one.
    pub hint: Option<Prose>,
    /// The prediction, where the step asks for one.
    pub prediction: Option<AskTexts>,
    /// The question, where the step asks one.
    pub question: Option<AskTexts>,
    /// What the controls are called by their ids, and their values by `id=value`.
    pub controls: BTreeMap<String, String>,
    /// What is said once all is answered.
    pub after: Option<Prose>,
    /// The headings of hint, controls and what is said after, by the ids of these parts: `hint`, `controls`, `after`.
    pub headings: BTreeMap<String, String>,
}

/// The texts of a prediction or a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AskTexts {
    /// The question.
    pub title: String,
    /// What is said about it; may be nothing.
    pub asks: Prose,
    /// The answers to choose from, by their names; none where they are conditions or a number.
    pub choices: BTreeMap<String, String>,
}

impl LessonTexts {
    /// What a condition is called.
    pub fn condition<'a>(&'a self, name: &'a str) -> &'a str {
        self.conditions.get(name).map_or(name, String::as_str)
    }
}

impl StepTexts {
    /// The heading of a part such as `hint`; empty where it has no such part.
    pub fn heading(&self, part: &str) -> &str {
        self.headings.get(part).map_or("", String::as_str)
    }

    /// What a control is called.
    pub fn control<'a>(&'a self, id: &'a str) -> &'a str {
        self.controls.get(id).map_or(id, String::as_str)
    }

    /// What a value of a control is called.
    pub fn control_value<'a>(&'a self, id: &str, value: &'a str) -> &'a str {
        self.controls
            .get(&format!("{id}={value}"))
            .map_or(value, String::as_str)
    }
}
