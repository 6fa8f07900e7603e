//! The colours of growth cones and their axons, found by a compute pass once for each picture.

use super::buffer::GrowingBuffer;
use super::pipelines::{Binding, group, layout};
use crate::engine::gpu::sources::{IncludeError, stitched};
use wgpu::{
    BindGroup, BindGroupLayout, Buffer, BufferUsages, CommandEncoder, ComputePassDescriptor,
    ComputePassTimestampWrites, ComputePipeline, ComputePipelineDescriptor, Device, PipelineLayoutDescriptor,
    ShaderModuleDescriptor, ShaderSource,
};

/// Steps of the scale of ages, as in the shader.
const SCALE: u32 = 64;
/// Threads of a workgroup, as in the shader, and workgroups of a row.
const GROUP: u32 = 64;
const ROW: u32 = 32_768;
const COLOUR_BYTES: u64 = 16;

/// Finds colours.
pub struct Tint {
    pipeline: ComputePipeline,
    layout: BindGroupLayout,
    colours: GrowingBuffer,
}

impl Tint {
    /// The pipeline, and room for a few colours.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved.
    pub fn new(device: &Device, frame: &BindGroupLayout) -> Result<Self, IncludeError> {
        let own = layout(device, "colours", &[Binding::Storage, Binding::Written]);
        let module = device.create_shader_module(ShaderModuleDescriptor {
            label: Some("tint"),
            source: ShaderSource::Wgsl(stitched("draw/tint.wgsl")?.into()),
        });
        let pipeline_layout = device.create_pipeline_layout(&PipelineLayoutDescriptor {
            label: Some("tint"),
            bind_group_layouts: &[Some(frame), Some(&own)],
            immediate_size: 0,
        });
        let pipeline = device.create_compute_pipeline(&ComputePipelineDescriptor {
            label: Some("tint"),
            layout: Some(&pipeline_layout),
            module: &module,
            entry_point: Some("tint"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            cache: None,
        });
        let mut colours = GrowingBuffer::new(device, "colours", BufferUsages::STORAGE);
        colours.reserve(device, None, 2 * u64::from(SCALE) * COLOUR_BYTES);
        Ok(Tint {
            pipeline,
            layout: own,
            colours,
        })
    }

    /// The colours: the scale of ages, then one for each cone and its emphasis beside it.
    pub fn colours(&self) -> &Buffer {
        self.colours.buffer()
    }

    /// Makes room for `cones` cones. Returns whether the buffer is another one now.
    pub fn make_room(&mut self, device: &Device, cones: u32) -> bool {
        let count = u64::from(SCALE) + u64::from(cones);
        self.colours.reserve(device, None, count * COLOUR_BYTES)
    }

    /// Finds the colours of `count` cones, for which there is room. `frame` is the group 0.
    pub fn find(
        &self,
        device: &Device,
        encoder: &mut CommandEncoder,
        frame: &BindGroup,
        cones: &Buffer,
        count: u32,
        stamps: Option<ComputePassTimestampWrites<'_>>,
    ) {
        let resources = [cones, self.colours.buffer()].map(Buffer::as_entire_binding);
        let own = group(device, "colours", &self.layout, &resources);
        let groups = (SCALE + count).div_ceil(GROUP);
        let rows = groups.div_ceil(ROW);
        let mut pass = encoder.begin_compute_pass(&ComputePassDescriptor {
            label: Some("tint"),
            timestamp_writes: stamps,
        });
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, frame, &[]);
        pass.set_bind_group(1, &own, &[]);
        pass.dispatch_workgroups(groups.div_ceil(rows), rows, 1);
    }
}
