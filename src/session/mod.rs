//! A live session: a plate that is advanced on a thread of its own, or from frame to frame where there are no threads; shown
//! without waiting, acted on, taken back to moments that were kept, and saved as a scenario that ends in the same bits.

pub mod act;
mod branches;
mod drivers;
pub mod history;
mod live;
pub mod pace;
pub mod results;
pub mod save;
mod script;
mod status;
pub mod words;

pub use act::Act;
pub use branches::Aside;
pub use pace::Speed;
pub use script::Done;
pub use status::{Status, Written};

use crate::engine::gpu::on_device::OnDevice;
use crate::engine::{Engine, EngineError};
use crate::model::moment::Moment;
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::scenario::{Mistakes, Scenario};
use drivers::FrameDriver;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Opens an engine for a plate.
pub type EngineOpener = Box<dyn FnMut(Plate) -> Result<Box<dyn Engine>, EngineError> + Send>;
/// Reads the text of a scenario again after something was added to it.
pub type ScenarioReader = Box<dyn Fn(&str) -> Result<Scenario, Mistakes> + Send>;

/// A command to the session's thread.
pub(crate) enum SessionCommand {
    Play,
    Pause,
    Step,
    Speed(Speed),
    GoTo(u32),
    AdvanceTo(u32),
    Act(Act, Vec<usize>),
    TakeBack(usize),
    Change(usize, Act, Vec<usize>, u32),
    Undo,
    Redo,
    ReturnTo(usize),
    Courtesy(f64),
    Export {
        folder: PathBuf,
        force: bool,
        up_to: Option<u32>,
    },
    Reopen(EngineOpener),
    Kept(Sender<Vec<u32>>),
    Recall(u32, Sender<Option<World>>),
    Stop,
}

/// The state that the session and its handle share.
pub(crate) struct Shared {
    /// The newest state, until it is taken.
    pub moment: Mutex<Option<Moment>>,
    /// How things stand.
    pub status: Mutex<Status>,
    /// The state where it is computed, unless it is on its way to another moment.
    pub on_device: Mutex<Option<OnDevice>>,
}

impl Shared {
    fn of(scenario: &Scenario) -> Arc<Self> {
        Arc::new(Shared {
            moment: Mutex::new(None),
            status: Mutex::new(Status::of(&scenario.plate, &scenario.text)),
            on_device: Mutex::new(None),
        })
    }
}

/// Locks a mutex, also one that a failed thread has left locked.
pub(crate) fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The handle of a live session. Nothing here waits for the simulation.
pub struct Session {
    commands: Sender<SessionCommand>,
    shared: Arc<Shared>,
    driver: Driver,
}

/// Who drives the plate.
enum Driver {
    /// A thread of its own; none where it could not be started.
    Thread(Option<JoinHandle<()>>),
    /// Whoever holds the handle, from frame to frame.
    Frames(Box<FrameDriver>),
}

impl Session {
    /// Opens the engine on a thread of its own and waits there to be played. `read` reads the text of a scenario again, as
    /// `scenario` was read.
    pub fn begin(scenario: Scenario, read: ScenarioReader, open: EngineOpener) -> Self {
        let (commands, heard) = channel();
        let shared = Shared::of(&scenario);
        let theirs = shared.clone();
        let thread = std::thread::Builder::new()
            .name("simulation".to_owned())
            .spawn(move || drivers::drive(scenario, read, open, &heard, theirs));
        if let Err(problem) = &thread {
            lock(&shared.status).lost = Some(format!("no thread could be started for the simulation: {problem}"));
        }
        Session {
            commands,
            shared,
            driver: Driver::Thread(thread.ok()),
        }
    }

    /// As [`Session::begin`], without a thread: the engine is opened at once, and everything is done in [`Session::turn_for`].
    pub fn begin_here(scenario: Scenario, read: ScenarioReader, open: EngineOpener) -> Self {
        let (commands, heard) = channel();
        let shared = Shared::of(&scenario);
        let driver = FrameDriver::new(scenario, read, open, heard, shared.clone());
        Session {
            commands,
            shared,
            driver: Driver::Frames(Box::new(driver)),
        }
    }

    /// Does what is due for about so long, such as 8 ms of each frame; a step of the processor's engine is done whole, and a device is
    /// not waited for. Nothing where a thread drives the session.
    pub fn turn_for(&mut self, budget: Duration) {
        if let Driver::Frames(driver) = &mut self.driver {
            driver.turn_for(budget);
        }
    }

    /// The newest state since this was last asked; `None` where there is none.
    pub fn moment(&mut self) -> Option<Moment> {
        lock(&self.shared.moment).take()
    }

