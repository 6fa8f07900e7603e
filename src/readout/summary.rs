//! Means over the wells of a condition, with their spread.

/// Mean and spread of a readout over wells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Mean over wells.
    pub mean: f64,
    /// Standard deviation between wells (n − 1); `None` of a single well.
    pub sd: Option<f64>,
    /// Number of wells.
    pub wells: usize,
}

impl Summary {
    /// Of the values of some wells; `None` of none.
    pub fn of(values: &[f64]) -> Option<Self> {
        let wells = values.len();
        if wells == 0 {
            return None;
        }
        let mean = values.iter().sum::<f64>() / wells as f64;
        let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
        Some(Self {
            mean,
            sd: (wells > 1).then(|| (squares / (wells - 1) as f64).sqrt()),
            wells,
        })
    }
}
