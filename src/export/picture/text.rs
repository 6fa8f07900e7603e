//! Typeface: a line of text in the typeface that the program carries, and in those of the system where it lacks a character.

use crate::export::error::ExportError;
use crate::export::palette::{Colour, bytes};
use crate::export::system_fonts::font_with;
use ab_glyph::{Font, FontArc, FontVec, PxScale, ScaleFont, point};
use std::collections::BTreeSet;
use tiny_skia::{ColorU8, Pixmap};

/// Typefaces: the program's own, and those that have what it lacks.
#[derive(Debug)]
pub struct Typeface {
    fonts: Vec<FontArc>,
}

impl Typeface {
    /// Reads the typeface, and finds others for characters of `texts` that are not in it. Where no typeface of the system has
    /// one, a box stands for it and a warning says so.
    ///
    /// # Errors
    /// The typeface in the program is damaged.
    pub fn for_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Self, ExportError> {
        let own = FontArc::try_from_slice(epaint_default_fonts::UBUNTU_LIGHT)
            .map_err(|error| ExportError::Drawing("lettering", error.to_string()))?;
        let mut typeface = Self { fonts: vec![own] };
        let characters: BTreeSet<char> = texts.into_iter().flat_map(str::chars).collect();
        let mut lacking = String::new();
        for character in characters.into_iter().filter(|c| !c.is_whitespace()) {
            if typeface.has(character) {
                continue;
            }
            let found =
                font_with(character).and_then(|found| FontVec::try_from_vec_and_index(found.bytes, found.index).ok());
            match found {
                Some(font) => typeface.fonts.push(FontArc::new(font)),
                None => lacking.push(character),
            }
        }
        if !lacking.is_empty() {
            tracing::warn!("no typeface of this system has {lacking}: boxes stand in the picture");
        }
        Ok(typeface)
    }

    fn has(&self, character: char) -> bool {
        self.fonts.iter().any(|font| font.glyph_id(character).0 != 0)
    }

    /// The first typeface that has a character; the program's own where none has.
    fn font_of(&self, character: char) -> &FontArc {
        let has = |font: &&FontArc| font.glyph_id(character).0 != 0;
        self.fonts.iter().find(has).unwrap_or(&self.fonts[0])
    }

    /// The width of a line, in points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |c: char| {
            let font = self.font_of(c).as_scaled(PxScale::from(size));
            font.h_advance(font.glyph_id(c))
        };
        text.chars().map(advance).sum()
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
        let mut pen = x;
        for c in text.chars() {
            let font = self.font_of(c).as_scaled(PxScale::from(size));
            let id = font.glyph_id(c);
            let glyph = id.with_scale_and_position(size, point(pen, y));
            pen += font.h_advance(id);
            if let Some(outline) = font.outline_glyph(glyph) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The points that a character draws.
    fn drawn(typeface: &Typeface, text: &str) -> Vec<u8> {
        let mut canvas = Pixmap::new(80, 80).expect("room");
        typeface.draw(&mut canvas, text, 10.0, 60.0, 50.0, [1.0; 3]);
        canvas.data().to_vec()
    }

    #[test]
    fn a_character_that_the_own_typeface_lacks_is_found_in_the_system() {
        // Of Armenian, mathematics and Chinese, any that a typeface here has; a bare system may have none.
        let Some(character) = ['Ա', '∮', '对'].into_iter().find(|&c| font_with(c).is_some()) else {
            println!("SKIPPED: no typeface here beside the program's own");
            return;
        };
        let text = character.to_string();
        let without = Typeface::for_texts([]).expect("a typeface");
        let with = Typeface::for_texts([text.as_str()]).expect("a typeface");
        assert!(!without.has(character) && with.has(character));
        let is_box = |typeface: &Typeface| drawn(typeface, &text) == drawn(typeface, "\u{10fffe}");
        assert!(is_box(&without) && !is_box(&with), "{character}");
        assert_eq!(drawn(&without, "Ag"), drawn(&with, "Ag"));
    }
}
