//! Axons on the device: the blocks of each well, drawn at the level of detail that the view can show; what changed since
//! the kept picture, drawn onto it.

use super::blocks::{POINTS, SEGMENTS, WellBlocks, level, points_of};
use super::buffer::GrowingBuffer;
use super::pipelines::{ADD, Binding, PipelineSpec, group, layout, pipeline};
use crate::engine::gpu::sources::IncludeError;
use crate::export::micrograph;
use crate::model::degeneration::Severed;
use crate::model::layout::{Cone, Node};
use crate::model::moment::PathChanges;
use bytemuck::{Pod, Zeroable};
use glam::Vec3;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use wgpu::{
    BindGroup, BindGroupLayout, BufferUsages, Device, PrimitiveTopology, Queue, RenderPass, RenderPipeline,
    TextureFormat,
};

/// Length on the screen that a straight piece of an axon may have for want of detail, in points. An end that is shorter is
/// left out.
const COARSE_PX: f64 = 1.5;
/// Blocks that have not changed but lie between changed ones are put on the device with them where they are this few.
const GAP: u32 = 8;
/// Length of the pieces that somata commonly draw out in days, µm.
const SOMA_WALK_UM: f64 = 30.0;
/// Changes that are drawn onto a kept picture before it is drawn anew.
const MOST_CHANGES: usize = 60_000;

/// A segment that was added to a kept picture or taken back from it.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
struct LineChange {
    from_um: Vec3,
    cone: u32,
    to_um: Vec3,
    weight: f32,
}

/// The facts for the draw of one well.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
struct WellDraw {
    pose: u32,
    level: u32,
    pad: [u32; 2],
}

/// The axons of one well.
struct WellAxons {
    blocks: WellBlocks,
    draw: wgpu::Buffer,
    points: GrowingBuffer,
    table: GrowingBuffer,
    group: BindGroup,
}

/// Lines that are still to be drawn: wells, the next of them last, and which of their lines.
#[derive(Clone, Debug, Default)]
pub struct PendingLines(Vec<(usize, Range<u32>)>);

impl PendingLines {
    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// All axons of a plate.
pub struct AxonLayer {
    settled: RenderPipeline,
    changed: RenderPipeline,
    last_bits: RenderPipeline,
    drawn_out: RenderPipeline,
    well_layout: BindGroupLayout,
    change_layout: BindGroupLayout,
    wells: Vec<WellAxons>,
    /// Each cone's path, its well and the blocks that hold the path.
    paths: Vec<Vec<Node>>,
    owners: Vec<u32>,
    chains: Vec<Vec<u32>>,
    changes: Vec<LineChange>,
    change_buffer: GrowingBuffer,
    change_group: BindGroup,
    severed_buffer: GrowingBuffer,
    severed_group: BindGroup,
    severed: SeveredCones,
    segment_um: f64,
    /// Level of detail: every second, fourth ... point is drawn.
    level: u32,
    /// Whether a well's axons are in the kept picture.
    kept: Vec<bool>,
    /// Lines taken back since the kept picture was drawn.
    taken_back: usize,
    /// More changed than is worth drawing onto a kept picture.
    outdated: bool,
}

impl AxonLayer {
    /// Pipelines that draw onto an exposure of a format, and no axons.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved.
    pub fn new(
        device: &Device,
        frame: &BindGroupLayout,
        cells: &BindGroupLayout,
        target: TextureFormat,
    ) -> Result<Self, IncludeError> {
        let well_layout = layout(
            device,
            "axons of a well",
            &[Binding::Uniform, Binding::Storage, Binding::Storage],
        );
        let change_layout = layout(device, "changed axons", &[Binding::Storage]);
        let lines = |shader, vertex, groups: &[&BindGroupLayout]| {
            let wanted = PipelineSpec {
                shader,
                vertex,
                fragment: "expose",
                groups,
                topology: PrimitiveTopology::TriangleStrip,
                target,
                blend: Some(ADD),
                constants: &[],
            };
            pipeline(device, &wanted)
        };
        let lines_of = |label| {
            let buffer = GrowingBuffer::new(device, label, BufferUsages::STORAGE);
            let group = group(device, label, &change_layout, &[buffer.buffer().as_entire_binding()]);
            (buffer, group)
        };
        let (change_buffer, change_group) = lines_of("changed axons");
        let (severed_buffer, severed_group) = lines_of("severed axons");
        Ok(AxonLayer {
            settled: lines("axons", "settled", &[frame, cells, &well_layout])?,
            changed: lines("new_axons", "changed", &[frame, cells, &change_layout])?,
            last_bits: lines("tips", "last_bits", &[frame, cells])?,
            drawn_out: lines("tips", "drawn_out", &[frame, cells])?,
            change_group,
            severed_buffer,
            severed_group,
            severed: SeveredCones::default(),
            well_layout,
            change_layout,
            wells: Vec::new(),
            paths: Vec::new(),
            owners: Vec::new(),
            chains: Vec::new(),
            changes: Vec::new(),
            change_buffer,
            segment_um: 5.0,
            level: 0,
            kept: Vec::new(),
            taken_back: 0,
            outdated: true,
        })
    }

