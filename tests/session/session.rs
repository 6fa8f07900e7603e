//! A live session does what a headless run does, whenever it is paused, looked at, taken back or interrupted.

use glam::DVec3;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::engine::{Engine, EngineError, EngineInfo, Patience};
use outgrowth::experiment::{Watch, perform};
use outgrowth::model::layout::Node;
use outgrowth::model::moment::Moment;
use outgrowth::model::plate::{Action, Cut, Plate};
use outgrowth::model::world::World;
use outgrowth::readout::recorder::{Readouts, Recorder};
use outgrowth::scenario::{self, Override, Scenario, Surroundings, builtin};
use outgrowth::session::{Act, EngineOpener, Session, Speed, Status};
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

pub fn read(text: &str) -> Result<Scenario, scenario::Mistakes> {
    scenario::read(text, "test.toml", &[], &Surroundings::none())
}

/// A small plate with every mechanism, six hours long.
pub fn scenario() -> Scenario {
    let text = builtin("quick").expect("built in").text;
    let shorter = [Override::new("duration", "\"6 h\""), Override::new("event", "[]")];
    scenario::read(text, "quick.toml", &shorter, &Surroundings::none()).expect("valid")
}

fn open() -> EngineOpener {
    Box::new(|plate| Ok(Box::new(CpuEngine::new(plate, Some(1), "asked for")?)))
}

pub fn session(scenario: &Scenario) -> Session {
    begin(scenario.clone(), open())
}

thread_local! {
    /// Whether the sessions of this test are driven from frame to frame.
    static FROM_FRAMES: Cell<bool> = const { Cell::new(false) };
}

/// Runs a test with sessions that are driven from frame to frame, as a browser's are.
pub fn from_frames(test: impl FnOnce()) {
    FROM_FRAMES.set(true);
    test();
    FROM_FRAMES.set(false);
}

pub fn begin(scenario: Scenario, open: EngineOpener) -> Session {
    // What was changed on the command line is in the text of a session by then.
    if FROM_FRAMES.get() {
        Session::begin_here(scenario, Box::new(read), open)
    } else {
        Session::begin(scenario, Box::new(read), open)
    }
}

/// One frame, where that is what drives the session.
pub fn frame(session: &mut Session) {
    session.turn_for(Duration::from_millis(8));
    std::thread::sleep(Duration::from_millis(1));
}

/// Waits until the session stands as asked.
pub fn wait(session: &mut Session, what: &str, stands: impl Fn(&Status) -> bool) -> Status {
    let began = Instant::now();
    loop {
        let status = session.status();
        if stands(&status) {
            return status;
        }
        assert!(
            began.elapsed() < Duration::from_secs(120),
            "still not {what}: {status:?}"
        );
        frame(session);
    }
}

/// Follows the moments of a session until that of a step.
pub fn follow(session: &mut Session, paths: &mut Vec<Vec<Node>>, step: u32) -> Moment {
    let began = Instant::now();
    loop {
        if let Some(moment) = session.moment() {
            moment.paths.apply(paths, moment.cones.len());
            if moment.step == step {
                return moment;
            }
        }
        assert!(began.elapsed() < Duration::from_secs(120), "step {step} was not shown");
        frame(session);
    }
}

pub fn headless(plate: &Plate) -> (World, Readouts) {
    let mut engine = CpuEngine::new(plate.clone(), Some(1), "asked for").expect("opened");
    let mut recorder = Recorder::new(plate);
    perform(&mut engine, &mut recorder, |_| {}, |_| Watch::GoOn).expect("runs");
    (engine.last_world().clone(), recorder.into_readouts())
}

pub fn same(moment: &Moment, paths: &[Vec<Node>], world: &World) -> bool {
    moment.state == world.shown() && paths == world.paths
}

#[test]
pub fn played_with_pauses_and_single_steps_it_ends_as_a_headless_run() {
    let scenario = scenario();
    let (world, readouts) = headless(&scenario.plate);
    let mut session = session(&scenario);
    let mut paths = Vec::new();
    follow(&mut session, &mut paths, 0);
    session.step();
    session.step();
    let two = follow(&mut session, &mut paths, 2);
    assert!(!same(&two, &paths, &world), "after two steps it is not over");
    session.set_speed(Speed::HoursPerSecond(20.0));
    session.play();
    wait(&mut session, "under way", |status| status.step > 20);
    session.pause();
    wait(&mut session, "paused", |status| !status.playing);
    session.set_speed(Speed::Fastest);
    session.play();
    let last = follow(&mut session, &mut paths, scenario.plate.steps);
    assert!(same(&last, &paths, &world), "the live session ends otherwise");
    let status = wait(&mut session, "over", |status| status.is_over() && !status.playing);
    assert!(*status.readouts == readouts, "other readouts");
    assert!(status.problem.is_none() && status.lost.is_none());
}

