//! Keys of random draws.

use glam::UVec2;

/// The key of a well's random draws, 64 bits of a digest of what the well is: the plate's name, the run's seed, the condition's
/// name and the replicate's number. A well's place on the plate is not in it, so that its course is the same whatever other
/// conditions there are, and in whatever order.
pub fn well_key(plate: &str, seed: u64, condition: &str, replicate: u32) -> UVec2 {
    key(&[plate, condition], seed, replicate)
}

/// The key of the culture that the wells of one replicate number come from, in all conditions.
pub fn culture_key(plate: &str, seed: u64, replicate: u32) -> UVec2 {
    key(&[plate], seed, replicate)
}

fn key(names: &[&str], seed: u64, number: u32) -> UVec2 {
    let mut digest = blake3::Hasher::new();
    for name in names {
        // With its length, so that no two pairs of names run together alike.
        digest.update(&(name.len() as u64).to_le_bytes());
        digest.update(name.as_bytes());
    }
    digest.update(&seed.to_le_bytes());
    digest.update(&number.to_le_bytes());
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte));
    let digest = digest.finalize();
    UVec2::new(word(&digest.as_bytes()[..4]), word(&digest.as_bytes()[4..8]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_part_of_a_well_makes_another_key() {
        let key = well_key("plate", 1, "control", 0);
        let others = [
            well_key("plates", 1, "control", 0),
            well_key("plate", 2, "control", 0),
            well_key("plate", 1 << 40, "control", 0),
            well_key("plate", 1, "controls", 0),
            well_key("plate", 1, "control", 1),
            well_key("platec", 1, "ontrol", 0),
            culture_key("plate", 1, 0),
            culture_key("plate", 1, 1),
            culture_key("plate", 2, 0),
        ];
        assert!(others.iter().all(|other| *other != key));
        assert_eq!(key, well_key("plate", 1, "control", 0));
    }

    #[test]
    fn keys_of_a_million_seeds_differ() {
        let keys: HashSet<UVec2> = (0..1_000_000).map(|seed| well_key("p", seed, "c", 0)).collect();
        assert_eq!(keys.len(), 1_000_000, "32 bits would have met some hundred times");
    }
}
