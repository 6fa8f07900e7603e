//! The scene: ground, axons, cell bodies and growth cones, layer by layer on a graphics device.
//!
//! Light is drawn linear and adds up; film makes a picture of it at the end. A picture is put together like this:
//! ground (wells, field, gel, muscle) → kept axons → moving axons, last bits and somata → glow → film → growth cones.
//! Axons are many and change little: while the view stands still what is new is drawn onto the picture of the axons that
//! is kept, and what was taken back is drawn onto it with negative light.

mod axons;
mod blocks;
mod buffer;
pub mod ground;
pub mod layout;
mod light;
mod marks;
mod pipelines;
mod targets;
mod timing;

use super::arrangement::Arrangement;
use super::camera::Camera;
use super::look::{ColourBy, Look, Theme};
use crate::engine::gpu::sources::IncludeError;
use crate::model::layout::{Cone, NONE, Neuron, Node};
use crate::model::plate::Plate;
use crate::session::Moment;
use axons::Axons;
use buffer::GrowingBuffer;
use glam::{DVec2, DVec3, Mat4};
use ground::Ground;
use layout::{Frame, Pose};
use light::Light;
use marks::Marks;
use pipelines::{Kind, group};
use targets::Targets;
use timing::Timing;
use wgpu::{BindGroup, BindGroupLayout, BufferUsages, CommandEncoder, Device, Queue, TextureFormat, TextureView};

/// A rectangle of the target, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewRect {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// What a picture took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Vertices of settled axons.
    pub axon_vertices: u64,
    /// Level of detail: every second, fourth ... point is drawn.
    pub level: u32,
    /// Whether the kept picture of the axons was drawn anew.
    pub anew: bool,
}

/// The state that is shown, as the moments brought it.
#[derive(Clone, Debug, Default)]
struct Shown {
    step: u32,
    cones: Vec<Cone>,
    neurons: Vec<Neuron>,
    concentrations: Vec<f32>,
    grids: Vec<u32>,
}

/// What the kept picture of the axons was drawn for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kept {
    clip_from_plate: Mat4,
    size: [u32; 2],
    colour_by: ColourBy,
    axon_width_px: f32,
    highlighted: Option<u32>,
    shown: [bool; 3],
    level: u32,
    moving: u64,
}

/// A plate on a graphics device, ready to be drawn.
pub struct Scene {
    device: Device,
    queue: Queue,
    frame_layout: BindGroupLayout,
    cells_layout: BindGroupLayout,
    frame: wgpu::Buffer,
    poses: GrowingBuffer,
    cones: GrowingBuffer,
    neurons: GrowingBuffer,
    frame_group: BindGroup,
    cells_group: BindGroup,
    ground: Option<(Ground, BindGroup)>,
    concentrations: GrowingBuffer,
    axons: Axons,
    marks: Marks,
    light: Light,
    timing: Timing,
    timings: Vec<(&'static str, f32)>,
    targets: Targets,
    exposure: TextureFormat,
    kept: Option<Kept>,
    /// Wall-clock time at which the kept picture was last drawn anew, s.
    kept_since_s: f64,
    plate: Option<Plate>,
    arrangement: Arrangement,
    shown: Shown,
    /// The brightest dose of each myokine so far.
    brightest: Vec<f32>,
}

/// Colours that change with time are drawn anew as often as this, s.
const FRESH_COLOURS_S: f64 = 0.7;

impl Scene {
    /// Pipelines for pictures of a format without sRGB encoding of its own, and no plate.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved. What the device finds wrong goes to its error handler.
    pub fn new(device: &Device, queue: &Queue, format: TextureFormat) -> Result<Self, IncludeError> {
        let frame_layout = pipelines::layout(device, "frame", &[Kind::Uniform, Kind::Storage]);
        let cells_layout = pipelines::layout(device, "cells", &[Kind::Storage, Kind::Storage]);
        let frame = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("frame"),
            size: size_of::<Frame>() as u64,
            usage: BufferUsages::UNIFORM | BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let storage = |label| GrowingBuffer::new(device, label, BufferUsages::STORAGE);
        let (poses, cones, neurons) = (storage("poses"), storage("drawn cones"), storage("drawn neurons"));
        let software = device.adapter_info().device_type == wgpu::DeviceType::Cpu;
        let exposure = targets::exposure(device, software);
        let targets = Targets::new(device, [1, 1], exposure);
        Ok(Scene {
            frame_group: frame_group(device, &frame_layout, &frame, &poses),
            cells_group: cells_group(device, &cells_layout, &cones, &neurons),
            ground: None,
            concentrations: storage("drawn field"),
            axons: Axons::new(device, &frame_layout, &cells_layout, exposure)?,
            marks: Marks::new(device, &frame_layout, &cells_layout, format, exposure)?,
            light: Light::new(device, &frame_layout, &targets, format)?,
            timing: Timing::new(device, queue),
            timings: Vec::new(),
            device: device.clone(),
            queue: queue.clone(),
            frame_layout,
            cells_layout,
            frame,
            poses,
            cones,
            neurons,
            targets,
            exposure,
            kept: None,
            kept_since_s: 0.0,
            plate: None,
            arrangement: Arrangement::default(),
            shown: Shown::default(),
            brightest: Vec::new(),
        })
    }

