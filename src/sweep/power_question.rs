//! The question how many replicates show an effect: which effects, seen how surely.

use crate::scenario::Mistake;
use serde::{Deserialize, Serialize};

/// Cultures that a spread is taken from at least: its interval is then 0.7 to 1.8 times as wide.
pub const FEWEST_CULTURES: usize = 10;
/// Cultures that are run where nobody says how many.
pub const USUAL_CULTURES: u64 = 30;

/// What is asked: which effects, seen how surely.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PowerQuestion {
    /// The power: the share of experiments that are to show the effect.
    pub power: f64,
    /// The level of the test: the share of experiments that show one where there is none.
    pub alpha: f64,
    /// The effects, as ratios to the first condition.
    pub effects: Vec<f64>,
}

impl Default for PowerQuestion {
    fn default() -> Self {
        Self {
            power: 0.8,
            alpha: 0.05,
            effects: vec![1.1, 1.25, 1.5, 2.0],
        }
    }
}

impl PowerQuestion {
    /// Refuses what is no question.
    ///
    /// # Errors
    /// A power or a level that is no probability between 0 and 1, a power that is not above the level, an effect that is none.
    pub fn check(&self, place: &str) -> Result<(), Mistake> {
        let refuse = |found: String, expected: &str| {
            Err(Mistake {
                place: place.to_owned(),
                key: String::new(),
                found,
                expected: expected.to_owned(),
                nearest: None,
            })
        };
        let Self { power, alpha, effects } = self;
        if !(1e-6..=0.5).contains(alpha) {
            return refuse(
                format!("the level {alpha}"),
                "a probability from 0.000001 to 0.5, such as 0.05",
            );
        }
        if !(power > alpha && *power <= 0.999) {
            return refuse(
                format!("the power {power}"),
                &format!("a probability above the level {alpha}, at most 0.999, such as 0.8"),
            );
        }
        let is_effect = |ratio: &&f64| (0.01..=100.0).contains(*ratio) && **ratio != 1.0;
        match effects.iter().find(|ratio| !is_effect(ratio)) {
            Some(ratio) => refuse(
                format!("the effect {ratio}"),
                "ratios from 0.01 to 100 that are not 1, such as 1.25 for a quarter more",
            ),
            None if effects.is_empty() => refuse("no effect".to_owned(), "at least one ratio, such as 1.25"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_are_none_are_refused() {
        let usual = PowerQuestion::default();
        assert!(usual.check("--power").is_ok());
        let wrong = [
            PowerQuestion {
                power: 1.0,
                ..usual.clone()
            },
            PowerQuestion {
                power: 0.05,
                ..usual.clone()
            },
            PowerQuestion {
                power: f64::NAN,
                ..usual.clone()
            },
            PowerQuestion {
                alpha: 0.0,
                ..usual.clone()
            },
            PowerQuestion {
                alpha: f64::NAN,
                ..usual.clone()
            },
            PowerQuestion {
                effects: vec![1.0],
                ..usual.clone()
            },
            PowerQuestion {
                effects: vec![],
                ..usual.clone()
            },
            PowerQuestion {
                effects: vec![f64::INFINITY],
                ..usual.clone()
            },
            PowerQuestion {
                effects: vec![-2.0],
                ..usual
            },
        ];
        for question in wrong {
            assert!(question.check("--power").is_err(), "{question:?}");
        }
    }
}
