//! The engine on a graphics device: many steps in one submission, the clock on the device, paths with the host.
//!
//! The device's clock halts before a step that the buffers may not hold. The host then reads what it has not seen, fills
//! or enlarges what is needed and goes on, so that no result depends on the size of a buffer or of a batch.

pub mod adapters;
pub mod bindings;
pub mod buffers;
pub mod device;
pub mod layout;
pub mod on_device;
pub mod passes;
pub mod readback;
pub mod sources;
pub mod timing;
pub mod trails;
pub mod tuning;
mod work;

use super::{Engine, EngineError, EngineInfo, Patience, events};
use crate::model::crowd;
use crate::model::features::Features;
use crate::model::plate::{Action, Plate};
use crate::model::seeding;
use crate::model::tables::Tables;
use crate::model::world::World;
use buffers::PlateBuffers;
use device::{Device, failed};
use layout::Clock;
use on_device::OnDevice;
use passes::Passes;
use std::sync::Arc;
use timing::StepTimes;
use trails::TrailPage;
use tuning::Tuning;
use work::Work;

/// Halts of the clock, counted by their reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Halts {
    /// Rings full of points that the host had not read.
    pub drains: u32,
    /// Rings that did not reach far enough back.
    pub refills: u32,
    /// Too little room for new cones.
    pub growths: u32,
}

/// An open device and its compiled passes.
#[derive(Clone)]
pub struct Seat {
    device: Device,
    passes: Arc<Passes>,
    info: EngineInfo,
}

/// A plate on a graphics device.
pub struct GpuEngine {
    plate: Plate,
    /// The plate as the events so far have made it.
    now: Plate,
    tables: Tables,
    device: Device,
    passes: Arc<Passes>,
    data: PlateBuffers,
    tuning: Tuning,
    /// The device's clock when it was last read.
    clock: Clock,
    /// Cones born in the last submission that was heard of.
    born: u32,
    /// The state when it was last read; whole paths are kept here only.
    mirror: World,
    /// Whether the device has moved on since.
    stale: bool,
    /// What is under way.
    work: Work,
    halts: Halts,
    /// The times of its passes, where they are wanted.
    times: Option<StepTimes>,
    info: EngineInfo,
}

impl GpuEngine {
    /// Seeds `plate` on `adapter`. `reason` says why this engine was taken.
    ///
    /// # Errors
    /// When the device cannot be opened, or the plate does not fit it.
    pub async fn open(
        plate: Plate,
        adapter: &wgpu::Adapter,
        reason: &str,
        tuning: Tuning,
    ) -> Result<Self, EngineError> {
        let device = Device::open(adapter).await?;
        GpuEngine::on(plate, device, adapters::info(adapter, reason), tuning)
    }

    /// Seeds `plate` on a device that is open, such as a window's.
    ///
    /// # Errors
    /// When the plate does not fit the device.
    pub fn on(plate: Plate, device: Device, info: EngineInfo, tuning: Tuning) -> Result<Self, EngineError> {
        let tables = Tables::of(&plate);
        let passes = compiled(&device, Features::throughout(&plate))?;
        GpuEngine::placed(plate, tables, Seat { device, passes, info }, tuning)
    }

    /// The open device with its compiled passes, on which another plate can be seeded.
    pub fn seat(&self) -> Seat {
        Seat {
            device: self.device.clone(),
            passes: Arc::clone(&self.passes),
            info: self.info.clone(),
        }
    }

    /// Seeds `plate` on a device whose passes are compiled; for a plate with other features they are compiled anew.
    ///
    /// # Errors
    /// When the plate does not fit the device.
    pub fn seated(plate: Plate, mut seat: Seat, tuning: Tuning) -> Result<Self, EngineError> {
        let tables = Tables::of(&plate);
        let features = Features::throughout(&plate);
        if seat.passes.features != features {
            seat.passes = compiled(&seat.device, features)?;
        }
        GpuEngine::placed(plate, tables, seat, tuning)
    }

    fn placed(plate: Plate, tables: Tables, seat: Seat, tuning: Tuning) -> Result<Self, EngineError> {
        let Seat { device, passes, info } = seat;
        let mut mirror = seeding::seed(&plate, &tables);
        let crowd = crowd::lay_world(&tables, &mut mirror);
        let data = PlateBuffers::new(&device, &passes.layouts, &tables, &mirror, &crowd, &tuning)?;
        device.check("placing the plate")?;
        let clock = Clock {
            cones: mirror.cones.len() as u32,
            ..Clock::default()
        };
        Ok(GpuEngine {
            now: plate.clone(),
            plate,
            tables,
            times: StepTimes::new(&device.handle, &device.queue),
            device,
            passes,
            data,
            tuning,
            clock,
            born: 0,
            mirror,
            stale: false,
            work: Work::default(),
            halts: Halts::default(),
            info,
        })
    }

