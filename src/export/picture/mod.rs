//! `plate.png`: the whole plate as a micrograph, a row of wells for each condition, all at the same scale.

mod crop;
mod light;
mod text;
mod well;

use super::error::ExportError;
use super::figures::days;
use super::palette::{Colour, bytes, field_colour, on_dark};
use crate::model::plate::{DoseUnit, Plate};
use crate::model::world::World;
use crate::readout::culture::{Site, sites};
use crate::readout::field::{Field, grids};
use crate::readout::topology::Forest;
use crop::Crop;
use text::Typeface;
use tiny_skia::{ColorU8, Paint, Pixmap, Rect, Transform};
use well::{Subject, draw_well};

const GROUND: Colour = [0.020, 0.024, 0.033];
const FRAME: Colour = [0.10, 0.12, 0.155];
const BRIGHT: Colour = [0.93, 0.94, 0.96];
const QUIET: Colour = [0.58, 0.62, 0.68];
/// Around the picture and between blocks, in points.
const MARGIN: u32 = 48;
/// Between the wells of a condition.
const GAP: u32 = 10;
/// For the plate's name above, and for the scales below.
const HEAD: u32 = 132;
const FOOT: u32 = 84;
/// For a condition's name above its wells.
const LABEL: u32 = 50;
/// Most wells shown of a condition.
const MOST_WELLS: u32 = 6;
/// Most conditions shown.
const MOST_CONDITIONS: usize = 48;
/// Width aimed at.
const WIDTH: u32 = 3000;
/// Edge of a well's picture, from the least that shows anything to the most that is of use.
const TILE: (u32, u32) = (120, 640);
/// Most points of the whole picture.
const MOST_POINTS: u64 = 16_000_000;

/// The number of wells of a plate that its picture shows.
pub fn wells_drawn(plate: &Plate) -> usize {
    sites(plate).iter().filter(|site| is_drawn(site)).count()
}

fn is_drawn(site: &Site) -> bool {
    site.condition < MOST_CONDITIONS && site.replicate < MOST_WELLS
}

/// The picture of a plate, as a PNG file.
///
/// # Errors
/// No memory for the picture, or a damaged typeface.
pub fn plate_png(plate: &Plate, world: &World) -> Result<Vec<u8>, ExportError> {
    let layout = Layout::of(plate);
    let forest = Forest::new(world);
    let subject = Subject {
        plate,
        world,
        forest: &forest,
        crop: Crop::of(plate, world, &forest, layout.tile),
        brightest_dose: brightest_dose(plate, world),
        size: layout.tile,
    };
    let mut canvas = Pixmap::new(layout.width, layout.height)
        .ok_or_else(|| ExportError::Drawing("the plate", "no room for the picture".to_owned()))?;
    let [r, g, b] = bytes(GROUND);
    canvas.fill(tiny_skia::Color::from_rgba8(r, g, b, 255));
    let typeface = Typeface::new()?;
    head(&mut canvas, &typeface, plate, world);
    for (condition, treatment) in plate.conditions.iter().enumerate().take(MOST_CONDITIONS) {
        let (x, y) = layout.block(condition);
        let left_out = treatment.wells.saturating_sub(MOST_WELLS);
        let more = if left_out > 0 {
            format!("   + {left_out} more wells")
        } else {
            String::new()
        };
        let width = layout.block_width as f32;
        let name = typeface.fitted(&format!("{}{more}", treatment.name), 30.0, width);
        typeface.draw(&mut canvas, &name, x as f32, y as f32 + 32.0, 30.0, on_dark(condition));
    }
    for site in sites(plate).iter().filter(|site| is_drawn(site)) {
        let picture = draw_well(&subject, site)?;
        let (x, y) = layout.well(site);
        place(&mut canvas, &picture, x, y, layout.tile);
    }
    foot(&mut canvas, &typeface, &subject, &layout);
    encode(&canvas).map_err(|error| ExportError::Drawing("the plate", error.to_string()))
}

fn encode(canvas: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, canvas.width(), canvas.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let rows: Vec<u8> = canvas
        .pixels()
        .iter()
        .flat_map(|p| [p.red(), p.green(), p.blue()])
        .collect();
    encoder.write_header()?.write_image_data(&rows)?;
    Ok(file)
}

/// The places of everything: blocks of one condition each, in as many columns as make the picture about 4:3.
struct Layout {
    tile: u32,
    block_width: u32,
    columns: u32,
    width: u32,
    height: u32,
}

impl Layout {
    fn of(plate: &Plate) -> Self {
        let conditions = plate.conditions.len().clamp(1, MOST_CONDITIONS) as u32;
        let wells = plate
            .conditions
            .iter()
            .take(MOST_CONDITIONS)
            .map(|c| c.wells)
            .max()
            .unwrap_or(1)
            .clamp(1, MOST_WELLS);
        let most_columns = (f64::from(conditions).sqrt().ceil() as u32 + 1).max(4).min(conditions);
        let candidates = (1..=most_columns).map(|columns| Self::with_columns(conditions, wells, columns));
        let unlike = |layout: &Self| {
            (f64::from(layout.width) / f64::from(layout.height) / (4.0 / 3.0))
                .ln()
                .abs()
        };
        candidates
            .min_by(|a, b| unlike(a).total_cmp(&unlike(b)))
            .unwrap_or_else(|| Self::with_columns(conditions, wells, 1))
    }

