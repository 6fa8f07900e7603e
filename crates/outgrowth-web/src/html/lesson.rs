//! A lesson: its step with texts, prediction, outcome and question; and the list of lessons.

use super::prose::{glossary, prose};
use crate::page::Page;
use crate::teaching::Teaching;
use maud::{Markup, html};
use outgrowth::lesson::{
    Ask, AskTexts, ControlValues, FaceWords, Guess, Judgement, LESSONS, LessonPhase, LessonTexts, lesson_after, step_of,
};

/// The step of the lesson that is open; nothing where none is.
pub fn lesson(page: &Page) -> String {
    page.teaching
        .as_ref()
        .map_or_else(String::new, |teaching| step(page, teaching).into_string())
}

/// The lessons to choose from.
pub fn lessons(page: &Page) -> String {
    let face = face_words(page);
    html! {
        h2 { (face.lessons) }
        ul.lessons { @for lesson in LESSONS {
            li { button id={"lesson-" (lesson.name)} data-wish="lesson" value=(lesson.name) {
                (lesson.title(page.language))
                @match page.reached.get(lesson.name) {
                    Some((done, steps)) if done == steps => span.reached { " ✓ " (face.done) },
                    Some((done, steps)) if *done > 0 => span.reached { " " (done) "/" (steps) },
                    _ => {},
                }
            } }
        } }
    }
    .into_string()
}

fn step(page: &Page, teaching: &Teaching) -> Markup {
    let face = face_words(page);
    let run = &teaching.run;
    let of_lesson = run.lesson().texts(page.language);
    let texts = run.texts(page.language);
    let (place, steps) = (run.place(), run.lesson().steps.len());
    html! {
        p.quiet { (face.lesson) ": " (of_lesson.title) " — " (step_of(place, steps, page.language)) }
        h2 #step-title tabindex="-1" { (texts.title) }
        @if place == 0 { (prose(&of_lesson.about, of_lesson)) }
        (prose(&texts.text, of_lesson))
        @if let Some(hint) = &texts.hint { details { summary { (texts.heading("hint")) } (prose(hint, of_lesson)) } }
        (controls(page, teaching))
        @if let (Some(ask), Some(asked)) = (&run.step().prediction, &texts.prediction) {
            (prediction(page, teaching, ask, asked, of_lesson))
        }
        @if let Some(outcome) = run.outcome(page.language) { p.outcome { strong { (face.outcome) ": " } (outcome) } }
        @if let (Some(ask), Some(asked), true) = (&run.step().question, &texts.question, run.measured().is_some()) {
            (question(page, teaching, ask, asked, of_lesson))
        }
        @if let (Some(after), true) = (&texts.after, run.says_after()) {
            h3 { (texts.heading("after")) }
            (prose(after, of_lesson))
        }
        (trials(page, teaching))
        div.row role="group" aria-label=(face.lesson) {
            button #back data-wish="back" disabled[place == 0] { (face.back) }
            @if place + 1 < steps {
                button #next.main[run.says_after()] data-wish="next" { (face.next) }
            } @else {
                @if let Some(next) = lesson_after(&teaching.name) {
                    button #next-lesson.main[run.phase() == LessonPhase::Done] data-wish="lesson" value=(next.name) {
                        (face.next_lesson) ": " (next.title(page.language))
                    }
                }
                button #start-over data-wish="start-over" { (face.start_over) }
            }
            button #leave data-wish="leave" { (face.leave) }
        }
        @if place + 1 == steps && run.phase() == LessonPhase::Done { p.quiet { (face.finished) } }
        (glossary(texts, of_lesson, face.glossary))
    }
}

/// What may be changed.
fn controls(page: &Page, teaching: &Teaching) -> Markup {
    let texts = teaching.run.texts(page.language);
    let controls = &teaching.run.step().controls;
    html! {
        @if !controls.is_empty() { h3 { (texts.heading("controls")) } }
        @for control in controls {
            @let set = teaching.run.setting(&control.id).unwrap_or_default();
            @let wish = format!("set:{}", control.id);
            p { label { (texts.control(&control.id)) " "
                @match &control.values {
                    ControlValues::List(values) => select id={"control-" (control.id)} data-wish=(wish) {
                        @for value in values {
                            option value=(value) selected[value == set] { (texts.control_value(&control.id, value)) }
                        }
                    },
                    ControlValues::Range { low, high, unit } => {
                        input id={"control-" (control.id)} type="number" data-wish=(wish) min=(low) max=(high) step="any"
                            value=(set.strip_suffix(unit.as_str()).unwrap_or(set).trim());
                        " " (unit)
                    },
                }
            } }
        }
    }
}