#[test]
fn another_seed_ends_otherwise() {
    let one = scenario();
    let mut other = one.plate.clone();
    other.seed += 1;
    assert_ne!(headless(&one.plate).0, headless(&other).0);
}

#[test]
pub fn an_earlier_moment_comes_back_and_leads_to_the_same_end() {
    let scenario = scenario();
    let (world, readouts) = headless(&scenario.plate);
    let mut session = session(&scenario);
    session.set_speed(Speed::Fastest);
    let mut paths = Vec::new();
    follow(&mut session, &mut paths, 0);
    for _ in 0..30 {
        session.step();
    }
    let then = follow(&mut session, &mut paths, 30);
    let then_paths = paths.clone();
    session.play();
    follow(&mut session, &mut paths, scenario.plate.steps);
    session.go_to(30);
    let again = follow(&mut session, &mut paths, 30);
    assert!(
        again.cones == then.cones && paths == then_paths,
        "not the moment that was"
    );
    let status = wait(&mut session, "there", |status| status.step == 30);
    assert_eq!(status.furthest, scenario.plate.steps);
    assert!(*status.readouts == readouts, "what was recorded stays");
    session.go_to(200);
    follow(&mut session, &mut paths, 200);
    session.play();
    let last = follow(&mut session, &mut paths, scenario.plate.steps);
    assert!(same(&last, &paths, &world));
    // Beyond what was reached there is nothing to go to.
    session.go_to(100_000);
    let status = wait(&mut session, "at the end", |status| status.travelling_to.is_none());
    assert_eq!(status.step, scenario.plate.steps);
}

#[test]
pub fn a_later_moment_is_computed_to_and_paused_at() {
    let scenario = scenario();
    let mut session = session(&scenario);
    let mut paths = Vec::new();
    session.advance_to(40);
    let there = follow(&mut session, &mut paths, 40);
    let status = wait(&mut session, "there", |status| status.travelling_to.is_none());
    assert_eq!((status.step, status.playing), (40, false));
    // The same as by single steps.
    let mut other = stepped(&scenario, 40);
    let mut other_paths = Vec::new();
    let expected = follow(&mut other, &mut other_paths, 40);
    assert!(there.cones == expected.cones && paths == other_paths, "another moment");
    // Back to one that was reached, and beyond the end to the end.
    session.advance_to(10);
    let status = wait(&mut session, "back", |status| status.step == 10);
    assert_eq!(status.furthest, 40);
    session.advance_to(100_000);
    let status = wait(&mut session, "at the end", |status| status.is_over());
    assert_eq!(status.step, scenario.plate.steps);
}

/// A session that did some single steps.
fn stepped(scenario: &Scenario, steps: u32) -> Session {
    let session = session(scenario);
    for _ in 0..steps {
        session.step();
    }
    session
}

/// An engine that fails after a number of steps, as a lost device does.
struct Failing {
    inner: CpuEngine,
    left: Arc<AtomicU32>,
    fails: bool,
}

impl Engine for Failing {
    fn begin_steps(&mut self, steps: u32) -> Result<(), EngineError> {
        let left = self.left.load(Ordering::SeqCst);
        let able = steps.min(left);
        self.left.store(left - able, Ordering::SeqCst);
        self.fails = able < steps;
        self.inner.begin_steps(able)
    }
    fn begin_reading(&mut self) -> Result<(), EngineError> {
        self.inner.begin_reading()
    }
    fn poll(&mut self, patience: Patience) -> Result<bool, EngineError> {
        let done = self.inner.poll(patience)?;
        if done && self.fails {
            return Err(EngineError::Device {
                doing: "advancing the plate".into(),
                reason: "device lost".into(),
            });
        }
        Ok(done)
    }
    fn is_current(&self) -> bool {
        self.inner.is_current()
    }
    fn last_world(&self) -> &World {
        self.inner.last_world()
    }
    fn load(&mut self, world: World) -> Result<(), EngineError> {
        self.inner.load(world)
    }
    fn apply(&mut self, action: &Action, condition: usize) -> Result<(), EngineError> {
        self.inner.apply(action, condition)
    }
    fn amend(&mut self, plate: Plate, happened: u32) -> Result<(), EngineError> {
        self.inner.amend(plate, happened)
    }
    fn plate(&self) -> &Plate {
        self.inner.plate()
    }
    fn now(&self) -> &Plate {
        self.inner.now()
    }
    fn describe(&self) -> EngineInfo {
        self.inner.describe()
    }
}

