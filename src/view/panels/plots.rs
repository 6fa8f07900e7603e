//! The plots: readouts as curves that grow with the run. Several can stand below each other.

use super::curves::Curve;
use super::{PanelInput, Panels, Wish, line_labels};
use crate::export::figures::days;
use crate::export::report::words::treatment;
use crate::readout::columns::{Column, Readout};
use crate::view::overlay::words::round_length;
use crate::view::pose::short;
use egui::{ComboBox, Rangef, RichText, Sense, Ui};
use egui_plot::{AxisHints, FilledArea, GridInput, GridMark, Line, LineStyle, Plot, VLine};

/// Other courses whose curves are drawn: more would hide the one that is shown.
const ASIDES: usize = 3;
/// The share of a plot's width that names at the ends of lines have, at most.
const MOST_FOR_NAMES: f32 = 0.4;
/// Height of a plot by itself, and of one of several.
const HEIGHT: f32 = 190.0;
const HEIGHT_OF_SEVERAL: f32 = 150.0;

/// The unit in which a plot tells values.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlotUnit<'a> {
    /// Its name; empty of a plain number.
    pub name: &'a str,
    /// How many of the column's own unit it is.
    pub size: f64,
}

impl Panels {
    pub(super) fn plots(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let columns = &seen.status.readouts.columns;
        if columns.is_empty() {
            ui.weak("The first readouts come with the first step.");
            return;
        }
        self.treatments(ui, seen);
        ui.horizontal_wrapped(|ui| other_courses(ui, seen, wishes));
        let mut closed = None;
        for place in 0..self.plots.len() {
            let column = columns.iter().find(|column| column.readout == self.plots[place]);
            let column = column.unwrap_or(&columns[0]);
            ui.push_id(("plot", place), |ui| {
                if self.choose_readout(ui, place, column, columns) {
                    closed = Some(place);
                }
                let unit = PlotUnit {
                    name: column.unit,
                    size: 1.0,
                };
                self.plot(ui, seen, column, unit, wishes);
            });
        }
        if let Some(place) = closed {
            self.plots.remove(place);
        }
        let fresh = columns.iter().find(|column| !self.plots.contains(&column.readout));
        if let Some(fresh) = fresh
            && ui
                .small_button("Another plot")
                .on_hover_text("Plot one more readout below")
                .clicked()
        {
            self.plots.push(fresh.readout);
        }
    }

