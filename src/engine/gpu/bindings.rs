//! Bind groups, tersely: a layout is a list of how each binding is used, a group the list of its buffers.

use wgpu::{BindGroup, BindGroupLayout, Buffer, BufferBindingType, Device};

/// How a pass uses a buffer.
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
