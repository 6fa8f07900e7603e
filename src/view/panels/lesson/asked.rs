//! A prediction or an answer in the making: a choice or a number, and the button that gives it.

use crate::lesson::{Ask, FaceWords, Guess, Language, LessonRun};
use egui::{RichText, Ui};

/// An answer that is not given yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    choice: Option<String>,
    number: Option<f64>,
    /// Why it was not taken.
    pub refused: Option<String>,
}

impl Draft {
    /// Whether nothing is chosen yet.
    pub fn is_empty(&self) -> bool {
        self.choice.is_none() && self.number.is_none()
    }

    /// Shows what may be answered. Returns the answer once the button is pressed.
    pub fn ask(&mut self, ui: &mut Ui, run: &LessonRun, ask: &Ask, language: Language, button: &str) -> Option<Guess> {
        match ask.number_range() {
            Some(range) => self.number(ui, ask, language, range),
            None => {
                for id in ask.choices(run.step()) {
                    let words = run.answer_words(&Guess::Choice(id.to_owned()), ask, language);
                    let is_chosen = self.choice.as_deref() == Some(id);
                    if ui.radio(is_chosen, words).clicked() {
                        self.choice = Some(id.to_owned());
                        self.refused = None;
                    }
                }
            }
        }
        let pressed = ui.button(RichText::new(button).strong()).clicked();
        if let Some(why) = &self.refused {
            ui.label(why);
        }
        if !pressed {
            return None;
        }
        let number = self.number.map(|number| ask.typed(number));
        let guess = number.or_else(|| self.choice.clone().map(Guess::Choice));
        self.refused = guess.is_none().then(|| FaceWords::of(language).choose_first.to_owned());
        guess
    }

    fn number(&mut self, ui: &mut Ui, ask: &Ask, language: Language, (low, high): (f64, f64)) {
        let mut number = self.number.unwrap_or(low);
        let speed = (high - low) / 200.0;
        let field = egui::DragValue::new(&mut number)
            .range(low..=high)
            .speed(speed)
            .max_decimals(2);
        let changed = ui.horizontal_wrapped(|ui| {
            let name = ui.label(ask.about.words.name(language));
            let field = ui.add(field.suffix(format!(" {}", ask.unit(language))));
            field.labelled_by(name.id).changed()
        });
        if changed.inner {
            self.number = Some(number);
            self.refused = None;
        }
    }
}
