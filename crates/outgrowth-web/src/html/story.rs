//! The plate that runs: its name, its question, and its treatments.

use super::course::swatch;
use crate::page::Page;
use maud::html;
use outgrowth::export::hues::hues;
use outgrowth::export::report::words::treatment;
use outgrowth::lesson::LESSONS;

/// The question and the treatments; what comes out once the run is over.
pub fn story(page: &Page) -> String {
    if page.teaching.is_some() {
        return String::new();
    }
    let words = page.words();
    let plate = page.told_plate();
    let hues = hues(&page.scenario.plate);
    if page.hides_names {
        return html! {
            h2 { (words.quiz) }
            p { (words.quiz_help) }
            ul.key { @for (condition, treated) in plate.conditions.iter().enumerate() {
                li { (swatch(hues[condition])) (treated.name) }
            } }
            p { button #reveal data-wish="reveal" { (words.reveal) } }
        }
        .into_string();
    }
    let over = page.status().is_over();
    let first = LESSONS.first();
    html! {
        p { (words.invitation) }
        @if let Some(first) = first {
            p { (words.first_lesson) " " button.main data-wish="lesson" value=(first.name) { (first.title(page.language)) } }
        }
        h2 { (plate.name) }
        @if !page.introduction.question.is_empty() { p.question { (page.introduction.question) } }
        @if over && !page.introduction.answer.is_empty() { p #answer { (words.answer) ": " (page.introduction.answer) } }
        h3 { (words.treatments) }
        dl.treatments {
            @for (condition, treated) in plate.conditions.iter().enumerate() {
                dt { (swatch(hues[condition])) (treated.name) }
                dd { (treatment(&page.status().plate, condition)) }
            }
        }
    }
    .into_string()
}
