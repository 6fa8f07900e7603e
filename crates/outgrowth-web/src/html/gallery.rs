//! The gallery: the built-in plates, each with its picture and its question.

use crate::page::Page;
use maud::html;
use outgrowth::scenario::{BUILTIN, Introduction};

/// The gallery.
pub fn gallery(page: &Page) -> String {
    let words = page.words();
    html! {
        h2 { (words.gallery) }
        ul.plates { @for builtin in BUILTIN {
            li { button id={"plate-" (builtin.name)} data-wish="open" value=(builtin.name) aria-pressed=(page.teaching.is_none() && builtin.name == page.file) {
                img src={"thumbnails/" (builtin.name) ".png"} alt="" width="400" height="225" loading="lazy";
                strong { (builtin.name) }
                span { (Introduction::of(builtin.text).question) }
            } }
        } }
    }
    .into_string()
}
