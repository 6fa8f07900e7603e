//! Figures of growth that compare runs: the rate over a whole run, and the reach of a persistent path.

use super::recorder::Readouts;

/// Growth of the total length over the tip-hours of the run, for each well of a condition, µm/h.
pub fn rates_over_the_run(readouts: &Readouts, condition: usize) -> Vec<f64> {
    let columns = readouts.column("neurite_length_total_um").zip(readouts.column("tips"));
    let Some((length, tips)) = columns else {
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
            .map(|row| Some((row.time_h, row.values[length]?, row.values[tips]?)))
            .collect();
        let points = points?;
        let (first, last) = (points.first()?, points.last()?);
        let tip_hours: f64 = points
            .windows(2)
            .map(|pair| 0.5 * (pair[0].2 + pair[1].2) * (pair[1].0 - pair[0].0))
            .sum();
        (tip_hours > 0.0).then(|| (last.1 - first.1) / tip_hours)
    };
    wells.into_iter().filter_map(rate).collect()
}

/// Root mean square distance between the ends of a path of length `path_um` in the plane whose direction is
/// lost over `persistence_um`: R² = 2 L s − 2 L² (1 − e^(−s/L)).
pub fn persistent_reach_um(path_um: f64, persistence_um: f64) -> f64 {
    let (s, l) = (path_um, persistence_um);
    (2.0 * l * s + 2.0 * l * l * libm::expm1(-s / l)).max(0.0).sqrt()
}
