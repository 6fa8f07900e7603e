//! The panels on a bench: no window and no simulation, only what they show and what is wished for.

use egui_kittest::Harness;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::engine::{ComputesOn, Engine, EngineInfo};
use outgrowth::experiment::{Watch, perform};
use outgrowth::export::hues::hues;
use outgrowth::model::plate::Plate;
use outgrowth::readout::Shows;
use outgrowth::readout::recorder::Recorder;
use outgrowth::scenario::{self, Scenario, Surroundings, builtin};
use outgrowth::session::Status;
use outgrowth::view::panels::{PanelInput, Panels, Wish, style};
use std::sync::Arc;

/// The panels of a plate, and what was wished for in them.
pub struct Bench {
    pub panels: Panels,
    pub plate: Plate,
    pub in_force: Plate,
    pub planned: Plate,
    pub hues: Vec<usize>,
    pub status: Status,
    /// The step of the picture, where the session is ahead of it.
    pub picture_step: Option<u32>,
    pub shows: Option<Shows>,
    pub hides_names: bool,
    pub wishes: Vec<Wish>,
    /// Width that is left for the plate.
    pub room: f32,
}

impl Bench {
    /// Those of a built-in plate that has not grown.
    pub fn of(name: &str) -> Self {
        let text = builtin(name).expect("built in").text;
        Bench::with(scenario::read(text, name, &[], &Surroundings::none()).expect("valid"))
    }

    /// Those of a plate that has not grown.
    pub fn with(scenario: Scenario) -> Self {
        let (plate, text) = (scenario.plate, &scenario.text);
        Bench {
            panels: Panels::default(),
            shows: scenario.shows,
            hides_names: false,
            status: Status {
                engine: Some(EngineInfo {
                    kind: ComputesOn::Cpu,
                    device: "2 threads".into(),
                    pci: String::new(),
                    driver: String::new(),
                    backend: String::new(),
                    reason: "asked for".into(),
                }),
                ..Status::of(&plate, text)
            },
            hues: hues(&plate),
            planned: plate.clone(),
            in_force: plate.clone(),
            plate,
            picture_step: None,
            wishes: Vec::new(),
            room: 0.0,
        }
    }

    /// With readouts of a few hours.
    pub fn grown(mut self, steps: u32) -> Self {
        let mut plate = self.plate.clone();
        plate.steps = steps;
        let mut engine = CpuEngine::new(plate.clone(), Some(1), "asked for").expect("opened");
        let mut recorder = Recorder::new(&plate);
        perform(&mut engine, &mut recorder, |_| {}, |_| Watch::GoOn).expect("runs");
        self.status.readouts = Arc::new(recorder.into_readouts());
        self.status.step = engine.last_world().step;
        self.status.furthest = self.status.step;
        self
    }
}

/// Shows them in a window of this size.
pub fn harness<'a>(bench: Bench, size: [f32; 2]) -> Harness<'a, Bench> {
    let mut styled = false;
    let builder = Harness::builder();
    // Lessons are in Chinese too, for which not every machine has a typeface.
    let builder = match bench.panels.lesson {
        Some(_) => builder.allow_missing_glyphs(),
        None => builder,
    };
    builder
        .with_size(egui::vec2(size[0], size[1]))
        .with_max_steps(30)
        .build_ui_state(
            move |ui, bench: &mut Bench| {
                if !styled {
                    style::apply(ui.ctx());
                    styled = true;
                }
                ui.ctx().set_theme(style::egui_theme(bench.panels.look.theme));
                let seen = PanelInput {
                    plate: &bench.plate,
                    in_force: &bench.in_force,
                    planned: &bench.planned,
                    hues: &bench.hues,
                    status: &bench.status,
                    step: bench.picture_step.unwrap_or(bench.status.step),
                    shows: bench.shows.as_ref(),
                    hides_names: bench.hides_names,
                    drawn_by: "llvmpipe",
                    software: true,
                    plate_px: 877,
                    frames_per_s: 14.0,
                    timings: &[("axons", 3.2), ("film", 12.0)],
                };
                let wishes = bench.panels.show(ui, &seen);
                bench.wishes.extend(wishes);
                bench.room = ui.available_rect_before_wrap().width();
            },
            bench,
        )
}

/// What was wished for since this was last asked.
pub fn wished(harness: &mut Harness<'_, Bench>) -> Vec<Wish> {
    std::mem::take(&mut harness.state_mut().wishes)
}
