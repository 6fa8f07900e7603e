//! Links: the one that the page's experiment is passed on by, and the one that the page was opened with.

use super::{Effect, Page};
use crate::plate::{of_link, to_link};
use outgrowth::lesson::Language;
use outgrowth::link::SharedView;

impl Page {
    pub(super) fn share(&mut self) -> Option<Effect> {
        let place = self.teaching.as_ref().map(|teaching| teaching.run.place() as u32);
        let view = SharedView {
            plots: vec![self.plotted.clone()],
            lesson: self.teaching.as_ref().map(|teaching| teaching.name.clone()),
            lesson_step: place,
            plays: true,
            hides_names: self.hides_names,
            ..SharedView::default()
        };
        match to_link(&self.status.text, &self.scenario.files, view) {
            Ok(link) => {
                self.link = Some(link.clone());
                Some(Effect::Share(link))
            }
            Err(problem) => {
                self.notice = format!("{} {problem}", self.words().link_long);
                None
            }
        }
    }

    /// Opens the experiment of a link, or of the lesson that it names.
    pub(super) fn open_link(&mut self, fragment: &str) {
        let link = format!("#{fragment}");
        match of_link(&link, "link") {
            Ok((scenario, view)) => {
                if let Some(language) = view.language.as_deref().and_then(Language::of_tag) {
                    self.language = language;
                }
                if let Some(lesson) = &view.lesson {
                    return self.open_lesson(lesson, view.lesson_step.map(|place| place as usize));
                }
                self.begin_named(scenario, "link");
                if let Some(plot) = view
                    .plots
                    .into_iter()
                    .find(|plot| self.status.readouts.column(plot).is_some())
                {
                    self.plotted = plot;
                }
                self.look = Some(view.well.map(|well| well as usize));
                self.hides_names = view.hides_names;
                self.hidden_layers = view.hidden_layers;
                self.opens_at = view
                    .at_h
                    .map(|at_h| ((at_h / self.status.plate.step_h).round() as u32, view.plays));
            }
            Err(problem) => self.notice = problem,
        }
    }
}