#[test]
pub fn a_lost_engine_is_said_and_the_state_goes_on_with_another() {
    let scenario = scenario();
    let (world, readouts) = headless(&scenario.plate);
    let left = Arc::new(AtomicU32::new(150));
    let failing: EngineOpener = Box::new(move |plate| {
        Ok(Box::new(Failing {
            inner: CpuEngine::new(plate, Some(1), "asked for")?,
            left: left.clone(),
            fails: false,
        }))
    });
    let mut session = begin(scenario.clone(), failing);
    let mut paths = Vec::new();
    follow(&mut session, &mut paths, 0);
    session.set_speed(Speed::Fastest);
    session.play();
    let status = wait(&mut session, "lost", |status| status.lost.is_some());
    assert!(status.lost.expect("said").contains("device lost"));
    assert!(!status.playing);
    session.reopen(open());
    let status = wait(&mut session, "opened again", |status| status.lost.is_none());
    assert!(status.step <= 150);
    // Time went on when the engine was lost, so it goes on with the next.
    let last = follow(&mut session, &mut paths, scenario.plate.steps);
    assert!(same(&last, &paths, &world), "the state did not survive");
    assert!(*session.status().readouts == readouts, "other readouts");
}

/// Acts, and a device that is lost right behind them: nothing happens twice, and nothing is forgotten.
#[test]
pub fn what_was_done_right_before_a_loss_is_done_once() {
    let text = builtin("quick").expect("built in").text;
    // Without uptake the second condition has no grid until the drop.
    let overrides = [
        Override::new("duration", "\"3 h\""),
        Override::new("event", "[]"),
        Override::new("myokine.myokines.uptake", "0"),
    ];
    let base = scenario::read(text, "quick.toml", &overrides, &Surroundings::none()).expect("valid");
    let untouched = headless(&base.plate);
    for lost in [true, false] {
        let left = Arc::new(AtomicU32::new(u32::MAX));
        let theirs = left.clone();
        let failing: EngineOpener = Box::new(move |plate| {
            Ok(Box::new(Failing {
                inner: CpuEngine::new(plate, Some(1), "asked for")?,
                left: theirs.clone(),
                fails: false,
            }))
        });
        let mut session = begin(base.clone(), failing);
        let mut paths = Vec::new();
        follow(&mut session, &mut paths, 0);
        for _ in 0..70 {
            session.step();
        }
        follow(&mut session, &mut paths, 70);
        let at_um = DVec3::new(600.0, 600.0, 10.0);
        session.act(drop_at(at_um), vec![1]);
        session.act(
            Act::Axotomy(Cut::Line {
                from_um: at_um - DVec3::X * 300.0,
                to_um: at_um + DVec3::X * 300.0,
            }),
            vec![],
        );
        let done = wait(&mut session, "done", |status| {
            status.done.len() == 2 || status.problem.is_some()
        });
        assert!(done.problem.is_none(), "{:?}", done.problem);
        if lost {
            left.store(0, Ordering::SeqCst);
            session.step();
            wait(&mut session, "lost", |status| status.lost.is_some());
            session.reopen(open());
            wait(&mut session, "back", |status| {
                status.lost.is_none() && status.travelling_to.is_none() && status.step == 70
            });
        }
        let saved = session.scenario_text();
        session.set_speed(Speed::Fastest);
        session.play();
        let last = follow(&mut session, &mut paths, base.plate.steps);
        let (world, readouts) = headless(&read(&saved).expect("valid").plate);
        assert!(
            same(&last, &paths, &world),
            "lost: {lost}: another end than that of the saved session"
        );
        assert!(*session.status().readouts == readouts, "lost: {lost}: other readouts");
        assert!(world != untouched.0, "what was done does nothing");
    }
}

pub fn drop_at(at_um: DVec3) -> Act {
    Act::Drop {
        at_um,
        radius_um: 200.0,
        species: 0,
        dose: 2.0,
    }
}

/// A cut through the middle of every well.
pub fn cut_at() -> Act {
    let middle = DVec3::new(600.0, 600.0, 10.0);
    Act::Axotomy(Cut::Line {
        from_um: middle - DVec3::new(400.0, -60.0, 0.0),
        to_um: middle + DVec3::new(400.0, 60.0, 0.0),
    })
}

#[test]
pub fn an_engine_that_cannot_be_opened_is_said() {
    let scenario = scenario();
    let nothing: EngineOpener = Box::new(|_| {
        Err(EngineError::NoAdapter {
            asked: "graphics hardware".into(),
            reason: "there is none".into(),
        })
    });
    let mut session = begin(scenario, nothing);
    let status = wait(&mut session, "lost", |status| status.lost.is_some());
    assert!(status.lost.expect("said").contains("there is none"));
    session.play();
    session.step();
    assert!(session.moment().is_none());
}
