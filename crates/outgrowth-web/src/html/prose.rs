//! Texts of lessons. A term of the glossary says its meaning to the pointer, to the keyboard and to a finger, and in the list below.

use maud::{Markup, html};
use outgrowth::lesson::{LessonTexts, Prose, ProseBlock, ProseSpan, StepTexts};
use std::collections::BTreeSet;

/// A text.
pub fn prose(text: &Prose, of_lesson: &LessonTexts) -> Markup {
    html! {
        @for block in &text.0 {
            @match block {
                ProseBlock::Paragraph(words) => p { (spans(words, of_lesson)) },
                ProseBlock::List(items) => ul { @for item in items { li { (spans(item, of_lesson)) } } },
            }
        }
    }
}

/// The terms of a step with their meanings.
pub fn glossary(step: &StepTexts, of_lesson: &LessonTexts, title: &str) -> Markup {
    let texts = [Some(&step.text), step.hint.as_ref(), step.after.as_ref()];
    let used: BTreeSet<&str> = texts.into_iter().flatten().flat_map(Prose::terms).collect();
    html! {
        @if !used.is_empty() {
            details.glossary {
                summary { (title) }
                dl { @for term in of_lesson.glossary.terms.iter().filter(|term| used.contains(term.id.as_str())) {
                    dt { (term.title) }
                    dd { (term.meaning.plain()) }
                } }
            }
        }
    }
}

fn spans(words: &[ProseSpan], of_lesson: &LessonTexts) -> Markup {
    html! {
        @for span in words {
            @match span {
                ProseSpan::Plain(text) => (text),
                ProseSpan::Emphasis(text) => em { (text) },
                ProseSpan::Strong(text) => strong { (text) },
                ProseSpan::Term { text, term } => (self::term(text, term, of_lesson)),
            }
        }
    }
}

fn term(text: &str, id: &str, of_lesson: &LessonTexts) -> Markup {
    match of_lesson.glossary.find(id) {
        Some(term) => {
            let meaning = term.meaning.plain();
            html! { button.term type="button" data-meaning=(meaning) aria-label={(text) ": " (meaning)} { (text) } }
        }
        None => html! { (text) },
    }
}
