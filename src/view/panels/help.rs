//! Help: the keys and the tools on one page.

use super::Panels;
use crate::view::tools::Tool;
use egui::{Align2, Key, Modifiers, RichText, Ui, Vec2};

/// Keys and their meanings.
const KEYS: [(&str, &str); 21] = [
    ("Space", "play or pause"),
    ("right", "a single step"),
    ("left", "back by one record"),
    ("Home", "from the beginning again"),
    ("up, down", "faster, slower"),
    ("1 to 9", "fill the view with a well"),
    ("F", "fit the whole plate"),
    ("T", "dark or light"),
    ("N", "fold the panel of readouts and numbers, or show it"),
    ("Ctrl-+, Ctrl--", "everything larger, smaller"),
    ("H", "this help"),
    ("Esc", "put down what is begun"),
    ("Ctrl-O", "the gallery of plates, your own files, a new one"),
    ("Ctrl-Z", "undo: back to the course before"),
    ("Ctrl-Shift-Z", "redo"),
    ("Ctrl-S", "save the session as a scenario"),
    ("Ctrl-L", "copy a link that opens the session elsewhere"),
    ("Ctrl-E", "write the results"),
    ("drag", "move the plate"),
    ("wheel", "closer or farther"),
    ("right drag", "look from the side"),
];

impl Panels {
    pub(super) fn show_help(&mut self, ui: &Ui) {
        let height = (ui.ctx().content_rect().height() - 90.0).max(120.0);
        // A window that is open takes the key that closes it.
        let mut open = !ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        egui::Window::new("Help")
            .open(&mut open)
            .collapsible(false)
            .resizable(false)
            .default_width(460.0)
            .default_height(height)
            .max_height(height)
            .anchor(Align2::CENTER_CENTER, Vec2::ZERO)
            .vscroll(true)
            .show(ui.ctx(), |ui| {
                ui.label(
                    "Each tile is a culture well, each block of tiles a treatment, with its name above. Axons grow from the spheroid in its \
                     middle; growth cones lead them. Play, watch, and do something: whatever you do becomes part of the \
                     protocol.",
                );
                ui.add_space(6.0);
                egui::Grid::new("keys").num_columns(2).striped(true).show(ui, |ui| {
                    for (key, words) in KEYS {
                        ui.label(RichText::new(key).monospace());
                        ui.label(words);
                        ui.end_row();
                    }
                });
                ui.add_space(6.0);
                for tool in Tool::ALL {
                    ui.label(tool.tooltip());
                }
            });
        self.help = open;
    }
}
