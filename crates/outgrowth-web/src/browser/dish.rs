//! The dish on its canvas: the plate as a graphics device or the processor draws it, what is written over it, and the view.

use super::first_picture;
use super::frames::BREATH;
use super::pictures::{Pictures, on_screen};
use super::scene::DrawnScene;
use super::site::{Shared, Site};
use crate::engines::Engines;
use crate::measures::Measure;
use eframe::egui::{self, Color32, Key, Pos2, Rect, Sense, Stroke, TextureId, pos2, vec2};
use eframe::wgpu::Backend;
use glam::{DVec2, DVec3};
use outgrowth::link::blinded;
use outgrowth::model::moment::{Moment, PathChanges};
use outgrowth::model::plate::Plate;
use outgrowth::readout::dose_range::highest_shown;
use outgrowth::readout::field::grids;
use outgrowth::view::arrangement::Arrangement;
use outgrowth::view::camera::{Camera, Viewpoint};
use outgrowth::view::framing::view_of;
use outgrowth::view::look::{Layers, Look};
use outgrowth::view::overlay::{self, OnScreen, OverlayInput};
use outgrowth::view::pose::{Easing, eased_poses};
use std::borrow::Cow;
use web_time::Instant;

/// The ground around the plate.
const GROUND: Color32 = Color32::from_rgb(9, 10, 13);
/// Zoom for a press of a key or a button.
const ZOOM_PER_KEY: f64 = 1.25;
/// The mark of what was measured.
const MARK: Stroke = Stroke {
    width: 1.5,
    color: Color32::WHITE,
};
/// The share of the picture that an arrow key moves it by.
const MOVE_PER_KEY: f64 = 0.12;

/// The dish.
pub struct Dish {
    site: Shared,
    painter: Painter,
    /// Whether the plate has been shown: the first picture lies over it until then.
    is_shown: bool,
    /// Which plate it shows, by how often one was begun.
    begun: Option<u32>,
    arrangement: Arrangement,
    /// The plate as its events have made it by now.
    plate: Plate,
    camera: Camera,
    /// Whether the view is the one of the whole plate or a well, which is fitted again as the canvas changes.
    fitted: Option<Option<usize>>,
    easing: Easing,
    opened: Instant,
    last: Instant,
}

enum Painter {
    Scene(Box<DrawnScene>, Drawn),
    Pictures(Pictures),
}

/// The last drawing of a scene: where the same would come of it, its texture is shown again, for on a weak device drawing takes the
/// time that the engine needs.
#[derive(Default)]
struct Drawn {
    of: Option<(u32, Camera, Look)>,
    texture: Option<TextureId>,
    /// Whether it goes on to change though nothing else does.
    unfinished: bool,
}

impl Dish {
    /// The dish of a page, drawn by what egui is drawn with.
    pub fn new(creation: &eframe::CreationContext<'_>, site: Shared) -> Self {
        let mut shared = site.borrow_mut();
        shared.context = Some(creation.egui_ctx.clone());
        let render = creation.wgpu_render_state.as_ref();
        let on_device = render.filter(|render| render.adapter.get_info().backend == Backend::BrowserWebGpu);
        let painter = match on_device.map(DrawnScene::new) {
            Some(Ok(scene)) => {
                shared.page.drawn_by = "WebGPU".to_owned();
                shared.page.begin_on(scene.engines());
                Painter::Scene(Box::new(scene), Drawn::default())
            }
            other => {
                shared.page.drawn_by = shared.page.words().processor_in_webgl.to_owned();
                shared.page.begin_on(Engines::processor());
                if let Some(Err(problem)) = other {
                    shared.page.notice = problem;
                }
                Painter::Pictures(Pictures::default())
            }
        };
        let plate = shared.page.scenario.plate.clone();
        drop(shared);
        Self {
            site,
            painter,
            is_shown: false,
            begun: None,
            arrangement: Arrangement::of(&plate, 1.0),
            easing: Easing::settled(&plate, 0),
            plate,
            camera: Camera::new(Viewpoint::above(DVec2::ZERO, DVec2::ONE, 1.0), DVec2::ONE),
            fitted: Some(None),
            opened: Instant::now(),
            last: Instant::now(),
        }
    }

    /// Why the device is of no use any more.
    fn fault(&self) -> Option<String> {
        match &self.painter {
            Painter::Scene(scene, _) => scene.fault(),
            Painter::Pictures(_) => None,
        }
    }

    /// Takes in the newest state, and another plate.
    fn take(&mut self, site: &Site, moment: Option<Moment>) {
        let anew = self.begun != Some(site.page.begun);
        if anew {
            self.begun = Some(site.page.begun);
            let plate = &site.page.scenario.plate;
            self.easing = Easing::settled(plate, 0);
            self.fitted = Some(None);
            self.arrangement = Arrangement::of(plate, self.camera.shape());
            match &mut self.painter {
                Painter::Scene(scene, _) => {
                    // The device tells of faults in shaders.
                    let _ = scene.scene.open(plate, self.camera.shape());
                }
                Painter::Pictures(pictures) => *pictures = Pictures::default(),
            }
        }
        self.plate = site.page.status().plate.at(site.page.shown.step);
        if let Painter::Scene(scene, drawn) = &mut self.painter {
            if anew || moment.is_some() {
                drawn.of = None;
            }
            if anew {
                scene.scene.take(whole(site, &self.plate));
            } else if let Some(moment) = moment {
                scene.scene.take(moment);
            }
            scene.scene.follow(site.page.session().on_device());
        }
    }

