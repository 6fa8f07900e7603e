//! Pictures of a plate as the window shows it, made without a window.

use super::arrangement::Arrangement;
use super::camera::{Camera, Viewpoint};
use super::framing::{view_of, whole_plate};
use super::look::{Look, Theme};
use super::offscreen::{FORMAT, Image, Offscreen};
use super::overlay::onto::Overlay;
use super::overlay::{OnScreen, OverlayInput};
use super::panels::style;
use super::pose::poses;
use super::scene::Scene;
use super::scene::layout::Pose;
use super::tools::find::NeuronCard;
use crate::engine::EngineError;
use crate::engine::gpu::device::failed;
use crate::model::layout::Node;
use crate::model::moment::{Moment, PathChanges};
use crate::model::plate::Plate;
use crate::model::world::{State, World};
use crate::readout::field::grids;
use glam::{DVec2, DVec3};

/// The part of the plate that a picture shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Framing {
    /// The whole plate.
    Plate,
    /// One well and no other.
    Well(usize),
    /// The view of a camera.
    View(Viewpoint),
}

/// The view that a window has of a state.
#[derive(Clone, Debug)]
pub struct WindowView {
    /// The camera's view.
    pub view: Viewpoint,
    /// The places of the wells.
    pub arrangement: Arrangement,
    /// Points of the picture for each point of the window.
    pub scale: f64,
    /// The plate as the window shows it, with what has been done and not happened yet.
    pub plate: Plate,
    /// The wells as they stand.
    pub poses: Vec<Pose>,
    /// Seconds on the wall.
    pub wall_s: f64,
    /// The neuron that is selected.
    pub selected: Option<NeuronCard>,
}

/// A plate on a device that draws into memory.
pub struct Studio {
    offscreen: Offscreen,
    scene: Scene,
    lettering: Overlay,
    plate: Plate,
    size_px: [u32; 2],
    /// The paths in the picture before.
    paths: Vec<Vec<Node>>,
}

impl Studio {
    /// A studio for pictures of `plate` of a size in points, on the best adapter or the one that is named.
    ///
    /// # Errors
    /// When there is no adapter, or it fails.
    pub fn open(plate: &Plate, adapter: Option<&str>, size_px: [u32; 2]) -> Result<Self, EngineError> {
        Studio::on(pollster::block_on(Offscreen::open(adapter))?, plate, size_px)
    }

    /// The same on a device that is open.
    ///
    /// # Errors
    /// When it fails.
    pub fn on(offscreen: Offscreen, plate: &Plate, size_px: [u32; 2]) -> Result<Self, EngineError> {
        let mut scene = offscreen.scene()?;
        scene
            .open(plate, shape(size_px))
            .map_err(|problem| failed("reading the shaders", &problem))?;
        Ok(Self {
            lettering: Overlay::new(&offscreen.device.handle, FORMAT),
            offscreen,
            scene,
            plate: plate.clone(),
            size_px,
            paths: Vec::new(),
        })
    }

    /// The adapter that draws.
    pub fn drawn_by(&self) -> &str {
        &self.offscreen.adapter.name
    }

    /// The picture of a state.
    ///
    /// # Errors
    /// When the device fails.
    pub fn picture(&mut self, world: &World, look: &Look, framing: Framing) -> Result<Image, EngineError> {
        let moment = Moment::after(&self.paths, world, &grids(&now(&self.plate, world)));
        self.paths.clone_from(&world.paths);
        self.picture_of(moment, look, framing)
    }

    /// As [`Studio::picture`], of a moment that follows the one before.
    ///
    /// # Errors
    /// When the device fails.
    pub fn picture_of(&mut self, moment: Moment, look: &Look, framing: Framing) -> Result<Image, EngineError> {
        self.scene.take(moment);
        let step = self.scene.step();
        let arrangement = match framing {
            Framing::Well(well) => self.scene.arrangement().alone(well),
            Framing::Plate | Framing::View(_) => self.scene.arrangement().clone(),
        };
        let [width, height] = self.size_px;
        let size_px = DVec2::new(f64::from(width), f64::from(height));
        let view = match framing {
            Framing::Plate => whole_plate(arrangement.size_um, shape(self.size_px)),
            Framing::Well(well) => view_of(Some(well), &arrangement, shape(self.size_px)),
            Framing::View(view) => view,
        };
        // As large as the window's on a screen of usual height; thinner lines than a point could not be drawn.
        let scale = f64::from(height) / 720.0;
        let camera = Camera::new(view, size_px).with_scale(scale.max(1.0));
        let plate = self.plate.at(step);
        let poses = poses(&plate, &arrangement, self.scene.grids(), step, 0.0, look);
        let staging = Staging {
            arrangement: &arrangement,
            plate: &plate,
            poses: &poses,
            wall_s: 0.0,
            selected: None,
            lettering: scale.max(0.5) as f32,
        };
        self.draw(&camera, look, &staging)
    }

