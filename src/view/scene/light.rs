//! From light to a picture: the light that is out of focus, and the film that shows the channels.

use super::ViewRect;
use super::pipelines::{Binding, PipelineSpec, group, layout, pipeline};
use super::plan::Exposed;
use super::targets::{DARK, LIGHT, Targets, begin};
use crate::engine::gpu::sources::IncludeError;
use crate::engine::gpu::timing::Timing;
use crate::view::look::Theme;
use wgpu::{
    BindGroup, BindGroupLayout, BindingResource, BufferUsages, CommandEncoder, Device, PrimitiveTopology, Queue,
    RenderPass, RenderPipeline, TextureFormat,
};

/// Blur and film.
pub struct Developer {
    shrink: RenderPipeline,
    blurs: [RenderPipeline; 2],
    /// On a dark ground, and on paper.
    films: [RenderPipeline; 2],
    shrink_layout: BindGroupLayout,
    blur_layout: BindGroupLayout,
    film_layout: BindGroupLayout,
    sampler: wgpu::Sampler,
    /// The picture's corner in the target.
    corner: wgpu::Buffer,
    /// In the order of [`Exposed`].
    shrink_groups: [BindGroup; 3],
    blur_groups: [BindGroup; 2],
    /// In the order of [`Exposed`].
    film_groups: [BindGroup; 3],
}

impl Developer {
    /// Pipelines for pictures of a format.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved.
    pub fn new(
        device: &Device,
        frame: &BindGroupLayout,
        targets: &Targets,
        format: TextureFormat,
    ) -> Result<Self, IncludeError> {
        let shrink_layout = layout(device, "shrinking", &[Binding::Picture; 2]);
        let blur_layout = layout(device, "blurring", &[Binding::Picture]);
        let film_layout = layout(
            device,
            "film",
            &[
                Binding::Picture,
                Binding::Picture,
                Binding::Picture,
                Binding::SmoothPicture,
                Binding::Smooth,
                Binding::Uniform,
            ],
        );
        let whole = |shader, fragment, groups: &[&BindGroupLayout], target, constants: &[(&str, f64)]| {
            let wanted = PipelineSpec {
                shader,
                vertex: "cover_all",
                fragment,
                groups,
                topology: PrimitiveTopology::TriangleList,
                target,
                blend: None,
                constants,
            };
            pipeline(device, &wanted)
        };
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("glow"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            ..Default::default()
        });
        let corner = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("corner of the picture"),
            size: 16,
            usage: BufferUsages::UNIFORM | BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Ok(Developer {
            shrink: whole("glow", "shrink", &[&shrink_layout], LIGHT, &[])?,
            blurs: [
                whole("blur", "blur", &[frame, &blur_layout], LIGHT, &[("ALONG_X", 1.0)])?,
                whole("blur", "blur", &[frame, &blur_layout], LIGHT, &[("ALONG_X", 0.0)])?,
            ],
            films: [
                whole("film", "develop_dark", &[frame, &film_layout], format, &[])?,
                whole("film", "develop_paper", &[frame, &film_layout], format, &[])?,
            ],
            shrink_groups: shrink_groups(device, &shrink_layout, targets),
            blur_groups: blur_groups(device, &blur_layout, targets),
            film_groups: film_groups(device, &film_layout, targets, &sampler, &corner),
            shrink_layout,
            blur_layout,
            film_layout,
            sampler,
            corner,
        })
    }

    /// Works with other textures from now on.
    pub fn bind(&mut self, device: &Device, targets: &Targets) {
        self.shrink_groups = shrink_groups(device, &self.shrink_layout, targets);
        self.blur_groups = blur_groups(device, &self.blur_layout, targets);
        self.film_groups = film_groups(device, &self.film_layout, targets, &self.sampler, &self.corner);
    }

    /// Draws the light out of focus.
    pub fn glow(
        &self,
        encoder: &mut CommandEncoder,
        frame: &BindGroup,
        targets: &Targets,
        exposed: Exposed,
        timing: &mut Timing,
    ) {
        let [glow, half_done] = &targets.glow;
        let stages = [
            ("glow", glow, &self.shrink, None, &self.shrink_groups[exposed as usize]),
            ("blur", half_done, &self.blurs[0], Some(frame), &self.blur_groups[0]),
            ("blur", glow, &self.blurs[1], Some(frame), &self.blur_groups[1]),
        ];
        for (label, target, pipeline, frame, group) in stages {
            let mut pass = begin(encoder, timing, label, target, DARK);
            pass.set_pipeline(pipeline);
            for (place, group) in frame.into_iter().chain([group]).enumerate() {
                pass.set_bind_group(place as u32, group, &[]);
            }
            pass.draw(0..3, 0..1);
        }
    }

    /// Develops the picture into a rectangle of the target.
    pub fn develop(
        &self,
        pass: &mut RenderPass<'_>,
        queue: &Queue,
        frame: &BindGroup,
        rect: ViewRect,
        (theme, exposed): (Theme, Exposed),
    ) {
        let corner = [rect.x as f32, rect.y as f32, 0.0, 0.0];
        queue.write_buffer(&self.corner, 0, bytemuck::cast_slice(&corner));
        pass.set_pipeline(&self.films[usize::from(theme == Theme::Light)]);
        pass.set_bind_group(0, frame, &[]);
        pass.set_bind_group(1, &self.film_groups[exposed as usize], &[]);
        pass.draw(0..3, 0..1);
    }
}

/// Two pictures to be added for each way of [`Exposed`].
fn exposures(targets: &Targets) -> [[&wgpu::TextureView; 2]; 3] {
    [
        [&targets.kept, &targets.nothing],
        [&targets.kept, &targets.moving],
        [&targets.moving, &targets.nothing],
    ]
}

fn shrink_groups(device: &Device, layout: &BindGroupLayout, targets: &Targets) -> [BindGroup; 3] {
    exposures(targets).map(|pictures| group(device, "shrinking", layout, &pictures.map(BindingResource::TextureView)))
}

fn blur_groups(device: &Device, layout: &BindGroupLayout, targets: &Targets) -> [BindGroup; 2] {
    let reading = |view| group(device, "blurring", layout, &[BindingResource::TextureView(view)]);
    [reading(&targets.glow[0]), reading(&targets.glow[1])]
}

fn film_groups(
    device: &Device,
    layout: &BindGroupLayout,
    targets: &Targets,
    sampler: &wgpu::Sampler,
    corner: &wgpu::Buffer,
) -> [BindGroup; 3] {
    exposures(targets).map(|[first, second]| {
        let resources = [
            BindingResource::TextureView(&targets.ground),
            BindingResource::TextureView(first),
            BindingResource::TextureView(second),
            BindingResource::TextureView(&targets.glow[0]),
            BindingResource::Sampler(sampler),
            corner.as_entire_binding(),
        ];
        group(device, "film", layout, &resources)
    })
}
