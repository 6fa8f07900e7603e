//! Questions that are asked before something would be lost or would not be what was meant.

use super::{Export, PanelInput, Panels, Wish};
use crate::view::overlay::words::time;
use egui::{Id, Key, Modal, Modifiers, Ui};

/// A question that waits for its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// An earlier moment is shown than was computed: up to which are results to be written?
    HowMuch,
    /// There are acts that are not saved, and the window is to be closed.
    Unsaved {
        /// Or rather this plate, for another.
        opens_another: bool,
    },
}

impl Panels {
    /// Wishes for the results; asks where it is not plain which.
    pub(super) fn ask_for_results(&mut self, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        if seen.status.step < seen.status.furthest {
            self.question = Some(Question::HowMuch);
        } else {
            wishes.push(results(seen.status.furthest));
        }
    }

    /// Shows the question that is open.
    pub(super) fn show_question(&mut self, ui: &Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let Some(question) = self.question else { return };
        let shown = Modal::new(Id::unique("question")).show(ui.ctx(), |ui| {
            ui.set_max_width(420.0);
            let (words, answers) = asked(question, seen);
            ui.label(words);
            ui.add_space(8.0);
            let mut given = None;
            ui.horizontal_wrapped(|ui| {
                for (words, wish) in answers {
                    if ui.button(words).clicked() {
                        given = Some(wish);
                    }
                }
                if ui.button("Cancel").clicked() {
                    given = Some(None);
                }
            });
            given
        });
        let escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if let Some(answer) = shown.inner {
            wishes.extend(answer);
            self.question = None;
        } else if escaped {
            self.question = None;
        }
    }
}

/// A question in words, and what each answer to it wishes for.
fn asked(question: Question, seen: &PanelInput<'_>) -> (String, Vec<(String, Option<Wish>)>) {
    let status = seen.status;
    let at = |step: u32| time(f64::from(step) * seen.plate.step_h);
    match question {
        Question::HowMuch => {
            let (shown, computed) = (at(status.step), at(status.furthest));
            let answers = vec![
                (format!("All, up to {computed}"), Some(results(status.furthest))),
                (format!("Only up to {shown}"), Some(results(status.step))),
            ];
            let words = format!(
                "The time line stands at {shown}; computed is up to {computed}. Which results are to be written?"
            );
            (words, answers)
        }
        Question::Unsaved { opens_another } => {
            let words = match status.done.len() {
                1 => "One thing that you did is in no file.".to_owned(),
                acts => format!("{acts} things that you did are in no file."),
            };
            let words = format!("{words} Saved, the session can be opened again and grows exactly as it did.");
            let (then, without) = match opens_another {
                true => ("open the other plate", "Open it without saving"),
                false => ("close", "Close without saving"),
            };
            let answers = vec![
                (format!("Save the session and {then}"), Some(Wish::Close { save: true })),
                (without.to_owned(), Some(Wish::Close { save: false })),
            ];
            (words, answers)
        }
    }
}

fn results(up_to: u32) -> Wish {
    Wish::Export(Export::Results { up_to })
}
