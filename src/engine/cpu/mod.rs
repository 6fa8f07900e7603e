//! The engine on the processor: the oracle of the GPU engine, and the engine of machines without a GPU.

mod field;
mod grow;
mod migrate;
mod myokine;

use super::{ComputesOn, Engine, EngineError, EngineInfo, Patience};
use crate::engine::events;
use crate::model::branches::{count_tips, place_branches, release_anchors, thin_branches};
use crate::model::crowd;
use crate::model::plate::{Action, Plate};
use crate::model::rules::field::is_field_due;
use crate::model::seeding;
use crate::model::surroundings;
use crate::model::tables::Tables;
use crate::model::world::World;
#[cfg(feature = "threads")]
use crate::parallel::thread_count;
use field::diffuse_along;
use grow::{grow_axons, lay_axons};
use migrate::migrate_somata;
use myokine::{answer_light, count_takers, refresh_medium, release_myokine};
use web_time::Instant;

/// A plate on the processor.
pub struct CpuEngine {
    plate: Plate,
    /// The plate as the events so far have made it.
    now: Plate,
    tables: Tables,
    world: World,
    /// Sums of axons and cones by voxel, see [`crate::model::crowd`].
    crowd: Vec<i32>,
    threads: Threads,
    reason: String,
    /// Steps that were begun and are not done.
    owed: u32,
}

impl CpuEngine {
    /// Seeds `plate`. `threads` `None` takes every core. `reason` says why this engine was taken.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub fn new(plate: Plate, threads: Option<usize>, reason: &str) -> Result<Self, EngineError> {
        let tables = Tables::of(&plate);
        let mut world = seeding::seed(&plate, &tables);
        Ok(CpuEngine {
            crowd: crowd::lay_world(&tables, &mut world),
            now: plate.clone(),
            plate,
            tables,
            world,
            threads: Threads::new(threads)?,
            reason: reason.to_owned(),
            owed: 0,
        })
    }

    /// The tables it reads, for tests and tools.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The sums of axons and cones by voxel, for tests and tools.
    pub fn crowd(&self) -> &[i32] {
        &self.crowd
    }
}

/// One step of the plate, in the order in which it happens. The GPU engine has the same list.
fn step(tables: &Tables, world: &mut World, crowd: &mut [i32]) {
    refresh_medium(tables, world);
    if is_field_due(world.step, &tables.run) {
        answer_light(tables, world);
        let takers = count_takers(tables, world);
        for round in 0..tables.run.field_rounds {
            release_myokine(round, tables, &takers, world);
            for axis in 0..3 {
                diffuse_along(axis, tables, &mut world.concentrations);
            }
        }
    }
    let surroundings = surroundings::of_wells(tables, world);
    migrate_somata(tables, &surroundings, world);
    let tips = count_tips(tables, world);
    let pending = grow_axons(tables, &surroundings, crowd, world);
    lay_axons(tables, world, crowd);
    thin_branches(tables, &tips, &pending, world);
    place_branches(tables, &pending, world);
    release_anchors(&pending, world);
    world.step += 1;
}

impl Engine for CpuEngine {
    fn begin_steps(&mut self, steps: u32) -> Result<(), EngineError> {
        if self.owed > 0 {
            return Err(EngineError::Busy);
        }
        self.owed = steps;
        Ok(())
    }

    fn begin_reading(&mut self) -> Result<(), EngineError> {
        if self.owed > 0 { Err(EngineError::Busy) } else { Ok(()) }
    }

    fn poll(&mut self, patience: Patience) -> Result<bool, EngineError> {
        let CpuEngine {
            tables,
            world,
            crowd,
            threads,
            owed,
            ..
        } = self;
        let began = Instant::now();
        threads.run(|| {
            while *owed > 0 {
                step(tables, world, crowd);
                *owed -= 1;
                if matches!(patience, Patience::For(budget) if began.elapsed() >= budget) {
                    break;
                }
            }
        });
        Ok(self.owed == 0)
    }

    fn is_current(&self) -> bool {
        self.owed == 0
    }

    fn last_world(&self) -> &World {
        &self.world
    }

    fn load(&mut self, world: World) -> Result<(), EngineError> {
        let now = self.plate.at(world.step);
        let tables = Tables::of(&now);
        events::check_state(&world, &tables)?;
        (self.now, self.tables, self.world) = (now, tables, world);
        self.owed = 0;
        self.crowd = crowd::lay_world(&self.tables, &mut self.world);
        Ok(())
    }

    fn apply(&mut self, action: &Action, condition: usize) -> Result<(), EngineError> {
        self.poll(Patience::UntilDone)?;
        events::apply(action, condition, &mut self.now, &mut self.tables, &mut self.world);
        self.crowd = crowd::lay_world(&self.tables, &mut self.world);
        Ok(())
    }

    fn amend(&mut self, plate: Plate, happened: u32) -> Result<(), EngineError> {
        self.poll(Patience::UntilDone)?;
        (self.now, self.tables) = events::amended(&self.plate, &plate, &self.world, happened)?;
        self.plate = plate;
        self.crowd = crowd::lay_world(&self.tables, &mut self.world);
        Ok(())
    }

    fn now(&self) -> &Plate {
        &self.now
    }

    fn plate(&self) -> &Plate {
        &self.plate
    }

    fn describe(&self) -> EngineInfo {
        EngineInfo {
            kind: ComputesOn::Cpu,
            device: if self.threads.count() == 1 {
                "1 thread".to_owned()
            } else {
                format!("{} threads", self.threads.count())
            },
            pci: String::new(),
            driver: String::new(),
            backend: String::new(),
            reason: self.reason.clone(),
        }
    }
}

/// The threads of one engine, so that two engines in a process do not share a setting.
#[cfg(feature = "threads")]
struct Threads(rayon::ThreadPool);

#[cfg(feature = "threads")]
impl Threads {
    fn new(threads: Option<usize>) -> Result<Self, EngineError> {
        let threads = thread_count(threads);
        let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let failed = |error: rayon::ThreadPoolBuildError| EngineError::Threads {
            threads,
            reason: error.to_string(),
        };
        builder.build().map(Threads).map_err(failed)
    }

    fn run(&self, work: impl FnOnce() + Send) {
        self.0.install(work);
    }

    fn count(&self) -> usize {
        self.0.current_num_threads()
    }
}

/// Without the `threads` feature the work is done on the calling thread.
#[cfg(not(feature = "threads"))]
struct Threads;

#[cfg(not(feature = "threads"))]
impl Threads {
    fn new(_threads: Option<usize>) -> Result<Self, EngineError> {
        Ok(Threads)
    }

    fn run(&self, work: impl FnOnce()) {
        work();
    }

    fn count(&self) -> usize {
        1
    }
}