    /// Shows another plate, arranged for a view of the given shape (width over height). It is empty until a moment
    /// comes.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved.
    pub fn open(&mut self, plate: &Plate, shape: f64) -> Result<(), IncludeError> {
        self.arrangement = Arrangement::of(plate, shape);
        let segment_um = plate
            .conditions
            .iter()
            .map(|condition| condition.biology.growth_cone.segment_um)
            .fold(f64::INFINITY, f64::min);
        self.axons.open(&self.device, plate.wells().len(), segment_um);
        self.shown = Shown::default();
        self.brightest = vec![0.0; plate.myokines.len()];
        let ground = Ground::new(&self.device, &self.frame_layout, targets::LIGHT, &plate.domain)?;
        let group = ground.bind(&self.device, self.concentrations.buffer());
        self.ground = Some((ground, group));
        self.plate = Some(plate.clone());
        self.kept = None;
        Ok(())
    }

    /// Arranges the wells for a view of another shape.
    pub fn arrange(&mut self, shape: f64) {
        if let Some(plate) = &self.plate {
            self.arrangement = Arrangement::of(plate, shape);
        }
    }

    /// Takes in the newest state.
    pub fn take(&mut self, moment: Moment) {
        let (device, queue) = (&self.device, &self.queue);
        self.axons
            .take(device, queue, &moment.paths, &moment.cones, moment.step);
        let grown =
            self.cones.replace(device, queue, &moment.cones) | self.neurons.replace(device, queue, &moment.neurons);
        if grown {
            self.cells_group = cells_group(device, &self.cells_layout, &self.cones, &self.neurons);
        }
        let grown = self.concentrations.replace(device, queue, &moment.concentrations);
        if let Some((ground, group)) = self.ground.as_mut().filter(|_| grown) {
            *group = ground.bind(device, self.concentrations.buffer());
        }
        self.shown = Shown {
            step: moment.step,
            cones: moment.cones,
            neurons: moment.neurons,
            concentrations: moment.concentrations,
            grids: moment.grids,
        };
        self.expose_field();
    }

    /// Lets the brightest colour of each field follow the highest dose so far, in round numbers so that it seldom does.
    fn expose_field(&mut self) {
        let Some(plate) = &self.plate else { return };
        let (species, wells) = (plate.myokines.len(), self.arrangement.corners_um.len());
        let voxels = plate.domain.voxel_count();
        for (index, brightest) in self.brightest.iter_mut().enumerate() {
            let uniform = (0..wells)
                .filter(|&well| self.shown.grids.get(well).is_none_or(|&grid| grid == NONE))
                .filter_map(|well| self.shown.concentrations.get(well * species + index).copied());
            let gridded = self
                .shown
                .grids
                .iter()
                .filter(|&&grid| grid != NONE)
                .flat_map(|&grid| {
                    let first = grid as usize + index * voxels;
                    self.shown.concentrations.get(first..first + voxels).unwrap_or_default()
                })
                .copied();
            let highest = uniform.chain(gridded).fold(0.0, f32::max);
            if highest > *brightest {
                *brightest = round_up(highest);
            }
        }
    }

