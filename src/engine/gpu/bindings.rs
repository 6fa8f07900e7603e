//! Bind groups, tersely: a layout is a list of how each binding is used, a group the list of its buffers.

use wgpu::{BindGroup, BindGroupLayout, Buffer, BufferBindingType, Device};

/// A pass's use of a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A storage buffer that it reads.
    Read,
    /// A storage buffer that it changes.
    Write,
    /// A uniform buffer.
    Uniform,
}

/// The layout whose bindings 0, 1, ... are used as `accesses` says.
pub fn layout(device: &Device, label: &str, accesses: &[Access]) -> BindGroupLayout {
    let entries: Vec<_> = accesses
        .iter()
        .enumerate()
        .map(|(binding, access)| wgpu::BindGroupLayoutEntry {
            binding: binding as u32,
            visibility: wgpu::ShaderStages::COMPUTE,
            ty: wgpu::BindingType::Buffer {
                ty: match access {
                    Access::Read => BufferBindingType::Storage { read_only: true },
                    Access::Write => BufferBindingType::Storage { read_only: false },
                    Access::Uniform => BufferBindingType::Uniform,
                },
                has_dynamic_offset: false,
                min_binding_size: None,
            },
            count: None,
        })
        .collect();
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some(label),
        entries: &entries,
    })
}

/// The group that binds `buffers` to 0, 1, ...
pub fn group(device: &Device, label: &str, layout: &BindGroupLayout, buffers: &[&Buffer]) -> BindGroup {
    let entries: Vec<_> = buffers
        .iter()
        .enumerate()
        .map(|(binding, buffer)| wgpu::BindGroupEntry {
            binding: binding as u32,
            resource: buffer.as_entire_binding(),
        })
        .collect();
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some(label),
        layout,
        entries: &entries,
    })
}

/// Layouts of bind groups: 0 is the run, 1 the world (the field to change, or what cells read of it), 2 the pass.
pub struct Layouts {
    /// Group 0.
    pub run: BindGroupLayout,
    /// Group 1 of passes that change the field.
    pub field: BindGroupLayout,
    /// Group 1 of passes that move cells.
    pub cells: BindGroupLayout,
    /// Group 2 of a pass that needs none.
    pub nothing: BindGroupLayout,
    /// Group 2 of changes of medium: wells, treatments, kinds of voxels.
    pub medium: BindGroupLayout,
    /// Group 2 of light: wells, treatments.
    pub light: BindGroupLayout,
    /// Group 2 of release: myokines, sources, kinds of voxels.
    pub release: BindGroupLayout,
    /// Group 2 of diffusion: coefficients and working memory.
    pub lines: BindGroupLayout,
    /// Group 2 of migration: neurons.
    pub somata: BindGroupLayout,
    /// Group 2 of growth: cones, trails, page, sums of uptake and of axons.
    pub growth: BindGroupLayout,
    /// Group 2 of branching: cones, trails, page, branches by block or tips by neuron.
    pub branches: BindGroupLayout,
}

impl Layouts {
    /// Makes every layout.
    pub fn new(device: &Device) -> Self {
        use Access::{Read, Uniform, Write};
        let layout = |label, accesses: &[Access]| layout(device, label, accesses);
        Layouts {
            run: layout("run", &[Write, Uniform, Uniform]),
            field: layout("field", &[Write, Write, Write, Read]),
            cells: layout("cells", &[Read, Read, Read, Read]),
            nothing: layout("nothing", &[]),
            medium: layout("medium", &[Read, Read, Read]),
            light: layout("light", &[Read, Read]),
            release: layout("release", &[Read, Read, Read]),
            lines: layout("lines", &[Read, Write]),
            somata: layout("somata", &[Write]),
            growth: layout("growth", &[Write, Write, Uniform, Write]),
            branches: layout("branches", &[Write, Write, Uniform, Write]),
        }
    }
}
