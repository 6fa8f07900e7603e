//! Somebody's way through a lesson on the page: what is asked of the plate for it, and what is filled in.

use crate::fields::Fields;
use outgrowth::lesson::{Ask, ControlValues, Guess, Language, LessonPhase, LessonRun, builtin_lesson};
use std::sync::Arc;

/// A lesson in progress.
pub struct Teaching {
    /// Where somebody is.
    pub run: LessonRun,
    /// The scenario text that the plate was begun with.
    pub begun_with: String,
    /// The step that the plate and the view have followed.
    pub followed: Option<usize>,
    /// The glossary's terms and texts stand in the lesson; its name in addresses and in what is kept.
    pub name: String,
}

impl Teaching {
    /// Opens a built-in lesson, where it was left if `kept` says where that was.
    ///
    /// # Errors
    /// There is no such lesson, or it is damaged.
    pub fn open(name: &str, kept: Option<&String>) -> Result<Self, String> {
        let lesson = builtin_lesson(name).ok_or_else(|| format!("there is no lesson \"{name}\""))?;
        let lesson = Arc::new(lesson.read().map_err(|mistakes| mistakes.to_string())?);
        // What cannot be taken up, such as that of another version, is begun anew.
        let resumed = kept.and_then(|kept| LessonRun::resume(lesson.clone(), kept).ok());
        Ok(Self {
            run: resumed.unwrap_or_else(|| LessonRun::begin(lesson)),
            begun_with: String::new(),
            followed: None,
            name: name.to_owned(),
        })
    }

    /// Whether the plate may run now: not ahead of a prediction.
    pub fn may_run(&self) -> bool {
        self.run.phase() != LessonPhase::Predict
    }

    /// Makes the prediction of a form.
    ///
    /// # Errors
    /// Why it is not taken, for people.
    pub fn predict(&mut self, fields: &Fields, language: Language) -> Result<(), String> {
        let guess = guess_of(self.run.step().prediction.as_ref(), fields, language)?;
        self.run.predict(guess).map_err(|problem| problem.to_string())
    }

    /// Gives the answer of a form.
    ///
    /// # Errors
    /// Why it is not taken, for people.
    pub fn answer(&mut self, fields: &Fields, language: Language) -> Result<(), String> {
        let guess = guess_of(self.run.step().question.as_ref(), fields, language)?;
        self.run
            .answer(guess)
            .map(|_| ())
            .map_err(|problem| problem.to_string())
    }

    /// Gives a control a value, a number of a range as it stands in a field.
    ///
    /// # Errors
    /// Why it is not taken, for people.
    pub fn set(&mut self, control: &str, value: &str) -> Result<(), String> {
        let known = self.run.step().controls.iter().find(|known| known.id == control);
        let ranged = known.and_then(|known| match known.values {
            ControlValues::Range { .. } => known.values.of_number(value.parse().ok()?),
            ControlValues::List(_) => None,
        });
        let value = ranged.unwrap_or_else(|| value.to_owned());
        self.run.set(control, &value).map_err(|problem| problem.to_string())
    }
}

fn guess_of(ask: Option<&Ask>, fields: &Fields, language: Language) -> Result<Guess, String> {
    let ask = ask.ok_or("the step does not ask for that")?;
    let field = fields.iter().find(|(name, _)| name == "guess");
    let text = field.map_or("", |(_, value)| value.trim());
    match ask.number_range() {
        None => Ok(Guess::Choice(text.to_owned())),
        Some(_) => ask.read_typed(text, language),
    }
}