    /// Where the wells stand.
    pub fn arrangement(&self) -> &Arrangement {
        &self.arrangement
    }

    /// The step that is shown.
    pub fn step(&self) -> u32 {
        self.shown.step
    }

    /// The growth cones that are shown.
    pub fn cones(&self) -> &[Cone] {
        &self.shown.cones
    }

    /// The cell bodies that are shown.
    pub fn neurons(&self) -> &[Neuron] {
        &self.shown.neurons
    }

    /// The paths of the cones that are shown.
    pub fn paths(&self) -> &[Vec<Node>] {
        self.axons.paths()
    }

    /// The concentrations that are shown, as in [`crate::model::world::World`].
    pub fn concentrations(&self) -> &[f32] {
        &self.shown.concentrations
    }

    /// Where each well's first grid begins in the concentrations.
    pub fn grids(&self) -> &[u32] {
        &self.shown.grids
    }

    /// The dose of a myokine that has the brightest colour.
    pub fn brightest_dose(&self, species: usize) -> f32 {
        self.brightest.get(species).copied().unwrap_or(0.0)
    }

    /// Draws the plate into a rectangle of `target`. `wall_s` is the time on the wall.
    pub fn draw(
        &mut self,
        encoder: &mut CommandEncoder,
        target: &TextureView,
        rect: ViewRect,
        camera: &Camera,
        look: &Look,
        poses: &[Pose],
        wall_s: f64,
    ) -> Drawn {
        let Some(plate) = &self.plate else {
            return Drawn::default();
        };
        if rect.width == 0 || rect.height == 0 {
            return Drawn::default();
        }
        let size = [rect.width, rect.height];
        if self.targets.size != size {
            self.targets = Targets::new(&self.device, size, self.exposure);
            self.light.bind(&self.device, &self.targets);
            self.kept = None;
        }
        let frame = frame_of(
            plate,
            camera,
            look,
            &self.shown,
            self.brightest_dose(look.species),
            size,
            wall_s,
        );
        self.queue.write_buffer(&self.frame, 0, bytemuck::bytes_of(&frame));
        if self.poses.replace(&self.device, &self.queue, poses) {
            self.frame_group = frame_group(&self.device, &self.frame_layout, &self.frame, &self.poses);
        }
        let px_per_um = camera.px_per_um();
        let mut drawn = Drawn {
            level: self.axons.set_level(&self.queue, px_per_um),
            ..Drawn::default()
        };
        let seen: Vec<usize> = self.wells_in_view(camera).collect();
        let moves = |well: &usize| poses.get(*well).is_some_and(|pose| pose.moving != 0);
        let (moving, still): (Vec<usize>, Vec<usize>) = seen.into_iter().partition(moves);

        self.timing.begin();
        let stamps = self.timing.pass("ground");
        let mut pass = begin(
            encoder,
            "ground",
            &self.targets.ground,
            Some(around_wells(look.theme)),
            stamps,
        );
        if let Some((ground, group)) = &self.ground {
            ground.draw(&mut pass, &self.frame_group, group, &frame, poses);
        }
        drop(pass);

        // Seen from far away nothing but the axons of a moving gel changes fast enough to be drawn for every picture.
        let moves = !moving.is_empty() || self.axons.shows_last_bits(px_per_um);
        let kept = Kept {
            clip_from_plate: frame.clip_from_plate,
            size,
            colour_by: look.colour_by,
            axon_width_px: look.axon_width_px,
            highlighted: look.highlighted,
            shown: [look.layers.axons, look.layers.somata, moves],
            level: drawn.level,
            moving: moving.iter().fold(0, |all, well| {
                all ^ (0x9e37_79b9_7f4a_7c15_u64.rotate_left(*well as u32 % 64))
            }),
        };
        let faded = changes_with_time(look.colour_by) && wall_s - self.kept_since_s > FRESH_COLOURS_S;
        drawn.anew = self.kept != Some(kept) || self.axons.is_outdated() || faded;
        if drawn.anew {
            let stamps = self.timing.pass("axons");
            let mut pass = begin(encoder, "kept axons", &self.targets.kept, DARK, stamps);
            self.bind(&mut pass);
            if look.layers.axons {
                drawn.axon_vertices += self.axons.draw_settled(&mut pass, still.iter().copied());
            }
            if look.layers.somata && !moves {
                self.marks.draw_somata(&mut pass, self.shown.neurons.len() as u32);
            }
            drop(pass);
            self.kept = Some(kept);
            self.kept_since_s = wall_s;
            self.axons.forget_changes();
        } else {
            let count = self.axons.upload_changes(&self.device, &self.queue);
            if count > 0 && look.layers.axons {
                let mut pass = begin(
                    encoder,
                    "new axons",
                    &self.targets.kept,
                    None,
                    self.timing.pass("axons"),
                );
                self.bind(&mut pass);
                self.axons.draw_changes(&mut pass, count);
            }
            self.axons.forget_drawn();
        }

        if moves {
            let stamps = self.timing.pass("moving axons and somata");
            let mut pass = begin(encoder, "moving axons", &self.targets.moving, DARK, stamps);
            self.bind(&mut pass);
            if look.layers.axons {
                drawn.axon_vertices += self.axons.draw_settled(&mut pass, moving.iter().copied());
                self.axons
                    .draw_last_bits(&mut pass, self.shown.cones.len() as u32, px_per_um);
            }
            if look.layers.somata {
                self.marks.draw_somata(&mut pass, self.shown.neurons.len() as u32);
            }
        }

        self.light
            .glow(encoder, &self.targets, look.theme, moves, &mut self.timing);
        let mut pass = begin(encoder, "film", target, None, self.timing.pass("film and cones"));
        pass.set_viewport(
            rect.x as f32,
            rect.y as f32,
            rect.width as f32,
            rect.height as f32,
            0.0,
            1.0,
        );
        pass.set_scissor_rect(rect.x, rect.y, rect.width, rect.height);
        self.light
            .develop(&mut pass, &self.queue, &self.frame_group, rect, moves);
        if look.layers.cones {
            self.bind(&mut pass);
            self.marks
                .draw_cones(&mut pass, self.shown.cones.len() as u32, px_per_um);
        }
        drop(pass);
        self.timing.end(encoder);
        drawn
    }

