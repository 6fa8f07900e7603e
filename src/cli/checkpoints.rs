//! The checkpoints of a run: when they are due, and what is said where one cannot be written.

use super::say::say;
use crate::checkpoint::Unfinished;
use crate::checkpoint::unfinished::Circumstances;
use crate::export::stream::RowStream;
use crate::model::world::World;
use crate::readout::recorder::Recorder;
use std::str::FromStr;
use std::time::{Duration, Instant};

/// Checkpoints take a share of a run's time at most: 1 in so many.
const SHARE: u32 = 20;

/// How often a checkpoint is written, by the clock; `None` for never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Every(pub Option<Duration>);

impl Default for Every {
    fn default() -> Self {
        Self(Some(Duration::from_secs(300)))
    }
}

impl std::fmt::Display for Every {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(every) => write!(f, "{}", humantime::format_duration(every)),
            None => f.write_str("never"),
        }
    }
}

impl FromStr for Every {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim() == "never" {
            return Ok(Self(None));
        }
        match humantime::parse_duration(text.trim()) {
            Ok(every) if every > Duration::ZERO => Ok(Self(Some(every))),
            _ => Err("expected a time such as \"5 min\" or \"30 s\", or \"never\"".to_owned()),
        }
    }
}

/// The checkpoints of a run.
pub struct Checkpoints {
    unfinished: Option<Unfinished>,
    every: Option<Duration>,
    circumstances: Circumstances,
    began: Instant,
    /// When the next is due.
    due: Option<Instant>,
    /// Whether the last could not be written.
    failed: bool,
    /// The step of the last.
    last: Option<u32>,
}

impl Checkpoints {
    /// Checkpoints of a run that begins or goes on now, of which `circumstances` hold the time that it has taken before. None
    /// without an `unfinished` folder. `last` is the step of the one that it goes on from.
    pub fn new(
        unfinished: Option<Unfinished>,
        Every(every): Every,
        circumstances: Circumstances,
        last: Option<u32>,
    ) -> Self {
        let now = Instant::now();
        Self {
            unfinished,
            every,
            circumstances,
            began: now,
            due: every.and_then(|every| now.checked_add(every)),
            failed: false,
            last,
        }
    }

    /// Whether one is due by the clock.
    pub fn are_due(&self) -> bool {
        self.unfinished.is_some() && self.due.is_some_and(|due| Instant::now() >= due)
    }

    /// Time that the run has taken, s.
    pub fn elapsed_s(&self) -> f64 {
        self.circumstances.elapsed_s + self.began.elapsed().as_secs_f64()
    }

    /// The steps at which the run was gone on with.
    pub fn resumed_at(&self) -> &[u32] {
        &self.circumstances.resumed_at
    }

    /// The folder of the run, where it can be gone on with from more than its beginning.
    pub fn unfinished(&self) -> Option<&Unfinished> {
        self.unfinished.as_ref().filter(|_| self.last.is_some())
    }

    /// The step of the last one.
    pub fn last(&self) -> Option<u32> {
        self.last
    }

    /// Writes one. A run goes on without, and says so.
    pub fn keep(&mut self, world: &World, recorder: &Recorder, stream: &mut RowStream) {
        let began = Instant::now();
        let elapsed_s = self.elapsed_s();
        let Some(unfinished) = &mut self.unfinished else { return };
        let now = Circumstances {
            elapsed_s,
            ..self.circumstances.clone()
        };
        match unfinished.keep(&now, world, recorder, stream) {
            Ok(()) => {
                tracing::info!(step = world.step, took = ?began.elapsed(), "a checkpoint is written");
                if std::mem::take(&mut self.failed) {
                    say("checkpoints are written again");
                }
                self.last = Some(world.step);
            }
            Err(problem) => {
                if !std::mem::replace(&mut self.failed, true) {
                    let before = match self.last {
                        Some(step) => format!("the one of step {step} stays"),
                        None => "there is none before it".to_owned(),
                    };
                    say(format_args!(
                        "warning: no checkpoint of step {}: {problem}; {before}",
                        world.step
                    ));
                }
            }
        }
        let ended = Instant::now();
        let pause = self.every.map(|every| every.max(SHARE * (ended - began)));
        self.due = pause.and_then(|pause| ended.checked_add(pause));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_said() {
        let every = |text: &str| text.parse::<Every>().map(|Every(every)| every);
        assert_eq!(every("5 min"), Ok(Some(Duration::from_secs(300))));
        assert_eq!(every("100ms"), Ok(Some(Duration::from_millis(100))));
        assert_eq!(every("never"), Ok(None));
        for wrong in ["", "0 s", "5", "soon"] {
            assert!(every(wrong).is_err(), "{wrong}");
        }
    }
}
