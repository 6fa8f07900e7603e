//! The session as a link, with the way it is looked at; and a link that was opened, looked at as it says.

use super::{App, Fitted};
use crate::link::{SharedExperiment, SharedView, size_in_words};

impl App {
    /// Looks at the plate as the link says that it was opened by; what the plate lacks is left out.
    pub fn look_as_shared(&mut self) {
        let view = self.shared_view.clone();
        for (name, shown) in self.panels.look.layers.named() {
            *shown &= !view.hidden_layers.iter().any(|hidden| hidden == name);
        }
        self.plot(&view.plots);
        if let Some(well) = view.well {
            self.look_at_well(well as usize);
        }
        let mut conditions = self.planned.conditions.iter();
        let named = conditions.position(|condition| Some(&condition.name) == view.condition.as_ref());
        self.panels.condition = named.or(self.panels.condition);
    }

    /// The plate as it is looked at now.
    fn view_now(&self) -> SharedView {
        let step = self.shown_step();
        let mut layers = self.panels.look.layers;
        let hidden = layers.named().into_iter().filter(|(_, shown)| !**shown);
        let hidden_layers = hidden.map(|(name, _)| name.to_owned()).collect();
        let condition = self.panels.condition.and_then(|at| self.planned.conditions.get(at));
        SharedView {
            at_h: (step > 0).then(|| f64::from(step) * self.planned.step_h),
            plays: self.status.playing,
            condition: condition.map(|condition| condition.name.clone()),
            well: match self.fitted {
                Fitted::Well(well) => u32::try_from(well).ok(),
                Fitted::Plate | Fitted::ByHand => None,
            },
            plots: self.plotted(),
            hidden_layers,
            hides_names: self.hides_names,
            ..self.shared_view.clone()
        }
    }

    /// Puts a link of the session into the clipboard, and says how long it is.
    pub(super) fn copy_link(&mut self) {
        let (text, view) = (self.session.scenario_text(), self.view_now());
        let link = SharedExperiment::of_text(&text, self.saving.files(), view)
            .and_then(|experiment| experiment.to_link().map_err(|problem| problem.to_string()));
        self.note(match &link {
            Ok(link) => format!("a link of the session is in the clipboard: {}", size_in_words(link)),
            Err(problem) => format!("there is no link of the session: {problem}"),
        });
        if let Ok(link) = &link {
            tracing::debug!("the link: {link}");
        }
        self.to_copy = link.ok();
    }
}
