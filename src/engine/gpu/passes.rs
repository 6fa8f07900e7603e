//! The passes and the order in which they make a step. Pipelines only: the buffers that they work on are in [`super::buffers`].

use super::bindings::Layouts;
use super::buffers::PlateBuffers;
use super::layout::GROUP;
use super::sources::{IncludeError, stitched};
use super::timing::Timing;
use wgpu::{BindGroup, BindGroupLayout, CommandEncoder, ComputePass, ComputePassDescriptor, ComputePipeline, Device};

/// Every pass, by its name in `shaders/passes/`.
pub struct Passes {
    advance_clock: Pass,
    refresh_medium: Pass,
    answer_light: Pass,
    release_myokine: Pass,
    diffuse_along: [Pass; 3],
    migrate_somata: Pass,
    forget_tips: Pass,
    count_tips: Pass,
    grow_axons: Pass,
    lay_axons: Pass,
    thin_branches: Pass,
    count_branches: Pass,
    scan_branches: Pass,
    place_branches: Pass,
    begin_trails: Pass,
    release_anchors: Pass,
    settle_trails: Pass,
    /// The layouts of the buffers that they work on.
    pub layouts: Layouts,
}

/// The view of the world that a pass has as its group 1.
#[derive(Clone, Copy)]
enum WorldView {
    Field,
    Cells,
}

struct Pass {
    /// Its name in `shaders/passes/`, its debug label and its row among the times.
    name: &'static str,
    pipeline: ComputePipeline,
    view: WorldView,
}

impl Passes {
    /// Compiles every pass.
    ///
    /// # Errors
    /// When a shader's includes cannot be resolved. Errors that the device finds in a shader go to its error handler.
    pub fn new(device: &Device) -> Result<Self, IncludeError> {
        let layouts = Layouts::new(device);
        let field = |name, own| Pass::new(device, name, WorldView::Field, [&layouts.run, &layouts.field, own]);
        let cells = |name, own| Pass::new(device, name, WorldView::Cells, [&layouts.run, &layouts.cells, own]);
        Ok(Passes {
            advance_clock: cells("advance_clock", &layouts.nothing)?,
            refresh_medium: field("refresh_medium", &layouts.medium)?,
            answer_light: field("answer_light", &layouts.light)?,
            release_myokine: field("release_myokine", &layouts.release)?,
            diffuse_along: [
                field("diffuse_along_x", &layouts.lines)?,
                field("diffuse_along_y", &layouts.lines)?,
                field("diffuse_along_z", &layouts.lines)?,
            ],
            migrate_somata: cells("migrate_somata", &layouts.somata)?,
            forget_tips: cells("forget_tips", &layouts.branches)?,
            count_tips: cells("count_tips", &layouts.branches)?,
            grow_axons: cells("grow_axons", &layouts.growth)?,
            lay_axons: cells("lay_axons", &layouts.growth)?,
            thin_branches: cells("thin_branches", &layouts.branches)?,
            count_branches: cells("count_branches", &layouts.branches)?,
            scan_branches: cells("scan_branches", &layouts.branches)?,
            place_branches: cells("place_branches", &layouts.branches)?,
            begin_trails: cells("begin_trails", &layouts.branches)?,
            release_anchors: cells("release_anchors", &layouts.branches)?,
            settle_trails: cells("settle_trails", &layouts.branches)?,
            layouts,
        })
    }

    /// One step of the plate, in the order in which it happens. The CPU engine has the same list.
    pub fn encode_step(&self, step: &mut Step<'_>, plate: &PlateBuffers) {
        step.run(&self.advance_clock, &plate.nothing, 1);
        if plate.has_medium {
            step.run(&self.refresh_medium, &plate.medium, plate.concentration_count);
        }
        if plate.has_light {
            step.run(&self.answer_light, &plate.light, plate.wells);
        }
        step.run(&self.release_myokine, &plate.release, plate.concentration_count);
        for axis in plate.axes() {
            step.run(&self.diffuse_along[axis], &plate.lines, plate.lines_along(axis));
        }
        step.run(&self.migrate_somata, &plate.somata, plate.neurons);
        if plate.thins_branches {
            step.run(&self.forget_tips, &plate.pages[0].tips, plate.neurons);
            for page in &plate.pages {
                step.run(&self.count_tips, &page.tips, page.cones);
            }
        }
        for page in &plate.pages {
            step.run(&self.grow_axons, &page.growth, page.cones);
        }
        for page in plate.pages.iter().filter(|_| plate.has_crowd) {
            step.run(&self.lay_axons, &page.growth, page.cones);
        }
        if plate.thins_branches {
            for page in &plate.pages {
                step.run(&self.thin_branches, &page.tips, page.cones);
            }
        }
        for page in &plate.pages {
            step.run(&self.count_branches, &page.branches, page.cones);
        }
        step.run(&self.scan_branches, &plate.pages[0].branches, 1);
        for page in &plate.pages {
            step.run(&self.place_branches, &page.branches, page.cones);
        }
        for page in &plate.pages {
            step.run(&self.begin_trails, &page.branches, page.cones);
        }
        for page in &plate.pages {
            step.run(&self.release_anchors, &page.branches, page.cones);
        }
    }

