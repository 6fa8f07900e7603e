//! Ctrl-C and other requests to end: the first lets a run save what it has, a later one ends it at once. A signal that the
//! parent has set to be ignored, as `nohup` does, stays ignored.

use super::{Outcome, say};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Requests that come this soon after the first are the same request: some programs ask twice.
const SAME_REQUEST: Duration = Duration::from_secs(1);

/// A request to stop the run, from Ctrl-C or the system.
#[derive(Clone, Default)]
pub struct StopRequest {
    asked: Arc<AtomicBool>,
    saving: Arc<AtomicBool>,
}

impl StopRequest {
    /// Listens from now on. A run that is ended at once removes `unfinished`, its folder of results in the making.
    pub fn listen(unfinished: PathBuf) -> Self {
        let said = "\nstopping after this stretch of steps; once more to stop at once and lose the results";
        Self::heed(Some(unfinished), said)
    }

    /// Listens from now on, where nothing is to be removed: what is written is kept, whenever the work ends.
    pub fn listen_and_keep() -> Self {
        Self::heed(None, "\nstopping after this stretch of steps; what is done is kept")
    }

    fn heed(unfinished: Option<PathBuf>, said: &'static str) -> Self {
        let request = StopRequest::default();
        let heard = request.clone();
        let mut first: Option<Instant> = None;
        let handler = move || match first {
            None => {
                first = Some(Instant::now());
                heard.asked.store(true, Ordering::Relaxed);
                say::say(said);
            }
            Some(before) if before.elapsed() < SAME_REQUEST => {}
            Some(_) if heard.saving.load(Ordering::Relaxed) => say::say("the results are being written; a moment"),
            Some(_) => {
                // A folder that cannot be removed stays: there is nothing left to do about it.
                let _ = unfinished.as_ref().map(std::fs::remove_dir_all);
                std::process::exit(Outcome::Stopped as i32);
            }
        };
        if let Err(problem) = on_request(handler) {
            tracing::warn!("Ctrl-C will not save what was measured: {problem}");
        }
        request
    }

    /// Whether the request was made.
    pub fn is_made(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Begins the saving of the results, which no request cuts short.
    pub fn begin_saving(&self) {
        self.saving.store(true, Ordering::Relaxed);
    }
}

/// Calls `handler` for each request to end that is not ignored, on a thread of its own.
#[cfg(unix)]
fn on_request(mut handler: impl FnMut() + Send + 'static) -> Result<(), std::io::Error> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let ignored = ignored_signals();
    let heeded = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];
    let heeded: Vec<i32> = heeded
        .into_iter()
        .filter(|&signal| ignored & (1 << (signal - 1)) == 0)
        .collect();
    let mut signals = signal_hook::iterator::Signals::new(heeded)?;
    let listen = move || signals.forever().for_each(|_| handler());
    let thread = std::thread::Builder::new().name("signals".to_owned());
    thread.spawn(listen).map(|_| ())
}

#[cfg(not(unix))]
fn on_request(handler: impl FnMut() + Send + 'static) -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(handler)
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
