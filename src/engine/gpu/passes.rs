//! The passes and the order in which they make a step. Pipelines only: the buffers that they work on are in [`super::buffers`].

use super::bindings::Layouts;
use super::buffers::PlateBuffers;
use super::layout::GROUP;
use super::sources::{IncludeError, stitched};
use super::timing::Timing;
use crate::model::features::Features;
use wgpu::{BindGroup, BindGroupLayout, CommandEncoder, ComputePass, ComputePassDescriptor, ComputePipeline, Device};

/// Makes [`Passes`] from rows `name: view of the world, group 2`.
macro_rules! passes {
    ($($name:ident: $view:ident, $own:ident;)*) => {
        /// Every pass, by its name in `shaders/passes/`.
        pub struct Passes {
            $($name: Pass,)*
            /// The layouts of the data that they work on.
            pub layouts: Layouts,
            /// The features of the plates that they are for.
            pub features: Features,
        }

        impl Passes {
            /// Compiles every pass for plates with some features.
            ///
            /// # Errors
            /// When a shader's includes cannot be resolved. What the device finds wrong with a shader goes to its error handler.
            pub fn new(device: &Device, features: Features) -> Result<Self, IncludeError> {
                let layouts = Layouts::new(device);
                Ok(Passes {
                    $($name: Pass::new(device, stringify!($name), features, WorldView::$view, &layouts, &layouts.$own)?,)*
                    layouts,
                    features,
                })
            }
        }
    };
}

passes! {
    advance_clock: Cells, nothing;
    refresh_medium: Field, medium;
    answer_light: Field, light;
    forget_takers: Field, release;
    count_takers: Cells, growth;
    next_round: Cells, nothing;
    release_myokine: Field, release;
    diffuse_along_x: Field, lines;
    diffuse_along_y: Field, lines;
    diffuse_along_z: Field, lines;
    migrate_somata: Cells, somata;
    forget_tips: Cells, branches;
    count_tips: Cells, branches;
    grow_axons: Cells, growth;
    lay_axons: Cells, growth;
    thin_branches: Cells, branches;
    count_branches: Cells, branches;
    scan_branches: Cells, branches;
    place_branches: Cells, branches;
    begin_trails: Cells, branches;
    release_anchors: Cells, branches;
    settle_trails: Cells, branches;
}

/// The constants of `shaders/world/run.wgsl`: what a plate does not have is left out of its passes. Plates that are packed have the same, so
/// that their bits are.
fn constants(features: Features) -> [(&'static str, f64); 7] {
    let Features {
        walls,
        planar,
        crowd,
        grids,
        strain,
        strain_maps,
        fibres,
    } = features;
    [
        ("HAS_WALLS", walls),
        ("IN_PLANE", planar),
        ("HAS_CROWD", crowd),
        ("HAS_GRIDS", grids),
        ("HAS_STRAIN", strain),
        ("HAS_STRAIN_MAPS", strain_maps),
        ("HAS_FIBRES", fibres),
    ]
    .map(|(name, is)| (name, f64::from(u8::from(is))))
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
    /// One step of the plate, in the order in which it happens. The CPU engine has the same list.
    pub fn encode_step(&self, step: &mut Step<'_>, plate: &PlateBuffers) {
        step.run(&self.advance_clock, &plate.nothing, 1);
        if plate.has_medium {
            step.run(&self.refresh_medium, &plate.medium, plate.concentration_count);
        }
        if plate.has_light {
            step.run(&self.answer_light, &plate.light, plate.wells);
        }
        step.run(&self.forget_takers, &plate.release, plate.takers);
        for page in plate.pages.iter().filter(|_| plate.takers > 0) {
            step.run(&self.count_takers, &page.growth, plate.covered_on(page));
        }
        for round in 0..plate.field_rounds {
            if round > 0 {
                step.run(&self.next_round, &plate.nothing, 1);
            }
            step.run(&self.release_myokine, &plate.release, plate.concentration_count);
            for axis in plate.axes() {
                let diffuse_along = [&self.diffuse_along_x, &self.diffuse_along_y, &self.diffuse_along_z][axis];
                step.run(diffuse_along, &plate.lines, plate.lines_along(axis));
            }
        }
        step.run(&self.migrate_somata, &plate.somata, plate.neurons);
        if plate.thins_branches {
            step.run(&self.forget_tips, &plate.pages[0].tips, plate.neurons);
            for page in &plate.pages {
                step.run(&self.count_tips, &page.tips, plate.covered_on(page));
            }
        }
        for page in &plate.pages {
            step.run(&self.grow_axons, &page.growth, plate.covered_on(page));
        }
        for page in plate.pages.iter().filter(|_| plate.has_crowd) {
            step.run(&self.lay_axons, &page.growth, plate.covered_on(page));
        }
        if plate.thins_branches {
            for page in &plate.pages {
                step.run(&self.thin_branches, &page.tips, plate.covered_on(page));
            }
        }
        for page in &plate.pages {
            step.run(&self.count_branches, &page.branches, plate.covered_on(page));
        }
        step.run(&self.scan_branches, &plate.pages[0].branches, 1);
        for page in &plate.pages {
            step.run(&self.place_branches, &page.branches, plate.blocks());
        }
        for page in plate.pages.iter().filter(|_| plate.pages.len() > 1) {
            step.run(&self.begin_trails, &page.branches, plate.blocks());
        }
        for page in &plate.pages {
            step.run(&self.release_anchors, &page.branches, plate.covered_on(page));
        }
    }

    /// Tells the trails that the host has read them.
    pub fn encode_settling(&self, step: &mut Step<'_>, plate: &PlateBuffers) {
        for page in &plate.pages {
            step.run(&self.settle_trails, &page.branches, plate.covered_on(page));
        }
    }
}

impl Pass {
    fn new(
        device: &Device,
        name: &'static str,
        features: Features,
        view: WorldView,
        layouts: &Layouts,
        own: &BindGroupLayout,
    ) -> Result<Self, IncludeError> {
        let world = match view {
            WorldView::Field => &layouts.field,
            WorldView::Cells => &layouts.cells,
        };
        let source = stitched(&format!("passes/{name}.wgsl"))?;
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(name),
            source: wgpu::ShaderSource::Wgsl(source.into()),
        });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(name),
            bind_group_layouts: &[Some(&layouts.run), Some(world), Some(own)],
            immediate_size: 0,
        });
        let pipeline = device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(name),
            layout: Some(&layout),
            module: &module,
            entry_point: Some(name),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &constants(features),
                // The only workgroup memory is written before it is read.
                zero_initialize_workgroup_memory: false,
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
