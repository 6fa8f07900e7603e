//! The window's icon: a cell body whose axons grow out of it.

use tiny_skia::{Color, FillRule, LineCap, Paint, PathBuilder, Pixmap, Stroke, Transform};
use winit::window::Icon;

/// Edge of the icon, in pixels.
const EDGE: u32 = 64;
/// The axons: where each one bends and where it ends, in pixels.
const AXONS: [[f32; 4]; 5] = [
    [34.0, 22.0, 46.0, 6.0],
    [48.0, 30.0, 60.0, 26.0],
    [42.0, 44.0, 56.0, 54.0],
    [22.0, 46.0, 14.0, 60.0],
    [18.0, 26.0, 4.0, 16.0],
];

/// The icon; nothing where it cannot be drawn, which no window needs.
pub fn icon() -> Option<Icon> {
    let mut picture = Pixmap::new(EDGE, EDGE)?;
    picture.fill(Color::from_rgba8(8, 12, 20, 255));
    let mut paint = Paint {
        anti_alias: true,
        ..Paint::default()
    };
    let centre = EDGE as f32 / 2.0;
    let stroke = Stroke {
        width: 3.0,
        line_cap: LineCap::Round,
        ..Stroke::default()
    };
    paint.set_color_rgba8(86, 214, 170, 255);
    for [bend_x, bend_y, end_x, end_y] in AXONS {
        let mut path = PathBuilder::new();
        path.move_to(centre, centre);
        path.quad_to(bend_x, bend_y, end_x, end_y);
        picture.stroke_path(&path.finish()?, &paint, &stroke, Transform::identity(), None);
    }
    paint.set_color_rgba8(250, 240, 205, 255);
    let body = PathBuilder::from_circle(centre, centre, 9.0)?;
    picture.fill_path(&body, &paint, FillRule::Winding, Transform::identity(), None);
    Icon::from_rgba(picture.take(), EDGE, EDGE).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn there_is_an_icon() {
        assert!(super::icon().is_some());
    }
}