    /// The largest wells that keep the picture's width and its number of points.
    fn with_columns(conditions: u32, wells: u32, columns: u32) -> Self {
        let gaps = columns * (wells - 1) * GAP + (columns + 1) * MARGIN;
        let mut tile = (WIDTH.saturating_sub(gaps) / (wells * columns)).clamp(TILE.0, TILE.1);
        loop {
            let block_width = wells * tile + (wells - 1) * GAP;
            let rows = conditions.div_ceil(columns);
            let width = columns * block_width + (columns + 1) * MARGIN;
            let height = HEAD + rows * (LABEL + tile) + (rows - 1) * MARGIN / 2 + FOOT + MARGIN / 2;
            if u64::from(width) * u64::from(height) <= MOST_POINTS || tile <= TILE.0 {
                return Self {
                    tile,
                    block_width,
                    columns,
                    width,
                    height,
                };
            }
            tile -= 1;
        }
    }

    fn block(&self, condition: usize) -> (u32, u32) {
        let (column, row) = (condition as u32 % self.columns, condition as u32 / self.columns);
        (
            MARGIN + column * (self.block_width + MARGIN),
            HEAD + row * (LABEL + self.tile + MARGIN / 2),
        )
    }

    fn well(&self, site: &Site) -> (u32, u32) {
        let (x, y) = self.block(site.condition);
        (x + site.replicate * (self.tile + GAP), y + LABEL)
    }
}

fn head(canvas: &mut Pixmap, typeface: &Typeface, plate: &Plate, world: &World) {
    let width = canvas.width() as f32 - 2.0 * MARGIN as f32;
    let name = typeface.fitted(&plate.name, 46.0, width);
    typeface.draw(canvas, &name, MARGIN as f32, 70.0, 46.0, BRIGHT);
    let hours = f64::from(world.step) * plate.step_h;
    let reached = days(hours);
    let reached = if world.step < plate.steps {
        format!("partial, after {reached}")
    } else {
        reached
    };
    let left_out = plate.conditions.len().saturating_sub(MOST_CONDITIONS);
    let more = if left_out > 0 {
        format!(" · + {left_out} more conditions")
    } else {
        String::new()
    };
    let facts = format!(
        "{reached}{more} · {} neurons a well · axons of motor neurons, simulated",
        plate.neurons_per_well()
    );
    typeface.draw(
        canvas,
        &typeface.fitted(&facts, 24.0, width),
        MARGIN as f32,
        106.0,
        24.0,
        QUIET,
    );
}

/// Puts the picture of a well in its place, with a thin frame.
fn place(canvas: &mut Pixmap, picture: &[[u8; 3]], x: u32, y: u32, tile: u32) {
    let width = canvas.width();
    let frame = bytes(FRAME);
    for row in 0..tile {
        for column in 0..tile {
            let rim = row == 0 || column == 0 || row == tile - 1 || column == tile - 1;
            let [r, g, b] = if rim {
                frame
            } else {
                picture[(row * tile + column) as usize]
            };
            canvas.pixels_mut()[((y + row) * width + x + column) as usize] =
                ColorU8::from_rgba(r, g, b, 255).premultiply();
        }
    }
}

/// Scale bar on the right, scale of the field on the left.
fn foot(canvas: &mut Pixmap, typeface: &Typeface, subject: &Subject<'_>, layout: &Layout) {
    let base = (layout.height - MARGIN) as f32;
    let right = (layout.width - MARGIN) as f32;
    let bar_um = round_length(0.4 * subject.crop.edge_um);
    let bar = (bar_um * subject.crop.px_per_um) as f32;
    fill(canvas, right - bar, base - 4.0, bar, 4.0, BRIGHT);
    let words = if bar_um >= 1000.0 {
        format!("{} mm", bar_um / 1000.0)
    } else {
        format!("{bar_um} µm")
    };
    typeface.draw(
        canvas,
        &words,
        right - bar - typeface.width(&words, 26.0) - 16.0,
        base + 3.0,
        26.0,
        BRIGHT,
    );

    let Some(species) = subject.plate.myokines.first().filter(|_| subject.brightest_dose > 0.0) else {
        return;
    };
    let left = MARGIN as f32;
    let length = 260.0;
    for step in 0..260 {
        let share = step as f32 / 259.0;
        fill(
            canvas,
            left + share * (length - 1.0),
            base - 12.0,
            2.0,
            14.0,
            field_colour(share),
        );
    }
    let unit = match species.unit {
        DoseUnit::Relative => "× exercised medium",
        DoseUnit::Nanomolar => "nM",
    };
    let words = format!(
        "0 – {} {unit}: {} in the gel",
        figure(subject.brightest_dose),
        species.name
    );
    typeface.draw(canvas, &words, left + length + 16.0, base + 3.0, 24.0, QUIET);
}

fn fill(canvas: &mut Pixmap, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
    let [r, g, b] = bytes(colour);
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, 255);
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        canvas.fill_rect(rect, &paint, Transform::identity(), None);
    }
}

/// The greatest length of 1, 2 or 5 times a power of ten that is not above `most`.
fn round_length(most: f64) -> f64 {
    let power = 10f64.powi(most.max(1e-6).log10().floor() as i32);
    [5.0, 2.0, 1.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|&length| length <= most)
        .unwrap_or(power)
}

fn figure(value: f32) -> String {
    if value >= 10.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

/// The highest dose of the first myokine on the plate.
fn brightest_dose(plate: &Plate, world: &World) -> f32 {
    grids(plate)
        .into_iter()
        .enumerate()
        .filter_map(|(well, grid)| Field::of(plate, world, well, grid, 0))
        .flat_map(|field| field.values.iter().copied())
        .fold(0.0, f32::max)
}
