//! The plots and the clock: one time for all that is seen, several readouts at once, treatments explained.

use crate::bench::{Bench, harness, wished};
use egui::Key;
use egui_kittest::kittest::Queryable;
use outgrowth::readout::Readout;
use outgrowth::view::panels::Wish;

/// While it plays the session is ahead of the picture: what is said is the time of the picture.
#[test]
fn every_time_is_that_of_the_picture() {
    let mut bench = Bench::of("quick").grown(240);
    let step_h = bench.plate.step_h;
    bench.picture_step = Some((3.0 / step_h) as u32);
    bench.status.step = (3.5 / step_h) as u32;
    bench.status.playing = true;
    let mut harness = harness(bench, [1280.0, 720.0]);
    harness.run_ok();
    assert!(
        harness.query_by_label("3 h 0 min").is_some(),
        "not the time of the picture"
    );
    assert!(
        harness.query_by_label("3 h 30 min").is_none(),
        "the time of the session"
    );
    let every = harness.state().plate.record_every;
    harness.key_press(Key::ArrowLeft);
    harness.run_ok();
    let before = (3.0 / step_h) as u32 - 1;
    assert_eq!(wished(&mut harness), [Wish::GoTo(before / every * every)]);
    harness.key_press(Key::Home);
    harness.run_ok();
    assert_eq!(wished(&mut harness), [Wish::Restart]);
}

#[test]
fn readouts_are_plotted_below_each_other() {
    let mut harness = harness(Bench::of("quick").grown(240), [1280.0, 1600.0]);
    harness.run_ok();
    let plots = |harness: &egui_kittest::Harness<'_, Bench>| harness.state().panels.plots.clone();
    assert_eq!(plots(&harness), [Readout::OutgrowthRadiusMean]);
    let closing = |harness: &egui_kittest::Harness<'_, Bench>| harness.query_all_by_label("×").count();
    let others = closing(&harness);
    harness.get_by_label("Another plot").click();
    harness.run_ok();
    assert_eq!(plots(&harness).len(), 2);
    assert_ne!(plots(&harness)[0], plots(&harness)[1]);
    assert_eq!(closing(&harness), others + 2, "each can be closed");
    let first = harness.get_all_by_label("×").nth(others).expect("a cross");
    first.click();
    harness.run_ok();
    assert_eq!(plots(&harness).len(), 1);
    assert_ne!(plots(&harness), [Readout::OutgrowthRadiusMean], "the first was closed");
    assert_eq!(closing(&harness), others, "the last plot stays");
}

/// A treatment says what it is where the pointer rests on its name, and is chosen by a click.
#[test]
fn treatments_are_explained() {
    let bench = Bench::of("exercise-2024").grown(60);
    let name = bench.plate.conditions[2].name.clone();
    let mut harness = harness(bench, [1280.0, 1600.0]);
    harness.run_ok();
    let explained = format!("{name}: ");
    assert_eq!(harness.query_all_by_label_contains(&explained).count(), 0);
    harness.get_all_by_label(&name).next().expect("its name").hover();
    for _ in 0..60 {
        harness.step();
    }
    let said = harness.query_all_by_label_contains(&explained).count();
    assert_eq!(said, 1, "it is not explained");
    harness.get_all_by_label(&name).next().expect("its name").click();
    harness.run_ok();
    assert_eq!(harness.state().panels.condition, Some(2));
}
