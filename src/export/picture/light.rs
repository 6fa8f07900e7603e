//! The light of a micrograph: linear intensities that add up, the skirt of the point-spread function around them, and channels
//! that are merged. Its look is that of the window: see `export/micrograph.rs`.

use crate::export::micrograph::brightness;
use crate::export::palette::Colour;
use std::sync::LazyLock;
use tiny_skia::{Color, Pixmap};

/// Light of a picture, linear, in three channels.
#[derive(Clone, Debug)]
pub struct LinearImage {
    width: usize,
    channels: [Vec<f32>; 3],
}

impl LinearImage {
    /// Darkness.
    pub fn new(width: u32, height: u32) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self {
            width,
            channels: std::array::from_fn(|_| vec![0.0; width * height]),
        }
    }

    /// Adds light of one colour (linear) at a point.
    pub fn add(&mut self, x: u32, y: u32, colour: Colour) {
        let place = y as usize * self.width + x as usize;
        for (channel, light) in self.channels.iter_mut().zip(colour) {
            channel[place] += light;
        }
    }

    /// Merges a channel into the picture: none is lost where another is bright. `light` is that of each point.
    pub fn merge(&mut self, light: &[f32], stain: &Stain) {
        for (place, &light) in light.iter().enumerate().filter(|(_, light)| **light > 0.0) {
            let shown = brightness(light, stain.half);
            let square = shown * shown;
            let white = stain.overexposed * square * square;
            for (channel, colour) in self.channels.iter_mut().zip(stain.colour) {
                let lit = shown * (colour + (1.0 - colour) * white);
                channel[place] = 1.0 - (1.0 - channel[place]) * (1.0 - lit);
            }
        }
    }

    /// Spreads light as a point-spread function with a wide skirt does: `share` of it is blurred by `radius` points.
    pub fn spread(&self, light: &mut [f32], radius: f32, share: f32) {
        let (mut blurred, mut between) = (light.to_vec(), vec![0.0; light.len()]);
        blur(&mut blurred, &mut between, self.width, radius);
        let both = light.iter_mut().zip(&blurred);
        both.for_each(|(light, skirt)| *light += (skirt - *light) * share);
    }

    /// Develops the picture to sRGB bytes. Ordered dither keeps the steps of a dark field from showing.
    pub fn develop(&self) -> Vec<[u8; 3]> {
        let film = &*FILM;
        let [red, green, blue] = &self.channels;
        (0..red.len())
            .map(|place| {
                let threshold = BAYER[place / self.width % 4][place % self.width % 4] / 16.0;
                [red, green, blue].map(|channel| film.byte(channel[place], threshold))
            })
            .collect()
    }
}

/// The byte of a point under `light`, rounded up from `threshold` below the next.
fn byte(light: f32, threshold: f32) -> u8 {
    (level(light) + threshold) as u8
}

/// The place of `light` on the scale of bytes, 0 to 255.
fn level(light: f32) -> f32 {
    srgb(light) * 255.0
}

/// The film as it is used for every point of every picture.
static FILM: LazyLock<Film> = LazyLock::new(Film::new);

/// [`level`] as a table. Between its entries a level is interpolated, which is right to [`Film::TOLERANCE`]; where that leaves
/// open which byte it is, the byte is worked out. So the bytes are those of [`byte`].
struct Film {
    levels: Vec<f32>,
}

impl Film {
    /// Light below, and from the second on, is worked out: so dark or so bright is little.
    const RANGE: (f32, f32) = (1.0 / 4096.0, 16.0);
    /// Bits of a number that tell it from the entry below it: 256 entries for each doubling of light.
    const SHIFT: u32 = 15;
    /// Levels of the table are off by less.
    const TOLERANCE: f32 = 2e-3;

    fn new() -> Self {
        let [first, last] = [Self::RANGE.0, Self::RANGE.1].map(|light| light.to_bits() >> Self::SHIFT);
        let levels = (first..=last).map(|entry| level(f32::from_bits(entry << Self::SHIFT)));
        Self {
            levels: levels.collect(),
        }
    }

