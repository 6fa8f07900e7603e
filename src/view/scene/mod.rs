//! The scene: ground, axons, cell bodies and growth cones, layer by layer on a graphics device.
//!
//! Light is drawn linear and adds up, in the channels of a micrograph; film shows them at the end. A picture is put
//! together like this: ground (wells, field, gel, muscle) → kept axons → moving axons, last bits, spheroids and somata →
//! light out of focus → film → growth cones.
//! Axons are many and change little: while the view stands still what is new is drawn onto the picture of the axons that
//! is kept, and what was taken back is drawn onto it with negative light. With a gel that moves the kept picture moves.
//!
//! Where the engine computes on the same device the scene binds the engine's own buffers; else it draws what the newest
//! moment brought, through the same layers.

mod axons;
mod blocks;
mod buffer;
mod drawing;
pub mod ground;
pub mod layout;
mod light;
mod marks;
mod pipelines;
mod plan;
mod shift;
mod spheroids;
mod targets;
mod tint;
mod trails;

use super::arrangement::Arrangement;
use super::look::Look;
use super::movement;
use crate::engine::gpu::device::Device as Opened;
use crate::engine::gpu::on_device::OnDevice;
use crate::engine::gpu::sources::IncludeError;
use crate::engine::gpu::timing::Timing;
use crate::model::gel::motion::Motion;
use crate::model::layout::{Cone, Neuron, Node};
use crate::model::moment::{Moment, PathChanges};
use crate::model::plate::Plate;
use crate::readout::dose_range::highest_shown;
use axons::{AxonLayer, PendingLines};
use buffer::GrowingBuffer;
use ground::Ground;
use layout::Frame;
use light::Developer;
use marks::CellMarks;
use pipelines::{Binding, group};
use plan::Memory;
use shift::Shift;
use spheroids::Spheroids;
use std::sync::Arc;
use targets::Targets;
use tint::Tint;
use trails::Trails;
use wgpu::{BindGroup, BindGroupLayout, Buffer, BufferUsages, Device, TextureFormat};

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

/// The work that a picture took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Vertices of settled axons.
    pub axon_vertices: u64,
    /// Level of detail: every second, fourth ... point is drawn.
    pub level: u32,
    /// Whether the kept picture of the axons was drawn anew.
    pub anew: bool,
    /// Whether it was moved with a view that is on its way, and is drawn anew once that is at rest.
    pub travels: bool,
    /// Whether some of it is still to be drawn, with the next pictures.
    pub unfinished: bool,
}

/// The engine's own buffers, bound.
struct EngineBuffers {
    state: OnDevice,
    cells: BindGroup,
    field: Option<BindGroup>,
}

