//! The work that a device was given and has not answered yet: steps, whose clocks come back a few submissions late, and the
//! reading of a state. Nothing here waits unless it is told to.

use super::GpuEngine;
use super::device::failed;
use super::layout::{Clock, TrailWord, halt};
use super::passes::Step;
use super::readback::{Parts, Readback, StagingPool};
use super::timing::StepTimes;
use crate::engine::EngineError;
use crate::model::layout::Cone;
use crate::model::world::{State, World};
use std::collections::VecDeque;
use std::mem::offset_of;

/// Submissions of steps that may be on their way at once: a browser hears of one two or three frames after it was sent.
const MOST_ON_THE_WAY: usize = 3;

/// The work that is under way.
#[derive(Default)]
pub(super) struct Work {
    stage: Stage,
    /// What the device will answer, in order.
    asked: VecDeque<Asked>,
    pool: StagingPool,
    /// The step to be reached.
    goal: u32,
    /// Submissions since one has done a step.
    in_vain: usize,
}

/// The stage of the work.
#[derive(Clone, Debug, Default, PartialEq)]
enum Stage {
    /// Nothing is under way.
    #[default]
    Rest,
    /// Steps are done; the clock comes back behind each submission.
    Steps,
    /// The paths are read, a page of trails at a time, and the cones with the first.
    Trails {
        page: usize,
        /// Cones whose rings do not reach far enough back.
        short: Vec<usize>,
        then: Then,
    },
    /// Somata, field and muscle fibres are read: then the state is at hand.
    State,
}

/// The reason for which paths are read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Then {
    /// The clock halted: room is made and it goes on.
    Steps,
    /// The whole state is read.
    State,
}

/// An answer that the device owes.
struct Asked {
    readback: Readback,
    /// Steps of the submission.
    steps: u32,
}

impl Work {
    /// Whether nothing is under way.
    pub fn rests(&self) -> bool {
        self.stage == Stage::Rest
    }

    /// Forgets what is under way: its answers are of no interest any more.
    pub fn give_up(&mut self) {
        self.stage = Stage::Rest;
        for asked in self.asked.drain(..) {
            self.pool.put_back(asked.readback);
        }
    }
}

impl GpuEngine {
    /// Begins steps up to a goal.
    pub(super) fn set_out(&mut self, goal: u32) {
        self.work.goal = goal;
        self.work.in_vain = 0;
        self.write_clock(offset_of!(Clock, goal), goal);
        self.go_on();
    }

    /// Begins to read the state.
    pub(super) fn read_state(&mut self) {
        self.read_trails(0, Vec::new(), Then::State);
    }

    /// Takes what the device has answered, and asks for what follows from it, until there is nothing more to do or to hear.
    /// Returns whether all is done.
    ///
    /// # Errors
    /// When the device fails; nothing is under way then.
    pub(super) fn carry_on(&mut self, waits: bool) -> Result<bool, EngineError> {
        let done = self.take_answers(waits);
        if done.is_err() {
            self.work.give_up();
        }
        done
    }

    fn take_answers(&mut self, waits: bool) -> Result<bool, EngineError> {
        while let Some(first) = self.work.asked.front() {
            if !first.readback.has_arrived(&self.device, waits)? {
                return Ok(false);
            }
            if let Some(Asked { readback, .. }) = self.work.asked.pop_front() {
                self.take(&readback)?;
                self.work.pool.put_back(readback);
            }
        }
        Ok(true)
    }

    fn take(&mut self, answer: &Readback) -> Result<(), EngineError> {
        match std::mem::take(&mut self.work.stage) {
            Stage::Rest => {}
            Stage::Steps => {
                self.take_clock(answer)?;
                self.go_on_or_make_room();
            }
            Stage::Trails { page, mut short, then } => {
                short.extend(self.take_trails(answer, page)?);
                if page + 1 < self.data.pages.len() {
                    self.read_trails(page + 1, short, then);
                } else {
                    self.settle_trails(&short);
                    match then {
                        Then::Steps => {
                            self.let_clock_go_on()?;
                            self.go_on();
                        }
                        Then::State => self.read_rest(),
                    }
                }
            }
            Stage::State => self.take_rest(answer)?,
        }
        Ok(())
    }

    /// Sends steps until enough are on their way.
    fn go_on(&mut self) {
        self.work.stage = Stage::Steps;
        while self.work.asked.len() < MOST_ON_THE_WAY {
            let sent: u32 = self.work.asked.iter().map(|asked| asked.steps).sum();
            let left = self.work.goal.saturating_sub(self.clock.done).saturating_sub(sent);
            if left == 0 {
                break;
            }
            self.send_steps(left);
        }
        if self.work.asked.is_empty() {
            self.work.stage = Stage::Rest;
        }
    }

    /// Encodes and submits up to `most` steps and asks for the clock behind them.
    fn send_steps(&mut self, most: u32) {
        let steps = self.tuning.batch(self.data.work(self.clock.cones)).min(most);
        // Those that are on their way bring cones, too.
        let born = self.born.saturating_mul(1 + self.work.asked.len() as u32);
        self.data.cover(self.clock.cones, born);
        if self.data.covered != self.clock.covered {
            self.write_clock(offset_of!(Clock, covered), self.data.covered);
            self.clock.covered = self.data.covered;
        }
        let mut encoder = self.device.encoder("steps");
        {
            let timing = self.times.as_mut().map(StepTimes::begin);
            let mut step = Step::begin(&mut encoder, &self.data, timing);
            for _ in 0..steps {
                self.passes.encode_step(&mut step, &self.data);
                step.stop_timing();
            }
        }
        if let Some(times) = &mut self.times {
            times.end(&mut encoder);
        }
        self.stale = true;
        let clock = self.data.clock.clone();
        let parts: Parts<'_> = &[(&clock, size_of::<Clock>() as u64)];
        self.ask(encoder, parts, steps, "advancing the plate");
    }

