//! Render pipelines and bind groups are made here: from a shader file and the names of its entry points.

use crate::engine::gpu::sources::{IncludeError, stitched};
use wgpu::{
    BindGroup, BindGroupLayout, BindGroupLayoutDescriptor, BindGroupLayoutEntry, BindingType, BlendComponent,
    BlendFactor, BlendOperation, BlendState, BufferBindingType, ColorTargetState, ColorWrites, Device,
    PrimitiveTopology, RenderPipeline, ShaderStages, TextureFormat,
};

/// Light that adds up.
pub const ADD: BlendState = BlendState {
    color: BlendComponent {
        src_factor: BlendFactor::One,
        dst_factor: BlendFactor::One,
        operation: BlendOperation::Add,
    },
    alpha: BlendComponent {
        src_factor: BlendFactor::One,
        dst_factor: BlendFactor::One,
        operation: BlendOperation::Add,
    },
};

/// A pipeline to be made.
pub struct PipelineSpec<'a> {
    /// The shader, by its path below `shaders/draw/` and without its ending; also the pipeline's name.
    pub shader: &'a str,
    /// Its entry points.
    pub vertex: &'a str,
    /// See `vertex`.
    pub fragment: &'a str,
    /// Bind groups in order.
    pub groups: &'a [&'a BindGroupLayout],
    /// The primitives that its vertices make.
    pub topology: PrimitiveTopology,
    /// The format of its target.
    pub target: TextureFormat,
    /// Its blending with what is there.
    pub blend: Option<BlendState>,
    /// Constants of the shader.
    pub constants: &'a [(&'a str, f64)],
}

/// Makes a pipeline.
///
/// # Errors
/// When a shader's includes cannot be resolved. What the device finds wrong goes to its error handler.
pub fn pipeline(device: &Device, wanted: &PipelineSpec<'_>) -> Result<RenderPipeline, IncludeError> {
    let source = stitched(&format!("draw/{}.wgsl", wanted.shader))?;
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(wanted.shader),
        source: wgpu::ShaderSource::Wgsl(source.into()),
    });
    let groups: Vec<Option<&BindGroupLayout>> = wanted.groups.iter().map(|group| Some(*group)).collect();
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some(wanted.shader),
        bind_group_layouts: &groups,
        immediate_size: 0,
    });
    let compilation_options = wgpu::PipelineCompilationOptions {
        constants: wanted.constants,
        ..Default::default()
    };
    Ok(device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(wanted.shader),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some(wanted.vertex),
            compilation_options: compilation_options.clone(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState {
            topology: wanted.topology,
            ..Default::default()
        },
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some(wanted.fragment),
            compilation_options,
            targets: &[Some(ColorTargetState {
                format: wanted.target,
                blend: wanted.blend,
                write_mask: ColorWrites::ALL,
            })],
        }),
        multiview_mask: None,
        cache: None,
    }))
}

/// The resource of a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Uniform data.
    Uniform,
    /// Data that is read.
    Storage,
    /// Data that a compute pass writes.
    Written,
    /// A picture read point by point.
    Picture,
    /// A picture read smoothly.
    SmoothPicture,
    /// A smooth sampler.
    Smooth,
}

/// The layout of a bind group, seen by every stage.
pub fn layout(device: &Device, label: &str, kinds: &[Binding]) -> BindGroupLayout {
    let entries: Vec<BindGroupLayoutEntry> = kinds
        .iter()
        .enumerate()
        .map(|(binding, kind)| BindGroupLayoutEntry {
            binding: binding as u32,
            visibility: match kind {
                Binding::Written => ShaderStages::COMPUTE,
                _ => ShaderStages::VERTEX_FRAGMENT | ShaderStages::COMPUTE,
            },
            ty: match kind {
                Binding::Uniform => buffer(BufferBindingType::Uniform),
                Binding::Storage => buffer(BufferBindingType::Storage { read_only: true }),
                Binding::Written => buffer(BufferBindingType::Storage { read_only: false }),
                Binding::Picture => picture(false),
                Binding::SmoothPicture => picture(true),
                Binding::Smooth => BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
            },
            count: None,
        })
        .collect();
    device.create_bind_group_layout(&BindGroupLayoutDescriptor {
        label: Some(label),
        entries: &entries,
    })
}

fn picture(filterable: bool) -> BindingType {
    BindingType::Texture {
        sample_type: wgpu::TextureSampleType::Float { filterable },
        view_dimension: wgpu::TextureViewDimension::D2,
        multisampled: false,
    }
}

fn buffer(ty: BufferBindingType) -> BindingType {
    BindingType::Buffer {
        ty,
        has_dynamic_offset: false,
        min_binding_size: None,
    }
}

/// A bind group of a layout, with its resources in order.
pub fn group(
    device: &Device,
    label: &str,
    layout: &BindGroupLayout,
    resources: &[wgpu::BindingResource<'_>],
) -> BindGroup {
    let entries: Vec<wgpu::BindGroupEntry<'_>> = resources
        .iter()
        .enumerate()
        .map(|(binding, resource)| wgpu::BindGroupEntry {
            binding: binding as u32,
            resource: resource.clone(),
        })
        .collect();
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some(label),
        layout,
        entries: &entries,
    })
}
