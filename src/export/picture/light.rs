//! Light of a micrograph: linear intensities that add up, bloom around what is bright, and film that saturates
//! softly.

use crate::export::palette::Colour;
use tiny_skia::{Color, Pixmap};

/// Light of a picture, linear, in three channels.
#[derive(Clone, Debug)]
pub struct LinearImage {
    width: usize,
    height: usize,
    channels: [Vec<f32>; 3],
}

impl LinearImage {
    /// Darkness.
    pub fn new(width: u32, height: u32) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self {
            width,
            height,
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

    /// Adds an exposure as light of one colour (linear) with a bloom: pairs of radius in points and strength.
    pub fn add_glowing(&mut self, exposure: &Exposure, colour: Colour, response: Response, bloom: &[(f32, f32)]) {
        let drawn: Vec<f32> = exposure.sum.iter().map(|&intensity| response.to(intensity)).collect();
        let mut intensity = drawn.clone();
        for &(radius, share) in bloom {
            let mut blurred = drawn.clone();
            blur(&mut blurred, self.width, self.height, radius);
            intensity
                .iter_mut()
                .zip(blurred)
                .for_each(|(light, glow)| *light += glow * share);
        }
        for (channel, share) in self.channels.iter_mut().zip(colour) {
            channel
                .iter_mut()
                .zip(&intensity)
                .for_each(|(light, added)| *light += added * share);
        }
    }

    /// Develops the picture as film would, to sRGB bytes: bright light saturates towards white. Ordered dither keeps the steps
    /// of a dark field from showing.
    pub fn develop(&self) -> Vec<[u8; 3]> {
        let film = |light: f32, threshold: f32| (srgb(1.0 - (-light).exp()) * 255.0 + threshold) as u8;
        let [red, green, blue] = &self.channels;
        (0..red.len())
            .map(|place| {
                let threshold = BAYER[place / self.width % 4][place % self.width % 4] / 16.0;
                [
                    film(red[place], threshold),
                    film(green[place], threshold),
                    film(blue[place], threshold),
                ]
            })
            .collect()
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
}

/// The answer of light to intensity: in proportion where little is, ever more slowly where much lies on top of each
/// other, so that both a single axon and a dense bundle show their structure.
#[derive(Clone, Copy, Debug)]
pub struct Response {
    /// Intensity of one object.
    pub unit: f32,
    /// Light of one object, roughly a fourth of this.
    pub strength: f32,
}

impl Response {
    fn to(self, intensity: f32) -> f32 {
        self.strength * (libm::powf(1.0 + intensity / self.unit, 0.3) - 1.0)
    }
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

/// Three box blurs along each axis: close to a Gaussian.
fn blur(values: &mut [f32], width: usize, height: usize, radius: f32) {
    let half = (radius.round() as usize).max(1);
    let mut line = Vec::new();
    for _ in 0..3 {
        for y in 0..height {
            line.clear();
            line.extend_from_slice(&values[y * width..(y + 1) * width]);
            box_blur(&line, half, |x, mean| values[y * width + x] = mean);
        }
        for x in 0..width {
            line.clear();
            line.extend((0..height).map(|y| values[y * width + x]));
            box_blur(&line, half, |y, mean| values[y * width + x] = mean);
        }
    }
}

/// Running means of `line`; beyond its ends it is dark.
fn box_blur(line: &[f32], half: usize, mut set: impl FnMut(usize, f32)) {
    let share = 1.0 / (2 * half + 1) as f32;
    let mut sum: f32 = line.iter().take(half).sum();
    for place in 0..line.len() {
        sum += line.get(place + half).copied().unwrap_or(0.0);
        set(place, (sum * share).max(0.0));
        sum -= place.checked_sub(half).map_or(0.0, |gone| line[gone]);
    }
}
