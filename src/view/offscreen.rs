//! Pictures without a window: the best adapter there is, a scene, and an image that can be saved.

use super::scene::{Scene, ViewRect};
use crate::engine::EngineError;
use crate::engine::gpu::adapters::{self, Wanted};
use crate::engine::gpu::device::{Device, failed};
use wgpu::{
    BufferDescriptor, BufferUsages, CommandEncoder, Extent3d, TextureDescriptor, TextureDimension, TextureFormat,
    TextureUsages, TextureView,
};

/// The format of pictures: sRGB-encoded bytes.
pub const FORMAT: TextureFormat = TextureFormat::Rgba8Unorm;

/// A device that draws into memory.
pub struct Offscreen {
    /// The device.
    pub device: Device,
    /// The adapter, for messages.
    pub adapter: wgpu::AdapterInfo,
}

/// An image: sRGB bytes, row by row from the top, four a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Width, in points.
    pub width: u32,
    /// Height, in points.
    pub height: u32,
    /// Red, green, blue and opacity of each point.
    pub rgba: Vec<u8>,
}

impl Offscreen {
    /// Opens an adapter: hardware where there is some, else a software driver.
    ///
    /// # Errors
    /// When there is no adapter at all, or it fails.
    pub async fn open(named: Option<&str>) -> Result<Self, EngineError> {
        let adapter = match named {
            Some(name) => adapters::choose(Wanted::named(name)).await?,
            None => match adapters::choose(Wanted::Hardware).await {
                Ok(adapter) => adapter,
                Err(_) => adapters::choose(Wanted::Software).await?,
            },
        };
        Ok(Offscreen {
            adapter: adapter.get_info(),
            device: Device::open(&adapter).await?,
        })
    }

    /// A scene for this device's pictures.
    ///
    /// # Errors
    /// When a shader is wrong.
    pub fn scene(&self) -> Result<Scene, EngineError> {
        let scene = Scene::new(&self.device, FORMAT).map_err(|error| failed("reading the shaders", &error))?;
        self.device.check("making the scene")?;
        Ok(scene)
    }

    /// The image that `draw` draws.
    ///
    /// # Errors
    /// When the size is beyond what the device can do, or it fails.
    pub fn image(
        &self,
        width: u32,
        height: u32,
        draw: impl FnOnce(&mut CommandEncoder, &TextureView, ViewRect),
    ) -> Result<Image, EngineError> {
        let largest = self.device.handle.limits().max_texture_dimension_2d;
        if width.max(height) > largest || width.min(height) == 0 {
            return Err(failed(
                "making room for a picture",
                &format!("{width} x {height} points; each edge may have 1 to {largest} on this device"),
            ));
        }
        let size = Extent3d {
            width,
            height,
            depth_or_array_layers: 1,
        };
        let texture = self.device.handle.create_texture(&TextureDescriptor {
            label: Some("picture"),
            size,
            mip_level_count: 1,
            sample_count: 1,
            dimension: TextureDimension::D2,
            format: FORMAT,
            usage: TextureUsages::RENDER_ATTACHMENT | TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let mut encoder = self.device.encoder("picture");
        let rect = ViewRect {
            x: 0,
            y: 0,
            width,
            height,
        };
        draw(&mut encoder, &texture.create_view(&Default::default()), rect);
        let row = (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
        let bytes = self.device.handle.create_buffer(&BufferDescriptor {
            label: Some("bytes of a picture"),
            size: u64::from(row) * u64::from(height),
            usage: BufferUsages::COPY_DST | BufferUsages::COPY_SRC,
            mapped_at_creation: false,
        });
        encoder.copy_texture_to_buffer(
            texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &bytes,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(row),
                    rows_per_image: None,
                },
            },
            size,
        );
        let count = bytes.size() as usize;
        let padded: Vec<u8> = self
            .device
            .submit_and_read(encoder, &bytes, count, "drawing a picture")?;
        let rows = padded.chunks_exact(row as usize);
        Ok(Image {
            width,
            height,
            rgba: rows.flat_map(|row| &row[..width as usize * 4]).copied().collect(),
        })
    }
}

impl Image {
    /// As a PNG file.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.rgba)?;
        Ok(file)
    }
}
