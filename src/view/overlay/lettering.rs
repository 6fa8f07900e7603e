//! Lettering beyond egui's own typefaces: characters that they lack are looked for in those of the system.

use crate::export::system_fonts::font_with;
use egui::Context;
use egui::epaint::text::{FallbackRequest, FontInsert, FontPriority, InsertFontFamily};
use egui::{FontData, FontFamily};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Lets a context find a typeface for a character that its own lack; a box stands for one that none has, and a warning says so.
pub fn complete(context: &Context) {
    let told = Mutex::new(BTreeSet::new());
    context.add_font_provider(Arc::new(move |request: &FallbackRequest<'_>| {
        let character = request.cluster.chars().next()?;
        let Some(found) = font_with(character) else {
            if told.lock().unwrap_or_else(PoisonError::into_inner).insert(character) {
                tracing::warn!("no typeface of this system has {character}: a box stands for it");
            }
            return None;
        };
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
