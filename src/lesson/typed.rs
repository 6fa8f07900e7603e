//! Answers that are typed: numbers as people write them, or a sentence that says what is wrong with them.

use super::face_words::{FaceWords, out_of_range};
use super::judgement::Guess;
use super::language::Language;
use super::lesson::Ask;
use crate::readout::Comparison;

impl Ask {
    /// The guess of what was typed, in that unit: a number with a point or a comma, its unit behind it or not.
    ///
    /// # Errors
    /// Why it is none that may be given, for whoever typed it.
    pub fn read_typed(&self, typed: &str, language: Language) -> Result<Guess, String> {
        let range = self.number_range().unwrap_or_default();
        let unit = self.unit_in_words(language);
        let bare = typed.trim().strip_suffix(unit).unwrap_or(typed).trim();
        let number: f64 = match bare.replace(',', ".").parse() {
            Ok(number) => number,
            Err(_) => return Err(FaceWords::of(language).number_first.to_owned()),
        };
        if (range.0..=range.1).contains(&number) {
            Ok(self.typed(number))
        } else {
            Err(out_of_range(range, unit, language))
        }
    }

    /// The unit in which numbers are typed, in words: a ratio's is "times".
    pub fn unit_in_words(&self, language: Language) -> &str {
        match self.about.statistic.comparison {
            Comparison::Over(_) => FaceWords::of(language).times,
            _ => self.unit(language),
        }
    }
}
