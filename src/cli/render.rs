//! `outgrowth render FILE`: a scenario run to a time, and the picture that the window would show of it.

use super::moment::{step_at, time_h};
use super::one_file::NewFile;
use super::run::read;
use super::say::say;
use super::{Common, Failure, Outcome, ScenarioSource, completions, engine};
use crate::engine::open;
use crate::experiment::advance_to;
use crate::model::plate::Plate;
use crate::session::save::time_of;
use crate::view::look::{Channel, ColourBy, Gains, Look, Theme};
use crate::view::picture::{Framing, Studio};
use clap::Args;
use std::path::PathBuf;

/// The largest edge of a picture that may be asked for; the adapter may allow less.
const LARGEST_EDGE: u32 = 32768;

/// Options of `outgrowth render`.
#[derive(Args, Debug)]
pub struct RenderOptions {
    /// A scenario file, the name of one that is built in, such as quick, or a link in quotes
    #[arg(add = completions::scenarios())]
    file: String,
    /// The time that is shown, such as "3 d" or "90 min"; the end of the run where left out
    #[arg(long, value_name = "TIME", value_parser = time_h)]
    at: Option<f64>,
    /// Width and height of the picture, in points
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size, default_value = "1920x1080")]
    size: [u32; 2],
    /// The ground it is drawn on
    #[arg(long, value_enum, value_name = "THEME", default_value_t = ThemeName::Dark)]
    theme: ThemeName,
    /// Only this well, counted from 1 in the order of the scenario
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    well: Option<u32>,
    /// What the colour of an axon says: condition, neuron, age, branch-order, gain, trophic-programme or
    /// mechano-programme
    #[arg(long, value_name = "WHAT", value_parser = colour_by, default_value = "condition")]
    colour_by: ColourBy,
    /// How many times brighter a channel is shown, such as nuclei=2; once for each of axons, nuclei and myokine
    #[arg(long = "gain", value_name = "CHANNEL=TIMES", value_parser = gain)]
    gains: Vec<(Channel, f32)>,
}

/// The ground of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ThemeName {
    /// A micrograph.
    Dark,
    /// A drawing on paper.
    Light,
}

