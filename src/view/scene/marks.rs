//! Growth cones and cell bodies: a mark each, drawn from the cells' own buffers.

use super::pipelines::{ADD, Wanted, pipeline};
use super::targets::LIGHT;
use crate::engine::gpu::sources::IncludeError;
use wgpu::{BindGroupLayout, BlendState, Device, RenderPass, RenderPipeline, TextureFormat};

/// Points for each µm below which growth cones are not drawn: a well is a few dozen points wide then.
const COARSEST_PX_PER_UM: f64 = 0.012;

/// The pipelines of both.
pub struct Marks {
    cones: RenderPipeline,
    somata: RenderPipeline,
}

impl Marks {
    /// Pipelines for pictures of a format.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved.
    pub fn new(
        device: &Device,
        frame: &BindGroupLayout,
        cells: &BindGroupLayout,
        format: TextureFormat,
    ) -> Result<Self, IncludeError> {
        let mark = |shader, fragment, target, blend| {
            let wanted = Wanted {
                shader,
                vertex: "stand",
                fragment,
                groups: &[frame, cells],
                quads: true,
                target,
                blend: Some(blend),
                constants: &[],
            };
            pipeline(device, &wanted)
        };
        Ok(Marks {
            cones: mark("cones", "show", format, BlendState::PREMULTIPLIED_ALPHA_BLENDING)?,
            somata: mark("somata", "expose", LIGHT, ADD)?,
        })
    }

    /// Adds the light of cell bodies.
    pub fn draw_somata(&self, pass: &mut RenderPass<'_>, neurons: u32) {
        pass.set_pipeline(&self.somata);
        pass.draw(0..4, 0..neurons);
    }

    /// Draws the growth cones over the picture, unless they are too small to be seen.
    pub fn draw_cones(&self, pass: &mut RenderPass<'_>, cones: u32, px_per_um: f64) {
        if px_per_um >= COARSEST_PX_PER_UM {
            pass.set_pipeline(&self.cones);
            pass.draw(0..4, 0..cones);
        }
    }
}
