//! Places along a varied key: its values one by one, or parts of its range, at which runs are put together.

use crate::export::figures::figure;
use crate::export::labels::unit_as_columns_have_it;
use crate::export::report::html::shortened;
use crate::sweep::axis::{Axis, AxisValue, AxisValues};

/// Values of a list or a grid that stand one by one, at most.
const MOST_ONE_BY_ONE: u64 = 30;
/// Parts of a range, at most.
const MOST_PARTS: u64 = 12;
/// Values that a part has in the mean, at least.
const FEWEST_IN_PART: u64 = 4;
/// A list whose greatest value is so many times its least has a logarithmic axis.
const MANY_TIMES: f64 = 30.0;
/// Letters of a value that are shown, at most.
pub const MOST_LETTERS: usize = 60;

/// The places along a key.
pub struct Places {
    /// The unit of its numbers; empty for plain ones, `None` where its values are words.
    pub unit: Option<String>,
    /// Whether equal ratios are equally far.
    pub log: bool,
    kind: Kind,
}

enum Kind {
    /// Each value, as `--set` takes it.
    Values(Vec<String>),
    /// Equal parts from `low` to `high`, by their logarithms where the places are by ratio.
    Parts { low: f64, high: f64, count: usize },
}

impl Places {
    /// The places along `axis`, whose range, if it is sampled, has so many points; `None` where it has one value, or words in great number.
    pub fn of(axis: &Axis, samples: u64) -> Option<Self> {
        let unit = axis.unit().map(unit_of);
        let log = is_by_ratio(axis);
        let count = axis.count().unwrap_or(samples);
        let kind = match axis.count() {
            Some(0 | 1) => return None,
            Some(count) if count <= MOST_ONE_BY_ONE => {
                Kind::Values((0..count).map(|number| axis.nth(number).text).collect())
            }
            _ => {
                unit.as_ref()?;
                let (low, high) = ends(axis)?;
                let count = (count / FEWEST_IN_PART).clamp(2, MOST_PARTS) as usize;
                Kind::Parts { low, high, count }
            }
        };
        Some(Self { unit, log, kind })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        match &self.kind {
            Kind::Values(values) => values.len(),
            Kind::Parts { count, .. } => *count,
        }
    }

    /// The place of a value.
    pub fn at(&self, value: &AxisValue) -> Option<usize> {
        match &self.kind {
            Kind::Values(values) => values.iter().position(|known| *known == value.text),
            Kind::Parts { low, high, count } => {
                let [low, high, number] = [*low, *high, value.number?].map(|number| self.scaled(number));
                let share = (number - low) / (high - low);
                Some(((share * *count as f64) as usize).min(count - 1))
            }
        }
    }

    /// A number where equal distances are equally far.
    pub fn scaled(&self, number: f64) -> f64 {
        if self.log { number.ln() } else { number }
    }

    /// The reverse of [`Places::scaled`].
    pub fn unscaled(&self, scaled: f64) -> f64 {
        if self.log { scaled.exp() } else { scaled }
    }

    /// What a place is called.
    pub fn name(&self, place: usize) -> String {
        match &self.kind {
            Kind::Values(values) => shortened(values.get(place).map_or("", String::as_str), MOST_LETTERS),
            Kind::Parts { low, high, count } => {
                let [low, high] = [*low, *high].map(|end| self.scaled(end));
                let end = |place: usize| self.unscaled(low + (high - low) * place as f64 / *count as f64);
                let unit = self.unit.as_deref().unwrap_or_default();
                format!("{} to {} {unit}", figure(end(place)), figure(end(place + 1)))
                    .trim_end()
                    .to_owned()
            }
        }
    }

    /// Whether a place holds a part of a range.
    pub fn are_parts(&self) -> bool {
        matches!(self.kind, Kind::Parts { .. })
    }
}

/// A unit in the letters that columns have it in; empty for plain numbers.
fn unit_of(unit: &str) -> String {
    if unit.is_empty() {
        String::new()
    } else {
        unit_as_columns_have_it(unit)
    }
}

/// The least and the greatest number of an axis; `None` where they do not differ.
fn ends(axis: &Axis) -> Option<(f64, f64)> {
    let numbers: Option<Vec<f64>> = axis.extremes().iter().map(|value| value.number).collect();
    let (low, high) = numbers?
        .into_iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
            (low.min(number), high.max(number))
        });
    (low < high).then_some((low, high))
}

fn is_by_ratio(axis: &Axis) -> bool {
    match &axis.values {
        AxisValues::Range(range) => range.log,
        AxisValues::List(_) => ends(axis).is_some_and(|(low, high)| low > 0.0 && high >= MANY_TIMES * low),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, samples: u64) -> Option<Places> {
        Places::of(&Axis::parse(text, "--vary").expect("an axis"), samples)
    }

    #[test]
    fn values_stand_one_by_one_or_in_parts_of_a_range() {
        let listed = places("growth_cone.speed=2,4,8 um/h", 1).expect("places");
        assert_eq!(
            (listed.count(), listed.log, listed.name(1)),
            (3, false, "4 um/h".to_owned())
        );
        let sampled = places("growth_cone.speed=1..100 um/h:log:sobol", 1000).expect("places");
        assert_eq!((sampled.count(), sampled.log), (12, true));
        let of = |number: f64| {
            sampled.at(&AxisValue {
                text: String::new(),
                number: Some(number),
            })
        };
        assert_eq!([of(1.0), of(9.99), of(10.01), of(100.0)], [0, 5, 6, 11].map(Some));
        assert_eq!(sampled.name(6), "10.0 to 14.7 µm/h");
        let few = places("growth_cone.speed=1..100 um/h:lhs", 9).expect("places");
        assert_eq!((few.count(), few.log), (2, false));
        assert_eq!(
            places("growth_cone.speed=1..100 um/h:grid(31)", 1)
                .expect("places")
                .count(),
            7
        );
        assert!(places("engine=one,two", 1).expect("places").unit.is_none());
        assert!(places("growth_cone.speed=2 um/h", 1).is_none());
        assert!(places("dose=0.01,0.1,1", 1).expect("places").log);
    }
}
