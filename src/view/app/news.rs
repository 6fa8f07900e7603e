//! The news of the session: how it stands, the newest moment, problems and files that were written.

use super::App;
use crate::view::scene::Scene;
use crate::view::tools::find::card;
use crate::view::tools::pending::Pending;
use std::time::Duration;

/// From one look at the session to the next while it plays.
const LOOK: Duration = Duration::from_millis(15);

impl App {
    /// The time until the session is looked at next: short while it does something.
    pub fn next_look(&self) -> Option<Duration> {
        let status = &self.status;
        let busy = status.playing || status.travelling_to.is_some() || status.engine.is_none() || self.closing;
        (busy || self.saving.is_busy() || self.dialog.is_some()).then_some(LOOK)
    }

    /// The step of the picture: one clock for all that is seen. What is computed may be ahead of it.
    pub(super) fn shown_step(&self) -> u32 {
        self.scene.as_ref().map_or(self.status.step, Scene::step)
    }

    /// The acts that have been done at the step that is shown.
    fn acts_to_come(&self) -> Vec<Pending> {
        let step = self.shown_step();
        let done = self.status.done.iter().filter(|done| done.step == step);
        done.map(Pending::of).collect()
    }

    /// Takes in the session's news and looks after files. Returns whether there is something new to show.
    pub fn tick(&mut self) -> bool {
        let (before, step_before) = (
            std::mem::replace(&mut self.status, self.session.status()),
            self.shown_step(),
        );
        let mut fresh = before.step != self.status.step || before.playing != self.status.playing;
        fresh |= before.engine != self.status.engine;
        if let Some(moment) = self.scene.as_mut().and_then(|_| self.session.moment())
            && let Some(scene) = &mut self.scene
        {
            scene.take(moment);
            self.selected = self
                .panels
                .look
                .highlighted
                .and_then(|neuron| card(scene.cones(), scene.paths(), scene.neurons(), neuron));
            fresh = true;
        }
        if let Some(scene) = &mut self.scene {
            scene.follow(self.session.on_device());
        }
        let step = self.shown_step();
        if !std::sync::Arc::ptr_eq(&before.plate, &self.status.plate) || step_before != step {
            self.plate = self.status.plate.at(step);
            let is_done_to = self.status.plate.events.iter().any(|event| event.step == step);
            self.coming = is_done_to.then(|| self.status.plate.at(step.saturating_add(1)));
            self.pending = self.acts_to_come();
            for words in self.pending.iter().filter_map(Pending::words) {
                tracing::debug!("{words}");
            }
            fresh = true;
        }
        if self.status.is_over() && !before.is_over() {
            self.note("the end is reached".to_owned());
        }
        if self.status.travelling_to.is_none()
            && let Some(step) = self.opens_at.take_if(|step| *step == self.status.step)
        {
            tracing::info!("step {step} is reached");
            if self.plays_there {
                self.session.play();
            }
        }
        if self.status.problem != before.problem
            && let Some((_, problem)) = self.status.problem.clone()
        {
            self.note(problem);
            fresh = true;
        }
        let has_rows = !std::sync::Arc::ptr_eq(&before.readouts, &self.status.readouts);
        fresh |= self.observe_lesson(has_rows, before.done != self.status.done);
        fresh |= self.poll_dialog();
        if let Some(words) = self.saving.poll(&self.status) {
            self.note(words);
            fresh = true;
        }
        fresh
    }
}