    /// Milliseconds by layer of a late frame, as the device measured them; empty where it cannot.
    pub fn timings(&mut self) -> &[(&'static str, f32)] {
        if let Some(times) = self.timing.times() {
            self.timings = times;
        }
        &self.timings
    }

    fn bind(&self, pass: &mut wgpu::RenderPass<'_>) {
        pass.set_bind_group(0, &self.frame_group, &[]);
        pass.set_bind_group(1, &self.cells_group, &[]);
    }

    /// The wells of which something may be seen.
    fn wells_in_view<'a>(&'a self, camera: &'a Camera) -> impl Iterator<Item = usize> + 'a {
        let well_um = self.arrangement.well_um;
        let size_px = camera.size_px();
        let in_view = move |corner: DVec3| {
            // A gel that is drawn much strained reaches beyond its well.
            let (low, high) = (corner - 0.2 * well_um, corner + 1.2 * well_um);
            let corners = (0..8).map(|i| {
                let pick = |bit: usize, low: f64, high: f64| if i >> bit & 1 == 0 { low } else { high };
                DVec3::new(pick(0, low.x, high.x), pick(1, low.y, high.y), pick(2, low.z, high.z))
            });
            let mut box_px: Option<(DVec2, DVec2)> = None;
            for corner in corners {
                // Partly behind the camera: it may be seen.
                let Some(px) = camera.px(corner) else { return true };
                box_px = Some(box_px.map_or((px, px), |(low, high)| (low.min(px), high.max(px))));
            }
            box_px.is_some_and(|(low, high)| high.cmpge(DVec2::ZERO).all() && low.cmple(size_px).all())
        };
        let corners = self.arrangement.corners_um.iter().enumerate();
        corners
            .filter(move |(_, corner)| in_view(**corner))
            .map(|(well, _)| well)
    }
}

/// Whether a colour of an axon changes while the axon stays.
fn changes_with_time(colour_by: ColourBy) -> bool {
    match colour_by {
        ColourBy::Condition | ColourBy::Neuron | ColourBy::BranchOrder => false,
        ColourBy::Age | ColourBy::Gain | ColourBy::TrophicProgramme | ColourBy::MechanoProgramme => true,
    }
}

/// The next of 1, 2, 5, 10 ... times a power of ten.
fn round_up(dose: f32) -> f32 {
    let power = 10f32.powf(dose.log10().floor());
    let steps = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0];
    steps
        .into_iter()
        .map(|step| step * power)
        .find(|&round| round >= dose)
        .unwrap_or(dose)
}

/// What light is added to.
const DARK: Option<wgpu::Color> = Some(wgpu::Color::TRANSPARENT);

fn begin<'e>(
    encoder: &'e mut CommandEncoder,
    label: &str,
    view: &TextureView,
    clear: Option<wgpu::Color>,
    stamps: Option<wgpu::RenderPassTimestampWrites<'_>>,
) -> wgpu::RenderPass<'e> {
    let load = clear.map_or(wgpu::LoadOp::Load, wgpu::LoadOp::Clear);
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some(label),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations {
                load,
                store: wgpu::StoreOp::Store,
            },
        })],
        timestamp_writes: stamps,
        ..Default::default()
    })
}

