//! stub
use super::window::{Graphics, Need, WindowError, title};
use crate::engine::EngineChoice;
use crate::engine::EngineInfo;
use std::time::Duration;
/// Opening
pub struct Opening {
    /// engine
    pub engine: EngineChoice,
}
/// App
pub struct App { info: EngineInfo, closed: bool }
#[allow(missing_docs)]
impl App {
    pub fn new(_: Opening, graphics: &Graphics, _: &egui::Context, _dark: bool) -> Result<Self, WindowError> {
        Ok(App { info: graphics.info.clone(), closed: false })
    }
    pub fn title(&self, graphics: &Graphics) -> String {
        title("exercise-2024", &self.info, &graphics.info, graphics.hardware)
    }
    pub fn show(&mut self, ui: &mut egui::Ui) {
        egui::Panel::left("side").show(ui, |ui| { ui.label("hello µm² →"); if ui.button("Play").clicked() { println!("clicked"); } });
    }
    pub fn draw(&mut self, encoder: &mut wgpu::CommandEncoder, view: &wgpu::TextureView, _: [u32; 2], _: f32) {
        let attachment = wgpu::RenderPassColorAttachment { view, depth_slice: None, resolve_target: None,
            ops: wgpu::Operations { load: wgpu::LoadOp::Clear(wgpu::Color { r: 0.0, g: 0.1, b: 0.1, a: 1.0 }), store: wgpu::StoreOp::Store } };
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor { label: Some("scene"), color_attachments: &[Some(attachment)], ..Default::default() });
    }
    pub fn need(&self) -> Need { Need::Nothing }
    pub fn has_shown(&mut self, _: Duration) {}
    pub fn lose_device(&mut self, _: &str) {}
    pub fn take_device(&mut self, _: &Graphics) -> Result<(), String> { Ok(()) }
    pub fn follow_system(&mut self, _: bool) {}
    pub fn close(&mut self) { self.closed = true; }
    pub fn end(&mut self) {}
    pub fn rescue(&mut self) {}
    pub fn is_closed(&self) -> bool { self.closed }
    pub fn take_failure(&mut self) -> Option<String> { None }
    pub fn tick(&mut self) -> bool { false }
}
