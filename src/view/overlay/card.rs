//! The card of the neuron that is selected.

use super::OverlayInput;
use super::ink::Ink;
use super::words::length;
use crate::view::pose::short;
use crate::view::tools::find::{NeuronCard, movement_words};
use egui::{Align2, Color32, Painter, Rect, pos2};

/// Writes the card below the upper right corner.
pub fn draw(painter: &Painter, rect: Rect, input: &OverlayInput<'_>, card: &NeuronCard, ink: &Ink) {
    let condition = input.arrangement.conditions.get(card.well).copied().unwrap_or(0);
    let name = input
        .plate
        .conditions
        .get(condition)
        .map_or("", |condition| condition.name.as_str());
    let before = input.arrangement.conditions.iter().take(card.well);
    let replicate = before.filter(|before| **before == condition).count() + 1;
    let first = input
        .plate
        .neurons_in_wells()
        .get(card.well)
        .map_or(0, |neurons| neurons.start);
    let neuron = (card.neuron as usize).saturating_sub(first);
    let row = |words: String| (words, ink.quiet());
    let rows: Vec<(String, Color32)> = vec![
        (format!("neuron {}", neuron + 1), ink.strong()),
        (
            format!("{name}, well {replicate}"),
            ink.hue(input.arrangement.hue(condition)),
        ),
        row(format!("axon {}, {}", length(card.length_um), tips(card.tips))),
        row(format!("branch order up to {}", card.branch_order)),
        row(format!(
            "furthest cone {}, {} µm/h",
            movement_words(card.mode, card.speed_um_per_h),
            short(f64::from(card.speed_um_per_h))
        )),
        row(format!("gain {} ×", short(f64::from(card.gain)))),
        row(format!(
            "programmes: trophic {:.2}, mechano {:.2}",
            card.trophic, card.mechano
        )),
    ];
    let at = pos2(
        rect.right() - 0.9 * ink.size,
        rect.top() + (super::MARGINS.0 + 0.4) * ink.size,
    );
    ink.card_of_rows(painter, at, Align2::RIGHT_TOP, &rows);
}

fn tips(tips: usize) -> String {
    match tips {
        1 => "1 tip".to_owned(),
        tips => format!("{tips} tips"),
    }
}
