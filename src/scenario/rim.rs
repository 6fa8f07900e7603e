//! Warning of a well in which axons are expected to grow to its sides.
//!
//! Of the condition whose axons reach furthest some paths are drawn: they set out straight from the edge of their explant, in all
//! directions alike, are as long as the net speed and its variation make them at the mean gain, from one cut to the next, and lose their
//! direction over the persistence length. What turns axons is left out, and so are tows, and wells with walls, where axons meet these.

use super::mean_gain::mean_gain;
use super::quantity::{self, tidy};
use super::reader::Fields;
use crate::model::net_speed::spread_um_per_root_h;
use crate::model::parameter::Dimension;
use crate::model::plate::{Action, PlacedExplant, Plate};
use crate::model::reach::persistent_reach_um;
use crate::model::rim::{TOLD_AT_RIM, distances_to_sides_um, is_at_rim};
use crate::model::rules::random::{draw, gaussian_pair, purpose};
use glam::{DVec2, UVec2};
use std::f64::consts::TAU;

/// Paths that are drawn from an explant.
const PATHS: u32 = 1000;
/// Pieces of a path for each persistence length, and at most.
const PIECES_PER_PERSISTENCE: f64 = 5.0;
/// See [`PIECES_PER_PERSISTENCE`].
const PIECES: (f64, f64) = (20.0, 200.0);

/// The paths of a condition's axons.
#[derive(Clone, Copy, Debug)]
struct Paths {
    /// Their mean length, µm.
    length_um: f64,
    /// Its standard deviation, µm.
    spread_um: f64,
    /// The length over which they lose their direction, µm.
    persistence_um: f64,
}

/// Warns of the condition whose axons reach furthest, where more than few of its tips are expected in the rim.
pub fn check(root: &Fields<'_>, plate: &Plate) {
    if !plate.domain.walls.is_empty() {
        return;
    }
    let paths = (0..plate.conditions.len()).map(|condition| Paths::of(plate, condition));
    let furthest = paths.enumerate().reduce(|most, next| {
        if next.1.reach_um() > most.1.reach_um() {
            next
        } else {
            most
        }
    });
    let Some((condition, paths)) = furthest else { return };
    let share = share_at_rim(plate, &paths);
    if share > TOLD_AT_RIM {
        let free_um = plate.explants.iter().map(|placed| free_um(plate, placed));
        let length = |um: f64| quantity::format(um.round(), Dimension::Length.into());
        root.notes.spot(root.at("well").place, "well.size").warn(format!(
            "axons of {} grow to about {}, and it is {} from an explant to the nearest side: up to about {} % of their tips are stopped \
             there, so that radius, extent and hull say too little",
            plate.conditions[condition].name,
            length(paths.length_um),
            length(free_um.fold(f64::INFINITY, f64::min)),
            tidy((100.0 * share).round())
        ));
    }
}

/// Distance from the edge of an explant to the nearest side of the well, µm.
fn free_um(plate: &Plate, placed: &PlacedExplant) -> f64 {
    let nearest = distances_to_sides_um(&plate.domain, placed.at_um).into_iter();
    nearest.fold(f64::INFINITY, f64::min) - placed.explant.radius_um
}

/// Share of the paths from all explants that come into the rim.
fn share_at_rim(plate: &Plate, paths: &Paths) -> f64 {
    let neurons = |placed: &PlacedExplant| placed.explant.neurons;
    let all: f64 = plate.explants.iter().map(neurons).sum();
    let stopped = plate
        .explants
        .iter()
        .map(|placed| neurons(placed) * paths.share_stopped(plate, placed));
    if all > 0.0 { stopped.sum::<f64>() / all } else { 0.0 }
}

/// The longest time between the start, the cuts of a condition and the end, h: a cut takes off what was grown.
fn longest_stretch_h(plate: &Plate, condition: usize) -> f64 {
    let events = plate
        .events
        .iter()
        .filter(|event| event.concerns(condition) && matches!(event.action, Action::Axotomy(_)));
    let ends = events.map(|event| event.step.min(plate.steps)).chain([plate.steps]);
    let (_, longest) = ends.fold((0, 0), |(begin, longest), end| (end, longest.max(end - begin)));
    f64::from(longest) * plate.step_h
}

impl Paths {
    fn of(plate: &Plate, condition: usize) -> Self {
        let cone = &plate.conditions[condition].biology.growth_cone;
        let gain = mean_gain(plate, &plate.conditions[condition]);
        let hours = longest_stretch_h(plate, condition);
        Self {
            length_um: cone.speed_um_per_h * gain * hours,
            spread_um: spread_um_per_root_h(cone) * gain * hours.sqrt(),
            persistence_um: cone.persistence_length_um,
        }
    }

    fn reach_um(&self) -> f64 {
        persistent_reach_um(self.length_um, self.persistence_um)
    }

    /// Share of those from an explant that come into the rim.
    fn share_stopped(&self, plate: &Plate, placed: &PlacedExplant) -> f64 {
        let stopped = (0..PATHS).filter(|&number| self.comes_to_rim(number, plate, placed));
        stopped.count() as f64 / f64::from(PATHS)
    }

    fn comes_to_rim(&self, number: u32, plate: &Plate, placed: &PlacedExplant) -> bool {
        let words = draw(number, 0, UVec2::ZERO, purpose::PERSISTENCE);
        let length_um = self.length_um + self.spread_um * f64::from(gaussian_pair(words.x, words.y).x);
        if free_um(plate, placed) > length_um {
            return false;
        }
        let (fewest, most) = PIECES;
        let pieces = (PIECES_PER_PERSISTENCE * length_um / self.persistence_um).ceil();
        let pieces = pieces.clamp(fewest, most);
        let piece_um = length_um / pieces;
        let turn = (2.0 * piece_um / self.persistence_um).sqrt();
        let mut angle = TAU * f64::from(number) / f64::from(PATHS);
        let mut at_um = placed.at_um + (placed.explant.radius_um * DVec2::from_angle(angle)).extend(0.0);
        (0..pieces as u32).any(|piece| {
            let words = draw(number, piece, UVec2::ZERO, purpose::GROWTH);
            at_um += (piece_um * DVec2::from_angle(angle)).extend(0.0);
            angle += turn * f64::from(gaussian_pair(words.x, words.y).x);
            is_at_rim(&plate.domain, at_um)
        })
    }
}
