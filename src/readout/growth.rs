//! Figures of growth that compare runs: the rate over a whole run, and the reach of a persistent path.

use super::columns::Readout;
use super::recorder::Readouts;
pub use crate::model::reach::persistent_reach_um;

/// Times are multiples of the step up to rounding, h.
const ROUNDING_H: f64 = 1e-6;

/// The value of a readout in each well of a condition at the end. Of the rate of growth it is that over the whole run: from record to
/// record it follows the treatment of the day up and down.
pub fn at_the_end(readouts: &Readouts, readout: Readout, condition: usize) -> Vec<f64> {
    match (readout, readouts.last_time_h()) {
        (Readout::GrowthRateMean, _) => rates_over_the_run(readouts, condition),
        (_, Some(time_h)) => readouts.values_at(readout, condition, time_h),
        (_, None) => Vec::new(),
    }
}

/// Growth of the total length over the tip-hours of the run, for each well of a condition, µm/h.
pub fn rates_over_the_run(readouts: &Readouts, condition: usize) -> Vec<f64> {
    rates_between(readouts, condition, 0.0, f64::INFINITY)
}

/// The same from one time to another, h: from the last record up to the one to the last up to the other.
pub fn rates_between(readouts: &Readouts, condition: usize, from_h: f64, to_h: f64) -> Vec<f64> {
    let before = |time_h: f64, limit_h: f64| time_h <= limit_h + ROUNDING_H;
    let columns = (readouts.place(Readout::NeuriteLengthTotal)).zip(readouts.place(Readout::TipHours));
    let Some((length, tip_hours)) = columns else {
        return Vec::new();
    };
    let mut wells: Vec<usize> = readouts
        .rows
        .iter()
        .filter(|row| row.condition == condition)
        .map(|row| row.well)
        .collect();
    wells.sort_unstable();
    wells.dedup();
    let rate = |well: usize| {
        let points: Option<Vec<(f64, f64, f64)>> = readouts
            .rows
            .iter()
            .filter(|row| row.well == well)
            .map(|row| Some((row.time_h, row.values[length]?, row.values[tip_hours]?)))
            .collect();
        let points = points?;
        let begins = points
            .partition_point(|point| before(point.0, from_h))
            .saturating_sub(1);
        let ends = points.partition_point(|point| before(point.0, to_h));
        let points = points.get(begins..ends)?;
        let (first, last) = (points.first()?, points.last()?);
        let lived_h = last.2 - first.2;
        (lived_h > 0.0).then(|| (last.1 - first.1) / lived_h)
    };
    wells.into_iter().filter_map(rate).collect()
}

/// Mean over root mean square of the distance between the ends of persistent walks, at its least: that of walks much longer than their
/// memory in the plane, √π/2. Of straight ones it is 1.
pub const LEAST_MEAN_REACH: f64 = 0.886_226_925_452_758;
