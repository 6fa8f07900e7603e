//! The bar below the plate: play, pause, step, the time line, the tools, and how fast it goes.

use super::App;
use crate::session::Speed;
use crate::view::overlay::words::time;
use crate::view::tools::Tool;
use egui::{Button, Panel, Slider, Ui};

/// Speeds that are offered: simulated hours a second.
const SPEEDS: [(f64, &str); 4] = [
    (1.0 / 60.0, "1 min/s"),
    (0.5, "30 min/s"),
    (2.0, "2 h/s"),
    (12.0, "12 h/s"),
];

impl App {
    /// Shows the bar.
    pub(super) fn show_bar(&mut self, ui: &mut Ui) {
        Panel::bottom("time").show(ui, |ui| {
            ui.add_space(4.0);
            ui.horizontal(|ui| self.show_time(ui));
            ui.horizontal_wrapped(|ui| self.show_tools(ui));
            ui.add_space(2.0);
        });
    }

    fn show_time(&mut self, ui: &mut Ui) {
        let playing = self.status.playing;
        let word = if playing { "Pause" } else { "Play" };
        if ui
            .add_enabled(!self.status.is_over() || playing, Button::new(word))
            .on_hover_text("Lets time go on, or stops it (Space)")
            .clicked()
        {
            self.play_or_pause();
        }
        let step = ui.add_enabled(!self.status.is_over(), Button::new("Step"));
        if step.on_hover_text("Does a single step (right arrow)").clicked() {
            self.session.step();
        }
        let step_h = self.plate.step_h;
        let mut at = self.status.travelling_to.unwrap_or(self.status.step);
        let words = format!(
            "{} of {}, {:.0} steps/s",
            time(f64::from(at) * step_h),
            time(f64::from(self.status.total()) * step_h),
            self.status.steps_per_s
        );
        ui.spacing_mut().slider_width = (ui.available_width() - 270.0).max(60.0);
        let line = ui.add(Slider::new(&mut at, 0..=self.status.total().max(1)).show_value(false));
        if line
            .on_hover_text("Goes back to a moment, or forward to one that was reached")
            .changed()
        {
            self.session.go_to(at.min(self.status.furthest));
        }
        ui.label(words);
    }

    fn show_tools(&mut self, ui: &mut Ui) {
        for tool in Tool::ALL {
            let chosen = ui.selectable_label(self.tool == tool, tool.name());
            if chosen.on_hover_text(tool.tooltip()).clicked() {
                self.tool = tool;
            }
        }
        ui.separator();
        let speeds = SPEEDS.map(|(hours, words)| (Speed::HoursPerSecond(hours), words));
        for (speed, words) in speeds.into_iter().chain([(Speed::Fastest, "fastest")]) {
            let chosen = ui.selectable_label(self.status.speed == speed, words);
            if chosen
                .on_hover_text("How much simulated time passes in a second")
                .clicked()
            {
                self.session.set_speed(speed);
            }
        }
        ui.separator();
        if ui
            .button("Save")
            .on_hover_text("Saves the session as a scenario (Ctrl-S)")
            .clicked()
        {
            self.save();
        }
        let export = ui.button("Export");
        if export
            .on_hover_text("Writes the results so far and a picture (Ctrl-E)")
            .clicked()
        {
            self.export();
        }
    }

    /// Lets time go on, or stops it.
    pub(super) fn play_or_pause(&mut self) {
        if self.status.playing {
            self.session.pause();
        } else {
            self.session.play();
        }
    }
}
