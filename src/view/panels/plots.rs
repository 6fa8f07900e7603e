//! The readouts as curves: the mean over a condition's wells with their spread, growing with the run.

use super::{PanelInput, Panels, Wish};
use crate::export::figures::days;
use crate::export::palette::{bytes, dash, on_dark, on_paper};
use crate::readout::columns::Readout;
use crate::readout::recorder::{Readouts, Row};
use crate::readout::summary::Summary;
use crate::session::Aside;
use crate::view::look::Theme;
use crate::view::overlay::words::round_length;
use crate::view::pose::short;
use egui::{Color32, ComboBox, Rangef, RichText, Ui};
use egui_plot::{AxisHints, FilledArea, GridInput, GridMark, Line, LineStyle, Plot, PlotPoints, VLine};

/// Other courses whose curves are drawn: more would hide the one that is shown.
const ASIDES: usize = 3;

/// A condition's curve.
struct Curve {
    name: String,
    colour: Color32,
    /// In points.
    width: f32,
    style: LineStyle,
    times_d: Vec<f64>,
    means: Vec<f64>,
    lows: Vec<f64>,
    highs: Vec<f64>,
}

impl Panels {
    pub(super) fn plots(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let readouts = &seen.status.readouts;
        let Some(column) = readouts
            .columns
            .iter()
            .find(|column| column.readout == self.readout)
            .or(readouts.columns.first())
        else {
            ui.weak("The first readouts come with the first step.");
            return;
        };
        ComboBox::from_id_salt("readout")
            .selected_text(plain(&column.name))
            .width(ui.available_width() - 10.0)
            .show_ui(ui, |ui| {
                for column in &readouts.columns {
                    ui.selectable_value(&mut self.readout, column.readout, plain(&column.name))
                        .on_hover_text(format!("{} ({})", column.meaning, column.unit));
                }
            })
            .response
            .on_hover_text(format!("{} ({}). Choose another readout.", column.meaning, column.unit));
        let curves = self.curves(readouts, &readouts.rows, column.readout);
        let asides: Vec<Vec<Curve>> = (seen.status.asides.iter().take(ASIDES))
            .map(|aside| self.curves_beyond(aside, seen, column.readout))
            .collect();
        let now_d = f64::from(seen.status.step) * seen.plate.step_h / 24.0;
        let total_d = f64::from(seen.plate.steps) * seen.plate.step_h / 24.0;
        let unit = column.unit;
        let quiet = ui.visuals().weak_text_color();
        // Beside the curves, not over them.
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            for curve in &curves {
                ui.label(RichText::new(&curve.name).small().color(curve.colour));
            }
        });
        ui.horizontal_wrapped(|ui| other_courses(ui, seen, wishes));
        let shown = Plot::new("readouts")
            .height(190.0)
            .show_background(false)
            .include_x(0.0)
            .include_x(total_d)
            .include_y(0.0)
            .custom_x_axes(vec![
                AxisHints::new_x()
                    .label(RichText::new("day").small())
                    .label_spacing(Rangef::new(14.0, 22.0)),
            ])
            .custom_y_axes(vec![
                AxisHints::new_y()
                    .label(RichText::new(unit).small())
                    .formatter(|mark, _| short(mark.value))
                    .label_spacing(Rangef::new(12.0, 16.0)),
            ])
            .y_grid_spacer(round_steps)
            .allow_scroll(false)
            .allow_zoom(false)
            .allow_drag(false)
            .allow_boxed_zoom(false)
            .show(ui, |plot| {
                for curve in &curves {
                    let band = FilledArea::new("", &curve.times_d, &curve.lows, &curve.highs)
                        .fill_color(curve.colour.gamma_multiply(0.18));
                    plot.add(band);
                }
                for curve in asides.into_iter().flatten() {
                    let points: PlotPoints<'_> =
                        curve.times_d.iter().zip(&curve.means).map(|(&x, &y)| [x, y]).collect();
                    let line = Line::new(curve.name, points).color(curve.colour).width(1.0);
                    plot.line(line.style(LineStyle::dotted_dense()));
                }
                for curve in curves {
                    let points: PlotPoints<'_> =
                        curve.times_d.iter().zip(&curve.means).map(|(&x, &y)| [x, y]).collect();
                    let line = Line::new(curve.name, points).color(curve.colour).width(curve.width);
                    plot.line(line.style(curve.style));
                }
                plot.vline(VLine::new("", now_d).color(quiet.gamma_multiply(0.7)).width(1.0));
                plot.pointer_coordinate()
            });
        let response = shown.response.on_hover_text_at_pointer(
            "Mean over the wells of a treatment and one standard deviation either way. Click to see that time.",
        );
        if response.clicked()
            && let Some(at) = shown.inner
        {
            let step = (at.x * 24.0 / seen.plate.step_h).round().max(0.0);
            wishes.push(Wish::GoTo((step as u32).min(seen.status.furthest)));
        }
    }

    /// The curves of a readout, read in one go: rows stand in order of their time.
    fn curves(&self, readouts: &Readouts, rows: &[Row], readout: Readout) -> Vec<Curve> {
        let Some(place) = readouts.place(readout) else {
            return Vec::new();
        };
        let mut curves: Vec<Curve> = (0..readouts.conditions.len())
            .map(|condition| self.empty_curve(&readouts.conditions[condition], condition))
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

    /// The curves of a course that was put aside, from where it parts from the one that is shown.
    fn curves_beyond(&self, aside: &Aside, seen: &PanelInput<'_>, readout: Readout) -> Vec<Curve> {
        let parted_h = f64::from(aside.parted) * seen.plate.step_h;
        let rows = &aside.readouts.rows;
        let common = rows.partition_point(|row| row.time_h <= parted_h);
        // From the last record that both have in common, so that a line leads there.
        let last_h = rows[..common].last().map(|row| row.time_h);
        let first = rows.partition_point(|row| last_h.is_some_and(|last_h| row.time_h < last_h));
        let mut curves = self.curves(&aside.readouts, &rows[first..], readout);
        for curve in &mut curves {
            curve.name = aside.name.clone();
            curve.colour = curve.colour.gamma_multiply(0.5);
        }
        curves
    }

    fn empty_curve(&self, name: &str, condition: usize) -> Curve {
        let colour = match self.look.theme {
            Theme::Dark => on_dark(condition),
            Theme::Light => on_paper(condition),
        };
        let [r, g, b] = bytes(colour);
        let chosen = self.condition == Some(condition);
        Curve {
            name: name.to_owned(),
            colour: Color32::from_rgb(r, g, b),
            width: if chosen { 2.6 } else { 1.4 },
            style: match dash(condition) {
                None => LineStyle::Solid,
                Some((drawn, _)) if drawn < 4 => LineStyle::dotted_dense(),
                Some((drawn, _)) => LineStyle::Dashed { length: drawn as f32 },
            },
            times_d: Vec::new(),
            means: Vec::new(),
            lows: Vec::new(),
            highs: Vec::new(),
        }
    }
}

/// Lines at round numbers, three to eight of them.
fn round_steps(seen: GridInput) -> Vec<GridMark> {
    let (low, high) = seen.bounds;
    let step = round_length(((high - low) / 4.0).max(f64::MIN_POSITIVE));
    let first = (low / step).ceil() as i64;
    let marks = (first..).map(|number| GridMark {
        value: number as f64 * step,
        step_size: step,
    });
    marks.take_while(|mark| mark.value <= high).take(20).collect()
}

/// The names of the courses that were put aside; each leads back to it.
fn other_courses(ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
    for aside in seen.status.asides.iter() {
        let to = days(f64::from(aside.furthest) * seen.plate.step_h);
        let name = ui.small_button(RichText::new(format!("faint: {}", aside.name)).weak());
        if name
            .on_hover_text(format!("Another course, computed up to {to}. Click to go back to it."))
            .clicked()
        {
            wishes.push(Wish::ReturnTo(aside.number));
        }
    }
}

/// A column's name without its unit and underscores.
pub(super) fn plain(column: &str) -> String {
    let bare = ["_um_per_h", "_um2", "_um"]
        .iter()
        .find_map(|unit| column.strip_suffix(unit))
        .unwrap_or(column);
    bare.replace('_', " ")
}
