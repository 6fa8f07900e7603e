//! The quiz: letters stand for the treatments until they are revealed.

use super::{PanelInput, Panels, Wish, style};
use egui::{RichText, Ui};

impl Panels {
    /// Says that names are hidden, and reveals them.
    pub(super) fn quiz(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        if !seen.hides_names {
            return;
        }
        egui::Panel::top("quiz").frame(style::panel_frame()).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new("Which treatment is which?").strong());
                ui.weak("Letters stand for their names. Say what you think, and why, before you look.");
                let reveal = ui.button("Reveal");
                if reveal
                    .on_hover_text("Show the names, the protocol and the question")
                    .clicked()
                {
                    wishes.push(Wish::Reveal);
                }
            });
        });
    }
}