    /// The treatments with their colours, explained where the pointer rests; a click chooses one for acts.
    fn treatments(&mut self, ui: &mut Ui, seen: &PanelInput<'_>) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            for (condition, planned) in seen.planned.conditions.iter().enumerate() {
                let mut words = RichText::new(&planned.name)
                    .small()
                    .color(self.colour_of(seen, condition));
                if self.condition == Some(condition) {
                    words = words.underline();
                }
                let label = ui.add(egui::Label::new(words).sense(Sense::click()));
                if label.on_hover_text(explained(seen, condition)).clicked() {
                    self.condition = Some(condition);
                }
            }
        });
    }

    /// The choice of what a plot shows. Returns whether it is to be closed.
    fn choose_readout(&mut self, ui: &mut Ui, place: usize, shown: &Column, columns: &[Column]) -> bool {
        let several = self.plots.len() > 1;
        let readout = &mut self.plots[place];
        ui.horizontal(|ui| {
            let room = if several { 34.0 } else { 10.0 };
            ComboBox::from_id_salt("readout")
                .selected_text(plain(&shown.name))
                .width(ui.available_width() - room)
                .show_ui(ui, |ui| {
                    for column in columns {
                        ui.selectable_value(readout, column.readout, plain(&column.name))
                            .on_hover_text(format!("{} ({})", column.meaning, column.unit));
                    }
                })
                .response
                .on_hover_text(format!("{} ({}). Choose another readout.", shown.meaning, shown.unit));
            several && ui.small_button("×").on_hover_text("Close this plot").clicked()
        })
        .inner
    }

    /// A readout as curves, its values told in a unit.
    pub(super) fn plot(
        &self,
        ui: &mut Ui,
        seen: &PanelInput<'_>,
        column: &Column,
        unit: PlotUnit<'_>,
        wishes: &mut Vec<Wish>,
    ) {
        let curves = self.curves_with_wells(seen, column.readout);
        let asides: Vec<Vec<Curve>> = (seen.status.asides.iter().take(ASIDES))
            .map(|aside| self.curves_beyond(aside, seen, column.readout))
            .collect();
        let now_d = f64::from(seen.step) * seen.plate.step_h / 24.0;
        let total_d = f64::from(seen.plate.steps) * seen.plate.step_h / 24.0;
        let quiet = ui.visuals().weak_text_color();
        // Names stand behind the lines, and cover none.
        let names = (line_labels::room(&curves) / ui.available_width().max(1.0)).min(MOST_FOR_NAMES);
        let height = if self.plots.len() > 1 {
            HEIGHT_OF_SEVERAL
        } else {
            HEIGHT
        };
        let shown = Plot::new("readouts")
            .height(height)
            .show_background(false)
            .include_x(0.0)
            .include_x(total_d / f64::from(1.0 - names))
            .include_y(0.0)
            .custom_x_axes(vec![
                AxisHints::new_x()
                    .label(RichText::new("day").small())
                    .label_spacing(Rangef::new(14.0, 22.0)),
            ])
            .custom_y_axes(vec![
                AxisHints::new_y()
                    .label(RichText::new(unit.name).small())
                    .formatter(move |mark, _| short(mark.value / unit.size))
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
                        .fill_color(curve.colour.gamma_multiply(0.14));
                    plot.add(band);
                    for well in &curve.wells {
                        let line = Line::new("", well.clone()).color(curve.colour.gamma_multiply(0.4));
                        plot.line(line.width(0.7));
                    }
                }
                for curve in asides.into_iter().flatten() {
                    let line = Line::new(curve.name.clone(), curve.points())
                        .color(curve.colour)
                        .width(1.0);
                    plot.line(line.style(LineStyle::dotted_dense()));
                }
                for curve in &curves {
                    let line = Line::new(curve.name.clone(), curve.points()).color(curve.colour);
                    plot.line(line.width(curve.width).style(curve.style));
                }
                plot.vline(VLine::new("", now_d).color(quiet.gamma_multiply(0.7)).width(1.0));
                plot.pointer_coordinate()
            });
        let (transform, frame) = (shown.transform, *shown.transform.frame());
        line_labels::draw(ui.painter(), frame, &curves, |[x, y]| {
            transform.position_from_point(&egui_plot::PlotPoint::new(x, y))
        });
        let response = shown.response.on_hover_text_at_pointer(
            "Thick: mean over the wells of a treatment, with one standard deviation either way. Thin: each well. Click to see \
             that time.",
        );
        if response.clicked()
            && let Some(at) = shown.inner
        {
            let step = (at.x * 24.0 / seen.plate.step_h).round().max(0.0);
            wishes.push(Wish::GoTo((step as u32).min(seen.status.furthest)));
        }
    }

    /// The readout of the first plot, which the conclusion is about.
    pub(super) fn first_readout(&self) -> Readout {
        self.plots.first().copied().unwrap_or(FIRST)
    }
}

/// The readout that is plotted at first.
pub(super) const FIRST: Readout = Readout::OutgrowthRadiusMean;

/// A treatment in a sentence.
pub(super) fn explained(seen: &PanelInput<'_>, condition: usize) -> String {
    match seen.planned.conditions.get(condition) {
        Some(planned) if seen.hides_names => format!("{}: hidden until the treatments are revealed", planned.name),
        Some(planned) => format!("{}: {}", planned.name, treatment(seen.planned, condition)),
        None => String::new(),
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
