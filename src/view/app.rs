//! The application in the window: the scene of the plate in the middle, the notes above it, and what the keyboard and the
//! mouse do to the view. It decides as little as possible.

mod closing;
mod hand;
mod lesson;
mod news;
mod opening;
mod saving;
mod sharing;
mod wishes;

use super::camera::{Camera, Viewpoint};
use super::look::Theme;
use super::overlay::{self, OnScreen, OverlayInput};
use super::panels::{LessonPanel, PanelInput, Panels, style};
use super::picture::{clear, moment_shown};
use super::pose::{Easing, eased_poses};
use super::scene::layout::Pose;
use super::scene::{Scene, ViewRect};
use super::tools::find::NeuronCard;
use super::tools::pending::Pending;
use super::window::{self, FileDialog, Finder, Graphics, Need, Opening, WindowError};
use crate::engine::gpu::device::failed;
use crate::engine::{EngineChoice, EngineError, EngineInfo};
use crate::export::hues::hues;
use crate::link::SharedView;
use crate::link::blinded;
use crate::model::moment::Moment;
use crate::model::plate::Plate;
use crate::readout::Shows;
use crate::readout::probe::WellPoint;
use crate::readout::roles::roles;
use crate::session::{Session, Status};
use glam::{DVec2, DVec3};
use saving::Saving;
use std::borrow::Cow;
use std::time::{Duration, Instant};

/// The time for which a note stays.
const NOTE_STAYS: Duration = Duration::from_secs(8);
/// The share of the processor that the simulation leaves to a software driver.
const SHARE_BESIDE_SOFTWARE: f64 = 0.6;

/// The part of the plate that the view was last fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fitted {
    /// The whole plate.
    Plate,
    /// A well.
    Well(usize),
    /// Nothing: it was moved by hand since.
    ByHand,
}

/// The application: the session and all that shows it.
pub struct App {
    name: String,
    choice: EngineChoice,
    session: Session,
    status: Status,
    /// The plate as it was planned, before any event.
    planned: Plate,
    /// The hues of its conditions.
    hues: Vec<usize>,
    /// The question of the scenario and its answer.
    shows: Option<Shows>,
    /// The plate as it is at the step that is shown.
    plate: Plate,
    /// The plate as the next step will have it, where something is done to it at this one.
    coming: Option<Plate>,
    /// The acts that have been done at this step and happen in the next.
    pending: Vec<Pending>,
    /// Nothing while there is no device.
    scene: Option<Scene>,
    /// The moment that the scene showed when its device was lost.
    kept: Option<Moment>,
    camera: Camera,
    fitted: Fitted,
    panels: Panels,
    /// The card of the neuron that is selected.
    selected: Option<NeuronCard>,
    easing: Easing,
    poses: Vec<Pose>,
    /// The point at which the tool went down.
    held: Option<WellPoint>,
    /// Both ends of the ruler, on the plate, µm.
    ruler: Option<(DVec2, DVec2)>,
    /// Whether the ruler's second end follows the pointer.
    measuring: bool,
    notes: Vec<(Instant, String)>,
    saving: Saving,
    /// The rectangle of the plate, in points.
    plate_rect: egui::Rect,
    opened: Instant,
    last_drawn: Instant,
    travelling: bool,
    /// The mean time from frame to frame while there is something to draw, s.
    frame_s: f64,
    /// When the last frame was shown.
    shown_at: Option<Instant>,
    /// Milliseconds of the last frame, part by part.
    timings: Vec<(&'static str, f32)>,
    closing: bool,
    /// Finds other plates.
    finder: Finder,
    /// The plate that is to take the place of this one.
    next: Option<Opening>,
    /// Whether a file is to be chosen in the system's dialog, and the dialog once it is open.
    wants_dialog: bool,
    dialog: Option<FileDialog>,
    /// The step that it was opened at, until it is reached, and whether it plays from there.
    opens_at: Option<u32>,
    plays_there: bool,
    /// How the plate was to be looked at first.
    shared_view: SharedView,
    /// Whether letters stand for the names of the treatments.
    hides_names: bool,
    /// The text that goes to the clipboard.
    to_copy: Option<String>,
}

impl App {
    /// Begins the session and opens the scene, with panels as they are given.
    ///
    /// # Errors
    /// When the device fails.
    pub fn new(opening: Opening, finder: Finder, graphics: &Graphics, panels: Panels) -> Result<Self, WindowError> {
        let Opening {
            scenario,
            file: _,
            read,
            at,
            plays,
            view,
            engine: choice,
            out,
            force,
            lesson,
        } = opening;
        let (plate, name) = (scenario.plate.clone(), scenario.plate.name.clone());
        let shows = scenario.shows.clone();
        let saving = Saving::new(&scenario, out, force);
        let session = Session::begin(scenario, read, window::engine::opener(&choice, graphics));
        let mut app = Self {
            status: session.status(),
            easing: Easing::settled(&plate, 0),
            saving,
            name,
            choice,
            session,
            hues: hues(&plate),
            planned: plate.clone(),
            shows,
            coming: None,
            pending: Vec::new(),
            plate,
            scene: None,
            kept: None,
            camera: Camera::new(Viewpoint::above(DVec2::ZERO, DVec2::ONE, 1.0), DVec2::ONE),
            fitted: Fitted::Plate,
            panels,
            selected: None,
            poses: Vec::new(),
            held: None,
            ruler: None,
            measuring: false,
            notes: Vec::new(),
            plate_rect: egui::Rect::NOTHING,
            opened: Instant::now(),
            last_drawn: Instant::now(),
            travelling: false,
            frame_s: 0.0,
            shown_at: None,
            timings: Vec::new(),
            closing: false,
            finder,
            next: None,
            wants_dialog: false,
            dialog: None,
            opens_at: at,
            plays_there: plays,
            hides_names: view.hides_names,
            shared_view: view,
            to_copy: None,
        };
        if let Some(step) = at {
            app.session.advance_to(step);
        } else if plays {
            app.session.play();
        }
        app.panels.condition = first_treatment(&app.plate);
        app.panels.lesson = lesson.map(|(run, language)| LessonPanel::new(run, language));
        app.place_on(graphics)?;
        app.begin_lesson_step();
        if !graphics.hardware {
            app.session.set_share(SHARE_BESIDE_SOFTWARE);
        }
        Ok(app)
    }

