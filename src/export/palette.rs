//! Colours that the colour-blind can tell apart: Okabe and Ito's for conditions, a perceptual map for fields.

/// A colour, 0 to 1 in sRGB.
pub type Colour = [f32; 3];

/// On a dark ground, one for each condition in turn.
const ON_DARK: [Colour; 7] = colours([0x56B4E9, 0xE69F00, 0x14C492, 0xE088BB, 0xF06A1E, 0xF0E442, 0x3E92D8]);

/// On paper: the same hues, darker where they would be faint.
const ON_PAPER: [Colour; 7] = colours([0x3A9BD5, 0xDB8F00, 0x009E73, 0xC4689A, 0xD55E00, 0xB3A200, 0x00589A]);

/// Black through violet and red to pale yellow, even in lightness (stops of matplotlib's inferno).
const INFERNO: [Colour; 9] = colours([
    0x000004, 0x1F0C48, 0x550F6D, 0x88226A, 0xBA3655, 0xE35933, 0xF98E09, 0xF9CB35, 0xFCFFA4,
]);

/// Paper through lilac to mauve: evenly darker, but never as dark as an axon's ink.
const ON_PAPER_FIELD: [Colour; 5] = colours([0xFBFAF8, 0xF3E9EC, 0xE6D3E1, 0xD2BAD8, 0xB7A2CF]);

/// Violet through green to yellow, even in lightness (stops of matplotlib's viridis).
const VIRIDIS: [Colour; 9] = colours([
    0x440154, 0x472D7B, 0x3B528B, 0x2C718E, 0x21908D, 0x27AD81, 0x5CC863, 0xAADC32, 0xFDE725,
]);

/// Colours from their usual notation, 0xRRGGBB.
const fn colours<const N: usize>(written: [u32; N]) -> [Colour; N] {
    let mut colours = [[0.0; 3]; N];
    let mut i = 0;
    while i < N {
        let [_, r, g, b] = written[i].to_be_bytes();
        colours[i] = [r as f32 / 255.0, g as f32 / 255.0, b as f32 / 255.0];
        i += 1;
    }
    colours
}

/// Shades of the hues beyond the first seven conditions: the part of the way towards white, or where it is negative black.
const SHADES_ON_DARK: [f32; 3] = [0.0, 0.5, -0.4];
/// On paper the darker shade comes first.
const SHADES_ON_PAPER: [f32; 3] = [0.0, -0.45, 0.4];

/// The colour of a condition on a dark ground. Beyond seven the hues come again in other shades, and lines with [`dash`].
pub fn on_dark(condition: usize) -> Colour {
    shaded(&ON_DARK, &SHADES_ON_DARK, condition)
}

/// The colour of a condition on paper; see [`on_dark`].
pub fn on_paper(condition: usize) -> Colour {
    shaded(&ON_PAPER, &SHADES_ON_PAPER, condition)
}

fn shaded<const N: usize>(hues: &[Colour; N], shades: &[f32], condition: usize) -> Colour {
    let shade = shades[condition / N % shades.len()];
    let towards = if shade < 0.0 { 0.0 } else { 1.0 };
    hues[condition % N].map(|channel| channel + (towards - channel) * shade.abs())
}

/// The line of a condition's curve, in points: drawn and left out in turn; `None` for a line without gaps. Beyond seven
/// conditions it tells those of the same hue apart.
pub fn dash(condition: usize) -> Option<(u32, u32)> {
    const DASHES: [Option<(u32, u32)>; 4] = [None, Some((9, 4)), Some((2, 3)), Some((16, 5))];
    DASHES[condition / ON_PAPER.len() % DASHES.len()]
}

/// The colour of a share of a field's range: the darker part of the map, so that what lies on it stands out.
pub fn field_colour(share: f32) -> Colour {
    along(&INFERNO, 0.45 * share.clamp(0.0, 1.0))
}

/// Its counterpart on paper, which the field darkens.
pub fn field_colour_on_paper(share: f32) -> Colour {
    along(&ON_PAPER_FIELD, share.clamp(0.0, 1.0))
}

/// The colour of a share of an axon's range; begins where it can be seen on a dark ground.
pub fn viridis(share: f32) -> Colour {
    along(&VIRIDIS, (1.5 + 6.5 * share.clamp(0.0, 1.0)) / 8.0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn conditions_differ_in_colour_or_line_far_beyond_seven() {
        for of in [on_dark, on_paper] {
            let looks: HashSet<_> = (0..84).map(|c| (bytes(of(c)), dash(c))).collect();
            assert_eq!(looks.len(), 84);
            // Colour alone tells the first 21 apart, for pictures in which there are no lines.
            for (one, other) in (0..21).flat_map(|one| (0..one).map(move |other| (one, other))) {
                let far: f32 = of(one).iter().zip(of(other)).map(|(a, b)| (a - b).abs()).sum();
                assert!(far > 0.1, "{one} and {other} are {far} apart");
            }
        }
    }
}