/// A plate on a graphics device, ready to be drawn.
pub struct Scene {
    opened: Opened,
    frame_layout: BindGroupLayout,
    cells_layout: BindGroupLayout,
    frame: Buffer,
    /// The facts with which the kept picture is drawn, and every gel at rest.
    kept_frame: Buffer,
    poses: GrowingBuffer,
    poses_at_rest: GrowingBuffer,
    movements: GrowingBuffer,
    /// The movements in it.
    motions: Vec<Arc<Motion>>,
    cones: GrowingBuffer,
    neurons: GrowingBuffer,
    frame_group: BindGroup,
    kept_group: BindGroup,
    cells_group: BindGroup,
    live: Option<EngineBuffers>,
    ground: Option<(Ground, BindGroup)>,
    concentrations: GrowingBuffer,
    axons: AxonLayer,
    marks: CellMarks,
    spheroids: Spheroids,
    shift: Shift,
    tint: Tint,
    trails: Trails,
    light: Developer,
    timing: Timing,
    timings: Vec<(&'static str, f32)>,
    targets: Targets,
    exposure: TextureFormat,
    /// Whether a program on the processor draws.
    software: bool,
    memory: Memory,
    /// The lines that the kept picture still lacks.
    lacks: PendingLines,
    /// Lines of the kept picture that are drawn for one frame, at most.
    lines_a_frame: u32,
    plate: Option<Plate>,
    arrangement: Arrangement,
    /// The newest moment; the axons have its paths.
    shown: Moment,
    /// The dose of each myokine that has the brightest colour, as the plate fixes it.
    brightest: Vec<f32>,
}

/// Passes of a picture, at most.
const MOST_PASSES: u32 = 16;

/// Lines of axons drawn for one frame, at most, where pictures are drawn in parts: some 45 ms of a software driver that was
/// measured at half a million a second on two cores, and few milliseconds of graphics hardware.
const SOFTWARE_LINES: u32 = 25_000;
const HARDWARE_LINES: u32 = 4_000_000;

impl Scene {
    /// Pipelines for pictures of a format without sRGB encoding of its own, and no plate.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved. What the device finds wrong goes to its error handler.
    pub fn new(opened: &Opened, format: TextureFormat) -> Result<Self, IncludeError> {
        let device = &opened.handle;
        let frame_layout = pipelines::layout(device, "frame", &[Binding::Uniform, Binding::Storage, Binding::Storage]);
        let cells_layout = pipelines::layout(device, "cells", &[Binding::Storage; 3]);
        let uniform = |label| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size: size_of::<Frame>() as u64,
                usage: BufferUsages::UNIFORM | BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        };
        let (frame, kept_frame) = (uniform("frame"), uniform("kept frame"));
        let storage = |label| GrowingBuffer::new(device, label, BufferUsages::STORAGE);
        let (poses, poses_at_rest) = (storage("poses"), storage("poses at rest"));
        let movements = storage("uneven movements");
        let (cones, neurons) = (storage("drawn cones"), storage("drawn neurons"));
        let software = device.adapter_info().device_type == wgpu::DeviceType::Cpu;
        let exposure = targets::exposure(device, software);
        let targets = Targets::new(device, [1, 1], exposure);
        let tint = Tint::new(device, &frame_layout)?;
        Ok(Scene {
            frame_group: frame_group(device, &frame_layout, &frame, &poses, &movements),
            kept_group: frame_group(device, &frame_layout, &kept_frame, &poses_at_rest, &movements),
            cells_group: cells_group(device, &cells_layout, cones.buffer(), neurons.buffer(), &tint),
            live: None,
            ground: None,
            concentrations: storage("drawn field"),
            axons: AxonLayer::new(device, &frame_layout, &cells_layout, exposure)?,
            marks: CellMarks::new(device, &frame_layout, &cells_layout, format, exposure)?,
            spheroids: Spheroids::new(device, &frame_layout, &cells_layout, exposure)?,
            shift: Shift::new(device, &frame_layout, &kept_frame, &targets, exposure)?,
            tint,
            trails: Trails::new(device, &frame_layout, &cells_layout, exposure)?,
            light: Developer::new(device, &frame_layout, &targets, format)?,
            timing: Timing::new(device, &opened.queue, MOST_PASSES),
            timings: Vec::new(),
            opened: opened.clone(),
            frame_layout,
            cells_layout,
            frame,
            kept_frame,
            poses,
            poses_at_rest,
            movements,
            motions: Vec::new(),
            cones,
            neurons,
            targets,
            exposure,
            software,
            memory: Memory::default(),
            lacks: PendingLines::default(),
            lines_a_frame: u32::MAX,
            plate: None,
            arrangement: Arrangement::default(),
            shown: Moment::default(),
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
        self.axons.open(&self.opened.handle, plate.wells().len(), segment_um);
        self.spheroids.open(&self.opened.handle, &self.opened.queue, plate);
        self.shown = Moment::default();
        self.live = None;
        self.brightest = (0..plate.myokines.len())
            .map(|species| highest_shown(plate, species))
            .collect();
        let ground = Ground::new(&self.opened.handle, &self.frame_layout, targets::LIGHT, &plate.domain)?;
        let group = ground.bind(&self.opened.handle, self.concentrations.buffer());
        self.ground = Some((ground, group));
        self.plate = Some(plate.clone());
        self.memory.kept = None;
        Ok(())
    }

    /// Arranges the wells for a view of another shape.
    pub fn arrange(&mut self, shape: f64) {
        if let Some(plate) = &self.plate {
            self.arrangement = Arrangement::of(plate, shape);
        }
    }

    /// Arranges the wells as another picture has them.
    pub fn arrange_as(&mut self, arrangement: &Arrangement) {
        self.arrangement.clone_from(arrangement);
    }

    /// Takes in the uneven movements of gels, where `plate`, as its events have made it, has other movements than before.
    fn take_movements(&mut self, plate: &Plate) {
        let same = |(known, motion): (&Arc<Motion>, &Arc<Motion>)| Arc::ptr_eq(known, motion);
        let new: Vec<Arc<Motion>> = movement::motions(plate).cloned().collect();
        if new.len() == self.motions.len() && self.motions.iter().zip(&new).all(same) {
            return;
        }
        let nodes = movement::contents(new.iter(), &plate.domain);
        self.motions = new;
        let Opened { handle, queue, .. } = &self.opened;
        if self.movements.replace(handle, queue, &nodes) {
            self.bind_frames();
        }
    }

    fn bind_frames(&mut self) {
        let bound = |frame: &Buffer, poses: &GrowingBuffer| {
            frame_group(&self.opened.handle, &self.frame_layout, frame, poses, &self.movements)
        };
        self.frame_group = bound(&self.frame, &self.poses);
        self.kept_group = bound(&self.kept_frame, &self.poses_at_rest);
    }

    /// Takes in the newest state.
    pub fn take(&mut self, moment: Moment) {
        self.axons.take(&moment.paths, &moment.cones, moment.step);
        self.shown = Moment {
            paths: PathChanges::default(),
            ..moment
        };
        if self.live.is_some() {
            self.settle();
        } else {
            self.upload();
        }
    }

    /// Draws cells and field from the engine's own buffers from now on, if they are on this device and not behind what is
    /// shown; else from what the newest moment brought.
    pub fn follow(&mut self, state: Option<OnDevice>) {
        let numbers = self.shown.concentrations.len().max(1);
        let fits = |state: &OnDevice| {
            state.device == self.opened
                && state.step >= self.shown.step
                && state.cone_count as usize >= self.shown.cones.len()
                && state.concentrations.size() >= (numbers * size_of::<f32>()) as u64
        };
        let Some(state) = state.filter(fits) else {
            if self.live.take().is_some() {
                self.upload();
            }
            return;
        };
        let began = self.live.is_none();
        let bound = self.live.as_ref().is_some_and(|live| is_bound(&live.state, &state));
        match &mut self.live {
            Some(live) if bound => live.state = state,
            live => {
                let field = self.ground.as_ref();
                self.trails.follow(&self.opened.handle, &state);
                *live = Some(EngineBuffers {
                    cells: cells_group(
                        &self.opened.handle,
                        &self.cells_layout,
                        &state.cones,
                        &state.neurons,
                        &self.tint,
                    ),
                    field: field.map(|(ground, _)| ground.bind(&self.opened.handle, &state.concentrations)),
                    state,
                });
            }
        }
        if began {
            self.settle();
        }
    }

    /// Takes note of the points of each path that the settled axons hold.
    fn settle(&mut self) {
        let points: Vec<u32> = self.axons.paths().iter().map(|path| path.len() as u32).collect();
        self.trails.settle(&self.opened.handle, &self.opened.queue, &points);
    }

    /// Puts cells and field on the device.
    fn upload(&mut self) {
        let (device, queue, shown) = (&self.opened.handle, &self.opened.queue, &self.shown);
        let more_cells =
            self.cones.replace(device, queue, &shown.cones) | self.neurons.replace(device, queue, &shown.neurons);
        let more_numbers = self.concentrations.replace(device, queue, &shown.concentrations);
        if let Some((ground, group)) = self.ground.as_mut().filter(|_| more_numbers) {
            *group = ground.bind(device, self.concentrations.buffer());
        }
        if more_cells {
            self.bind_uploaded();
        }
    }

    fn bind_uploaded(&mut self) {
        let (cones, neurons) = (self.cones.buffer(), self.neurons.buffer());
        self.cells_group = cells_group(&self.opened.handle, &self.cells_layout, cones, neurons, &self.tint);
    }

    /// Makes room for the colours of all cones that are drawn.
    fn make_room_for_colours(&mut self) {
        if self.tint.make_room(&self.opened.handle, self.cone_count()) {
            self.bind_uploaded();
            if let Some(live) = &mut self.live {
                let (cones, neurons) = (&live.state.cones, &live.state.neurons);
                live.cells = cells_group(&self.opened.handle, &self.cells_layout, cones, neurons, &self.tint);
            }
        }
    }

    /// Draws a kept picture over several frames, up to `lines_a_frame` in each. Without this every picture is whole.
    pub fn draw_in_parts(&mut self, lines_a_frame: u32) {
        self.lines_a_frame = lines_a_frame.max(1);
    }

    /// Lines that this device draws in a frame without keeping anybody waiting.
    pub fn usual_part(&self) -> u32 {
        if self.software { SOFTWARE_LINES } else { HARDWARE_LINES }
    }

    /// The arrangement of the wells.
    pub fn arrangement(&self) -> &Arrangement {
        &self.arrangement
    }

    /// The step that is shown.
    pub fn step(&self) -> u32 {
        self.live.as_ref().map_or(self.shown.step, |live| live.state.step)
    }

    /// Whether the engine's own buffers are drawn.
    pub fn is_live(&self) -> bool {
        self.live.is_some()
    }

    /// The number of cones that are drawn.
    fn cone_count(&self) -> u32 {
        self.live
            .as_ref()
            .map_or(self.shown.cones.len() as u32, |live| live.state.cone_count)
    }

    /// The newest moment, without its changes of paths.
    pub fn shown(&self) -> &Moment {
        &self.shown
    }

    /// The growth cones of the newest moment.
    pub fn cones(&self) -> &[Cone] {
        &self.shown.cones
    }

    /// The cell bodies of the newest moment.
    pub fn neurons(&self) -> &[Neuron] {
        &self.shown.neurons
    }

    /// The paths of the cones of the newest moment.
    pub fn paths(&self) -> &[Vec<Node>] {
        self.axons.paths()
    }

    /// The concentrations of the newest moment, as in [`crate::model::world::World`].
    pub fn concentrations(&self) -> &[f32] {
        &self.shown.concentrations
    }

    /// The start of each well's first grid in the concentrations.
    pub fn grids(&self) -> &[u32] {
        &self.shown.grids
    }

    /// The dose that has the brightest colour: the plate fixes it, and who looks may choose a multiple.
    pub fn brightest_dose(&self, look: &Look) -> f32 {
        self.brightest.get(look.species).copied().unwrap_or(0.0) * look.field_range
    }

    /// Milliseconds by layer of a late frame, as the device measured them; empty where it cannot.
    pub fn timings(&mut self) -> &[(&'static str, f32)] {
        if let Some(times) = self.timing.times() {
            self.timings = times;
        }
        &self.timings
    }
}

fn frame_group(
    device: &Device,
    layout: &BindGroupLayout,
    frame: &Buffer,
    poses: &GrowingBuffer,
    movements: &GrowingBuffer,
) -> BindGroup {
    let resources = [frame, poses.buffer(), movements.buffer()].map(Buffer::as_entire_binding);
    group(device, "frame", layout, &resources)
}

fn cells_group(device: &Device, layout: &BindGroupLayout, cones: &Buffer, neurons: &Buffer, tint: &Tint) -> BindGroup {
    let resources = [cones, neurons, tint.colours()].map(Buffer::as_entire_binding);
    group(device, "cells", layout, &resources)
}

/// Whether a state lies in the buffers in which another lay.
fn is_bound(before: &OnDevice, state: &OnDevice) -> bool {
    before.cones == state.cones
        && before.neurons == state.neurons
        && before.concentrations == state.concentrations
        && before.pages == state.pages
}
