//! Every documented parameter and every myokine known by name, and what the built-in plates show, as tables in Markdown: the parts of
//! the documents that are generated.

use super::builtin::BUILTIN;
use super::explain::default_text;
use super::presets::PRESETS;
use super::quantity::{self, Measurand, tidy};
use super::tables::SHAPES;
use super::{Surroundings, read};
use crate::model::parameter::{Dimension, Grade, Parameter};
use std::fmt::Write;

/// The tables, each under the name that it has in a scenario.
pub fn parameters_in_markdown() -> String {
    let mut text = String::new();
    for grade in [Grade::A, Grade::B, Grade::C, Grade::X] {
        let _ = writeln!(text, "* **{grade}**: {}", grade.meaning());
    }
    for shape in SHAPES.iter().filter(|shape| !shape.documented.is_empty()) {
        let _ = writeln!(text, "\n### `{}`\n\n{}\n", shape.name, shape.meaning.trim());
        text += "| key | meaning | unit | default | typical | accepted | grade | source |\n|---|---|---|---|---|---|---|---|\n";
        for parameter in shape.documented {
            text += &row(parameter);
        }
    }
    text += "\n### Myokines known by name\n\n| name | diffusivity, µm²/s | dose of half effect, nM | greatest gain | in \
             resting medium after a day, nM | share of what exercise adds to growth by the lumped myokine |\n|---|---|---|---|---|---|\n";
    for preset in PRESETS {
        let known = [
            preset.diffusivity_um2_per_s,
            preset.half_dose_nm,
            preset.max_gain,
            preset.resting_day_nm,
        ];
        let cells = known.map(|known| format!("{} ({}: {})", tidy(known.value), known.grade, cell(known.source)));
        let share = tidy((100.0 * preset.share_of_exercise()).round());
        let _ = writeln!(text, "| {} | {} | {share} % |", preset.name, cells.join(" | "));
    }
    text
}

/// Questions and answers of the built-in plates: the part of `docs/scenarios.md` that is generated.
pub fn plates_in_markdown() -> String {
    let mut text = "| plate | asks | answer | held by |\n|---|---|---|---|\n".to_owned();
    for builtin in BUILTIN {
        let Ok(scenario) = read(builtin.text, builtin.name, &[], &Surroundings::built_in()) else {
            continue;
        };
        let Some(shows) = &scenario.shows else { continue };
        let mut columns: Vec<String> = Vec::new();
        for finding in &shows.findings {
            let column = format!("`{}`", finding.column);
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        let [asks, answer] = [&shows.question, &shows.answer].map(|text| cell(text));
        let _ = writeln!(
            text,
            "| {} | {asks} | {answer} | {} |",
            builtin.name,
            columns.join(", ")
        );
    }
    text
}

fn row(parameter: &Parameter) -> String {
    let measure = Measurand::from(parameter.dimension);
    let range = |range| match parameter.dimension {
        Dimension::Choice(words) => words.join(", "),
        _ => quantity::format_range(range, measure),
    };
    format!(
        "| `{}` | {} | {} | {} | {} | {} | {} | {} |\n",
        parameter.key,
        cell(parameter.meaning.trim()),
        measure.unit(),
        default_text(parameter),
        range(parameter.typical),
        range(parameter.accepted),
        parameter.grade,
        cell(parameter.source),
    )
}

/// Text that ends no cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
