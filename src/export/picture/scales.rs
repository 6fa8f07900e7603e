//! The scales below the wells: of length and of the field's colours.

use super::layout::{Layout, MARGIN};
use super::text::Typeface;
use super::well::Subject;
use super::{BRIGHT, QUIET};
use crate::export::palette::{Colour, bytes, field_colour};
use tiny_skia::{Paint, Pixmap, Rect, Transform};

/// Draws the scale bar, on the right.
pub fn draw_scale_bar(canvas: &mut Pixmap, typeface: &Typeface, subject: &Subject<'_>, layout: &Layout) {
    let base = (layout.height - MARGIN) as f32;
    let right = (layout.width - MARGIN) as f32;
    let bar_um = round_length(0.4 * subject.crop.edge_um);
    let bar = (bar_um * subject.crop.px_per_um) as f32;
    fill(canvas, right - bar, base - 4.0, bar, 4.0, BRIGHT);
    let words = if bar_um >= 1000.0 {
        format!("{} mm", bar_um / 1000.0)
    } else {
        format!("{bar_um} µm")
    };
    typeface.draw(
        canvas,
        &words,
        right - bar - typeface.width(&words, 26.0) - 16.0,
        base + 3.0,
        26.0,
        BRIGHT,
    );
}

/// Draws the scale of the field's colours, on the left, where there is a field.
pub fn draw_dose_scale(canvas: &mut Pixmap, typeface: &Typeface, subject: &Subject<'_>, layout: &Layout) {
    let Some(species) = subject.plate.myokines.first().filter(|_| subject.brightest_dose > 0.0) else {
        return;
    };
    let base = (layout.height - MARGIN) as f32;
    let left = MARGIN as f32;
    let length = 260.0;
    for step in 0..260 {
        let share = step as f32 / 259.0;
        fill(
            canvas,
            left + share * (length - 1.0),
            base - 12.0,
            2.0,
            14.0,
            field_colour(share),
        );
    }
    let unit = species.unit.in_words();
    let words = format!(
        "0 – {} {unit}: {} in the gel",
        figure(subject.brightest_dose),
        species.name
    );
    typeface.draw(canvas, &words, left + length + 16.0, base + 3.0, 24.0, QUIET);
}

fn fill(canvas: &mut Pixmap, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
    let [r, g, b] = bytes(colour);
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, 255);
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        canvas.fill_rect(rect, &paint, Transform::identity(), None);
    }
}

/// The greatest length of 1, 2 or 5 times a power of ten that is not above `most`.
fn round_length(most: f64) -> f64 {
    let power = 10f64.powi(most.max(1e-6).log10().floor() as i32);
    [5.0, 2.0, 1.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|&length| length <= most)
        .unwrap_or(power)
}

fn figure(value: f32) -> String {
    if value >= 10.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}
