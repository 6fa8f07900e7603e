//! The panels, used as people use them: controls are found by their names, turned, typed into, and what is wished for is
//! looked at. No window and no simulation.

use crate::bench::{Bench, harness, wished};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::link::blinded;
use outgrowth::model::parameters::Light;
use outgrowth::model::plate::{MediumSource, Plate};
use outgrowth::scenario::{self, Surroundings};
use outgrowth::session::{Act, Session, Speed, Status};
use outgrowth::view::look::Theme;
use outgrowth::view::panels::{Export, Panels, Question, Wish};
use outgrowth::view::tools::Tool;
use std::sync::Arc;

/// Opens what holds the parameters and brings a slider of theirs into sight.
fn type_into(harness: &mut Harness<'_, Bench>, key: &str, text: &str) {
    harness.get_by_label(key).scroll_to_me();
    harness.run_ok();
    // A slider's own node, then the box beside it in which its value is typed.
    let boxes: Vec<_> = harness
        .get_all_by_label(key)
        .filter(|node| node.value().is_some())
        .collect();
    assert!(!boxes.is_empty(), "no box to type into for {key}");
    boxes[boxes.len() - 1].click();
    harness.run_ok();
    harness.key_combination_modifiers(Modifiers::COMMAND, &[Key::A]);
    harness.event(egui::Event::Text(text.to_owned()));
    harness.key_press(Key::Enter);
    harness.run_ok();
}

#[test]
fn time_is_played_stepped_and_set() {
    let mut harness = harness(Bench::of("quick").grown(120), [1280.0, 720.0]);
    harness.run_ok();
    harness.get_by_label("Play").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Play(true)]);
    harness.get_by_label("Step").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Step]);
    harness.key_press(Key::Space);
    harness.key_press(Key::ArrowUp);
    harness.key_press(Key::ArrowLeft);
    harness.run_ok();
    let status = harness.state().status.clone();
    assert!(status.step > 0);
    let wishes = wished(&mut harness);
    assert!(wishes.contains(&Wish::Play(true)), "{wishes:?}");
    assert!(wishes.iter().any(|wish| matches!(wish, Wish::Speed(_))) || status.speed == Speed::Fastest);
    assert!(
        wishes
            .iter()
            .any(|wish| matches!(wish, Wish::GoTo(step) if *step < status.step)),
        "{wishes:?}"
    );
    // The head of the time line goes where it is put, and no farther than what was reached.
    let line = harness.get_by_label("time line").rect();
    let at = egui::pos2(line.left() + 1.0, line.bottom() - 6.0);
    harness.drag_at(at);
    harness.run_ok();
    harness.drop_at(at);
    harness.run_ok();
    let wishes = wished(&mut harness);
    assert!(
        wishes
            .iter()
            .any(|wish| matches!(wish, Wish::GoTo(step) if *step <= status.furthest)),
        "{wishes:?}"
    );
}

#[test]
fn a_typed_number_becomes_an_act_and_a_wrong_one_is_refused_in_words() {
    let mut bench = Bench::of("quick");
    bench.panels.condition = Some(1);
    let mut harness = harness(bench, [1280.0, 1600.0]);
    harness.run_ok();
    type_into(&mut harness, "growth_cone.speed", "7 um/h");
    let wishes = wished(&mut harness);
    let expected = Act::Biology {
        key: "growth_cone.speed".into(),
        value: 7.0,
    };
    assert_eq!(wishes, [Wish::Act(expected, vec![1])]);
    // Nothing is sent where the number stays what it is, or is not accepted.
    type_into(&mut harness, "growth_cone.speed", "4 um/h");
    assert_eq!(wished(&mut harness), []);
    type_into(&mut harness, "growth_cone.speed", "900 um/h");
    assert_eq!(wished(&mut harness), []);
    let said = harness.get_all_by_label_contains("cannot be 900").count();
    assert!(said > 0, "the refusal is not said");
    type_into(&mut harness, "growth_cone.speed", "fast");
    assert_eq!(wished(&mut harness), []);
}

