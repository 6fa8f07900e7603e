//! A constraint between keys, such as `growth_cone.speed < 8 um/h` or `a <= b`: points that break it are left out of a sweep.

use crate::scenario::Mistake;
use crate::scenario::quantity::{compare, split_number};
use crate::scenario::tree::quoted;
use std::cmp::Ordering;
use std::fmt;

/// A comparison of a key with another, or with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// The left side.
    pub left: Side,
    /// How it must compare.
    pub sign: Sign,
    /// The right side.
    pub right: Side,
}

/// A side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The value of a key.
    Key(String),
    /// A number with its unit.
    Number(String),
}

/// How two sides must compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `>`
    More,
}

/// The signs as they are written; one that begins with another stands before it.
const SIGNS: [(&str, Sign); 6] = [
    ("<=", Sign::AtMost),
    (">=", Sign::AtLeast),
    ("==", Sign::Equal),
    ("!=", Sign::Unequal),
    ("<", Sign::Less),
    (">", Sign::More),
];

impl Sign {
    fn word(self) -> &'static str {
        let written = SIGNS.iter().find(|(_, sign)| *sign == self);
        written.map_or("", |(word, _)| word)
    }

    fn holds(self, order: Ordering) -> bool {
        match self {
            Sign::AtMost => order != Ordering::Greater,
            Sign::AtLeast => order != Ordering::Less,
            Sign::Equal => order == Ordering::Equal,
            Sign::Unequal => order != Ordering::Equal,
            Sign::Less => order == Ordering::Less,
            Sign::More => order == Ordering::Greater,
        }
    }
}

impl Constraint {
    /// Reads a comparison; `place` is what precedes it where it stands, for messages.
    ///
    /// # Errors
    /// No sign, an empty side, or no key at all.
    pub fn parse(text: &str, place: &str) -> Result<Self, Mistake> {
        let refuse = |found: String| Mistake {
            place: format!("{place} {text}"),
            key: String::new(),
            found,
            expected: "a comparison by <, <=, >, >=, == or != of a key with another key or a number, such as \
                       \"growth_cone.speed < 8 um/h\""
                .to_owned(),
            nearest: None,
        };
        let cut = SIGNS.iter().find_map(|(word, sign)| {
            let (left, right) = text.split_once(word)?;
            Some((left.trim(), *sign, right.trim()))
        });
        let Some((left, sign, right)) = cut.filter(|(left, _, right)| !left.is_empty() && !right.is_empty()) else {
            return Err(refuse(quoted(text)));
        };
        let (left, right) = (Side::of(left), Side::of(right));
        if let (Side::Number(_), Side::Number(_)) = (&left, &right) {
            return Err(refuse(format!("{} without a key", quoted(text))));
        }
        Ok(Self { left, sign, right })
    }

    /// The keys that it compares.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        [&self.left, &self.right].into_iter().filter_map(|side| match side {
            Side::Key(key) => Some(key.as_str()),
            Side::Number(_) => None,
        })
    }

    /// Whether it holds, where `value_of` gives the value of a key as it is written.
    ///
    /// # Errors
    /// A sentence, where a key has no value or the sides cannot be compared.
    pub fn holds(&self, value_of: impl Fn(&str) -> Option<String>) -> Result<bool, String> {
        let text = |side: &Side| match side {
            Side::Number(text) => Ok(text.clone()),
            Side::Key(key) => value_of(key).ok_or_else(|| format!("the key {}, which has no number here", quoted(key))),
        };
        Ok(self.sign.holds(compare(&text(&self.left)?, &text(&self.right)?)?))
    }
}

impl Side {
    fn of(text: &str) -> Self {
        match split_number(text) {
            (Some(_), _) => Side::Number(text.to_owned()),
            (None, _) => Side::Key(text.to_owned()),
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Side::Key(text) | Side::Number(text)) = self;
        f.write_str(text)
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.left, self.sign.word(), self.right)
    }
}
