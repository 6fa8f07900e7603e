//! The head of the page, and its lines about itself.

use super::lesson::face_words;
use crate::page::Page;
use crate::words::tag;
use maud::html;
use outgrowth::lesson::Language;
use outgrowth::model::word::Word;

/// The title, the language and the look.
pub fn head(page: &Page) -> String {
    let words = page.words();
    html! {
        h1 { (words.title) }
        div.row role="group" {
            a href="#lessons" { (face_words(page).lessons) }
            a href="#gallery" { (words.gallery) }
            @for language in Language::ALL.iter().copied().filter(|language| *language != page.language) {
                button id={"language-" (language.word())} data-wish="language" value=(language.word()) lang=(tag(language)) {
                    (language.name())
                }
            }
            button id="contrast" data-wish="contrast" aria-pressed=(page.contrast) { (words.contrast) }
        }
    }
    .into_string()
}

/// Which engine computes, and what draws.
pub fn engine(page: &Page) -> String {
    let words = page.words();
    let status = page.status();
    let computed = status.engine.as_ref().map_or("", |engine| engine.device.as_str());
    html! {
        (words.engine) ": " span id="computed-by" { (computed) }
        @if !page.drawn_by.is_empty() { "; " (words.drawn) " " span id="drawn-by" { (page.drawn_by) } }
        "."
    }
    .into_string()
}

/// Why something could not be done, unless that stands beside a form.
pub fn notice(page: &Page) -> String {
    let told = page.notice.lines().filter(|_| page.refused.is_none());
    html! { @for line in told { p { (line) } } }.into_string()
}

/// What the readouts say, read aloud where somebody listens.
pub fn spoken(page: &Page) -> String {
    html! { (page.spoken()) }.into_string()
}
