//! `plate.png`: the whole plate as a micrograph, a row of wells for each condition, all at the same scale.

mod crop;
mod layout;
mod light;
mod scales;
mod text;
mod well;
mod wells;

use super::error::ExportError;
use super::figures::days;
use super::hues::hues;
use super::palette::{Colour, bytes, on_dark};
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::parallel::map_indices;
use crate::readout::culture::{Site, sites};
use crate::readout::dose_range::highest_shown;
use crate::readout::topology::Forest;
use crop::Crop;
pub use layout::wells_drawn;
use layout::{Layout, MARGIN, MOST_CONDITIONS, MOST_WELLS, is_drawn};
use scales::{draw_dose_scale, draw_scale_bar};
use text::Typeface;
use tiny_skia::{ColorU8, Pixmap};
use well::{Subject, draw_well};
pub use wells::WellPictures;

const GROUND: Colour = [0.020, 0.024, 0.033];
const FRAME: Colour = [0.10, 0.12, 0.155];
const BRIGHT: Colour = [0.93, 0.94, 0.96];
const QUIET: Colour = [0.58, 0.62, 0.68];

/// The picture of a plate, as a PNG file.
///
/// # Errors
/// No memory for the picture, or a damaged typeface.
pub fn plate_png(plate: &Plate, world: &World) -> Result<Vec<u8>, ExportError> {
    let (layout, hues) = (Layout::of(plate), hues(plate));
    let forest = Forest::new(world);
    let subject = Subject {
        plate,
        hues: &hues,
        world,
        forest: &forest,
        crop: Crop::of(plate, world, &forest, layout.tile),
        brightest_dose: highest_shown(plate, 0),
        size: layout.tile,
    };
    let mut canvas = Pixmap::new(layout.width, layout.height)
        .ok_or_else(|| ExportError::Drawing("the plate", "no room for the picture".to_owned()))?;
    let [r, g, b] = bytes(GROUND);
    canvas.fill(tiny_skia::Color::from_rgba8(r, g, b, 255));
    let names = plate.conditions.iter().map(|condition| condition.name.as_str());
    let myokines = plate.myokines.iter().map(|species| species.name.as_str());
    let typeface = Typeface::for_texts(names.chain(myokines).chain([plate.name.as_str()]))?;
    draw_head(&mut canvas, &typeface, plate, world);
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
        typeface.draw(
            &mut canvas,
            &name,
            x as f32,
            y as f32 + 32.0,
            30.0,
            on_dark(hues[condition]),
        );
    }
    let drawn: Vec<Site> = sites(plate).into_iter().filter(is_drawn).collect();
    let pictures = map_indices(drawn.len(), |well| draw_well(&subject, &drawn[well]));
    for (site, picture) in drawn.iter().zip(pictures) {
        let (x, y) = layout.well(site);
        place(&mut canvas, &picture?, x, y, layout.tile);
    }
    draw_scale_bar(&mut canvas, &typeface, &subject, &layout);
    draw_dose_scale(&mut canvas, &typeface, &subject, &layout);
    encode(&canvas).map_err(|error| ExportError::Drawing("the plate", error.to_string()))
}

fn encode(canvas: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, canvas.width(), canvas.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Dither leaves a filter nothing to find: without one the file is as small, and ready in a fifth of the time.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(3));
    let rows: Vec<u8> = canvas
        .pixels()
        .iter()
        .flat_map(|p| [p.red(), p.green(), p.blue()])
        .collect();
    encoder.write_header()?.write_image_data(&rows)?;
    Ok(file)
}

/// The neurons of a well, or the fewest and the most where wells vary.
fn neurons_a_well(plate: &Plate) -> String {
    let counts = plate.neurons_in_wells();
    let counts = || counts.iter().map(|neurons| neurons.len());
    match (counts().min(), counts().max()) {
        (Some(fewest), Some(most)) if fewest < most => format!("{fewest} to {most}"),
        (fewest, _) => fewest.unwrap_or_default().to_string(),
    }
}

/// Draws the plate's name and what it shows.
fn draw_head(canvas: &mut Pixmap, typeface: &Typeface, plate: &Plate, world: &World) {
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
        neurons_a_well(plate)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Surroundings};

    #[test]
    fn a_picture_says_how_many_neurons_the_wells_have() {
        let said = |scale: &str| {
            let text = format!(
                "name = \"x\"\nduration = \"1 h\"\n[well]\nsize = [\"1 mm\", \"1 mm\"]\n[[explant]]\nat = [\"0.5 mm\", \"0.5 mm\"]\n\
                 neurons = 50\n[variation]\nscale = {scale}\n[[condition]]\nname = \"control\"\nwells = 4\n"
            );
            let read = scenario::read(&text, "x", &[], &Surroundings::none());
            neurons_a_well(&read.unwrap_or_else(|mistakes| panic!("{mistakes}")).plate)
        };
        assert_eq!(said("0"), "50");
        let varied = said("1");
        let (fewest, most) = varied.split_once(" to ").expect("they vary");
        assert!(
            fewest.parse::<u32>().is_ok_and(|fewest| fewest < 50) || most.parse::<u32>().is_ok_and(|most| most > 50)
        );
    }
}
