//! Time: play, step, speed, and where in the run one stands.

use super::acts::happenings;
use super::{PanelInput, Panels, Wish};
use crate::export::figures::days;
use crate::session::Speed;
use crate::view::overlay::words::time;
use crate::view::pose::short;
use egui::{ComboBox, RichText, Ui};

/// Speeds from slow to fast, in simulated hours a second, and their names.
pub const SPEEDS: [(Speed, &str); 9] = [
    (Speed::HoursPerSecond(1.0 / 60.0), "1 min/s"),
    (Speed::HoursPerSecond(5.0 / 60.0), "5 min/s"),
    (Speed::HoursPerSecond(0.25), "15 min/s"),
    (Speed::HoursPerSecond(1.0), "1 h/s"),
    (Speed::HoursPerSecond(2.0), "2 h/s"),
    (Speed::HoursPerSecond(6.0), "6 h/s"),
    (Speed::HoursPerSecond(12.0), "12 h/s"),
    (Speed::HoursPerSecond(24.0), "1 d/s"),
    (Speed::Fastest, "as fast as it goes"),
];

/// The next faster (or slower) speed.
pub fn next_speed(speed: Speed, faster: bool) -> Speed {
    let pace = |speed: Speed| match speed {
        Speed::HoursPerSecond(hours) => hours,
        Speed::Fastest => f64::INFINITY,
    };
    let mut speeds = SPEEDS.iter().map(|&(speed, _)| speed);
    let next = if faster {
        speeds.find(|&other| pace(other) > pace(speed))
    } else {
        speeds.rfind(|&other| pace(other) < pace(speed))
    };
    next.unwrap_or(speed)
}

impl Panels {
    pub(super) fn bottom(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let status = seen.status;
        ui.horizontal(|ui| {
            let (words, hover) = if status.playing {
                ("Pause", "Stop time (Space)")
            } else {
                ("Play", "Let time go on (Space)")
            };
            let can_go_on = status.lost.is_none() && (status.playing || !status.is_over());
            let play = ui.add_enabled(can_go_on, egui::Button::new(words).min_size(egui::vec2(64.0, 0.0)));
            if play
                .on_hover_text(hover)
                .on_disabled_hover_text("The run is over; go back on the time line to go on from there.")
                .clicked()
            {
                wishes.push(Wish::Play(!status.playing));
            }
            if !self.is_guided() {
                let step = ui.add_enabled(can_go_on, egui::Button::new("Step"));
                if step.on_hover_text("Do a single step and pause (right arrow)").clicked() {
                    wishes.push(Wish::Step);
                }
            }
            let named = SPEEDS.iter().find(|(speed, _)| *speed == status.speed);
            ComboBox::from_id_salt("speed")
                .selected_text(named.map_or("speed", |(_, words)| words))
                .width(130.0)
                .show_ui(ui, |ui| {
                    for (speed, words) in SPEEDS {
                        if ui.selectable_label(speed == status.speed, words).clicked() {
                            wishes.push(Wish::Speed(speed));
                        }
                    }
                })
                .response
                .on_hover_text("Simulated time for each second on the wall (up arrow faster, down arrow slower)");
            let hours = |steps: u32| f64::from(steps) * seen.plate.step_h;
            ui.label(RichText::new(time(hours(seen.step))).strong().monospace());
            ui.weak(format!("of {}", days(hours(status.total()))));
            if let Some(goal) = status.travelling_to {
                ui.spinner();
                ui.weak(format!("on the way to {}", time(hours(goal))));
            }
            if status.playing && status.steps_per_s > 0.0 {
                let hours = status.steps_per_s * seen.plate.step_h;
                ui.weak(format!("{} h/s", short(hours)))
                    .on_hover_text(format!(
                        "Simulated time for each second on the wall as it is, {:.0} steps a second. Where it is less than was asked for, nothing \
                         here computes faster.",
                        status.steps_per_s
                    ));
            }
        });
        let all = happenings(seen);
        self.timeline(ui, seen, &all, wishes);
        if !self.is_guided() {
            self.acts(ui, seen, &all, wishes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_go_up_and_down_one_by_one() {
        for pair in SPEEDS.windows(2) {
            assert_eq!(next_speed(pair[0].0, true), pair[1].0);
            assert_eq!(next_speed(pair[1].0, false), pair[0].0);
        }
        assert_eq!(next_speed(SPEEDS[0].0, false), SPEEDS[0].0);
        assert_eq!(next_speed(Speed::Fastest, true), Speed::Fastest);
    }
}