/// What is set while time stands still stays where the hand has let it go, and says from when it holds.
#[test]
fn a_number_that_was_set_says_from_when_it_holds() {
    let mut bench = Bench::of("quick");
    bench.panels.condition = Some(1);
    let mut harness = harness(bench, [1280.0, 1600.0]);
    harness.run_ok();
    let said = |harness: &Harness<'_, Bench>| harness.query_all_by_label_contains("from the next step").count();
    assert_eq!(said(&harness), 0);
    harness.state_mut().plate.conditions[1]
        .biology
        .growth_cone
        .speed_um_per_h = 7.0;
    harness.run_ok();
    assert_eq!(said(&harness), 1);
    // It is in force.
    let plate = harness.state().plate.clone();
    harness.state_mut().in_force = plate;
    harness.run_ok();
    assert_eq!(said(&harness), 0);
}

#[test]
fn the_protocol_is_switched_on_the_condition_that_is_chosen() {
    let mut bench = Bench::of("exercise-2024");
    bench.panels.condition = Some(0);
    let mut harness = harness(bench, [1280.0, 1600.0]);
    harness.run_ok();
    harness.get_by_label("Gel moves").click();
    harness.run_ok();
    let wishes = wished(&mut harness);
    assert!(
        matches!(&wishes[..], [Wish::Act(Act::Actuation(Some(protocol)), whom)] if protocol.actuation.amplitude == 0.05 && whom == &[0]),
        "{wishes:?}"
    );
    // There is no muscle beside the control: its light cannot be switched on.
    harness.get_by_label("Muscle is lit").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), []);
    harness.get_by_label("from exercised muscle").click();
    harness.run_ok();
    assert_eq!(
        wished(&mut harness),
        [Wish::Act(
            Act::Medium(MediumSource::ExercisedMuscle(Light::default())),
            vec![0]
        )]
    );
    // Where there is muscle, light goes off.
    let lit = harness
        .state()
        .plate
        .conditions
        .iter()
        .position(|condition| condition.muscle.is_some())
        .expect("muscle");
    harness.state_mut().panels.condition = Some(lit);
    harness.run_ok();
    harness.get_by_label("Muscle is lit").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Act(Act::Light(None), vec![lit])]);
}

#[test]
fn tools_look_and_files_answer_to_keys_and_buttons() {
    let mut harness = harness(Bench::of("quick"), [1280.0, 720.0]);
    harness.run_ok();
    for tool in Tool::ALL {
        harness.key_press(tool.key());
        harness.run_ok();
        assert_eq!(harness.state().panels.tool, tool);
    }
    harness.get_by_label("knife").click();
    harness.run_ok();
    assert_eq!(harness.state().panels.tool, Tool::Knife);
    harness.key_press(Key::T);
    harness.run_ok();
    assert_eq!(harness.state().panels.look.theme, Theme::Light);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.key_press(Key::Num2);
    harness.key_press(Key::F);
    harness.run_ok();
    let expected = [
        Wish::SaveSession,
        Wish::Export(Export::Results { up_to: 0 }),
        Wish::FitPlate,
        Wish::FitWell(1),
    ];
    let wishes = wished(&mut harness);
    for wish in expected {
        assert!(wishes.contains(&wish), "{wish:?} is not among {wishes:?}");
    }
    harness.key_press(Key::H);
    harness.run_ok();
    assert!(harness.state().panels.help);
    assert!(harness.get_all_by_label_contains("Axons that cross it are cut").count() > 0);
}

#[test]
fn what_is_searched_for_is_what_is_shown() {
    let mut bench = Bench::of("quick");
    bench.panels = Panels::default();
    let mut harness = harness(bench, [1280.0, 1600.0]);
    harness.run_ok();
    // A few at first, all of them one click away, any of them by a word of it.
    assert!(harness.query_by_label("growth_cone.speed").is_some());
    assert!(
        harness.query_by_label("growth_cone.receptors").is_none(),
        "more than a few"
    );
    harness.get_by_label_contains("All ").click();
    harness.run_ok();
    assert!(harness.query_by_label("growth_cone.receptors").is_some());
    harness.get_by_role(Role::TextInput).click();
    harness.run_ok();
    harness.event(egui::Event::Text("receptors".to_owned()));
    harness.run_ok();
    assert!(harness.query_by_label("growth_cone.receptors").is_some());
    assert!(
        harness.query_by_label("growth_cone.speed").is_none(),
        "it is not what was sought"
    );
}