    /// The state where it is computed, where that is a graphics device: newer than the newest moment, to be drawn on the
    /// same device.
    pub fn on_device(&self) -> Option<OnDevice> {
        lock(&self.shared.on_device).clone()
    }

    /// How things stand.
    pub fn status(&self) -> Status {
        lock(&self.shared.status).clone()
    }

    /// Lets time go on.
    pub fn play(&self) {
        self.ask(SessionCommand::Play);
    }

    /// Stops time.
    pub fn pause(&self) {
        self.ask(SessionCommand::Pause);
    }

    /// Does a single step and pauses.
    pub fn step(&self) {
        self.ask(SessionCommand::Step);
    }

    /// Goes on at another speed.
    pub fn set_speed(&self, speed: Speed) {
        self.ask(SessionCommand::Speed(speed));
    }

    /// Shows an earlier step, or a later one that was reached before, and pauses there.
    pub fn go_to(&self, step: u32) {
        self.ask(SessionCommand::GoTo(step));
    }

    /// Computes on to a later step, as fast as that goes, and pauses there; a step that was reached before is shown.
    pub fn advance_to(&self, step: u32) {
        self.ask(SessionCommand::AdvanceTo(step));
    }

    /// Does something to the wells of some conditions, of all where none is named, at the present step. Another course begins
    /// there; the one that was shown is put aside.
    pub fn act(&self, act: Act, conditions: Vec<usize>) {
        self.ask(SessionCommand::Act(act, conditions));
    }

    /// Begins a course without an act, named by its place in [`Status::done`]; what was done later is done in it too.
    pub fn take_back(&self, number: usize) {
        self.ask(SessionCommand::TakeBack(number));
    }

    /// Begins a course with another act in the place of one, done to the wells of some conditions at a step.
    pub fn change(&self, number: usize, act: Act, conditions: Vec<usize>, step: u32) {
        self.ask(SessionCommand::Change(number, act, conditions, step));
    }

    /// Goes back to the course that the present one parted from.
    pub fn undo(&self) {
        self.ask(SessionCommand::Undo);
    }

    /// Goes to the course that was last left by undoing.
    pub fn redo(&self) {
        self.ask(SessionCommand::Redo);
    }

    /// Goes back to a course that was put aside, by its [`Aside::number`].
    pub fn return_to(&self, number: usize) {
        self.ask(SessionCommand::ReturnTo(number));
    }

    /// Leaves to others the rest of this share (0 to 1) of the time, where the picture is drawn by the same processor.
    pub fn set_share(&self, share: f64) {
        self.ask(SessionCommand::Courtesy(share));
    }

    /// Writes the results up to the present step, or up to another that was reached, into a folder, as a headless run does;
    /// [`Status::written`] says how it went.
    pub fn export(&self, folder: PathBuf, force: bool, up_to: Option<u32>) {
        self.ask(SessionCommand::Export { folder, force, up_to });
    }

    /// Goes on with another engine, after the first was lost: the way to where it was is gone again.
    pub fn reopen(&self, open: EngineOpener) {
        self.ask(SessionCommand::Reopen(open));
    }

    /// Access to the moments that are kept, for another thread; to none where no thread drives the session.
    pub fn recall(&self) -> Recall {
        let has_thread = matches!(self.driver, Driver::Thread(_));
        Recall {
            commands: has_thread.then(|| self.commands.clone()),
        }
    }

    /// The session as a scenario: run headless with the same engine, it ends in the same bits.
    pub fn scenario_text(&self) -> Arc<str> {
        lock(&self.shared.status).text.clone()
    }

    fn ask(&self, command: SessionCommand) {
        // A thread that has ended says so in the status.
        let _ = self.commands.send(command);
    }
}

/// The moments that a session keeps, as another thread asks for them: it waits for each, the session does not.
#[derive(Clone)]
pub struct Recall {
    commands: Option<Sender<SessionCommand>>,
}

impl Recall {
    /// The steps of the moments that are kept; none once the session has ended.
    pub fn steps(&self) -> Vec<u32> {
        let (told, answer) = channel();
        let asked = self.ask(SessionCommand::Kept(told));
        asked.and_then(|()| answer.recv().ok()).unwrap_or_default()
    }

    /// The state that was kept at a step, or the one before it.
    pub fn world(&self, step: u32) -> Option<World> {
        let (told, answer) = channel();
        self.ask(SessionCommand::Recall(step, told))?;
        answer.recv().ok()?
    }

    fn ask(&self, command: SessionCommand) -> Option<()> {
        self.commands.as_ref()?.send(command).ok()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.ask(SessionCommand::Stop);
        if let Driver::Thread(thread) = &mut self.driver
            && let Some(thread) = thread.take()
        {
            let _ = thread.join();
        }
    }
}
