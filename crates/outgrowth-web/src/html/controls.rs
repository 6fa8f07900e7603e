//! The controls below the dish: time, speed, the view, files. The clock is a region of its own, for a button that is put anew between the
//! press of a finger and its release is not pressed.

use crate::page::{Page, SPEEDS};
use crate::words::duration;
use maud::{Markup, html};
use outgrowth::session::Speed;

/// The controls of time.
pub fn controls(page: &Page) -> String {
    let words = page.words();
    let status = page.status();
    let played = if status.playing {
        ("pause", words.pause)
    } else {
        ("play", words.play)
    };
    html! {
        div.row role="group" aria-label=(words.time) {
            button #play.main data-wish=(played.0) disabled[!page.may_play()] { (played.1) }
            button #step data-wish="step" disabled[!page.may_play()] { (words.step) }
            button #restart data-wish="restart" { (words.restart) }
            @if let Some(undone) = &status.undo { button #undo data-wish="undo" { (words.undo) " (" (undone) ")" } }
            label { (words.speed) " " select #speed data-wish="speed" {
                @for (number, speed) in SPEEDS.into_iter().enumerate() {
                    option value=(number) selected[speed == status.speed] { (speed_words(page, speed)) }
                }
            } }
        }
    }
    .into_string()
}

/// The time of the culture.
pub fn time(page: &Page) -> String {
    let words = page.words();
    let status = page.status();
    let time_h = f64::from(status.step) * status.plate.step_h;
    let end_h = f64::from(page.last_step()) * status.plate.step_h;
    html! {
        (words.time) ": " span #clock { (duration(time_h, page.language)) } " / " (duration(end_h, page.language)) " "
        progress max=(page.last_step()) value=(status.step) aria-label=(words.time) {}
    }
    .into_string()
}

/// The buttons for the view and for files.
pub fn actions(page: &Page) -> String {
    let words = page.words();
    html! {
        div.row role="group" aria-label=(words.view) {
            button #nearer data-wish="nearer" aria-label=(words.nearer) title=(words.nearer) { "+" }
            button #farther data-wish="farther" aria-label=(words.farther) title=(words.farther) { "−" }
            button #show-all data-wish="look" { (words.show_all) }
            span.quiet { (words.dish_help) }
        }
        div.row role="group" {
            button #link data-wish="link" { (words.link) }
            button #csv data-wish="csv" { (words.csv) }
            button #scenario data-wish="scenario" { (words.scenario_file) }
            button #file data-wish="file" { (words.open_file) }
            span.quiet { (words.drop_here) }
        }
        @if page.is_in_codap { p.quiet #codap { (words.codap) } }
        @if let Some(link) = &page.link { p.quiet #shared { (words.link_ready) " " code { (link) } } }
    }
    .into_string()
}

fn speed_words(page: &Page, speed: Speed) -> Markup {
    let words = page.words();
    match speed {
        Speed::HoursPerSecond(hours) => html! { (hours) " " (words.hours_a_second) },
        Speed::Fastest => html! { (words.fastest) },
    }
}