    /// Tells the trails that the host has read them.
    pub fn encode_settling(&self, step: &mut Step<'_>, plate: &PlateBuffers) {
        for page in &plate.pages {
            step.run(&self.settle_trails, &page.branches, page.cones);
        }
    }
}

impl Pass {
    fn new(
        device: &Device,
        name: &'static str,
        view: WorldView,
        groups: [&BindGroupLayout; 3],
    ) -> Result<Self, IncludeError> {
        let source = stitched(&format!("passes/{name}.wgsl"))?;
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(name),
            source: wgpu::ShaderSource::Wgsl(source.into()),
        });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(name),
            bind_group_layouts: &groups.map(Some),
            immediate_size: 0,
        });
        let pipeline = device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(name),
            layout: Some(&layout),
            module: &module,
            entry_point: Some(name),
            compilation_options: wgpu::PipelineCompilationOptions {
                // The only workgroup memory is written before it is read.
                zero_initialize_workgroup_memory: false,
                ..Default::default()
            },
            cache: None,
        });
        Ok(Pass { name, pipeline, view })
    }
}

/// Steps being written down for the device.
pub struct Step<'a> {
    encoder: &'a mut CommandEncoder,
    /// The pass that is being written; it ends when it is dropped.
    pass: Option<ComputePass<'static>>,
    /// Times the passes, which are written apart then.
    timing: Option<&'a mut Timing>,
    run: &'a BindGroup,
    field: &'a BindGroup,
    cells: &'a BindGroup,
    groups_per_row: u64,
}

impl<'a> Step<'a> {
    /// Begins steps of `plate`, the first of them timed where there is a `timing`.
    pub fn begin(encoder: &'a mut CommandEncoder, plate: &'a PlateBuffers, timing: Option<&'a mut Timing>) -> Self {
        Step {
            encoder,
            pass: None,
            timing,
            run: &plate.run,
            field: &plate.field,
            cells: &plate.cells,
            groups_per_row: plate.groups_per_row,
        }
    }

    /// Times no further steps.
    pub fn stop_timing(&mut self) {
        self.timing = None;
    }

    /// Runs a pass in at least `threads` threads.
    fn run(&mut self, pass: &Pass, own: &BindGroup, threads: u64) {
        let groups = threads.div_ceil(u64::from(GROUP));
        if groups == 0 {
            return;
        }
        let rows = groups.div_ceil(self.groups_per_row);
        let world = match pass.view {
            WorldView::Field => self.field,
            WorldView::Cells => self.cells,
        };
        let stamps = self.timing.as_mut().and_then(|timing| timing.compute_pass(pass.name));
        let timed = stamps.is_some();
        let mut encoded = match self.pass.take() {
            Some(open) if !timed => open,
            // Stamps are those of a pass, so one that is timed stands alone.
            open => {
                drop(open);
                let label = if timed { pass.name } else { "steps" };
                let mut begun = self.encoder.begin_compute_pass(&ComputePassDescriptor {
                    label: Some(label),
                    timestamp_writes: stamps,
                });
                begun.set_bind_group(0, self.run, &[]);
                begun.forget_lifetime()
            }
        };
        encoded.set_pipeline(&pass.pipeline);
        encoded.set_bind_group(1, world, &[]);
        encoded.set_bind_group(2, own, &[]);
        encoded.dispatch_workgroups(groups.div_ceil(rows) as u32, rows as u32, 1);
        self.pass = Some(encoded).filter(|_| !timed);
    }
}
