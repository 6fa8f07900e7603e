//! The graphics of a window: the adapter that can draw on it, the device on that adapter and the surface between both.

use super::error::WindowError;
use crate::engine::EngineInfo;
use crate::engine::gpu::adapters;
use crate::engine::gpu::device::Device;
use std::sync::Arc;
use winit::event_loop::OwnedDisplayHandle;
use winit::window::Window;

/// The adapter, device and surface that draw a window.
pub struct Graphics {
    window: Arc<Window>,
    instance: wgpu::Instance,
    surface: wgpu::Surface<'static>,
    /// The device; an engine may share it.
    pub device: Device,
    /// Its adapter, in words.
    pub info: EngineInfo,
    /// Whether the adapter is hardware.
    pub hardware: bool,
    config: wgpu::SurfaceConfiguration,
    /// Whether the surface is configured as `config` says.
    configured: bool,
}

/// The texture to draw on now, if there is one.
pub enum Canvas {
    /// A texture of the surface.
    Ready(wgpu::SurfaceTexture),
    /// Nothing for now: the window is hidden, has no area, or the screen is busy.
    Later,
    /// Nothing any more: the device has to be opened again.
    Lost(String),
}

impl Graphics {
    /// Opens the adapter that fits the window best, or the one whose name contains `name`.
    ///
    /// # Errors
    /// When no adapter can draw on this window, or its device cannot be opened.
    pub fn open(window: Arc<Window>, display: OwnedDisplayHandle, name: Option<&str>) -> Result<Self, WindowError> {
        let descriptor = wgpu::InstanceDescriptor::new_with_display_handle_from_env(Box::new(display));
        let instance = wgpu::Instance::new(descriptor);
        let no_adapter = |reason: &dyn std::fmt::Display| WindowError::NoAdapter(reason.to_string());
        let surface = instance.create_surface(Arc::clone(&window)).map_err(|problem| {
            tracing::info!("{problem}");
            no_adapter(&"no graphics driver for this display could be loaded")
        })?;
        let adapter = pollster::block_on(adapters::for_surface(&instance, &surface, name))
            .map_err(|problem| no_adapter(&problem))?;
        let device = pollster::block_on(Device::open(&adapter)).map_err(|problem| no_adapter(&problem))?;
        let size = window.inner_size();
        let mut config = surface
            .get_default_config(&adapter, size.width, size.height)
            .ok_or_else(|| no_adapter(&format!("{} does not draw on this display", adapter.get_info().name)))?;
        let formats = surface.get_capabilities(&adapter).formats;
        config.format = plain(&formats).unwrap_or(config.format);
        // Always there, and never draws more often than the screen shows.
        config.present_mode = wgpu::PresentMode::Fifo;
        let mut graphics = Self {
            window,
            instance,
            surface,
            device,
            info: adapters::info(&adapter, "draws the window"),
            hardware: adapters::is_hardware(&adapter),
            config,
            configured: false,
        };
        graphics.resize(size.width, size.height);
        Ok(graphics)
    }

    /// The format of the surface's colours.
    pub fn format(&self) -> wgpu::TextureFormat {
        self.config.format
    }

    /// Width and height of the surface, in pixels; never larger than the device allows.
    pub fn size(&self) -> [u32; 2] {
        [self.config.width, self.config.height]
    }

    /// Follows the window to another size. A window without area keeps its surface as it was.
    pub fn resize(&mut self, width: u32, height: u32) {
        let largest = self.device.handle.limits().max_texture_dimension_2d;
        if width > 0 && height > 0 {
            self.config.width = width.min(largest);
            self.config.height = height.min(largest);
            self.configured = false;
        }
    }

    /// The texture to draw on.
    pub fn canvas(&mut self) -> Canvas {
        let size = self.window.inner_size();
        if size.width == 0 || size.height == 0 {
            return Canvas::Later;
        }
        // Twice: a surface that no longer fits is set up anew, once.
        for _ in 0..2 {
            if let Err(problem) = self.configure() {
                return Canvas::Lost(problem);
            }
            match self.surface.get_current_texture() {
                wgpu::CurrentSurfaceTexture::Success(texture) => return Canvas::Ready(texture),
                wgpu::CurrentSurfaceTexture::Suboptimal(texture) => {
                    // Good enough for this frame; the next one fits.
                    self.configured = false;
                    return Canvas::Ready(texture);
                }
                wgpu::CurrentSurfaceTexture::Timeout | wgpu::CurrentSurfaceTexture::Occluded => return Canvas::Later,
                wgpu::CurrentSurfaceTexture::Outdated => self.configured = false,
                wgpu::CurrentSurfaceTexture::Lost => match self.instance.create_surface(Arc::clone(&self.window)) {
                    Ok(surface) => {
                        self.surface = surface;
                        self.configured = false;
                    }
                    Err(problem) => return Canvas::Lost(problem.to_string()),
                },
                wgpu::CurrentSurfaceTexture::Validation => {
                    return Canvas::Lost(self.fault().unwrap_or_else(|| "the device is gone".to_owned()));
                }
            }
        }
        // A window that is being dragged to another size changes faster than its surface.
        Canvas::Later
    }

    /// Shows what was drawn.
    pub fn show(&self, texture: wgpu::SurfaceTexture) {
        self.window.pre_present_notify();
        self.device.queue.present(texture);
    }

    /// The first error that the device has reported, if any.
    pub fn fault(&self) -> Option<String> {
        self.device.check("drawing").err().map(|error| error.to_string())
    }

    fn configure(&mut self) -> Result<(), String> {
        if !self.configured {
            self.surface.configure(&self.device.handle, &self.config);
            if let Some(problem) = self.fault() {
                return Err(problem);
            }
            self.configured = true;
        }
        Ok(())
    }
}

/// A format whose numbers reach the screen as they are: panels blend in them.
fn plain(formats: &[wgpu::TextureFormat]) -> Option<wgpu::TextureFormat> {
    use wgpu::TextureFormat::{Bgra8Unorm, Rgba8Unorm};
    formats
        .iter()
        .copied()
        .find(|format| matches!(format, Bgra8Unorm | Rgba8Unorm))
}
