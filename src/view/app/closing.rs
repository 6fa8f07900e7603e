//! Closing: what was done is never forgotten without being asked for, and results that were wanted are written first.

use super::App;
use crate::view::panels::Question;

impl App {
    /// Begins to close the window, and opens no other plate.
    pub fn ask_to_quit(&mut self) {
        self.next = None;
        self.ask_to_close();
    }

    /// Begins to close this plate, unless something that was done would be lost: then it asks first.
    pub(super) fn ask_to_close(&mut self) {
        if self.saving.is_unsaved(&self.status) && !self.closing {
            // Time does not go on behind a question.
            self.session.pause();
            tracing::debug!("acts are not saved");
            self.panels.question = Some(Question::Unsaved {
                opens_another: self.next.is_some(),
            });
        } else {
            self.close();
        }
    }

    /// Closes though nobody can be asked any more: what was done is saved.
    pub fn close_unasked(&mut self) {
        self.next = None;
        if self.saving.is_unsaved(&self.status) && !self.closing {
            self.save();
        }
        self.close();
    }

    /// Begins to close: results that were asked for are written first.
    pub fn close(&mut self) {
        if !self.closing {
            self.closing = true;
            self.session.pause();
            self.saving.leave_results(&self.session);
        }
    }

    /// Whether all that had to be done before closing is done.
    pub fn is_closed(&self) -> bool {
        self.closing && !self.saving.is_busy()
    }

    /// The failure to write on closing, if there was one.
    pub fn take_failure(&mut self) -> Option<String> {
        self.saving.take_failure()
    }

    /// Leaves the session behind when the window cannot go on.
    pub fn rescue(&mut self) {
        let words = self.saving.save_scenario(&self.session.scenario_text());
        tracing::error!("the window cannot go on; {words}");
    }
}
