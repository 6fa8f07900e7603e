//! `explain`: the meaning of a key of a scenario, its unit and range, and the grade and source of its default.

use super::brought::{Effect, Named};
use super::mistake::nearest;
use super::named;
use super::presets::{self, MOST_WITHOUT_EFFECT, Preset};
use super::quantity::{self, Measurand};
use super::resolved::MUST_BE_GIVEN;
use super::shape::{Form, Key, Shape};
use super::tables::SHAPES;
use super::tree::quoted;
use super::{genotypes, hypotheses};
use crate::model::biology::Biology;
use crate::model::parameter::{Dimension, Grade, Parameter, Section};
use crate::model::parameters::GrowthCone;
use serde_json::{Value, json};
use std::fmt::Write;

/// A key that no table has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found {}; expected a key or a table of a scenario{}", quoted(.key), suggestion(.nearest))]
pub struct UnknownKey {
    /// The key that was asked for.
    pub key: String,
    /// The nearest key that exists.
    pub nearest: Option<String>,
}

fn suggestion(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map(|nearest| format!(" (did you mean \"{nearest}\"?)"))
        .unwrap_or_default()
}

/// One thing that can be explained.
#[derive(Clone, Copy)]
enum Topic {
    Number(&'static Parameter),
    Other(&'static Shape, &'static Key),
    Myokine(&'static Preset),
    Named(&'static Named),
}

/// Explains a key, a table, a named myokine, genotype or hypothesis, or everything in one line each.
///
/// # Errors
/// When nothing has that name.
pub fn explain(key: Option<&str>) -> Result<String, UnknownKey> {
    let mut text = String::new();
    let Some(key) = key else {
        for shape in SHAPES {
            write_table(&mut text, shape);
        }
        let names: Vec<&str> = presets::PRESETS.iter().map(|preset| preset.name).collect();
        let _ = writeln!(text, "Myokines known by name: {}", names.join(", "));
        let _ = writeln!(text, "Genotypes known by name: {}", genotypes::NAMES.join(", "));
        let _ = writeln!(text, "Hypotheses known by name: {}", hypotheses::NAMES.join(", "));
        return Ok(text);
    };
    if let Some(shape) = SHAPES.iter().find(|shape| !key.is_empty() && shape.name == key) {
        write_table(&mut text, shape);
        return Ok(text);
    }
    for topic in find(key)? {
        match topic {
            Topic::Number(parameter) => write_number(&mut text, parameter),
            Topic::Other(shape, key) => {
                let _ = writeln!(text, "{}\n  {}\n", path_of(shape, key), key.meaning);
            }
            Topic::Myokine(preset) => write_preset(&mut text, preset),
            Topic::Named(named) => write_named(&mut text, named),
        }
    }
    Ok(text)
}

/// As [`explain`], as a JSON list with one object a key.
///
/// # Errors
/// When nothing has that name.
pub fn explain_json(key: Option<&str>) -> Result<Value, UnknownKey> {
    let topics = match key {
        None => all(),
        Some(key) => match SHAPES.iter().find(|shape| !key.is_empty() && shape.name == key) {
            Some(shape) => topics_of(shape),
            None => find(key)?,
        },
    };
    Ok(topics.into_iter().map(to_json).collect())
}

fn topics_of(shape: &'static Shape) -> Vec<Topic> {
    let others = shape.keys.iter().map(|key| Topic::Other(shape, key));
    others
        .chain(shape.settings.iter().chain(shape.documented).map(Topic::Number))
        .collect()
}

fn all() -> Vec<Topic> {
    SHAPES.iter().flat_map(topics_of).collect()
}

/// Topics that `key` may mean: a whole dotted key, else the end of one as it stands in a scenario, else a bare name.
fn find(key: &str) -> Result<Vec<Topic>, UnknownKey> {
    let parts: Vec<&str> = key.split('.').collect();
    let last_two = parts.len().checked_sub(2).map(|at| parts[at..].join("."));
    let last = parts.last().copied().unwrap_or_default();
    let having = |wanted: &dyn Fn(&str) -> bool| -> Vec<Topic> {
        all().into_iter().filter(|topic| wanted(&topic.path())).collect()
    };
    let brought = presets::find(last)
        .map(Topic::Myokine)
        .into_iter()
        .chain(named::find(key).map(Topic::Named))
        .collect();
    let candidates = [
        having(&|path| path == key),
        having(&|path| last_two.as_deref() == Some(path)),
        brought,
        having(&|path| path.rsplit('.').next() == Some(last) && (parts.len() == 1 || parts.len() > 2)),
    ];
    if let Some(found) = candidates.into_iter().find(|found| !found.is_empty()) {
        return Ok(found);
    }
    let mut known: Vec<String> = all().iter().map(Topic::path).collect();
    known.extend(SHAPES.iter().map(|shape| shape.name.to_owned()));
    known.extend(
        genotypes::NAMES
            .iter()
            .chain(&hypotheses::NAMES)
            .map(|name| (*name).to_owned()),
    );
    known.extend(presets::PRESETS.iter().map(|preset| preset.name.to_owned()));
    let whole = nearest(key, known.iter().map(String::as_str));
    let bare = || {
        known
            .iter()
            .find(|path| nearest(key, path.rsplit('.').next()).is_some())
            .cloned()
    };
    Err(UnknownKey {
        key: key.to_owned(),
        nearest: whole.or_else(bare),
    })
}

impl Topic {
    fn path(&self) -> String {
        match self {
            Topic::Number(parameter) => parameter.path().trim_start_matches('.').to_owned(),
            Topic::Other(shape, key) => path_of(shape, key),
            Topic::Myokine(preset) => preset.name.to_owned(),
            Topic::Named(named) => named.name.to_owned(),
        }
    }
}

fn path_of(shape: &Shape, key: &Key) -> String {
    super::tree::join(shape.name, key.name).replace('"', "")
}

/// The default of a parameter with its unit.
pub(super) fn default_text(parameter: &Parameter) -> String {
    if parameter.default.is_nan() {
        return MUST_BE_GIVEN.to_owned();
    }
    quantity::format(parameter.default, parameter.dimension.into())
}

fn write_table(text: &mut String, shape: &'static Shape) {
    let name = if shape.name.is_empty() {
        "top of the file"
    } else {
        shape.name
    };
    let _ = writeln!(text, "{name}: {}", shape.meaning.trim());
    for topic in topics_of(shape) {
        let (path, detail) = match topic {
            Topic::Number(parameter) => {
                let default = default_text(parameter);
                (
                    topic.path(),
                    format!("{default} [{}] {}", parameter.grade, parameter.meaning.trim()),
                )
            }
            Topic::Other(_, key) => (topic.path(), key.meaning.to_owned()),
            Topic::Myokine(_) | Topic::Named(_) => continue,
        };
        let _ = writeln!(text, "  {path:32} {detail}");
    }
    text.push('\n');
}

fn write_number(text: &mut String, parameter: &Parameter) {
    let measure = Measurand::from(parameter.dimension);
    let _ = writeln!(text, "{}", parameter.path().trim_start_matches('.'));
    let _ = writeln!(text, "  {}", parameter.meaning.trim());
    let _ = writeln!(text, "  default   {}", default_text(parameter));
    if let Dimension::Choice(words) = parameter.dimension {
        let _ = writeln!(text, "  accepted  {}", words.join(", "));
    } else {
        let _ = writeln!(
            text,
            "  accepted  {}",
            quantity::format_range(parameter.accepted, measure)
        );
        if parameter.typical != parameter.accepted {
            let _ = writeln!(
                text,
                "  typical   {}",
                quantity::format_range(parameter.typical, measure)
            );
        }
        let _ = writeln!(text, "  written   {}", measure.expected());
    }
    let _ = writeln!(text, "  grade     {}: {}", parameter.grade, parameter.grade.meaning());
    let _ = writeln!(text, "  source    {}", parameter.source);
    if parameter.section == GrowthCone::NAME && parameter.key == "speed" {
        let _ = writeln!(text, "{}", run_speed_text());
    }
    text.push('\n');
}

/// The speed of running cones behind the net speed, in closed form with the defaults.
fn run_speed_text() -> String {
    let cone = GrowthCone::default();
    format!(
        "  behind it v_run = (v0 + f_ret v_ret) / f_run: a running cone advances {} um/h by default\n            \
         (v0 {} um/h, v_ret {} um/h, paused {}, f_ret {}, f_run {})",
        quantity::tidy(cone.run_speed_um_per_h()),
        quantity::tidy(cone.speed_um_per_h),
        quantity::tidy(cone.retraction_speed_um_per_h),
        quantity::tidy(cone.paused),
        quantity::tidy(cone.retracting),
        quantity::tidy(1.0 - cone.paused - cone.retracting),
    )
}

fn write_preset(text: &mut String, preset: &Preset) {
    let _ = writeln!(text, "{}: a myokine known by name; its doses are in nM", preset.name);
    for (key, known, unit) in preset_rows(preset) {
        let value = quantity::tidy(known.value);
        let _ = writeln!(text, "  {key:24} {value} {unit} [{}] {}", known.grade, known.source);
    }
    let _ = writeln!(text, "  {}", alone_text(preset));
    text.push('\n');
}

/// Effect of a myokine alone on growth, in medium of muscle that is changed daily.
fn alone_text(preset: &Preset) -> String {
    let [resting, exercised] = preset.gains_alone().map(two_decimals);
    let share = preset.share_of_exercise();
    let label = if share < MOST_WITHOUT_EFFECT {
        "it cannot carry the effect of exercise alone"
    } else {
        "it can carry the effect of exercise"
    };
    format!(
        "alone, medium of resting muscle makes axons grow {resting} times as fast, of exercised muscle {exercised} times: {} % of what \
         exercise adds by the lumped myokine; {label}",
        quantity::tidy((100.0 * share).round())
    )
}

fn two_decimals(gain: f64) -> String {
    quantity::tidy((100.0 * gain).round() / 100.0)
}

fn write_named(text: &mut String, named: &Named) {
    let _ = writeln!(text, "{}: {}", named.name, named.meaning);
    for (key, value, grade, source) in named_rows(named) {
        let _ = writeln!(text, "  {key:28} {value} [{grade}] {source}");
    }
    text.push('\n');
}

/// The numbers that a name brings: key, effect, grade and source.
fn named_rows(named: &Named) -> Vec<(&'static str, String, Grade, &'static str)> {
    let brought = named.brings.iter().map(|number| {
        let parameter = Biology::parameter(number.path);
        let measure = parameter.map_or(Dimension::Number, |parameter| parameter.dimension);
        let value = match number.effect {
            Effect::Times(factor) => format!("x {}", quantity::tidy(factor)),
            Effect::To(value) => quantity::format(value, measure.into()),
        };
        (number.path, value, number.grade, number.source)
    });
    let protocol = named.protocol.iter().map(|study| {
        let value = format!(
            "{} %, {}, {} every {}",
            quantity::tidy(100.0 * study.amplitude),
            quantity::format(study.frequency_hz, Dimension::Frequency.into()),
            quantity::format(study.session_h, Dimension::Time.into()),
            quantity::format(study.every_h, Dimension::Time.into()),
        );
        ("condition.actuation", value, study.grade, study.source)
    });
    brought.chain(protocol).collect()
}

fn preset_rows(preset: &Preset) -> [(&'static str, presets::Known, &'static str); 4] {
    [
        ("diffusivity", preset.diffusivity_um2_per_s, "um^2/s"),
        ("half_dose", preset.half_dose_nm, "nM"),
        ("max_gain", preset.max_gain, "times"),
        (
            "resting_secretion",
            preset.resting_day_nm,
            "nM after a day of conditioning",
        ),
    ]
}

fn to_json(topic: Topic) -> Value {
    match topic {
        Topic::Number(parameter) => {
            let measure = Measurand::from(parameter.dimension);
            let mut value = json!({
                "key": topic.path(),
                "meaning": parameter.meaning.trim(),
                "unit": measure.unit(),
                "default": default_text(parameter),
                "accepted": quantity::format_range(parameter.accepted, measure),
                "typical": quantity::format_range(parameter.typical, measure),
                "grade": parameter.grade.to_string(),
                "grade_meaning": parameter.grade.meaning(),
                "source": parameter.source,
            });
            if topic.path() == "growth_cone.speed" {
                value["run_speed_um_per_h"] = json!(GrowthCone::default().run_speed_um_per_h());
                value["run_speed_formula"] = json!("v_run = (v0 + f_ret v_ret) / f_run");
            }
            value
        }
        Topic::Other(_, key) => {
            let mut value = json!({ "key": topic.path(), "meaning": key.meaning, "required": key.required });
            if let Form::Word(words) = key.form {
                value["accepted"] = json!(words);
            }
            value
        }
        Topic::Myokine(preset) => {
            let rows = preset_rows(preset).map(|(key, known, unit)| {
                let grade = known.grade.to_string();
                json!({ "key": key, "value": known.value, "unit": unit, "grade": grade, "source": known.source })
            });
            json!({ "key": preset.name, "meaning": "a myokine known by name; doses in nM", "numbers": rows, "alone": alone_text(preset) })
        }
        Topic::Named(named) => {
            let rows: Vec<Value> = named_rows(named)
                .into_iter()
                .map(|(key, value, grade, source)| {
                    json!({ "key": key, "value": value, "grade": grade.to_string(), "source": source })
                })
                .collect();
            json!({ "key": named.name, "meaning": named.meaning, "numbers": rows })
        }
    }
}
