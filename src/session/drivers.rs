//! The two that drive a live plate: a thread of its own, which waits for the engine, and the frame loop of whoever shows it,
//! which waits for nothing.

use super::live::Live;
use super::{EngineOpener, ScenarioReader, SessionCommand, Shared};
use crate::engine::Patience;
use crate::scenario::Scenario;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;
use web_time::Instant;

/// Drives a plate on this thread until it is told to stop.
pub(super) fn drive(
    scenario: Scenario,
    read: ScenarioReader,
    open: EngineOpener,
    heard: &Receiver<SessionCommand>,
    shared: Arc<Shared>,
) {
    let mut live = Live::new(scenario, read, shared);
    live.guard(|live| live.open(open));
    loop {
        live.guard(|live| live.settle(Patience::UntilDone, false));
        live.guard(Live::show);
        live.publish();
        // The first command may be waited for; what else is there is heard at once.
        let mut command = heard
            .recv_timeout(live.idle_time())
            .map_err(|error| error == RecvTimeoutError::Timeout);
        loop {
            match command {
                Ok(SessionCommand::Stop) | Err(false) => return,
                Ok(command) => {
                    live.guard(|live| live.settle(Patience::UntilDone, false));
                    live.guard(|live| live.handle(command));
                }
                Err(true) => break,
            }
            command = heard.try_recv().map_err(|error| error == TryRecvError::Empty);
        }
        live.guard(|live| live.settle(Patience::UntilDone, false));
        live.guard(Live::advance_if_due);
    }
}

/// A plate that is driven from frame to frame.
pub(super) struct FrameDriver {
    live: Live,
    heard: Receiver<SessionCommand>,
    /// Commands that wait for the engine.
    waiting: VecDeque<SessionCommand>,
}

impl FrameDriver {
    pub fn new(
        scenario: Scenario,
        read: ScenarioReader,
        open: EngineOpener,
        heard: Receiver<SessionCommand>,
        shared: Arc<Shared>,
    ) -> Self {
        let mut live = Live::new(scenario, read, shared);
        live.guard(|live| live.open(open));
        live.publish();
        FrameDriver {
            live,
            heard,
            waiting: VecDeque::new(),
        }
    }

    /// Does what is due, for about so long.
    pub fn turn_for(&mut self, budget: Duration) {
        let began = Instant::now();
        self.live.fit_frames();
        loop {
            self.waiting.extend(self.heard.try_iter());
            let left = budget.saturating_sub(began.elapsed());
            if left.is_zero() || !self.turn(left) {
                break;
            }
        }
        self.live.publish();
    }

    /// Does one thing. Returns whether there may be another.
    fn turn(&mut self, left: Duration) -> bool {
        let for_command = !self.waiting.is_empty();
        let settled = self.live.guard(|live| live.settle(Patience::For(left), for_command));
        if settled == Some(false) {
            // A device is heard of in a later frame; the processor has used its time.
            return false;
        }
        self.live.guard(Live::show);
        if let Some(command) = self.waiting.pop_front() {
            self.live.guard(|live| live.handle(command));
            return true;
        }
        self.live.guard(Live::advance_if_due);
        self.live.is_at_work()
    }
}
