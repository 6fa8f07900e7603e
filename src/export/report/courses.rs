//! Curves of wells: of each condition its wells, their mean and its interval.

use super::plots::{Curve, CurvePoint};
use crate::parallel::map_indices;
use crate::readout::bootstrap::Bootstrap;
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;

/// Times of a curve at most: more are nothing that an eye sees.
const MOST_TIMES: usize = 121;

/// The curve of a condition at these abscissas; `wells` holds the values of each well, one for each abscissa.
pub(super) fn curve(condition: usize, places: &[f64], wells: &[Vec<Option<f64>>], bootstrap: &Bootstrap) -> Curve {
    let at = |place: usize| -> Vec<f64> { wells.iter().filter_map(|well| well[place]).collect() };
    let values: Vec<Vec<f64>> = (0..places.len()).map(at).collect();
    // Where all wells have a value the draws are the same; they are most of them.
    let (whole, part): (Vec<usize>, Vec<usize>) =
        (0..places.len()).partition(|&place| values[place].len() == wells.len());
    let of_whole: Vec<Vec<f64>> = whole.iter().map(|&place| values[place].clone()).collect();
    let mut intervals = vec![None; places.len()];
    for (place, interval) in whole.into_iter().zip(bootstrap.means(&of_whole)) {
        intervals[place] = interval;
    }
    for place in part {
        intervals[place] = bootstrap.mean(&values[place]);
    }
    let points = places.iter().zip(&values).zip(intervals);
    let points = points.filter_map(|((&x, values), interval)| {
        Some(CurvePoint {
            x,
            count: values.len(),
            mean: Summary::of(values)?.mean,
            interval,
        })
    });
    let member = |well: &Vec<Option<f64>>| {
        let points = places.iter().zip(well);
        points.filter_map(|(&x, &value)| Some((x, value?))).collect()
    };
    Curve {
        condition,
        points: points.collect(),
        members: wells.iter().map(member).collect(),
    }
}

/// The curves of a column over time in days, its values over `size`; of many records some.
pub(super) fn over_time(readouts: &Readouts, column: usize, size: f64, bootstrap: &Bootstrap) -> Vec<Curve> {
    let times_h = thinned(&readouts.times_h());
    let days: Vec<f64> = times_h.iter().map(|time_h| time_h / 24.0).collect();
    let mut wells: Vec<(usize, usize)> = readouts.rows.iter().map(|row| (row.condition, row.well)).collect();
    wells.sort_unstable();
    wells.dedup();
    let mut values = vec![vec![None; times_h.len()]; wells.len()];
    for row in &readouts.rows {
        let time = times_h.binary_search_by(|time_h| time_h.total_cmp(&row.time_h));
        let well = wells.binary_search(&(row.condition, row.well));
        if let (Ok(time), Ok(well)) = (time, well) {
            values[well][time] = row.values[column].map(|value| value / size);
        }
    }
    let of_condition = |condition: usize| {
        let places = wells.iter().zip(&values).filter(|((of, _), _)| *of == condition);
        let wells: Vec<Vec<Option<f64>>> = places.map(|(_, values)| values.clone()).collect();
        curve(condition, &days, &wells, bootstrap)
    };
    let curves = map_indices(readouts.conditions.len(), of_condition);
    curves.into_iter().filter(|curve| !curve.points.is_empty()).collect()
}

/// The first and the last of some times, and so many between them, evenly.
fn thinned(times: &[f64]) -> Vec<f64> {
    if times.len() <= MOST_TIMES {
        return times.to_vec();
    }
    let last = times.len() - 1;
    (0..MOST_TIMES)
        .map(|place| times[place * last / (MOST_TIMES - 1)])
        .collect()
}

/// The number of wells of each condition, in words.
pub(super) fn wells_in_words(counts: impl Iterator<Item = usize>) -> String {
    let counts: Vec<usize> = counts.collect();
    match (counts.iter().min(), counts.iter().max()) {
        (Some(least), Some(most)) if least != most => format!("n = {least} to {most} wells a condition"),
        (Some(1), _) => "n = 1 well a condition".to_owned(),
        (Some(count), _) => format!("n = {count} wells a condition"),
        _ => "no wells".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_wells_is_theirs_where_they_have_values() {
        let bootstrap = Bootstrap::named("courses");
        let wells = [
            vec![Some(1.0), Some(2.0), None],
            vec![Some(3.0), None, None],
            vec![Some(5.0), Some(6.0), None],
        ];
        let curve = curve(4, &[0.0, 1.0, 2.0], &wells, &bootstrap);
        let found: Vec<_> = curve
            .points
            .iter()
            .map(|point| (point.x, point.count, point.mean))
            .collect();
        assert_eq!(found, [(0.0, 3, 3.0), (1.0, 2, 4.0)]);
        assert_eq!(curve.points[0].interval, bootstrap.mean(&[1.0, 3.0, 5.0]));
        assert_eq!(curve.points[1].interval, bootstrap.mean(&[2.0, 6.0]));
        assert_eq!(curve.members[1], [(0.0, 3.0)]);
    }

    #[test]
    fn many_times_are_thinned_to_their_ends() {
        let times: Vec<f64> = (0..1000).map(f64::from).collect();
        let found = thinned(&times);
        assert_eq!((found.len(), found[0], found[MOST_TIMES - 1]), (MOST_TIMES, 0.0, 999.0));
        assert_eq!(thinned(&times[..50]), times[..50]);
        assert_eq!(wells_in_words([3, 3].into_iter()), "n = 3 wells a condition");
        assert_eq!(wells_in_words([1, 3].into_iter()), "n = 1 to 3 wells a condition");
    }
}
