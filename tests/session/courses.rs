//! The courses of a culture: nothing that was computed is lost by what is done, and each course ends in the bits of its own
//! scenario.

use super::session::{cut_at, drop_at, follow, frame, headless, read, same, scenario, session, wait};
use outgrowth::model::moment::Moment;
use outgrowth::session::{Act, Session, Speed, Status, Written};
use std::time::{Duration, Instant};

fn arrived(status: &Status) -> bool {
    status.travelling_to.is_none() && !status.playing
}

/// Waits until something is refused in these words.
#[track_caller]
fn refused(session: &mut Session, words: &str) {
    wait(session, words, |status| {
        status
            .problem
            .as_ref()
            .is_some_and(|(_, problem)| problem.contains(words))
    });
}

/// Waits for a moment: of those that were not taken the last may be an older one.
#[track_caller]
fn until(session: &mut Session, what: &str, is: impl Fn(&Moment) -> bool) {
    let began = Instant::now();
    while !session.moment().is_some_and(|moment| is(&moment)) {
        assert!(began.elapsed() < Duration::from_secs(20), "not {what}");
        frame(session);
    }
}

/// Plays to the end and compares with a headless run of what the session would save.
#[track_caller]
fn ends_as_its_scenario(session: &mut Session) {
    session.go_to(0);
    wait(session, "at the beginning", |status| {
        status.step == 0 && arrived(status)
    });
    session.set_speed(Speed::Fastest);
    session.play();
    let status = wait(session, "over", |status| status.is_over() && !status.playing);
    let (world, readouts) = headless(&read(&session.scenario_text()).expect("valid").plate);
    assert_eq!(status.step, world.step);
    until(session, "at the end of its scenario", |moment| {
        moment.state == world.shown()
    });
    assert!(*session.status().readouts == readouts, "other readouts");
}

#[test]
pub fn what_was_computed_is_gone_back_to_and_what_was_done_redone() {
    let scenario = scenario();
    let (world, readouts) = headless(&scenario.plate);
    let mut session = session(&scenario);
    let mut paths = Vec::new();
    follow(&mut session, &mut paths, 0);
    session.set_speed(Speed::Fastest);
    session.play();
    wait(&mut session, "over", |status| status.is_over() && !status.playing);
    let planned = session.scenario_text();

    // A cut in the past: the course as it was stays, under its name.
    session.go_to(100);
    wait(&mut session, "there", |status| status.step == 100 && arrived(status));
    session.act(cut_at(), vec![]);
    let status = wait(&mut session, "cut", |status| status.done.len() == 1);
    assert_eq!(status.furthest, 100);
    assert_eq!(status.asides.len(), 1);
    let aside = &status.asides[0];
    assert_eq!(aside.name, "before the cut (1.67 h)");
    assert_eq!((aside.parted, aside.furthest), (100, scenario.plate.steps));
    assert!(*aside.readouts == readouts, "what was recorded is lost");
    session.advance_to(220);
    wait(&mut session, "on", |status| status.step == 220 && arrived(status));
    let with_cut = session.scenario_text();

    // Undone: at the same time, without the cut, and with all that had been computed.
    session.undo();
    let status = wait(&mut session, "undone", |status| {
        status.done.is_empty() && arrived(status)
    });
    assert_eq!((status.step, status.furthest), (220, scenario.plate.steps));
    assert!(*status.readouts == readouts, "other readouts");
    assert_eq!(status.text, planned, "a trace is left");
    assert_eq!(status.redo.as_deref(), Some("with the cut (1.67 h)"));
    assert_eq!(status.undo, None);
    assert_eq!(status.asides[0].name, "with the cut (1.67 h)");
    session.play();
    let last = follow(&mut session, &mut paths, scenario.plate.steps);
    assert!(same(&last, &paths, &world), "the state with the cut is left");

    // Redone: where it had come to.
    wait(&mut session, "over", |status| status.is_over() && arrived(status));
    session.redo();
    let status = wait(&mut session, "redone", |status| {
        status.done.len() == 1 && arrived(status)
    });
    assert_eq!((status.step, status.furthest), (220, 220));
    assert_eq!(status.text, with_cut);
    ends_as_its_scenario(&mut session);
    assert!(*session.status().readouts != readouts, "the cut does nothing");
    session.redo();
    refused(&mut session, "nothing to be redone");
}

