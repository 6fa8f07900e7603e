//! The work of a sweep: the parts of a share that are missing are done one after the other, each by packing its runs onto plates.

use super::devices::{Post, posts};
use super::draft::KEPT;
use super::failed::Fault;
use super::keep::{Outcome, keep};
use super::pack::{Pack, RunReadouts};
use super::part::{Done, Part, Share, parts};
use super::plan::{Plan, PlannedRun};
use super::standing::Standing;
use crate::engine::{ComputesOn, EngineChoice, EngineError, EngineInfo, EngineKind, Opener};
use crate::experiment::{Watch, perform};
use crate::export::ExportError;
use crate::model::plate::Plate;
use crate::model::word::Word;
use crate::parallel::{map_indices, on_one_thread};
use crate::readout::recorder::{Readouts, Recorder};
use crate::scenario::estimate::estimate;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::Mutex;

/// Neurons of a pack on a graphics device, at most: by then launches are a small part of a step. On a software driver runs of 100
/// neurons take 0.4 times as long in packs of six as one by one, 0.33 times in packs of 50, and no less in larger ones.
const NEURONS_ON_GRAPHICS: f64 = 20_000.0;
/// Share of the memory to spare that packs may take.
const MEMORY_FOR_PACKS: f64 = 0.5;
/// Scenarios that are read at a time.
const READ_TOGETHER: usize = 64;

/// The machine that the work is done on.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// Threads of the processor.
    pub threads: usize,
    /// Memory to spare, bytes; `None` where it is not known.
    pub memory_bytes: Option<u64>,
    /// The adapter to use, instead of the plan's; several with workers of their own, such as `index:0,index:1`.
    pub adapter: Option<String>,
    /// Places on the PCI bus of the graphics devices that may be used, each with workers of its own; empty for any.
    pub granted: Vec<String>,
    /// Whether to fail rather than compute on the processor, where the plan leaves that open.
    pub need_gpu: bool,
    /// Runs of a pack at most; `None` for as many as are worth it.
    pub runs_per_pack: Option<usize>,
}

/// Whoever watches the work: all of it may be called from several threads.
pub trait Watcher: Sync {
    /// Whether the work is to stop.
    fn stops(&self) -> bool;
    /// The engine that is used.
    fn uses(&self, engine: &EngineInfo);
    /// The work went on by so many runs, or by a part of one.
    fn advances(&self, runs: f64);
    /// A run failed, and why.
    fn fails(&self, run: &PlannedRun, reason: &str);
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worked {
    /// Runs whose readouts were written.
    pub runs: u64,
    /// Runs that failed.
    pub failed: u64,
    /// Parts that another worker was at.
    pub elsewhere: u64,
    /// Whether it was stopped.
    pub stopped: bool,
}

/// Why a pack has no readouts.
enum Trouble {
    Stopped,
    Failed(Fault),
}

/// Does what is missing of a share, part by part: several devices share the parts, and the bits are the same.
///
/// # Errors
/// There is no such engine here, or the sweep's folder cannot be read or written, is gone or holds another sweep by now. A run that fails
/// is none.
pub fn work(
    plan: &Plan,
    sweep: &Path,
    share: Share,
    machine: &Machine,
    watcher: &dyn Watcher,
) -> Result<Worked, WorkError> {
    let standing = Standing::of(sweep)?;
    let posts = posts(EngineChoice {
        kind: match plan.contract.engine {
            EngineKind::Auto if machine.need_gpu => EngineKind::Gpu,
            kind => kind,
        },
        adapter: machine.adapter.clone().or(plan.contract.adapter.clone()),
        granted: machine.granted.clone(),
        threads: Some(machine.threads),
    });
    let workers = posts.len();
    let machine = &Machine {
        threads: (machine.threads / workers).max(1),
        memory_bytes: machine.memory_bytes.map(|bytes| bytes / workers as u64),
        ..machine.clone()
    };
    let left = Mutex::new(share.parts(parts(plan)));
    let next = || left.lock().ok().and_then(|mut left| left.next());
    let serve = |Post { engine, first }| {
        let mut worker = Worker {
            plan,
            machine,
            watcher,
            opener: Opener::new(engine),
            tells: first,
            kind: None,
        };
        let worked = worker.do_parts(next, sweep, share, &standing);
        // What one of them cannot go on with, the others do not begin anew.
        if let (Err(_), Ok(mut left)) = (&worked, left.lock()) {
            *left = 0..0;
        }
        worked
    };
    let mut outcomes = Vec::new();
    std::thread::scope(|scope| {
        let mut posts = posts.into_iter();
        let own = posts.next();
        let others: Vec<_> = posts.map(|post| scope.spawn(|| serve(post))).collect();
        outcomes.extend(own.map(serve));
        outcomes.extend(
            others
                .into_iter()
                .map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic))),
        );
    });
    let together = |sum: Worked, worked: Result<Worked, WorkError>| {
        let Worked {
            runs,
            failed,
            elsewhere,
            stopped,
        } = worked?;
        Ok(Worked {
            runs: sum.runs + runs,
            failed: sum.failed + failed,
            elsewhere: sum.elsewhere + elsewhere,
            stopped: sum.stopped || stopped,
        })
    };
    let worked = outcomes.into_iter().try_fold(Worked::default(), together);
    worked.map_err(|problem| match problem {
        WorkError::Export(problem) => WorkError::Export(standing.explain(problem)),
        engine @ WorkError::Engine(_) => engine,
    })
}

