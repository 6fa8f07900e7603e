//! The record of a run, written beside its results so that it can be repeated; the same for a headless run and a live session.

use crate::engine::EngineInfo;
use crate::export::{ResolvedParameter, RunRecord, run_id, run_labels};
use crate::scenario::{self, Scenario};
use std::time::{Duration, UNIX_EPOCH as ITS_BEGINNING};
use web_time::{Instant, SystemTime, UNIX_EPOCH};

/// When a run began, by the calendar and by the clock.
#[derive(Clone, Copy, Debug)]
pub struct Began {
    at: SystemTime,
    clock: Instant,
}

impl Began {
    /// Now.
    pub fn now() -> Self {
        Began {
            at: SystemTime::now(),
            clock: Instant::now(),
        }
    }

    /// The time by the calendar, as RFC 3339 writes it.
    pub fn calendar(&self) -> String {
        calendar(self.at)
    }

    /// Seconds since.
    pub fn elapsed_s(&self) -> f64 {
        self.clock.elapsed().as_secs_f64()
    }
}

/// The record of a run that ends now.
pub fn run_record(scenario: &Scenario, info: &EngineInfo, threads: usize, began: &Began) -> RunRecord {
    let run = run_id(scenario, &info.kind.to_string());
    RunRecord {
        labels: run_labels(scenario, &run),
        run,
        engine: info.kind.to_string(),
        engine_reason: info.reason.clone(),
        adapter: info.device.clone(),
        adapter_pci: info.pci.clone(),
        driver: info.driver.clone(),
        backend: info.backend.clone(),
        threads,
        started: calendar(began.at),
        ended: calendar(SystemTime::now()),
        wall_s: began.elapsed_s(),
        scenario: scenario.text.clone(),
        overrides: scenario.overrides.iter().map(ToString::to_string).collect(),
        parameters: scenario.resolved.iter().map(parameter).collect(),
        ..RunRecord::default()
    }
}

/// A time as RFC 3339 writes it. A clock that is far off, as after a lost battery, says so; it is no reason to lose a run.
pub fn calendar(time: SystemTime) -> String {
    /// The first second of the year 10000, which RFC 3339 has no form for.
    const END: Duration = Duration::from_secs(253_402_300_800);
    match time.duration_since(UNIX_EPOCH) {
        // The standard library has no clock in a browser, but can count from its beginning.
        Ok(since) if since < END => humantime::format_rfc3339_seconds(ITS_BEGINNING + since).to_string(),
        Ok(_) => "after 9999, by a clock that is wrong".to_owned(),
        Err(_) => "before 1970, by a clock that is wrong".to_owned(),
    }
}

fn parameter(resolved: &scenario::Resolved) -> ResolvedParameter {
    ResolvedParameter {
        path: resolved.path.clone(),
        value: resolved.text.clone(),
        default: resolved.default_text.clone(),
        grade: resolved.grade.to_string(),
        source: resolved.source.to_owned(),
        meaning: resolved.meaning.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock before 1970 was a panic at the end of the run.
    #[test]
    fn a_clock_that_is_far_off_is_written_down_as_such() {
        let day = Duration::from_secs(86_400);
        assert_eq!(calendar(UNIX_EPOCH + day), "1970-01-02T00:00:00Z");
        assert!(calendar(UNIX_EPOCH - day).starts_with("before 1970"));
        let late = UNIX_EPOCH.checked_add(day * 3_000_000);
        assert!(late.is_none_or(|late| calendar(late).starts_with("after 9999")));
    }
}
