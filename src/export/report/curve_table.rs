//! The numbers of curves as a table.

use super::plots::Curve;
use crate::export::table::{ColumnTable, TableColumn, Values};

/// A row for each point of each curve: the condition, the abscissa, the mean with its interval, and what it is the mean of. The abscissa and
/// the measure are each a name and a unit.
pub(crate) fn curve_table(curves: &[Curve], conditions: &[String], x: (&str, &str), y: (&str, &str)) -> ColumnTable {
    let points: Vec<_> = curves
        .iter()
        .flat_map(|curve| curve.points.iter().map(move |point| (curve, point)))
        .collect();
    let name = |curve: &Curve| conditions.get(curve.condition).cloned().unwrap_or_default();
    let mut columns = vec![
        TableColumn::new(
            "condition",
            "",
            "the treatment",
            Values::Text(points.iter().map(|(curve, _)| name(curve)).collect()),
        ),
        TableColumn::new(
            &named(x),
            x.1,
            "the abscissa",
            Values::numbers(points.iter().map(|(_, point)| Some(point.x))),
        ),
        TableColumn::new(
            "n",
            "1",
            "values that the mean is of",
            Values::Count(
                points
                    .iter()
                    .map(|(_, point)| i64::try_from(point.count).ok())
                    .collect(),
            ),
        ),
        TableColumn::new(
            &named(y),
            y.1,
            "the mean",
            Values::numbers(points.iter().map(|(_, point)| Some(point.mean))),
        ),
    ];
    let ends = points.iter().map(|(_, point)| point.interval);
    columns.extend([
        TableColumn::new(
            "low_95",
            y.1,
            "lower end of its 95 % interval",
            Values::numbers(ends.clone().map(|interval| Some(interval?.low))),
        ),
        TableColumn::new(
            "high_95",
            y.1,
            "upper end of it",
            Values::numbers(ends.map(|interval| Some(interval?.high))),
        ),
    ]);
    let most = curves.iter().map(|curve| curve.members.len()).max().unwrap_or(0);
    columns.extend((0..most).map(|member| {
        let value = |(curve, point): &(&Curve, &super::plots::CurvePoint)| {
            let member = curve.members.get(member)?;
            member.iter().find(|(x, _)| *x == point.x).map(|&(_, value)| value)
        };
        TableColumn::new(
            &format!("replicate_{}", member + 1),
            y.1,
            "the value of a well",
            Values::numbers(points.iter().map(value)),
        )
    }));
    ColumnTable { columns }
}

/// A name as a column has it: with its unit, unless it is there already.
fn named((name, unit): (&str, &str)) -> String {
    if unit.is_empty() || unit == "1" {
        return name.replace(' ', "_");
    }
    format!("{name} ({unit})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::report::plots::CurvePoint;
    use crate::readout::bootstrap::Interval;

    #[test]
    fn a_curve_is_told_with_its_interval_and_its_wells() {
        let point = |x: f64, mean: f64, interval| CurvePoint {
            x,
            count: 2,
            mean,
            interval,
        };
        let curve = Curve {
            condition: 0,
            points: vec![
                point(0.0, 1.0, None),
                point(1.0, 4.0, Some(Interval { low: 3.0, high: 5.0 })),
            ],
            members: vec![vec![(0.0, 1.0), (1.0, 3.0)], vec![(1.0, 5.0)]],
        };
        let table = curve_table(&[curve], &["a, b".to_owned()], ("time", "d"), ("radius", "µm"));
        let expected = "condition,time (d),n,radius (µm),low_95,high_95,replicate_1,replicate_2\n\
                        \"a, b\",0,2,1,,,1,\n\
                        \"a, b\",1,2,4,3,5,3,5\n";
        assert_eq!(table.to_csv(), expected);
    }
}
