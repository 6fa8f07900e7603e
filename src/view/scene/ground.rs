//! The ground: everything under the axons. Wells as tiles of glass, the gel and its lines, the myokine field, muscle under
//! light, magnets and clamps. It is drawn as it should look, in linear light; axons add light to it or, on paper, take it.

mod style;

use super::layout::{Frame, Pose};
use crate::engine::gpu::sources::{IncludeError, stitched};
use crate::model::domain::Domain;
use crate::model::layout::NONE;
use crate::view::look::Theme;
use std::num::NonZero;
use std::ops::Range;
use wgpu::util::{BufferInitDescriptor, DeviceExt};
use wgpu::{
    BindGroup, BindGroupLayout, BindGroupLayoutEntry, BindingType, Buffer, BufferBindingType, BufferUsages, Device,
    RenderPass, RenderPipeline, ShaderModule, ShaderStages, TextureFormat,
};

pub use style::{Style, encoded, field_seen, surroundings};

/// Bits of [`Frame::layers`].
const FIELD: u32 = 1;
const GEL: u32 = 2;
const MUSCLE: u32 = 4;

/// Squares along an edge of a well whose gel moves unevenly.
const SQUARES: u32 = 16;
/// Bars of a well, at most; as in the shader.
const MOST_BARS: u32 = 64;

/// Draws the ground of every well of a plate.
#[derive(Debug)]
pub struct Ground {
    layout: BindGroupLayout,
    styles: Buffer,
    walls: Buffer,
    /// Of a gel that moves alike everywhere, and unevenly.
    uniform: [RenderPipeline; 2],
    gridded: [RenderPipeline; 2],
    rim: RenderPipeline,
    muscle: RenderPipeline,
    holder: RenderPipeline,
    bar: RenderPipeline,
    /// Floor and edges, where the gel has a height.
    height: Option<(RenderPipeline, RenderPipeline)>,
}

impl Ground {
    /// Pipelines for plates whose wells are `domain`. `frame_layout` is the layout of group 0: the frame's
    /// facts at binding 0 (uniform), the wells' poses at binding 1 (read-only storage), both for vertices and fragments.
    ///
    /// # Errors
    /// When a shader's parts are not there.
    pub fn new(
        device: &Device,
        frame_layout: &BindGroupLayout,
        format: TextureFormat,
        domain: &Domain,
    ) -> Result<Self, IncludeError> {
        let source = stitched("draw/ground.wgsl")?;
        let shader = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some("ground"),
            source: wgpu::ShaderSource::Wgsl(source.into()),
        });
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("ground"),
            entries: &[
                entry(0, BufferBindingType::Uniform, size_of::<[Style; 2]>() as u64),
                entry(1, BufferBindingType::Storage { read_only: true }, 4),
                entry(2, BufferBindingType::Storage { read_only: true }, 4),
            ],
        });
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("ground"),
            bind_group_layouts: &[Some(frame_layout), Some(&layout)],
            immediate_size: 0,
        });
        let has_walls = domain.walls.iter().any(|&solid| solid);
        let cut = |squares: u32, vertex: &str, fragment: &str, blended: bool| {
            let stages = (vertex, fragment);
            let constants = (has_walls, squares);
            pipeline(device, &pipeline_layout, &shader, stages, format, constants, blended)
        };
        let make = |vertex: &str, fragment: &str, blended: bool| cut(1, vertex, fragment, blended);
        let planar = domain.planar();
        let height = (!planar).then(|| {
            (
                make("floor_corner", "floor_light", false),
                make("edge_corner", "edge_light", true),
            )
        });
        let walls: Vec<f32> = if has_walls {
            domain.walls.iter().map(|&solid| f32::from(u8::from(solid))).collect()
        } else {
            vec![0.0]
        };
        let filled = |label, contents: &[u8], usage| {
            device.create_buffer_init(&BufferInitDescriptor {
                label: Some(label),
                contents,
                usage,
            })
        };
        let styles = [Style::of(Theme::Dark), Style::of(Theme::Light)];
        Ok(Ground {
            // In the plane a gel hides what is below it.
            uniform: [1, SQUARES].map(|squares| cut(squares, "gel_corner", "uniform_light", !planar)),
            gridded: [1, SQUARES].map(|squares| cut(squares, "gel_corner", "gridded_light", !planar)),
            rim: make("rim_corner", "rim_light", true),
            muscle: make("muscle_corner", "muscle_light", true),
            holder: make("holder_corner", "holder_light", true),
            bar: make("bar_corner", "holder_light", true),
            height,
            styles: filled(
                "styles of the ground",
                bytemuck::bytes_of(&styles),
                BufferUsages::UNIFORM,
            ),
            walls: filled("walls", bytemuck::cast_slice(&walls), BufferUsages::STORAGE),
            layout,
        })
    }

    /// Binds the concentrations that the field is drawn from; again whenever their buffer is another one. It holds at
    /// least one number.
    pub fn bind(&self, device: &Device, concentrations: &Buffer) -> BindGroup {
        let entries = [&self.styles, concentrations, &self.walls];
        let entries: Vec<_> = (0..)
            .zip(entries)
            .map(|(binding, buffer)| wgpu::BindGroupEntry {
                binding,
                resource: buffer.as_entire_binding(),
            })
            .collect();
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("ground"),
            layout: &self.layout,
            entries: &entries,
        })
    }

    /// Draws the wells that stand as `poses` say, with the group 0 (which holds the same poses and `frame`) and the group
    /// that [`Ground::bind`] made. Each well is drawn with no more than it has: a software driver pays for every question.
    pub fn draw(&self, pass: &mut RenderPass<'_>, group: &BindGroup, bound: &BindGroup, frame: &Frame, poses: &[Pose]) {
        let wells = poses.len() as u32;
        let shown = |layer: u32| frame.layers & layer != 0;
        let gridded = |pose: &Pose| pose.grid != NONE && shown(FIELD) && frame.brightest_dose > 0.0;
        pass.set_bind_group(0, group, &[]);
        pass.set_bind_group(1, bound, &[]);
        if let Some((floor, _)) = &self.height {
            pass.set_pipeline(floor);
            pass.draw(0..4, 0..wells);
            self.draw_rims(pass, wells);
        }
        let uneven = |pose: &Pose| pose.movement != NONE && pose.sway != 0.0;
        for (is_gridded, [even_gel, uneven_gel]) in [(false, &self.uniform), (true, &self.gridded)] {
            let of_kind = move |pose: &Pose| gridded(pose) == is_gridded;
            pass.set_pipeline(even_gel);
            runs(poses, |pose| of_kind(pose) && !uneven(pose)).for_each(|run| pass.draw(0..4, run));
            pass.set_pipeline(uneven_gel);
            let squares = SQUARES * SQUARES;
            runs(poses, |pose| of_kind(pose) && uneven(pose))
                .for_each(|run| pass.draw(0..4, squares * run.start..squares * run.end));
        }
        if shown(MUSCLE) {
            pass.set_pipeline(&self.muscle);
            runs(poses, |pose| pose.muscle_high_um.x > pose.muscle_low_um.x).for_each(|run| pass.draw(0..4, run));
        }
        if shown(GEL) {
            pass.set_pipeline(&self.holder);
            runs(poses, |pose| matches!(pose.holder, 1 | 2))
                .for_each(|run| pass.draw(0..4, 4 * run.start..4 * run.end));
            pass.set_pipeline(&self.bar);
            for (well, pose) in (0..).zip(poses).filter(|(_, pose)| pose.holder > 2) {
                pass.draw(0..4, MOST_BARS * well..MOST_BARS * well + pose.holder - 2);
            }
        }
        if let Some((_, edges)) = &self.height {
            pass.set_pipeline(edges);
            pass.draw(0..4, 0..12 * wells);
        } else {
            self.draw_rims(pass, wells);
        }
    }

    /// Rims lie in the plane of the floor: over a flat gel, below one with height.
    fn draw_rims(&self, pass: &mut RenderPass<'_>, wells: u32) {
        pass.set_pipeline(&self.rim);
        pass.draw(0..4, 0..4 * wells);
    }
}

