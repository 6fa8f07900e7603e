//! What the window shows, held together: the scene of the plate in the middle, the notes above it, and what the keyboard
//! and the mouse do to the view. It decides as little as possible.

use super::camera::{Camera, View};
use super::look::{Look, Theme};
use super::picture::moment;
use super::pose::{Easing, eased_poses};
use super::scene::{Scene, ViewRect};
use super::window::{self, Graphics, Need, WindowError};
use crate::engine::gpu::device::failed;
use crate::engine::{Engine, EngineChoice, EngineError, EngineInfo};
use crate::scenario::Scenario;
use egui::{Key, PointerButton};
use glam::DVec2;
use std::time::{Duration, Instant};

/// How much closer one notch of the wheel brings the plate.
const ZOOM_PER_POINT: f64 = 0.0022;
/// How long a note stays.
const NOTE_STAYS: Duration = Duration::from_secs(8);

/// What a window is opened on.
pub struct Opening {
    /// The scenario.
    pub scenario: Scenario,
    /// The engine that is asked for; its adapter also draws.
    pub engine: EngineChoice,
}

/// What the window shows.
pub struct App {
    scenario: Scenario,
    engine: Box<dyn Engine>,
    info: EngineInfo,
    /// Nothing while there is no device.
    scene: Option<Scene>,
    camera: Camera,
    look: Look,
    easing: Easing,
    notes: Vec<(Instant, String)>,
    /// The rectangle of the plate, in points.
    plate_rect: egui::Rect,
    opened: Instant,
    last_drawn: Instant,
    travelling: bool,
    /// The mean time a frame takes, s.
    frame_s: f64,
    closed: bool,
}

impl App {
    /// Opens the engine and the scene.
    ///
    /// # Errors
    /// When there is no such engine, or the device fails.
    pub fn new(
        opening: Opening,
        graphics: &Graphics,
        context: &egui::Context,
        dark: bool,
    ) -> Result<Self, WindowError> {
        let Opening { scenario, engine } = opening;
        let mut engine = window::engine::open(&scenario.plate, &engine, graphics)?;
        let mut app = Self {
            info: engine.describe(),
            easing: Easing::settled(&scenario.plate, engine.world()?.step),
            scenario,
            engine,
            scene: None,
            camera: Camera::new(View::above(DVec2::ZERO, DVec2::ONE, 1.0), DVec2::ONE),
            look: Look::default(),
            notes: Vec::new(),
            plate_rect: egui::Rect::NOTHING,
            opened: Instant::now(),
            last_drawn: Instant::now(),
            travelling: false,
            frame_s: 0.0,
            closed: false,
        };
        app.follow_system(dark);
        app.apply_theme(context);
        app.place_on(graphics)?;
        if !graphics.hardware {
            let name = &graphics.info.device;
            app.note(format!(
                "{name} draws on the processor: there is no graphics hardware, so frames are fewer"
            ));
        }
        Ok(app)
    }

    /// The words on the window's frame.
    pub fn title(&self, graphics: &Graphics) -> String {
        window::title(&self.scenario.plate.name, &self.info, &graphics.info, graphics.hardware)
    }

    /// Says something to the user for a while.
    fn note(&mut self, words: String) {
        tracing::info!("{words}");
        self.notes.push((Instant::now(), words));
    }

    /// Takes the theme of the desktop.
    pub fn follow_system(&mut self, dark: bool) {
        self.look.theme = if dark { Theme::Dark } else { Theme::Light };
    }

    fn apply_theme(&self, context: &egui::Context) {
        context.set_theme(match self.look.theme {
            Theme::Dark => egui::Theme::Dark,
            Theme::Light => egui::Theme::Light,
        });
    }

    /// Puts the scene on a device that is new, and the state in it.
    fn place_on(&mut self, graphics: &Graphics) -> Result<(), EngineError> {
        let device = &graphics.device;
        let wrong = |problem: &dyn std::fmt::Display| failed("reading the shaders", problem);
        let mut scene =
            Scene::new(&device.handle, &device.queue, graphics.format()).map_err(|problem| wrong(&problem))?;
        let shape = self.camera.shape();
        scene
            .open(&self.scenario.plate, shape)
            .map_err(|problem| wrong(&problem))?;
        scene.take(moment(&self.scenario.plate, self.engine.last_world(), &[]));
        device.check("making the scene")?;
        self.scene = Some(scene);
        Ok(())
    }

