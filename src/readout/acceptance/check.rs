//! A row of the acceptance table.

/// One row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The comparison that is made.
    pub name: &'static str,
    /// The accepted values.
    pub band: String,
    /// The figure of this run, where the check can be made.
    pub value: Option<f64>,
    /// The figure in words, with what stands beside it.
    pub figure: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Its weight in the argument.
    pub evidence: Evidence,
}

/// The verdict on a figure in its band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Inside.
    Pass,
    /// Outside.
    Fail,
    /// This run cannot say, and why.
    NotHere(String),
}

/// The weight of a figure in the argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A parameter was set so that it comes out: it shows that the calibration holds, no more.
    Calibration,
    /// Nothing was set for it.
    Test,
}

impl Verdict {
    /// In a word or a few.
    pub fn words(&self) -> String {
        match self {
            Verdict::Pass => "pass".to_owned(),
            Verdict::Fail => "fail".to_owned(),
            Verdict::NotHere(why) => why.clone(),
        }
    }
}

impl Evidence {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Evidence::Calibration => "calibration input",
            Evidence::Test => "test",
        }
    }
}

/// A figure with words, or why there is none.
pub type Finding = Result<(f64, String), String>;

impl Check {
    /// A test that its figure lies in a band, which is put into words, where `accepts` says so.
    pub fn that(name: &'static str, band: impl Into<String>, found: Finding, accepts: impl Fn(f64) -> bool) -> Self {
        let (value, figure, verdict) = match found {
            Ok((value, figure)) if accepts(value) => (Some(value), figure, Verdict::Pass),
            Ok((value, figure)) => (Some(value), figure, Verdict::Fail),
            Err(why) => (None, String::new(), Verdict::NotHere(why)),
        };
        Self {
            name,
            band: band.into(),
            value,
            figure,
            verdict,
            evidence: Evidence::Test,
        }
    }

    /// A test that its figure lies between two values, themselves included.
    pub fn within(name: &'static str, low: f64, high: f64, found: Finding) -> Self {
        Self::that(name, format!("{low} to {high}"), found, |value| {
            (low..=high).contains(&value)
        })
    }

    /// A test that its figure lies above a value.
    pub fn above(name: &'static str, low: f64, found: Finding) -> Self {
        Self::that(name, format!("above {low}"), found, |value| value > low)
    }

    /// The same check of a figure that a parameter was set for.
    pub fn as_calibration(self) -> Self {
        Self {
            evidence: Evidence::Calibration,
            ..self
        }
    }
}