    /// As [`byte`], for thresholds below 1.
    fn byte(&self, light: f32, threshold: f32) -> u8 {
        if light == 0.0 {
            return 0;
        }
        if !(Self::RANGE.0..Self::RANGE.1).contains(&light) {
            return byte(light, threshold);
        }
        let bits = light.to_bits();
        let entry = ((bits >> Self::SHIFT) - (Self::RANGE.0.to_bits() >> Self::SHIFT)) as usize;
        let beyond = (bits & ((1 << Self::SHIFT) - 1)) as f32 / (1 << Self::SHIFT) as f32;
        let (low, high) = (self.levels[entry], self.levels[entry + 1]);
        let rounded = low + (high - low) * beyond + threshold;
        let whole = rounded as u8;
        let part = rounded - f32::from(whole);
        if part > Self::TOLERANCE && part < 1.0 - Self::TOLERANCE {
            whole
        } else {
            byte(light, threshold)
        }
    }
}

/// Order in which the points of a 4 × 4 block are rounded up (Bayer), at the middle of each sixteenth.
const BAYER: [[f32; 4]; 4] = [
    [0.5, 8.5, 2.5, 10.5],
    [12.5, 4.5, 14.5, 6.5],
    [3.5, 11.5, 1.5, 9.5],
    [15.5, 7.5, 13.5, 5.5],
];

/// A sum of drawings, whose opacity is intensity: bytes would be full where a few dozen axons cross.
#[derive(Clone, Debug)]
pub struct Exposure {
    sum: Vec<f32>,
    drawing: Pixmap,
}

impl Exposure {
    /// Nothing exposed; `None` where there is no memory for a square of `size` points.
    pub fn new(size: u32) -> Option<Self> {
        let drawing = Pixmap::new(size, size)?;
        Some(Self {
            sum: vec![0.0; drawing.pixels().len()],
            drawing,
        })
    }

    /// Exposes to what `draw` draws.
    pub fn expose(&mut self, draw: impl FnOnce(&mut Pixmap)) {
        self.drawing.fill(Color::TRANSPARENT);
        draw(&mut self.drawing);
        let drawn = self
            .drawing
            .pixels()
            .iter()
            .map(|pixel| f32::from(pixel.alpha()) / 255.0);
        self.sum.iter_mut().zip(drawn).for_each(|(sum, drawn)| *sum += drawn);
    }

    /// The light of each point, where `unit` is the intensity of 1.
    pub fn light(&self, unit: f32) -> Vec<f32> {
        self.sum.iter().map(|intensity| intensity / unit).collect()
    }
}

/// How light of a channel is shown.
#[derive(Clone, Copy, Debug)]
pub struct Stain {
    /// Its colour, linear.
    pub colour: Colour,
    /// Light that is shown half as bright as can be.
    pub half: f32,
    /// Share of the brightest that is shown white.
    pub overexposed: f32,
}

/// From linear light to sRGB.
fn srgb(light: f32) -> f32 {
    let light = light.clamp(0.0, 1.0);
    if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * libm::powf(light, 1.0 / 2.4) - 0.055
    }
}

/// Three box blurs along each axis: close to a Gaussian. `between` is room for as many values.
fn blur(values: &mut [f32], between: &mut [f32], width: usize, radius: f32) {
    let half = (radius.round() as usize).max(1);
    for _ in 0..3 {
        blur_rows(values, between, width, half);
        blur_columns(between, values, width, half);
    }
}

/// Rows whose running sums are carried side by side: each waits for the sum before it, but not for those of other rows.
const ROWS_TOGETHER: usize = 8;

/// Running means along the rows of `from`; beyond their ends it is dark.
fn blur_rows(from: &[f32], to: &mut [f32], width: usize, half: usize) {
    let share = 1.0 / (2 * half + 1) as f32;
    let together = ROWS_TOGETHER * width;
    for (from, to) in from.chunks(together).zip(to.chunks_mut(together)) {
        if from.iter().all(|&value| value == 0.0) {
            to.fill(0.0);
            continue;
        }
        let mut rows = [&[][..]; ROWS_TOGETHER];
        rows.iter_mut()
            .zip(from.chunks(width))
            .for_each(|(row, values)| *row = values);
        let count = from.len() / width;
        let mut sums = rows.map(|row| row.iter().take(half).sum::<f32>());
        for place in 0..width {
            for (row, sum) in sums.iter_mut().enumerate().take(count) {
                if place + half < width {
                    *sum += rows[row][place + half];
                }
                to[row * width + place] = (*sum * share).max(0.0);
                if place >= half {
                    *sum -= rows[row][place - half];
                }
            }
        }
    }
}

