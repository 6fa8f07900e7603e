//! Lettering beyond egui's own typefaces: characters that they lack are looked for in those of the system.

use crate::export::system_fonts::font_with;
use egui::Context;
use egui::epaint::text::{FallbackRequest, FontInsert, FontPriority, InsertFontFamily};
use egui::{FontData, FontFamily};
use std::sync::Arc;

/// Lets a context find a typeface for a character that its own lack; a box stands for one that none has.
pub fn complete(context: &Context) {
    context.add_font_provider(Arc::new(|request: &FallbackRequest<'_>| {
        let character = request.cluster.chars().next()?;
        let found = font_with(character)?;
        let data = FontData {
            index: found.index,
            ..FontData::from_owned(found.bytes)
        };
        let family = |family: FontFamily| InsertFontFamily {
            family,
            priority: FontPriority::Lowest,
        };
        Some(FontInsert::new(
            &found.name,
            data,
            vec![family(FontFamily::Proportional)],
        ))
    }));
}