    /// The tables it reads, for tests and tools.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The sums of axons and cones by voxel, for tests and tools.
    ///
    /// # Errors
    /// When the device fails.
    pub fn crowd(&self) -> Result<Vec<i32>, EngineError> {
        let (takers, sums) = (self.tables.taker_count(), crowd::sum_count(&self.tables));
        let all = self
            .device
            .read(&self.data.tallies, takers + sums, "reading the crowd")?;
        Ok(all[takers..].to_vec())
    }

    /// The halts of the clock so far.
    pub fn halts(&self) -> Halts {
        self.halts
    }

    /// Puts a state and the present tables on the device.
    fn place(&mut self, world: World) -> Result<(), EngineError> {
        self.work.give_up();
        // Kept first: the state must be there even if the device fails now.
        self.mirror = world;
        self.stale = false;
        // Whoever takes part may bring what the plate did not have.
        let features = Features::throughout(&self.plate).and(Features::now(&self.now));
        let features = self.passes.features.and(features);
        if self.passes.features != features {
            self.passes = compiled(&self.device, features)?;
        }
        let crowd = crowd::lay_world(&self.tables, &mut self.mirror);
        self.data = PlateBuffers::new(
            &self.device,
            &self.passes.layouts,
            &self.tables,
            &self.mirror,
            &crowd,
            &self.tuning,
        )?;
        self.device.check("placing the plate")?;
        self.clock = Clock {
            done: self.mirror.step,
            cones: self.mirror.cones.len() as u32,
            ..Clock::default()
        };
        Ok(())
    }

    fn expect_rest(&self) -> Result<(), EngineError> {
        if self.work.rests() {
            Ok(())
        } else {
            Err(EngineError::Busy)
        }
    }

    fn write_clock(&self, offset: usize, value: u32) {
        self.device.write(&self.data.clock, offset as u64, &[value]);
    }
}

/// The passes for plates with some features.
fn compiled(device: &Device, features: Features) -> Result<Arc<Passes>, EngineError> {
    let passes = Passes::new(&device.handle, features).map_err(|error| failed("reading the shaders", &error))?;
    device.check("compiling the shaders")?;
    Ok(Arc::new(passes))
}

impl Engine for GpuEngine {
    fn begin_steps(&mut self, steps: u32) -> Result<(), EngineError> {
        self.expect_rest()?;
        self.set_out(self.clock.done.saturating_add(steps));
        Ok(())
    }

    fn begin_reading(&mut self) -> Result<(), EngineError> {
        self.expect_rest()?;
        if self.stale {
            self.read_state();
        }
        Ok(())
    }

    fn poll(&mut self, patience: Patience) -> Result<bool, EngineError> {
        self.carry_on(patience == Patience::UntilDone)
    }

    fn is_current(&self) -> bool {
        self.work.rests() && !self.stale
    }

    fn last_world(&self) -> &World {
        &self.mirror
    }

    fn load(&mut self, world: World) -> Result<(), EngineError> {
        let now = self.plate.at(world.step);
        let tables = Tables::of(&now);
        events::check_state(&world, &tables)?;
        (self.now, self.tables) = (now, tables);
        self.place(world)
    }

    fn amend(&mut self, plate: Plate, happened: u32) -> Result<(), EngineError> {
        self.world()?;
        (self.now, self.tables) = events::amended(&self.plate, &plate, &self.mirror, happened)?;
        self.plate = plate;
        let world = std::mem::take(&mut self.mirror);
        self.place(world)
    }

    fn now(&self) -> &Plate {
        &self.now
    }

    fn apply(&mut self, action: &Action, condition: usize) -> Result<(), EngineError> {
        self.world()?;
        let mut world = std::mem::take(&mut self.mirror);
        events::apply(action, condition, &mut self.now, &mut self.tables, &mut world);
        self.place(world)
    }

    fn on_device(&self) -> Option<OnDevice> {
        Some(OnDevice {
            device: self.device.clone(),
            step: self.clock.done,
            cone_count: self.clock.cones,
            cones: self.data.cones.clone(),
            neurons: self.data.neuron_states.clone(),
            concentrations: self.data.concentrations.clone(),
            ring: self.data.room.ring,
            pages: self.data.pages.iter().map(TrailPage::on_device).collect(),
        })
    }

    fn plate(&self) -> &Plate {
        &self.plate
    }

    fn describe(&self) -> EngineInfo {
        self.info.clone()
    }
}