#[test]
pub fn an_act_is_taken_back_or_changed_among_others() {
    let mut session = session(&scenario());
    session.advance_to(60);
    wait(&mut session, "there", |status| status.step == 60 && arrived(status));
    session.act(drop_at(glam::DVec3::new(600.0, 600.0, 10.0)), vec![1]);
    wait(&mut session, "dropped", |status| status.done.len() == 1);
    session.advance_to(90);
    wait(&mut session, "there", |status| status.step == 90 && arrived(status));
    session.act(cut_at(), vec![]);
    wait(&mut session, "cut", |status| status.done.len() == 2);
    session.advance_to(150);
    wait(&mut session, "there", |status| status.step == 150 && arrived(status));
    let both = session.scenario_text();

    // The cut stays, to happen again.
    session.take_back(0);
    let status = wait(&mut session, "taken back", |status| {
        status.done.len() == 1 && arrived(status)
    });
    assert_eq!((status.step, status.furthest), (60, 60));
    assert!(status.text.contains("axotomy") && !status.text.contains("drop"));
    ends_as_its_scenario(&mut session);

    // The same cut, later and in one condition.
    session.change(0, cut_at(), vec![0], 120);
    let status = wait(&mut session, "changed", |status| {
        status.done[0].step == 120 && arrived(status)
    });
    assert_eq!(status.furthest, 90, "what both have in common is known");
    ends_as_its_scenario(&mut session);

    // Back by name, and by undoing as often as something was done.
    session.undo();
    session.undo();
    let status = wait(&mut session, "undone", |status| {
        status.done.len() == 2 && arrived(status)
    });
    assert_eq!(status.text, both);
    let aside = status
        .asides
        .iter()
        .find(|aside| aside.name.starts_with("with the cut (2 h) instead of the drop"))
        .expect("named");
    session.return_to(aside.number);
    let status = wait(&mut session, "gone back", |status| {
        status.done.len() == 1 && arrived(status)
    });
    assert_eq!((status.done[0].step, &status.done[0].conditions[..]), (120, &[0][..]));
    ends_as_its_scenario(&mut session);
    // There is no such act, and an impossible one changes nothing.
    session.take_back(7);
    refused(&mut session, "no such act");
    let before = session.scenario_text();
    let key = "growth_cone.speed".to_owned();
    session.change(0, Act::Biology { key, value: -5.0 }, vec![], 120);
    refused(&mut session, "speed");
    assert_eq!(session.scenario_text(), before);
}

/// An act that is taken back right away, while time stands still, leaves the state as it was.
#[test]
pub fn an_act_is_taken_back_before_anything_comes_of_it() {
    let mut session = session(&scenario());
    let mut paths = Vec::new();
    session.advance_to(77);
    let before = follow(&mut session, &mut paths, 77);
    let planned = session.scenario_text();
    session.act(cut_at(), vec![]);
    wait(&mut session, "cut", |status| status.done.len() == 1);
    let severed = session.status().done[0].severed;
    assert!(severed.is_some_and(|severed| severed > 0), "{severed:?}");
    // A second act at the same step takes nothing of that back.
    session.act(drop_at(glam::DVec3::new(600.0, 600.0, 10.0)), vec![]);
    let status = wait(&mut session, "dropped", |status| status.done.len() == 2);
    assert_eq!((status.done[0].severed, status.done[1].severed), (severed, None));
    until(&mut session, "something was done", |moment| {
        moment.state != before.state
    });
    session.undo();
    session.undo();
    let status = wait(&mut session, "undone", |status| {
        status.done.is_empty() && arrived(status)
    });
    assert_eq!((status.step, &status.text), (77, &planned));
    until(&mut session, "no trace is left", |moment| moment.state == before.state);
}

/// Results may be those of all that was computed though an earlier moment is shown, which is shown again afterwards.
#[test]
pub fn results_are_those_that_were_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = session(&scenario());
    session.advance_to(240);
    wait(&mut session, "there", |status| status.step == 240 && arrived(status));
    session.go_to(120);
    wait(&mut session, "back", |status| status.step == 120 && arrived(status));
    let rows = |name: &str| {
        let table = std::fs::read_to_string(folder.path().join(name).join("readouts.csv")).expect("readouts");
        table.lines().count()
    };
    for (name, up_to, step) in [("all", Some(240), 240), ("part", None, 120), ("same", Some(120), 120)] {
        session.export(folder.path().join(name), false, up_to);
        let status = wait(
            &mut session,
            "written",
            |status| matches!(&status.written, Some((_, Written::At { folder, .. })) if folder.ends_with(name)),
        );
        assert!(matches!(status.written, Some((_, Written::At { step: up_to, .. })) if up_to == step));
        let status = wait(&mut session, "back again", |status| {
            status.step == 120 && arrived(status)
        });
        assert_eq!(status.furthest, 240);
    }
    assert!(rows("all") > rows("part"));
    assert_eq!(rows("part"), rows("same"));
    // A way that is broken off writes nothing, and says so.
    session.export(folder.path().join("broken"), false, Some(240));
    session.go_to(10);
    wait(&mut session, "answered", |status| {
        matches!(&status.written, Some((_, Written::Failed(_)))) || folder.path().join("broken").exists()
    });
}
