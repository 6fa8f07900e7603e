//! What is written over the scene: names, scales, time, what goes on in each condition. It is painted from data alone, so
//! that a window and a picture without one show the same.

pub mod card;
pub mod ink;
pub mod legends;
pub mod names;
pub mod words;

use super::arrangement::Arrangement;
use super::look::Look;
use super::tools::find::NeuronCard;
use crate::model::plate::Plate;
use egui::{Color32, Painter, Pos2, Rect};
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

/// The scale of the axons' colours, where they say a number.
#[derive(Clone, Copy)]
pub struct AxonScale<'a> {
    /// What is lowest, in words with unit.
    pub lowest: &'a str,
    /// What is highest.
    pub highest: &'a str,
    /// The colour at a share of the way.
    pub colour: &'a dyn Fn(f32) -> Color32,
}

/// What there is to write.
#[derive(Clone, Copy)]
pub struct OverlayInput<'a> {
    /// The plate as its events have made it until the step.
    pub plate: &'a Plate,
    /// Where its wells are.
    pub arrangement: &'a Arrangement,
    /// How it is looked at.
    pub look: &'a Look,
    /// The step that is shown.
    pub step: u32,
    /// The dose of the brightest field colour; 0 without field.
    pub brightest_dose: f32,
    /// Where things come to lie.
    pub on_screen: OnScreen<'a>,
    /// The scale of the axons' colours; `None` where they are told by name or not at all.
    pub axon_scale: Option<AxonScale<'a>>,
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
    names::draw(&painter, rect, input, &ink);
    legends::draw(&painter, rect, input, &ink);
    if let Some(selected) = input.selected {
        card::draw(&painter, rect, input, selected, &ink);
    }
}
