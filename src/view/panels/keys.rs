//! The keyboard, while no text is being typed.

use super::bottom::next_speed;
use super::{PanelInput, Panels, Wish};
use crate::view::look::Theme;
use crate::view::tools::Tool;
use egui::{Key, Modifiers, Ui};

/// The keys of the first nine wells.
const NUMBERS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

impl Panels {
    pub(super) fn handle_keys(&mut self, ui: &Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let status = seen.status;
        let command = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
        let command_shift = |key: Key| {
            let both = Modifiers::COMMAND | Modifiers::SHIFT;
            ui.input_mut(|input| input.consume_key(both, key))
        };
        if command(Key::S) {
            wishes.push(Wish::SaveSession);
        }
        if command(Key::L) {
            wishes.push(Wish::CopyLink);
        }
        if command(Key::E) {
            self.ask_for_results(seen, wishes);
        }
        if command(Key::O) {
            self.toggle_gallery();
        }
        if ui.ctx().egui_wants_keyboard_input() {
            return;
        }
        // The one with more keys first: what is not held is not asked for.
        if command_shift(Key::Z) || command(Key::Y) {
            wishes.push(Wish::Redo);
        } else if command(Key::Z) {
            wishes.push(Wish::Undo);
        }
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Space) {
            wishes.push(Wish::Play(!status.playing));
        }
        if pressed(Key::ArrowRight) {
            wishes.push(Wish::Step);
        }
        if pressed(Key::ArrowLeft) {
            let every = seen.plate.record_every.max(1);
            wishes.push(Wish::GoTo(seen.step.saturating_sub(1) / every * every));
        }
        if pressed(Key::Home) {
            wishes.push(Wish::Restart);
        }
        for (key, faster) in [(Key::ArrowUp, true), (Key::ArrowDown, false)] {
            if pressed(key) {
                wishes.push(Wish::Speed(next_speed(status.speed, faster)));
            }
        }
        if pressed(Key::F) {
            wishes.push(Wish::FitPlate);
        }
        if !self.is_guided() && pressed(Key::N) {
            self.side_open = self.side_open.map(|open| !open);
        }
        if pressed(Key::H) {
            self.help = !self.help;
        }
        if pressed(Key::T) {
            self.look.theme = match self.look.theme {
                Theme::Dark => Theme::Light,
                Theme::Light => Theme::Dark,
            };
        }
        for tool in Tool::ALL {
            if self.may_take(tool) && pressed(tool.key()) {
                self.tool = tool;
            }
        }
        if let Some(well) = NUMBERS.into_iter().position(pressed) {
            wishes.push(Wish::FitWell(well));
        }
    }
}
