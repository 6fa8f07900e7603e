//! Scales and time, in the corners of the scene: time and magnification above, the field and the axons' colours on the
//! lower left, growth cones and the scale bar on the lower right.

use super::ink::{Ink, colour};
use super::names::block_in_sight;
use super::words::{length, round_length, time};
use super::{MARGINS, OverlayInput, axon_scale};
use crate::model::layout::mode;
use crate::view::look::Channel;
use crate::view::pose::{light_words, motion_words, short};
use crate::view::scene::ground::field_seen;
use crate::view::tools::find::mode_words;
use egui::{Align2, Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

/// Colours of a drawn scale.
const SHADES: usize = 48;
/// Points for each µm from which growth cones are large enough to show their mode.
const CONES_SEEN: f32 = 0.25;

/// Draws the corners.
pub fn draw(painter: &Painter, rect: Rect, input: &OverlayInput<'_>, ink: &Ink) {
    let pad = 0.9 * ink.size;
    let inner = rect.shrink(pad);
    head(painter, rect, inner, input, ink);
    let right = foot_right(painter, inner, input, ink);
    foot_left(painter, inner, right, input, ink);
}

/// Time on the left, on the right the words for what moves in the wells that are in sight, which is `rect`.
fn head(painter: &Painter, rect: Rect, inner: Rect, input: &OverlayInput<'_>, ink: &Ink) {
    let hours = f64::from(input.step) * input.plate.step_h;
    let written = ink.words(
        painter,
        inner.left_top(),
        Align2::LEFT_TOP,
        &time(hours),
        1.35,
        ink.strong(),
    );
    let mut said: Vec<(String, Color32)> = Vec::new();
    let conditions = 0..input.plate.conditions.len();
    for condition in conditions.filter(|&number| block_in_sight(input, number, rect).is_some()) {
        let gel = motion_words(input.plate, condition, input.step, input.look);
        let light = light_words(input.plate, condition, input.step);
        let rows = [(gel, ink.quiet()), (light, ink.blue_light())];
        for (words, colour) in rows.into_iter().filter_map(|(words, colour)| Some((words?, colour))) {
            if !said.iter().any(|(known, _)| *known == words) {
                said.push((words, colour));
            }
        }
    }
    let words: Vec<String> = said.into_iter().map(|(words, _)| words).collect();
    let room = inner.right() - written.right() - 2.0 * ink.size;
    let line = ink.fitted(painter, &words.join("   ·   "), 0.92, room);
    let at = pos2(inner.right(), written.center().y);
    ink.words(painter, at, Align2::RIGHT_CENTER, &line, 0.92, ink.quiet());
}

/// The scale bar, and above it the marks of growth cones; returns how far left they reach.
fn foot_right(painter: &Painter, inner: Rect, input: &OverlayInput<'_>, ink: &Ink) -> f32 {
    let per_um = f64::from(input.on_screen.px_per_um).max(1e-9);
    let most_px = f64::from(inner.width()).min(40.0 * f64::from(ink.size)) * 0.28;
    let bar_um = round_length(most_px / per_um);
    let bar = (bar_um * per_um) as f32;
    let (right, base) = (inner.right(), inner.bottom());
    let line = Rect::from_min_max(pos2(right - bar, base - 0.2 * ink.size), pos2(right, base));
    painter.rect_filled(line, CornerRadius::same(1), ink.strong());
    let at = pos2(right - 0.5 * bar, line.top() - 0.25 * ink.size);
    let words = ink.words(painter, at, Align2::CENTER_BOTTOM, &length(bar_um), 1.0, ink.strong());
    let mut left = line.left().min(words.left());
    if input.look.layers.cones && input.on_screen.px_per_um >= CONES_SEEN {
        let mut at = pos2(left - 2.0 * ink.size, base - 0.6 * ink.size);
        for of in [mode::RETRACT, mode::PAUSE, mode::RUN] {
            let words = ink.words(painter, at, Align2::RIGHT_CENTER, mode_words(of), 0.92, ink.quiet());
            let mark = pos2(words.left() - 0.8 * ink.size, at.y);
            painter.add(cone_mark(mark, 0.42 * ink.size, of, ink.strong()));
            at.x = mark.x - 1.4 * ink.size;
        }
        left = at.x;
    }
    left
}

/// The marks of growth cones as `shaders/draw/cones.wgsl` draws them, pointing to the right: a full drop while it advances,
/// a ring while it rests, a dim drop that is turned round while it retracts.
fn cone_mark(at: Pos2, radius: f32, of: u32, colour: Color32) -> Shape {
    let drop = |forward: f32, colour: Color32| {
        // The round end from one side over the back to the other, then the point.
        let round = (0..=12).map(|step| {
            let angle = std::f32::consts::PI * (0.4 + 1.2 * step as f32 / 12.0);
            at + 0.55 * radius * vec2(forward * angle.cos(), angle.sin())
        });
        let outline = round.chain([at + vec2(forward * radius, 0.0)]).collect();
        Shape::convex_polygon(outline, colour, Stroke::NONE)
    };
    match of {
        mode::RUN => drop(1.0, colour),
        mode::PAUSE => Shape::circle_stroke(at, 0.5 * radius, Stroke::new(0.28 * radius, colour)),
        _ => drop(-1.0, colour.gamma_multiply(0.55)),
    }
}

/// The field's scale, and beside it the axons'.
fn foot_left(painter: &Painter, inner: Rect, right: f32, input: &OverlayInput<'_>, ink: &Ink) {
    let mut left = inner.left();
    let most = right - 2.0 * ink.size;
    let myokine = input.plate.myokines.get(input.look.species);
    if let Some(myokine) = myokine.filter(|_| input.look.layers.field && input.brightest_dose > 0.0) {
        let title = format!("{}, {}", myokine.name, myokine.unit.in_words());
        let highest = f64::from(input.brightest_dose);
        let (theme, gain) = (ink.theme(), input.look.gains.of(Channel::Myokine));
        let shade = |share: f32| colour(field_seen(theme, share, gain));
        let marks = ["0".to_owned(), short(0.5 * highest), short(highest)];
        let drawn = scale(painter, pos2(left, inner.bottom()), most, &title, &marks, &shade, ink);
        left = drawn.map_or(left, |rect| rect.right() + 3.0 * ink.size);
    }
    let hours = f64::from(input.step) * input.plate.step_h;
    let ends = axon_scale::ends(input.look.colour_by, hours);
    if let Some([lowest, highest]) = ends.filter(|_| input.look.layers.axons) {
        let title = format!("axons by {}", input.look.colour_by.words());
        let at = pos2(left, inner.bottom());
        scale(
            painter,
            at,
            most,
            &title,
            &[lowest, String::new(), highest],
            &axon_scale::colour,
            ink,
        );
    }
}

/// A scale of colours with its title above and its numbers below; its lower left corner is at `at`. Nothing where there
/// is no room.
fn scale(
    painter: &Painter,
    at: Pos2,
    most: f32,
    title: &str,
    marks: &[String; 3],
    shade: &dyn Fn(f32) -> Color32,
    ink: &Ink,
) -> Option<Rect> {
    let width = ink.room(painter, title, 0.92).x.clamp(11.0 * ink.size, 20.0 * ink.size);
    let height = (MARGINS.1 - 0.9) * ink.size;
    let rect = Rect::from_min_size(pos2(at.x, at.y - height), vec2(width, height));
    if rect.right() > most {
        return None;
    }
    let title = ink.fitted(painter, title, 0.92, width);
    ink.words(painter, rect.left_top(), Align2::LEFT_TOP, &title, 0.92, ink.quiet());
    let bar = Rect::from_min_max(
        rect.left_bottom() - vec2(0.0, 2.15 * ink.size),
        rect.right_bottom() - vec2(0.0, 1.45 * ink.size),
    );
    for step in 0..SHADES {
        let edge = |step: usize| bar.left() + bar.width() * step as f32 / SHADES as f32;
        let part = Rect::from_min_max(pos2(edge(step), bar.top()), pos2(edge(step + 1) + 0.5, bar.bottom()));
        let colour = shade((step as f32 + 0.5) / SHADES as f32);
        painter.rect_filled(part.intersect(bar), CornerRadius::ZERO, colour);
    }
    painter.rect_stroke(
        bar,
        CornerRadius::ZERO,
        Stroke::new(1.0, ink.line()),
        StrokeKind::Outside,
    );
    let below = bar.bottom() + 0.25 * ink.size;
    let anchors = [
        (bar.left(), Align2::LEFT_TOP),
        (bar.center().x, Align2::CENTER_TOP),
        (bar.right(), Align2::RIGHT_TOP),
    ];
    for ((x, anchor), mark) in anchors.into_iter().zip(marks).filter(|(_, mark)| !mark.is_empty()) {
        ink.words(painter, pos2(x, below), anchor, mark, 0.88, ink.quiet());
    }
    Some(rect)
}