/// Why the work cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The dataset cannot be read or written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// No engine can be opened.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

struct Worker<'a> {
    plan: &'a Plan,
    machine: &'a Machine,
    watcher: &'a dyn Watcher,
    opener: Opener,
    /// Whether it says what it computes on: the first on a device does.
    tells: bool,
    /// What the runs are computed on, once it is known.
    kind: Option<ComputesOn>,
}

impl Worker<'_> {
    /// Does the parts that `next` gives, one after the other.
    fn do_parts(
        &mut self,
        next: impl Fn() -> Option<u64>,
        sweep: &Path,
        share: Share,
        standing: &Standing,
    ) -> Result<Worked, WorkError> {
        let mut worked = Worked::default();
        let done = Done::in_folder(sweep)?;
        while let Some(number) = next() {
            let part = Part::of(self.plan, number);
            if done.has(&part) {
                continue;
            }
            let Some(_lock) = part.hold(sweep)? else {
                worked.elsewhere += 1;
                continue;
            };
            // Another may have done it before it was held.
            let missing = Done::in_folder(sweep)?.missing(&part);
            if missing.is_empty() {
                continue;
            }
            let (outcomes, stopped) = self.do_runs(&missing)?;
            standing.check()?;
            let done = outcomes.len() as u64;
            let kind = self.kind.map_or("", Word::word);
            let fails = |run: &PlannedRun, fault: &Fault| self.watcher.fails(run, &fault.reason);
            let failed = keep(self.plan, &part, share, sweep, kind, outcomes, &fails)?;
            worked.failed += failed;
            worked.runs += done - failed;
            if stopped {
                worked.stopped = true;
                break;
            }
        }
        Ok(worked)
    }

    /// The plate of a run.
    fn plate(&self, run: &PlannedRun) -> Result<Plate, Fault> {
        let read = self
            .plan
            .contract
            .read(&self.plan.overrides(run), self.machine.memory_bytes);
        read.map(|scenario| scenario.plate)
            .map_err(|mistakes| match mistakes.are_of_memory() {
                true => Fault::of_machine(mistakes.to_string()),
                false => Fault::of_input(mistakes.to_string()),
            })
    }

    /// What the runs are computed on. It is seen on the first plate, and stays so: what falls back to the processor once does not look
    /// for a device again.
    ///
    /// # Errors
    /// There is no such device here. That it does not take this plate is the inner error.
    fn kind(&mut self, plate: &Plate) -> Result<Result<ComputesOn, Fault>, EngineError> {
        if let Some(kind) = self.kind {
            return Ok(Ok(kind));
        }
        let info = match self.opener.open(plate.clone()) {
            Ok(engine) => engine.describe(),
            Err(error @ (EngineError::NoAdapter { .. } | EngineError::Threads { .. })) => return Err(error),
            Err(error) => return Ok(Err(fault(&error))),
        };
        if self.tells {
            self.watcher.uses(&info);
        }
        if info.kind == ComputesOn::Cpu {
            self.opener.choice.kind = EngineKind::Cpu;
        }
        self.kind = Some(info.kind);
        Ok(Ok(info.kind))
    }

    /// The outcome of each of some runs, in their order, and whether it was stopped: those that were done by then have theirs.
    fn do_runs(&mut self, ids: &[u64]) -> Result<(Vec<Outcome>, bool), WorkError> {
        let mut outcomes = Vec::new();
        let mut packs: Vec<Packing> = Vec::new();
        for ids in ids.chunks(READ_TOGETHER) {
            let read = map_indices(ids.len(), |at| {
                let run = self.plan.run(ids[at]);
                run.ok_or_else(|| Fault::of_input("it is no run of the plan".to_owned()))
                    .and_then(|run| self.plate(&run))
            });
            for (&id, plate) in ids.iter().zip(read) {
                match plate {
                    Ok(plate) => match self.kind(&plate)? {
                        Ok(kind) => self.put(id, plate, kind, &mut packs),
                        Err(reason) => outcomes.push((id, Err(reason))),
                    },
                    Err(reason) => outcomes.push((id, Err(reason))),
                }
            }
        }
        let Some(kind) = self.kind else {
            return Ok((outcomes, false));
        };
        let largest = packs.iter().map(|packing| packing.bytes).fold(1.0, f64::max);
        let fit = (self.bytes_for_packs() / largest) as usize;
        let packs: Vec<Pack> = packs.into_iter().map(|packing| packing.pack).collect();
        let threads = self.machine.threads;
        let (done, stopped) = match kind {
            ComputesOn::Cpu if threads > 1 && packs.len() >= threads && fit >= threads => self.side_by_side(packs),
            ComputesOn::Cpu | ComputesOn::Gpu => self.in_turn(packs),
        };
        outcomes.extend(done);
        outcomes.sort_by_key(|(id, _)| *id);
        Ok((outcomes, stopped))
    }

    /// Puts a run among others that it may be packed with, or begins another pack.
    fn put(&self, id: u64, plate: Plate, kind: ComputesOn, packs: &mut Vec<Packing>) {
        let needs = estimate(&plate, &KEPT);
        // On the processor packing gains nothing: a pack of ten or sixty runs takes 1.04 or 1.1 times as long as they do one by one.
        let (worth, at_once) = match kind {
            ComputesOn::Cpu => (1, self.machine.threads as f64),
            ComputesOn::Gpu => (usize::MAX, 1.0),
        };
        let most_bytes = self.bytes_for_packs() / at_once;
        let most_runs = self.machine.runs_per_pack.unwrap_or(worth);
        let room = packs.iter_mut().find(|packing| {
            packing.pack.runs() < most_runs
                && packing.neurons + needs.neurons <= NEURONS_ON_GRAPHICS
                && packing.bytes + needs.bytes <= most_bytes
                && packing.pack.takes(&plate)
        });
        match room {
            Some(packing) => {
                packing.neurons += needs.neurons;
                packing.bytes += needs.bytes;
                packing.pack.add(id, plate);
            }
            None => packs.push(Packing {
                neurons: needs.neurons,
                bytes: needs.bytes,
                pack: Pack::of(id, plate),
            }),
        }
    }

    /// Memory that packs may take together, bytes.
    fn bytes_for_packs(&self) -> f64 {
        let bytes = self.machine.memory_bytes.map_or(f64::INFINITY, |bytes| bytes as f64);
        bytes * MEMORY_FOR_PACKS
    }

    /// Packs one after the other, each on all threads or on the device that is kept.
    fn in_turn(&mut self, packs: Vec<Pack>) -> (Vec<Outcome>, bool) {
        let mut opener = std::mem::take(&mut self.opener);
        let (mut outcomes, mut stopped) = (Vec::new(), false);
        for pack in packs {
            match self.outcomes(pack, &mut opener) {
                Ok(done) => outcomes.extend(done),
                Err(Stopped) => {
                    stopped = true;
                    break;
                }
            }
        }
        self.opener = opener;
        (outcomes, stopped)
    }

    /// Packs side by side, each on a thread of its own; the bits are the same.
    fn side_by_side(&self, packs: Vec<Pack>) -> (Vec<Outcome>, bool) {
        let queue = Mutex::new(VecDeque::from(packs));
        let done = Mutex::new((Vec::new(), false));
        let choice = EngineChoice {
            threads: Some(1),
            ..self.opener.choice.clone()
        };
        let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
        let serve = || {
            let mut opener = Opener::new(choice.clone());
            while let Some(pack) = next() {
                let outcomes = self.outcomes(pack, &mut opener);
                if let Ok(mut done) = done.lock() {
                    match outcomes {
                        Ok(outcomes) => done.0.extend(outcomes),
                        Err(Stopped) => done.1 = true,
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.machine.threads {
                // Where no thread of its own can be had, all loops go over those of the program.
                scope.spawn(|| on_one_thread(serve).unwrap_or_else(|_| serve()));
            }
        });
        done.into_inner().unwrap_or_default()
    }

    /// The outcome of each run of a pack. A pack that fails is done in halves, a run that fails alone once more.
    fn outcomes(&self, pack: Pack, opener: &mut Opener) -> Result<Vec<Outcome>, Stopped> {
        let ids = pack.ids();
        let fault = match self.perform(&pack, opener) {
            Err(Trouble::Failed(fault)) => fault,
            performed => return outcomes_of(&pack, performed),
        };
        tracing::info!("a pack of {} runs failed: {}", ids.len(), fault.reason);
        // A device that failed once may be lost.
        opener.close();
        if let [id] = ids[..] {
            tracing::info!("run {id} is done once more");
            let performed = self.perform(&pack, opener);
            return outcomes_of(&pack, performed);
        }
        let (first, second) = ids.split_at(ids.len() / 2);
        let mut outcomes = Vec::new();
        for half in [first, second] {
            let mut again: Option<Pack> = None;
            for &id in half {
                let plate = self
                    .plan
                    .run(id)
                    .ok_or_else(|| Fault::of_input(String::new()))
                    .and_then(|run| self.plate(&run));
                match (plate, &mut again) {
                    (Ok(plate), Some(pack)) => pack.add(id, plate),
                    (Ok(plate), None) => again = Some(Pack::of(id, plate)),
                    (Err(reason), _) => outcomes.push((id, Err(reason))),
                }
            }
            if let Some(pack) = again {
                outcomes.extend(self.outcomes(pack, opener)?);
            }
        }
        Ok(outcomes)
    }

    /// The readouts of a pack.
    fn perform(&self, pack: &Pack, opener: &mut Opener) -> Result<Readouts, Trouble> {
        if self.watcher.stops() {
            return Err(Trouble::Stopped);
        }
        let runs = pack.ids().len() as f64;
        let mut told = 0.0;
        let mut tell = |share: f64| {
            self.watcher.advances(runs * share - told);
            told = runs * share;
        };
        // A driver that dies under an engine may show as a panic in the library that speaks to it.
        let performed = catch_unwind(AssertUnwindSafe(|| {
            let mut engine = opener.open(pack.plate().clone())?;
            let steps = f64::from(pack.plate().steps);
            let mut recorder = Recorder::new(pack.plate());
            let mut stopped = false;
            let watch = |step| {
                tell(f64::from(step) / steps);
                stopped = self.watcher.stops();
                if stopped { Watch::Stop } else { Watch::GoOn }
            };
            perform(engine.as_mut(), &mut recorder, |_| (), watch)?;
            Ok::<_, EngineError>((stopped, recorder.into_readouts()))
        }));
        let trouble = match performed {
            Ok(Ok((false, readouts))) => {
                tell(1.0);
                return Ok(readouts);
            }
            Ok(Ok((true, _))) => Trouble::Stopped,
            Ok(Err(error)) => Trouble::Failed(fault(&error)),
            Err(_) => Trouble::Failed(Fault::of_machine(
                "the engine stopped in the middle of its work".to_owned(),
            )),
        };
        // It is done again, or never.
        tell(0.0);
        Err(trouble)
    }
}

/// The outcomes of a pack's runs, by what came of the pack: where it failed, each of them did.
fn outcomes_of(pack: &Pack, performed: Result<Readouts, Trouble>) -> Result<Vec<Outcome>, Stopped> {
    match performed {
        Ok(readouts) => {
            let split = pack.split(&readouts).into_iter();
            Ok(split.map(|RunReadouts { id, readouts }| (id, Ok(readouts))).collect())
        }
        Err(Trouble::Stopped) => Err(Stopped),
        Err(Trouble::Failed(fault)) => Ok(pack.ids().into_iter().map(|id| (id, Err(fault.clone()))).collect()),
    }
}

/// Why a run failed, by its engine.
fn fault(error: &EngineError) -> Fault {
    match error {
        EngineError::NoAdapter { .. }
        | EngineError::Device { .. }
        | EngineError::TooLarge { .. }
        | EngineError::Busy
        | EngineError::Threads { .. } => Fault::of_machine(error.to_string()),
        EngineError::ForeignState(_) | EngineError::ForeignProtocol | EngineError::Gel(_) => {
            Fault::of_input(error.to_string())
        }
    }
}

/// The work was stopped.
struct Stopped;

/// A pack in the making.
struct Packing {
    pack: Pack,
    neurons: f64,
    bytes: f64,
}
