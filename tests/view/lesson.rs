//! A lesson beside the plate, gone through by its controls alone: each step asks, runs, shows what came out and asks again.

use crate::bench::{Bench, harness, wished};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use outgrowth::lesson::{FaceWords, Guess, LESSONS, Language, LessonPhase, LessonRun, step_of};
use outgrowth::view::panels::{LessonPanel, Wish};
use outgrowth::view::tools::Tool;
use std::sync::Arc;

const SIZE: [f32; 2] = [1280.0, 900.0];

/// The first lesson, at its first step.
fn first_lesson() -> LessonRun {
    LessonRun::begin(Arc::new(LESSONS[0].read().expect("valid")))
}

/// The panels of the present step, its plate not run yet.
fn shown(run: LessonRun, language: Language) -> Harness<'static, Bench> {
    let mut bench = Bench::with(run.scenario().expect("valid"));
    bench.panels.lesson = Some(LessonPanel::new(run, language));
    let mut harness = harness(bench, SIZE);
    harness.run_ok();
    harness
}

fn lesson<'a>(harness: &'a mut Harness<'static, Bench>) -> &'a mut LessonPanel {
    harness.state_mut().panels.lesson.as_mut().expect("a lesson")
}

fn run<'a>(harness: &'a mut Harness<'static, Bench>) -> &'a mut LessonRun {
    &mut lesson(harness).run
}

fn says(harness: &Harness<'_, Bench>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).count() > 0
}

/// Presses a button after bringing it into sight.
fn press(harness: &mut Harness<'static, Bench>, name: &str) {
    harness.get_by_label(name).scroll_to_me();
    harness.run_ok();
    harness.get_by_label(name).click();
    harness.run_ok();
}

fn choose_first(harness: &mut Harness<'static, Bench>) {
    harness
        .get_all_by_role(Role::RadioButton)
        .next()
        .expect("something to choose")
        .scroll_to_me();
    harness.run_ok();
    harness
        .get_all_by_role(Role::RadioButton)
        .next()
        .expect("something to choose")
        .click();
    harness.run_ok();
}

/// Types an answer and gives it.
fn answer_with(harness: &mut Harness<'static, Bench>, typed: &str) {
    let words = FaceWords::of(Language::English);
    harness.get_by_label(words.your_answer).scroll_to_me();
    harness.run_ok();
    let field = harness.get_by_role(Role::TextInput);
    field.focus();
    harness.run_ok();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.get_by_role(Role::TextInput).type_text(typed);
    harness.run_ok();
    press(harness, words.answer);
}

/// Lets the plate grow to its end and hands the lesson what was measured, as the window does.
fn grow(harness: &mut Harness<'static, Bench>) {
    let scenario = run(harness).scenario().expect("valid");
    let steps = scenario.plate.steps;
    let grown = Bench::with(scenario).grown(steps);
    let readouts = grown.status.readouts.clone();
    harness.state_mut().status = grown.status;
    let begun_with = lesson(harness).begun_with.clone();
    assert!(run(harness).observe(&begun_with, &readouts));
    harness.run_ok();
}

