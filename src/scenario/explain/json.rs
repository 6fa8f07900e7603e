//! What is explained, as JSON.

use super::known::{alone_text, named_rows, preset_rows};
use super::topic::Topic;
use crate::model::parameters::GrowthCone;
use crate::scenario::quantity::{self, Measurand};
use crate::scenario::reference::{EntryKind, default_text};
use crate::scenario::shape::Form;
use serde_json::{Value, json};

/// One thing; of a table, its keys stand alone.
pub fn of(topic: Topic) -> Value {
    match &topic {
        Topic::Table(shape) => json!({ "key": topic.name(), "meaning": shape.meaning.trim() }),
        Topic::Key(entry) => match entry.of {
            EntryKind::Number(parameter) => {
                let measure = Measurand::from(parameter.dimension);
                let mut value = json!({
                    "key": topic.name(),
                    "meaning": entry.meaning(),
                    "type": entry.value_type(),
                    "unit": measure.unit(),
                    "default": default_text(parameter),
                    "accepted": quantity::format_range(parameter.accepted, measure),
                    "typical": quantity::format_range(parameter.typical, measure),
                    "grade": parameter.grade.to_string(),
                    "grade_meaning": parameter.grade.meaning(),
                    "source": parameter.source,
                    "example": entry.example(),
                });
                if topic.name() == "growth_cone.speed" {
                    value["run_speed_um_per_h"] = json!(GrowthCone::default().run_speed_um_per_h());
                    value["run_speed_formula"] = json!("v_run = (v0 + f_ret v_ret) / f_run");
                }
                value
            }
            EntryKind::Other(key) => {
                let mut value = json!({
                    "key": topic.name(),
                    "meaning": entry.meaning(),
                    "type": entry.value_type(),
                    "unit": entry.unit(),
                    "required": entry.is_required(),
                    "example": entry.example(),
                });
                match key.form {
                    Form::Word(words) | Form::Words(words) => value["accepted"] = json!(words),
                    _ if !entry.values().is_empty() => value["accepted"] = json!(entry.values()),
                    _ => {}
                }
                value
            }
        },
        Topic::Readout(readout) => json!({
            "key": topic.name(),
            "meaning": readout.meaning,
            "unit": readout.unit_in_words(),
            "exists": readout.exists,
            "columns": readout.each,
            "reads": readout.reads,
        }),
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
