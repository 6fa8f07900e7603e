//! The glossary: the terms of the lessons, each in a sentence or two.

use super::language::Language;
use super::markdown::sections;
use super::prose::Prose;
use crate::model::word::Word;
use crate::scenario::mistake::{FilePlace, Mistakes};
use crate::scenario::notes::Notes;

/// The texts of the glossary that is built in.
const TEXTS: &[(Language, &str)] = &[
    (Language::English, include_str!("../../assets/lessons/glossary.en.md")),
    (Language::Chinese, include_str!("../../assets/lessons/glossary.zh.md")),
];

/// Terms in one language, in the order of their file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Glossary {
    /// The terms.
    pub terms: Vec<GlossaryTerm>,
}

/// A term and its meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct GlossaryTerm {
    /// The name that texts refer to it by, the same in all languages, such as `growth-cone`.
    pub id: String,
    /// The term, such as "growth cone".
    pub title: String,
    /// Its meaning.
    pub meaning: Prose,
}

impl Glossary {
    /// The glossary that is built in.
    ///
    /// # Errors
    /// Mistakes in it, which a test holds that there are none of.
    pub fn built_in(language: Language) -> Result<Self, Mistakes> {
        let text = TEXTS
            .iter()
            .find(|(of, _)| *of == language)
            .map_or("", |(_, text)| text);
        Self::read(text, &format!("glossary.{}.md", language.word()))
    }

    /// Reads a glossary: below its title a heading of level 2 for each term, such as `## growth cone {#growth-cone}`, with its
    /// meaning below.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn read(text: &str, file: &str) -> Result<Self, Mistakes> {
        let notes = Notes::new(file, &[]);
        let mut terms: Vec<GlossaryTerm> = Vec::new();
        for section in sections(text, &notes).into_iter().filter(|section| section.level > 1) {
            let spot = notes.spot(FilePlace::Line(section.line), section.title.clone());
            let Some(id) = section.id else {
                spot.refuse("a term without a name", "a name behind it, such as {#axon}");
                continue;
            };
            if section.prose.is_empty() {
                spot.refuse("a term without a meaning", "a sentence or two below it");
            }
            if terms.iter().any(|term| term.id == id) {
                spot.refuse(format!("the name {id} a second time"), "a name of its own");
            }
            terms.push(GlossaryTerm {
                id,
                title: section.title,
                meaning: section.prose,
            });
        }
        notes.into_result().map(|_| Self { terms })
    }

    /// The term of that name.
    pub fn find(&self, id: &str) -> Option<&GlossaryTerm> {
        self.terms.iter().find(|term| term.id == id)
    }

    /// This glossary with the terms of another, which win.
    pub fn with(mut self, other: Self) -> Self {
        self.terms.retain(|term| other.find(&term.id).is_none());
        self.terms.extend(other.terms);
        self
    }
}
