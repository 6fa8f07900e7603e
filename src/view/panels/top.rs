//! The tools, how the plate is looked at, what can be written, and what computes and draws.

use super::{Export, PanelInput, Panels, Wish};
use crate::model::plate::DoseUnit;
use crate::model::word::Word;
use crate::scenario::quantity::tidy;
use crate::view::look::{Channel, ColourBy, Gains, Theme};
use crate::view::tools::Tool;
use egui::{DragValue, RichText, Slider, Ui};

impl Panels {
    pub(super) fn top(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        ui.horizontal(|ui| {
            let tools = Tool::ALL.map(|tool| self.may_take(tool).then_some(tool));
            let has_choice = tools.iter().flatten().count() > 1;
            for tool in tools.into_iter().flatten().filter(|_| has_choice) {
                ui.selectable_value(&mut self.tool, tool, tool.name())
                    .on_hover_text(tool.tooltip());
            }
            self.tool_settings(ui, seen);
            ui.separator();
            if ui
                .button("Plates")
                .on_hover_text("Open a lesson or another plate, built in or your own (Ctrl-O)")
                .clicked()
            {
                self.toggle_gallery();
            }
            if ui
                .button("Fit")
                .on_hover_text("See the whole plate (F); 1 to 9 fill the view with a well")
                .clicked()
            {
                wishes.push(Wish::FitPlate);
            }
            // In a lesson that leads, what a step looks at is the lesson's business.
            let leads = self.is_guided();
            if !leads {
                ui.menu_button("Look", |ui| self.look_menu(ui, seen))
                    .response
                    .on_hover_text("Colours, layers, magnification");
            }
            let (words, other) = match self.look.theme {
                Theme::Dark => ("Paper", Theme::Light),
                Theme::Light => ("Micrograph", Theme::Dark),
            };
            if ui
                .button(words)
                .on_hover_text("A drawing on paper, or a micrograph on a dark ground (T)")
                .clicked()
            {
                self.look.theme = other;
            }
            ui.separator();
            if !leads {
                let save = ui.button("Save session").on_hover_text(
                    "Write a scenario with everything that was done; run headless, it ends the same (Ctrl-S)",
                );
                if save.clicked() {
                    wishes.push(Wish::SaveSession);
                }
            }
            ui.menu_button("Export", |ui| self.export_menu(ui, seen, wishes))
                .response
                .on_hover_text("Link, picture, movie, results (Ctrl-L copies the link, Ctrl-E writes the results)");
            if !leads {
                let mut open = self.side_open.unwrap_or(false);
                let numbers = ui.toggle_value(&mut open, "Numbers");
                if numbers
                    .on_hover_text("Readouts, protocol and numbers of the biology beside the plate (N)")
                    .changed()
                {
                    self.side_open = Some(open);
                }
            }
            if ui.button("Help").on_hover_text("Keys and tools (H)").clicked() {
                self.help = !self.help;
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                said_of_engine(ui, seen)
            });
        });
    }

    fn tool_settings(&mut self, ui: &mut Ui, seen: &PanelInput<'_>) {
        let settings = &mut self.settings;
        match self.tool {
            Tool::Pipette => {
                if let Some(species) = seen.plate.myokines.get(settings.species) {
                    egui::ComboBox::from_id_salt("drop of")
                        .selected_text(&species.name)
                        .width(90.0)
                        .show_ui(ui, |ui| {
                            for (index, species) in seen.plate.myokines.iter().enumerate() {
                                ui.selectable_value(&mut settings.species, index, &species.name);
                            }
                        })
                        .response
                        .on_hover_text("What the pipette holds");
                    let dose = DragValue::new(&mut settings.dose)
                        .speed(0.02)
                        .range(0.01..=1000.0)
                        .prefix("dose ");
                    ui.add(dose).on_hover_text(match species.unit {
                        DoseUnit::Relative => {
                            "Concentration that a drop adds: 1 is that of medium from exercised muscle"
                        }
                        DoseUnit::Nanomolar => "Concentration that a drop adds, nM",
                    });
                    let radius = DragValue::new(&mut settings.radius_um)
                        .speed(2.0)
                        .range(10.0..=2000.0)
                        .suffix(" µm");
                    ui.add(radius).on_hover_text("Radius of a drop");
                } else {
                    ui.weak("no myokine in play");
                }
            }
            Tool::Magnet => {
                let often = DragValue::new(&mut settings.frequency_hz)
                    .speed(0.02)
                    .range(0.01..=20.0)
                    .suffix(" Hz");
                ui.add(often).on_hover_text("How often the magnet goes back and forth");
                let mut minutes = settings.session_h * 60.0;
                let long = DragValue::new(&mut minutes)
                    .speed(0.5)
                    .range(1.0..=1440.0)
                    .suffix(" min");
                if ui.add(long).on_hover_text("For how long").changed() {
                    settings.session_h = minutes.round() / 60.0;
                }
            }
            Tool::Pointer | Tool::Knife | Tool::Probe | Tool::Ruler => {}
        }
    }

    fn look_menu(&mut self, ui: &mut Ui, seen: &PanelInput<'_>) {
        ui.set_min_width(250.0);
        let look = &mut self.look;
        ui.label(RichText::new("Axons coloured by").weak());
        ui.horizontal_wrapped(|ui| {
            for by in ColourBy::ALL {
                ui.selectable_value(&mut look.colour_by, by, by.words());
            }
        });
        ui.separator();
        ui.label(RichText::new("Layers").weak());
        ui.horizontal_wrapped(|ui| {
            for (words, shown) in look.layers.named() {
                ui.checkbox(shown, words).on_hover_text(format!("Show the {words}"));
            }
        });
        if seen.plate.myokines.len() > 1 {
            ui.separator();
            ui.label(RichText::new("Field of").weak());
            ui.horizontal_wrapped(|ui| {
                for (index, species) in seen.plate.myokines.iter().enumerate() {
                    ui.selectable_value(&mut look.species, index, &species.name);
                }
            });
        }
        ui.separator();
        ui.label(RichText::new("Gain").weak());
        for channel in Channel::ALL {
            let gain = Slider::new(look.gains.of_mut(channel), Gains::RANGE)
                .logarithmic(true)
                .smallest_positive(0.05)
                .suffix("×")
                .text(channel.words());
            ui.add(gain).on_hover_text(channel.meaning());
        }
        ui.separator();
        if !seen.plate.myokines.is_empty() {
            ui.add(
                Slider::new(&mut look.field_range, 0.05..=20.0)
                    .logarithmic(true)
                    .suffix("×")
                    .text("field range"),
            )
            .on_hover_text(
                "The dose with the brightest colour: 1 × is the highest that the plate names, and stays so by itself",
            );
        }
        ui.add(
            Slider::new(&mut look.magnify, 1.0..=20.0)
                .logarithmic(true)
                .suffix("×")
                .text("gel drawn larger"),
        )
        .on_hover_text("How many times the gel's displacement is drawn larger than it is");
        ui.add(
            Slider::new(&mut look.axon_width_px, 0.6..=4.0)
                .suffix(" px")
                .text("axons"),
        )
        .on_hover_text("Least width of an axon on the screen; close up it has its own width");
        if !seen.plate.domain.planar() {
            ui.add(Slider::new(&mut look.slice, 0.0..=1.0).text("height of the slice"))
                .on_hover_text("Where in the gel the field is shown, from the bottom to the top");
        }
    }

    fn export_menu(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        ui.set_min_width(220.0);
        let link = ui.button("Copy a link");
        if link
            .on_hover_text(
                "The plate with everything that was done, as text to pass on; opened elsewhere it ends the same (Ctrl-L)",
            )
            .clicked()
        {
            wishes.push(Wish::CopyLink);
            ui.close();
        }
        ui.separator();
        ui.horizontal(|ui| {
            if ui.button("Picture").on_hover_text("A PNG of what is seen").clicked() {
                wishes.push(Wish::Export(Export::Picture {
                    width: self.picture_width,
                }));
                ui.close();
            }
            let width = DragValue::new(&mut self.picture_width)
                .range(64..=16384)
                .suffix(" px wide");
            ui.add(width)
                .on_hover_text("Width of the picture; its height follows the window's shape");
        });
        let as_seen = ui.button("Picture as large as on the screen");
        if as_seen.on_hover_text("A PNG of what is seen, point by point").clicked() {
            wishes.push(Wish::Export(Export::Picture { width: seen.plate_px }));
            ui.close();
        }
        if ui
            .button("Movie")
            .on_hover_text("The recorded moments, one after another")
            .clicked()
        {
            wishes.push(Wish::Export(Export::Movie));
            ui.close();
        }
        if ui
            .button("Results")
            .on_hover_text("Tables, axons, picture and report, as a headless run leaves them (Ctrl-E)")
            .clicked()
        {
            self.ask_for_results(seen, wishes);
            ui.close();
        }
    }
}

fn said_of_engine(ui: &mut Ui, seen: &PanelInput<'_>) {
    let mut words = Vec::new();
    match &seen.status.engine {
        Some(engine) => words.push(format!(
            "{} engine, {}",
            engine.kind.word().to_uppercase(),
            engine.device
        )),
        None => words.push("no engine".to_owned()),
    }
    if seen.frames_per_s > 0.0 {
        words.push(format!("{:.0} frames/s", seen.frames_per_s));
    }
    let drawn = if seen.software {
        "a software driver"
    } else {
        seen.drawn_by
    };
    let mut hover = format!("Drawn by {}", seen.drawn_by);
    if seen.software {
        hover += ", a driver that runs on the processor: frames are fewer than with graphics hardware";
    }
    if let Some(engine) = &seen.status.engine {
        hover += &format!("\nComputed by {} {} ({})", engine.kind, engine.device, engine.reason);
    }
    for (part, ms) in seen.timings {
        hover += &format!("\n{part}: {} ms", tidy(f64::from((ms * 10.0).round() / 10.0)));
    }
    words.push(drawn.to_owned());
    ui.add(egui::Label::new(RichText::new(words.join(" · ")).small().weak()).truncate())
        .on_hover_text(hover);
}
