//! Time: how the run is cut into steps, and whether what is to happen fits into it.

use super::quantity;
use super::reader::{Fields, Reader};
use crate::model::parameter::Dimension;
use crate::model::plate::DoseUnit;

/// More steps than this are refused.
const MOST_STEPS: f64 = 4e9;

/// How the run is cut into steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// Length of a step, h.
    pub step_h: f64,
    /// Steps of the run.
    pub steps: u32,
    /// Steps between records.
    pub record_every: u32,
}

impl Clock {
    /// Length of the run, h.
    pub fn duration_h(&self) -> f64 {
        self.step_h * f64::from(self.steps)
    }

    /// How many steps make `time_h`, if a whole number does.
    pub fn whole_steps(&self, time_h: f64) -> Option<f64> {
        whole(time_h / self.step_h)
    }
}

fn whole(ratio: f64) -> Option<f64> {
    let rounded = ratio.round();
    ((ratio - rounded).abs() <= 1e-6_f64.max(1e-9 * ratio.abs())).then_some(rounded)
}

/// Reads duration, step and record_every; `None` where one of them is wrong.
pub fn clock(reader: &mut Reader<'_>, root: &Fields<'_>) -> Option<Clock> {
    let [duration_h, step_h, record_h] =
        ["duration", "step", "record_every"].map(|key| reader.setting(root, key, DoseUnit::Relative));
    let step_h = step_h?;
    let steps = duration_h.and_then(|time| steps_of(reader, root, "duration", time, step_h));
    let record_every = record_h.and_then(|time| steps_of(reader, root, "record_every", time, step_h));
    let clock = Clock {
        step_h,
        steps: steps?,
        record_every: record_every?,
    };
    if clock.record_every > clock.steps && root.table.get("record_every").is_some() {
        let text = format!(
            "longer than the run of {}: only its end is recorded",
            time(clock.duration_h())
        );
        reader.warn(root.place_of("record_every"), "record_every", text);
    }
    Some(clock)
}

fn steps_of(reader: &mut Reader<'_>, root: &Fields<'_>, key: &str, time_h: f64, step_h: f64) -> Option<u32> {
    let place = root.place_of(key);
    let ratio = time_h / step_h;
    if ratio > MOST_STEPS {
        let found = format!(
            "{}, which is {} steps of {}",
            time(time_h),
            quantity::tidy(ratio),
            time(step_h)
        );
        reader.mistake(
            place,
            key,
            found,
            format!("at most {} steps", quantity::tidy(MOST_STEPS)),
        );
        return None;
    }
    match whole(ratio) {
        Some(steps) if steps >= 1.0 => Some(steps as u32),
        _ => {
            let nearest = time(ratio.round().max(1.0) * step_h);
            let expected = format!("a whole number of steps of {}, such as {nearest}", time(step_h));
            reader.mistake(place, key, time(time_h), expected);
            None
        }
    }
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

/// Checks that sessions fit into their interval, begin within the run and can be told in steps.
pub fn check_repeated(reader: &mut Reader<'_>, fields: &Fields<'_>, repeated: Repeated, clock: Option<&Clock>) {
    let mut told = vec![("every", repeated.every_h), ("start", repeated.start_h)];
    if let Some(session_h) = repeated.session_h {
        told.push(("session", session_h));
        if session_h > repeated.every_h {
            let expected = format!("a session no longer than every, which is {}", time(repeated.every_h));
            reader.mistake(
                fields.place_of("session"),
                &fields.path_of("session"),
                time(session_h),
                expected,
            );
        }
    }
    let Some(clock) = clock else { return };
    if repeated.start_h >= clock.duration_h() {
        let expected = format!("a time before the end of the run at {}", time(clock.duration_h()));
        reader.mistake(
            fields.place_of("start"),
            &fields.path_of("start"),
            time(repeated.start_h),
            expected,
        );
    }
    for (key, time_h) in told {
        let (place, path) = (fields.place_of(key), fields.path_of(key));
        if time_h > 0.0 && time_h < clock.step_h * (1.0 - 1e-9) {
            let expected = format!("at least one step, which is {}", time(clock.step_h));
            reader.mistake(place, &path, time(time_h), expected);
        } else if clock.whole_steps(time_h).is_none() {
            let rounded = time((time_h / clock.step_h).round() * clock.step_h);
            let text = format!(
                "{} is not a whole number of steps and is taken as {rounded}",
                time(time_h)
            );
            reader.warn(place, &path, text);
        }
    }
}

/// The step at which an event happens.
pub fn event_step(reader: &mut Reader<'_>, fields: &Fields<'_>, at_h: f64, clock: &Clock) -> Option<u32> {
    let (place, path) = (fields.place_of("at"), fields.path_of("at"));
    if at_h >= clock.duration_h() * (1.0 - 1e-12) {
        let expected = format!("a time before the end of the run at {}", time(clock.duration_h()));
        reader.mistake(place, &path, time(at_h), expected);
        return None;
    }
    let step = clock.whole_steps(at_h);
    if step.is_none() {
        let nearest = time((at_h / clock.step_h).round() * clock.step_h);
        let expected = format!("a whole number of steps of {}, such as {nearest}", time(clock.step_h));
        reader.mistake(place, &path, time(at_h), expected);
    }
    step.map(|step| step as u32)
}

/// A time, for a message.
pub fn time(time_h: f64) -> String {
    quantity::format(time_h, Dimension::Time.into())
}
