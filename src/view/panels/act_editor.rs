//! An act as it can be changed: when it is done, to which wells, and its numbers.

use super::Wish;
use super::gauge::{Turned, gauge};
use super::protocol::{ACTUATION, LIGHT, media};
use crate::model::biology::Biology;
use crate::model::parameter::{Dimension, Section};
use crate::model::plate::{Cut, Plate};
use crate::scenario::quantity;
use crate::session::{Act, Done};
use crate::view::overlay::words::time;
use egui::{Button, DragValue, Response, Ui};
use glam::DVec3;

/// An act that is being changed.
#[derive(Clone, Debug)]
pub(super) struct Editing {
    number: usize,
    /// As it was done.
    done: Done,
    act: Act,
    conditions: Vec<usize>,
    step: u32,
}

impl Editing {
    /// The act at this place among those that were done.
    pub fn of(number: usize, done: &Done) -> Self {
        Self {
            number,
            act: done.act().clone(),
            conditions: done.conditions.clone(),
            step: done.step,
            done: done.clone(),
        }
    }

    /// Whether it is this act that is being changed.
    pub fn is_of(&self, number: usize, done: &Done) -> bool {
        self.number == number && self.done == *done
    }

    /// The wish that it be changed.
    pub fn wish(&self) -> Wish {
        Wish::Change(self.number, self.act.clone(), self.conditions.clone(), self.step)
    }

    /// Shows it. Returns the button that changes it.
    pub fn show(&mut self, ui: &mut Ui, plate: &Plate, total: u32) -> Response {
        ui.horizontal(|ui| {
            ui.label("at");
            let step_h = plate.step_h;
            let at = DragValue::new(&mut self.step)
                .range(0..=total.saturating_sub(1))
                .update_while_editing(false)
                .custom_formatter(move |step, _| time(step * step_h))
                .custom_parser(move |text| {
                    let hours = quantity::parse(text, Dimension::Time.into()).ok()?;
                    Some((hours / step_h).round())
                });
            ui.add(at).on_hover_text("When it is done: drag to move it in time");
        });
        self.show_whom(ui, plate);
        show_act(ui, &mut self.act, plate);
        let as_done =
            self.step == self.done.step && self.conditions == self.done.conditions && self.act == *self.done.act();
        ui.add_enabled(!as_done, Button::new("Change it"))
            .on_hover_text("Begin another course with the act like this")
            .on_disabled_hover_text("It was done like this.")
    }

    fn show_whom(&mut self, ui: &mut Ui, plate: &Plate) {
        ui.horizontal_wrapped(|ui| {
            ui.set_max_width(320.0);
            ui.label("in");
            ui.selectable_value(&mut self.conditions, Vec::new(), "all wells");
            for (condition, named) in plate.conditions.iter().enumerate() {
                ui.selectable_value(&mut self.conditions, vec![condition], &named.name);
            }
        });
    }
}

/// The numbers of an act.
fn show_act(ui: &mut Ui, act: &mut Act, plate: &Plate) {
    match act {
        Act::Axotomy(Cut::Line { from_um, to_um }) => {
            show_place(ui, "from", from_um, plate);
            show_place(ui, "to", to_um, plate);
        }
        Act::Axotomy(Cut::Plane { .. } | Cut::Region(_)) => {}
        Act::Drop {
            at_um,
            radius_um,
            species,
            dose,
        } => {
            if plate.myokines.len() > 1 {
                ui.horizontal_wrapped(|ui| {
                    ui.label("of");
                    for (index, myokine) in plate.myokines.iter().enumerate() {
                        ui.selectable_value(species, index, &myokine.name);
                    }
                });
            }
            ui.horizontal(|ui| {
                ui.add(DragValue::new(dose).speed(0.02).range(0.01..=1000.0).prefix("dose "));
                ui.add(
                    DragValue::new(radius_um)
                        .range(10.0..=2000.0)
                        .prefix("radius ")
                        .suffix(" µm"),
                );
            });
            show_place(ui, "at", at_um, plate);
        }
        Act::Magnet {
            from_um,
            to_um,
            frequency_hz,
            session_h,
        } => {
            ui.horizontal(|ui| {
                ui.add(
                    DragValue::new(frequency_hz)
                        .speed(0.02)
                        .range(0.01..=20.0)
                        .suffix(" Hz"),
                );
                let mut minutes = *session_h * 60.0;
                let long = DragValue::new(&mut minutes)
                    .speed(0.5)
                    .range(1.0..=1440.0)
                    .suffix(" min");
                if ui.add(long).changed() {
                    *session_h = minutes.round() / 60.0;
                }
            });
            show_place(ui, "from", from_um, plate);
            show_place(ui, "to", to_um, plate);
        }
        Act::Biology { key, value } => {
            if let Some(parameter) = Biology::parameter(key)
                && let Turned::To(turned) = gauge(ui, parameter, *value, *value)
            {
                *value = turned;
            }
        }
        Act::Actuation(Some(protocol)) => show_section(ui, &mut protocol.actuation, &ACTUATION),
        Act::Light(Some(light)) => show_section(ui, light, &LIGHT),
        Act::Actuation(None) | Act::Light(None) => {}
        Act::Medium(source) => {
            ui.horizontal_wrapped(|ui| {
                for (medium, words, _) in media() {
                    ui.selectable_value(source, medium, words);
                }
            });
        }
    }
}

fn show_section<S: Section>(ui: &mut Ui, section: &mut S, keys: &[&str]) {
    for (index, parameter) in S::PARAMETERS.iter().enumerate() {
        if !keys.contains(&parameter.key) {
            continue;
        }
        let value = section.get(index);
        if let Turned::To(turned) = gauge(ui, parameter, value, value) {
            section.set(index, turned);
        }
    }
}

fn show_place(ui: &mut Ui, words: &str, at_um: &mut DVec3, plate: &Plate) {
    ui.horizontal(|ui| {
        ui.label(words);
        let size = plate.domain.size_um();
        for (um, size_um) in [(&mut at_um.x, size.x), (&mut at_um.y, size.y)] {
            ui.add(DragValue::new(um).range(0.0..=size_um).max_decimals(1).suffix(" µm"));
        }
    });
}
