//! Sessions without a thread, as a browser has them: they do what sessions with a thread do, on a device too, whose answers come
//! frames after they were asked for.

use crate::session::{begin, cut_at, drop_at, follow, from_frames, read, scenario, wait};
use crate::{courses, gpu, session};
use glam::DVec3;
use outgrowth::engine::gpu::GpuEngine;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::engine::{Engine, EngineError};
use outgrowth::experiment::{Watch, perform};
use outgrowth::readout::recorder::Recorder;
use outgrowth::scenario::{self as scenarios, Override, Surroundings, builtin};
use outgrowth::session::{EngineOpener, Session, Speed};
use std::time::Duration;

/// The same tests, from frame to frame.
macro_rules! again {
    ($($module:ident::$test:ident),* $(,)?) => {
        $(#[test] fn $test() { from_frames($module::$test); })*
    };
}

again![
    session::played_with_pauses_and_single_steps_it_ends_as_a_headless_run,
    session::an_earlier_moment_comes_back_and_leads_to_the_same_end,
    session::a_later_moment_is_computed_to_and_paused_at,
    session::a_lost_engine_is_said_and_the_state_goes_on_with_another,
    session::what_was_done_right_before_a_loss_is_done_once,
    session::an_engine_that_cannot_be_opened_is_said,
    courses::what_was_computed_is_gone_back_to_and_what_was_done_redone,
    courses::an_act_is_taken_back_or_changed_among_others,
    courses::an_act_is_taken_back_before_anything_comes_of_it,
    courses::results_are_those_that_were_asked_for,
];

/// A session on a device that is never waited for: acts, going back, pauses; it ends in the bits of a headless run of the scenario
/// that it is saved as, on the same device.
#[test]
fn a_device_is_driven_from_frames_to_the_bits_of_a_headless_run() {
    let test = "a device driven from frames";
    let Some(adapter) = gpu::adapter(test) else { return };
    let open = move |plate| -> Result<Box<dyn Engine>, EngineError> {
        let engine = GpuEngine::open(plate, &adapter, "asked for", Tuning::default());
        Ok(Box::new(pollster::block_on(engine)?))
    };
    let opener: EngineOpener = Box::new(open.clone());
    let text = builtin("quick").expect("built in").text;
    let shorter = [Override::new("duration", "\"2 h\""), Override::new("event", "[]")];
    let base = scenarios::read(text, "quick.toml", &shorter, &Surroundings::none()).expect("valid");
    from_frames(|| {
        let mut session = begin(base.clone(), opener);
        let mut paths = Vec::new();
        follow(&mut session, &mut paths, 0);
        session.set_speed(Speed::Fastest);
        session.advance_to(50);
        follow(&mut session, &mut paths, 50);
        session.act(drop_at(DVec3::new(600.0, 600.0, 10.0)), vec![1]);
        session.step();
        session.act(cut_at(), vec![]);
        session.play();
        wait(&mut session, "under way", |status| status.step > 90);
        session.pause();
        session.go_to(60);
        let status = wait(&mut session, "back", |status| {
            status.step == 60 && status.travelling_to.is_none()
        });
        assert_eq!(status.done.len(), 2, "{:?}", status.problem);
        session.play();
        let last = follow(&mut session, &mut paths, base.plate.steps);
        let plate = read(&session.scenario_text()).expect("valid").plate;
        let mut engine = open(plate.clone()).expect("opened");
        let mut recorder = Recorder::new(&plate);
        perform(engine.as_mut(), &mut recorder, |_| {}, |_| Watch::GoOn).expect("runs");
        let world = engine.last_world();
        assert!(
            session::same(&last, &paths, world),
            "another end than that of the saved session"
        );
        assert!(*session.status().readouts == *recorder.readouts(), "other readouts");
        assert!(!world.severed.is_empty(), "nothing was cut");
    });
}

/// A frame has a budget: a long way is not gone in one turn, and nothing happens between turns.
#[test]
fn a_frame_ends_when_its_budget_is_spent() {
    let scenario = scenario();
    from_frames(|| {
        let mut session: Session = session::session(&scenario);
        session.set_speed(Speed::Fastest);
        session.play();
        session.turn_for(Duration::from_millis(1));
        let first = session.status().step;
        assert!(first < scenario.plate.steps, "all was done in one frame");
        assert_eq!(session.status().step, first, "something happens between frames");
        let mut frames = 0;
        while !session.status().is_over() {
            session.turn_for(Duration::from_millis(1));
            // Shown, so that the next state is.
            session.moment();
            frames += 1;
        }
        assert!(frames > 3, "{frames} frames");
    });
}

/// Nobody answers from another thread here, so nobody waits for it.
#[test]
fn moments_are_recalled_from_a_thread_only() {
    from_frames(|| {
        let mut session = session::session(&scenario());
        session.turn_for(Duration::from_millis(8));
        assert!(session.recall().steps().is_empty());
        assert!(session.recall().world(0).is_none());
    });
}
