//! Curves of a readout: the mean over the wells of each treatment with their spread, and each well by itself.

use super::{PanelInput, Panels};
use crate::export::palette::{bytes, on_dark, on_paper};
use crate::readout::columns::Readout;
use crate::readout::recorder::{Readouts, Row};
use crate::readout::summary::Summary;
use crate::session::Aside;
use crate::view::look::Theme;
use egui::Color32;
use egui_plot::LineStyle;

/// Wells whose lines are drawn one by one: more would be a carpet.
const SINGLE_WELLS: usize = 64;

/// A treatment's curve.
pub(super) struct Curve {
    /// Its name.
    pub name: String,
    /// The treatment, by its place on the plate.
    pub condition: usize,
    /// Its colour.
    pub colour: Color32,
    /// In points.
    pub width: f32,
    /// With or without gaps.
    pub style: LineStyle,
    /// Days.
    pub times_d: Vec<f64>,
    /// Means over wells, in the readout's unit.
    pub means: Vec<f64>,
    /// A standard deviation below.
    pub lows: Vec<f64>,
    /// And above.
    pub highs: Vec<f64>,
    /// Time and value of each well, where there are few.
    pub wells: Vec<Vec<[f64; 2]>>,
}

impl Curve {
    /// Time and mean, day by day.
    pub fn points(&self) -> Vec<[f64; 2]> {
        self.times_d.iter().zip(&self.means).map(|(&x, &y)| [x, y]).collect()
    }

    /// The last time and mean.
    pub fn end(&self) -> Option<[f64; 2]> {
        Some([*self.times_d.last()?, *self.means.last()?])
    }
}

/// Lines of neighbouring treatments, which may coincide: they are told apart by their gaps, not by colour alone.
fn style(condition: usize) -> LineStyle {
    match condition % 4 {
        0 => LineStyle::Solid,
        1 => LineStyle::Dashed { length: 9.0 },
        2 => LineStyle::Dashed { length: 4.0 },
        _ => LineStyle::Dashed { length: 16.0 },
    }
}

impl Panels {
    /// The colour of a treatment.
    pub(super) fn colour_of(&self, seen: &PanelInput<'_>, condition: usize) -> Color32 {
        let hue = seen.hues.get(condition).copied().unwrap_or(condition);
        let [r, g, b] = bytes(match self.look.theme {
            Theme::Dark => on_dark(hue),
            Theme::Light => on_paper(hue),
        });
        Color32::from_rgb(r, g, b)
    }

    /// The curves of a readout, read in one go: rows stand in order of their time.
    fn curves(&self, seen: &PanelInput<'_>, readouts: &Readouts, rows: &[Row], readout: Readout) -> Vec<Curve> {
        let Some(place) = readouts.place(readout) else {
            return Vec::new();
        };
        let conditions = seen.planned.conditions.iter().enumerate();
        let mut curves: Vec<Curve> = conditions
            .map(|(place, condition)| self.empty_curve(seen, &condition.name, place))
            .collect();
        let mut values = vec![Vec::new(); curves.len()];
        for rows in rows.chunk_by(|a, b| a.time_h == b.time_h) {
            values.iter_mut().for_each(Vec::clear);
            for row in rows {
                values[row.condition].extend(row.values[place]);
            }
            for (curve, values) in curves.iter_mut().zip(&values) {
                if let Some(summary) = Summary::of(values) {
                    let spread = summary.sd.unwrap_or(0.0);
                    curve.times_d.push(rows[0].time_h / 24.0);
                    curve.means.push(summary.mean);
                    curve.lows.push(summary.mean - spread);
                    curve.highs.push(summary.mean + spread);
                }
            }
        }
        curves.retain(|curve| !curve.times_d.is_empty());
        curves
    }

