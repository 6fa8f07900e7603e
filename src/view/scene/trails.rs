//! The engine's own buffers in the scene: growth cones, somata and field are drawn from where they are computed, and what
//! has grown since the paths were last read from the trails of the cones.

use super::buffer::GrowingBuffer;
use super::pipelines::{ADD, Binding, PipelineSpec, group, layout, pipeline};
use crate::engine::gpu::layout::Page;
use crate::engine::gpu::on_device::OnDevice;
use crate::engine::gpu::sources::IncludeError;
use bytemuck::{Pod, Zeroable};
use wgpu::{
    BindGroup, BindGroupLayout, Buffer, BufferDescriptor, BufferUsages, Device, PrimitiveTopology, Queue, RenderPass,
    RenderPipeline, TextureFormat,
};

/// A growth cone is hardly ever faster than this, µm/h: it bounds the lines that a stretch of time can have added.
const FASTEST_UM_PER_H: f64 = 120.0;

/// The facts for the draw of a page of trails; twin of the struct in the shader.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
struct TrailDraw {
    first: u32,
    cones: u32,
    ring: u32,
    lines: u32,
    known: u32,
    pad: [u32; 3],
}

/// Draws the newest stretches of axons.
pub struct Trails {
    pipeline: RenderPipeline,
    layout: BindGroupLayout,
    /// Points of each path that are drawn already.
    settled: GrowingBuffer,
    known: u32,
    pages: Vec<PageDraw>,
}

/// A page that is bound.
struct PageDraw {
    page: Page,
    facts: Buffer,
    trails: Buffer,
    group: BindGroup,
}

impl Trails {
    /// A pipeline that draws onto an exposure of a format, and no trails.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved.
    pub fn new(
        device: &Device,
        frame: &BindGroupLayout,
        cells: &BindGroupLayout,
        exposure: TextureFormat,
    ) -> Result<Self, IncludeError> {
        let layout = layout(
            device,
            "trails",
            &[Binding::Uniform, Binding::Storage, Binding::Storage],
        );
        let wanted = PipelineSpec {
            shader: "trails",
            vertex: "recent",
            fragment: "expose",
            groups: &[frame, cells, &layout],
            topology: PrimitiveTopology::TriangleStrip,
            target: exposure,
            blend: Some(ADD),
            constants: &[],
        };
        Ok(Trails {
            pipeline: pipeline(device, &wanted)?,
            layout,
            settled: GrowingBuffer::new(device, "points that are drawn", BufferUsages::STORAGE),
            known: 0,
            pages: Vec::new(),
        })
    }

    /// Takes note of the points of each path that are drawn already.
    pub fn settle(&mut self, device: &Device, queue: &Queue, points: &[u32]) {
        self.known = points.len() as u32;
        if self.settled.replace(device, queue, points) {
            for page in &mut self.pages {
                page.group = bound(device, &self.layout, &page.facts, &page.trails, &self.settled);
            }
        }
    }

    /// Draws from these trails from now on.
    pub fn follow(&mut self, device: &Device, state: &OnDevice) {
        self.pages = state
            .pages
            .iter()
            .map(|(page, trails)| {
                let facts = device.create_buffer(&BufferDescriptor {
                    label: Some("draw of trails"),
                    size: size_of::<TrailDraw>() as u64,
                    usage: BufferUsages::UNIFORM | BufferUsages::COPY_DST,
                    mapped_at_creation: false,
                });
                PageDraw {
                    page: *page,
                    group: bound(device, &self.layout, &facts, trails, &self.settled),
                    facts,
                    trails: trails.clone(),
                }
            })
            .collect();
    }

    /// Draws the stretches that the cones of `state` have grown within `since_h` hours. Groups 0 and 1 are the frame and the cells.
    pub fn draw(&self, pass: &mut RenderPass<'_>, queue: &Queue, state: &OnDevice, since_h: f64, segment_um: f64) {
        let grown = (since_h * FASTEST_UM_PER_H / segment_um).ceil() as u32 + 2;
        let lines = grown.min(state.ring - 1);
        pass.set_pipeline(&self.pipeline);
        for page in &self.pages {
            let cones = state.cone_count.saturating_sub(page.page.first).min(page.page.cones);
            let facts = TrailDraw {
                first: page.page.first,
                cones,
                ring: state.ring,
                lines,
                known: self.known,
                ..TrailDraw::default()
            };
            queue.write_buffer(&page.facts, 0, bytemuck::bytes_of(&facts));
            pass.set_bind_group(2, &page.group, &[]);
            pass.draw(0..4, 0..cones * lines);
        }
    }
}

fn bound(
    device: &Device,
    layout: &BindGroupLayout,
    facts: &Buffer,
    trails: &Buffer,
    settled: &GrowingBuffer,
) -> BindGroup {
    let resources = [facts, trails, settled.buffer()].map(Buffer::as_entire_binding);
    group(device, "trails", layout, &resources)
}