    /// Begins with a plate of `wells` wells and no axons.
    pub fn open(&mut self, device: &Device, wells: usize, segment_um: f64) {
        self.wells = (0..wells).map(|_| self.well(device)).collect();
        self.paths.clear();
        self.owners.clear();
        self.chains.clear();
        self.segment_um = segment_um;
        self.outdated = true;
    }

    fn well(&self, device: &Device) -> WellAxons {
        let draw = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("draw of a well"),
            size: size_of::<WellDraw>() as u64,
            usage: BufferUsages::UNIFORM | BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let points = GrowingBuffer::new(device, "points of axons", BufferUsages::STORAGE);
        let table = GrowingBuffer::new(device, "blocks of axons", BufferUsages::STORAGE);
        WellAxons {
            blocks: WellBlocks::default(),
            group: well_group(device, &self.well_layout, &draw, &points, &table),
            draw,
            points,
            table,
        }
    }

    /// Distance between recorded points, µm: the shortest on the plate.
    pub fn segment_um(&self) -> f64 {
        self.segment_um
    }

    /// The paths of all cones.
    pub fn paths(&self) -> &[Vec<Node>] {
        &self.paths
    }

    /// Takes in what changed of the paths.
    pub fn take(&mut self, changes: &PathChanges, cones: &[Cone], step: u32) {
        for gone in cones.len()..self.chains.len() {
            let well = &mut self.wells[self.owners[gone] as usize];
            well.blocks.forget(&mut self.chains[gone]);
            self.outdated = true;
        }
        self.chains.resize_with(cones.len(), Vec::new);
        self.owners.truncate(cones.len());
        self.owners
            .extend(cones.iter().skip(self.owners.len()).map(|cone| cone.well));
        for change in &changes.changes {
            self.note(change.cone, change.keep as usize, -1.0);
        }
        changes.apply(&mut self.paths, cones.len());
        for change in &changes.changes {
            let cone = change.cone as usize;
            let owner = cones[cone].well;
            // After a way back in time another axon may have the same place.
            if self.owners[cone] != owner {
                let earlier = self.owners[cone] as usize;
                self.wells[earlier].blocks.forget(&mut self.chains[cone]);
                self.owners[cone] = owner;
                self.outdated = true;
            }
            let (keep, points) = (change.keep as usize, self.paths[cone].len());
            self.wells[owner as usize]
                .blocks
                .follow(&mut self.chains[cone], change.cone, keep, points, step);
            self.note(change.cone, keep, 1.0);
        }
    }

    /// Notes the lines of a path beyond its first `keep` points, as the kept picture has them, to be added or taken back. Of
    /// wells that are not in it nothing is noted.
    fn note(&mut self, cone: u32, keep: usize, weight: f32) {
        let owner = self.owners[cone as usize] as usize;
        let is_kept = !self.outdated && self.kept.get(owner).is_some_and(|&kept| kept);
        let Some(path) = self.paths.get(cone as usize).filter(|_| is_kept) else {
            return;
        };
        let stride = 1 << self.level;
        let (first, ends) = (keep.saturating_sub(1) / stride, path.len().saturating_sub(1) / stride);
        if weight < 0.0 {
            self.taken_back += ends.saturating_sub(first);
        }
        self.changes.extend((first..ends).map(|line| LineChange {
            from_um: path[line * stride].truncate(),
            cone,
            to_um: path[(line + 1) * stride].truncate(),
            weight,
        }));
        if self.changes.len() > MOST_CHANGES {
            self.outdated = true;
            self.changes.clear();
        }
    }

