//! Typeface: a line of text in the typeface that the program carries.

use crate::export::error::ExportError;
use crate::export::palette::{Colour, bytes};
use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};
use tiny_skia::{ColorU8, Pixmap};

/// The typeface.
#[derive(Debug)]
pub struct Typeface {
    font: FontRef<'static>,
}

impl Typeface {
    /// Reads the typeface.
    ///
    /// # Errors
    /// The typeface in the program is damaged.
    pub fn new() -> Result<Self, ExportError> {
        let font = FontRef::try_from_slice(epaint_default_fonts::UBUNTU_LIGHT)
            .map_err(|error| ExportError::Drawing("lettering", error.to_string()))?;
        Ok(Self { font })
    }

    /// The width of a line, in points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        let font = self.font.as_scaled(PxScale::from(size));
        text.chars().map(|c| font.h_advance(font.glyph_id(c))).sum()
    }

    /// The beginning of `text` that fits into `width`, with an ellipsis where something is left out.
    pub fn fitted(&self, text: &str, size: f32, width: f32) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let mut kept = text.to_owned();
        while !kept.is_empty() && self.width(&format!("{kept}…"), size) > width {
            kept.pop();
        }
        format!("{}…", kept.trim_end())
    }

    /// Draws a line whose baseline begins at (`x`, `y`).
    pub fn draw(&self, canvas: &mut Pixmap, text: &str, x: f32, y: f32, size: f32, colour: Colour) {
        let font = self.font.as_scaled(PxScale::from(size));
        let mut pen = x;
        for c in text.chars() {
            let id = font.glyph_id(c);
            let glyph = id.with_scale_and_position(size, point(pen, y));
            pen += font.h_advance(id);
            if let Some(outline) = self.font.outline_glyph(glyph) {
                let corner = outline.px_bounds().min;
                outline.draw(|dx, dy, cover| {
                    blend(
                        canvas,
                        corner.x as i32 + dx as i32,
                        corner.y as i32 + dy as i32,
                        colour,
                        cover,
                    );
                });
            }
        }
    }
}

fn blend(canvas: &mut Pixmap, x: i32, y: i32, colour: Colour, cover: f32) {
    let (width, height) = (canvas.width() as i32, canvas.height() as i32);
    if x < 0 || y < 0 || x >= width || y >= height {
        return;
    }
    let pixel = &mut canvas.pixels_mut()[(y * width + x) as usize];
    let ink = bytes(colour);
    let cover = cover.clamp(0.0, 1.0);
    let mix = |under: u8, over: u8| (f32::from(under) * (1.0 - cover) + f32::from(over) * cover).round() as u8;
    *pixel = ColorU8::from_rgba(
        mix(pixel.red(), ink[0]),
        mix(pixel.green(), ink[1]),
        mix(pixel.blue(), ink[2]),
        255,
    )
    .premultiply();
}