/// A bench on which the gel of the first condition was left still at a step, with the course as it was put aside.
fn acted(step: u32) -> Bench {
    let mut bench = Bench::of("quick").grown(240);
    let scenario = scenario::read(bench.status.text.as_ref(), "quick", &[], &Surroundings::none()).expect("valid");
    let read = |text: &str| scenario::read(text, "quick", &[], &Surroundings::none());
    let open = |plate: Plate| Ok(Box::new(CpuEngine::new(plate, Some(1), "asked for")?) as Box<dyn Engine>);
    let session = Session::begin(scenario, Box::new(read), Box::new(open));
    let wait = |stands: &dyn Fn(&Status) -> bool| {
        while !stands(&session.status()) {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    };
    session.advance_to(240);
    wait(&|status| status.step == 240 && status.travelling_to.is_none());
    session.go_to(step);
    wait(&|status| status.step == step && status.travelling_to.is_none());
    session.act(Act::Actuation(None), vec![0]);
    wait(&|status| !status.done.is_empty());
    bench.status = session.status();
    bench
}

#[test]
fn acts_are_listed_undone_taken_back_and_changed() {
    let mut harness = harness(acted(120), [1280.0, 720.0]);
    harness.run_ok();
    // The scenario's own events stand among them, in order of time.
    let listed = |harness: &Harness<'_, Bench>, words: &str| harness.get_by_label_contains(words).rect().left();
    assert!(
        listed(&harness, "gel left still (muscle beside them), from the next step")
            < listed(&harness, "6 h: drop of myokine (all wells)")
    );
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Undo]);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Redo]);
    harness.get_by_label("Undo").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Undo]);
    harness.get_by_label("Redo").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [], "nothing is to be redone");
    // The course as it was has its name beside the curves, and is gone back to.
    harness.get_by_label_contains("before the rest of the gel").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::ReturnTo(0)]);

    harness.get_by_label_contains("gel left still").click();
    harness.run_ok();
    harness.get_by_label("Go to it").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::GoTo(120)]);
    harness.get_by_label_contains("gel left still").click();
    harness.run_ok();
    harness.get_by_label("Take it back").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::TakeBack(0)]);
    harness.get_by_label_contains("gel left still").click();
    harness.run_ok();
    harness.get_by_label("Change it").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [], "nothing was changed");
    harness.get_by_label("all wells").click();
    harness.run_ok();
    harness.get_by_label("Change it").click();
    harness.run_ok();
    assert_eq!(
        wished(&mut harness),
        [Wish::Change(0, Act::Actuation(None), vec![], 120)]
    );
    // What stands in the scenario can be gone to, once it is reached.
    harness.get_by_label_contains("6 h: drop of myokine").click();
    harness.run_ok();
    harness.get_by_label("Go to it").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), []);
}

#[test]
fn what_would_not_be_meant_is_asked_first() {
    let mut bench = Bench::of("quick").grown(240);
    bench.status.step = 120;
    let mut harness = harness(bench, [1280.0, 720.0]);
    harness.run_ok();
    let results = |up_to: u32| [Wish::Export(Export::Results { up_to })];
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_ok();
    assert_eq!(wished(&mut harness), [], "an earlier moment is shown");
    harness.get_by_label("All, up to 4 h 0 min").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), results(240));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_ok();
    harness.get_by_label("Only up to 2 h 0 min").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), results(120));
    for by_key in [true, false] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
        harness.run_ok();
        // Nothing behind the question answers to keys.
        harness.key_press(Key::Space);
        if by_key {
            harness.key_press(Key::Escape);
        } else {
            harness.get_by_label("Cancel").click();
        }
        harness.run_ok();
        assert_eq!(wished(&mut harness), []);
        assert_eq!(harness.state().panels.question, None);
    }
    // All that was computed is shown: there is nothing to ask.
    harness.state_mut().status.step = 240;
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_ok();
    assert_eq!(wished(&mut harness), results(240));
    for (answer, save) in [("Save the session and close", true), ("Close without saving", false)] {
        harness.state_mut().panels.question = Some(Question::Unsaved { opens_another: false });
        harness.run_ok();
        harness.get_by_label(answer).click();
        harness.run_ok();
        assert_eq!(wished(&mut harness), [Wish::Close { save }]);
    }
}