#[test]
fn a_lesson_is_gone_through_from_its_first_step_to_its_last() {
    let words = FaceWords::of(Language::English);
    let mut harness = shown(first_lesson(), Language::English);
    let steps = run(&mut harness).lesson().steps.len();
    for place in 0..steps {
        assert!(says(&harness, &step_of(place, steps, Language::English)));
        let title = run(&mut harness).texts(Language::English).title.clone();
        assert!(says(&harness, &title), "{title}");
        if run(&mut harness).phase() == LessonPhase::Predict {
            // Nothing runs ahead of the prediction, and nothing is predicted by a button alone.
            assert!(!says(&harness, words.run) && !says(&harness, words.outcome));
            press(&mut harness, words.predict_and_run);
            assert!(says(&harness, words.choose_first));
            assert_eq!(wished(&mut harness), []);
            choose_first(&mut harness);
            press(&mut harness, words.predict_and_run);
            assert_eq!(wished(&mut harness), [Wish::ShowLessonStep]);
        }
        assert_eq!(run(&mut harness).phase(), LessonPhase::Run);
        assert!(!says(&harness, words.question), "asked ahead of the run");
        grow(&mut harness);
        if run(&mut harness).step().prediction.is_some() {
            assert!(says(&harness, words.your_prediction));
            // A question for the same figure comes first.
            let told = run(&mut harness).outcome(Language::English);
            assert_eq!(says(&harness, words.outcome), told.is_some());
        }
        if run(&mut harness).phase() == LessonPhase::Answer {
            assert!(says(&harness, words.question));
            let is_choice = harness.query_all_by_role(Role::RadioButton).count() > 0;
            if is_choice {
                choose_first(&mut harness);
            } else {
                let asking = run(&mut harness);
                let step = asking.step();
                let ask = step.question.as_ref().expect("a question");
                let right = ask
                    .right(step, &asking.measured().expect("measured").question)
                    .expect("a figure");
                let Guess::Number(number) = right else {
                    panic!("{right:?}")
                };
                let Guess::Number(unit) = ask.typed(1.0) else {
                    panic!("a number's ask")
                };
                assert_eq!(asking.outcome(Language::English), None, "it gives the answer away");
                press(&mut harness, words.answer);
                assert!(says(&harness, words.number_first));
                answer_with(&mut harness, "1000000");
                assert!(says(&harness, "The answer lies between"));
                // With a comma, as half of the world types it.
                answer_with(&mut harness, &format!("{:.3}", number / unit).replace('.', ","));
                assert!(says(&harness, words.right));
            }
            if is_choice {
                press(&mut harness, words.answer);
            }
            assert_eq!(
                run(&mut harness).outcome(Language::English).is_some(),
                run(&mut harness).step().outcome.is_some()
            );
            let judged = [words.right, words.not_yet, words.neither];
            assert!(judged.iter().any(|verdict| says(&harness, verdict)));
        }
        assert_eq!(run(&mut harness).phase(), LessonPhase::Done);
        assert_eq!(says(&harness, words.finished), place + 1 == steps);
        if place + 1 < steps {
            wished(&mut harness);
            press(&mut harness, words.next);
            assert_eq!(wished(&mut harness), [Wish::ShowLessonStep]);
            let next = run(&mut harness).clone();
            harness = shown(next, Language::English);
        }
    }
}

#[test]
fn what_was_done_is_there_when_one_comes_back() {
    let words = FaceWords::of(Language::English);
    let mut harness = shown(first_lesson(), Language::English);
    grow(&mut harness);
    run(&mut harness).answer(Guess::Number(1.0)).expect("a number");
    assert_eq!(
        run(&mut harness).outcome(Language::English),
        None,
        "who is wrong looks again"
    );
    run(&mut harness).answer(Guess::Number(1.0)).expect("a number");
    harness.run_ok();
    let outcome = run(&mut harness).outcome(Language::English).expect("measured");
    assert!(says(&harness, &outcome));
    press(&mut harness, words.next);
    assert!(!says(&harness, &outcome));
    press(&mut harness, words.back);
    assert!(says(&harness, &outcome), "the outcome is forgotten");
}

/// Few controls: what a step does not need stands aside, until the dish is the pupil's own.
#[test]
fn a_lesson_shows_what_its_step_needs_and_nothing_else() {
    let mut harness = shown(first_lesson(), Language::English);
    for name in ["knife", "Save session", "Numbers", "Look", "Protocol"] {
        assert!(harness.query_all_by_label(name).next().is_none(), "{name} is shown");
    }
    harness.key_press(Key::K);
    harness.run_ok();
    assert_eq!(
        harness.state().panels.tool,
        Tool::Pointer,
        "a tool that the step does not have"
    );
    let mut sandbox = first_lesson();
    sandbox.go_to(sandbox.lesson().steps.len() - 1);
    let mut harness = shown(sandbox, Language::English);
    assert!(says(&harness, "pipette") && says(&harness, "Save session"));
    assert!(!says(&harness, "knife"), "a tool that the step does not have");
    harness.key_press(Key::P);
    harness.run_ok();
    assert_eq!(harness.state().panels.tool, Tool::Pipette);
    // What is changed is another plate.
    let (texts, control) = {
        let run = run(&mut harness);
        (run.texts(Language::English).clone(), run.step().controls[0].clone())
    };
    let outgrowth::lesson::ControlValues::List(values) = &control.values else {
        panic!("a list of values")
    };
    let other = values
        .iter()
        .find(|value| **value != control.begins)
        .expect("another value");
    let name = texts.control_value(&control.id, other).to_owned();
    harness.get_all_by_label(&name).next().expect("shown").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::ShowLessonStep]);
    assert_eq!(run(&mut harness).setting(&control.id), Some(other.as_str()));
    assert!(!lesson(&mut harness).is_shown(), "another plate is to be opened");
}

#[test]
fn a_lesson_is_read_in_chinese_too() {
    let run_of = first_lesson();
    let title = run_of.texts(Language::Chinese).title.clone();
    let mut harness = shown(run_of, Language::English);
    assert!(!says(&harness, &title));
    press(&mut harness, Language::Chinese.name());
    assert!(says(&harness, &title));
    assert!(says(&harness, FaceWords::of(Language::Chinese).next));
}
