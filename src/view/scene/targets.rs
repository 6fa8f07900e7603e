//! The textures that a picture is put together in.

use crate::engine::gpu::timing::Timing;
use wgpu::{
    Color, CommandEncoder, Device, Extent3d, LoadOp, Operations, RenderPass, RenderPassColorAttachment,
    RenderPassDescriptor, StoreOp, Texture, TextureDescriptor, TextureDimension, TextureFormat, TextureUsages,
    TextureView,
};

/// Light, linear; it adds up and may exceed 1, and may be taken back.
pub const LIGHT: TextureFormat = TextureFormat::Rgba16Float;
/// Light that much is drawn onto: in single precision where the device can blend that, since a software driver blends half
/// precision some ten times more slowly; hardware is faster with the half.
pub fn exposure(device: &Device, software: bool) -> TextureFormat {
    if software && device.features().contains(wgpu::Features::FLOAT32_BLENDABLE) {
        TextureFormat::Rgba32Float
    } else {
        LIGHT
    }
}

/// The ratio of the picture's size to the glow's.
const SHRINK: u32 = 4;

/// The textures of one size of picture.
#[derive(Debug)]
pub struct Targets {
    /// Width and height, in points.
    pub size: [u32; 2],
    /// Wells, field, gel and muscle.
    pub ground: TextureView,
    /// Axons that are kept from picture to picture.
    pub kept: TextureView,
    /// Axons and somata that are drawn anew for each picture.
    pub moving: TextureView,
    /// Darkness, in place of `moving` where nothing moves.
    pub nothing: TextureView,
    /// The glow, and the half-done glow.
    pub glow: [TextureView; 2],
}

impl Targets {
    /// Makes them; a size of nothing becomes one point.
    pub fn new(device: &Device, size: [u32; 2], exposure: TextureFormat) -> Self {
        let size = size.map(|edge| edge.max(1));
        let small = size.map(|edge| edge.div_ceil(SHRINK));
        let view = |label, size, format| texture(device, label, size, format).create_view(&Default::default());
        Targets {
            size,
            ground: view("ground", size, LIGHT),
            kept: view("kept axons", size, exposure),
            moving: view("moving axons", size, exposure),
            nothing: view("nothing", [1, 1], exposure),
            glow: [view("glow", small, LIGHT), view("glow along one axis", small, LIGHT)],
        }
    }
}

fn texture(device: &Device, label: &str, [width, height]: [u32; 2], format: TextureFormat) -> Texture {
    device.create_texture(&TextureDescriptor {
        label: Some(label),
        size: Extent3d {
            width,
            height,
            depth_or_array_layers: 1,
        },
        mip_level_count: 1,
        sample_count: 1,
        dimension: TextureDimension::D2,
        format,
        usage: TextureUsages::RENDER_ATTACHMENT | TextureUsages::TEXTURE_BINDING,
        view_formats: &[],
    })
}

/// Darkness, to which light is added.
pub const DARK: Option<Color> = Some(Color::TRANSPARENT);

/// Begins a pass onto a texture, cleared to a colour or as it is. `label` is the file in `shaders/draw/` that the pass is
/// there for, and its row among the times.
pub fn begin<'e>(
    encoder: &'e mut CommandEncoder,
    timing: &mut Timing,
    label: &'static str,
    view: &TextureView,
    clear: Option<Color>,
) -> RenderPass<'e> {
    let load = clear.map_or(LoadOp::Load, LoadOp::Clear);
    encoder.begin_render_pass(&RenderPassDescriptor {
        label: Some(label),
        color_attachments: &[Some(RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: Operations {
                load,
                store: StoreOp::Store,
            },
        })],
        timestamp_writes: timing.render_pass(label),
        ..Default::default()
    })
}
