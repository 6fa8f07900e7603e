//! The textures that a picture is put together in.

use wgpu::{Device, Extent3d, Texture, TextureDescriptor, TextureDimension, TextureFormat, TextureUsages, TextureView};

/// Light, linear; it adds up and may exceed 1, and may be taken back.
pub const LIGHT: TextureFormat = TextureFormat::Rgba16Float;
/// How much smaller the glow is than the picture.
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
    /// What is drawn anew for each picture.
    pub moving: TextureView,
    /// The glow, and the half-done glow.
    pub glow: [TextureView; 2],
}

impl Targets {
    /// Makes them; a size of nothing becomes one point.
    pub fn new(device: &Device, size: [u32; 2]) -> Self {
        let size = size.map(|edge| edge.max(1));
        let small = size.map(|edge| edge.div_ceil(SHRINK));
        let view = |label, size| texture(device, label, size).create_view(&Default::default());
        Targets {
            size,
            ground: view("ground", size),
            kept: view("kept axons", size),
            moving: view("moving axons", size),
            glow: [view("glow", small), view("glow along one axis", small)],
        }
    }
}

fn texture(device: &Device, label: &str, [width, height]: [u32; 2]) -> Texture {
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
        format: LIGHT,
        usage: TextureUsages::RENDER_ATTACHMENT | TextureUsages::TEXTURE_BINDING,
        view_formats: &[],
    })
}