    /// The words on the window's frame.
    pub fn title(&self, drawn_by: &EngineInfo, hardware: bool) -> String {
        match &self.status.engine {
            Some(engine) => window::title(&self.name, engine, drawn_by, hardware),
            None => format!("outgrowth — {}", self.name),
        }
    }

    /// The panels for the plate that comes after this one.
    pub fn panels_for_another(&self) -> Panels {
        self.panels.for_another()
    }

    /// Shows a sentence to the user for a while.
    pub fn note(&mut self, words: String) {
        tracing::info!("{words}");
        // What is said again is said once, and stays longer.
        self.notes.retain(|(_, said)| *said != words);
        self.notes.push((Instant::now(), words));
    }

    /// Takes the theme of the desktop.
    pub fn follow_system(&mut self, dark: bool) {
        self.panels.look.theme = if dark { Theme::Dark } else { Theme::Light };
    }

    /// Puts the scene on a device that is new, and the state in it.
    fn place_on(&mut self, graphics: &Graphics) -> Result<(), EngineError> {
        let device = &graphics.device;
        let wrong = |problem: &dyn std::fmt::Display| failed("reading the shaders", problem);
        let mut scene = Scene::new(device, graphics.format()).map_err(|problem| wrong(&problem))?;
        scene.draw_in_parts(scene.usual_part());
        scene
            .open(&self.plate, self.camera.shape())
            .map_err(|problem| wrong(&problem))?;
        if let Some(kept) = self.kept.take() {
            scene.take(kept);
        }
        device.check("making the scene")?;
        self.scene = Some(scene);
        Ok(())
    }

    /// The device is gone, and with it the scene.
    pub fn lose_device(&mut self, why: &str) {
        if let Some(scene) = self.scene.take() {
            self.kept = Some(moment_shown(&scene));
        }
        self.note(format!("the graphics device was lost ({why}); the culture is unharmed"));
    }

    /// Goes on with another device.
    ///
    /// # Errors
    /// Why it cannot, for people.
    pub fn take_device(&mut self, graphics: &Graphics) -> Result<(), String> {
        self.place_on(graphics).map_err(|problem| problem.to_string())?;
        if window::engine::shares_device(&self.choice, graphics) {
            self.session.reopen(window::engine::opener(&self.choice, graphics));
        }
        Ok(())
    }