    /// Puts on the device what changed of the axons of a well that is about to be drawn, neighbours together.
    fn upload(&mut self, device: &Device, queue: &Queue, index: usize) {
        let well = &mut self.wells[index];
        let changed = well.blocks.take_changed();
        if changed.is_empty() {
            return;
        }
        let count = well.blocks.blocks().len() as u64;
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor {
            label: Some("room for axons"),
        });
        let more_points = well.points.reserve(device, Some(&mut encoder), count * POINT_BYTES);
        let more_blocks = well.table.reserve(device, Some(&mut encoder), count * BLOCK_BYTES);
        if more_points || more_blocks {
            queue.submit([encoder.finish()]);
            well.group = well_group(device, &self.well_layout, &well.draw, &well.points, &well.table);
        }
        for run in changed.chunk_by(|a, b| b - a <= GAP) {
            let (first, last) = (run[0], run[run.len() - 1]);
            let blocks = &well.blocks.blocks()[first as usize..=last as usize];
            queue.write_buffer(
                well.table.buffer(),
                u64::from(first) * BLOCK_BYTES,
                bytemuck::cast_slice(blocks),
            );
            let points: Vec<Node> = (first..)
                .zip(blocks)
                .flat_map(|(index, block)| match block.segments {
                    0 => [Node::ZERO; POINTS],
                    _ => points_of(&self.paths[block.cone as usize], well.blocks.place(index)),
                })
                .collect();
            queue.write_buffer(
                well.points.buffer(),
                u64::from(first) * POINT_BYTES,
                bytemuck::cast_slice(&points),
            );
        }
    }

    /// The level of detail for a view in which a µm has `px_per_um` points.
    pub fn level(&self, px_per_um: f64) -> u32 {
        level(self.segment_um, px_per_um, COARSE_PX)
    }

    /// Draws at a level of detail from now on, and keeps the axons of these wells.
    pub fn keep(&mut self, queue: &Queue, level: u32, wells: &[usize]) {
        self.level = level;
        self.kept = (0..self.wells.len()).map(|well| wells.contains(&well)).collect();
        for (index, well) in self.wells.iter().enumerate() {
            let draw = WellDraw {
                pose: index as u32,
                level,
                ..WellDraw::default()
            };
            queue.write_buffer(&well.draw, 0, bytemuck::bytes_of(&draw));
        }
    }

    /// Puts on the device what the axons of these wells lack there.
    pub fn prepare(&mut self, device: &Device, queue: &Queue, wells: &[usize]) {
        for &well in wells {
            self.upload(device, queue, well);
        }
    }

    /// All lines of the settled axons of some wells, which were prepared.
    pub fn lines(&self, wells: &[usize]) -> PendingLines {
        let lines = |&well: &usize| {
            let blocks = self.wells[well].blocks.blocks().len() as u32;
            (well, 0..blocks * (SEGMENTS as u32 >> self.level))
        };
        PendingLines(wells.iter().rev().map(lines).collect())
    }

    /// Draws up to `most` of the lines and takes them off. Returns the number of vertices.
    pub fn draw_settled(&self, pass: &mut RenderPass<'_>, lines: &mut PendingLines, most: u32) -> u64 {
        let mut left = most;
        pass.set_pipeline(&self.settled);
        while let Some((well, rest)) = lines.0.last_mut().filter(|_| left > 0) {
            let end = rest.end.min(rest.start.saturating_add(left));
            pass.set_bind_group(2, &self.wells[*well].group, &[]);
            pass.draw(0..4, rest.start..end);
            left -= end - rest.start;
            rest.start = end;
            if rest.start >= rest.end {
                lines.0.pop();
            }
        }
        4 * u64::from(most - left)
    }

    /// Whether the bits between the last recorded points and the cones are long enough to be seen.
    pub fn shows_last_bits(&self, px_per_um: f64) -> bool {
        self.segment_um * px_per_um > 0.6
    }

    /// Draws the bits between the last recorded points and the cones, where they are long enough to be seen.
    pub fn draw_last_bits(&self, pass: &mut RenderPass<'_>, cones: u32, px_per_um: f64) {
        if self.shows_last_bits(px_per_um) {
            pass.set_pipeline(&self.last_bits);
            pass.draw(0..4, 0..cones);
        }
    }

    /// Draws the pieces that somata have drawn out as they walked, where they are long enough to be seen.
    pub fn draw_drawn_out(&self, pass: &mut RenderPass<'_>, neurons: u32, px_per_um: f64) {
        if SOMA_WALK_UM * px_per_um > 0.6 {
            pass.set_pipeline(&self.drawn_out);
            pass.draw(0..4, 0..neurons);
        }
    }

