//! Names that tell nothing, for a quiz: which treatment is which is to be found out.

/// Letters in the place of the names of that many conditions, A and on, dealt by the seed alone: whoever opens the same link sees the same
/// letters. They are for faces to show; the plate keeps its names, of which its random draws are made.
pub fn neutral_names(conditions: usize, seed: u64) -> Vec<String> {
    let mut dealt: Vec<usize> = (0..conditions).collect();
    dealt.sort_by_cached_key(|&condition| {
        let card = format!("hidden condition {condition} of seed {seed}");
        *blake3::hash(card.as_bytes()).as_bytes()
    });
    let mut names = vec![String::new(); conditions];
    for (place, condition) in dealt.into_iter().enumerate() {
        names[condition] = letters(place);
    }
    names
}

/// A to Z, then AA, AB and on.
fn letters(place: usize) -> String {
    let last = char::from(b'A' + (place % 26) as u8);
    match place / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn letters_are_dealt_by_the_seed_and_each_once() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(letters),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
        for seed in 0..20 {
            let names = neutral_names(6, seed);
            let all: HashSet<&str> = names.iter().map(String::as_str).collect();
            assert_eq!(all, HashSet::from(["A", "B", "C", "D", "E", "F"]));
            assert_eq!(names, neutral_names(6, seed));
        }
        let deals: HashSet<Vec<String>> = (0..20).map(|seed| neutral_names(6, seed)).collect();
        assert!(deals.len() > 15, "{} deals of 20 seeds", deals.len());
        // Links that were passed on keep their letters.
        assert_eq!(neutral_names(6, 1), ["A", "C", "E", "B", "D", "F"]);
    }
}
