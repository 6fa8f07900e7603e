//! Reads the texts of a lesson in one language: a Markdown file whose headings refer to steps by their ids.
//!
//! Below the title stands what the lesson is about; below `## ... {#conditions}` what conditions are called; below
//! `## Title {#step}` the text of a step, and below that its parts such as `### What do you think? {#prediction}`.

use super::glossary::Glossary;
use super::language::Language;
use super::lesson::{Ask, AskAnswers, ControlValues, LessonControl, LessonStep};
use super::markdown::{TextLabel, TextSection, sections};
use super::prose::Prose;
use super::texts::{AskTexts, LessonTexts, StepTexts};
use crate::model::word::{Word, words};
use crate::scenario::mistake::{FilePlace, Mistakes, nearest};
use crate::scenario::notes::{Notes, Spot};
use crate::scenario::tree::quoted;
use std::collections::BTreeMap;

words! {
    /// A part of a step's texts, by the id of its heading.
    pub enum StepPart {
        /// A hint.
        Hint = "hint",
        /// What is asked ahead of the run.
        Prediction = "prediction",
        /// What is asked after it.
        Question = "question",
        /// What the controls are called.
        Controls = "controls",
        /// What is said once all is answered.
        After = "after",
    }
}

/// The id of the heading below which conditions have their names.
const CONDITIONS: &str = "conditions";

/// Reads the texts of `steps` in a language out of `text`, the contents of `file`.
///
/// # Errors
/// Every mistake in them: a step or a part of it without its text, a text that belongs to nothing, a term that no glossary has.
pub fn read(
    text: &str,
    file: &str,
    language: Language,
    steps: &[LessonStep],
    glossary: Glossary,
) -> Result<LessonTexts, Mistakes> {
    let notes = Notes::new(file, &[]);
    let sections = sections(text, &notes);
    let mut texts = LessonTexts {
        language,
        title: String::new(),
        about: Prose::default(),
        conditions: BTreeMap::new(),
        steps: vec![StepTexts::default(); steps.len()],
        glossary,
    };
    let mut reading = Reading {
        notes: &notes,
        steps,
        found: BTreeMap::new(),
        step: None,
    };
    for section in sections {
        reading.take(section, &mut texts);
    }
    reading.look_for_all(&texts);
    notes.into_result().map(|_| texts)
}

/// Texts that are being read.
struct Reading<'a> {
    notes: &'a Notes<'a>,
    steps: &'a [LessonStep],
    /// The lines of headings by their ids, such as `watch` and `watch.hint`.
    found: BTreeMap<String, usize>,
    /// The step that the last heading of level 2 was of.
    step: Option<usize>,
}

