//! The JSON schema of scenario files (draft 2020-12), so that editors complete and check them.

use super::quantity::{self, Measurand};
use super::shape::{Form, Key, Shape};
use super::tables::SHAPES;
use crate::model::parameter::{Dimension, Parameter};
use serde_json::{Map, Value, json};

/// A number, before its unit.
const NUMBER: &str = r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*";

/// The schema of a scenario file.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let mut top = Map::new();
    for shape in SHAPES {
        let table = table(shape);
        match shape.name {
            "" => top = table,
            name => {
                definitions.insert(name.to_owned(), Value::Object(table));
            }
        }
    }
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    schema.insert("title".to_owned(), json!("outgrowth scenario"));
    schema.extend(top);
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(schema)
}

fn table(shape: &Shape) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for key in shape.keys {
        properties.insert(key.name.to_owned(), other(key));
        if key.required {
            required.push(key.name);
        }
    }
    for parameter in shape.settings.iter().chain(shape.documented) {
        properties.insert(parameter.key.to_owned(), number(parameter));
        if shape.requires(parameter) {
            required.push(parameter.key);
        }
    }
    let mut table = Map::new();
    table.insert("description".to_owned(), json!(shape.meaning.trim()));
    table.insert("type".to_owned(), json!("object"));
    table.insert("properties".to_owned(), Value::Object(properties));
    table.insert("required".to_owned(), json!(required));
    table.insert("additionalProperties".to_owned(), json!(false));
    table
}

fn number(parameter: &Parameter) -> Value {
    let measure = Measurand::from(parameter.dimension);
    let mut schema = form_of(parameter.dimension);
    let default = if parameter.default.is_nan() {
        "must be given".to_owned()
    } else {
        schema["default"] = default_value(parameter);
        format!("default {}", quantity::format(parameter.default, measure))
    };
    schema["description"] = json!(format!(
        "{} ({default}; accepted {}; typical {}; grade {}: {}; source: {})",
        parameter.meaning.trim(),
        quantity::format_range(parameter.accepted, measure),
        quantity::format_range(parameter.typical, measure),
        parameter.grade,
        parameter.grade.meaning(),
        parameter.source
    ));
    let plain = matches!(parameter.dimension, Dimension::Number | Dimension::Count);
    if plain {
        schema["minimum"] = json!(parameter.accepted.0);
        schema["maximum"] = json!(parameter.accepted.1);
    }
    schema
}

fn default_value(parameter: &Parameter) -> Value {
    match parameter.dimension {
        Dimension::Number | Dimension::Dose => json!(parameter.default),
        Dimension::Count => json!(parameter.default as u64),
        dimension => json!(quantity::format(parameter.default, dimension.into())),
    }
}

fn form_of(dimension: Dimension) -> Value {
    let text = |unit: &str| json!({ "type": "string", "pattern": format!("{NUMBER}{unit}$") });
    let either = |unit: &str| json!({ "anyOf": [{ "type": "number" }, text(unit)] });
    match dimension {
        Dimension::Number => json!({ "type": "number" }),
        Dimension::Count => json!({ "type": "integer" }),
        Dimension::Fraction => either("%?"),
        Dimension::Dose => either("(%|[pnuµ]M)?"),
        Dimension::Choice(words) if words.contains(&"yes") => json!({ "enum": [words[0], words[1], true, false] }),
        Dimension::Choice(words) => json!({ "enum": words }),
        _ => text(r"\S.*"),
    }
}

fn other(key: &Key) -> Value {
    let lengths = form_of(Dimension::Length);
    let mut schema = match key.form {
        Form::Text | Form::File => json!({ "type": "string", "minLength": 1 }),
        Form::Texts => json!({ "type": "array", "items": { "type": ["string", "number"] }, "minItems": 1 }),
        Form::Seed => json!({ "type": "integer", "minimum": 0 }),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Word(words) => json!({ "enum": words }),
        Form::Words(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "array", "items": { "enum": words }, "minItems": 1 }] })
        }
        Form::Lengths(counts, _) => {
            let (fewest, most) = (counts.iter().min(), counts.iter().max());
            json!({ "type": "array", "items": lengths, "minItems": fewest, "maxItems": most })
        }
        Form::Quantity(dimension, _) => form_of(dimension),
        Form::Boxes(counts, _) => {
            let (fewest, most) = (counts.iter().min(), counts.iter().max());
            let corners = json!({ "type": "array", "items": lengths, "minItems": fewest, "maxItems": most });
            json!({ "type": "array", "items": corners, "minItems": 1 })
        }
        Form::Table(name) => json!({ "$ref": format!("#/$defs/{name}") }),
        Form::TableOrOff(name) => json!({ "anyOf": [{ "$ref": format!("#/$defs/{name}") }, { "enum": ["off"] }] }),
        Form::Tables(name) => json!({ "type": "array", "items": { "$ref": format!("#/$defs/{name}") } }),
        Form::Conditions => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }] })
        }
        Form::Band => json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 }),
        Form::Doses => json!({ "type": "object", "additionalProperties": form_of(Dimension::Dose) }),
        Form::Changes => json!({ "type": "object" }),
        Form::Morphologies => json!({ "anyOf": [{ "enum": ["all", "none"] }, { "type": "integer", "minimum": 0 }] }),
    };
    schema["description"] = json!(key.meaning);
    schema
}
