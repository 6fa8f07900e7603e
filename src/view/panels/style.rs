//! How the panels look: calm, dark or light, with one accent.

use crate::view::look::Theme;
use egui::{Color32, CornerRadius, Frame, Margin, RichText, Stroke, Style, Ui, Visuals};

/// The accent on a dark and on a light ground.
const ACCENT: [Color32; 2] = [Color32::from_rgb(0x56, 0xB4, 0xE9), Color32::from_rgb(0x00, 0x6D, 0xA8)];

/// Gives egui the theme's look, for both of its themes.
pub fn apply(context: &egui::Context) {
    for (theme, accent) in [(egui::Theme::Dark, ACCENT[0]), (egui::Theme::Light, ACCENT[1])] {
        let dark = theme == egui::Theme::Dark;
        let grey = |on_dark: u8, on_light: u8| {
            if dark {
                grey_on_dark(on_dark)
            } else {
                grey_on_light(on_light)
            }
        };
        let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
        visuals.panel_fill = ground(if dark { Theme::Dark } else { Theme::Light });
        visuals.window_fill = grey(19, 252);
        visuals.extreme_bg_color = grey(6, 255);
        visuals.faint_bg_color = grey(19, 240);
        visuals.override_text_color = Some(grey(206, 38));
        visuals.weak_text_color = Some(grey(135, 105));
        visuals.selection.bg_fill = accent.gamma_multiply(if dark { 0.35 } else { 0.25 });
        visuals.selection.stroke = Stroke::new(1.0, accent);
        visuals.hyperlink_color = accent;
        visuals.slider_trailing_fill = true;
        visuals.window_stroke = Stroke::new(1.0, grey(38, 215));
        let states = [
            (&mut visuals.widgets.noninteractive, 13, 246, 30, 222),
            (&mut visuals.widgets.inactive, 28, 228, 28, 228),
            (&mut visuals.widgets.hovered, 38, 216, 70, 170),
            (&mut visuals.widgets.active, 48, 204, 90, 150),
            (&mut visuals.widgets.open, 30, 226, 40, 214),
        ];
        for (widget, fill, fill_light, line, line_light) in states {
            widget.bg_fill = grey(fill, fill_light);
            widget.weak_bg_fill = grey(fill, fill_light);
            widget.bg_stroke = Stroke::new(1.0, grey(line, line_light));
            widget.corner_radius = CornerRadius::same(4);
        }
        context.style_mut_of(theme, |style: &mut Style| {
            style.visuals = visuals;
            style.spacing.item_spacing = egui::vec2(7.0, 5.0);
            style.spacing.button_padding = egui::vec2(8.0, 3.0);
            style.spacing.slider_width = 118.0;
            style.interaction.tooltip_delay = 0.35;
        });
    }
}

/// Greys with a breath of blue, as the gel has in the picture.
fn grey_on_dark(level: u8) -> Color32 {
    Color32::from_rgb(level, level.saturating_add(1), level.saturating_add(4))
}

fn grey_on_light(level: u8) -> Color32 {
    Color32::from_rgb(level, level.saturating_add(1), level.saturating_add(2))
}

/// The frame behind panels.
pub fn ground(theme: Theme) -> Color32 {
    match theme {
        Theme::Dark => grey_on_dark(13),
        Theme::Light => grey_on_light(246),
    }
}

/// The egui theme of a look.
pub fn egui_theme(theme: Theme) -> egui::Theme {
    match theme {
        Theme::Dark => egui::Theme::Dark,
        Theme::Light => egui::Theme::Light,
    }
}

/// The accent of the theme in force.
pub fn accent(ui: &Ui) -> Color32 {
    ui.visuals().hyperlink_color
}

/// The frame of a panel: the window is cleared to what lies behind panels, which is less work than filling them.
pub fn panel_frame() -> Frame {
    Frame::new().inner_margin(Margin::symmetric(10, 7))
}

/// Something that belongs together, in a frame.
pub fn card<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(6.0);
    let frame = Frame::group(ui.style()).fill(ui.visuals().faint_bg_color);
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui)
    });
    shown.inner
}

/// A part of the side panel that folds.
pub fn section(ui: &mut Ui, title: &str, open: bool, content: impl FnOnce(&mut Ui)) {
    egui::CollapsingHeader::new(RichText::new(title).strong().size(14.5))
        .id_salt(title)
        .default_open(open)
        .show_unindented(ui, |ui| {
            ui.add_space(2.0);
            content(ui);
            ui.add_space(6.0);
        });
}
