//! The gallery: plates are told about and opened, files are dropped, typed and chosen, and refusals are said.

use crate::bench::{Bench, harness, wished};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use outgrowth::scenario::BUILTIN;
use outgrowth::view::panels::Wish;
use outgrowth::view::window::Wanted;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn opened<'a>() -> Harness<'a, Bench> {
    let mut harness = harness(Bench::of("quick"), [1280.0, 720.0]);
    harness.run_ok();
    assert!(harness.query_by_label("plate bundles").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run_ok();
    harness
}

#[test]
fn a_plate_is_told_about_before_it_is_opened() {
    let mut harness = opened();
    for plate in BUILTIN {
        let name = format!("plate {}", plate.name);
        assert!(harness.query_by_label(&name).is_some(), "{name} is not shown");
    }
    let told = |harness: &Harness<'_, Bench>, words: &str| harness.query_all_by_label_contains(words).count() > 0;
    assert!(!told(&harness, "no axon notices another"));
    harness.get_by_label("plate bundles").scroll_to_me();
    harness.run_ok();
    harness.get_by_label("plate bundles").click();
    harness.run_ok();
    assert!(told(&harness, "no axon notices another"), "the head of the file");
    // What comes out is for who asks.
    assert!(!told(&harness, "hardly any run in a fascicle"));
    harness.get_by_label("What comes out").click();
    harness.run_ok();
    assert!(told(&harness, "hardly any run in a fascicle"));
    assert_eq!(wished(&mut harness), []);
    harness.get_by_label("Open this plate").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Open(Wanted::Builtin("bundles"))]);
    harness.key_press(Key::Escape);
    harness.run_ok();
    assert!(!harness.state().panels.gallery.open);
}

#[test]
fn files_are_typed_chosen_new_and_lately_opened() {
    let mut harness = opened();
    harness.get_by_label("Choose a file…").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::ChooseFile]);
    // Nothing is opened without a path or a name.
    harness.get_by_label("Open").click();
    harness.run_ok();
    harness.get_by_label("New").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), []);
    let mut type_in = |field: &str, text: &str, button: &str| {
        harness.get_by_label(field).click();
        harness.run_ok();
        harness.event(egui::Event::Text(text.to_owned()));
        harness.run_ok();
        harness.get_by_label(button).click();
        harness.run_ok();
        wished(&mut harness)
    };
    assert_eq!(
        type_in("its path or a link", "plates/mine.toml", "Open"),
        [Wish::Open(Wanted::File(PathBuf::from("plates/mine.toml")))]
    );
    assert_eq!(
        type_in("name of a new plate", "my-plate", "New"),
        [Wish::Open(Wanted::New("my-plate".to_owned()))]
    );
    let mine = PathBuf::from("/plates/mine.toml");
    harness.state_mut().panels.gallery.recent = vec![mine.clone()];
    harness.state_mut().panels.gallery.refused = Some("mine.toml:3: found nonsense".to_owned());
    harness.run_ok();
    assert!(harness.query_by_label_contains("found nonsense").is_some());
    harness.get_by_label("mine").click();
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Open(Wanted::File(mine))]);
}

/// A file on its way into the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("only its path is wanted".to_owned())
    }
}

#[test]
fn a_file_that_is_dropped_on_the_window_is_opened() {
    let mut harness = harness(Bench::of("quick"), [1280.0, 720.0]);
    harness.run_ok();
    let file = PathBuf::from("/plates/dropped.toml");
    harness.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
    harness.step();
    assert_eq!(wished(&mut harness), [Wish::Open(Wanted::File(file))]);
    harness.run_ok();
    assert_eq!(wished(&mut harness), [], "once");
}
