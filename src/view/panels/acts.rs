//! The list of acts: what the scenario lets happen and what was done, in order of time; each can be gone to, and what was
//! done taken back or changed. Undo and redo go through the courses that came of it.

use super::act_editor::Editing;
use super::{PanelInput, Panels, Wish};
use crate::export::figures::days;
use crate::model::plate::{Event, Plate};
use crate::session::words::{deed, whom};
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::scroll_area::ScrollBarVisibility;
use egui::{Button, PopupCloseBehavior, RichText, ScrollArea, Ui};

/// Something that happens in the course of the culture.
pub(super) struct Happening {
    /// Before which step.
    pub step: u32,
    /// In words.
    pub words: String,
    /// Its place among the acts that were done; `None` where it stands in the scenario.
    pub done: Option<usize>,
}

/// All that happens, in order of time.
pub(super) fn happenings(seen: &PanelInput<'_>) -> Vec<Happening> {
    let planned = seen.planned.events.iter().map(|event| Happening {
        step: event.step,
        words: event_words(event, seen.planned),
        done: None,
    });
    let done = seen.status.done.iter().enumerate().map(|(number, done)| Happening {
        step: done.step,
        words: if seen.hides_names {
            let time = days(f64::from(done.step) * seen.planned.step_h);
            let whom = whom(&done.conditions, seen.planned);
            format!("{time}: {} ({whom})", deed(done.act(), seen.planned))
        } else {
            done.words.clone()
        },
        done: Some(number),
    });
    let mut all: Vec<Happening> = planned.chain(done).collect();
    all.sort_by_key(|happening| happening.step);
    all
}

fn event_words(event: &Event, plate: &Plate) -> String {
    format!(
        "{}: {} ({})",
        days(f64::from(event.step) * plate.step_h),
        event.action.in_words(),
        whom(&event.conditions, plate)
    )
}

impl Panels {
    pub(super) fn acts(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, all: &[Happening], wishes: &mut Vec<Wish>) {
        ui.horizontal(|ui| {
            steps_back_and_forth(ui, seen, wishes);
            ui.separator();
            if all.is_empty() {
                ui.weak("Nothing is done yet: whatever you do is listed here, and saved with the session (Ctrl-S).");
                return;
            }
            // A bar would lie over the acts: the wheel and a drag move them.
            let hidden = ScrollBarVisibility::AlwaysHidden;
            let list = ScrollArea::horizontal().id_salt("acts").scroll_bar_visibility(hidden);
            list.show(ui, |ui| {
                ui.horizontal(|ui| {
                    for happening in all {
                        match happening.done {
                            Some(number) => self.act_done(ui, seen, happening, number, wishes),
                            None => act_planned(ui, seen, happening, wishes),
                        }
                    }
                });
            });
        });
    }

    /// An act that was done: a menu to go to it, take it back, change it.
    fn act_done(
        &mut self,
        ui: &mut Ui,
        seen: &PanelInput<'_>,
        happening: &Happening,
        number: usize,
        wishes: &mut Vec<Wish>,
    ) {
        let Some(done) = seen.status.done.get(number) else {
            return;
        };
        let mut words = happening.words.clone();
        if done.step == seen.step {
            words += ", from the next step";
        }
        let shown = menu(ui, RichText::new(words), |ui| {
            go_to(ui, seen, done.step, wishes);
            let back = ui
                .button("Take it back")
                .on_hover_text("Go on without it; later acts stay.");
            if back.clicked() {
                wishes.push(Wish::TakeBack(number));
                ui.close();
            }
            ui.separator();
            let editing = self.editing.take().filter(|editing| editing.is_of(number, done));
            let mut editing = editing.unwrap_or_else(|| Editing::of(number, done));
            let change = editing.show(ui, seen.plate, seen.status.total());
            if change.clicked() {
                wishes.push(editing.wish());
                ui.close();
            }
            self.editing = Some(editing);
        });
        if !shown && self.editing.as_ref().is_some_and(|editing| editing.is_of(number, done)) {
            self.editing = None;
        }
    }
}

fn act_planned(ui: &mut Ui, seen: &PanelInput<'_>, happening: &Happening, wishes: &mut Vec<Wish>) {
    menu(ui, RichText::new(&happening.words).weak(), |ui| {
        go_to(ui, seen, happening.step, wishes);
        ui.weak("It stands in the scenario.");
    });
}

/// A menu that stays open while something in it is used. Returns whether it is open.
fn menu(ui: &mut Ui, words: RichText, content: impl FnOnce(&mut Ui)) -> bool {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (_, shown) = MenuButton::from_button(Button::new(words.small()))
        .config(config)
        .ui(ui, content);
    shown.is_some()
}

fn go_to(ui: &mut Ui, seen: &PanelInput<'_>, step: u32, wishes: &mut Vec<Wish>) {
    let is_reached = step <= seen.status.furthest;
    let button = ui.add_enabled(is_reached, Button::new("Go to it"));
    if button.on_disabled_hover_text("It has not been reached yet.").clicked() {
        wishes.push(Wish::GoTo(step));
        ui.close();
    }
}

fn steps_back_and_forth(ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
    let undo = ui.add_enabled(seen.status.undo.is_some(), Button::new("Undo").small());
    let course = seen.status.undo.as_deref().unwrap_or_default();
    if undo
        .on_hover_text(format!("Leave the course {course}; it is kept (Ctrl-Z)"))
        .on_disabled_hover_text("There is nothing to be undone.")
        .clicked()
    {
        wishes.push(Wish::Undo);
    }
    let redo = ui.add_enabled(seen.status.redo.is_some(), Button::new("Redo").small());
    let course = seen.status.redo.as_deref().unwrap_or_default();
    if redo
        .on_hover_text(format!("Back to the course {course} (Ctrl-Shift-Z)"))
        .on_disabled_hover_text("There is nothing to be redone.")
        .clicked()
    {
        wishes.push(Wish::Redo);
    }
}