    /// Whether a kept picture no longer shows these axons and has to be drawn anew.
    pub fn is_outdated(&self) -> bool {
        self.outdated
    }

    /// Whether a kept picture should be drawn anew some time: lines that were taken back leave traces.
    pub fn is_worn(&self) -> bool {
        let kept = self.wells.iter().zip(&self.kept).filter(|(_, kept)| **kept);
        let blocks: usize = kept.map(|(well, _)| well.blocks.blocks().len()).sum();
        self.taken_back > 500 + blocks * (SEGMENTS >> self.level) / 12
    }

    /// A kept picture was drawn anew: nothing has changed since.
    pub fn forget_changes(&mut self) {
        self.changes.clear();
        self.taken_back = 0;
        self.outdated = false;
    }

    /// Puts the changes on the device; returns their number. They are forgotten with [`AxonLayer::forget_drawn`].
    pub fn upload_changes(&mut self, device: &Device, queue: &Queue) -> u32 {
        if self.change_buffer.replace(device, queue, &self.changes) {
            let buffer = self.change_buffer.buffer().as_entire_binding();
            self.change_group = group(device, "changed axons", &self.change_layout, &[buffer]);
        }
        self.changes.len() as u32
    }

    /// Draws the changes onto a kept picture.
    pub fn draw_changes(&self, pass: &mut RenderPass<'_>, count: u32) {
        pass.set_pipeline(&self.changed);
        pass.set_bind_group(2, &self.change_group, &[]);
        pass.draw(0..4, 0..count);
    }

    /// Puts on the device what is left in `step` of the axons severed from some cones; returns the number of lines.
    pub fn upload_severed(
        &mut self,
        device: &Device,
        queue: &Queue,
        severed: &Arc<[Severed]>,
        cones: &[Cone],
        step: u32,
    ) -> u32 {
        self.severed.find(severed, cones);
        let mut lines: Vec<LineChange> = Vec::new();
        for (axon, place) in severed.iter().zip(&self.severed.places) {
            let Some(cone) = *place else { continue };
            lines.extend(axon.pieces_left(step).map(|(from_um, to_um)| LineChange {
                from_um,
                cone,
                to_um,
                weight: micrograph::SEVERED,
            }));
        }
        if self.severed_buffer.replace(device, queue, &lines) {
            let buffer = self.severed_buffer.buffer().as_entire_binding();
            self.severed_group = group(device, "severed axons", &self.change_layout, &[buffer]);
        }
        lines.len() as u32
    }

    /// Draws what is left of severed axons.
    pub fn draw_severed(&self, pass: &mut RenderPass<'_>, count: u32) {
        if count > 0 {
            pass.set_pipeline(&self.changed);
            pass.set_bind_group(2, &self.severed_group, &[]);
            pass.draw(0..4, 0..count);
        }
    }

    /// The changes are in the kept picture now.
    pub fn forget_drawn(&mut self) {
        self.changes.clear();
    }
}

/// The places of the cones from which axons were severed: those tell the well that they are drawn in, and their colour.
#[derive(Default)]
struct SeveredCones {
    of: Arc<[Severed]>,
    places: Vec<Option<u32>>,
}

impl SeveredCones {
    /// Finds them anew where others were severed. A cone keeps its place for ever, and has its identity in its well alone.
    fn find(&mut self, severed: &Arc<[Severed]>, cones: &[Cone]) {
        if Arc::ptr_eq(&self.of, severed) {
            return;
        }
        let places: HashMap<(u32, u32), u32> = (0..)
            .zip(cones)
            .map(|(place, cone)| ((cone.well, cone.id), place))
            .collect();
        let place_of = |axon: &Severed| places.get(&(axon.well, axon.cone)).copied();
        self.places = severed.iter().map(place_of).collect();
        self.of = severed.clone();
    }
}

const POINT_BYTES: u64 = (POINTS * size_of::<Node>()) as u64;
const BLOCK_BYTES: u64 = size_of::<super::blocks::Block>() as u64;

fn well_group(
    device: &Device,
    layout: &BindGroupLayout,
    draw: &wgpu::Buffer,
    points: &GrowingBuffer,
    table: &GrowingBuffer,
) -> BindGroup {
    let resources = [
        draw.as_entire_binding(),
        points.buffer().as_entire_binding(),
        table.buffer().as_entire_binding(),
    ];
    group(device, "axons of a well", layout, &resources)
}
