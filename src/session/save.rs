//! A session as a scenario: each act as the text of an event, and the events behind the scenario it began with.

use super::act::Act;
use crate::model::biology::Biology;
use crate::model::domain::Region;
use crate::model::gel::bars::Pull;
use crate::model::gel::motion::Cause;
use crate::model::parameter::{Dimension, Section};
use crate::model::plate::{Cut, DoseUnit, MediumSource, Plate, StrainMode, StrainProtocol};
use crate::scenario::Override;
use crate::scenario::overrides::overridden;
use crate::scenario::quantity::{self, Measurand, tidy};
use glam::DVec3;

/// The event that an act is, as it stands in a scenario. `conditions` empty means all. Numbers are written as people
/// write them, and done as they are written.
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
    lines.push(deed_text(act, plate));
    lines.join("\n") + "\n"
}

/// The key of an event that an act is, with its value.
fn deed_text(act: &Act, plate: &Plate) -> String {
    match act {
        Act::Axotomy(cut) => format!("axotomy = {{ {} }}", cut_text(cut, plate)),
        Act::Drop {
            at_um,
            radius_um,
            species,
            dose,
        } => {
            let myokine = plate.myokines.get(*species);
            let unit = myokine.map_or(DoseUnit::Relative, |species| species.unit);
            let name = myokine.map_or_else(String::new, |species| format!(", myokine = {}", quoted(&species.name)));
            format!(
                "drop = {{ at = {}, radius = {}, dose = {}{name} }}",
                place(*at_um, plate),
                of(*radius_um, Dimension::Length),
                dose_text(*dose, unit)
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
        Act::Biology { key, value } => {
            let value = match Biology::parameter(key) {
                Some(parameter) => of(*value, parameter.dimension),
                None => tidy(*value),
            };
            format!("set = {{ {} = {value} }}", quoted(key))
        }
        Act::Actuation(None) => "actuation = \"off\"".to_owned(),
        Act::Actuation(Some(protocol)) => format!("actuation = {{ {} }}", actuation_text(protocol, plate)),
        Act::Light(None) => "light = \"off\"".to_owned(),
        Act::Light(Some(light)) => format!("light = {{ {} }}", numbers(light, &SESSIONS, &["start"]).join(", ")),
        Act::Medium(source) => format!("medium = {{ {} }}", medium_text(source, plate)),
    }
}

/// Keys of sessions that are written even where they have their defaults.
const SESSIONS: [&str; 3] = ["frequency", "session", "every"];

fn cut_text(cut: &Cut, plate: &Plate) -> String {
    match cut {
        Cut::Line { from_um, to_um } => {
            format!("from = {}, to = {}", place(*from_um, plate), place(*to_um, plate))
        }
        Cut::Plane { at_um, normal } => format!(
            "at = {}, towards = {}",
            place(*at_um, plate),
            place(*at_um + *normal, plate)
        ),
        Cut::Region(region) => format!("region = [{}]", corners(region, plate)),
    }
}

fn medium_text(source: &MediumSource, plate: &Plate) -> String {
    match source {
        MediumSource::Fresh => "from = \"fresh\"".to_owned(),
        MediumSource::RestingMuscle => "from = \"resting muscle\"".to_owned(),
        MediumSource::ExercisedMuscle(light) => {
            let light = match numbers(light, &[], &[]).join(", ") {
                usual if usual.is_empty() => usual,
                numbers => format!(", light = {{ {numbers} }}"),
            };
            format!("from = \"exercised muscle\"{light}")
        }
        MediumSource::Doses(doses) => {
            let doses = plate.myokines.iter().zip(doses);
            let named =
                doses.map(|(species, &dose)| format!("{} = {}", quoted(&species.name), dose_text(dose, species.unit)));
            format!("doses = {{ {} }}", named.collect::<Vec<_>>().join(", "))
        }
    }
}

fn actuation_text(protocol: &StrainProtocol, plate: &Plate) -> String {
    let always = [&["amplitude"], &SESSIONS[..]].concat();
    let (strain, never) = match &protocol.strain {
        StrainMode::Uniaxial => ("\"uniaxial\"".to_owned(), &["start"][..]),
        StrainMode::Equibiaxial => ("\"equibiaxial\"".to_owned(), &["start"][..]),
        StrainMode::Shear => ("\"shear\"".to_owned(), &["start"][..]),
        // Its direction is that of what moves it, and how it thins is the gel's own.
        StrainMode::Nonuniform(motion) => (cause_text(&motion.cause, plate), &["start", "axis", "poisson"][..]),
    };
    let mut written = vec![format!("strain = {strain}")];
    written.extend(numbers(&protocol.actuation, &always, never));
    written.extend(protocol.resolved.then(|| "resolved = true".to_owned()));
    written.join(", ")
}

/// The cause of an uneven movement, behind `strain = `.
fn cause_text(cause: &Cause, plate: &Plate) -> String {
    let (bars, pull) = match cause {
        Cause::Bars { bars, pull } => (bars, pull),
        Cause::Measured { file } => return format!("\"map\", map = {}", quoted(file)),
    };
    let all: Vec<String> = bars
        .bars
        .iter()
        .map(|bar| format!("[{}]", corners(bar, plate)))
        .collect();
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

/// The numbers of a section as `key = value`: those that differ from their defaults and those of `always`, but none of
/// `never`.
fn numbers<S: Section>(section: &S, always: &[&str], never: &[&str]) -> Vec<String> {
    let usual = S::default();
    let written = S::PARAMETERS.iter().enumerate().filter(|(index, parameter)| {
        let is_usual = section.get(*index) == usual.get(*index);
        !never.contains(&parameter.key) && (!is_usual || always.contains(&parameter.key))
    });
    written
        .map(|(index, parameter)| format!("{} = {}", parameter.key, of(section.get(index), parameter.dimension)))
        .collect()
}

/// A concentration, as TOML.
fn dose_text(dose: f64, unit: DoseUnit) -> String {
    let measurand = Measurand {
        dimension: Dimension::Dose,
        dose: unit.into(),
    };
    match unit {
        DoseUnit::Relative => tidy(dose),
        DoseUnit::Nanomolar => quoted(&quantity::format(dose, measurand)),
    }
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
    format!("[{}]", lengths(at_um, plate))
}

/// A box, lowest corner first, to stand in brackets.
fn corners(region: &Region, plate: &Plate) -> String {
    format!("{}, {}", lengths(region.low_um, plate), lengths(region.high_um, plate))
}

/// The lengths of a point along each axis, to stand in brackets.
fn lengths(at_um: DVec3, plate: &Plate) -> String {
    let axes = if plate.domain.planar() { 2 } else { 3 };
    let lengths: Vec<String> = at_um.to_array()[..axes]
        .iter()
        // A hundredth of a micrometre is finer than any hand.
        .map(|&um| of((um * 100.0).round() / 100.0, Dimension::Length))
        .collect();
    lengths.join(", ")
}

/// The time of a step, short where that reads back as the step, else to the last figure.
pub fn time_of(step: u32, step_h: f64) -> String {
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

/// The comment ahead of the events of a session.
const HEADING: &str = "# What was done in the window.";
