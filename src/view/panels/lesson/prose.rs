//! The texts of a lesson as egui shows them; terms of the glossary tell their meaning where the pointer rests, and to a click.

use crate::lesson::{Glossary, Prose, ProseBlock, ProseSpan};
use crate::view::panels::style;
use egui::{Label, RichText, Sense, Ui};

/// Width of a meaning that was asked for, in points.
const MEANING: f32 = 340.0;

/// Shows a text.
pub(super) fn show(ui: &mut Ui, prose: &Prose, glossary: &Glossary) {
    for block in &prose.0 {
        match block {
            ProseBlock::Paragraph(spans) => paragraph(ui, None, spans, glossary),
            ProseBlock::List(items) => {
                for item in items {
                    paragraph(ui, Some("•"), item, glossary);
                }
            }
        }
        ui.add_space(3.0);
    }
}

fn paragraph(ui: &mut Ui, mark: Option<&str>, spans: &[ProseSpan], glossary: &Glossary) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if let Some(mark) = mark {
            ui.label(format!("  {mark} "));
        }
        for span in spans {
            match span {
                ProseSpan::Plain(text) => {
                    ui.label(text);
                }
                ProseSpan::Emphasis(text) => {
                    ui.label(RichText::new(text).italics());
                }
                ProseSpan::Strong(text) => {
                    ui.label(RichText::new(text).strong());
                }
                ProseSpan::Term { text, term } => {
                    let words = RichText::new(text).color(style::accent(ui)).underline();
                    // Reached by the keyboard, too: what has the focus tells its meaning.
                    let label = ui.add(Label::new(words).sense(Sense::click()));
                    let meaning = glossary.terms.iter().find(|known| known.id == *term);
                    if let Some(known) = meaning {
                        let told = format!("{}: {}", known.title, known.meaning.plain());
                        egui::Popup::from_toggle_button_response(&label).show(|ui| {
                            ui.set_max_width(MEANING);
                            ui.label(&told);
                        });
                        label.on_hover_text(told);
                    }
                }
            }
        }
    });
}
