//! A row of the acceptance table.

use crate::model::word::words;
use crate::readout::bootstrap::Interval;

/// One row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The comparison that is made.
    pub name: &'static str,
    /// The accepted values; empty where none are published.
    pub band: String,
    /// Where the band comes from, or that there is none.
    pub source: String,
    /// The figure of this run, where the check can be made.
    pub value: Option<f64>,
    /// The figure in words, with what stands beside it.
    pub figure: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Its weight in the argument.
    pub evidence: Evidence,
    /// The numbers by which it could fail, as `explain` takes them.
    pub fails_by: &'static [&'static str],
}

/// The verdict on a figure in its band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Inside.
    Pass,
    /// Outside, but its interval reaches into it: so few wells cannot tell.
    Undecided,
    /// Outside, with all of its interval.
    Fail,
    /// Nothing published to hold it against: the figure is told.
    Told,
    /// This run cannot say, and why.
    NotHere(String),
}

words! {
    /// The weight of a figure in the argument, from the least to the greatest.
    pub enum Evidence {
        /// A number was set so that it comes out.
        PutIn = "put in",
        /// What was put in decides it.
        Follows = "follows from what was put in",
        /// Nothing was set for it.
        CouldBeFalse = "could have been false",
    }
}

impl Evidence {
    /// Its meaning, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Evidence::PutIn => "A number was set so that it comes out: it shows that what was put in arrives, no more.",
            Evidence::Follows => {
                "What was put in decides it, whatever the other numbers are within their typical ranges: it fails alone only by a bug."
            }
            Evidence::CouldBeFalse => {
                "Nothing was set for it: other typical values of the numbers beside it make it fail while what was put in still passes."
            }
        }
    }
}

impl Verdict {
    /// In a word or a few.
    pub fn words(&self) -> String {
        match self {
            Verdict::Pass => "pass".to_owned(),
            Verdict::Undecided => "undecided".to_owned(),
            Verdict::Fail => "fail".to_owned(),
            Verdict::Told => "no band".to_owned(),
            Verdict::NotHere(why) => why.clone(),
        }
    }
}

/// A figure of a run.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its value.
    pub value: f64,
    /// It in words, with what stands beside it.
    pub words: String,
    /// Its interval over wells, where there are enough of them.
    pub interval: Option<Interval>,
}

/// A figure, or why there is none.
pub type Finding = Result<Found, String>;

impl Found {
    /// A figure without an interval.
    pub fn alone(value: f64, words: impl Into<String>) -> Self {
        Self {
            value,
            words: words.into(),
            interval: None,
        }
    }

    /// The least and the greatest value that the wells allow.
    pub fn ends(&self) -> (f64, f64) {
        let interval = self.interval.unwrap_or(Interval {
            low: self.value,
            high: self.value,
        });
        (interval.low.min(self.value), interval.high.max(self.value))
    }
}
