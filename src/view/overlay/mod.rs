//! The overlay of the scene: names, scales, time, what goes on in each condition. It is painted from data alone, so
//! that a window and a picture without one show the same.

mod axon_scale;
pub mod card;
pub mod ink;
pub mod legends;
pub mod lettering;
pub mod names;
pub mod onto;
pub mod words;

use super::arrangement::Arrangement;
use super::look::Look;
use super::tools::find::NeuronCard;
use crate::model::plate::Plate;
use egui::{Painter, Pos2, Rect, vec2};
use glam::DVec3;
use ink::Ink;

/// How the plate comes to lie on the screen.
#[derive(Clone, Copy)]
pub struct OnScreen<'a> {
    /// From the plate, µm, to points; `None` behind the viewer.
    pub to_screen: &'a dyn Fn(DVec3) -> Option<Pos2>,
    /// Points for each µm in the middle of the view.
    pub px_per_um: f32,
}

/// The facts that the overlay tells.
#[derive(Clone, Copy)]
pub struct OverlayInput<'a> {
    /// Whether letters stand for the names of the treatments in it, of which nothing else is told either.
    pub hides_names: bool,
    /// The plate as its events have made it until the step.
    pub plate: &'a Plate,
    /// The places of its wells.
    pub arrangement: &'a Arrangement,
    /// How it is looked at.
    pub look: &'a Look,
    /// The step that is shown.
    pub step: u32,
    /// The dose of the brightest field colour; 0 without field.
    pub brightest_dose: f32,
    /// From the plate to the screen.
    pub on_screen: OnScreen<'a>,
    /// The neuron that is selected.
    pub selected: Option<&'a NeuronCard>,
}

/// Room that legends take, as a share of the height of words: what a camera that fits the plate should leave free at the
/// top and at the bottom.
pub const MARGINS: (f32, f32) = (2.6, 4.6);

/// Writes over the scene, which fills `rect`.
pub fn draw(painter: &Painter, rect: Rect, input: &OverlayInput<'_>) {
    let painter = painter.with_clip_rect(rect);
    let ink = Ink::new(&painter, input.look.theme);
    // Wells may lie below the legends: there they fade.
    let (top, bottom) = (MARGINS.0 * ink.size, MARGINS.1 * ink.size);
    ink.fade(
        &painter,
        Rect::from_min_size(rect.min, vec2(rect.width(), 1.3 * top)),
        false,
    );
    ink.fade(
        &painter,
        Rect::from_min_max(rect.max - vec2(rect.width(), 1.3 * bottom), rect.max),
        true,
    );
    names::draw(&painter, rect, input, &ink);
    legends::draw(&painter, rect, input, &ink);
    if let Some(selected) = input.selected {
        card::draw(&painter, rect, input, selected, &ink);
    }
}
