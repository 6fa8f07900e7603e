//! Puts a frame together: the plate's scene below, the panels above it.

use super::graphics::{Canvas, Graphics};
use egui_wgpu::{Renderer, RendererOptions, ScreenDescriptor};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The shapes of the panels, ready to be drawn.
pub struct PanelShapes {
    /// Their triangles.
    pub primitives: Vec<egui::ClippedPrimitive>,
    /// Letters and pictures that are new or no longer needed.
    pub textures: egui::TexturesDelta,
    /// Pixels for each point.
    pub pixels_per_point: f32,
}

/// The end of a frame.
pub enum Painted {
    /// It is on the screen.
    Shown,
    /// There was nothing to draw on; the window is asked again when something changes.
    Later,
    /// The device is gone.
    Lost(String),
}

/// Draws panels on a surface.
pub struct Painter {
    renderer: Renderer,
}

impl Painter {
    /// A painter for the surface of `graphics`.
    pub fn new(graphics: &Graphics) -> Self {
        let options = RendererOptions {
            // Noise against steps in smooth shades, of which the panels have few: not worth its time to a software driver.
            dithering: graphics.hardware,
            ..RendererOptions::default()
        };
        let renderer = Renderer::new(&graphics.device.handle, graphics.format(), options);
        Self { renderer }
    }

    /// Draws a frame. `below` draws what lies under the panels on the whole surface, of which it is given a view.
    ///
    /// A driver that dies in the middle of a frame may show as a panic in the library that speaks to it; that is a lost
    /// device like any other.
    pub fn paint(
        &mut self,
        graphics: &mut Graphics,
        panels: PanelShapes,
        below: &mut dyn FnMut(&mut wgpu::CommandEncoder, &wgpu::TextureView, [u32; 2]),
    ) -> Painted {
        let painted = catch_unwind(AssertUnwindSafe(|| self.paint_unguarded(graphics, panels, below)));
        let painted = painted.unwrap_or_else(|_| Painted::Lost("the driver stopped in the middle of a frame".into()));
        match graphics.fault() {
            Some(fault) => Painted::Lost(fault),
            None => painted,
        }
    }

    fn paint_unguarded(
        &mut self,
        graphics: &mut Graphics,
        panels: PanelShapes,
        below: &mut dyn FnMut(&mut wgpu::CommandEncoder, &wgpu::TextureView, [u32; 2]),
    ) -> Painted {
        let PanelShapes {
            primitives,
            mut textures,
            pixels_per_point,
        } = panels;
        let (fresh, finished) = (std::mem::take(&mut textures.set), std::mem::take(&mut textures.free));
        let device = graphics.device.clone();
        // Also where nothing can be shown: the panels say only once that a texture is new.
        for (id, change) in fresh
            .iter()
            .flat_map(|(id, changes)| changes.iter().map(move |change| (id, change)))
        {
            self.renderer.update_texture(&device.handle, &device.queue, *id, change);
        }
        let painted = match graphics.canvas() {
            Canvas::Later => Painted::Later,
            Canvas::Lost(why) => Painted::Lost(why),
            Canvas::Ready(texture) => {
                let screen = ScreenDescriptor {
                    size_in_pixels: graphics.size(),
                    pixels_per_point,
                };
                let view = texture.texture.create_view(&wgpu::TextureViewDescriptor::default());
                let mut encoder = device.encoder("frame");
                let buffers =
                    self.renderer
                        .update_buffers(&device.handle, &device.queue, &mut encoder, &primitives, &screen);
                below(&mut encoder, &view, screen.size_in_pixels);
                self.draw_panels(&mut encoder, &view, &primitives, &screen);
                device.queue.submit(buffers.into_iter().chain([encoder.finish()]));
                graphics.show(texture);
                Painted::Shown
            }
        };
        for id in &finished {
            self.renderer.free_texture(id);
        }
        painted
    }

    fn draw_panels(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        view: &wgpu::TextureView,
        primitives: &[egui::ClippedPrimitive],
        screen: &ScreenDescriptor,
    ) {
        let attachment = wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations {
                load: wgpu::LoadOp::Load,
                store: wgpu::StoreOp::Store,
            },
        };
        let pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("panels"),
            color_attachments: &[Some(attachment)],
            ..Default::default()
        });
        self.renderer.render(&mut pass.forget_lifetime(), primitives, screen);
    }
}