impl<'a> Reading<'a> {
    fn spot(&self, line: usize, path: impl Into<String>) -> Spot<'a> {
        self.notes.spot(FilePlace::Line(line), path)
    }

    fn take(&mut self, section: TextSection, texts: &mut LessonTexts) {
        self.check_terms(&section, texts);
        let id = section.id.clone().unwrap_or_default();
        match section.level {
            1 if self.is_new(&section, "title") => {
                self.no_labels(&section);
                texts.title = section.title;
                texts.about = section.prose;
            }
            1 => {}
            2 if id == CONDITIONS => {
                self.step = None;
                if self.is_new(&section, &id) {
                    let known: Vec<&str> = self.steps.iter().flat_map(LessonStep::conditions).collect();
                    texts.conditions = self.labels(&section.labels, &id, &known, "a condition");
                }
            }
            2 => {
                self.step = self.steps.iter().position(|step| step.id == id);
                let Some(step) = self.step else {
                    let known = self.steps.iter().map(|step| step.id.as_str()).chain([CONDITIONS]);
                    let names = known.clone().collect::<Vec<_>>().join(", ");
                    let expected = format!("the id of a step behind the heading, as {{#id}}: {names}");
                    let spot = self.spot(section.line, section.title.clone());
                    spot.refuse_near(id_found(&id), expected, nearest(&id, known));
                    return;
                };
                if self.is_new(&section, &id) {
                    self.no_labels(&section);
                    let texts = &mut texts.steps[step];
                    texts.title = section.title;
                    texts.text = section.prose;
                }
            }
            _ => self.take_part(section, &id, texts),
        }
    }

    /// Takes a part of a step.
    fn take_part(&mut self, section: TextSection, id: &str, texts: &mut LessonTexts) {
        let spot = self.spot(section.line, section.title.clone());
        let part = StepPart::from_word(id);
        let (Some(place), Some(part)) = (self.step, part) else {
            if part.is_none() {
                let expected = format!(
                    "a part of a step behind the heading, as {{#id}}: {}",
                    StepPart::WORDS.join(", ")
                );
                spot.refuse_near(id_found(id), expected, nearest(id, StepPart::WORDS.iter().copied()));
            }
            return;
        };
        let step = &self.steps[place];
        let path = format!("{}.{id}", step.id);
        if !self.is_new(&section, &path) {
            return;
        }
        if !has_part(step, part) {
            self.spot(section.line, path).refuse(
                "texts of something that the step does not have",
                "it in lesson.toml, or no such heading",
            );
            return;
        }
        let into = &mut texts.steps[place];
        if !matches!(part, StepPart::Prediction | StepPart::Question) {
            into.headings.insert(id.to_owned(), section.title.clone());
        }
        match part {
            StepPart::Hint | StepPart::After => {
                self.no_labels(&section);
                let into = if part == StepPart::Hint {
                    &mut into.hint
                } else {
                    &mut into.after
                };
                *into = Some(section.prose);
            }
            StepPart::Controls => {
                let known: Vec<String> = step.controls.iter().flat_map(control_labels).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                into.controls = self.labels(&section.labels, &path, &known, "a control");
                for control in step
                    .controls
                    .iter()
                    .filter(|control| !into.controls.contains_key(&control.id))
                {
                    self.lacks_label(&section, &path, &control.id);
                }
            }
            StepPart::Prediction | StepPart::Question => {
                let asked = if part == StepPart::Prediction {
                    &step.prediction
                } else {
                    &step.question
                };
                let names: Vec<&str> = asked.iter().flat_map(choice_names).collect();
                let choices = self.labels(&section.labels, &path, &names, "an answer");
                for name in names.iter().filter(|name| !choices.contains_key(**name)) {
                    self.lacks_label(&section, &path, name);
                }
                let into = if part == StepPart::Prediction {
                    &mut into.prediction
                } else {
                    &mut into.question
                };
                *into = Some(AskTexts {
                    title: section.title,
                    asks: section.prose,
                    choices,
                });
            }
        }
    }

    /// Whether a heading of that path is the first; a second is noted.
    fn is_new(&mut self, section: &TextSection, path: &str) -> bool {
        match self.found.insert(path.to_owned(), section.line) {
            None => true,
            Some(before) => {
                self.spot(section.line, path).refuse(
                    "the same heading a second time",
                    format!("one; the first is in line {before}"),
                );
                false
            }
        }
    }

    fn labels(&self, labels: &[TextLabel], path: &str, known: &[&str], what: &str) -> BTreeMap<String, String> {
        let mut named = BTreeMap::new();
        for TextLabel { id, text, line } in labels {
            let spot = self.spot(*line, path);
            if !known.contains(&id.as_str()) {
                let mut names = known.to_vec();
                names.dedup();
                let expected = format!("the name of {what} in backticks: {}", names.join(", "));
                spot.refuse_near(quoted(id), expected, nearest(id, known.iter().copied()));
            } else if text.is_empty() {
                spot.refuse(format!("nothing behind {}", quoted(id)), "what it is called");
            }
            named.insert(id.clone(), text.clone());
        }
        named
    }

    fn no_labels(&self, section: &TextSection) {
        if let Some(label) = section.labels.first() {
            self.spot(label.line, section.title.clone()).refuse(
                format!("a list item that begins with `{}`", label.id),
                "a plain list here",
            );
        }
    }

    fn lacks_label(&self, section: &TextSection, path: &str, id: &str) {
        self.spot(section.line, path).refuse(
            format!("nothing of {}", quoted(id)),
            format!("a list item below it: - `{id}` and what it is called"),
        );
    }

    fn check_terms(&self, section: &TextSection, texts: &LessonTexts) {
        for term in section
            .prose
            .terms()
            .filter(|term| !term.is_empty() && texts.glossary.find(term).is_none())
        {
            let known = texts.glossary.terms.iter().map(|term| term.id.as_str());
            let expected = format!(
                "a term of the glossary: {}",
                known.clone().collect::<Vec<_>>().join(", ")
            );
            let spot = self.spot(section.line, section.title.clone());
            spot.refuse_near(
                format!("no term called {}", quoted(term)),
                expected,
                nearest(term, known),
            );
        }
    }

    /// Notes every text that is not there.
    fn look_for_all(&self, texts: &LessonTexts) {
        let missing = |path: String, expected: String| {
            self.notes.spot(FilePlace::Whole, path).refuse("nothing", expected);
        };
        if !self.found.contains_key("title") {
            missing("title".to_owned(), "a title, as `# Title`".to_owned());
        }
        for (step, told) in self.steps.iter().zip(&texts.steps) {
            if !self.found.contains_key(&step.id) {
                missing(
                    step.id.clone(),
                    format!("the text of the step, below `## Title {{#{}}}`", step.id),
                );
                continue;
            }
            if told.text.is_empty() {
                missing(step.id.clone(), "a text below its heading".to_owned());
            }
            for part in StepPart::ALL
                .iter()
                .filter(|part| **part != StepPart::After && has_part(step, **part))
            {
                let path = format!("{}.{part}", step.id);
                if !self.found.contains_key(&path) {
                    missing(path, format!("its text, below `### Heading {{#{part}}}` in the step"));
                }
            }
        }
    }
}

fn id_found(id: &str) -> String {
    if id.is_empty() {
        "a heading without an id".to_owned()
    } else {
        format!("the id {}", quoted(id))
    }
}

/// Whether a step may have a part of the texts.
fn has_part(step: &LessonStep, part: StepPart) -> bool {
    match part {
        StepPart::Hint => step.has_hint,
        StepPart::Prediction => step.prediction.is_some(),
        StepPart::Question => step.question.is_some(),
        StepPart::Controls => !step.controls.is_empty(),
        StepPart::After => true,
    }
}

/// The names of the answers to choose from, where they are not conditions.
fn choice_names(ask: &Ask) -> Vec<&str> {
    match &ask.answers {
        AskAnswers::Bands(choices) => choices.iter().map(|(id, _)| id.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// The labels that a control may have: its own, and one for each of its values.
fn control_labels(control: &LessonControl) -> Vec<String> {
    let values = match &control.values {
        ControlValues::List(values) => values.as_slice(),
        ControlValues::Range { .. } => &[],
    };
    let of_values = values.iter().map(|value| format!("{}={value}", control.id));
    [control.id.clone()].into_iter().chain(of_values).collect()
}
