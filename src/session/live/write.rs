//! Writes results: up to the step that is shown, or up to another to which it goes and from which it comes back.

use super::Live;
use crate::export::{self, Results};
use crate::session::lock;
use crate::session::results::run_record;
use crate::session::status::Written;
use std::path::{Path, PathBuf};

/// Results to be written once a step is reached.
pub(super) struct Errand {
    folder: PathBuf,
    force: bool,
    /// The step to go back to, and whether time goes on from there.
    home: (u32, bool),
}

impl Live {
    /// Writes the results up to the present step, or up to `up_to`.
    pub(super) fn export(&mut self, folder: PathBuf, force: bool, up_to: Option<u32>) {
        let present = self.course.step();
        match up_to.filter(|&step| step != present && self.engine.is_some()) {
            None => self.write(&folder, force),
            Some(step) => {
                let home = (self.goal.unwrap_or(present), self.playing);
                self.go_to(step);
                self.errand = Some(Errand { folder, force, home });
            }
        }
    }

    /// Does what was to be done where it has arrived, and goes back.
    pub(super) fn run_errand(&mut self) {
        if let Some(Errand { folder, force, home }) = self.errand.take() {
            self.write(&folder, force);
            let (step, goes_on) = home;
            self.go_to(step);
            self.goes_on = goes_on;
        }
    }

    /// Says that what was to be written is not.
    pub(super) fn give_up_errand(&mut self) {
        if self.errand.take().is_some() {
            self.answer(Written::Failed("the way to the last moment was broken off".to_owned()));
        }
    }

    fn write(&mut self, folder: &Path, force: bool) {
        let step = self.course.step();
        let written = match self.write_results(folder, force) {
            Ok(folder) => Written::At { folder, step },
            Err(sentence) => Written::Failed(sentence),
        };
        self.answer(written);
    }

    fn answer(&mut self, written: Written) {
        self.announced += 1;
        lock(&self.shared.status).written = Some((self.announced, written));
    }

    fn write_results(&mut self, folder: &Path, force: bool) -> Result<PathBuf, String> {
        let Some(engine) = &mut self.engine else {
            return Err("there is no engine whose results could be written".to_owned());
        };
        let info = engine.describe();
        let now = engine.now().clone();
        let world = engine.world().map_err(|error| error.to_string())?;
        // What was recorded beyond the present belongs to another moment.
        let time_h = f64::from(world.step) * self.scenario.plate.step_h;
        let mut readouts = self.recorder.readouts().clone();
        readouts.rows.retain(|row| row.time_h <= time_h);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let record = run_record(&self.scenario, &info, threads, &self.began);
        let results = Results {
            plate: &now,
            world,
            readouts: &readouts,
            record: &record,
            morphologies: self.scenario.record.morphologies,
            leave: self.scenario.record.leave,
            hurried: false,
            files: &self.scenario.files,
        };
        export::save(folder, force, &results).map_err(|error| error.to_string())
    }
}