/// Running means along the columns of `from`, of all columns at once, row by row.
fn blur_columns(from: &[f32], to: &mut [f32], width: usize, half: usize) {
    let share = 1.0 / (2 * half + 1) as f32;
    let row = |number: usize| from.chunks(width).nth(number);
    let mut sums = vec![0.0_f32; width];
    let add = |sums: &mut [f32], row: &[f32]| sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    (0..half).filter_map(row).for_each(|row| add(&mut sums, row));
    for (number, to) in to.chunks_mut(width).enumerate() {
        if let Some(row) = row(number + half) {
            add(&mut sums, row);
        }
        to.iter_mut()
            .zip(&sums)
            .for_each(|(to, sum)| *to = (sum * share).max(0.0));
        if let Some(row) = number.checked_sub(half).and_then(row) {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum -= value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table gives the bytes of the formula, for light in small steps and beside every change from one byte to the next.
    #[test]
    fn film_from_a_table_is_film_from_the_formula() {
        let thresholds: Vec<f32> = BAYER.iter().flatten().map(|order| order / 16.0).collect();
        let film = Film::new();
        let same = |bits: u32| {
            let light = f32::from_bits(bits);
            let differs = thresholds.iter().find(|&&t| film.byte(light, t) != byte(light, t));
            assert_eq!(differs, None, "light {light}");
        };
        (0..40.0_f32.to_bits()).step_by(7919).for_each(same);
        for &threshold in &thresholds {
            for step in 1..=255 {
                // The last light that is darker.
                let (mut dark, mut bright) = (0, 40.0_f32.to_bits());
                while bright - dark > 1 {
                    let middle = dark + (bright - dark) / 2;
                    if u32::from(byte(f32::from_bits(middle), threshold)) < step {
                        dark = middle;
                    } else {
                        bright = middle;
                    }
                }
                (dark.saturating_sub(9)..dark + 9).for_each(same);
            }
        }
        // Control: half of the table does not.
        let coarse = Film {
            levels: film.levels.iter().map(|level| level + 3.0 * Film::TOLERANCE).collect(),
        };
        let lights = (1..200_000).map(|step| step as f32 * 1e-5);
        assert!(
            lights
                .into_iter()
                .any(|light| coarse.byte(light, 0.5) != byte(light, 0.5))
        );
    }

    /// The blur as it is defined: one line after the other.
    fn blur_line_by_line(values: &mut [f32], width: usize, radius: f32) {
        let half = (radius.round() as usize).max(1);
        let height = values.len() / width;
        for _ in 0..3 {
            for y in 0..height {
                let line = values[y * width..(y + 1) * width].to_vec();
                box_blur(&line, half, |x, mean| values[y * width + x] = mean);
            }
            for x in 0..width {
                let line: Vec<f32> = (0..height).map(|y| values[y * width + x]).collect();
                box_blur(&line, half, |y, mean| values[y * width + x] = mean);
            }
        }
    }

    fn box_blur(line: &[f32], half: usize, mut set: impl FnMut(usize, f32)) {
        let share = 1.0 / (2 * half + 1) as f32;
        let mut sum: f32 = line.iter().take(half).sum();
        for place in 0..line.len() {
            sum += line.get(place + half).copied().unwrap_or(0.0);
            set(place, (sum * share).max(0.0));
            sum -= place.checked_sub(half).map_or(0.0, |gone| line[gone]);
        }
    }

    /// Many lines at once are blurred to the same bits as one after the other, also where the blur is wider than the picture.
    #[test]
    fn lines_blurred_together_are_those_blurred_singly() {
        for (width, height) in [(1, 1), (5, 3), (37, 21), (64, 64), (20, 41)] {
            for radius in [0.3, 1.0, 4.0, 11.0, 70.0] {
                let drawn = |place: usize| {
                    let noise = (place as u32).wrapping_mul(2_654_435_761) >> 16;
                    let dark = place / width > height / 2 || noise.is_multiple_of(3);
                    if dark { 0.0 } else { noise as f32 / 7e3 }
                };
                let mut together: Vec<f32> = (0..width * height).map(drawn).collect();
                let mut singly = together.clone();
                let mut between = vec![0.0; together.len()];
                blur(&mut together, &mut between, width, radius);
                blur_line_by_line(&mut singly, width, radius);
                let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(&together), bits(&singly), "{width} × {height}, radius {radius}");
                if height == 21 {
                    blur_line_by_line(&mut singly, width, radius);
                    assert_ne!(bits(&together), bits(&singly), "control: blurred once more");
                }
            }
        }
    }
}
