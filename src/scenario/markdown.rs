//! Every table and key of a scenario, every documented parameter and every myokine known by name, and what the built-in plates show,
//! as tables in Markdown: the parts of the documents that are generated.

use super::builtin::BUILTIN;
use super::presets::PRESETS;
use super::quantity::{self, Measurand, tidy};
use super::reference::{self, default_text};
use super::tables::SHAPES;
use super::{Surroundings, read};
use crate::model::parameter::{Dimension, Grade, Parameter};
use crate::model::plate::DoseUnit;
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
             resting medium after a day, nM | molar mass, kg/mol | share of what exercise adds to growth by the lumped myokine |\n|---|---|---|---|---|---|---|\n";
    for preset in PRESETS {
        let known = [
            preset.diffusivity_um2_per_s,
            preset.half_dose_nm,
            preset.max_gain,
            preset.resting_day_nm,
            preset.molar_mass_kda,
        ];
        let cells = known.map(|known| format!("{} ({}: {})", tidy(known.value), known.grade, cell(known.source)));
        let share = tidy((100.0 * preset.share_of_exercise()).round());
        let _ = writeln!(text, "| {} | {} | {share} % |", preset.name, cells.join(" | "));
    }
    text
}

/// Every table of a scenario file with its keys, each with an example to paste: the part of `docs/scenario.md` that is generated.
pub fn tables_in_markdown() -> String {
    let mut text = String::new();
    for shape in SHAPES {
        let places = reference::places(shape.name);
        let places: Vec<String> = places
            .iter()
            .map(|way| format!("`{}`", reference::header(way)))
            .collect();
        let (first, others) = match places.split_first() {
            Some((first, others)) if !shape.name.is_empty() => (first.as_str(), others),
            _ => ("Top of the file", &[][..]),
        };
        let _ = writeln!(text, "### {first}\n\n{}", sentence(shape.meaning));
        if !others.is_empty() {
            let _ = writeln!(text, "It may also stand at {}.", others.join(", "));
        }
        let to_paste = reference::table_to_paste(shape);
        if !to_paste.is_empty() {
            let _ = writeln!(text, "\n```toml\n{to_paste}```");
        }
        text.push('\n');
        text += "| key | meaning | type | values | unit | default | example |\n|---|---|---|---|---|---|---|\n";
        for entry in reference::entries(shape) {
            let example: Vec<String> = entry.example().iter().map(|line| format!("`{}`", cell(line))).collect();
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} | {} | {} |",
                entry.name(),
                cell(&capitalised(entry.meaning())),
                cell(entry.value_type().trim_start_matches("a ").trim_start_matches("an ")),
                cell(&entry.values()),
                entry.unit(),
                entry.default_text(),
                example.join("<br>"),
            );
        }
        text += "\n";
    }
    text
}

/// The quantities that a scenario has, as each is written and in which units: another part of `docs/scenario.md`.
pub fn units_in_markdown() -> String {
    let mut text = "| quantity | such as | units |\n|---|---|---|\n".to_owned();
    let mut told: Vec<String> = Vec::new();
    for dimension in reference::all_entries().filter_map(|entry| entry.dimension()) {
        let plain = Measurand::from(dimension);
        let molar = Measurand {
            dose: DoseUnit::Nanomolar.into(),
            ..plain
        };
        for measure in [plain, molar]
            .into_iter()
            .filter(|measure| !measure.example().is_empty())
        {
            let written = format!("`{}`", measure.example().replace(" or ", "` or `"));
            let row = format!("| {} | {written} | {} |\n", measure.name(), measure.units());
            if !told.contains(&row) {
                told.push(row);
            }
        }
    }
    text.extend(told);
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
            let column = format!("`{}`", finding.statistic.column);
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

/// Text that ends with a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with('.') {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Text that begins with a capital letter.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Text that ends no cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
