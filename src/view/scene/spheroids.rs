//! The light of the depth of spheroids: a ball for each, drawn with the cell bodies.

use super::buffer::GrowingBuffer;
use super::layout::Spheroid;
use super::pipelines::{ADD, Binding, PipelineSpec, group, layout, pipeline};
use crate::engine::gpu::sources::IncludeError;
use crate::export::micrograph::layers_of;
use crate::model::plate::Plate;
use wgpu::{
    BindGroup, BindGroupLayout, BufferUsages, Device, PrimitiveTopology, Queue, RenderPass, RenderPipeline,
    TextureFormat,
};

/// The spheroids of a plate.
pub struct Spheroids {
    pipeline: RenderPipeline,
    layout: BindGroupLayout,
    buffer: GrowingBuffer,
    group: BindGroup,
    count: u32,
}

impl Spheroids {
    /// A pipeline that draws onto an exposure of a format, and no spheroids.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved.
    pub fn new(
        device: &Device,
        frame: &BindGroupLayout,
        cells: &BindGroupLayout,
        exposure: TextureFormat,
    ) -> Result<Self, IncludeError> {
        let layout = layout(device, "spheroids", &[Binding::Storage]);
        let wanted = PipelineSpec {
            shader: "spheroids",
            vertex: "stand",
            fragment: "expose",
            groups: &[frame, cells, &layout],
            topology: PrimitiveTopology::TriangleStrip,
            target: exposure,
            blend: Some(ADD),
            constants: &[],
        };
        let buffer = GrowingBuffer::new(device, "spheroids", BufferUsages::STORAGE);
        Ok(Spheroids {
            pipeline: pipeline(device, &wanted)?,
            group: bound(device, &layout, &buffer),
            layout,
            buffer,
            count: 0,
        })
    }

    /// Shows those of another plate.
    pub fn open(&mut self, device: &Device, queue: &Queue, plate: &Plate) {
        let of_well = |(well, place)| {
            let placed = plate.explants_in(&place).into_iter();
            placed.map(move |placed| Spheroid {
                centre_um: placed.at_um.as_vec3(),
                radius_um: placed.explant.radius_um as f32,
                well,
                layers: layers_of(&placed.explant),
                pad: Default::default(),
            })
        };
        let spheroids: Vec<Spheroid> = (0..).zip(plate.wells()).flat_map(of_well).collect();
        self.count = spheroids.len() as u32;
        if self.buffer.replace(device, queue, &spheroids) {
            self.group = bound(device, &self.layout, &self.buffer);
        }
    }

    /// Adds their light. Groups 0 and 1 are the frame and the cells.
    pub fn draw(&self, pass: &mut RenderPass<'_>) {
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(2, &self.group, &[]);
        pass.draw(0..4, 0..self.count);
    }
}

fn bound(device: &Device, layout: &BindGroupLayout, spheroids: &GrowingBuffer) -> BindGroup {
    group(device, "spheroids", layout, &[spheroids.buffer().as_entire_binding()])
}
