//! A prediction or an answer in the making: a choice or a number, and the button that gives it.

use crate::lesson::{Ask, FaceWords, Guess, Language, LessonRun};
use egui::{RichText, Ui};

/// An answer that is not given yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    choice: Option<String>,
    /// The number as it is typed.
    typed: String,
    /// Why it was not taken.
    pub refused: Option<String>,
}

impl Draft {
    /// Whether nothing is chosen yet.
    pub fn is_empty(&self) -> bool {
        self.choice.is_none() && self.typed.is_empty()
    }

    /// Shows what may be answered. Returns the answer once the button is pressed.
    pub fn ask(&mut self, ui: &mut Ui, run: &LessonRun, ask: &Ask, language: Language, button: &str) -> Option<Guess> {
        let is_number = ask.number_range().is_some();
        let mut given = false;
        if is_number {
            given = self.number(ui, ask, language);
        }
        for id in ask.choices(run.step()) {
            let words = run.answer_words(&Guess::Choice(id.to_owned()), ask, language);
            let is_chosen = self.choice.as_deref() == Some(id);
            if ui.radio(is_chosen, words).clicked() {
                self.choice = Some(id.to_owned());
                self.refused = None;
            }
        }
        given |= ui.button(RichText::new(button).strong()).clicked();
        let guess = given.then(|| {
            if is_number {
                ask.read_typed(&self.typed, language)
            } else {
                let chosen = self.choice.clone().map(Guess::Choice);
                chosen.ok_or_else(|| FaceWords::of(language).choose_first.to_owned())
            }
        });
        let is_refused_now = matches!(guess, Some(Err(_)));
        if let Some(Err(why)) = &guess {
            self.refused = Some(why.clone());
        }
        if let Some(why) = &self.refused {
            let why = ui.label(why);
            if is_refused_now {
                why.scroll_to_me(None);
            }
        }
        guess?.ok()
    }

    /// The field for a number. Returns whether the key was pressed that gives it.
    fn number(&mut self, ui: &mut Ui, ask: &Ask, language: Language) -> bool {
        let field = ui.horizontal_wrapped(|ui| {
            let name = ui.label(RichText::new(FaceWords::of(language).your_answer).weak());
            let field = ui.add(egui::TextEdit::singleline(&mut self.typed).desired_width(70.0));
            ui.label(ask.unit_in_words(language));
            field.labelled_by(name.id)
        });
        if field.inner.changed() {
            self.refused = None;
        }
        field.inner.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
    }
}