/// Wells side by side that have something, as ranges.
fn runs<'a>(poses: &'a [Pose], has: impl Fn(&Pose) -> bool + 'a) -> impl Iterator<Item = Range<u32>> + 'a {
    let mut next = 0;
    std::iter::from_fn(move || {
        let begin = next + poses[next..].iter().position(&has)?;
        let length = poses[begin..]
            .iter()
            .position(|pose| !has(pose))
            .unwrap_or(poses.len() - begin);
        next = begin + length;
        Some(begin as u32..next as u32)
    })
}

fn entry(binding: u32, kind: BufferBindingType, least: u64) -> BindGroupLayoutEntry {
    BindGroupLayoutEntry {
        binding,
        visibility: ShaderStages::VERTEX_FRAGMENT,
        ty: BindingType::Buffer {
            ty: kind,
            has_dynamic_offset: false,
            min_binding_size: NonZero::new(least),
        },
        count: None,
    }
}

fn pipeline(
    device: &Device,
    layout: &wgpu::PipelineLayout,
    shader: &ShaderModule,
    (vertex, fragment): (&str, &str),
    format: TextureFormat,
    (has_walls, squares): (bool, u32),
    blended: bool,
) -> RenderPipeline {
    let constants = [
        ("has_walls", f64::from(u8::from(has_walls))),
        ("squares", f64::from(squares)),
    ];
    let options = wgpu::PipelineCompilationOptions {
        constants: &constants,
        ..Default::default()
    };
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(fragment),
        layout: Some(layout),
        vertex: wgpu::VertexState {
            module: shader,
            entry_point: Some(vertex),
            compilation_options: options.clone(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState {
            topology: wgpu::PrimitiveTopology::TriangleStrip,
            ..Default::default()
        },
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: shader,
            entry_point: Some(fragment),
            compilation_options: options,
            targets: &[Some(wgpu::ColorTargetState {
                format,
                blend: blended.then_some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                write_mask: wgpu::ColorWrites::ALL,
            })],
        }),
        multiview_mask: None,
        cache: None,
    })
}