    /// Fits the camera to the canvas, and the view to what it is of.
    fn fit(&mut self, site: &mut Site, size_px: DVec2, scale: f64) {
        let resized = self.camera.size_px() != size_px;
        self.camera.resize(size_px);
        self.camera.set_scale(scale);
        let asked = site.page.look.take();
        if let Some(well) = asked {
            self.fitted = Some(well);
        }
        let Some(well) = self
            .fitted
            .filter(|_| resized || asked.is_some() || self.camera.view().height_um < 30.0)
        else {
            return;
        };
        let shape = self.camera.shape();
        self.arrangement = Arrangement::of(&site.page.scenario.plate, shape);
        if let Painter::Scene(scene, drawn) = &mut self.painter {
            scene.scene.arrange_as(&self.arrangement);
            drawn.of = None;
        }
        let view = view_of(well, &self.arrangement, shape);
        if asked.is_some() && !resized {
            self.camera.go_to(view);
        } else {
            self.camera.jump_to(view);
        }
    }

    /// Moves the view as pointer, fingers, wheel and keys say.
    fn move_view(&mut self, ui: &egui::Ui, response: &egui::Response, rect: Rect) {
        let scale = f64::from(ui.ctx().pixels_per_point());
        let px = |way: egui::Vec2| DVec2::new(f64::from(way.x), f64::from(way.y)) * scale;
        if response.dragged() {
            self.camera.drag(px(response.drag_delta()));
            self.fitted = None;
        }
        // The wheel alone scrolls the page; egui takes it for zooming where Ctrl is held.
        let ratio = ui.input(|input| f64::from(input.zoom_delta()));
        if let Some(at) = response.hover_pos().filter(|_| ratio != 1.0) {
            self.camera.zoom(ratio, px(at - rect.min));
            self.fitted = None;
        }
        let middle = 0.5 * self.camera.size_px();
        let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
        let ways = [
            (Key::ArrowLeft, DVec2::X),
            (Key::ArrowRight, DVec2::NEG_X),
            (Key::ArrowUp, DVec2::Y),
            (Key::ArrowDown, DVec2::NEG_Y),
        ];
        for (_, way) in ways.into_iter().filter(|(key, _)| pressed(*key)) {
            self.camera.drag(way * MOVE_PER_KEY * 2.0 * middle);
            self.fitted = None;
        }
        let zooms = [
            (Key::Plus, ZOOM_PER_KEY),
            (Key::Equals, ZOOM_PER_KEY),
            (Key::Minus, 1.0 / ZOOM_PER_KEY),
        ];
        for (_, ratio) in zooms.into_iter().filter(|(key, _)| pressed(*key)) {
            self.camera.zoom(ratio, middle);
            self.fitted = None;
        }
        let steps = std::mem::take(&mut self.site.borrow_mut().zoom);
        if steps != 0 {
            self.camera.zoom(ZOOM_PER_KEY.powi(2 * steps), middle);
            self.fitted = None;
        }
        if response.clicked()
            && let Some(at) = response.interact_pointer_pos()
            && let Some(at_um) = self.camera.plate_at(px(at - rect.min))
        {
            let well = self.arrangement.well_at(at_um.truncate());
            self.site.borrow_mut().page.look = Some(well.filter(|_| self.fitted != Some(well)));
        }
    }

    /// Begins a frame. Returns whether the device is behind.
    fn begin_frame(&mut self) -> bool {
        match &mut self.painter {
            Painter::Scene(scene, _) => scene.begin_frame(),
            Painter::Pictures(_) => false,
        }
    }

    /// Takes the first picture away once the dish shows as much.
    fn uncover(&mut self, has_plate: bool) {
        match &self.painter {
            _ if self.is_shown || !has_plate => return,
            Painter::Pictures(pictures) if pictures.are_there() => first_picture::remove(),
            // Its programs are made with the first drawing, which takes a weak device a second.
            Painter::Scene(scene, drawn) if drawn.texture.is_some() => scene.once_drawn(first_picture::remove),
            Painter::Pictures(_) | Painter::Scene(..) => return,
        }
        self.is_shown = true;
    }