fn prediction(page: &Page, teaching: &Teaching, ask: &Ask, asked: &AskTexts, of_lesson: &LessonTexts) -> Markup {
    let face = face_words(page);
    let run = &teaching.run;
    if run.phase() == LessonPhase::Predict {
        return form(page, teaching, "predict", (ask, asked), of_lesson, face.predict_and_run);
    }
    html! {
        section.asked aria-label=(face.your_prediction) {
            p { (asked.title) }
            @if let Some(guess) = run.guess() {
                p { strong { (face.your_prediction) ": " } (run.answer_words(guess, ask, page.language)) }
            }
            @if let Some(judgement) = run.prediction() {
                p { (face.of_prediction(&judgement)) (run_says(page, teaching, ask, &judgement)) }
                @if let Some(figures) = run.prediction_figures(page.language) { p.quiet { (figures) } }
            }
        }
    }
}

fn question(page: &Page, teaching: &Teaching, ask: &Ask, asked: &AskTexts, of_lesson: &LessonTexts) -> Markup {
    let face = face_words(page);
    let run = &teaching.run;
    html! {
        (form(page, teaching, "answer", (ask, asked), of_lesson, face.answer))
        div #answered role="status" {
            @if let Some(judgement) = run.answered() {
                p { strong { (run.answer_words(&judgement.given, ask, page.language)) ". " } (face.of_answer(&judgement)) }
                @if run.is_answer_told() {
                    p { (run_says(page, teaching, ask, &judgement)) }
                    @if let Some(figures) = run.answer_figures(page.language) { p.quiet { (figures) } }
                }
            }
        }
    }
}

/// The words around the texts of a lesson.
pub fn face_words(page: &Page) -> &'static FaceWords {
    FaceWords::of(page.language)
}

fn run_says(page: &Page, teaching: &Teaching, ask: &Ask, judgement: &Judgement) -> Markup {
    html! {
        @if let Some(right) = judgement.right.as_ref().filter(|_| !judgement.is_right) {
            " " (face_words(page).run_says) ": " (teaching.run.answer_words(right, ask, page.language)) "."
        }
    }
}

/// The form in which an answer is given: a choice, or a number.
fn form(
    page: &Page,
    teaching: &Teaching,
    name: &str,
    (ask, asked): (&Ask, &AskTexts),
    of_lesson: &LessonTexts,
    button: &str,
) -> Markup {
    let step = teaching.run.step();
    let choices = ask.choices(step);
    let refused = page.refused.as_ref().filter(|refused| refused.form == name);
    let given = match teaching.run.given_answer().filter(|_| name == "answer") {
        Some(Guess::Choice(choice)) => Some(choice.as_str()),
        _ => None,
    };
    html! {
        form.asked id=(name) data-wish=(name) {
            fieldset {
                legend { (asked.title) }
                (prose(&asked.asks, of_lesson))
                @if ask.number_range().is_some() {
                    // A field for numbers refuses the comma of whoever is used to one.
                    label { (face_words(page).your_answer) " "
                        input id={(name) "-number"} type="text" inputmode="decimal" size="8" autocomplete="off" name="guess" required
                            value=[refused.map(|refused| refused.typed.as_str())];
                        " " (ask.unit_in_words(page.language))
                    }
                } @else {
                    @for (number, choice) in choices.iter().enumerate() {
                        label.choice {
                            input id={(name) "-" (number)} type="radio" name="guess" value=(choice) required checked[given == Some(*choice)];
                            " " (asked.choices.get(*choice).map_or_else(|| of_lesson.condition(choice), String::as_str))
                        }
                    }
                }
            }
            @if refused.is_some() { p role="alert" { (page.notice) } }
            button id={(name) "-button"}.main { (button) }
        }
    }
}

/// The runs with other settings, to be compared.
fn trials(page: &Page, teaching: &Teaching) -> Markup {
    let face = face_words(page);
    let run = &teaching.run;
    let texts = run.texts(page.language);
    let shown: Vec<_> = run.trials().iter().filter(|trial| !trial.settings.is_empty()).collect();
    html! {
        @if !shown.is_empty() {
            h3 { (face.tried) }
            ul { @for trial in shown { li {
                @for (place, (control, value)) in trial.settings.iter().enumerate() {
                    @if place > 0 { " · " } (texts.control(control)) ": " (texts.control_value(control, value))
                }
                @if let Some(outcome) = run.trial_outcome(trial, page.language) { br; (outcome) }
            } } }
        }
    }
}
