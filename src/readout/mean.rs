//! Means and percentiles of what may be nothing.

/// A mean that knows when there was nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    /// Counts one value more.
    pub fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }

    /// The mean; `None` of nothing.
    pub fn get(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }
}

impl FromIterator<f64> for Mean {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut mean = Self::default();
        values.into_iter().for_each(|value| mean.add(value));
        mean
    }
}

/// The value below which the share `p` of the sorted `values` lies, interpolated between neighbours; `None` of nothing.
pub fn percentile(values: &[f64], p: f64) -> Option<f64> {
    let place = p * values.len().checked_sub(1)? as f64;
    let (below, above) = (values[place.floor() as usize], values[place.ceil() as usize]);
    Some(below + (above - below) * place.fract())
}

/// As [`percentile`], of values in any order, which are put into another one: less work than to sort them.
pub fn percentile_in(values: &mut [f64], p: f64) -> Option<f64> {
    let place = p * values.len().checked_sub(1)? as f64;
    let (_, &mut below, greater) = values.select_nth_unstable_by(place.floor() as usize, f64::total_cmp);
    let above = if place.fract() > 0.0 {
        greater.iter().copied().min_by(f64::total_cmp)
    } else {
        None
    };
    Some(below + (above.unwrap_or(below) - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_values_lies_below_its_percentile() {
        let sorted = [1.0, 2.0, 3.0, 5.0];
        assert_eq!(
            [0.0, 0.5, 1.0].map(|share| percentile(&sorted, share)),
            [1.0, 2.5, 5.0].map(Some)
        );
    }

    #[test]
    fn a_percentile_is_the_same_in_any_order() {
        let mixed: Vec<f64> = (0..4000)
            .map(|place| f64::from((place * 1237 + 50) % 4000).sqrt())
            .collect();
        let mut sorted = mixed.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        // Where the search ends differs from one to the next, and with it what is sorted on the way.
        for p in (0..=1000).map(|share| f64::from(share) / 1000.0) {
            assert_eq!(percentile_in(&mut mixed.clone(), p), percentile(&sorted, p), "{p}");
        }
        assert_ne!(percentile_in(&mut mixed.clone(), 0.025), percentile(&mixed, 0.025));
        assert_eq!(percentile_in(&mut [], 0.5), None);
    }
}
