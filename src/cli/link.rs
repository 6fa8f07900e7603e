//! `outgrowth link FILE`: an experiment as a link that opens it elsewhere, and its QR code.

use super::moment::{step_at, time_h};
use super::one_file::NewFile;
use super::run::read;
use super::say::say;
use super::{Common, Failure, Outcome, ScenarioSource, completions, print};
use crate::link::{QrCode, SharedExperiment, SharedView, address, size_in_words};
use crate::model::plate::Plate;
use crate::readout::Readout;
use crate::scenario::mistake::{listed, nearest};
use crate::scenario::tree::quoted;
use clap::Args;
use std::path::PathBuf;

/// Options of `outgrowth link`.
#[derive(Args, Debug)]
pub struct LinkOptions {
    /// A scenario file or a saved session, the name of a scenario that is built in, or a link that is to be changed
    #[arg(add = completions::scenarios())]
    file: String,
    /// The time at which it opens, such as "2 d"; the beginning where left out
    #[arg(long, value_name = "TIME", value_parser = time_h)]
    at: Option<f64>,
    /// Let it play where it is opened
    #[arg(long)]
    play: bool,
    /// The condition that is looked at, by its name
    #[arg(long, value_name = "NAME")]
    condition: Option<String>,
    /// The well that fills the view, counted from 1 in the order of the scenario
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    well: Option<u32>,
    /// The readouts that are plotted, such as tips; several are separated by commas
    #[arg(long, value_name = "READOUT", value_delimiter = ',')]
    plot: Vec<String>,
    /// Let letters stand for the names of the conditions until they are revealed: a quiz
    #[arg(long)]
    hide_names: bool,
    /// The address of the page that opens links, such as `https://example.org/outgrowth/`; a bare link where left out
    #[arg(long, value_name = "URL", value_parser = base)]
    base: Option<String>,
    /// Also write a QR code of the address, an SVG picture
    #[arg(long, value_name = "FILE", requires = "base")]
    qr: Option<PathBuf>,
}

/// Prints the link on standard output and its length beside it.
pub fn run(options: &LinkOptions, common: &Common) -> Result<Outcome, Failure> {
    match link(options, common) {
        Ok(Some(address)) => {
            print(&format!("{address}\n"))?;
            if !common.quiet {
                say(size_in_words(&address));
            }
            Ok(Outcome::Done)
        }
        Ok(None) => Ok(Outcome::WrongInput),
        Err(problem) => {
            say(problem);
            Ok(Outcome::WrongInput)
        }
    }
}

/// The address of the link, once its QR code is written; `None` where the scenario has mistakes, which were printed.
fn link(options: &LinkOptions, common: &Common) -> Result<Option<String>, String> {
    let source = ScenarioSource::find(&options.file)?;
    let before = source.view().cloned().unwrap_or_default();
    let Some(scenario) = read(Ok(source), common) else {
        return Ok(None);
    };
    let view = view(options, before, &scenario.plate)?;
    let experiment = SharedExperiment::of_scenario(&scenario, view)?;
    let in_words = |problem: crate::link::LinkError| problem.to_string();
    let link = experiment.to_link().map_err(in_words)?;
    let address = address(options.base.as_deref(), &link);
    if let Some(path) = &options.qr {
        let code = QrCode::of(&address).map_err(in_words)?;
        let file = NewFile::begin(path, "link.svg", common.force)?;
        file.write(code.svg.as_bytes())
            .map_err(|problem| format!("{} cannot be written: {problem}", path.display()))?;
        if !common.quiet {
            let (file, modules) = (path.display(), code.modules);
            say(format_args!("{file}: a QR code of {modules} by {modules} modules"));
        }
    }
    Ok(Some(address))
}

/// The view of the link: what the options say, else that of the link it is made of.
fn view(options: &LinkOptions, before: SharedView, plate: &Plate) -> Result<SharedView, String> {
    if options.at.is_some() {
        step_at(plate, options.at)?;
    }
    let conditions: Vec<&str> = plate
        .conditions
        .iter()
        .map(|condition| condition.name.as_str())
        .collect();
    let readouts: Vec<&str> = Readout::all_of(plate).into_iter().map(Readout::name).collect();
    if let Some(name) = &options.condition {
        known("--condition", name, &conditions)?;
    }
    for name in &options.plot {
        known("--plot", name, &readouts)?;
    }
    let wells = plate.wells().len();
    if let Some(well) = options.well.filter(|&well| well as usize > wells) {
        return Err(format!("--well: found {well}; the plate has wells 1 to {wells}"));
    }
    Ok(SharedView {
        at_h: options.at.or(before.at_h),
        plays: options.play || before.plays,
        condition: options.condition.clone().or(before.condition),
        well: options.well.map(|well| well - 1).or(before.well),
        plots: match options.plot.as_slice() {
            [] => before.plots,
            plots => plots.to_vec(),
        },
        hides_names: options.hide_names || before.hides_names,
        ..before
    })
}

/// Refuses a name that is none of those that are known.
fn known(option: &str, name: &str, all: &[&str]) -> Result<(), String> {
    if all.contains(&name) {
        return Ok(());
    }
    let near =
        nearest(name, all.iter().copied()).map_or_else(String::new, |near| format!(" (did you mean \"{near}\"?)"));
    Err(format!(
        "{option}: found {}; expected one of {}{near}",
        quoted(name),
        listed(all)
    ))
}

/// The address that stands before the `#` of a link.
fn base(text: &str) -> Result<String, String> {
    let is_plain = text.chars().all(|c| c.is_ascii_graphic() && c != '#');
    if text.contains("://") && is_plain {
        Ok(text.to_owned())
    } else {
        Err("expected an address without a # in it, such as https://example.org/outgrowth/".to_owned())
    }
}
