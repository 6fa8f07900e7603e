//! Names of conditions above their wells, what goes on in them, and the wells' numbers where there is room.

use super::OverlayInput;
use super::ink::Ink;
use crate::model::plate::{Action, Condition, Plate};
use crate::readout::roles::roles;
use crate::view::pose::{gel_moves, light_is_on};
use egui::{Align2, Color32, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, vec2};
use glam::DVec2;

/// The time for which a change of medium is mentioned, h.
const JUST_CHANGED_H: f64 = 1.0;
/// A well this wide, in heights of words, shows its number.
const NUMBERED: f32 = 14.0;
/// A block narrower than this, in heights of words, shows no name.
const NAMED: f32 = 3.0;

/// The events of a condition at a step, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoingOn {
    /// Its muscle is lit.
    Light,
    /// Its gel moves.
    Gel,
    /// Its medium was changed a moment ago.
    Medium,
}

impl GoingOn {
    fn words(self) -> &'static str {
        match self {
            GoingOn::Light => "light on",
            GoingOn::Gel => "gel moving",
            GoingOn::Medium => "medium changed",
        }
    }
}

/// The words for what goes on in a condition, by its place in the plate, at a step.
pub fn going_on(plate: &Plate, number: usize, step: u32) -> Vec<GoingOn> {
    let mut found = Vec::new();
    let Some(condition) = plate.conditions.get(number) else {
        return found;
    };
    if light_is_on(plate, condition, step) {
        found.push(GoingOn::Light);
    }
    if gel_moves(plate, condition, step) {
        found.push(GoingOn::Gel);
    }
    if medium_just_changed(plate, number, condition, step) {
        found.push(GoingOn::Medium);
    }
    found
}

fn medium_just_changed(plate: &Plate, number: usize, condition: &Condition, step: u32) -> bool {
    let now_h = f64::from(step) * plate.step_h;
    let once = plate.events.iter().any(|event| {
        let since_h = now_h - f64::from(event.step) * plate.step_h;
        matches!(event.action, Action::Medium(_)) && event.concerns(number) && (0.0..JUST_CHANGED_H).contains(&since_h)
    });
    once || condition.medium.as_ref().is_some_and(|medium| {
        let since_h = now_h - medium.start_h;
        since_h >= 0.0 && since_h.rem_euclid(medium.every_h.max(plate.step_h)) < JUST_CHANGED_H
    })
}

/// Where the wells of a condition are on the screen; `None` where they are out of sight.
pub fn block_in_sight(input: &OverlayInput<'_>, number: usize, rect: Rect) -> Option<Block> {
    let on_screen = |at: DVec2| (input.on_screen.to_screen)(at.extend(0.0));
    let (low, high) = *input.arrangement.blocks_um.get(number)?;
    let (left, right, foot) = (on_screen(DVec2::new(low.x, high.y))?, on_screen(high)?, on_screen(low)?);
    let bounds = Rect::from_two_pos(left, right).union(Rect::from_two_pos(left, foot));
    bounds.intersects(rect).then_some(Block { left, right, bounds })
}

/// The wells of a condition on the screen.
pub struct Block {
    /// The upper left corner.
    left: Pos2,
    /// The upper right corner.
    right: Pos2,
    bounds: Rect,
}

/// Writes the names that are in sight.
pub fn draw(painter: &Painter, rect: Rect, input: &OverlayInput<'_>, ink: &Ink) {
    let is_told = !input.hides_names && input.plate.conditions.len() > 1;
    let control = roles(input.plate).control.filter(|_| is_told);
    for (number, condition) in input.plate.conditions.iter().enumerate() {
        let Some(Block {
            left,
            right,
            bounds: block,
        }) = block_in_sight(input, number, rect)
        else {
            continue;
        };
        if block.width() < NAMED * ink.size {
            continue;
        }
        // Above the wells, or within sight where the view is in the wells.
        let top = (left.y.min(right.y) - 0.3 * ink.size).max(rect.top() + super::MARGINS.0 * ink.size + 1.3 * ink.size);
        if top > block.bottom() {
            continue;
        }
        let begin = left.x.min(right.x).max(rect.left() + 0.8 * ink.size);
        let end = left.x.max(right.x).min(rect.right() - 0.8 * ink.size);
        let mut words = condition.name.clone();
        if control == Some(number) && !words.to_lowercase().contains("control") {
            words += " (the control)";
        }
        name(painter, input, ink, (number, &words), (begin, end, top));
    }
    if input.px_per_well() >= NUMBERED * ink.size {
        numbers(painter, rect, input, ink);
    }
}

fn name(
    painter: &Painter,
    input: &OverlayInput<'_>,
    ink: &Ink,
    (number, words): (usize, &str),
    (begin, end, base): (f32, f32, f32),
) {
    let colour = ink.hue(input.arrangement.hue(number));
    let badges = going_on(input.plate, number, input.step);
    let words = ink.fitted(painter, words, 1.1, end - begin);
    let written = ink.words(
        painter,
        Pos2::new(begin, base),
        Align2::LEFT_BOTTOM,
        &words,
        1.1,
        colour,
    );
    // Badges from the right, as many as there is room for.
    let mut right = end;
    for badge in badges {
        let words = badge.words();
        let size = ink.room(painter, words, 0.85) + vec2(1.5 * ink.size, 0.25 * ink.size);
        if right - size.x < written.right() + 0.6 * ink.size {
            break;
        }
        let place = Rect::from_min_size(Pos2::new(right - size.x, base - size.y), size);
        let colour = match badge {
            GoingOn::Light => ink.blue_light(),
            GoingOn::Gel => colour,
            GoingOn::Medium => ink.quiet(),
        };
        pill(painter, ink, place, colour, words);
        right = place.left() - 0.4 * ink.size;
    }
}

fn pill(painter: &Painter, ink: &Ink, place: Rect, colour: Color32, words: &str) {
    let round = CornerRadius::same((0.5 * place.height()) as u8);
    painter.rect(
        place,
        round,
        colour.gamma_multiply(0.14),
        Stroke::new(1.0, colour.gamma_multiply(0.55)),
        StrokeKind::Inside,
    );
    let dot = Pos2::new(place.left() + 0.6 * ink.size, place.center().y);
    painter.circle_filled(dot, 0.19 * ink.size, colour);
    let at = Pos2::new(place.left() + ink.size, place.center().y);
    ink.words(painter, at, Align2::LEFT_CENTER, words, 0.85, colour);
}

fn numbers(painter: &Painter, rect: Rect, input: &OverlayInput<'_>, ink: &Ink) {
    let size = input.arrangement.well_um.truncate();
    let mut replicate = 0;
    for (well, (corner, condition)) in input
        .arrangement
        .corners_um
        .iter()
        .zip(&input.arrangement.conditions)
        .enumerate()
    {
        let first = well == 0 || input.arrangement.conditions[well - 1] != *condition;
        replicate = if first { 1 } else { replicate + 1 };
        let at = corner.truncate() + size * DVec2::new(0.03, 0.03);
        let free = rect.bottom() - super::MARGINS.1 * ink.size;
        if let Some(at) = (input.on_screen.to_screen)(at.extend(0.0)).filter(|at| at.y < free) {
            let colour = ink.quiet().gamma_multiply(0.8);
            ink.words(painter, at, Align2::LEFT_BOTTOM, &replicate.to_string(), 0.9, colour);
        }
    }
}

impl OverlayInput<'_> {
    /// Width of a well on the screen, points.
    pub fn px_per_well(&self) -> f32 {
        self.on_screen.px_per_um * self.arrangement.well_um.x as f32
    }
}
