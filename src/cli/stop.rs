//! Ctrl-C and other requests to end: the first lets a run save what it has, a later one ends it at once.

use super::{Outcome, say};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
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
        let request = StopRequest::default();
        let heard = request.clone();
        let first: Mutex<Option<Instant>> = Mutex::new(None);
        let handler = ctrlc::set_handler(move || {
            let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
            match *first {
                None => {
                    *first = Some(Instant::now());
                    heard.asked.store(true, Ordering::Relaxed);
                    say::say("\nstopping after this stretch of steps; once more to stop at once and lose the results");
                }
                Some(before) if before.elapsed() < SAME_REQUEST => {}
                Some(_) if heard.saving.load(Ordering::Relaxed) => say::say("the results are being written; a moment"),
                Some(_) => {
                    // A folder that cannot be removed stays: there is nothing left to do about it.
                    let _ = std::fs::remove_dir_all(&unfinished);
                    std::process::exit(Outcome::Stopped as i32);
                }
            }
        });
        if let Err(problem) = handler {
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
