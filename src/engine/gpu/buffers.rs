//! A plate on the device: its buffers and bind groups. A reset is new data for the same passes.

use super::bindings::{Layouts, group};
use super::device::Device;
use super::layout::{Clock, GROUP, Room};
use super::trails::{self, TrailPage};
use super::tuning::Tuning;
use crate::engine::EngineError;
use crate::model::layout::{Cone, Fibres, Treatment};
use crate::model::tables::Tables;
use crate::model::world::World;
use wgpu::{BindGroup, Buffer};

/// The buffers and bind groups that passes work on.
pub struct PlateBuffers {
    pub(super) clock: Buffer,
    pub(super) cones: Buffer,
    pub(super) neuron_states: Buffer,
    pub(super) concentrations: Buffer,
    /// Numbers of cones that take up, and behind them the sums of the crowd.
    pub(super) tallies: Buffer,
    pub(super) fibres: Buffer,
    room_buffer: Buffer,
    sums: Buffer,
    tips: Buffer,
    pub(super) room: Room,
    pub(super) run: BindGroup,
    pub(super) field: BindGroup,
    pub(super) cells: BindGroup,
    pub(super) nothing: BindGroup,
    pub(super) medium: BindGroup,
    pub(super) light: BindGroup,
    pub(super) release: BindGroup,
    pub(super) lines: BindGroup,
    pub(super) somata: BindGroup,
    pub(super) pages: Vec<TrailPage>,
    /// Cones that the passes cover.
    pub(super) covered: u32,
    pub(super) groups_per_row: u64,
    pub(super) concentration_count: u64,
    pub(super) has_medium: bool,
    pub(super) has_light: bool,
    pub(super) has_crowd: bool,
    pub(super) takers: u64,
    pub(super) field_rounds: u32,
    pub(super) thins_branches: bool,
    pub(super) wells: u64,
    pub(super) neurons: u64,
    voxels: [u64; 3],
    grids: u64,
}

impl PlateBuffers {
    /// Puts a plate on the device; `crowd` are the sums of axons and cones of `world`, see [`crate::model::crowd`].
    ///
    /// # Errors
    /// When something is larger than the device allows, or a path is not as long as its cone says.
    pub fn new(
        device: &Device,
        layouts: &Layouts,
        tables: &Tables,
        world: &World,
        crowd: &[i32],
        tuning: &Tuning,
    ) -> Result<Self, EngineError> {
        let handle = &device.handle;
        let count = world.cones.len() as u32;
        let clock = Clock {
            done: world.step,
            goal: world.step,
            cones: count,
            parents: count,
            ..Clock::default()
        };
        let room = Room {
            ring: tuning.ring(&tables.treatments),
            spare: trails::spare(&tables.treatments),
            cones: cone_room(device, count, tuning)?,
            takes_up: u32::from(tables.takes_up),
        };
        let clock = device.storage("clock", &[clock])?;
        let facts = device.uniform("run", &tables.run);
        let room_buffer = device.uniform("room", &room);
        let treatments = device.storage("treatments", &tables.treatments)?;
        let myokines = device.storage("myokines", &tables.myokines)?;
        let wells = device.storage("wells", &tables.wells)?;
        let sources = device.storage("sources", &tables.sources)?;
        let grids = device.storage("grids", &tables.grids)?;
        let kinds = device.storage("kinds of voxels", &tables.kinds)?;
        let coefficients = device.storage("coefficients of diffusion", &tables.coefficients)?;
        let field = [&world.concentrations[..], &tables.maps, &tables.medium].concat();
        let concentrations = device.storage("concentrations", &field)?;
        let swept = device.empty_storage("working memory of diffusion", concentrations.size())?;
        let tallies = device.storage("sums by voxel", &[&vec![0; tables.taker_count()], crowd].concat())?;
        let fibres = device.storage("muscle fibres", &world.fibres)?;
        let neuron_states = device.storage("neurons", &world.neurons)?;
        let cones = device.empty_storage("cones", cone_bytes(room.cones))?;
        device.write(&cones, 0, &world.cones);
        let sums = sums(device, room.cones)?;
        let tips = device.empty_storage("tips by neuron", world.neurons.len().max(1) as u64 * 4)?;
        let treated = |has: &dyn Fn(&Treatment) -> bool| tables.treatments.iter().any(has);
        let mut plate = PlateBuffers {
            run: group(handle, "run", &layouts.run, &[&clock, &facts, &room_buffer]),
            field: group(
                handle,
                "field",
                &layouts.field,
                &[&concentrations, &tallies, &fibres, &grids],
            ),
            cells: group(
                handle,
                "cells",
                &layouts.cells,
                &[&treatments, &myokines, &wells, &concentrations],
            ),
            nothing: group(handle, "nothing", &layouts.nothing, &[]),
            medium: group(handle, "medium", &layouts.medium, &[&wells, &treatments, &kinds]),
            light: group(handle, "light", &layouts.light, &[&wells, &treatments]),
            release: group(handle, "release", &layouts.release, &[&myokines, &sources, &kinds]),
            lines: group(handle, "lines", &layouts.lines, &[&coefficients, &swept]),
            somata: group(handle, "somata", &layouts.somata, &[&neuron_states]),
            pages: Vec::new(),
            covered: 0,
            groups_per_row: tuning.row(device.groups_per_dimension()),
            concentration_count: world.concentrations.len() as u64,
            has_medium: treated(&|treatment| treatment.medium.every > 0),
            has_light: treated(&|treatment| treatment.light.sessions.length > 0)
                || world.fibres.iter().any(|fibres| *fibres != Fibres::default()),
            has_crowd: !crowd.is_empty(),
            takers: tables.taker_count() as u64,
            field_rounds: tables.run.field_rounds,
            thins_branches: tables.thins_branches(),
            wells: tables.wells.len() as u64,
            neurons: world.neurons.len() as u64,
            voxels: tables.run.voxels.to_array().map(u64::from),
            grids: tables.grids.len() as u64,
            clock,
            cones,
            neuron_states,
            concentrations,
            tallies,
            fibres,
            room_buffer,
            sums,
            tips,
            room,
        };
        plate.add_pages(device, layouts, tuning)?;
        plate.cover(count, 0);
        for page in &plate.pages {
            page.fill(device, &world.cones, &world.paths, &room)?;
        }
        Ok(plate)
    }

