//! Colours that the colour-blind can tell apart: Okabe and Ito's for conditions, a perceptual map for fields.

/// A colour, 0 to 1 in sRGB.
pub type Colour = [f32; 3];

/// On a dark ground, one for each condition in turn.
const ON_DARK: [Colour; 7] = [
    rgb(0x56, 0xB4, 0xE9),
    rgb(0xE6, 0x9F, 0x00),
    rgb(0x14, 0xC4, 0x92),
    rgb(0xE0, 0x88, 0xBB),
    rgb(0xF0, 0x6A, 0x1E),
    rgb(0xF0, 0xE4, 0x42),
    rgb(0x3E, 0x92, 0xD8),
];

/// On paper: the same hues, darker where they would be faint.
const ON_PAPER: [Colour; 7] = [
    rgb(0x3A, 0x9B, 0xD5),
    rgb(0xDB, 0x8F, 0x00),
    rgb(0x00, 0x9E, 0x73),
    rgb(0xC4, 0x68, 0x9A),
    rgb(0xD5, 0x5E, 0x00),
    rgb(0xB3, 0xA2, 0x00),
    rgb(0x00, 0x58, 0x9A),
];

/// Black through violet and red to pale yellow, even in lightness (stops of matplotlib's inferno).
const INFERNO: [Colour; 9] = [
    rgb(0x00, 0x00, 0x04),
    rgb(0x1F, 0x0C, 0x48),
    rgb(0x55, 0x0F, 0x6D),
    rgb(0x88, 0x22, 0x6A),
    rgb(0xBA, 0x36, 0x55),
    rgb(0xE3, 0x59, 0x33),
    rgb(0xF9, 0x8E, 0x09),
    rgb(0xF9, 0xCB, 0x35),
    rgb(0xFC, 0xFF, 0xA4),
];

/// Paper through lilac to mauve: evenly darker, but never as dark as an axon's ink.
const ON_PAPER_FIELD: [Colour; 5] = [
    rgb(0xFB, 0xFA, 0xF8),
    rgb(0xF3, 0xE9, 0xEC),
    rgb(0xE6, 0xD3, 0xE1),
    rgb(0xD2, 0xBA, 0xD8),
    rgb(0xB7, 0xA2, 0xCF),
];

const fn rgb(r: u8, g: u8, b: u8) -> Colour {
    [r as f32 / 255.0, g as f32 / 255.0, b as f32 / 255.0]
}

/// The colour of a condition on a dark ground.
pub fn on_dark(condition: usize) -> Colour {
    ON_DARK[condition % ON_DARK.len()]
}

/// The colour of a condition on paper.
pub fn on_paper(condition: usize) -> Colour {
    ON_PAPER[condition % ON_PAPER.len()]
}

/// The colour of a share of a field's range: the darker part of the map, so that what lies on it stands out.
pub fn field_colour(share: f32) -> Colour {
    along(&INFERNO, 0.45 * share.clamp(0.0, 1.0))
}

/// Its counterpart on paper, which the field darkens.
pub fn field_colour_on_paper(share: f32) -> Colour {
    along(&ON_PAPER_FIELD, share.clamp(0.0, 1.0))
}

/// The colour at a share of the way along evenly spaced stops.
fn along(stops: &[Colour], share: f32) -> Colour {
    let place = share * (stops.len() - 1) as f32;
    let below = (place as usize).min(stops.len() - 2);
    let (low, high) = (stops[below], stops[below + 1]);
    std::array::from_fn(|channel| low[channel] + (high[channel] - low[channel]) * (place - below as f32))
}

/// From sRGB to linear light.
pub fn linear(colour: Colour) -> Colour {
    colour.map(|c| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            libm::powf((c + 0.055) / 1.055, 2.4)
        }
    })
}

/// As bytes.
pub fn bytes(colour: Colour) -> [u8; 3] {
    colour.map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8)
}
