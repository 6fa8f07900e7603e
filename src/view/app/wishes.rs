//! The wishes that come through the panels, and what is done to fulfil them.

use super::App;
use crate::view::panels::Wish;

impl App {
    /// Fulfils a wish that came through the panels.
    pub(super) fn fulfil(&mut self, wish: Wish) {
        match wish {
            Wish::Play(true) | Wish::Step | Wish::Restart if self.awaits_prediction() => {}
            Wish::Play(true) => self.session.play(),
            Wish::Play(false) => self.session.pause(),
            Wish::Step => self.session.step(),
            Wish::Speed(speed) => self.session.set_speed(speed),
            Wish::GoTo(step) => self.session.go_to(step),
            Wish::Act(act, conditions) => {
                tracing::debug!("an act: {act:?} in {conditions:?}");
                self.session.act(act, conditions);
            }
            Wish::Undo => self.session.undo(),
            Wish::Redo => self.session.redo(),
            Wish::ReturnTo(number) => self.session.return_to(number),
            Wish::TakeBack(number) => self.session.take_back(number),
            Wish::Change(number, act, conditions, step) => self.session.change(number, act, conditions, step),
            Wish::FitPlate => self.fit(),
            Wish::FitWell(well) => self.look_at_well(well),
            Wish::SaveSession => self.save(),
            Wish::CopyLink => self.copy_link(),
            Wish::Reveal => self.hides_names = false,
            Wish::Export(what) => self.export(what),
            Wish::Open(wanted) => self.open_other(&wanted),
            Wish::ChooseFile => self.wants_dialog = true,
            Wish::ShowLessonStep => self.show_lesson_step(),
            Wish::Take(tool) => self.panels.tool = tool,
            Wish::Restart => {
                self.session.go_to(0);
                self.session.play();
            }
            Wish::Close { save } => {
                if save {
                    self.save();
                }
                // What could not be saved is not thrown away.
                if !save || !self.saving.is_unsaved(&self.status) {
                    self.close();
                }
            }
        }
    }
}
