//! The dish where a graphics device draws it: the desktop's scene, drawn into a texture that egui shows.

use super::frames::Frames;
use crate::engines::Engines;
use eframe::egui::TextureId;
use eframe::egui_wgpu::RenderState;
use eframe::wgpu;
use outgrowth::engine::gpu::GpuEngine;
use outgrowth::engine::gpu::device::Device;
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::engine::{ComputesOn, EngineInfo};
use outgrowth::model::plate::Plate;
use outgrowth::view::camera::Camera;
use outgrowth::view::look::Look;
use outgrowth::view::scene::layout::Pose;
use outgrowth::view::scene::{Scene, ViewRect};

/// Bytes of the screen, as the scene and egui both have them.
const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;
/// What lies around the plate: the ground of the page's dish.
const GROUND: wgpu::Color = wgpu::Color {
    r: 0.035,
    g: 0.039,
    b: 0.05,
    a: 1.0,
};

/// A scene and the texture that it is drawn into.
pub struct DrawnScene {
    render: RenderState,
    device: Device,
    /// The scene.
    pub scene: Scene,
    target: Option<(wgpu::TextureView, [u32; 2], TextureId)>,
    frames: Frames,
}

impl DrawnScene {
    /// A scene on egui's own device.
    ///
    /// # Errors
    /// Why it cannot be drawn there, for people.
    pub fn new(render: &RenderState) -> Result<Self, String> {
        let device = Device::of(render.device.clone(), render.queue.clone());
        let mut scene = Scene::new(&device, FORMAT).map_err(|problem| problem.to_string())?;
        scene.draw_in_parts(scene.usual_part());
        Ok(Self {
            render: render.clone(),
            device,
            scene,
            target: None,
            frames: Frames::default(),
        })
    }

    /// The engine on the same device, so that what is computed need not travel to be drawn.
    pub fn engines(&self) -> Engines {
        let device = self.device.clone();
        let adapter = self.render.adapter.get_info();
        let named = if adapter.name.is_empty() {
            "graphics device"
        } else {
            adapter.name.as_str()
        };
        let info = EngineInfo {
            kind: ComputesOn::Gpu,
            device: named.to_owned(),
            pci: String::new(),
            driver: adapter.driver.clone(),
            backend: "WebGPU".to_owned(),
            reason: "the graphics device that draws the page".to_owned(),
        };
        Engines::device(move || {
            let (device, info) = (device.clone(), info.clone());
            Box::new(move |plate| {
                let engine = GpuEngine::on(plate, device.clone(), info.clone(), Tuning::default())?;
                Ok(Box::new(engine))
            })
        })
    }

    /// Begins a frame. Returns whether the device is behind: it should get nothing more to draw then.
    pub fn begin_frame(&mut self) -> bool {
        let late = self.frames.are_late();
        self.frames.hand_over(&self.device.queue);
        late
    }

    /// Calls something once all has been drawn that was handed to the device until now.
    pub fn once_drawn(&self, then: impl FnOnce() + Send + 'static) {
        self.device.queue.on_submitted_work_done(then);
    }

    /// Why the device is of no use any more; `None` while it works.
    pub fn fault(&self) -> Option<String> {
        self.device.check("drawing").err().map(|problem| problem.to_string())
    }

    /// Draws the plate. Returns the texture, and whether there is more to draw though nothing changes.
    pub fn draw(&mut self, camera: &Camera, look: &Look, wells: (&Plate, &[Pose]), wall_s: f64) -> (TextureId, bool) {
        let size = camera.size_px().max(glam::DVec2::ONE);
        let size = [size.x as u32, size.y as u32];
        let (view, id) = self.target_of(size);
        let mut encoder = self.device.encoder("dish");
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("clear"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(GROUND),
                    store: wgpu::StoreOp::Store,
                },
            })],
            ..Default::default()
        });
        let [width, height] = size;
        let rect = ViewRect {
            x: 0,
            y: 0,
            width,
            height,
        };
        let drawn = self.scene.draw(&mut encoder, &view, rect, camera, look, wells, wall_s);
        self.device.queue.submit([encoder.finish()]);
        (id, drawn.unfinished)
    }

    /// The texture of a size.
    fn target_of(&mut self, [width, height]: [u32; 2]) -> (wgpu::TextureView, TextureId) {
        if let Some((view, size, id)) = &self.target
            && *size == [width, height]
        {
            return (view.clone(), *id);
        }
        let texture = self.device.handle.create_texture(&wgpu::TextureDescriptor {
            label: Some("dish"),
            size: wgpu::Extent3d {
                width,
                height,
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let mut renderer = self.render.renderer.write();
        let (device, filter) = (&self.device.handle, wgpu::FilterMode::Nearest);
        let id = match self.target.take() {
            Some((_, _, id)) => {
                renderer.update_egui_texture_from_wgpu_texture(device, &view, filter, id);
                id
            }
            None => renderer.register_native_texture(device, &view, filter),
        };
        self.target = Some((view.clone(), [width, height], id));
        (view, id)
    }
}
