// Gain of growth from the two cues, myokines and strain. Twin of src/model/rules/gain.rs.
#include "layout.wgsl"

fn combined_gain(trophic_excess: f32, mechano_excess: f32, rules: Rules) -> f32 {
    let sum = 1.0 + trophic_excess + mechano_excess;
    let product = trophic_excess * mechano_excess;
    var gain = sum;
    if rules.combination == COMBINATION_MULTIPLICATIVE {
        gain = sum + product;
    } else if rules.combination == COMBINATION_SATURATING {
        gain = sum - product / rules.ceiling;
    }
    return max(gain, 0.0);
}
