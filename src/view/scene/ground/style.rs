//! Colours of everything under the axons, on a dark ground and on paper, as the shader takes them.

use crate::export::palette::{Colour, field_colour, field_colour_on_paper, linear};
use crate::view::look::Theme;
use bytemuck::{Pod, Zeroable};
use glam::Vec4;

/// Share of the field's colours that shines through the dark gel: the axons are the subject.
const FIELD_STRENGTH: f32 = 0.14;
/// The gel on a dark ground, linear light.
const DARK_GEL: Colour = [0.0024, 0.0032, 0.0048];
/// The gel on paper, sRGB.
const PAPER_GEL: Colour = [0.985, 0.982, 0.972];

/// Colours of one theme, linear. Twin of the struct in `shaders/draw/ground_bindings.wgsl`, which says what they are.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Style {
    floor: Vec4,
    gel: Vec4,
    line: Vec4,
    vignette: Vec4,
    rim: Vec4,
    sheen: Vec4,
    shadow: Vec4,
    wall: Vec4,
    muscle: Vec4,
    gap: Vec4,
    metal: Vec4,
    glow: Vec4,
    around: Vec4,
    field: [Vec4; 5],
}

impl Style {
    /// The colours of a theme.
    pub fn of(theme: Theme) -> Self {
        match theme {
            Theme::Dark => Self::dark(),
            Theme::Light => Self::paper(),
        }
    }

    fn dark() -> Self {
        Style {
            floor: Vec4::new(0.0011, 0.0014, 0.0021, 0.8),
            gel: with(DARK_GEL, 1.0),
            line: Vec4::new(0.028, 0.04, 0.058, 0.36),
            vignette: Vec4::new(1.12, 0.55, 0.55, 0.0),
            rim: Vec4::new(0.022, 0.028, 0.04, 0.05),
            sheen: Vec4::new(0.0016, 0.0021, 0.003, 0.0),
            shadow: Vec4::new(0.0, 0.0, 0.0, 0.3),
            wall: Vec4::new(0.0125, 0.0145, 0.018, 1.0),
            muscle: Vec4::new(0.155, 0.019, 0.038, 0.94),
            gap: Vec4::new(0.018, 0.0032, 0.0088, 1.0),
            metal: Vec4::new(0.062, 0.07, 0.086, 0.5),
            glow: Vec4::new(0.002, 0.075, 0.34, 0.4),
            around: with(surroundings(Theme::Dark), 1.0),
            field: Self::field_stops(Theme::Dark),
        }
    }

    fn paper() -> Self {
        Style {
            floor: with(linear([0.925, 0.922, 0.912]), 0.75),
            gel: with(linear(PAPER_GEL), 1.0),
            line: with(linear([0.66, 0.68, 0.71]), 0.45),
            vignette: Vec4::new(1.0, 0.03, 0.6, 0.0),
            rim: with(linear([0.71, 0.72, 0.74]), 0.12),
            sheen: Vec4::new(-0.02, -0.02, -0.018, 0.0),
            shadow: Vec4::new(0.0, 0.0, 0.0, 0.1),
            wall: with(linear([0.70, 0.70, 0.69]), 1.0),
            muscle: with(linear([0.89, 0.66, 0.67]), 0.92),
            gap: with(linear([0.965, 0.885, 0.875]), 1.0),
            metal: with(linear([0.50, 0.53, 0.57]), 0.14),
            glow: Vec4::new(-0.34, -0.14, 0.0, 0.8),
            around: with(surroundings(Theme::Light), 1.0),
            field: Self::field_stops(Theme::Light),
        }
    }

    /// The light that the field adds to the gel where there is none, and from each quarter of its range to the next.
    fn field_stops(theme: Theme) -> [Vec4; 5] {
        std::array::from_fn(|stop| {
            let before = match stop {
                0 => gel(theme),
                stop => field_stop(theme, stop - 1),
            };
            let here = field_stop(theme, stop);
            with(std::array::from_fn(|channel| here[channel] - before[channel]), 0.0)
        })
    }
}

/// The gel without any field, linear light.
fn gel(theme: Theme) -> Colour {
    match theme {
        Theme::Dark => DARK_GEL,
        Theme::Light => linear(PAPER_GEL),
    }
}

fn with(colour: Colour, alpha: f32) -> Vec4 {
    let [r, g, b] = colour;
    Vec4::new(r, g, b, alpha)
}

/// Linear light of a gel at a quarter of the field's range.
fn field_stop(theme: Theme, quarter: usize) -> Colour {
    let share = quarter as f32 / 4.0;
    match theme {
        Theme::Dark => {
            let glow = linear(field_colour(share));
            std::array::from_fn(|channel| DARK_GEL[channel] + FIELD_STRENGTH * glow[channel])
        }
        Theme::Light => linear(field_colour_on_paper(share)),
    }
}

/// Linear light of a gel whose myokine is at a share of the field's range: straight between its quarters.
fn field_light(theme: Theme, share: f32) -> Colour {
    let place = 4.0 * share.clamp(0.0, 1.0);
    let below = (place as usize).min(3);
    let (low, high) = (field_stop(theme, below), field_stop(theme, below + 1));
    std::array::from_fn(|channel| low[channel] + (high[channel] - low[channel]) * (place - below as f32))
}

/// The colour of a share of the field's range where no axon lies on it, by the gain of its channel, sRGB: that of its legend.
pub fn field_seen(theme: Theme, share: f32, gain: f32) -> Colour {
    let (gel, field) = (gel(theme), field_light(theme, share));
    std::array::from_fn(|channel| encoded(gel[channel] + gain * (field[channel] - gel[channel])))
}

/// Linear light around the wells: what a picture is cleared to.
pub fn surroundings(theme: Theme) -> Colour {
    match theme {
        Theme::Dark => [0.0015, 0.0018, 0.0025],
        Theme::Light => linear([0.945, 0.943, 0.935]),
    }
}

/// From linear light to sRGB.
pub fn encoded(light: f32) -> f32 {
    let light = light.clamp(0.0, 1.0);
    if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lightness as the eye sees it (CIE L*, 0 to 1).
    fn lightness([r, g, b]: Colour) -> f32 {
        let [r, g, b] = linear([r, g, b]);
        let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        1.16 * y.cbrt() - 0.16
    }

    #[test]
    fn the_field_grows_lighter_on_dark_and_darker_on_paper() {
        for step in 1..=16 {
            let (low, high) = ((step - 1) as f32 / 16.0, step as f32 / 16.0);
            assert!(lightness(field_seen(Theme::Dark, high, 1.0)) >= lightness(field_seen(Theme::Dark, low, 1.0)));
            assert!(lightness(field_seen(Theme::Light, high, 1.0)) < lightness(field_seen(Theme::Light, low, 1.0)));
        }
        assert!(
            lightness(field_seen(Theme::Dark, 1.0, 1.0)) < 0.4,
            "axons have to stand out"
        );
        assert!(lightness(field_seen(Theme::Light, 1.0, 1.0)) > 0.6);
    }
}
