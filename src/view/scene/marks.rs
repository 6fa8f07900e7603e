//! Growth cones and cell bodies: a mark each, drawn from the cells' own buffers.

use super::pipelines::{ADD, PipelineSpec, pipeline};
use crate::engine::gpu::sources::IncludeError;
use wgpu::{BindGroupLayout, BlendState, Device, PrimitiveTopology, RenderPass, RenderPipeline, TextureFormat};

/// Points for each µm below which growth cones are not drawn: one is smaller than half a point then.
const COARSEST_PX_PER_UM: f64 = 0.03;

/// Points for each µm below which a growth cone is no more than a point: its mark could not be told from a dot.
const MARKED_PX_PER_UM: f64 = 0.12;

/// The pipelines of both.
pub struct CellMarks {
    cones: RenderPipeline,
    dots: RenderPipeline,
    somata: RenderPipeline,
}

impl CellMarks {
    /// Pipelines for pictures and exposures of two formats.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved.
    pub fn new(
        device: &Device,
        frame: &BindGroupLayout,
        cells: &BindGroupLayout,
        format: TextureFormat,
        exposure: TextureFormat,
    ) -> Result<Self, IncludeError> {
        let mark = |shader, fragment, target, blend, topology| {
            let wanted = PipelineSpec {
                shader,
                vertex: if topology == PrimitiveTopology::PointList {
                    "far_away"
                } else {
                    "stand"
                },
                fragment,
                groups: &[frame, cells],
                topology,
                target,
                blend: Some(blend),
                constants: &[],
            };
            pipeline(device, &wanted)
        };
        let over = BlendState::PREMULTIPLIED_ALPHA_BLENDING;
        Ok(CellMarks {
            cones: mark("cones", "show", format, over, PrimitiveTopology::TriangleStrip)?,
            dots: mark("cones", "show_dot", format, over, PrimitiveTopology::PointList)?,
            somata: mark("somata", "expose", exposure, ADD, PrimitiveTopology::TriangleStrip)?,
        })
    }

    /// Adds the light of cell bodies.
    pub fn draw_somata(&self, pass: &mut RenderPass<'_>, neurons: u32) {
        pass.set_pipeline(&self.somata);
        pass.draw(0..4, 0..neurons);
    }

    /// Draws the growth cones over the picture, unless they are too small to be seen.
    ///
    /// `scale` is how many points of the picture make one of a usual screen: there a dot is a mark of its own.
    pub fn draw_cones(&self, pass: &mut RenderPass<'_>, cones: u32, px_per_um: f64, scale: f64) {
        let seen = px_per_um / scale;
        let are_marks = seen >= MARKED_PX_PER_UM || scale > 1.0;
        if are_marks && seen >= COARSEST_PX_PER_UM {
            pass.set_pipeline(&self.cones);
            pass.draw(0..4, 0..cones);
        } else if seen >= COARSEST_PX_PER_UM {
            pass.set_pipeline(&self.dots);
            pass.draw(0..cones, 0..1);
        }
    }
}
