//! The controls below the dish: time, speed, the view, files.

use crate::page::{Page, SPEEDS};
use maud::{Markup, html};
use outgrowth::export::figures::days;
use outgrowth::session::Speed;

/// The controls.
pub fn controls(page: &Page) -> String {
    let words = page.words();
    let status = page.status();
    let time_h = f64::from(status.step) * status.plate.step_h;
    let end_h = f64::from(page.last_step()) * status.plate.step_h;
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
        p #time {
            (words.time) ": " span #clock { (days(time_h)) } " / " (days(end_h)) " "
            progress max=(page.last_step()) value=(status.step) aria-label=(words.time) {}
        }
        div.row role="group" {
            button #link data-wish="link" { (words.link) }
            button #csv data-wish="csv" { (words.csv) }
            button #scenario data-wish="scenario" { (words.scenario_file) }
            button #file data-wish="file" { (words.open_file) }
            span.quiet { (words.drop_here) }
        }
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