/// A small window is the plate's: the panel comes when it is asked for.
#[test]
fn in_a_small_window_the_panel_stands_aside() {
    let width_of_plate = |size: [f32; 2], key: Option<Key>| {
        let mut harness = harness(Bench::of("quick"), size);
        harness.run_ok();
        if let Some(key) = key {
            harness.key_press(key);
            harness.run_ok();
            // It slides.
            (0..20).for_each(|_| harness.step());
        }
        harness.state().room
    };
    assert!(width_of_plate([640.0, 480.0], None) > 600.0);
    assert!(width_of_plate([640.0, 480.0], Some(Key::N)) > 0.55 * 640.0);
    let beside = width_of_plate([1280.0, 720.0], None);
    assert!((0.6 * 1280.0..1000.0).contains(&beside), "{beside}");
    assert!(width_of_plate([1280.0, 720.0], Some(Key::N)) > 1200.0);
}

/// Above the plate stands its question, and at the end what came out of it.
#[test]
fn the_question_of_a_plate_gets_its_answer() {
    let mut harness = harness(Bench::of("quick").grown(240), [1280.0, 720.0]);
    harness.run_ok();
    let question = harness.state().shows.as_ref().expect("asked").question.clone();
    let says = |harness: &Harness<'_, Bench>, words: &str| harness.query_all_by_label_contains(words).count() > 0;
    assert!(says(&harness, &question) && says(&harness, "K cuts axons"));
    assert!(!says(&harness, "After 4 h"), "it is not over");
    let steps = harness.state().status.step;
    let mut over = (*harness.state().status.plate).clone();
    over.steps = steps;
    harness.state_mut().status.plate = Arc::new(over);
    harness.run_ok();
    assert!(says(&harness, "After 4 h, outgrowth radius mean"));
    harness.get_by_label("Watch again").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Restart]);
    // Another readout, another conclusion.
    harness.get_by_label("×").click();
    harness.run_ok();
    assert!(!says(&harness, &question), "it can be put away");
}

/// In a quiz no name and no treatment is told, before it is asked for; what is done is still told.
#[test]
fn hidden_treatments_are_told_by_letters_until_they_are_revealed() {
    let names = |harness: &Harness<'_, Bench>| {
        let plate = builtin_plate("quick");
        let named = plate.conditions.iter().filter(|condition| {
            let mut found = harness.query_all_by_label_contains(&condition.name);
            found.next().is_some()
        });
        named.count()
    };
    let mut told = harness(Bench::of("quick").grown(120), [1280.0, 720.0]);
    told.run_ok();
    assert_eq!(names(&told), 2);
    assert!(told.query_by_label("Reveal").is_none() && told.query_by_label("Protocol").is_some());

    let mut bench = Bench::of("quick").grown(120);
    bench.hides_names = true;
    bench.shows = None;
    for plate in [&mut bench.plate, &mut bench.in_force, &mut bench.planned] {
        *plate = blinded(plate);
    }
    let mut hidden = harness(bench, [1280.0, 720.0]);
    hidden.run_ok();
    assert_eq!(names(&hidden), 0);
    for letter in ["A", "B"] {
        assert!(hidden.query_all_by_label(letter).next().is_some(), "{letter}");
    }
    assert!(hidden.query_by_label("Protocol").is_none());
    // The events of the scenario are part of the answer.
    assert!(hidden.query_by_label_contains("fresh medium").is_none());
    hidden.get_by_label("Reveal").click();
    hidden.run_ok();
    assert_eq!(wished(&mut hidden), [Wish::Reveal]);
}

fn builtin_plate(name: &str) -> Plate {
    let text = scenario::builtin(name).expect("built in").text;
    scenario::read(text, name, &[], &Surroundings::built_in())
        .expect("valid")
        .plate
}
