//! Ink and lettering of the overlay, on a dark ground and on paper. Sizes follow the text style of the
//! window, so that all of it scales with the text.

use crate::export::palette::{Colour, bytes, on_dark, on_paper};
use crate::view::look::Theme;
use crate::view::scene::ground::{encoded, surroundings};
use egui::{
    Align2, Color32, CornerRadius, FontId, Mesh, Painter, Pos2, Rect, Stroke, StrokeKind, TextStyle, Vec2, pos2, vec2,
};

/// How words and marks are drawn.
#[derive(Clone, Debug)]
pub struct Ink {
    theme: Theme,
    /// Height of plain words, points.
    pub size: f32,
}

impl Ink {
    /// Ink for a theme, with words as large as the window's own.
    pub fn new(painter: &Painter, theme: Theme) -> Self {
        let body = painter.ctx().global_style().text_styles.get(&TextStyle::Body).cloned();
        Ink {
            theme,
            size: body.map_or(13.0, |font| font.size),
        }
    }

    /// Of words that are to be read first.
    pub fn strong(&self) -> Color32 {
        match self.theme {
            Theme::Dark => Color32::from_rgb(0xEC, 0xEE, 0xF2),
            Theme::Light => Color32::from_rgb(0x20, 0x24, 0x2B),
        }
    }

    /// Of words beside them.
    pub fn quiet(&self) -> Color32 {
        match self.theme {
            Theme::Dark => Color32::from_rgb(0x9A, 0xA3, 0xB0),
            Theme::Light => Color32::from_rgb(0x5D, 0x65, 0x70),
        }
    }

    /// Of lines that frame.
    pub fn line(&self) -> Color32 {
        match self.theme {
            Theme::Dark => Color32::from_rgba_unmultiplied(0xC0, 0xCC, 0xE0, 38),
            Theme::Light => Color32::from_rgba_unmultiplied(0x30, 0x38, 0x48, 44),
        }
    }

    /// Of the ground under words.
    pub fn ground(&self) -> Color32 {
        match self.theme {
            Theme::Dark => Color32::from_rgba_unmultiplied(0x0C, 0x0F, 0x15, 238),
            Theme::Light => Color32::from_rgba_unmultiplied(0xFC, 0xFB, 0xF8, 242),
        }
    }

    /// Of light on muscle.
    pub fn blue_light(&self) -> Color32 {
        match self.theme {
            Theme::Dark => Color32::from_rgb(0x4A, 0xA8, 0xFF),
            Theme::Light => Color32::from_rgb(0x0B, 0x6F, 0xCE),
        }
    }

    /// Of a tool at work.
    pub fn tool(&self) -> Color32 {
        match self.theme {
            Theme::Dark => Color32::from_rgb(0xFF, 0xE0, 0x8A),
            Theme::Light => Color32::from_rgb(0xA8, 0x4B, 0x00),
        }
    }

    /// The colour of a condition's hue.
    pub fn hue(&self, hue: usize) -> Color32 {
        colour(match self.theme {
            Theme::Dark => on_dark(hue),
            Theme::Light => on_paper(hue),
        })
    }

    /// The theme it is for.
    pub fn theme(&self) -> Theme {
        self.theme
    }

    /// Lettering, `share` as high as plain words.
    pub fn font(&self, share: f32) -> FontId {
        FontId::proportional(share * self.size)
    }

    /// Words in one line; returns where they stand.
    pub fn words(&self, painter: &Painter, at: Pos2, anchor: Align2, words: &str, share: f32, colour: Color32) -> Rect {
        painter.text(at, anchor, words, self.font(share), colour)
    }

    /// The room that words take.
    pub fn room(&self, painter: &Painter, words: &str, share: f32) -> Vec2 {
        painter
            .layout_no_wrap(words.to_owned(), self.font(share), self.strong())
            .size()
    }

    /// Words that are cut short with an ellipsis where they do not fit.
    pub fn fitted(&self, painter: &Painter, words: &str, share: f32, width: f32) -> String {
        if self.room(painter, words, share).x <= width {
            return words.to_owned();
        }
        let mut kept: String = words.to_owned();
        while kept.pop().is_some() {
            let shortened = format!("{}…", kept.trim_end());
            if self.room(painter, &shortened, share).x <= width {
                return shortened;
            }
        }
        String::new()
    }

    /// A quiet ground for words.
    pub fn card(&self, painter: &Painter, rect: Rect) {
        let stroke = Stroke::new(1.0, self.line());
        painter.rect(rect, CornerRadius::same(6), self.ground(), stroke, StrokeKind::Inside);
    }

    /// Lets what lies in a rectangle fade towards its upper or lower edge into what lies around the wells.
    pub fn fade(&self, painter: &Painter, rect: Rect, downwards: bool) {
        let around = colour(surroundings(self.theme).map(encoded));
        let (full, none) = (around.gamma_multiply(0.94), Color32::TRANSPARENT);
        let (upper, lower) = if downwards { (none, full) } else { (full, none) };
        // Full in the outer half.
        let middle = rect.center().y;
        let mut mesh = Mesh::default();
        let (between, rows) = (
            if downwards { full } else { upper },
            [rect.top(), middle, rect.bottom()],
        );
        for (y, colour) in rows.into_iter().zip([upper, between, lower]) {
            mesh.colored_vertex(pos2(rect.left(), y), colour);
            mesh.colored_vertex(pos2(rect.right(), y), colour);
        }
        for first in [0, 2] {
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 1, first + 2, first + 3);
        }
        painter.add(mesh);
    }

    /// Words in rows on a card whose corner `anchor` is at `at`; the first row is strong. Returns where it stands.
    pub fn card_of_rows(&self, painter: &Painter, at: Pos2, anchor: Align2, rows: &[(String, Color32)]) -> Rect {
        let pad = vec2(0.75, 0.55) * self.size;
        let height = 1.4 * self.size;
        let width = rows
            .iter()
            .map(|(row, _)| self.room(painter, row, 1.0).x)
            .fold(0.0, f32::max);
        let rect = anchor.anchor_size(at, vec2(width, height * rows.len() as f32) + 2.0 * pad);
        self.card(painter, rect);
        for (place, (row, colour)) in rows.iter().enumerate() {
            let at = rect.min + pad + vec2(0.0, (place as f32 + 0.5) * height);
            self.words(painter, at, Align2::LEFT_CENTER, row, 1.0, *colour);
        }
        rect
    }
}

/// An sRGB colour as egui has it.
pub fn colour(colour: Colour) -> Color32 {
    let [r, g, b] = bytes(colour);
    Color32::from_rgb(r, g, b)
}
