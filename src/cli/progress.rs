//! The progress of a run: a bar with steps per second, simulated days and time left; where the output is no terminal,
//! a line for each simulated day.

use crate::model::plate::Plate;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::Instant;

/// The progress display.
pub struct Progress {
    bar: Option<ProgressBar>,
    lines: bool,
    step_h: f64,
    steps: u32,
    /// The step that it begins with.
    from: u32,
    days_told: u32,
    began: Instant,
}

impl Progress {
    /// Progress from a step towards the end of `plate`; silent if `quiet`.
    pub fn new(plate: &Plate, from: u32, quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = (terminal && !quiet).then(|| ProgressBar::new(u64::from(plate.steps)));
        if let Some(bar) = &bar {
            // What was done before is in the bar, but not in its rate.
            bar.set_position(u64::from(from));
            bar.reset_eta();
            let template = "{bar:30} {percent:>3} %  {msg}  {per_sec}  {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.with_key("per_sec", steps_per_second).progress_chars("━╸ "));
            }
        }
        Progress {
            bar,
            lines: !terminal && !quiet,
            step_h: plate.step_h,
            steps: plate.steps,
            from,
            days_told: (f64::from(from) * plate.step_h / 24.0) as u32,
            began: Instant::now(),
        }
    }

    /// Shows that `step` steps are done.
    pub fn reach(&mut self, step: u32) {
        let days = f64::from(step) * self.step_h / 24.0;
        let all_days = f64::from(self.steps) * self.step_h / 24.0;
        if let Some(bar) = &self.bar {
            bar.set_message(format!("day {days:.1} of {all_days:.1}"));
            bar.set_position(u64::from(step));
        }
        if self.lines && days as u32 > self.days_told {
            self.days_told = days as u32;
            let elapsed = self.began.elapsed().as_secs_f64();
            let done = f64::from(step - self.from);
            let left = elapsed * f64::from(self.steps - step) / done;
            let rate = done / elapsed;
            super::say::say(format_args!(
                "day {days:.0} of {all_days:.0}, {rate:.0} steps/s, {left:.0} s left"
            ));
        }
    }

    /// Removes the bar when the run is over.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn steps_per_second(state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write) {
    // A bar that cannot be written has nobody to tell.
    let _ = write!(out, "{:.0} steps/s", state.per_sec());
}
