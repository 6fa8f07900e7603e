//! Closed sets of words: an enum and how its variants are written, defined once by `words!`.

use std::fmt::Debug;

/// One of a few words, as a scenario, a validation case or the command line writes it.
pub trait Word: Copy + Debug + PartialEq + 'static {
    /// Every variant, in the order of [`Word::WORDS`].
    const ALL: &'static [Self];
    /// How the variants are written.
    const WORDS: &'static [&'static str];

    /// How it is written.
    fn word(self) -> &'static str;

    /// The variant that is written `word`.
    fn from_word(word: &str) -> Option<Self> {
        let index = Self::WORDS.iter().position(|known| *known == word)?;
        Self::ALL.get(index).copied()
    }

    /// The variant that a number of [`Dimension::Choice`](super::parameter::Dimension::Choice) stands for, if it does for
    /// any.
    fn from_number(number: f64) -> Option<Self> {
        let index = number as usize;
        Self::ALL.get(index).copied().filter(|_| index as f64 == number)
    }

    /// The number that stands for it.
    fn number(self) -> f64 {
        Self::ALL.iter().position(|known| *known == self).unwrap_or(0) as f64
    }
}

/// Defines enums with the words for their variants: `enum Rim { Clamped = "clamped", Free = "free" }`.
macro_rules! words {
    ($(
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $word:literal, )+
        }
    )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visibility enum $name {
            $( $(#[$variant_meta])* $variant, )+
        }

        impl $crate::model::word::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn word(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::model::word::Word::word(*self))
            }
        }
    )+ };
}
pub(crate) use words;

words! {
    /// An answer to a question that is asked by a parameter's name.
    pub enum YesNo {
        /// It is not so.
        No = "no",
        /// It is so.
        Yes = "yes",
    }

    /// How the gains of myokines and of strain combine: three hypotheses, with the numbers that the rules have for them.
    #[repr(u32)]
    pub enum Combination {
        /// Excesses add up.
        Additive = "additive",
        /// Gains multiply.
        Multiplicative = "multiplicative",
        /// Either cue leaves less for the other below a common ceiling.
        Saturating = "saturating",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::layout::combination;

    #[test]
    fn a_word_is_read_back_from_its_text_and_its_number() {
        for (number, combination) in Combination::ALL.iter().enumerate() {
            assert_eq!(Combination::from_word(combination.word()), Some(*combination));
            assert_eq!(Combination::from_number(number as f64), Some(*combination));
            assert_eq!(*combination as usize, number);
            assert_eq!(combination.number(), number as f64);
        }
        for (word, rule) in [
            (Combination::Additive, combination::ADDITIVE),
            (Combination::Multiplicative, combination::MULTIPLICATIVE),
            (Combination::Saturating, combination::SATURATING),
        ] {
            assert_eq!(word as u32, rule);
        }
        assert_eq!(Combination::from_number(3.0), None);
        assert_eq!(YesNo::from_word("perhaps"), None);
    }
}
