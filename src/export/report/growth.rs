//! The report's plots: curves of growth and profiles by condition, and the rate of growth day by day.

use super::html::{Cell, escaped, table};
use super::legend::legend;
use super::plots::{curves_svg, rose_svg, sholl_svg};
use crate::export::error::ExportError;
use crate::export::figures::{figure, with_spread};
use crate::export::outcome::Results;
use crate::readout::columns::Readout;
use crate::readout::growth::rates_between;
use crate::readout::profiles::{rose, sholl};
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;

/// The curves shown, and their titles.
const CURVES: [(Readout, &str); 8] = [
    (
        Readout::OutgrowthRadiusMean,
        "Outgrowth radius: tips from the explant's edge",
    ),
    (Readout::NeuriteLengthLongest, "Longest neurite, mean over neurons"),
    (Readout::NeuriteLengthTotal, "Length of all axons of a well"),
    (Readout::GrowthRateMean, "Growth rate: net elongation of a tip"),
    (Readout::Tips, "Tips"),
    (Readout::MyokineAtConesMean(0), "Myokine dose at the growth cones"),
    (Readout::MechanoStateMean, "Mechano-state of the growth cones"),
    (Readout::SomaMigrationMean, "Migration of the somata"),
];

/// Curves of readouts over time.
///
/// # Errors
/// A plot cannot be drawn.
pub(super) fn curves(readouts: &Readouts) -> Result<String, ExportError> {
    let mut plots = String::new();
    let chosen = CURVES.map(|(readout, title)| (readout, title.to_owned()));
    for (readout, title) in chosen.into_iter().chain(crossings(readouts)) {
        if let Some(svg) = curves_svg(readouts, readout)? {
            plots.push_str(&format!(
                "<figure><figcaption>{}</figcaption>{svg}</figure>\n",
                escaped(&title)
            ));
        }
    }
    Ok(format!(
        "<h2>Growth</h2>\n<p class=\"quiet\">Lines are means over wells, bands one standard deviation between \
         wells.</p>\n{}<div class=\"plots\">\n{plots}</div>",
        legend(&readouts.conditions)
    ))
}

/// The counts of axons across each gate, with a title.
fn crossings(readouts: &Readouts) -> impl Iterator<Item = (Readout, String)> {
    let across = readouts
        .columns
        .iter()
        .filter(|column| matches!(column.readout, Readout::AxonsAcross(_)));
    across.map(|column| (column.readout, column.meaning.replacen('a', "A", 1)))
}

/// Sholl profiles and the headings of the tips.
///
/// # Errors
/// A plot cannot be drawn.
pub(super) fn profiles(results: &Results<'_>) -> Result<String, ExportError> {
    let (plate, readouts) = (results.plate, results.readouts);
    let wells = plate.wells();
    let (profiles, roses) = (sholl(plate, results.world), rose(plate, results.world));
    let by_well: Vec<_> = wells
        .iter()
        .zip(&profiles)
        .map(|(well, profile)| (well.condition, profile))
        .collect();
    let mut rows = Vec::new();
    let mut figures = String::new();
    for (condition, name) in readouts.conditions.iter().enumerate() {
        let of_condition = || {
            wells
                .iter()
                .enumerate()
                .filter(move |(_, well)| well.condition == condition)
        };
        let mean = |of: &dyn Fn(usize) -> Option<f64>| {
            with_spread(Summary::of(
                &of_condition().filter_map(|(well, _)| of(well)).collect::<Vec<f64>>(),
            ))
        };
        rows.push(vec![
            Cell::text(name.clone()),
            Cell::number(mean(&|well| Some(profiles[well].maximum() as f64))),
            Cell::number(mean(&|well| profiles[well].critical_radius_um())),
        ]);
        let roses: Vec<_> = of_condition().map(|(well, _)| &roses[well]).collect();
        figures.push_str(&format!(
            "<figure>{}<figcaption>{}</figcaption></figure>\n",
            rose_svg(condition, &roses),
            escaped(name)
        ));
    }
    let heading = [
        Cell::text("Condition"),
        Cell::number("Most crossings"),
        Cell::number("Critical radius, µm"),
    ];
    Ok(format!(
        "<h2>Sholl profile</h2>\n<p class=\"quiet\">Crossings of axons with circles around their explant.</p>\n{}\
         <div class=\"plots\"><figure>{}</figure><div>{}</div></div>\n<h2>Headings of the tips</h2>\n<p \
         class=\"quiet\">The area of a sector is its share of the tips; the dashed circle is what even headings \
         would give.</p>\n<div class=\"roses\">{figures}</div>",
        legend(&readouts.conditions),
        sholl_svg(readouts.conditions.len(), &by_well)?,
        table(&heading, &rows)
    ))
}

/// The table of growth rates by day; empty before anything has grown.
pub(super) fn rates_by_day(readouts: &Readouts) -> String {
    let Some(last_h) = readouts.last_time_h().filter(|&last_h| last_h > 0.0) else {
        return String::new();
    };
    let mut heading = vec![Cell::text("Day")];
    heading.extend(readouts.conditions.iter().map(|name| Cell::number(name.clone())));
    // Rounding in the last time must not begin a day.
    let rows: Vec<Vec<Cell>> = (0..((last_h - 1e-6) / 24.0).ceil().max(1.0) as u32)
        .map(|day| {
            let (from_h, to_h) = (24.0 * f64::from(day), (24.0 * f64::from(day + 1)).min(last_h));
            let whole = to_h - from_h > 24.0 - 1e-6;
            let name = if whole {
                format!("{}", day + 1)
            } else {
                format!("{} (first {} h)", day + 1, figure(to_h - from_h))
            };
            let rates = (0..readouts.conditions.len())
                .map(|condition| Summary::of(&rates_between(readouts, condition, from_h, to_h)));
            std::iter::once(Cell::text(name))
                .chain(rates.map(|summary| Cell::number(with_spread(summary))))
                .collect()
        })
        .collect();
    format!(
        "<h2>Growth rate by day</h2>\n<p class=\"quiet\">Net elongation of a tip, µm/h: growth of the total length \
         over the tip-hours of the day. Mean ± standard deviation between wells.</p>\n{}",
        table(&heading, &rows)
    )
}
