//! The cases that are part of the program, in the order of the book.

use super::case::{Case, read};
use crate::scenario::Mistakes;

/// A case that is part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookPage {
    /// The name that it is asked for by.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl BookPage {
    /// The case.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn case(&self) -> Result<Case, Mistakes> {
        read(self.text, self.name, &format!("{}.toml", self.name))
    }
}

/// A line of the book: the case in `validation/NAME.toml`.
macro_rules! page {
    ($name:literal) => {
        BookPage {
            name: $name,
            text: include_str!(concat!("../../validation/", $name, ".toml")),
        }
    };
}

/// Every case, in the order in which it stands in the book.
pub const BOOK: &[BookPage] = &[
    page!("persistent-walk"),
    page!("persistence-length"),
    page!("speed"),
    page!("heading-plane"),
    page!("heading-space"),
    page!("modes"),
    page!("strain-alignment"),
    page!("guidance-dose"),
    page!("guidance-steepness"),
    page!("guidance-repellent"),
    page!("chemotaxis-drift"),
    page!("growth-modulation"),
    page!("dose-to-gain"),
    page!("dose-to-gain-inhibited"),
    page!("combination-of-gains"),
    page!("adaptation"),
    page!("variation"),
    page!("soma-walk"),
    page!("isotropy-no-cue"),
    page!("isotropy-uniform-field"),
    page!("yule-any-time"),
    page!("yule-at-pauses"),
    page!("branching-competition"),
    page!("mechano-saw-tooth"),
    page!("mechano-daily-mean"),
    page!("strain-resolved"),
    page!("strain-returns"),
    page!("no-couplings"),
    page!("field-gaussian"),
    page!("field-steady"),
    page!("field-closed-box"),
    page!("field-never-negative"),
    page!("field-order-space"),
    page!("field-order-time"),
    page!("field-point-source"),
    page!("field-decay"),
    page!("field-one-cell-sink"),
    page!("field-reservoirs"),
    page!("field-uptake"),
    page!("wall-corners"),
    page!("wall-sliding"),
    page!("gel-order-plane"),
    page!("gel-order-space"),
    page!("contact-guidance"),
    page!("zippering"),
    page!("towed-growth"),
    page!("conditioned-medium"),
    page!("muscle-fatigue"),
    page!("synapse-formation"),
    page!("regrowth"),
    page!("survival"),
    page!("biased-walk"),
    page!("coalescing-walks"),
    page!("reference-put-in"),
    page!("reference-follows"),
    page!("reference-could-be-false"),
    page!("dose-curve"),
];
