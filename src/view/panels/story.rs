//! The story of a plate: the question that it asks while it grows, and what came out of it at the end.

use super::{PanelInput, Panels, Wish, style};
use crate::export::figures::{days, figure};
use crate::model::plate::Plate;
use crate::readout::bootstrap::Bootstrap;
use crate::readout::columns::Readout;
use crate::readout::growth::at_the_end;
use crate::readout::recorder::Readouts;
use crate::readout::roles::roles;
use crate::readout::summary::Summary;
use egui::{RichText, Ui};
use std::sync::Arc;

/// The keys that one needs first.
const FIRST_KEYS: &str = "Space plays and pauses  ·  click a well to come closer, F to see all  ·  K cuts axons, Ctrl-Z takes it back  ·  Ctrl-O: other plates  ·  H: all keys";

/// Height of a window that has room for more than the question and the conclusion.
const ROOMY_HEIGHT: f32 = 600.0;

/// A conclusion, and what it was drawn from.
#[derive(Clone, Debug)]
pub(super) struct Conclusion {
    readouts: Arc<Readouts>,
    readout: Readout,
    words: String,
}

impl Panels {
    /// Shows the question, and once the run is over what came out.
    pub(super) fn story(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let Some(shows) = seen.shows.filter(|_| self.story) else {
            return;
        };
        let is_over = seen.status.is_over() && !seen.status.readouts.rows.is_empty();
        egui::Panel::top("story").frame(style::panel_frame()).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width((ui.available_width() - 40.0).max(120.0));
                    ui.label(RichText::new(&shows.question).strong());
                    let roomy = ui.ctx().content_rect().height() >= ROOMY_HEIGHT;
                    if is_over {
                        ui.label(self.conclusion(seen));
                        if roomy {
                            ui.weak(&shows.answer);
                        }
                        again(ui, wishes);
                    } else if roomy {
                        ui.weak(FIRST_KEYS);
                    }
                });
                if ui.small_button("×").on_hover_text("Leave the plate alone").clicked() {
                    self.story = false;
                }
            });
        });
    }

    /// The conclusion from the readout that is plotted. It is drawn once: its intervals are much to compute.
    fn conclusion(&mut self, seen: &PanelInput<'_>) -> &str {
        let (readouts, readout) = (&seen.status.readouts, self.first_readout());
        let known = self
            .conclusion
            .take()
            .filter(|known| Arc::ptr_eq(&known.readouts, readouts) && known.readout == readout);
        let conclusion = known.unwrap_or_else(|| Conclusion {
            readouts: readouts.clone(),
            readout,
            words: conclusion(seen.planned, readouts, readout),
        });
        &self.conclusion.insert(conclusion).words
    }
}

fn again(ui: &mut Ui, wishes: &mut Vec<Wish>) {
    ui.horizontal_wrapped(|ui| {
        let again = ui.button("Watch again");
        if again.on_hover_text("From the beginning, as it was (Home)").clicked() {
            wishes.push(Wish::Restart);
        }
        ui.weak("or drag the time line back, change something, and see what comes of it.");
    });
}

/// What a run says of a readout: the ratio of each treatment to the control with its interval; the means where no condition is an
/// untreated control.
fn conclusion(plate: &Plate, readouts: &Readouts, readout: Readout) -> String {
    let Some(column) = readouts.columns.iter().find(|column| column.readout == readout) else {
        return String::new();
    };
    let name = super::plots::plain(&column.name);
    let after = days(readouts.last_time_h().unwrap_or_default());
    let bootstrap = Bootstrap::of(plate);
    let wells = |condition: usize| at_the_end(readouts, readout, condition);
    let names = || readouts.conditions.iter().enumerate();
    let control = roles(plate).control;
    let untreated = control.map(wells).unwrap_or_default();
    let of_control = Summary::of(&untreated).filter(|summary| summary.mean != 0.0);
    let Some((control, of_control)) = control.zip(of_control) else {
        let means = names().filter_map(|(condition, name)| {
            let mean = Summary::of(&wells(condition))?.mean;
            Some(format!("{name} {} {}", figure(mean), column.unit))
        });
        return format!("After {after}, {name}: {}.", means.collect::<Vec<_>>().join("; "));
    };
    let ratios = names().filter(|(condition, _)| *condition != control);
    let ratios = ratios.filter_map(|(condition, name)| {
        let wells = wells(condition);
        let ratio = Summary::of(&wells)?.mean / of_control.mean;
        let interval = bootstrap.ratio(&wells, &untreated);
        let interval = interval.map(|interval| format!(" ({} to {})", figure(interval.low), figure(interval.high)));
        Some(format!("{name} {}{}", figure(ratio), interval.unwrap_or_default()))
    });
    let ratios: Vec<String> = ratios.collect();
    format!(
        "After {after}, {name} against {} ({} {}): {} times. In brackets the 95 % bootstrap interval over {} wells each.",
        readouts.conditions[control],
        figure(of_control.mean),
        column.unit,
        ratios.join(", "),
        untreated.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readout::recorder::{Recorder, Row};
    use crate::scenario::{self, Surroundings, builtin};

    /// Readouts of a plate in which each well of a condition reads so many times its number.
    fn readouts(plate: &Plate, readout: Readout) -> Readouts {
        let mut readouts = Recorder::new(plate).into_readouts();
        let place = readouts.place(readout).expect("a column");
        let columns = readouts.columns.len();
        for (well, condition) in plate.wells().iter().map(|well| well.condition).enumerate() {
            let mut values = vec![None; columns];
            values[place] = Some((condition + 1) as f64 * (100.0 + (well % 3) as f64));
            readouts.rows.push(Row {
                condition,
                well,
                replicate: (well % 3) as u32,
                time_h: 120.0,
                values,
            });
        }
        readouts
    }

    #[test]
    fn a_conclusion_compares_treatments_with_the_control() {
        let text = builtin("exercise-2024").expect("built in").text;
        let plate = scenario::read(text, "plate", &[], &Surroundings::none())
            .expect("valid")
            .plate;
        let found = conclusion(
            &plate,
            &readouts(&plate, Readout::OutgrowthRadiusMean),
            Readout::OutgrowthRadiusMean,
        );
        assert!(
            found.starts_with("After 5 days, outgrowth radius mean against control (101 µm): resting medium 2.00 ("),
            "{found}"
        );
        assert!(found.contains("over 3 wells each"), "{found}");
        // Without an untreated control there are means.
        let text = builtin("quick").expect("built in").text;
        let plate = scenario::read(text, "plate", &[], &Surroundings::none())
            .expect("valid")
            .plate;
        let found = conclusion(&plate, &readouts(&plate, Readout::Tips), Readout::Tips);
        assert!(found.contains("muscle beside them 1"), "{found}");
        assert!(!found.contains("times"), "{found}");
    }
}
