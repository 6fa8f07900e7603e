//! Mistakes in a scenario, said so that its author can put them right: where each stands, what was
//! found there, what is accepted and, for a misspelt word, the nearest one that exists.

use std::fmt;

/// Where something in a scenario was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilePlace {
    /// Nowhere in particular: it concerns the whole file.
    Whole,
    /// A line of the file, counted from 1.
    Line(usize),
    /// An override, by its place among those given.
    Override(usize),
}

/// One mistake in a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where it is, as a reader finds it: `exercise.toml:12` or `--set step=3`.
    pub place: String,
    /// The key it concerns, such as `well.size`; empty where the place already names it.
    pub key: String,
    /// The text or the kind of value that was found there.
    pub found: String,
    /// Values that would be accepted.
    pub expected: String,
    /// The nearest existing word, for one that does not exist.
    pub nearest: Option<String>,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        write!(f, "found {}; expected {}", self.found, self.expected)?;
        match &self.nearest {
            Some(nearest) => write!(f, " (did you mean \"{nearest}\"?)"),
            None => Ok(()),
        }
    }
}

/// Every mistake of a scenario, in the order in which they stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{}", told(.0))]
pub struct Mistakes(pub Vec<Mistake>);

/// Mistakes that are told one by one; a text with more of them is hardly a scenario.
const MOST_TOLD: usize = 40;

/// Mistakes, a line each, the first of very many.
fn told(mistakes: &[Mistake]) -> String {
    let mut lines: Vec<String> = mistakes.iter().take(MOST_TOLD).map(Mistake::to_string).collect();
    if mistakes.len() > MOST_TOLD {
        lines.push(format!("and {} mistakes more", mistakes.len() - MOST_TOLD));
    }
    lines.join("\n")
}

/// The key of a plate that needs more memory than the machine has to spare.
pub const MEMORY: &str = "memory";

impl Mistakes {
    /// Whether a machine with more memory might take the plate.
    pub fn are_of_memory(&self) -> bool {
        self.0.iter().any(|mistake| mistake.key == MEMORY)
    }
}

impl From<Mistake> for Mistakes {
    fn from(mistake: Mistake) -> Self {
        Mistakes(vec![mistake])
    }
}

/// Something in a scenario that is allowed but probably not meant, or unusual for the biology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where it is; see [`Mistake::place`].
    pub place: String,
    /// The key it concerns.
    pub key: String,
    /// The reason for the warning.
    pub text: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.text)
    }
}

/// Names of a long list that a message shows.
const MOST_LISTED: usize = 30;

/// Names for a message: all of them, or the first and how many more there are.
pub fn listed(names: &[&str]) -> String {
    match names.len().checked_sub(MOST_LISTED) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..MOST_LISTED].join(", ")),
    }
}

/// Words that are longer than this are no slip of the pen, and comparing them takes their length squared.
const LONGEST_WORD: usize = 100;
/// Words that one is compared with.
const MOST_COMPARED: usize = 1000;

/// The word among the first of `known` that `word` was probably meant to be.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    let known = known.into_iter().take(MOST_COMPARED);
    for candidate in known.filter(|candidate| candidate.len().max(wanted.len()) <= LONGEST_WORD) {
        let distance = strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
        let longest = candidate.chars().count().max(wanted.chars().count());
        let near = distance <= (longest / 3).max(1) && distance < longest;
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.to_owned())
}