/// Runs the scenario and writes the picture.
pub fn run(options: &RenderOptions, common: &Common) -> Result<Outcome, Failure> {
    let Some(scenario) = read(ScenarioSource::find(&options.file), common) else {
        return Ok(Outcome::WrongInput);
    };
    let plate = &scenario.plate;
    let place = step_at(plate, options.at).and_then(|step| {
        wrong_well(plate, options.well).map_or(Ok(()), Err)?;
        named_twice(&options.gains).map_or(Ok(()), Err)?;
        let path = common.out.clone().unwrap_or_else(|| default_path(plate, step));
        // The place for the picture is made first: nothing is computed that could not be written.
        let file = NewFile::begin(&path, "plate.png", common.force)?;
        Ok((step, path, file))
    });
    let (step, path, file) = match place {
        Ok(place) => place,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    let mut gains = Gains::default();
    for &(channel, times) in &options.gains {
        *gains.of_mut(channel) = times;
    }
    let look = Look {
        gains,
        theme: match options.theme {
            ThemeName::Dark => Theme::Dark,
            ThemeName::Light => Theme::Light,
        },
        colour_by: options.colour_by,
        ..Look::default()
    };
    // First the adapter: a run must not end where nothing can be drawn.
    let studio = Studio::open(plate, common.adapter.as_deref(), options.size);
    let mut studio = studio.map_err(|problem| Failure::Picture(problem.to_string()))?;
    let mut engine = open(plate.clone(), &engine::choice(common))?;
    let info = engine.describe();
    if !common.quiet {
        let (kind, device) = (info.kind, info.device);
        say(format_args!(
            "{}: {kind} on {device}, drawn by {}",
            plate.name,
            studio.drawn_by()
        ));
    }
    advance_to(engine.as_mut(), step)?;
    let world = engine.world()?;
    let framing = options
        .well
        .map_or(Framing::Plate, |well| Framing::Well(well as usize - 1));
    let image = studio.picture(world, &look, framing)?;
    let bytes = image.png().map_err(|problem| Failure::Picture(problem.to_string()))?;
    file.write(&bytes)
        .map_err(|problem| Failure::Picture(format!("{} cannot be written: {problem}", path.display())))?;
    if !common.quiet {
        super::print(&format!("{} ({})\n", path.display(), time_of(step, plate.step_h)))?;
    }
    Ok(Outcome::Done)
}

fn size(text: &str) -> Result<[u32; 2], String> {
    let edge = |text: &str| {
        text.trim()
            .parse()
            .ok()
            .filter(|edge| (16..=LARGEST_EDGE).contains(edge))
    };
    text.split_once(['x', '×'])
        .and_then(|(width, height)| Some([edge(width)?, edge(height)?]))
        .ok_or_else(|| format!("expected a width and a height from 16 to {LARGEST_EDGE}, such as 1920x1080"))
}

fn colour_by(text: &str) -> Result<ColourBy, String> {
    let spoken = text.replace('-', " ");
    let names = ColourBy::ALL.map(|by| by.words().replace(' ', "-"));
    ColourBy::ALL
        .into_iter()
        .find(|by| by.words() == spoken)
        .ok_or_else(|| format!("expected one of {}", names.join(", ")))
}

/// The refusal of a channel that has two gains, if there is one.
fn named_twice(gains: &[(Channel, f32)]) -> Option<String> {
    let twice = |place: usize| gains[..place].iter().any(|(channel, _)| *channel == gains[place].0);
    let channel = gains[(0..gains.len()).find(|&place| twice(place))?].0;
    Some(format!(
        "--gain: found {} twice; expected each channel once",
        channel.words()
    ))
}

fn gain(text: &str) -> Result<(Channel, f32), String> {
    let read = |(name, times): (&str, &str)| {
        let channel = Channel::ALL
            .into_iter()
            .find(|channel| channel.words() == name.trim())?;
        let times = times.trim().parse().ok().filter(|times| Gains::RANGE.contains(times))?;
        Some((channel, times))
    };
    let (least, most) = (Gains::RANGE.start(), Gains::RANGE.end());
    text.split_once('=').and_then(read).ok_or_else(|| {
        let names = Channel::ALL.map(Channel::words).join(", ");
        format!("expected one of {names}, = and a number from {least} to {most}, such as nuclei=2")
    })
}

fn wrong_well(plate: &Plate, well: Option<u32>) -> Option<String> {
    let wells = plate.wells().len();
    let well = well.filter(|&well| well as usize > wells)?;
    Some(format!("--well: found {well}; the plate has wells 1 to {wells}"))
}

/// A name such as `quick-3-d.png`.
fn default_path(plate: &Plate, step: u32) -> PathBuf {
    PathBuf::from(format!(
        "{}.png",
        crate::export::places::slug(&format!("{} {}", plate.name, time_of(step, plate.step_h)))
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_has_one_gain() {
        let (axons, nuclei) = ((Channel::Axons, 2.0), (Channel::Nuclei, 2.0));
        assert_eq!(named_twice(&[axons, nuclei]), None);
        assert!(named_twice(&[axons, nuclei, axons]).is_some_and(|words| words.contains("found axons twice")));
    }

    #[test]
    fn sizes_and_colours_are_read_or_explained() {
        assert_eq!(size("1920x1080"), Ok([1920, 1080]));
        assert_eq!(size("640×480"), Ok([640, 480]));
        for wrong in ["", "1920", "0x10", "1920x", "-5x7", "99999x10", "axb"] {
            assert!(size(wrong).is_err_and(|words| words.contains("1920x1080")), "{wrong}");
        }
        assert_eq!(colour_by("branch-order"), Ok(ColourBy::BranchOrder));
        assert_eq!(gain("nuclei = 2.5"), Ok((Channel::Nuclei, 2.5)));
        for wrong in ["", "nuclei", "nuclei=", "glia=1", "axons=9", "axons=-1", "axons=NaN"] {
            assert!(
                gain(wrong).is_err_and(|words| words.contains("myokine") && words.contains('8')),
                "{wrong}"
            );
        }
        assert!(colour_by("taste").is_err_and(|words| words.contains("trophic-programme")));
    }
}
