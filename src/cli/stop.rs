//! Signals: Ctrl-C ends a run, which saves what it has; other requests to end suspend it, so that it can be gone on with; SIGUSR1
//! asks for a checkpoint. A second request ends the run at once. A signal that the parent has set to be ignored, as `nohup` does,
//! stays ignored.

use super::{Outcome, say};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Requests that come this soon after the first are the same request: some programs ask twice.
const SAME_REQUEST: Duration = Duration::from_secs(1);

/// A word from outside to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Request {
    /// From the keyboard: end, and leave what there is.
    End,
    /// From the system: end, for others to go on.
    Suspend,
    /// Write a checkpoint.
    Checkpoint,
}

/// The requests to a run, from Ctrl-C or the system.
#[derive(Clone, Default)]
pub struct StopRequest {
    asked: Arc<AtomicBool>,
    suspend: Arc<AtomicBool>,
    checkpoint: Arc<AtomicBool>,
    saving: Arc<AtomicBool>,
}

impl StopRequest {
    /// Listens from now on. A run that is ended at once removes `unfinished`, its folder of results in the making; the checkpoints
    /// of one that is `resumable` stay.
    pub fn listen(unfinished: PathBuf, resumable: bool) -> Self {
        Self::heed(Some(unfinished), resumable)
    }

    /// Listens from now on, where what is written stays whenever the work ends, and another goes on with the rest: whatever the system
    /// asks for, a checkpoint included, suspends.
    pub fn listen_and_keep() -> Self {
        Self::heed(None, true)
    }

    fn heed(unfinished: Option<PathBuf>, resumable: bool) -> Self {
        let requests = StopRequest::default();
        let heard = requests.clone();
        let mut first: Option<Instant> = None;
        let handler = move |request| {
            if request == Request::Checkpoint && unfinished.is_some() {
                heard.checkpoint.store(true, Ordering::Relaxed);
                return;
            }
            match first {
                None => {
                    first = Some(Instant::now());
                    let suspends = request != Request::End && resumable;
                    heard.suspend.store(suspends, Ordering::Relaxed);
                    heard.asked.store(true, Ordering::Relaxed);
                    say::say(match unfinished {
                        Some(_) => first_answer(suspends, resumable),
                        None => "\nstopping after this stretch of steps; what is done is kept",
                    });
                }
                Some(before) if before.elapsed() < SAME_REQUEST => {}
                Some(_) if heard.saving.load(Ordering::Relaxed) => say::say("the results are being written; a moment"),
                Some(_) => {
                    // A folder that cannot be removed stays: there is nothing left to do about it.
                    let _ = unfinished.as_ref().map(std::fs::remove_dir_all);
                    let outcome = if heard.suspends() {
                        Outcome::Suspended
                    } else {
                        Outcome::Stopped
                    };
                    std::process::exit(outcome as i32);
                }
            }
        };
        if let Err(problem) = on_request(handler) {
            tracing::warn!("Ctrl-C will not save what was measured: {problem}");
        }
        requests
    }

    /// Whether the run was asked to end.
    pub fn is_made(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Whether it was asked to end for others to go on, without results.
    pub fn suspends(&self) -> bool {
        self.suspend.load(Ordering::Relaxed)
    }

    /// Whether a checkpoint was asked for since the last call.
    #[allow(
        dead_code,
        reason = "runs with checkpoints, which call it, are a change of their own"
    )]
    pub fn takes_checkpoint(&self) -> bool {
        self.checkpoint.swap(false, Ordering::Relaxed)
    }

    /// Begins the saving of the results, which no request cuts short.
    pub fn begin_saving(&self) {
        self.saving.store(true, Ordering::Relaxed);
    }
}

fn first_answer(suspends: bool, resumable: bool) -> &'static str {
    match (suspends, resumable) {
        (true, _) => "\nstopping after this stretch of steps, with a checkpoint; once more to stop at once",
        (false, true) => {
            "\nstopping after this stretch of steps; once more to stop at once, with no more than the last checkpoint"
        }
        (false, false) => "\nstopping after this stretch of steps; once more to stop at once and lose the results",
    }
}

/// Calls `handler` for each request that is not ignored, on a thread of its own.
#[cfg(unix)]
fn on_request(mut handler: impl FnMut(Request) + Send + 'static) -> Result<(), std::io::Error> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1};
    let ignored = ignored_signals();
    let heeded = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1];
    let heeded: Vec<i32> = heeded
        .into_iter()
        .filter(|&signal| ignored & (1 << (signal - 1)) == 0)
        .collect();
    let mut signals = signal_hook::iterator::Signals::new(heeded)?;
    let listen = move || {
        signals.forever().for_each(|signal| {
            handler(match signal {
                SIGINT => Request::End,
                SIGUSR1 => Request::Checkpoint,
                _ => Request::Suspend,
            });
        });
    };
    let thread = std::thread::Builder::new().name("signals".to_owned());
    thread.spawn(listen).map(|_| ())
}

#[cfg(not(unix))]
fn on_request(mut handler: impl FnMut(Request) + Send + 'static) -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(move || handler(Request::End))
}

/// The signals that are ignored since before the program began: a bit each, the lowest of signal 1.
#[cfg(unix)]
fn ignored_signals() -> u64 {
    let hangup = 1 << (signal_hook::consts::SIGHUP - 1);
    match std::fs::read_to_string("/proc/self/status") {
        Ok(status) => ignored_in(&status),
        // Where the system does not say, the end of a terminal is left to what the parent has chosen.
        Err(_) => hangup,
    }
}

/// The ignored signals in what Linux says about a process.
#[cfg(unix)]
fn ignored_in(status: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or(0)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_read_as_linux_writes_them() {
        let status = "Name:\toutgrowth\nSigBlk:\t0000000000000002\nSigIgn:\t0000000000001001\nSigCgt:\t0\n";
        assert_eq!(ignored_in(status), 1 | 1 << 12, "SIGHUP and SIGPIPE");
        assert_eq!(ignored_in("Name:\toutgrowth\n"), 0);
    }
}
