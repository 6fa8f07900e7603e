//! A session as a scenario: each act as the text of an event, and the events behind the scenario it began with.

use super::act::{Act, Actuate, CarriedMedium, Timed};
use crate::model::biology::Biology;
use crate::model::domain::Region;
use crate::model::gel::bars::Pull;
use crate::model::gel::motion::Cause;
use crate::model::parameter::Dimension;
use crate::model::plate::{DoseUnit, Plate, StrainMode};
use crate::scenario::Override;
use crate::scenario::overrides::overridden;
use crate::scenario::quantity::{self, Measurand, tidy};
use glam::DVec3;

/// The event that an act is, as it stands in a scenario. `conditions` empty means all. Numbers are written as people
/// write them; what is written is what is done.
pub fn event_text(act: &Act, at_step: u32, conditions: &[usize], plate: &Plate) -> String {
    let mut lines = vec![
        "[[event]]".to_owned(),
        format!("at = {}", quoted(&time_of(at_step, plate.step_h))),
    ];
    let names: Vec<String> = conditions
        .iter()
        .filter_map(|&condition| plate.conditions.get(condition))
        .map(|condition| quoted(&condition.name))
        .collect();
    match names.as_slice() {
        [] => {}
        [name] => lines.push(format!("condition = {name}")),
        several => lines.push(format!("condition = [{}]", several.join(", "))),
    }
    lines.push(deed(act, plate));
    lines.join("\n") + "\n"
}

fn deed(act: &Act, plate: &Plate) -> String {
    match act {
        Act::Cut { from_um, to_um } => {
            format!(
                "axotomy = {{ from = {}, to = {} }}",
                place(*from_um, plate),
                place(*to_um, plate)
            )
        }
        Act::Drop {
            at_um,
            radius_um,
            species,
            dose,
        } => {
            let myokine = plate.myokines.get(*species);
            let unit = myokine.map_or(DoseUnit::Relative, |species| species.unit);
            let measure = Measurand {
                dimension: Dimension::Dose,
                dose: unit,
            };
            let dose = match unit {
                DoseUnit::Relative => tidy(*dose),
                DoseUnit::Nanomolar => quoted(&quantity::format(*dose, measure)),
            };
            let name = myokine.map_or_else(String::new, |species| format!(", myokine = {}", quoted(&species.name)));
            format!(
                "drop = {{ at = {}, radius = {}, dose = {dose}{name} }}",
                place(*at_um, plate),
                of(*radius_um, Dimension::Length)
            )
        }
        Act::Magnet {
            from_um,
            to_um,
            frequency_hz,
            session_h,
        } => format!(
            "magnet = {{ from = {}, to = {}, frequency = {}, session = {} }}",
            place(*from_um, plate),
            place(*to_um, plate),
            of(*frequency_hz, Dimension::Frequency),
            of(*session_h, Dimension::Time)
        ),
        Act::Set { key, value } => {
            let value = match Biology::parameter(key) {
                Some(parameter) => of(*value, parameter.dimension),
                None => tidy(*value),
            };
            format!("set = {{ {} = {value} }}", quoted(key))
        }
        Act::Actuate(None) => "actuation = \"off\"".to_owned(),
        Act::Actuate(Some(Actuate {
            strain,
            amplitude,
            axis_rad,
            timed,
        })) => {
            let along = || format!(", axis = {}", of(*axis_rad, Dimension::Angle));
            let strain = match strain {
                StrainMode::Uniaxial => "\"uniaxial\"".to_owned() + &along(),
                StrainMode::Equibiaxial => "\"equibiaxial\"".to_owned() + &along(),
                StrainMode::Shear => "\"shear\"".to_owned() + &along(),
                StrainMode::Nonuniform(motion) => cause(&motion.cause, plate),
            };
            format!(
                "actuation = {{ strain = {strain}, amplitude = {}, {} }}",
                of(*amplitude, Dimension::Fraction),
                sessions(timed)
            )
        }
        Act::Light(None) => "light = \"off\"".to_owned(),
        Act::Light(Some(timed)) => format!("light = {{ {} }}", sessions(timed)),
        Act::Medium(medium) => {
            let from = match medium {
                CarriedMedium::Fresh => "fresh",
                CarriedMedium::RestingMuscle => "resting muscle",
                CarriedMedium::ExercisedMuscle => "exercised muscle",
            };
            format!("medium = {{ from = \"{from}\" }}")
        }
    }
}

