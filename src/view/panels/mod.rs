//! The panels around the plate: from what there is to see to widgets, and from what is done with them to wishes. Nothing
//! here draws the plate or waits for the simulation.

mod act_editor;
mod acts;
mod bottom;
mod curves;
mod gallery;
mod gauge;
mod help;
mod keys;
mod lesson;
mod line_labels;
mod parameters;
mod plots;
mod protocol;
mod question;
mod quiz;
mod story;
pub mod style;
mod timeline;
mod top;

pub(super) use bottom::SPEEDS;
pub use gallery::Gallery;
pub use lesson::LessonPanel;
pub(super) use lesson::plotted;
pub use question::Question;

use super::look::Look;
use super::tools::Tool;
use super::tools::acts::Settings;
use super::window::Wanted;
use crate::model::plate::Plate;
use crate::readout::Shows;
use crate::readout::columns::Readout;
use crate::session::{Act, Speed, Status};

/// Width of a window that has room for the side panel from the beginning, and the least of that panel.
const ROOMY_WIDTH: f32 = 760.0;
const SIDE_LEAST: f32 = 270.0;
/// Width of that panel at first.
const SIDE_USUAL: f32 = 330.0;

/// The facts that the panels show.
#[derive(Clone, Copy)]
pub struct PanelInput<'a> {
    /// The plate as it will be in the next step, with what has been done at this one.
    pub plate: &'a Plate,
    /// The plate as it was in the last step.
    pub in_force: &'a Plate,
    /// The plate as it was before any event.
    pub planned: &'a Plate,
    /// The hue of each condition, as a number of the palette.
    pub hues: &'a [usize],
    /// The question of the scenario and its answer.
    pub shows: Option<&'a Shows>,
    /// Whether letters stand for the names of the treatments in these plates, of which nothing else is told either.
    pub hides_names: bool,
    /// How the session stands.
    pub status: &'a Status,
    /// The step of the picture, which every time that is said is the time of. While it plays the session may be ahead.
    pub step: u32,
    /// The name of the adapter that draws.
    pub drawn_by: &'a str,
    /// Whether that is a driver that runs on the processor.
    pub software: bool,
    /// Width of the plate on the screen, in its points.
    pub plate_px: u32,
    /// Frames a second, as lately measured; 0 while nothing moves.
    pub frames_per_s: f32,
    /// Milliseconds of the last frames, part by part.
    pub timings: &'a [(&'static str, f32)],
}

/// A wish that came through the panels.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Let time go on, or stop it.
    Play(bool),
    /// Do a single step.
    Step,
    /// Go on at another speed.
    Speed(Speed),
    /// Show another step.
    GoTo(u32),
    /// Do something to the wells of these conditions; to all where none is named.
    Act(Act, Vec<usize>),
    /// Go back to the course that the present one parted from.
    Undo,
    /// Go to the course that was last left by undoing.
    Redo,
    /// Go back to a course that was put aside, by its number.
    ReturnTo(usize),
    /// Go on without an act, by its place among those that were done.
    TakeBack(usize),
    /// Put another act in the place of one, done to the wells of these conditions at this step.
    Change(usize, Act, Vec<usize>, u32),
    /// See the whole plate.
    FitPlate,
    /// See one well.
    FitWell(usize),
    /// Write the session as a scenario.
    SaveSession,
    /// Put a link of the session into the clipboard.
    CopyLink,
    /// Show the names of the treatments that were hidden.
    Reveal,
    /// Write something to look at or to work with.
    Export(Export),
    /// Show another plate instead.
    Open(Wanted),
    /// Let a file be chosen in the system's dialog.
    ChooseFile,
    /// Show the present step of the lesson.
    ShowLessonStep,
    /// Take a tool into the hand.
    Take(Tool),
    /// Go back to the beginning of the run and let it grow again.
    Restart,
    /// Close the window, or this plate where another is to be opened.
    Close {
        /// Save the session before.
        save: bool,
    },
}

/// Files that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// A picture of the present view, of this width in points; the height follows the window's shape.
    Picture {
        /// Width, in points.
        width: u32,
    },
    /// A movie of the recorded moments.
    Movie,
    /// Tables, axons, picture and report, as a headless run leaves them.
    Results {
        /// Up to this step.
        up_to: u32,
    },
}

/// The panels and their memory.
#[derive(Clone, Debug)]
pub struct Panels {
    /// How the plate is looked at.
    pub look: Look,
    /// The tool in the hand.
    pub tool: Tool,
    /// The settings of the tools.
    pub settings: Settings,
    /// The condition that the side panel is about; `None` for all.
    pub condition: Option<usize>,
    /// Whether the help is open.
    pub help: bool,
    /// Whether the side panel is open; `None` until the window's size is known.
    pub side_open: Option<bool>,
    /// The readouts that are plotted, one below the other.
    pub plots: Vec<Readout>,
    /// Width of the side panel when it was last shown, in points.
    pub side_width: Option<f32>,
    /// The plates that can be opened.
    pub gallery: Gallery,
    /// The text that parameters are searched for.
    search: String,
    /// Width of an exported picture.
    picture_width: u32,
    /// Why something that was typed is not accepted: the key, and a sentence.
    refused: Option<(String, String)>,
    /// The act that is being changed.
    editing: Option<act_editor::Editing>,
    /// Whether the question of the plate, and what came out, stand above it.
    pub story: bool,
    /// What came out.
    conclusion: Option<story::Conclusion>,
    /// The question that waits for its answer.
    pub question: Option<Question>,
    /// The lesson that is gone through.
    pub lesson: Option<LessonPanel>,
}

