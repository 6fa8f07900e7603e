//! Variation: neurons, explants and cultures differ in how fast their axons run and in how they answer each cue.
//!
//! Each trait of a neuron is the mean's times one factor each of its culture, its explant and itself, from log-normal laws of mean
//! 1: over many, the documented numbers remain the means. The factors are a function of keys, as all draws are: a well's are the
//! same whatever other wells there are.

use super::key::{culture_key, well_key};
use super::parameters::Variation;
use super::plate::{Origin, PlacedExplant, Plate, WellPlace};
use super::rules::random::{draw, gaussian_pair, purpose};
use glam::UVec2;
use std::ops::Range;

/// Traits of a neuron, each relative to the mean over neurons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Traits {
    /// Speed of its running cones.
    pub vigour: f64,
    /// Sensitivity to myokines.
    pub trophic_sensitivity: f64,
    /// Sensitivity to strain.
    pub mechano_sensitivity: f64,
}

/// The subject of a draw.
#[derive(Clone, Copy, Debug)]
enum Subject {
    Neuron = 0,
    Explant = 1,
    Culture = 2,
    SizeOfExplant = 3,
}

impl Traits {
    /// What the culture with this key brings to all its explants.
    pub fn of_culture(variation: &Variation, key: UVec2) -> Self {
        Self::drawn(
            variation,
            Subject::Culture,
            0,
            key,
            [
                variation.speed_between_cultures,
                variation.trophic_between_cultures,
                variation.mechano_between_cultures,
            ],
        )
    }

    /// What the explant of this number in the well with this key brings to all its neurons.
    pub fn of_explant(variation: &Variation, explant: u32, key: UVec2) -> Self {
        Self::drawn(
            variation,
            Subject::Explant,
            explant,
            key,
            [
                variation.speed_between_explants,
                variation.trophic_between_explants,
                variation.mechano_between_explants,
            ],
        )
    }

    /// What the neuron of this number in the well with this key has of its own.
    pub fn of_neuron(variation: &Variation, neuron: u32, key: UVec2) -> Self {
        Self::drawn(
            variation,
            Subject::Neuron,
            neuron,
            key,
            [
                variation.speed_between_neurons,
                variation.trophic_between_neurons,
                variation.mechano_between_neurons,
            ],
        )
    }

    fn drawn(variation: &Variation, subject: Subject, number: u32, key: UVec2, spreads: [f64; 3]) -> Self {
        let words = draw(number, subject as u32, key, purpose::VARIATION);
        let (first, second) = (gaussian_pair(words.x, words.y), gaussian_pair(words.z, words.w));
        let factor = |spread: f64, normal: f32| log_normal(variation.scale * spread, normal.into());
        Self {
            vigour: factor(spreads[0], first.x),
            trophic_sensitivity: factor(spreads[1], first.y),
            mechano_sensitivity: factor(spreads[2], second.x),
        }
    }

    /// These traits with those of another level.
    pub fn with(self, other: Self) -> Self {
        Self {
            vigour: self.vigour * other.vigour,
            trophic_sensitivity: self.trophic_sensitivity * other.trophic_sensitivity,
            mechano_sensitivity: self.mechano_sensitivity * other.mechano_sensitivity,
        }
    }
}

impl Plate {
    /// The plate's name, the seed and the condition's name that a well's draws follow.
    pub fn origin_of(&self, place: &WellPlace) -> (&str, u64, &str) {
        let condition = &self.conditions[place.condition];
        let Origin {
            plate,
            seed,
            condition: name,
        } = &condition.origin;
        (
            plate.as_deref().unwrap_or(&self.name),
            seed.unwrap_or(self.seed),
            name.as_deref().unwrap_or(&condition.name),
        )
    }

    /// The key of a well's draws.
    pub fn key_of(&self, place: &WellPlace) -> UVec2 {
        let (plate, seed, condition) = self.origin_of(place);
        well_key(plate, seed, condition, place.replicate)
    }

    /// The traits of the culture that a well comes from.
    pub fn culture_of(&self, place: &WellPlace) -> Traits {
        let (plate, seed, _) = self.origin_of(place);
        Traits::of_culture(&self.variation, culture_key(plate, seed, place.replicate))
    }

    /// The explants of a well: those of the plate, as large and with as many neurons, at least one, as they are there.
    pub fn explants_in(&self, place: &WellPlace) -> Vec<PlacedExplant> {
        let key = self.key_of(place);
        let varied = |(number, placed): (u32, &PlacedExplant)| {
            let words = draw(number, Subject::SizeOfExplant as u32, key, purpose::VARIATION);
            let normal = gaussian_pair(words.x, words.y);
            let factor = |spread: f64, normal: f32| log_normal(self.variation.scale * spread, normal.into());
            let mut placed = placed.clone();
            let explant = &mut placed.explant;
            explant.radius_um *= factor(self.variation.radius_between_explants, normal.x);
            let neurons = explant.neurons * factor(self.variation.neurons_between_explants, normal.y);
            explant.neurons = neurons.round().max(explant.neurons.min(1.0));
            placed
        };
        (0..).zip(&self.explants).map(varied).collect()
    }

    /// The neurons of each well, by their places in [`State::neurons`](super::world::State::neurons).
    pub fn neurons_in_wells(&self) -> Vec<Range<usize>> {
        let mut first = 0;
        let of_well = |place: WellPlace| {
            let explants = self.explants_in(&place);
            let neurons: usize = explants.iter().map(|placed| placed.explant.neurons as usize).sum();
            let range = first..first + neurons;
            first = range.end;
            range
        };
        self.wells().into_iter().map(of_well).collect()
    }
}

/// A number from the log-normal law of mean 1 with this coefficient of variation, for a standard normal number; exactly 1 without
/// variation.
fn log_normal(variation: f64, normal: f64) -> f64 {
    let squared = libm::log1p(variation * variation);
    libm::exp(squared.sqrt() * normal - 0.5 * squared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_have_the_mean_1_and_the_documented_spread() {
        let variation = Variation {
            speed_between_neurons: 0.5,
            trophic_between_neurons: 0.0,
            ..Variation::default()
        };
        let key = UVec2::new(7, 8);
        let traits: Vec<Traits> = (0..40_000).map(|n| Traits::of_neuron(&variation, n, key)).collect();
        assert!(traits.iter().all(|traits| traits.trophic_sensitivity == 1.0));
        let mean = traits.iter().map(|traits| traits.vigour).sum::<f64>() / 40_000.0;
        let squares = traits.iter().map(|traits| (traits.vigour - mean).powi(2)).sum::<f64>() / 40_000.0;
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
        assert!((squares.sqrt() / mean - 0.5).abs() < 0.02, "{}", squares.sqrt());
    }

    #[test]
    fn levels_and_traits_do_not_share_their_draws() {
        let variation = Variation {
            speed_between_neurons: 0.3,
            speed_between_explants: 0.3,
            speed_between_cultures: 0.3,
            trophic_between_neurons: 0.3,
            mechano_between_neurons: 0.3,
            ..Variation::default()
        };
        let key = UVec2::new(1, 2);
        let neuron = Traits::of_neuron(&variation, 0, key);
        let drawn = [
            neuron.vigour,
            neuron.trophic_sensitivity,
            neuron.mechano_sensitivity,
            Traits::of_explant(&variation, 0, key).vigour,
            Traits::of_culture(&variation, key).vigour,
        ];
        for (index, one) in drawn.iter().enumerate() {
            assert!(drawn[index + 1..].iter().all(|other| one != other), "{drawn:?}");
        }
    }
}