/// What moves the gel differently from place to place, behind `strain = `.
fn cause(cause: &Cause, plate: &Plate) -> String {
    let (bars, pull) = match cause {
        Cause::Bars { bars, pull } => (bars, pull),
        Cause::Measured { file } => return format!("\"map\", map = {}", quoted(file)),
    };
    let corners = |bar: &Region| {
        let [low, high] = [bar.low_um, bar.high_um].map(|corner| place(corner, plate));
        format!("{}, {}", low.trim_end_matches(']'), high.trim_start_matches('['))
    };
    let all: Vec<String> = bars.bars.iter().map(corners).collect();
    let rim = if bars.clamped { "clamped" } else { "free" };
    let pull = match pull {
        Pull::Alike(axis_rad) => format!("axis = {}", of(*axis_rad, Dimension::Angle)),
        Pull::Shortening(_) => return "\"muscle\"".to_owned(),
        Pull::Magnet(track) => format!(
            "magnet = {{ from = {}, to = {}, height = {} }}",
            place(track.from_um, plate),
            place(track.to_um, plate),
            of(track.height_um, Dimension::Length)
        ),
    };
    format!("\"magnet bars\", bars = [{}], rim = \"{rim}\", {pull}", all.join(", "))
}

fn sessions(timed: &Timed) -> String {
    format!(
        "frequency = {}, session = {}, every = {}",
        of(timed.frequency_hz, Dimension::Frequency),
        of(timed.session_h, Dimension::Time),
        of(timed.every_h, Dimension::Time)
    )
}

/// A value with its unit, as TOML.
fn of(value: f64, dimension: Dimension) -> String {
    let written = quantity::format(value, dimension.into());
    match dimension {
        Dimension::Number | Dimension::Count => written,
        _ => quoted(&written),
    }
}

/// A point, in a slab with its height, as TOML.
fn place(at_um: DVec3, plate: &Plate) -> String {
    let axes = if plate.domain.planar() { 2 } else { 3 };
    let lengths: Vec<String> = at_um.to_array()[..axes]
        .iter()
        // A hundredth of a micrometre is finer than any hand.
        .map(|&um| of((um * 100.0).round() / 100.0, Dimension::Length))
        .collect();
    format!("[{}]", lengths.join(", "))
}

/// The time of a step, short where that reads back as the step, else to the last figure.
fn time_of(step: u32, step_h: f64) -> String {
    let time_h = f64::from(step) * step_h;
    let short = quantity::format(time_h, Dimension::Time.into());
    let read = quantity::parse(&short, Dimension::Time.into());
    let is_exact = read.is_ok_and(|read| (read - time_h).abs() <= 1e-9 * step_h);
    if is_exact { short } else { format!("{time_h} h") }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A session that cannot be written as a scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the session cannot be written as a scenario: {0}")]
pub struct Unwritable(String);

/// The scenario `base`, read with `overrides`, with further events behind it. Its own text is kept as it is, comments and
/// all, unless there are overrides or its events are not a list of tables that can be continued.
///
/// # Errors
/// When the scenario is no TOML.
pub fn session_text(base: &str, overrides: &[Override], events: &[String]) -> Result<String, Unwritable> {
    let unwritable = |problem: &dyn std::fmt::Display| Unwritable(problem.to_string());
    if overrides.is_empty() {
        if events.is_empty() {
            return Ok(base.to_owned());
        }
        let text = format!("{}\n\n{HEADING}\n{}", base.trim_end(), events.join("\n"));
        if text.parse::<toml::Table>().is_ok() {
            return Ok(text);
        }
    }
    let mut tree = overridden(base, overrides).map_err(|problem| unwritable(&problem))?;
    let mut all = match tree.remove("event") {
        Some(toml::Value::Array(all)) => all,
        _ => Vec::new(),
    };
    for event in events {
        let mut table = event.parse::<toml::Table>().map_err(|problem| unwritable(&problem))?;
        if let Some(toml::Value::Array(one)) = table.remove("event") {
            all.extend(one);
        }
    }
    if !all.is_empty() {
        tree.insert("event".to_owned(), toml::Value::Array(all));
    }
    toml::to_string(&tree).map_err(|problem| unwritable(&problem))
}

/// What stands ahead of the events of a session.
const HEADING: &str = "# What was done in the window.";