/// What the ground is cleared to.
fn around_wells(theme: Theme) -> wgpu::Color {
    let [r, g, b] = ground::surroundings(theme).map(f64::from);
    wgpu::Color { r, g, b, a: 1.0 }
}

fn frame_of(
    plate: &Plate,
    camera: &Camera,
    look: &Look,
    shown: &Shown,
    brightest_dose: f32,
    size: [u32; 2],
    wall_s: f64,
) -> Frame {
    let layers = look.layers;
    let bits = [
        layers.field,
        layers.gel,
        layers.muscle,
        layers.axons,
        layers.somata,
        layers.cones,
    ];
    Frame {
        clip_from_plate: camera.clip_from_plate(),
        size_px: glam::Vec2::new(size[0] as f32, size[1] as f32),
        px_per_um: camera.px_per_um() as f32,
        paper: u32::from(look.theme == Theme::Light),
        well_um: plate.domain.size_um().as_vec3(),
        voxel_um: plate.domain.voxel_um as f32,
        voxels: plate.domain.voxels,
        species: look.species as u32,
        species_count: plate.myokines.len() as u32,
        brightest_dose,
        slice: look.slice,
        axon_width_px: look.axon_width_px,
        colour_by: ColourBy::ALL.iter().position(|&by| by == look.colour_by).unwrap_or(0) as u32,
        step: shown.step,
        step_h: plate.step_h as f32,
        highlighted: look.highlighted.unwrap_or(NONE),
        layers: bits
            .iter()
            .enumerate()
            .map(|(bit, &shown)| u32::from(shown) << bit)
            .sum(),
        wall_s: (wall_s % 3600.0) as f32,
        fibre_spacing_um: plate.muscle.fibre_spacing_um as f32,
        planar: u32::from(plate.domain.planar()),
    }
}

fn frame_group(device: &Device, layout: &BindGroupLayout, frame: &wgpu::Buffer, poses: &GrowingBuffer) -> BindGroup {
    let resources = [frame.as_entire_binding(), poses.buffer().as_entire_binding()];
    group(device, "frame", layout, &resources)
}

fn cells_group(device: &Device, layout: &BindGroupLayout, cones: &GrowingBuffer, neurons: &GrowingBuffer) -> BindGroup {
    let resources = [cones.buffer().as_entire_binding(), neurons.buffer().as_entire_binding()];
    group(device, "cells", layout, &resources)
}
