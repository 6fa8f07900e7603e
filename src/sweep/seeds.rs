//! The seeds of a sweep: `1..20`, `1,5,9`, or both.

use crate::scenario::Mistake;
use crate::scenario::tree::quoted;
use std::fmt;

/// More seeds than this are no plan.
const MOST: u64 = 1_000_000_000;

/// Seeds as they were written: stretches of whole numbers, each with its first and its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seeds {
    stretches: Vec<(u64, u64)>,
}

impl Seeds {
    /// One seed.
    pub fn one(seed: u64) -> Self {
        Self {
            stretches: vec![(seed, seed)],
        }
    }

    /// Those from 1 to `last`.
    pub fn up_to(last: u64) -> Self {
        Self {
            stretches: vec![(1, last.max(1))],
        }
    }

    /// Reads seeds; `place` is where they stand, for messages.
    ///
    /// # Errors
    /// Something that is no whole number, a stretch that runs down, or a seed that stands twice.
    pub fn parse(text: &str, place: &str) -> Result<Self, Mistake> {
        let refuse = |found: String| Mistake {
            place: place.to_owned(),
            key: String::new(),
            found,
            expected: "whole numbers, such as 1..20 or 1,5,9".to_owned(),
            nearest: None,
        };
        let mut stretches = Vec::new();
        for part in text.split(',') {
            let (first, last) = part.split_once("..").unwrap_or((part, part));
            let number = |text: &str| text.trim().parse::<u64>().map_err(|_| refuse(quoted(part.trim())));
            let (first, last) = (number(first)?, number(last)?);
            if first > last {
                return Err(refuse(format!("{}, which runs down", quoted(part.trim()))));
            }
            if let Some((twice, _)) = (stretches.iter()).find(|&&(low, high)| first <= high && low <= last) {
                return Err(refuse(format!("the seed {} twice", first.max(*twice))));
            }
            stretches.push((first, last));
        }
        let seeds = Self { stretches };
        let counted = (seeds.stretches.iter()).try_fold(0_u64, |sum, (first, last)| sum.checked_add(last - first));
        match counted {
            Some(count) if count < MOST => Ok(seeds),
            _ => Err(refuse(format!("more than {MOST} seeds"))),
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.stretches.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// The seed with this number, from 0 to below [`Seeds::count`].
    pub fn nth(&self, number: u64) -> Option<u64> {
        let mut left = number;
        for &(first, last) in &self.stretches {
            let here = last - first + 1;
            if left < here {
                return Some(first + left);
            }
            left -= here;
        }
        None
    }

    /// How far seeds must be moved so that none of them is met again: one more than the last is above the first.
    pub fn span(&self) -> u64 {
        let first = self.stretches.iter().map(|stretch| stretch.0).min().unwrap_or(0);
        let last = self.stretches.iter().map(|stretch| stretch.1).max().unwrap_or(0);
        (last - first).saturating_add(1)
    }

    /// The greatest of them.
    pub fn last(&self) -> u64 {
        self.stretches.iter().map(|stretch| stretch.1).max().unwrap_or(0)
    }
}

impl fmt::Display for Seeds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (first, last)) in self.stretches.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            if first == last {
                write!(f, "{comma}{first}")?;
            } else {
                write!(f, "{comma}{first}..{last}")?;
            }
        }
        Ok(())
    }
}
