//! The ground: everything under the axons. Wells as tiles of glass, the gel and its lines, the myokine field, muscle under
//! light, magnets and clamps. It is drawn in linear light: on a dark ground the film that follows saturates, on paper it is
//! what the paper reflects.

mod style;

use crate::engine::gpu::sources::{IncludeError, stitched};
use crate::model::plate::Domain;
use crate::view::look::Theme;
use std::num::NonZero;
use wgpu::util::{BufferInitDescriptor, DeviceExt};
use wgpu::{
    BindGroup, BindGroupLayout, BindGroupLayoutEntry, BindingType, Buffer, BufferBindingType, BufferUsages, Device,
    RenderPass, RenderPipeline, ShaderModule, ShaderStages, TextureFormat,
};

pub use style::{Style, field_seen, surroundings};

/// Draws the ground of every well of a plate.
#[derive(Debug)]
pub struct Ground {
    layout: BindGroupLayout,
    styles: Buffer,
    walls: Buffer,
    wells: RenderPipeline,
    /// Slice and edges, where the gel has a height.
    slice: Option<(RenderPipeline, RenderPipeline)>,
}

impl Ground {
    /// Makes what it takes to draw plates whose wells are `domain`. `frame_layout` is the layout of group 0: the frame's
    /// facts at binding 0 (uniform), the wells' poses at binding 1 (read-only storage), both for vertices and fragments.
    ///
    /// # Errors
    /// When a shader's parts are not there.
    pub fn new(
        device: &Device,
        frame_layout: &BindGroupLayout,
        format: TextureFormat,
        domain: &Domain,
    ) -> Result<Self, IncludeError> {
        let source = stitched("draw/ground.wgsl")?;
        let shader = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some("ground"),
            source: wgpu::ShaderSource::Wgsl(source.into()),
        });
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("ground"),
            entries: &[
                entry(0, BufferBindingType::Uniform, size_of::<[Style; 2]>() as u64),
                entry(1, BufferBindingType::Storage { read_only: true }, 4),
                entry(2, BufferBindingType::Storage { read_only: true }, 4),
            ],
        });
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("ground"),
            bind_group_layouts: &[Some(frame_layout), Some(&layout)],
            immediate_size: 0,
        });
        let has_walls = domain.walls.iter().any(|&solid| solid);
        let make = |vertex: &str, fragment: &str| {
            pipeline(device, &pipeline_layout, &shader, (vertex, fragment), format, has_walls)
        };
        let slice =
            (!domain.planar()).then(|| (make("slice_corner", "slice_light"), make("edge_corner", "edge_light")));
        let walls: Vec<f32> = if has_walls {
            domain.walls.iter().map(|&solid| f32::from(u8::from(solid))).collect()
        } else {
            vec![0.0]
        };
        let filled = |label, contents: &[u8], usage| {
            device.create_buffer_init(&BufferInitDescriptor {
                label: Some(label),
                contents,
                usage,
            })
        };
        let styles = [Style::of(Theme::Dark), Style::of(Theme::Light)];
        Ok(Ground {
            wells: make("well_corner", "well_light"),
            slice,
            styles: filled(
                "styles of the ground",
                bytemuck::bytes_of(&styles),
                BufferUsages::UNIFORM,
            ),
            walls: filled("walls", bytemuck::cast_slice(&walls), BufferUsages::STORAGE),
            layout,
        })
    }

    /// Binds the concentrations that the field is drawn from; again whenever their buffer is another one. It holds at
    /// least one number.
    pub fn bind(&self, device: &Device, concentrations: &Buffer) -> BindGroup {
        let entries = [&self.styles, concentrations, &self.walls];
        let entries: Vec<_> = (0..)
            .zip(entries)
            .map(|(binding, buffer)| wgpu::BindGroupEntry {
                binding,
                resource: buffer.as_entire_binding(),
            })
            .collect();
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("ground"),
            layout: &self.layout,
            entries: &entries,
        })
    }

    /// Draws `wells` wells with the group 0 and the group that [`Ground::bind`] made.
    pub fn draw(&self, pass: &mut RenderPass<'_>, frame: &BindGroup, bound: &BindGroup, wells: u32) {
        pass.set_bind_group(0, frame, &[]);
        pass.set_bind_group(1, bound, &[]);
        pass.set_pipeline(&self.wells);
        pass.draw(0..4, 0..wells);
        if let Some((slice, edges)) = &self.slice {
            pass.set_pipeline(slice);
            pass.draw(0..4, 0..wells);
            pass.set_pipeline(edges);
            pass.draw(0..4, 0..12 * wells);
        }
    }
}

fn entry(binding: u32, kind: BufferBindingType, least: u64) -> BindGroupLayoutEntry {
    BindGroupLayoutEntry {
        binding,
        visibility: ShaderStages::VERTEX_FRAGMENT,
        ty: BindingType::Buffer {
            ty: kind,
            has_dynamic_offset: false,
            min_binding_size: NonZero::new(least),
        },
        count: None,
    }
}

fn pipeline(
    device: &Device,
    layout: &wgpu::PipelineLayout,
    shader: &ShaderModule,
    (vertex, fragment): (&str, &str),
    format: TextureFormat,
    has_walls: bool,
) -> RenderPipeline {
    let constants = [("has_walls", f64::from(u8::from(has_walls)))];
    let options = wgpu::PipelineCompilationOptions {
        constants: &constants,
        ..Default::default()
    };
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(fragment),
        layout: Some(layout),
        vertex: wgpu::VertexState {
            module: shader,
            entry_point: Some(vertex),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState {
            topology: wgpu::PrimitiveTopology::TriangleStrip,
            ..Default::default()
        },
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: shader,
            entry_point: Some(fragment),
            compilation_options: options,
            targets: &[Some(wgpu::ColorTargetState {
                format,
                blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                write_mask: wgpu::ColorWrites::ALL,
            })],
        }),
        multiview_mask: None,
        cache: None,
    })
}
