//! What is explained, as text for a terminal.

use super::known::{alone_text, named_rows, preset_rows};
use super::topic::{Topic, readouts};
use crate::model::parameter::{Dimension, Parameter, Section};
use crate::model::parameters::GrowthCone;
use crate::readout::columns::Documented;
use crate::scenario::brought::Named;
use crate::scenario::presets::{self, Preset};
use crate::scenario::quantity::{self, Measurand};
use crate::scenario::reference::{Entry, EntryKind, TOP, default_text, entries, header, places};
use crate::scenario::shape::{Form, Shape, find};
use crate::scenario::tables::SHAPES;
use crate::scenario::{genotypes, hypotheses};
use std::fmt::Write;

/// Everything, in one line each.
pub fn all() -> String {
    let mut text = String::new();
    for shape in SHAPES {
        write_table(&mut text, shape);
    }
    let names: Vec<&str> = presets::PRESETS.iter().map(|preset| preset.name).collect();
    let _ = writeln!(text, "Myokines known by name: {}", names.join(", "));
    let _ = writeln!(text, "Genotypes known by name: {}", genotypes::NAMES.join(", "));
    let _ = writeln!(text, "Hypotheses known by name: {}", hypotheses::NAMES.join(", "));
    let _ = writeln!(text, "\nReadouts: the columns of readouts.csv.");
    readouts().for_each(|readout| write_line(&mut text, &readout));
    text
}

/// One thing, in full.
pub fn of(topic: &Topic) -> String {
    let mut text = String::new();
    match topic {
        Topic::Table(shape) => write_table(&mut text, shape),
        Topic::Key(entry) => write_key(&mut text, entry),
        Topic::Myokine(preset) => write_preset(&mut text, preset),
        Topic::Named(named) => write_named(&mut text, named),
        Topic::Readout(readout) => write_readout(&mut text, readout),
    }
    text
}

/// Several things that have the name `name`, in one line each.
pub fn list(name: &str, topics: &[Topic]) -> String {
    let mut text = format!("{name} is one of these; explain one by its whole name:\n");
    topics.iter().for_each(|topic| write_line(&mut text, topic));
    text
}

fn write_table(text: &mut String, shape: &'static Shape) {
    let name = if shape.name.is_empty() { TOP } else { shape.name };
    let _ = writeln!(text, "{name}: {}", shape.meaning.trim());
    for entry in entries(shape) {
        write_line(text, &Topic::Key(entry));
    }
    text.push('\n');
}

fn write_line(text: &mut String, topic: &Topic) {
    let detail = match topic {
        Topic::Table(shape) => shape.meaning.trim().to_owned(),
        Topic::Key(entry) => match entry.of {
            EntryKind::Number(parameter) => {
                let default = default_text(parameter);
                format!("{default} [{}] {}", parameter.grade, entry.meaning())
            }
            EntryKind::Other(_) => entry.meaning().to_owned(),
        },
        Topic::Readout(readout) => readout.meaning.clone(),
        Topic::Named(named) => named.meaning.to_owned(),
        Topic::Myokine(_) => "a myokine known by name".to_owned(),
    };
    let _ = writeln!(text, "  {:32} {detail}", topic.name());
}

fn write_key(text: &mut String, entry: &Entry) {
    let _ = writeln!(text, "{}\n  {}", entry.path(), entry.meaning());
    let form = match entry.of {
        EntryKind::Number(parameter) => {
            write_number(text, parameter);
            None
        }
        EntryKind::Other(key) => {
            let _ = writeln!(text, "  takes     {}", entry.value_type());
            let lines = [
                ("accepted", entry.values()),
                ("unit", entry.unit().to_owned()),
                ("default", entry.default_text()),
            ];
            for (what, said) in lines.iter().filter(|(_, said)| !said.is_empty()) {
                let _ = writeln!(text, "  {what:9} {said}");
            }
            Some(key.form)
        }
    };
    let places: Vec<String> = places(entry.shape.name).iter().map(|way| header(way)).collect();
    let _ = writeln!(text, "  stands in {}", places.join(", "));
    let _ = writeln!(text, "  example   {}", entry.example().join("\n            "));
    text.push('\n');
    if let Some(Form::Table(name) | Form::TableOrOff(name) | Form::Tables(name)) = form
        && let Some(shape) = find(SHAPES, name)
    {
        write_table(text, shape);
    }
}

fn write_number(text: &mut String, parameter: &Parameter) {
    let measure = Measurand::from(parameter.dimension);
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

fn write_named(text: &mut String, named: &Named) {
    let _ = writeln!(text, "{}: {}", named.name, named.meaning);
    for (key, value, grade, source) in named_rows(named) {
        let _ = writeln!(text, "  {key:28} {value} [{grade}] {source}");
    }
    text.push('\n');
}

fn write_readout(text: &mut String, readout: &Documented) {
    let _ = writeln!(text, "{}: a readout\n  {}", readout.name, readout.meaning);
    let _ = writeln!(text, "  unit      {}", readout.unit_in_words());
    let _ = writeln!(text, "  exists    {}", readout.exists);
    if let Some(each) = readout.each {
        let _ = writeln!(text, "  columns   {each}");
    }
    let _ = writeln!(text, "  reads     {}", readout.reads.join(", "));
    text.push('\n');
}
