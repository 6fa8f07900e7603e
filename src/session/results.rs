//! The record of a run, written beside its results so that it can be repeated; the same for a headless run and a live session.

use crate::engine::EngineInfo;
use crate::export::{ResolvedParameter, RunRecord};
use crate::scenario::{self, Scenario};
use std::time::{Instant, SystemTime};

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

    /// Seconds since.
    pub fn elapsed_s(&self) -> f64 {
        self.clock.elapsed().as_secs_f64()
    }
}

/// The record of a run that ends now.
pub fn run_record(scenario: &Scenario, info: &EngineInfo, threads: usize, began: &Began) -> RunRecord {
    RunRecord {
        engine: info.kind.to_string(),
        engine_reason: info.reason.clone(),
        adapter: info.device.clone(),
        driver: info.driver.clone(),
        backend: info.backend.clone(),
        threads,
        started: humantime::format_rfc3339_seconds(began.at).to_string(),
        ended: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
        wall_s: began.elapsed_s(),
        scenario: scenario.text.clone(),
        overrides: scenario.overrides.iter().map(ToString::to_string).collect(),
        parameters: scenario.resolved.iter().map(parameter).collect(),
        ..RunRecord::default()
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
