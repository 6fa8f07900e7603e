//! The progress of a sweep over its whole plan, or of a share of it: a bar with runs per second and time left; where the output is no terminal, a line for
//! each tenth, and at least one a minute. Failures and the engine are said as they come.

use super::say::say;
use super::stop::StopRequest;
use crate::engine::EngineInfo;
use crate::sweep::{PlannedRun, Watcher};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Time at most from one line to the next, where the output is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(60);
/// A line is written where a tenth more is done, but no sooner than this after the one before.
const LINE_AT_SOONEST: Duration = Duration::from_secs(2);
/// Failures that are said one by one; the others are in the table of failures.
const MOST_TOLD: u64 = 10;
/// Positions of the bar for a run.
const FINE: f64 = 1000.0;

/// The progress display of a sweep.
pub struct SweepProgress {
    stop: StopRequest,
    quiet: bool,
    bar: Option<ProgressBar>,
    all: f64,
    state: Mutex<State>,
}

struct State {
    began: Instant,
    /// Runs that were done before, and that are done by now.
    before: f64,
    done: f64,
    told: Instant,
    tenths: u32,
    failures: u64,
}

impl SweepProgress {
    /// Progress from `done` to `all` runs; silent if `quiet`.
    pub fn new(done: u64, all: u64, stop: StopRequest, quiet: bool) -> Self {
        let bar = (std::io::stderr().is_terminal() && !quiet).then(|| ProgressBar::new((all as f64 * FINE) as u64));
        if let Some(bar) = &bar
            && let Ok(style) = ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}")
        {
            bar.set_style(style.progress_chars("━╸ "));
        }
        let now = Instant::now();
        Self {
            stop,
            quiet,
            bar,
            all: all as f64,
            state: Mutex::new(State {
                began: now,
                before: done as f64,
                done: done as f64,
                told: now,
                tenths: (10.0 * done as f64 / all.max(1) as f64) as u32,
                failures: 0,
            }),
        }
    }

    /// Removes the bar when the work is over.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn show(&self, state: &mut State) {
        let elapsed = state.began.elapsed().as_secs_f64();
        let rate = (state.done - state.before) / elapsed.max(1e-9);
        let left = Duration::from_secs(((self.all - state.done) / rate.max(1e-9)).clamp(0.0, 1e9) as u64);
        let left = humantime::format_duration(left);
        let (done, all) = (state.done, self.all);
        if let Some(bar) = &self.bar {
            bar.set_position((done.max(0.0) * FINE) as u64);
            bar.set_message(format!("{done:.0} of {all:.0} runs  {rate:.2} runs/s  {left} left"));
            return;
        }
        let tenths = (10.0 * done / all.max(1.0)) as u32;
        let told = state.told.elapsed();
        if !self.quiet && (told > LINE_EVERY || tenths > state.tenths && told > LINE_AT_SOONEST) {
            state.tenths = tenths;
            state.told = Instant::now();
            say(format_args!(
                "{done:.0} of {all:.0} runs, {rate:.2} runs/s, {left} left"
            ));
        }
    }
}

impl Watcher for SweepProgress {
    fn stops(&self) -> bool {
        self.stop.is_made()
    }

    fn uses(&self, engine: &EngineInfo) {
        if !self.quiet {
            say(format_args!(
                "on {} ({}, {})",
                engine.device, engine.kind, engine.reason
            ));
        }
    }

    fn advances(&self, runs: f64) {
        if let Ok(mut state) = self.state.lock() {
            state.done += runs;
            self.show(&mut state);
        }
    }

    fn fails(&self, run: &PlannedRun, reason: &str) {
        let told = self.state.lock().map_or(0, |mut state| {
            state.failures += 1;
            state.failures
        });
        self.advances(1.0);
        if told <= MOST_TOLD {
            say(format_args!("run {} failed: {reason}", run.id));
        }
        if told == MOST_TOLD {
            say("further failures are told in failed.csv alone");
        }
    }
}
