//! Time: how the run is cut into steps, and whether what is to happen fits into it.

use super::notes::Spot;
use super::quantity;
use super::reader::Fields;
use super::tables::LONG;
use crate::model::parameter::Dimension;

/// More steps than this are refused.
const MOST_STEPS: f64 = 4e9;

/// The steps of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunClock {
    /// Length of a step, h.
    pub step_h: f64,
    /// Steps of the run.
    pub steps: u32,
    /// Steps between records.
    pub record_every: u32,
}

impl RunClock {
    /// Length of the run, h.
    pub fn duration_h(&self) -> f64 {
        self.step_h * f64::from(self.steps)
    }

    /// Number of steps that make `time_h`, if it is whole.
    pub fn whole_steps(&self, time_h: f64) -> Option<f64> {
        whole(time_h / self.step_h)
    }

    fn before_the_end(&self) -> String {
        format!("a time before the end of the run at {}", time(self.duration_h()))
    }
}

fn whole(ratio: f64) -> Option<f64> {
    let rounded = ratio.round();
    ((ratio - rounded).abs() <= 1e-6_f64.max(1e-9 * ratio.abs())).then_some(rounded)
}

/// Reads duration, step and record_every; `None` where one of them is wrong.
pub fn clock(root: &Fields<'_>) -> Option<RunClock> {
    let [duration_h, step_h, record_h] = ["duration", "step", "record_every"].map(|key| root.setting(key));
    let step_h = step_h?;
    let steps = duration_h.and_then(|time| steps_of(&root.at("duration"), time, step_h));
    let record_every = record_h.and_then(|time| steps_of(&root.at("record_every"), time, step_h));
    let clock = RunClock {
        step_h,
        steps: steps?,
        record_every: record_every?,
    };
    if clock.record_every > clock.steps && root.has("record_every") {
        root.at("record_every").warn(format!(
            "longer than the run of {}: only its end is recorded",
            time(clock.duration_h())
        ));
    }
    Some(clock)
}

fn steps_of(spot: &Spot<'_>, time_h: f64, step_h: f64) -> Option<u32> {
    let ratio = time_h / step_h;
    if ratio > MOST_STEPS {
        let steps = quantity::tidy(ratio);
        let found = format!("{}, which is {steps} steps of {}", time(time_h), time(step_h));
        return spot.refused(found, format!("at most {} steps", quantity::tidy(MOST_STEPS)));
    }
    match whole(ratio) {
        Some(steps) if steps >= 1.0 => Some(steps as u32),
        _ => {
            // No longer than what is accepted for a time.
            let steps = ratio.round().clamp(1.0, (LONG / step_h).floor().max(1.0));
            spot.refused(time(time_h), whole_steps_such_as(steps, step_h))
        }
    }
}

fn whole_steps_such_as(steps: f64, step_h: f64) -> String {
    let is_whole = |time_h: f64| whole(time_h / step_h) == Some(steps);
    let nearest = quantity::format_so_that(steps * step_h, Dimension::Time.into(), is_whole);
    format!("a whole number of steps of {}, such as {nearest}", exact_time(step_h))
}

/// A time with all its figures.
fn exact_time(time_h: f64) -> String {
    quantity::format_so_that(time_h, Dimension::Time.into(), |read| read == time_h)
}

/// A bound, so that what is written is at most that.
pub fn at_most(time_h: f64) -> String {
    let within = |read: f64| (time_h * (1.0 - 1e-5)..=time_h).contains(&read);
    quantity::format_so_that(time_h, Dimension::Time.into(), within)
}

/// A bound, so that what is written is at least that.
fn at_least(time_h: f64) -> String {
    let within = |read: f64| (time_h..=time_h * (1.0 + 1e-5)).contains(&read);
    quantity::format_so_that(time_h, Dimension::Time.into(), within)
}

/// Repeated sessions or changes of medium, h; a change of medium has no session.
#[derive(Clone, Copy, Debug)]
pub struct Repeated {
    /// Length of a session.
    pub session_h: Option<f64>,
    /// From one start to the next.
    pub every_h: f64,
    /// The first start.
    pub start_h: f64,
}

impl Repeated {
    /// Checks that sessions, which `fields` set, fit into their interval, begin within the run and can be told in steps.
    pub fn check(&self, fields: &Fields<'_>, clock: Option<&RunClock>) {
        let mut told = vec![("every", self.every_h), ("start", self.start_h)];
        if let Some(session_h) = self.session_h {
            told.push(("session", session_h));
            if session_h > self.every_h {
                let expected = format!("a session no longer than every, which is {}", at_most(self.every_h));
                fields.at("session").refuse(time(session_h), expected);
            }
        }
        let Some(clock) = clock else { return };
        if self.start_h >= clock.duration_h() {
            fields.at("start").refuse(time(self.start_h), clock.before_the_end());
        }
        for (key, time_h) in told {
            if time_h > 0.0 && time_h < clock.step_h * (1.0 - 1e-9) {
                let expected = format!("at least one step, which is {}", at_least(clock.step_h));
                fields.at(key).refuse(time(time_h), expected);
            } else if clock.whole_steps(time_h).is_none() {
                let rounded = time((time_h / clock.step_h).round() * clock.step_h);
                let shown = time(time_h);
                fields.at(key).warn(format!(
                    "{shown} is not a whole number of steps and is taken as {rounded}"
                ));
            }
        }
    }
}

/// The step at which an event happens.
pub fn event_step(fields: &Fields<'_>, at_h: f64, clock: &RunClock) -> Option<u32> {
    let spot = fields.at("at");
    if at_h >= clock.duration_h() * (1.0 - 1e-12) {
        return spot.refused(time(at_h), clock.before_the_end());
    }
    match clock.whole_steps(at_h) {
        Some(step) => Some(step as u32),
        None => {
            let steps = (at_h / clock.step_h).round().min(f64::from(clock.steps - 1));
            spot.refused(time(at_h), whole_steps_such_as(steps, clock.step_h))
        }
    }
}

/// A time, for a message.
pub fn time(time_h: f64) -> String {
    quantity::format(time_h, Dimension::Time.into())
}