    /// Axes along which there is something to diffuse.
    pub fn axes(&self) -> impl Iterator<Item = usize> + use<> {
        let (voxels, grids) = (self.voxels, self.grids);
        (0..3).filter(move |&axis| grids > 0 && voxels[axis] > 1)
    }

    /// Lines of voxels along `axis`, over all grids.
    pub fn lines_along(&self, axis: usize) -> u64 {
        self.voxels.iter().product::<u64>() / self.voxels[axis] * self.grids
    }

    /// Lets the passes cover so many cones and those that are born in the steps of a submission: an eighth more, or twice as many as
    /// were born in the last. There is room for more, and what a pass covers in vain takes time on every device.
    pub fn cover(&mut self, cones: u32, born: u32) {
        let more = (cones / 8).max(born.saturating_mul(2));
        let wished = u64::from(cones.max(1)) + u64::from(more);
        let wished = wished.next_multiple_of(u64::from(GROUP));
        self.covered = wished.min(u64::from(self.room.cones)) as u32;
    }

    /// Cones of a page that the passes cover.
    pub fn covered_on(&self, page: &TrailPage) -> u64 {
        page.cones
            .min(u64::from(self.covered).saturating_sub(page.first as u64))
    }

    /// Blocks of cones that the passes cover.
    pub fn blocks(&self) -> u64 {
        u64::from(self.covered.div_ceil(GROUP))
    }

    /// The cost of a step, in updates of a voxel; a cone costs about eight, as measured on a software driver.
    pub fn work(&self, cones: u32) -> u64 {
        self.concentration_count * u64::from(self.field_rounds) + 8 * u64::from(cones)
    }

    /// Makes room for what `count` cones may become. Trails stay where they are: there is a further page of them.
    ///
    /// # Errors
    /// When the device does not allow it.
    pub fn grow(&mut self, device: &Device, layouts: &Layouts, count: u32, tuning: &Tuning) -> Result<(), EngineError> {
        self.room.cones = cone_room(device, count, tuning)?.max(self.room.cones);
        let cones = device.empty_storage("cones", cone_bytes(self.room.cones))?;
        let mut encoder = device.encoder("growing the buffers");
        encoder.copy_buffer_to_buffer(&self.cones, 0, &cones, 0, cone_bytes(count));
        device.queue.submit([encoder.finish()]);
        self.cones = cones;
        self.sums = sums(device, self.room.cones)?;
        device.write(&self.room_buffer, 0, &[self.room]);
        self.add_pages(device, layouts, tuning)?;
        device.check("growing the buffers")
    }

    /// Adds pages of trails until there is one for every cone there is room for, and binds all anew.
    fn add_pages(&mut self, device: &Device, layouts: &Layouts, tuning: &Tuning) -> Result<(), EngineError> {
        let shared = [&self.cones, &self.tallies, &self.sums, &self.tips];
        for page in &mut self.pages {
            page.bind(device, layouts, shared);
        }
        let largest = tuning.page(device.storage_limit(), self.room.ring);
        let mut first = self.pages.iter().map(|page| page.cones as u32).sum();
        while first < self.room.cones {
            let cones = largest.min(self.room.cones - first);
            self.pages
                .push(TrailPage::new(device, layouts, shared, first, cones, self.room.ring)?);
            first += cones;
        }
        Ok(())
    }
}

/// Cones to make room for, whole workgroups: each may branch in a step, and some room besides.
fn cone_room(device: &Device, count: u32, tuning: &Tuning) -> Result<u32, EngineError> {
    let whole = |cones: u64| cones.div_ceil(u64::from(GROUP)) * u64::from(GROUP);
    let needed = whole(2 * u64::from(count) + 64);
    let wished = whole(2 * u64::from(count) + u64::from(tuning.spare_cones.unwrap_or(count)) + 64);
    let allowed = device.storage_limit() / size_of::<Cone>() as u64 / u64::from(GROUP) * u64::from(GROUP);
    if needed > allowed {
        let needed = needed * size_of::<Cone>() as u64;
        return Err(EngineError::TooLarge {
            what: "cones".into(),
            needed,
            allowed: device.storage_limit(),
        });
    }
    Ok(wished.min(allowed) as u32)
}

fn cone_bytes(cones: u32) -> u64 {
    u64::from(cones) * size_of::<Cone>() as u64
}

/// Branches by block of cones.
fn sums(device: &Device, cones: u32) -> Result<Buffer, EngineError> {
    device.empty_storage("branches by block", u64::from(cones.div_ceil(GROUP)) * 4)
}
