//! The names of treatments at the ends of their lines, moved apart where lines end close together.

use super::curves::Curve;
use egui::{Align2, FontId, Painter, Rect, pos2, vec2};

/// More names than these would cover the curves.
const MOST: usize = 8;
/// Size of the letters, and the room that a line of them takes, in points.
const SIZE: f32 = 10.5;
const LINE: f32 = 12.0;
/// Letters of a name that are written.
const LETTERS: usize = 22;

/// The width that the names of `curves` take beside their ends, about, in points.
pub(super) fn room(curves: &[Curve]) -> f32 {
    if curves.len() > MOST || curves.len() < 2 {
        return 0.0;
    }
    let letters = curves.iter().map(|curve| curve.name.chars().count().min(LETTERS));
    letters.max().unwrap_or(0) as f32 * 0.55 * SIZE + 8.0
}

/// Writes the names of `curves` into `plot`, whose points lie where `to_screen` says.
pub(super) fn draw(painter: &Painter, plot: Rect, curves: &[Curve], to_screen: impl Fn([f64; 2]) -> egui::Pos2) {
    if curves.len() > MOST || curves.len() < 2 {
        return;
    }
    let painter = painter.with_clip_rect(plot);
    let ends: Vec<(&Curve, egui::Pos2)> = curves
        .iter()
        .filter_map(|curve| Some((curve, to_screen(curve.end()?))))
        .collect();
    let heights: Vec<f32> = ends.iter().map(|(_, at)| at.y).collect();
    let heights = apart(&heights, LINE, plot.top() + 0.5 * LINE, plot.bottom() - 0.5 * LINE);
    for ((curve, at), y) in ends.into_iter().zip(heights) {
        let name = shortened(&curve.name);
        let text = painter.layout_no_wrap(name, FontId::proportional(SIZE), curve.colour);
        let width = text.size().x;
        // Behind the end while there is room, then ahead of it.
        let left = (at.x + 4.0).min(plot.right() - width - 2.0);
        let card = Rect::from_min_size(pos2(left, y - 0.5 * LINE), vec2(width, LINE));
        let ground = painter.ctx().global_style().visuals.panel_fill;
        painter.rect_filled(card, 2.0, ground.gamma_multiply(0.7));
        let corner = Align2::LEFT_CENTER.anchor_size(pos2(left, y), text.size()).min;
        painter.galley(corner, text, curve.colour);
    }
}

/// A name of [`LETTERS`] letters at most.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let beginning: String = name.chars().take(LETTERS - 1).collect();
    beginning.trim_end().to_owned() + "…"
}

/// Heights that keep their order, lie at least `gap` apart and within `low` to `high` as far as there is room.
fn apart(heights: &[f32], gap: f32, low: f32, high: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|&a, &b| heights[a].total_cmp(&heights[b]));
    let mut placed = heights.to_vec();
    let mut least = low;
    for &index in &order {
        placed[index] = placed[index].max(least);
        least = placed[index] + gap;
    }
    let mut most = high;
    for &index in order.iter().rev() {
        placed[index] = placed[index].min(most);
        most = placed[index] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_order_and_do_not_cover_each_other() {
        let placed = apart(&[50.0, 51.0, 10.0, 99.0], 12.0, 0.0, 100.0);
        assert_eq!(placed, [50.0, 62.0, 10.0, 99.0]);
        // At the edge they move away from it.
        let placed = apart(&[99.0, 98.0, 97.0], 12.0, 0.0, 100.0);
        assert_eq!(placed, [100.0, 88.0, 76.0]);
    }
}
