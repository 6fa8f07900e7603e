//! The report's plots: curves of growth and profiles by condition, and the rate of growth day by day.

use super::courses::{curve, over_time, wells_in_words};
use super::curve_table::curve_table;
use super::figure::Figure;
use super::html::{Cell, by_condition, escaped, table};
use super::plots::{Curve, Headings, Lettering, draw, roses_svg};
use super::roses_table::roses_table;
use crate::export::error::ExportError;
use crate::export::figures::{figure, with_interval, with_spread};
use crate::export::hues::hues;
use crate::export::main_readouts::{MainReadout, main_readouts};
use crate::export::outcome::Results;
use crate::export::shown_unit::ShownUnit;
use crate::readout::bootstrap::Bootstrap;
use crate::readout::columns::Readout;
use crate::readout::growth::rates_between;
use crate::readout::profiles::{Rose, SHOLL_STEP_UM, Sholl, rose, sholl};
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;

/// Curves of readouts over time.
///
/// # Errors
/// A plot cannot be drawn.
pub(super) fn curves(results: &Results<'_>) -> Result<String, ExportError> {
    let readouts = results.readouts;
    let (bootstrap, hues) = (Bootstrap::of(results.plate), hues(results.plate));
    let mechano = readouts.place(Readout::MechanoStateMean).map(|place| MainReadout {
        column: &readouts.columns[place],
        short: String::new(),
        axis: "Mechano-state".to_owned(),
        title: "Mechano-state of the growth cones".to_owned(),
    });
    let mut plots = String::new();
    for shown in main_readouts(readouts).into_iter().chain(mechano) {
        let Some(place) = readouts.place(shown.column.readout) else {
            continue;
        };
        let values = readouts.rows.iter().filter_map(|row| row.values[place]);
        let largest = values.fold(0.0_f64, |most, value| most.max(value.abs()));
        let unit = ShownUnit::of(shown.column.unit, largest);
        let curves = over_time(readouts, place, unit.size, &bootstrap);
        if curves.is_empty() {
            continue;
        }
        let title = unit.after(&shown.title);
        plots.push_str(
            &Plot {
                name: &format!("{}-{}-over-time", results.plate.name, shown.column.name),
                title: &shown.title,
                label: &format!("{title}, over time in days, by condition"),
                x: ("time", "d", "days"),
                y: (&shown.column.name, unit.name, &unit.after(&shown.axis)),
            }
            .html(&curves, &readouts.conditions, &hues)?,
        );
    }
    Ok(format!(
        "<h2>Growth</h2>\n<p class=\"quiet\">Thin lines are wells, thick lines their means, bands the 95 % bootstrap intervals of the \
         means over wells; {}.</p>\n<div class=\"plots\">\n{plots}</div>",
        wells_in_words(
            results
                .plate
                .conditions
                .iter()
                .map(|condition| condition.wells as usize)
        )
    ))
}

/// A plot of curves with what stands beside it.
struct Plot<'a> {
    name: &'a str,
    title: &'a str,
    label: &'a str,
    /// The abscissa: its name and unit in the table, its title in the plot.
    x: (&'a str, &'a str, &'a str),
    /// The measure likewise.
    y: (&'a str, &'a str, &'a str),
}

impl Plot<'_> {
    fn html(&self, curves: &[Curve], conditions: &[String], hues: &[usize]) -> Result<String, ExportError> {
        let lettering = Lettering {
            conditions,
            hues,
            x: self.x.2,
            y: self.y.2,
            label: self.label,
        };
        let svg = draw(curves, lettering)?;
        let numbers = curve_table(curves, conditions, (self.x.0, self.x.1), (self.y.0, self.y.1));
        Ok(Figure {
            name: self.name,
            title: &escaped(self.title),
            caption: "",
            svg: &svg,
            numbers: Some(&numbers),
        }
        .html())
    }
}

