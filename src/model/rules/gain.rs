//! Gain of growth from the two cues, myokines and strain. How they combine is unknown: three hypotheses.

use crate::model::layout::{Rules, combination};

/// Gain from the excess that myokines and strain would each bring alone (0: none).
pub fn combined_gain(trophic_excess: f32, mechano_excess: f32, rules: &Rules) -> f32 {
    let sum = 1.0 + trophic_excess + mechano_excess;
    let product = trophic_excess * mechano_excess;
    let gain = match rules.combination {
        combination::MULTIPLICATIVE => sum + product,
        combination::SATURATING => sum - product / rules.ceiling,
        _ => sum,
    };
    gain.max(0.0)
}