    /// The curves of the course that is shown, with a line for each well where there are few.
    pub(super) fn curves_with_wells(&self, seen: &PanelInput<'_>, readout: Readout) -> Vec<Curve> {
        let readouts = &seen.status.readouts;
        let mut curves = self.curves(seen, readouts, &readouts.rows, readout);
        let wells = readouts.rows.iter().map(|row| row.well + 1).max().unwrap_or(0);
        let Some(place) = readouts.place(readout).filter(|_| wells <= SINGLE_WELLS) else {
            return curves;
        };
        let mut lines = vec![(0, Vec::new()); wells];
        for row in &readouts.rows {
            let (condition, line) = &mut lines[row.well];
            *condition = row.condition;
            line.extend(row.values[place].map(|value| [row.time_h / 24.0, value]));
        }
        for curve in &mut curves {
            let own = lines.iter_mut().filter(|(condition, _)| *condition == curve.condition);
            curve.wells = own.map(|(_, line)| std::mem::take(line)).collect();
            // A treatment's only well is its mean.
            if curve.wells.len() < 2 {
                curve.wells.clear();
            }
        }
        curves
    }

    /// The curves of a course that was put aside, from where it parts from the one that is shown.
    pub(super) fn curves_beyond(&self, aside: &Aside, seen: &PanelInput<'_>, readout: Readout) -> Vec<Curve> {
        let parted_h = f64::from(aside.parted) * seen.plate.step_h;
        let rows = &aside.readouts.rows;
        let common = rows.partition_point(|row| row.time_h <= parted_h);
        // From the last record that both have in common, so that a line leads there.
        let last_h = rows[..common].last().map(|row| row.time_h);
        let first = rows.partition_point(|row| last_h.is_some_and(|last_h| row.time_h < last_h));
        let mut curves = self.curves(seen, &aside.readouts, &rows[first..], readout);
        for curve in &mut curves {
            curve.name = aside.name.clone();
            curve.colour = curve.colour.gamma_multiply(0.5);
        }
        curves
    }

    fn empty_curve(&self, seen: &PanelInput<'_>, name: &str, condition: usize) -> Curve {
        let chosen = self.condition == Some(condition);
        Curve {
            name: name.to_owned(),
            condition,
            colour: self.colour_of(seen, condition),
            width: if chosen { 2.6 } else { 1.4 },
            style: style(condition),
            times_d: Vec::new(),
            means: Vec::new(),
            lows: Vec::new(),
            highs: Vec::new(),
            wells: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readout::recorder::Recorder;
    use crate::scenario::{self, Surroundings, builtin};
    use crate::session::Status;
    use std::sync::Arc;

    #[test]
    fn a_mean_is_over_the_lines_of_its_wells() {
        let text = builtin("exercise-2024").expect("built in").text;
        let plate = scenario::read(text, "plate", &[], &Surroundings::none())
            .expect("valid")
            .plate;
        let mut readouts = Recorder::new(&plate).into_readouts();
        let place = readouts.place(Readout::Tips).expect("a column");
        for time_h in [0.0, 24.0] {
            for (well, site) in plate.wells().iter().enumerate() {
                let mut values = vec![None; readouts.columns.len()];
                values[place] = Some(time_h * (well % 3) as f64);
                readouts.rows.push(Row {
                    condition: site.condition,
                    well,
                    replicate: (well % 3) as u32 + 1,
                    time_h,
                    values,
                });
            }
        }
        let mut status = Status::of(&plate, text);
        status.readouts = Arc::new(readouts);
        let seen = PanelInput {
            plate: &plate,
            in_force: &plate,
            planned: &plate,
            hues: &[5, 4, 3, 2, 1, 0],
            shows: None,
            hides_names: false,
            status: &status,
            step: 0,
            drawn_by: "",
            software: true,
            plate_px: 0,
            frames_per_s: 0.0,
            timings: &[],
        };
        let panels = Panels::default();
        let curves = panels.curves_with_wells(&seen, Readout::Tips);
        let [r, g, b] = bytes(on_dark(5));
        assert_eq!(
            curves[0].colour,
            Color32::from_rgb(r, g, b),
            "by its hue, not by its place"
        );
        assert_eq!(curves.len(), plate.conditions.len());
        for curve in &curves {
            assert_eq!(curve.points(), [[0.0, 0.0], [1.0, 24.0]]);
            assert_eq!(curve.end(), Some([1.0, 24.0]));
            let ends: Vec<f64> = curve.wells.iter().map(|line| line[1][1]).collect();
            assert_eq!(ends, [0.0, 24.0, 48.0]);
        }
        // Those that coincide have other gaps.
        assert_ne!(curves[0].style, curves[1].style);
    }
}
