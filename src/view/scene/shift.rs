//! The kept picture of the axons, moved instead of drawn anew: while a flat gel is strained, and while the view travels on
//! a software driver, which could not draw every axon for every picture.

use super::layout::Pose;
use super::pipelines::{ADD, Binding, PipelineSpec, group, layout, pipeline};
use super::targets::Targets;
use crate::engine::gpu::sources::IncludeError;
use crate::model::layout::NONE;
use wgpu::{
    BindGroup, BindGroupLayout, BindingResource, Buffer, Device, PrimitiveTopology, RenderPass, RenderPipeline,
    TextureFormat,
};

/// Squares along an edge of a well's mesh, as in the shader.
fn squares_of(pose: &Pose) -> u32 {
    if pose.movement != NONE && pose.sway != 0.0 {
        16
    } else {
        8
    }
}

/// Draws wells from the kept picture.
pub struct Shift {
    pipeline: RenderPipeline,
    layout: BindGroupLayout,
    group: BindGroup,
}

impl Shift {
    /// A pipeline that draws onto an exposure of a format. `kept_frame` holds the facts with which the picture was drawn.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved.
    pub fn new(
        device: &Device,
        frame: &BindGroupLayout,
        kept_frame: &Buffer,
        targets: &Targets,
        exposure: TextureFormat,
    ) -> Result<Self, IncludeError> {
        let layout = layout(device, "moved axons", &[Binding::Uniform, Binding::Picture]);
        let wanted = PipelineSpec {
            shader: "shift",
            vertex: "stand",
            fragment: "move_light",
            groups: &[frame, &layout],
            topology: PrimitiveTopology::TriangleList,
            target: exposure,
            blend: Some(ADD),
            constants: &[],
        };
        Ok(Shift {
            pipeline: pipeline(device, &wanted)?,
            group: bound(device, &layout, kept_frame, targets),
            layout,
        })
    }

    /// Works with other textures from now on.
    pub fn bind(&mut self, device: &Device, kept_frame: &Buffer, targets: &Targets) {
        self.group = bound(device, &self.layout, kept_frame, targets);
    }

    /// Draws wells where they are now. The group 0 is that of the present frame, with these poses.
    pub fn draw(&self, pass: &mut RenderPass<'_>, wells: &[usize], poses: &[Pose]) {
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(1, &self.group, &[]);
        for &well in wells {
            let squares = poses.get(well).map_or(0, squares_of);
            pass.draw(0..6 * squares * squares, well as u32..well as u32 + 1);
        }
    }
}

fn bound(device: &Device, layout: &BindGroupLayout, kept_frame: &Buffer, targets: &Targets) -> BindGroup {
    let resources = [
        kept_frame.as_entire_binding(),
        BindingResource::TextureView(&targets.kept),
    ];
    group(device, "moved axons", layout, &resources)
}