/// Sholl profiles and the headings of the tips.
///
/// # Errors
/// A plot cannot be drawn.
pub(super) fn profiles(results: &Results<'_>) -> Result<String, ExportError> {
    let (plate, readouts) = (results.plate, results.readouts);
    let (profiles, roses) = (sholl(plate, results.world), rose(plate, results.world));
    let wells = plate.wells();
    let of_condition = |condition: usize| {
        let places = wells
            .iter()
            .enumerate()
            .filter(move |(_, well)| well.condition == condition);
        places.map(|(well, _)| well)
    };
    let (bootstrap, hues) = (Bootstrap::of(plate), hues(plate));
    let circles = profiles
        .iter()
        .map(|profile| profile.crossings.len())
        .max()
        .unwrap_or(0);
    // One circle further than the last that is crossed, where nothing is.
    let distances_um: Vec<f64> = (0..=circles)
        .map(|circle| (circle + 1) as f64 * SHOLL_STEP_UM)
        .collect();
    let crossings = |profile: &Sholl| -> Vec<Option<f64>> {
        let at = |circle: usize| profile.crossings.get(circle).map_or(0.0, |&crossings| crossings as f64);
        (0..=circles).map(|circle| Some(at(circle))).collect()
    };
    let curves: Vec<Curve> = (0..readouts.conditions.len())
        .map(|condition| {
            let wells: Vec<_> = of_condition(condition).map(|well| crossings(&profiles[well])).collect();
            curve(condition, &distances_um, &wells, &bootstrap)
        })
        .filter(|curve| !curve.points.is_empty())
        .collect();
    let plot = Plot {
        name: &format!("{}-sholl", plate.name),
        title: "Crossings of axons with circles around their explant",
        label: "Crossings of axons with circles around their explant, against the distance of a circle from the explant's edge",
        x: ("distance", "µm", "distance from the explant's edge, µm"),
        y: ("crossings", "1", "crossings"),
    };
    let mean = |of: Vec<f64>| {
        let mean = Summary::of(&of).map(|summary| summary.mean);
        mean.map_or_else(|| "–".to_owned(), |mean| with_interval(mean, bootstrap.mean(&of)))
    };
    let rows = readouts.conditions.iter().enumerate().map(|(condition, name)| {
        let profiles = || of_condition(condition).map(|well| &profiles[well]);
        vec![
            Cell::text(name.clone()),
            Cell::number(mean(profiles().map(|profile| profile.maximum() as f64).collect())),
            Cell::number(mean(profiles().filter_map(Sholl::critical_radius_um).collect())),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let heading = [
        Cell::text("Condition"),
        Cell::number("Most crossings"),
        Cell::number("Critical radius, µm"),
    ];
    let headings = readouts
        .conditions
        .iter()
        .enumerate()
        .map(|(condition, name)| Headings {
            hue: hues.get(condition).copied().unwrap_or(condition),
            name,
            wells: of_condition(condition).map(|well| shares(&roses[well])).collect(),
        });
    let headings: Vec<Headings<'_>> = headings.collect();
    let roses = Figure {
        name: &format!("{}-headings", plate.name),
        title: "Headings of the tips",
        caption: "The area of a sector is its share of the tips in the mean over wells, a point the share in a well; the dashed circle is what \
                  even headings would give. All have one scale.",
        svg: &roses_svg(&headings, "Roses of the headings of the tips, by condition"),
        numbers: Some(&roses_table(&headings)),
    };
    Ok(format!(
        "<h2>Sholl profile and headings</h2>\n<p class=\"quiet\">Thin lines are wells, thick lines their means, bands and brackets the 95 % \
         bootstrap intervals of the means over wells.</p>\n<div class=\"plots\">{}{}</div>{}",
        plot.html(&curves, &readouts.conditions, &hues)?,
        roses.html(),
        table(&heading, &rows)
    ))
}

/// The share of the tips of a well that head into each sector.
fn shares(rose: &Rose) -> [f64; crate::readout::profiles::SECTORS] {
    let all = rose.tips.iter().sum::<usize>().max(1) as f64;
    rose.tips.map(|tips| tips as f64 / all)
}

/// The table of growth rates by day; empty before anything has grown.
pub(super) fn rates_by_day(readouts: &Readouts) -> String {
    let Some(last_h) = readouts.last_time_h().filter(|&last_h| last_h > 0.0) else {
        return String::new();
    };
    // Rounding in the last time must not begin a day.
    let days: Vec<(String, f64, f64)> = (0..((last_h - 1e-6) / 24.0).ceil().max(1.0) as u32)
        .map(|day| {
            let (from_h, to_h) = (24.0 * f64::from(day), (24.0 * f64::from(day + 1)).min(last_h));
            let whole = to_h - from_h > 24.0 - 1e-6;
            let name = if whole {
                format!("{}", day + 1)
            } else {
                format!("{} (first {} h)", day + 1, figure(to_h - from_h))
            };
            (name, from_h, to_h)
        })
        .collect();
    let tables = by_condition(
        &readouts.conditions,
        &[Cell::text("Day")],
        days.len(),
        |row, condition| {
            let (name, from_h, to_h) = &days[row];
            match condition {
                None => vec![Cell::text(name.clone())],
                Some(condition) => {
                    let rates = rates_between(readouts, condition, *from_h, *to_h);
                    vec![Cell::number(with_spread(Summary::of(&rates)))]
                }
            }
        },
    );
    format!(
        "<h2>Growth rate by day</h2>\n<p class=\"quiet\">Net elongation of a tip, µm/h: growth of the total length over the tip-hours of \
         the day. Mean ± standard deviation between wells.</p>\n{tables}"
    )
}