    /// Draws the plate, unless the device is behind. Returns whether there is more to draw.
    fn draw(&mut self, ui: &egui::Ui, rect: Rect, site: &Site, is_behind: bool) -> bool {
        let taught = site.page.teaching.as_ref();
        let mut layers = taught.map_or_else(Layers::default, |teaching| Layers::of_step(&teaching.run.step().view));
        for (name, shown) in layers.named() {
            *shown &= !site.page.hidden_layers.iter().any(|hidden| hidden == name);
        }
        let look = Look {
            layers,
            ..Look::default()
        };
        let scale = ui.ctx().pixels_per_point();
        let camera = self.camera;
        let to_screen = move |at_um: DVec3| -> Option<Pos2> {
            let px = camera.px(at_um)?;
            Some(rect.min + vec2(px.x as f32, px.y as f32) / scale)
        };
        let wall_s = self.opened.elapsed().as_secs_f64();
        let painter = ui.painter().with_clip_rect(rect);
        painter.rect_filled(rect, 0.0, GROUND);
        let (unfinished, brightest) = match &mut self.painter {
            Painter::Scene(scene, drawn) => {
                // Where the engine's own device draws, the picture is ahead of the state that is read back.
                let of = (site.page.status().step, camera, look);
                if !is_behind && (drawn.unfinished || drawn.of != Some(of)) {
                    self.easing.go_on(&self.plate, site.page.shown.step, wall_s);
                    let grids = scene.scene.grids().to_vec();
                    let poses = eased_poses(&self.plate, &self.arrangement, &grids, &self.easing, wall_s, &look);
                    let (texture, unfinished) = scene.draw(&camera, &look, (&self.plate, &poses), wall_s);
                    *drawn = Drawn {
                        of: Some(of),
                        texture: Some(texture),
                        unfinished: unfinished || self.easing.is_moving(),
                    };
                }
                if let Some(texture) = drawn.texture {
                    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                    painter.image(texture, rect, whole, Color32::WHITE);
                }
                (drawn.unfinished, scene.scene.brightest_dose(&look))
            }
            Painter::Pictures(pictures) => {
                let well_um = self.arrangement.well_um.truncate();
                let corners = &self.arrangement.corners_um;
                let in_sight =
                    |well: usize| on_screen(corners[well], well_um, &to_screen).is_some_and(|at| at.intersects(rect));
                let old = pictures.paint(
                    ui.ctx(),
                    &self.plate,
                    &site.page.shown,
                    &self.arrangement,
                    camera.px_per_um(),
                    &in_sight,
                );
                pictures.show(&painter, &self.arrangement, &to_screen);
                (old, highest_shown(&self.plate, 0))
            }
        };
        let told = if site.page.hides_names {
            Cow::Owned(blinded(&self.plate))
        } else {
            Cow::Borrowed(&self.plate)
        };
        let input = OverlayInput {
            plate: &told,
            arrangement: &self.arrangement,
            look: &look,
            step: site.page.shown.step,
            brightest_dose: brightest,
            on_screen: OnScreen {
                to_screen: &to_screen,
                px_per_um: camera.px_per_um() as f32 / scale,
            },
            selected: None,
            hides_names: site.page.hides_names,
        };
        overlay::draw(&painter, rect, &input);
        for (well, from_um, to_um) in site.page.measures.iter().map(Measure::ends) {
            let Some(corner) = self.arrangement.corners_um.get(well) else {
                continue;
            };
            let on_screen = |um: DVec2| to_screen(*corner + um.extend(0.0));
            if let Some((from, to)) = on_screen(from_um).zip(on_screen(to_um)) {
                painter.line_segment([from, to], MARK);
                for end in [from, to] {
                    painter.circle_stroke(end, 4.0, MARK);
                }
            }
        }
        unfinished
    }
}

/// All that is shown, as a moment after nothing.
fn whole(site: &Site, plate: &Plate) -> Moment {
    let grids = grids(plate);
    Moment {
        paths: PathChanges::between(&[], &site.page.shown.paths),
        ..Moment::after(&site.page.shown.paths, &site.page.shown, &grids)
    }
}

impl eframe::App for Dish {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let shared = self.site.clone();
        let moment = shared.borrow_mut().turn();
        self.take(&shared.borrow(), moment);
        if let Some(fault) = self.fault() {
            super::start::without_device(&shared, &fault);
            return;
        }
        let rect = ui.available_rect_before_wrap();
        let response = ui.interact(rect, ui.scope_id().with("plate"), Sense::click_and_drag());
        self.move_view(ui, &response, rect);
        let scale = f64::from(ui.ctx().pixels_per_point());
        let size_px = DVec2::new(f64::from(rect.width()), f64::from(rect.height())) * scale;
        self.fit(&mut shared.borrow_mut(), size_px.round(), scale);
        let travelling = self.camera.travel(self.last.elapsed().as_secs_f64().min(0.1));
        self.last = Instant::now();
        let is_behind = self.begin_frame();
        let unfinished = self.draw(ui, rect, &shared.borrow(), is_behind) || is_behind;
        let has_plate = !shared.borrow().page.shown.neurons.is_empty();
        self.uncover(has_plate);
        if shared.borrow().page.is_busy() || unfinished || travelling {
            if is_behind {
                ui.ctx().request_repaint_after(BREATH);
            } else {
                ui.ctx().request_repaint();
            }
        }
    }
}
