//! Units in which values are shown: those of their column, or larger ones where the values are large.

use crate::model::plate::DoseUnit;

/// A unit that values are shown in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownUnit {
    /// Its name; empty for plain numbers.
    pub name: &'static str,
    /// How many of the column's own unit it is.
    pub size: f64,
}

/// Larger units: of which, from which value on, their names, and how many of the former they are.
const LARGER: [(&str, f64, &str, f64); 2] = [("µm", 1e4, "mm", 1e3), ("µm²", 1e5, "mm²", 1e6)];

impl ShownUnit {
    /// The unit for values of a column with this unit, the largest of which is this.
    pub fn of(unit: &'static str, largest: f64) -> Self {
        let larger = LARGER.iter().find(|&&(of, from, ..)| of == unit && largest >= from);
        match (unit, larger) {
            (_, Some(&(_, _, name, size))) => Self { name, size },
            ("1", None) => Self { name: "", size: 1.0 },
            ("dose", None) => Self {
                name: DoseUnit::Relative.in_words(),
                size: 1.0,
            },
            (name, None) => Self { name, size: 1.0 },
        }
    }

    /// A title with the unit behind it.
    pub fn after(&self, title: &str) -> String {
        if self.name.is_empty() {
            title.to_owned()
        } else {
            format!("{title}, {}", self.name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_lengths_are_told_in_millimetres_and_numbers_without_a_unit() {
        assert_eq!(ShownUnit::of("µm", 2167.0), ShownUnit { name: "µm", size: 1.0 });
        assert_eq!(ShownUnit::of("µm", 275_000.0).after("length"), "length, mm");
        assert_eq!(ShownUnit::of("1", 1e7).after("tips"), "tips");
        assert_eq!(ShownUnit::of("dose", 0.5).after("dose"), "dose, × exercised medium");
        assert_eq!(ShownUnit::of("nM", 0.5).after("dose"), "dose, nM");
    }
}
