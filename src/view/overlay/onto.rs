//! The overlay of pictures that no window shows: an egui context of its own, painted onto a texture.

use super::{OverlayInput, draw, lettering};
use egui::{Context, LayerId, Painter, Pos2, RawInput, Rect, ViewportId, vec2};
use egui_wgpu::{Renderer, RendererOptions, ScreenDescriptor};
use wgpu::{CommandEncoder, Device, Queue, TextureFormat, TextureView};

/// Paints an overlay onto pictures.
pub struct Overlay {
    context: Context,
    renderer: Renderer,
}

impl Overlay {
    /// For pictures of a format without sRGB encoding of its own.
    pub fn new(device: &Device, format: TextureFormat) -> Self {
        let context = Context::default();
        lettering::complete(&context);
        Overlay {
            context,
            renderer: Renderer::new(device, format, RendererOptions::default()),
        }
    }

    /// Paints onto a picture of `size` points; `scale` is how many of them make a point of the lettering.
    pub fn paint(
        &mut self,
        (device, queue): (&Device, &Queue),
        encoder: &mut CommandEncoder,
        target: &TextureView,
        size: [u32; 2],
        scale: f32,
        mut paint: impl FnMut(&Painter, Rect),
    ) {
        let whole = Rect::from_min_size(Pos2::ZERO, vec2(size[0] as f32, size[1] as f32) / scale);
        let mut input = RawInput {
            screen_rect: Some(whole),
            ..RawInput::default()
        };
        input
            .viewports
            .entry(ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(scale);
        let painted = self.context.run_ui(input, |ui| {
            let painter = ui.ctx().layer_painter(LayerId::background());
            paint(&painter, whole);
        });
        for (id, deltas) in &painted.textures_delta.set {
            for delta in deltas {
                self.renderer.update_texture(device, queue, *id, delta);
            }
        }
        let shapes = self.context.tessellate(painted.shapes, painted.pixels_per_point);
        let screen = ScreenDescriptor {
            size_in_pixels: size,
            pixels_per_point: painted.pixels_per_point,
        };
        let before = self.renderer.update_buffers(device, queue, encoder, &shapes, &screen);
        queue.submit(before);
        let pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("lettering"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: target,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Load,
                    store: wgpu::StoreOp::Store,
                },
            })],
            depth_stencil_attachment: None,
            timestamp_writes: None,
            occlusion_query_set: None,
            multiview_mask: None,
        });
        self.renderer.render(&mut pass.forget_lifetime(), &shapes, &screen);
        for id in &painted.textures_delta.free {
            self.renderer.free_texture(id);
        }
    }

    /// Writes what [`draw`] writes over a picture.
    pub fn write(
        &mut self,
        device: (&Device, &Queue),
        encoder: &mut CommandEncoder,
        target: &TextureView,
        size: [u32; 2],
        scale: f32,
        input: &OverlayInput<'_>,
    ) {
        self.paint(device, encoder, target, size, scale, |painter, rect| {
            draw(painter, rect, input)
        });
    }
}