    /// Shows the panels and does what mouse and keyboard ask for.
    pub fn show(&mut self, ui: &mut egui::Ui, drawn_by: &EngineInfo, hardware: bool) {
        ui.ctx().set_theme(style::egui_theme(self.panels.look.theme));
        let next = self.coming.as_ref().unwrap_or(&self.plate);
        let [plate, in_force, planned] = [next, &self.plate, &self.planned].map(|plate| told(plate, self.hides_names));
        let seen = PanelInput {
            plate: &plate,
            in_force: &in_force,
            planned: &planned,
            hues: &self.hues,
            shows: self.shows.as_ref().filter(|_| !self.hides_names),
            hides_names: self.hides_names,
            status: &self.status,
            drawn_by: &drawn_by.device,
            software: !hardware,
            step: self.shown_step(),
            plate_px: self.camera.size_px().x.round() as u32,
            frames_per_s: if self.frame_s > 0.0 {
                (1.0 / self.frame_s) as f32
            } else {
                0.0
            },
            timings: &self.timings,
        };
        let wishes = self.panels.show(ui, &seen);
        for wish in wishes {
            self.fulfil(wish);
        }
        if let Some(text) = self.to_copy.take() {
            ui.ctx().copy_text(text);
        }
        // Whoever does not want to close this plate keeps it.
        if self.panels.question.is_none() && !self.closing {
            self.next = None;
        }
        let rect = ui.available_rect_before_wrap();
        let response = ui.interact(rect, ui.scope_id().with("plate"), egui::Sense::click_and_drag());
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(egui::accesskit::Role::Canvas);
            node.set_label("plate");
        });
        self.resize(rect, ui.ctx().pixels_per_point());
        self.handle_pointer(ui, &response);
        self.handle_keys(ui);
        self.write_over(ui, rect);
        self.show_notes(ui, rect);
    }

    /// Writes names, scales and time over the scene.
    fn write_over(&self, ui: &egui::Ui, rect: egui::Rect) {
        let Some(scene) = &self.scene else { return };
        let to_screen = self.to_screen(ui.ctx().pixels_per_point());
        let plate = told(self.coming.as_ref().unwrap_or(&self.plate), self.hides_names);
        let input = OverlayInput {
            hides_names: self.hides_names,
            plate: &plate,
            arrangement: scene.arrangement(),
            look: &self.panels.look,
            step: scene.step(),
            brightest_dose: scene.brightest_dose(&self.panels.look),
            on_screen: OnScreen {
                to_screen: &to_screen,
                px_per_um: self.camera.px_per_um() as f32 / ui.ctx().pixels_per_point(),
            },
            selected: self.selected.as_ref(),
        };
        overlay::draw(ui.painter(), rect, &input);
        self.show_tool(ui, &input);
    }

    /// From the plate to points of the window.
    fn to_screen(&self, pixels_per_point: f32) -> impl Fn(DVec3) -> Option<egui::Pos2> + use<> {
        let (camera, corner) = (self.camera, self.plate_rect.min);
        move |at_um| {
            let px = camera.px(at_um)?;
            Some(corner + egui::vec2(px.x as f32, px.y as f32) / pixels_per_point)
        }
    }

    /// Fits the camera to the rectangle that is left for the plate. One that has no area keeps the camera as it was.
    fn resize(&mut self, rect: egui::Rect, pixels_per_point: f32) {
        self.plate_rect = rect;
        let size_px = DVec2::new(f64::from(rect.width()), f64::from(rect.height())) * f64::from(pixels_per_point);
        self.camera.set_scale(f64::from(pixels_per_point));
        if size_px.min_element() < 1.0 || size_px == self.camera.size_px() {
            return;
        }
        self.camera.resize(size_px);
        // What filled the view fills it still.
        if let Some(view) = self.view_of(self.fitted) {
            self.camera.jump_to(view);
        }
    }

    fn show_notes(&mut self, ui: &egui::Ui, rect: egui::Rect) {
        self.notes.retain(|(since, _)| since.elapsed() < NOTE_STAYS);
        let painter = ui.painter().with_clip_rect(rect);
        let mut top = rect.top() + 12.0;
        for (_, words) in &self.notes {
            let width = (rect.width() * 0.6).max(60.0);
            let font = egui::FontId::proportional(13.0);
            let text = painter.layout(words.clone(), font, ui.visuals().text_color(), width);
            let corner = egui::pos2(rect.center().x - 0.5 * text.size().x, top);
            let card = egui::Rect::from_min_size(corner, text.size()).expand2(egui::vec2(8.0, 4.0));
            painter.rect_filled(card, 4.0, ui.visuals().window_fill);
            painter.galley(corner, text, ui.visuals().text_color());
            top = card.bottom() + 8.0;
        }
    }

    /// Draws the plate into its rectangle of the surface.
    pub fn draw(
        &mut self,
        encoder: &mut wgpu::CommandEncoder,
        view: &wgpu::TextureView,
        size_px: [u32; 2],
        pixels_per_point: f32,
    ) {
        clear(encoder, view, self.panels.look.theme);
        let now = Instant::now();
        let since = now.duration_since(self.last_drawn).as_secs_f64().min(0.25);
        self.last_drawn = now;
        self.travelling = self.camera.travel(since);
        let wall_s = self.opened.elapsed().as_secs_f64();
        let (Some(scene), Some(rect)) = (&mut self.scene, in_pixels(self.plate_rect, size_px, pixels_per_point)) else {
            return;
        };
        let plate = self.coming.as_ref().unwrap_or(&self.plate);
        self.easing.go_on(plate, scene.step(), wall_s);
        self.poses = eased_poses(
            plate,
            scene.arrangement(),
            scene.grids(),
            &self.easing,
            wall_s,
            &self.panels.look,
        );
        let drawn = scene.draw(
            encoder,
            view,
            rect,
            &self.camera,
            &self.panels.look,
            (plate, &self.poses),
            wall_s,
        );
        self.travelling |= drawn.unfinished;
    }

    /// A frame was shown, and this long it took to draw it.
    pub fn has_shown(&mut self, took: Duration) {
        let since = self.shown_at.replace(Instant::now()).map(|at| at.elapsed());
        // After a rest there is no rate to speak of.
        if let Some(since) = since.filter(|since| *since < Duration::from_millis(600)) {
            let share = if self.frame_s > 0.0 { 0.1 } else { 1.0 };
            self.frame_s += share * (since.as_secs_f64() - self.frame_s);
        }
        self.timings = vec![("a whole frame", took.as_secs_f32() * 1e3)];
        if let Some(scene) = &mut self.scene {
            self.timings.extend_from_slice(scene.timings());
        }
        tracing::trace!(
            "a frame in {:.1} ms, {:.1} ms from the one before on average",
            took.as_secs_f64() * 1e3,
            self.frame_s * 1e3
        );
        tracing::trace!("by layer: {:?}", self.timings);
    }

    /// The need of a next frame.
    pub fn need(&self) -> Need {
        let note = self
            .notes
            .iter()
            .map(|(since, _)| NOTE_STAYS.saturating_sub(since.elapsed()));
        let note = note.min().map(|left| Need::After(left + Duration::from_millis(20)));
        if self.travelling || self.easing.is_moving() {
            Need::Soon
        } else {
            note.unwrap_or(Need::Nothing)
        }
    }
}

/// A plate as words and panels tell of it.
fn told(plate: &Plate, hides_names: bool) -> Cow<'_, Plate> {
    if hides_names {
        Cow::Owned(blinded(plate))
    } else {
        Cow::Borrowed(plate)
    }
}

/// The treatment that acts go to at first: never silently the control.
fn first_treatment(plate: &Plate) -> Option<usize> {
    let control = roles(plate).control;
    let treated = (0..plate.conditions.len()).find(|&condition| Some(condition) != control);
    treated.or(control)
}

/// A rectangle in points as whole pixels of a surface; nothing where it has no area there.
fn in_pixels(rect: egui::Rect, [width, height]: [u32; 2], pixels_per_point: f32) -> Option<ViewRect> {
    let edge = |points: f32, most: u32| ((points * pixels_per_point).round().max(0.0) as u32).min(most);
    let (left, right) = (edge(rect.left(), width), edge(rect.right(), width));
    let (top, bottom) = (edge(rect.top(), height), edge(rect.bottom(), height));
    (right > left && bottom > top).then(|| ViewRect {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
    })
}
