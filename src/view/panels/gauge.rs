//! A number of the model as a control: a slider over its typical range, typed with its unit, refused outside of what is
//! accepted, explained where the pointer rests on it.

use crate::model::parameter::{Dimension, Parameter};
use crate::scenario::quantity::{self, Measurand};
use egui::{RichText, Slider, SliderClamping, Ui};

/// Figures that a slider keeps: more would pretend to a precision that a hand does not have.
const FIGURES: usize = 3;

/// The outcome of a control.
#[derive(Clone, Debug, PartialEq)]
pub enum Turned {
    /// Nothing.
    Not,
    /// To this value, in model units.
    To(f64),
    /// To something that is not accepted, with a sentence that says what is.
    Refused(String),
}

/// The quantity that a parameter is.
pub fn measure(parameter: &Parameter) -> Measurand {
    parameter.dimension.into()
}

/// The value as one would write it.
pub fn written(parameter: &Parameter, value: f64) -> String {
    quantity::format(value, measure(parameter))
}

/// The tooltip of a parameter: meaning, range and source.
pub fn explained(parameter: &Parameter) -> String {
    let measure = measure(parameter);
    format!(
        "{}\n\n{} (key {})\nDefault {}; usual {}; accepted {}.\nGrade {}: {}.\nSource: {}",
        parameter.meaning.trim(),
        name(parameter),
        parameter.path(),
        quantity::format(parameter.default, measure),
        quantity::format_range(parameter.typical, measure),
        quantity::format_range(parameter.accepted, measure),
        parameter.grade,
        parameter.grade.meaning(),
        parameter.source,
    )
}

/// The name of a parameter: its key in plain words.
pub fn name(parameter: &Parameter) -> String {
    parameter.key.replace('_', " ")
}

/// A value with as many figures as a hand can set.
pub fn rounded(parameter: &Parameter, value: f64) -> f64 {
    if let Dimension::Choice(_) | Dimension::Count = parameter.dimension {
        return value.round();
    }
    let measure = measure(parameter);
    let rough: f64 = format!("{value:.*e}", FIGURES - 1).parse().unwrap_or(value);
    // As the scenario will have it: numbers are done as they are written.
    quantity::parse(&quantity::format(rough, measure), measure).unwrap_or(rough)
}

/// A control for `value`. `planned` is what the scenario says; where the value differs, it can be put back.
pub fn gauge(ui: &mut Ui, parameter: &Parameter, value: f64, planned: f64) -> Turned {
    let mut turned = Turned::Not;
    ui.horizontal(|ui| {
        // In a narrow panel the slider gives way to the words and the value.
        let room = ui.available_width();
        ui.spacing_mut().slider_width = (room - 212.0).clamp(36.0, 118.0);
        let changed = value != planned;
        let mut label = RichText::new(name(parameter));
        if changed {
            label = label.color(super::style::accent(ui));
        }
        let width = (room - 180.0).clamp(64.0, 116.0);
        let hover = explained(parameter);
        ui.allocate_ui_with_layout(
            egui::vec2(width, 18.0),
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| {
                ui.set_width(width);
                ui.add(egui::Label::new(label).truncate()).on_hover_text(&hover);
            },
        );
        turned = match parameter.dimension {
            Dimension::Choice(words) => choose(ui, parameter, words, value, &hover),
            _ => slide(ui, parameter, value, &hover),
        };
        let grade = parameter.grade.to_string();
        ui.label(RichText::new(&grade).small().weak()).on_hover_text(format!(
            "Grade {grade}: {}. Source: {}",
            parameter.grade.meaning(),
            parameter.source
        ));
        if changed {
            let back = ui.small_button("reset").on_hover_text(format!(
                "Back to {}, as the scenario has it",
                written(parameter, planned)
            ));
            if back.clicked() {
                turned = Turned::To(planned);
            }
        }
    });
    turned
}

fn slide(ui: &mut Ui, parameter: &Parameter, value: f64, hover: &str) -> Turned {
    let measure = measure(parameter);
    let (low, high) = parameter.typical;
    let (low, high) = (low.min(value), high.max(value));
    let mut shown = value;
    let slider = Slider::new(&mut shown, low..=high)
        .logarithmic(low > 0.0 && high / low > 12.0)
        .clamping(SliderClamping::Never)
        .update_while_editing(false)
        .custom_formatter(move |value, _| quantity::format(value, measure))
        .custom_parser(move |text| quantity::parse(text, measure).ok());
    let response = ui.add(slider).on_hover_text(hover);
    name_it(&response, parameter);
    if !response.changed() {
        return Turned::Not;
    }
    let rounded = rounded(parameter, shown);
    let (least, most) = parameter.accepted;
    if !(least..=most).contains(&rounded) {
        return Turned::Refused(format!(
            "{} cannot be {}; accepted is {}",
            name(parameter),
            quantity::format(rounded, measure),
            quantity::format_range(parameter.accepted, measure)
        ));
    }
    if rounded == value {
        Turned::Not
    } else {
        Turned::To(rounded)
    }
}

/// Gives a control the parameter's key as its name, by which readers of the screen and tests find it.
fn name_it(response: &egui::Response, parameter: &Parameter) {
    let path = parameter.path();
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(path));
}

fn choose(ui: &mut Ui, parameter: &Parameter, words: &[&str], value: f64, hover: &str) -> Turned {
    let mut chosen = value as usize;
    let before = chosen;
    let shown = egui::ComboBox::from_id_salt(parameter.path())
        .selected_text(words.get(chosen).copied().unwrap_or_default())
        .show_ui(ui, |ui| {
            for (index, word) in words.iter().enumerate() {
                ui.selectable_value(&mut chosen, index, *word);
            }
        });
    let response = shown.response.on_hover_text(hover);
    name_it(&response, parameter);
    if chosen == before {
        Turned::Not
    } else {
        Turned::To(chosen as f64)
    }
}