    /// The picture of a moment as a window shows it.
    ///
    /// # Errors
    /// When the device fails.
    pub fn as_seen(&mut self, moment: Moment, look: &Look, sight: &WindowView) -> Result<Image, EngineError> {
        self.scene.take(moment);
        self.scene.arrange_as(&sight.arrangement);
        let [width, height] = self.size_px;
        let size_px = DVec2::new(f64::from(width), f64::from(height));
        let camera = Camera::new(sight.view, size_px).with_scale(sight.scale);
        let staging = Staging {
            arrangement: &sight.arrangement,
            plate: &sight.plate,
            poses: &sight.poses,
            wall_s: sight.wall_s,
            selected: sight.selected.as_ref(),
            lettering: sight.scale as f32,
        };
        self.draw(&camera, look, &staging)
    }

    fn draw(&mut self, camera: &Camera, look: &Look, staging: &Staging<'_>) -> Result<Image, EngineError> {
        let [width, height] = self.size_px;
        let step = self.scene.step();
        let (plate, scale) = (staging.plate, staging.lettering);
        self.offscreen.image(width, height, |encoder, target, rect| {
            clear(encoder, target, look.theme);
            let wells = (plate, staging.poses);
            self.scene
                .draw(encoder, target, rect, camera, look, wells, staging.wall_s);
            let to_screen = |at_um: DVec3| {
                let px = camera.px(at_um)?;
                Some(egui::pos2(px.x as f32, px.y as f32) / scale)
            };
            let input = OverlayInput {
                hides_names: false,
                plate,
                arrangement: staging.arrangement,
                look,
                step,
                brightest_dose: self.scene.brightest_dose(look),
                on_screen: OnScreen {
                    to_screen: &to_screen,
                    px_per_um: camera.px_per_um() as f32 / scale,
                },
                selected: staging.selected,
            };
            let device = (&self.offscreen.device.handle, &self.offscreen.device.queue);
            self.lettering
                .write(device, encoder, target, [width, height], scale, &input);
        })
    }
}

/// What stands around the state in a picture.
struct Staging<'a> {
    arrangement: &'a Arrangement,
    plate: &'a Plate,
    poses: &'a [Pose],
    wall_s: f64,
    selected: Option<&'a NeuronCard>,
    /// Points of the picture for each point of the lettering.
    lettering: f32,
}

/// Covers a whole target with what lies around the plate: the ground of panels, as bytes of the screen.
pub fn clear(encoder: &mut wgpu::CommandEncoder, view: &wgpu::TextureView, theme: Theme) {
    let [r, g, b, _] = style::ground(theme).to_array().map(|level| f64::from(level) / 255.0);
    let colour = wgpu::Color { r, g, b, a: 1.0 };
    let attachment = wgpu::RenderPassColorAttachment {
        view,
        depth_slice: None,
        resolve_target: None,
        ops: wgpu::Operations {
            load: wgpu::LoadOp::Clear(colour),
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

/// All that a scene shows, as a moment after nothing.
pub fn moment_shown(scene: &Scene) -> Moment {
    Moment {
        state: State {
            step: scene.step(),
            ..scene.shown().state.clone()
        },
        grids: scene.grids().to_vec(),
        paths: PathChanges::between(&[], scene.paths()),
    }
}

/// The plate as it is for a state: the events of its step have happened where the state shows that they have.
fn now(plate: &Plate, world: &World) -> Plate {
    let before = plate.at(world.step);
    let fits = |plate: &Plate| {
        let gridded = grids(plate).iter().flatten().count();
        let uniform = plate.wells().len() * plate.myokines.len();
        uniform + gridded * plate.myokines.len() * plate.domain.voxel_count() == world.concentrations.len()
    };
    if fits(&before) {
        before
    } else {
        plate.at(world.step + 1)
    }
}

fn shape([width, height]: [u32; 2]) -> f64 {
    f64::from(width.max(1)) / f64::from(height.max(1))
}