    fn take_clock(&mut self, answer: &Readback) -> Result<(), EngineError> {
        let doing = "advancing the plate";
        let clock: Vec<Clock> = answer.part(0)?;
        let clock = *clock.first().ok_or_else(|| failed(doing, &"the clock is missing"))?;
        let done = clock.done - self.clock.done;
        self.work.in_vain = if done > 0 || clock.halted != 0 {
            0
        } else {
            self.work.in_vain + 1
        };
        // One that was sent before the number of cones was known may do nothing; one that was sent after may not.
        if self.work.in_vain > MOST_ON_THE_WAY {
            return Err(failed(doing, &"the device's clock stands still"));
        }
        let born = clock.cones.saturating_sub(self.clock.cones);
        if done > 0 {
            self.born = born;
        }
        self.clock = clock;
        if let Some(times) = &mut self.times {
            times.collect();
        }
        Ok(())
    }

    /// Goes on, unless the clock halted: then what is on its way does nothing, and room is made behind it.
    fn go_on_or_make_room(&mut self) {
        if self.clock.halted == 0 {
            self.go_on();
        } else if self.work.asked.is_empty() {
            let halted = |reason: u32| u32::from(self.clock.halted & reason != 0);
            self.halts.drains += halted(halt::DRAIN);
            self.halts.refills += halted(halt::REFILL);
            self.halts.growths += halted(halt::GROW);
            self.read_trails(0, Vec::new(), Then::Steps);
        } else {
            self.work.stage = Stage::Steps;
        }
    }

    /// Enlarges the buffers that the clock halted for, and lets it go on.
    fn let_clock_go_on(&mut self) -> Result<(), EngineError> {
        if self.clock.halted & halt::GROW != 0 {
            self.data
                .grow(&self.device, &self.passes.layouts, self.clock.cones, &self.tuning)?;
        }
        self.clock.halted = 0;
        self.write_clock(offset_of!(Clock, halted), 0);
        Ok(())
    }

    /// Asks for a page of trails, and for the cones with the first.
    fn read_trails(&mut self, page: usize, short: Vec<usize>, then: Then) {
        let count = self.clock.cones as usize;
        let cones = (self.data.cones.clone(), (count * size_of::<Cone>()) as u64);
        let trails = self.data.pages.get(page).map(|page| {
            let (trails, bytes) = page.to_read(count, &self.data.room);
            (trails.clone(), bytes)
        });
        let first = (page == 0).then_some(cones);
        let parts: Vec<_> = trails
            .iter()
            .chain(&first)
            .map(|(buffer, bytes)| (buffer, *bytes))
            .collect();
        let encoder = self.device.encoder("reading the paths of axons");
        self.ask(encoder, &parts, 0, "reading the paths of axons");
        self.work.stage = Stage::Trails { page, short, then };
    }

    /// Brings the paths up to date. Returns the cones whose rings are worth filling again.
    fn take_trails(&mut self, answer: &Readback, page: usize) -> Result<Vec<usize>, EngineError> {
        let World { state, paths } = &mut self.mirror;
        let Some(trails) = self.data.pages.get(page) else {
            return Ok(Vec::new());
        };
        if page == 0 {
            state.cones = answer.part(1)?;
            paths.resize_with(state.cones.len(), Vec::new);
        }
        let words: Vec<TrailWord> = answer.part(0)?;
        Ok(trails.drain(&words, &state.cones, paths, &self.data.room))
    }

    /// Tells the trails that they were read, and fills the rings that do not reach far enough back.
    fn settle_trails(&mut self, short: &[usize]) {
        self.data.cover(self.clock.cones, 0);
        let mut encoder = self.device.encoder("settling the trails");
        self.passes
            .encode_settling(&mut Step::begin(&mut encoder, &self.data, None), &self.data);
        self.device.queue.submit([encoder.finish()]);
        for &index in short {
            if let Some(page) = self.data.pages.iter().find(|page| page.holds(index)) {
                page.refill(&self.device, index, &self.mirror.paths[index], self.data.room.ring);
            }
        }
    }

    /// Asks for what the trails do not hold.
    fn read_rest(&mut self) {
        // Every array is named, so that a new one is not forgotten: the cones were read, and axons are severed on the host.
        let State {
            step: _,
            neurons,
            cones: _,
            concentrations,
            fibres,
            severed: _,
        } = &self.mirror.state;
        let data = &self.data;
        let parts = [
            (data.neuron_states.clone(), size_of_val(&neurons[..]) as u64),
            (data.concentrations.clone(), size_of_val(&concentrations[..]) as u64),
            (data.fibres.clone(), size_of_val(&fibres[..]) as u64),
        ];
        let parts = parts.each_ref().map(|(buffer, bytes)| (buffer, *bytes));
        let encoder = self.device.encoder("reading the state");
        self.ask(encoder, &parts, 0, "reading the state");
        self.work.stage = Stage::State;
    }

    fn take_rest(&mut self, answer: &Readback) -> Result<(), EngineError> {
        let state = &mut self.mirror.state;
        state.step = self.clock.done;
        state.neurons = answer.part(0)?;
        state.concentrations = answer.part(1)?;
        state.fibres = answer.part(2)?;
        self.stale = false;
        Ok(())
    }

    fn ask(&mut self, encoder: wgpu::CommandEncoder, parts: Parts<'_>, steps: u32, doing: &'static str) {
        let readback = Readback::submit(&self.device, &mut self.work.pool, encoder, parts, doing);
        self.work.asked.push_back(Asked { readback, steps });
    }
}