impl Default for Panels {
    fn default() -> Self {
        Panels {
            look: Look::default(),
            tool: Tool::default(),
            settings: Settings::default(),
            condition: None,
            help: false,
            side_open: None,
            plots: vec![plots::FIRST],
            side_width: None,
            gallery: Gallery::default(),
            search: String::new(),
            picture_width: 3840,
            refused: None,
            editing: None,
            story: true,
            conclusion: None,
            question: None,
            lesson: None,
        }
    }
}

impl Panels {
    /// These panels for another plate: arranged as they are, about nothing yet.
    pub fn for_another(&self) -> Self {
        Self {
            look: Look {
                theme: self.look.theme,
                gains: self.look.gains,
                ..Look::default()
            },
            side_open: self.side_open,
            side_width: self.side_width,
            plots: self.plots.clone(),
            gallery: self.gallery.clone(),
            picture_width: self.picture_width,
            ..Self::default()
        }
    }

    /// Shows all panels around the room that is left for the plate. Returns the wishes.
    pub fn show(&mut self, ui: &mut egui::Ui, seen: &PanelInput<'_>) -> Vec<Wish> {
        let mut wishes = Vec::new();
        if self.question.is_none() {
            self.handle_keys(ui, seen, &mut wishes);
        }
        let frame = style::panel_frame();
        egui::Panel::top("tools")
            .frame(frame)
            .show(ui, |ui| self.top(ui, seen, &mut wishes));
        self.quiz(ui, seen, &mut wishes);
        if self.lesson.is_none() {
            self.story(ui, seen, &mut wishes);
        }
        egui::Panel::bottom("time")
            .frame(frame)
            .show(ui, |ui| self.bottom(ui, seen, &mut wishes));
        self.show_lesson(ui, seen, &mut wishes);
        if !self.is_guided() {
            self.show_side(ui, seen, &mut wishes);
        }
        if self.help {
            self.show_help(ui);
        }
        self.show_gallery(ui, seen, &mut wishes);
        self.show_question(ui, seen, &mut wishes);
        wishes
    }

    /// Whether a lesson leads, and what it does not need stands aside.
    pub(super) fn is_guided(&self) -> bool {
        self.lesson
            .as_ref()
            .is_some_and(|lesson| !lesson.run.step().is_sandbox())
    }

    /// Whether a tool may be taken: in a lesson those of the step.
    pub(super) fn may_take(&self, tool: Tool) -> bool {
        self.lesson
            .as_ref()
            .is_none_or(|lesson| lesson.tools().any(|allowed| allowed == tool))
    }

    fn show_side(&mut self, ui: &mut egui::Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let frame = style::panel_frame();
        // The plate is what the window is for: in a small one the panel stands aside until it is asked for, and in a lesson.
        let width = ui.ctx().content_rect().width();
        let mut open = self.side_open.unwrap_or(width >= ROOMY_WIDTH && self.lesson.is_none());
        egui::Panel::right("side")
            .frame(frame)
            .default_size(self.side_width.unwrap_or(SIDE_USUAL))
            .size_range(SIDE_LEAST..=(0.42 * width).clamp(SIDE_LEAST, 620.0))
            .show_collapsible(ui, &mut open, |ui| {
                self.side_width = Some(ui.max_rect().width());
                egui::ScrollArea::vertical()
                    .auto_shrink([false, false])
                    .show(ui, |ui| self.side(ui, seen, wishes));
            });
        self.side_open = Some(open);
    }

    fn side(&mut self, ui: &mut egui::Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        self.choose_condition(ui, seen);
        ui.add_space(4.0);
        style::section(ui, "Readouts", true, |ui| self.plots(ui, seen, wishes));
        if seen.hides_names {
            return;
        }
        style::section(ui, "Protocol", true, |ui| self.protocol(ui, seen, wishes));
        style::section(ui, "Numbers of the biology", true, |ui| {
            self.parameters(ui, seen, wishes)
        });
    }

    fn choose_condition(&mut self, ui: &mut egui::Ui, seen: &PanelInput<'_>) {
        self.condition = self
            .condition
            .filter(|&condition| condition < seen.plate.conditions.len());
        let name = |chosen: Option<usize>| match chosen {
            Some(condition) => seen.plate.conditions[condition].name.clone(),
            None => "all treatments".to_owned(),
        };
        ui.horizontal(|ui| {
            ui.label("Acts on");
            egui::ComboBox::from_id_salt("condition")
                .selected_text(name(self.condition))
                .width((ui.available_width() - 20.0).clamp(80.0, 200.0))
                .show_ui(ui, |ui| {
                    let all = (0..seen.plate.conditions.len()).map(Some);
                    for choice in std::iter::once(None).chain(all) {
                        let label = ui.selectable_value(&mut self.condition, choice, name(choice));
                        if let Some(condition) = choice {
                            label.on_hover_text(plots::explained(seen, condition));
                        }
                    }
                })
                .response
                .on_hover_text(
                    "Protocol and numbers below are those of this treatment; changes go to its wells alone.",
                );
        });
    }

    /// The conditions that acts of the side panel go to.
    fn whom(&self) -> Vec<usize> {
        self.condition.into_iter().collect()
    }
}
