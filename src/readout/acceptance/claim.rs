//! A claim that a run can be held to: what it says, its weight, the numbers by which it could fail, and where its band is from.

use super::check::{Check, Evidence, Finding, Found, Verdict};
use crate::model::biology::Biology;

/// A claim, which becomes a row of the table with a figure and a band.
#[derive(Clone, Debug)]
pub struct Claim {
    name: &'static str,
    evidence: Evidence,
    fails_by: &'static [&'static str],
    source: String,
}

impl Claim {
    /// A claim of some weight that could fail by some numbers, with a band from `source`.
    pub fn new(
        name: &'static str,
        evidence: Evidence,
        fails_by: &'static [&'static str],
        source: impl Into<String>,
    ) -> Self {
        Self {
            name,
            evidence,
            fails_by,
            source: source.into(),
        }
    }

    /// The row: passed where `accepts` says so of its figure; `band` puts that into words.
    pub fn that(self, band: impl Into<String>, found: Finding, accepts: impl Fn(f64) -> bool) -> Check {
        self.row(band.into(), found, |found| {
            let passes = accepts(found.value);
            verdict(passes, passes)
        })
    }

    /// The row: passed where its figure lies between two values, themselves included; undecided where only a part of its interval does.
    pub fn within(self, low: f64, high: f64, found: Finding) -> Check {
        self.row(format!("{} to {}", tidy(low), tidy(high)), found, |found| {
            let (least, greatest) = found.ends();
            verdict((low..=high).contains(&found.value), least <= high && greatest >= low)
        })
    }

    /// The row: passed where its figure lies above a value; undecided where only a part of its interval does.
    pub fn above(self, low: f64, found: Finding) -> Check {
        self.row(format!("above {}", tidy(low)), found, |found| {
            verdict(found.value > low, found.ends().1 > low)
        })
    }

    /// The row: passed where its figure is a value or less; undecided where only a part of its interval is.
    pub fn at_most(self, high: f64, found: Finding) -> Check {
        self.row(format!("at most {}", tidy(high)), found, |found| {
            verdict(found.value <= high, found.ends().0 <= high)
        })
    }

    /// The row of a figure that nothing published can be held against.
    pub fn told(self, found: Finding) -> Check {
        self.row(String::new(), found, |_| Verdict::Told)
    }

    fn row(self, band: String, found: Finding, judge: impl Fn(&Found) -> Verdict) -> Check {
        let (value, figure, verdict) = match found {
            Ok(found) => {
                let verdict = judge(&found);
                (Some(found.value), found.words, verdict)
            }
            Err(why) => (None, String::new(), Verdict::NotHere(why)),
        };
        Check {
            name: self.name,
            band,
            source: self.source,
            value,
            figure,
            verdict,
            evidence: self.evidence,
            fails_by: self.fails_by,
        }
    }
}

/// The verdict on a figure that lies in its band or not, with an interval that reaches into it or not.
fn verdict(lies_within: bool, reaches_within: bool) -> Verdict {
    match (lies_within, reaches_within) {
        (true, _) => Verdict::Pass,
        (false, true) => Verdict::Undecided,
        (false, false) => Verdict::Fail,
    }
}

/// The claim that a figure is what the typical range of a number, the first of `fails_by`, makes of it; with that range. Of no such
/// number it is one that nothing lies in.
pub fn of_its_range(name: &'static str, fails_by: &'static [&'static str]) -> (Claim, f64, f64) {
    let number = fails_by.first().and_then(|path| Biology::parameter(path));
    let (low, high) = number.map_or((f64::NAN, f64::NAN), |number| number.typical);
    let source = number.map_or_else(String::new, |number| {
        format!(
            "typical range of {}, grade {}: {}",
            number.path(),
            number.grade,
            number.source
        )
    });
    (Claim::new(name, Evidence::PutIn, fails_by, source), low, high)
}

/// A bound with three digits, without trailing zeros.
fn tidy(value: f64) -> String {
    let digits = if value.abs() >= 100.0 { 0 } else { 3 };
    let text = format!("{value:.digits$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}