    /// The device is gone, and with it the scene.
    pub fn lose_device(&mut self, why: &str) {
        self.scene = None;
        self.note(format!("the graphics device was lost ({why}); the culture is unharmed"));
    }

    /// Goes on with another device.
    ///
    /// # Errors
    /// Why it cannot, for people.
    pub fn take_device(&mut self, graphics: &Graphics) -> Result<(), String> {
        self.place_on(graphics).map_err(|problem| problem.to_string())
    }

    /// Shows the panels and does what mouse and keyboard ask for.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        self.apply_theme(ui.ctx());
        let rect = ui.available_rect_before_wrap();
        let response = ui.interact(rect, ui.scope_id().with("plate"), egui::Sense::click_and_drag());
        self.resize(rect, ui.ctx().pixels_per_point());
        self.steer(ui, &response);
        self.show_notes(ui, rect);
    }

    /// Fits the camera to the rectangle that is left for the plate. One that has no area keeps the camera as it was.
    fn resize(&mut self, rect: egui::Rect, pixels_per_point: f32) {
        let first = self.plate_rect == egui::Rect::NOTHING;
        self.plate_rect = rect;
        let size_px = DVec2::new(f64::from(rect.width()), f64::from(rect.height())) * f64::from(pixels_per_point);
        if size_px.min_element() < 1.0 || size_px == self.camera.size_px() {
            return;
        }
        self.camera.resize(size_px);
        if first && let Some(scene) = &mut self.scene {
            scene.arrange(self.camera.shape());
            self.camera.jump_to(View::above(
                DVec2::ZERO,
                scene.arrangement().size_um,
                size_px.x / size_px.y,
            ));
        }
    }

    /// Looks at the whole plate.
    fn fit(&mut self) {
        if let Some(scene) = &mut self.scene {
            scene.arrange(self.camera.shape());
            let whole = View::above(DVec2::ZERO, scene.arrangement().size_um, self.camera.shape());
            self.camera.go_to(whole);
        }
    }

    /// Looks at one well.
    fn look_at_well(&mut self, well: usize) {
        let Some(scene) = &self.scene else { return };
        let arrangement = scene.arrangement();
        if let Some(corner) = arrangement.corners_um.get(well).copied() {
            let (low, high) = (corner.truncate(), (corner + arrangement.well_um).truncate());
            self.camera.go_to(View::above(low, high, self.camera.shape()));
        }
    }

    fn steer(&mut self, ui: &egui::Ui, response: &egui::Response) {
        let scale = f64::from(ui.ctx().pixels_per_point());
        let px = |way: egui::Vec2| DVec2::new(f64::from(way.x), f64::from(way.y)) * scale;
        if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle) {
            self.camera.drag(px(response.drag_delta()));
        }
        if response.dragged_by(PointerButton::Secondary) {
            self.camera.orbit(px(response.drag_delta()));
        }
        let wheel = f64::from(ui.input(|input| input.smooth_scroll_delta().y));
        if let Some(at) = response.hover_pos().filter(|_| wheel != 0.0) {
            let ratio = (wheel * ZOOM_PER_POINT).exp();
            self.camera.zoom(ratio, px(at - self.plate_rect.min));
        }
        if response.double_clicked()
            && let (Some(at), Some(scene)) = (response.interact_pointer_pos(), &self.scene)
            && let Some(at_um) = self.camera.plate_at(px(at - self.plate_rect.min))
            && let Some(well) = scene.arrangement().well_at(at_um.truncate())
        {
            self.look_at_well(well);
        }
        if ui.ctx().egui_wants_keyboard_input() {
            return;
        }
        let pressed = |key: Key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        let with_command = |key: Key| ui.input(|input| input.modifiers.command_only() && input.key_pressed(key));
        let numbers = [
            Key::Num1,
            Key::Num2,
            Key::Num3,
            Key::Num4,
            Key::Num5,
            Key::Num6,
            Key::Num7,
            Key::Num8,
            Key::Num9,
        ];
        if let Some(well) = numbers.into_iter().position(pressed) {
            self.look_at_well(well);
        }
        if pressed(Key::F) {
            self.fit();
        }
        if with_command(Key::Q) || with_command(Key::W) {
            self.close();
        }
    }

    fn show_notes(&mut self, ui: &egui::Ui, rect: egui::Rect) {
        self.notes.retain(|(since, _)| since.elapsed() < NOTE_STAYS);
        let mut top = rect.min + egui::vec2(12.0, 10.0);
        let painter = ui.painter().with_clip_rect(rect);
        for (_, words) in &self.notes {
            let width = (rect.width() - 40.0).max(60.0);
            let text = painter.layout(
                words.clone(),
                egui::FontId::proportional(13.0),
                ui.visuals().text_color(),
                width,
            );
            let box_rect = egui::Rect::from_min_size(top, text.size()).expand2(egui::vec2(8.0, 4.0));
            painter.rect_filled(box_rect, 4.0, ui.visuals().window_fill.gamma_multiply(0.85));
            painter.galley(top, text, ui.visuals().text_color());
            top.y = box_rect.bottom() + 10.0;
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
        let ground = match self.look.theme {
            Theme::Dark => 0.02,
            Theme::Light => 0.97,
        };
        clear(encoder, view, ground);
        let now = Instant::now();
        let since = now.duration_since(self.last_drawn).as_secs_f64().min(0.25);
        self.last_drawn = now;
        self.travelling = self.camera.travel(since);
        let wall_s = self.opened.elapsed().as_secs_f64();
        let (Some(scene), Some(rect)) = (&mut self.scene, in_pixels(self.plate_rect, size_px, pixels_per_point)) else {
            return;
        };
        let plate = &self.scenario.plate;
        self.easing.go_on(plate, scene.step(), wall_s);
        let arrangement = scene.arrangement().clone();
        let poses = eased_poses(plate, &arrangement, scene.grids(), &self.easing, wall_s, &self.look);
        scene.draw(encoder, view, rect, &self.camera, &self.look, &poses, wall_s);
    }

    /// A frame was shown, and this long it took.
    pub fn has_shown(&mut self, took: Duration) {
        let share = if self.frame_s > 0.0 { 0.1 } else { 1.0 };
        self.frame_s += share * (took.as_secs_f64() - self.frame_s);
        tracing::trace!(
            "a frame in {:.1} ms, {:.1} ms on average",
            took.as_secs_f64() * 1e3,
            self.frame_s * 1e3
        );
    }

    /// How soon the next frame is needed.
    pub fn need(&self) -> Need {
        let moving = self.travelling || self.easing.is_moving();
        let note = self
            .notes
            .iter()
            .map(|(since, _)| NOTE_STAYS.saturating_sub(since.elapsed()))
            .min();
        let note = note.map_or(Need::Nothing, |left| Need::After(left + Duration::from_millis(20)));
        if moving { Need::Soon } else { note }
    }

    /// Looks after what is under way. Returns whether there is something new to show.
    pub fn tick(&mut self) -> bool {
        false
    }

    /// Begins to close.
    pub fn close(&mut self) {
        self.closed = true;
    }

    /// Whether all that had to be done before closing is done.
    pub fn is_closed(&self) -> bool {
        self.closed
    }
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

fn clear(encoder: &mut wgpu::CommandEncoder, view: &wgpu::TextureView, grey: f64) {
    let attachment = wgpu::RenderPassColorAttachment {
        view,
        depth_slice: None,
        resolve_target: None,
        ops: wgpu::Operations {
            load: wgpu::LoadOp::Clear(wgpu::Color {
                r: grey,
                g: grey,
                b: grey,
                a: 1.0,
            }),
            store: wgpu::StoreOp::Store,
        },
    };
    // Beginning and ending the pass is what clears.
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("clear"),
        color_attachments: &[Some(attachment)],
        ..Default::default()
    });
}
