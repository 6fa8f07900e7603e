//! Pictures of a plate as the window shows it, made without a window.

use super::camera::{Camera, View};
use super::look::{Look, Theme};
use super::offscreen::{Image, Offscreen};
use super::pose::poses;
use super::scene::Scene;
use crate::engine::EngineError;
use crate::engine::gpu::device::failed;
use crate::model::layout::{NONE, Node};
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::readout::field::grids;
use crate::session::Moment;
use crate::session::moment::PathChanges;
use glam::DVec2;

/// A plate on a device that draws into memory.
pub struct Studio {
    offscreen: Offscreen,
    scene: Scene,
    plate: Plate,
    size_px: [u32; 2],
    /// The paths in the picture before.
    paths: Vec<Vec<Node>>,
}

impl Studio {
    /// A studio for pictures of `plate` of so many points, on the best adapter or the one that is named.
    ///
    /// # Errors
    /// When there is no adapter, or it fails.
    pub fn open(plate: &Plate, adapter: Option<&str>, size_px: [u32; 2]) -> Result<Self, EngineError> {
        let offscreen = pollster::block_on(Offscreen::open(adapter))?;
        let mut scene = offscreen.scene()?;
        scene
            .open(plate, shape(size_px))
            .map_err(|problem| failed("reading the shaders", &problem))?;
        Ok(Self {
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

    /// The picture of a state: the whole plate, or one well.
    ///
    /// # Errors
    /// When the device fails.
    pub fn picture(&mut self, world: &World, look: &Look, well: Option<usize>) -> Result<Image, EngineError> {
        let moment = moment(&self.plate, world, &self.paths);
        self.paths.clone_from(&world.paths);
        self.picture_of(moment, look, well)
    }

    /// As [`Studio::picture`], of a moment that follows the one before.
    ///
    /// # Errors
    /// When the device fails.
    pub fn picture_of(&mut self, moment: Moment, look: &Look, well: Option<usize>) -> Result<Image, EngineError> {
        self.scene.take(moment);
        let step = self.scene.step();
        let arrangement = self.scene.arrangement();
        let (low, high) = match well.and_then(|well| arrangement.corners_um.get(well)) {
            Some(corner) => (corner.truncate(), (*corner + arrangement.well_um).truncate()),
            None => (DVec2::ZERO, arrangement.size_um),
        };
        let [width, height] = self.size_px;
        let size_px = DVec2::new(f64::from(width), f64::from(height));
        let camera = Camera::new(View::above(low, high, shape(self.size_px)), size_px);
        let plate = self.plate.at(step);
        let poses = poses(&plate, arrangement, self.scene.grids(), step, 0.0, look);
        self.offscreen.image(width, height, |encoder, target, rect| {
            clear(encoder, target, look.theme);
            self.scene.draw(encoder, target, rect, &camera, look, &poses, 0.0);
        })
    }
}

/// Covers a whole target with the ground that the plate stands on.
pub fn clear(encoder: &mut wgpu::CommandEncoder, view: &wgpu::TextureView, theme: Theme) {
    let grey = match theme {
        Theme::Dark => 0.02,
        Theme::Light => 0.97,
    };
    let colour = wgpu::Color {
        r: grey,
        g: grey,
        b: grey,
        a: 1.0,
    };
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
        step: scene.step(),
        neurons: scene.neurons().to_vec(),
        cones: scene.cones().to_vec(),
        concentrations: scene.concentrations().to_vec(),
        grids: scene.grids().to_vec(),
        activity: Vec::new(),
        paths: PathChanges::between(&[], scene.paths()),
    }
}

fn shape([width, height]: [u32; 2]) -> f64 {
    f64::from(width.max(1)) / f64::from(height.max(1))
}

/// A state as a moment that follows the one with these paths.
fn moment(plate: &Plate, world: &World, before: &[Vec<Node>]) -> Moment {
    let first = |grid: &Option<usize>| grid.map_or(NONE, |grid| grid as u32);
    Moment {
        step: world.step,
        neurons: world.neurons.clone(),
        cones: world.cones.clone(),
        concentrations: world.concentrations.clone(),
        grids: grids(plate).iter().map(first).collect(),
        activity: world.activity.clone(),
        paths: PathChanges::between(before, &world.paths),
    }
}
