//! The arms of a comparison: of each condition its wells, their mean, and how it compares with the control.

use crate::export::table::{ColumnTable, TableColumn, Values};
use crate::readout::bootstrap::{Bootstrap, Interval};
use crate::readout::columns::Readout;
use crate::readout::effect::EffectSize;
use crate::readout::growth::at_the_end;
use crate::readout::permutation::{PermutationTest, Permutations};
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;

/// A condition's wells and what they show of a readout.
pub(super) struct Arm {
    /// The value of each well.
    pub wells: Vec<f64>,
    /// Their mean; `None` of no wells.
    pub mean: Option<f64>,
    /// The 95 % interval of the mean; `None` of one well.
    pub interval: Option<Interval>,
    /// How it compares with the control; `None` of the control itself, without one, and where either has no wells.
    pub against: Option<AgainstControl>,
}

/// A condition compared with the control.
pub(super) struct AgainstControl {
    /// The ratio of the means, and its 95 % interval; `None` where the control's mean is 0.
    pub ratio: Option<(f64, Option<Interval>)>,
    /// The standardised difference.
    pub effect: Option<EffectSize>,
    /// The test on wells; `None` of fewer than two.
    pub test: Option<PermutationTest>,
}

/// The draws for the intervals and the tests of a plate.
pub(super) struct Draws {
    /// For intervals.
    pub bootstrap: Bootstrap,
    /// For tests.
    pub permutations: Permutations,
}

/// The arms of a readout at the end of a run, by condition; `control` is the place of the control.
pub(super) fn arms(readouts: &Readouts, readout: Readout, control: Option<usize>, draws: &Draws) -> Vec<Arm> {
    let wells = (0..readouts.conditions.len()).map(|condition| at_the_end(readouts, readout, condition));
    let wells: Vec<Vec<f64>> = wells.collect();
    let untreated = control.and_then(|control| Some((control, wells.get(control)?.clone())));
    let arm = |(condition, wells): (usize, Vec<f64>)| {
        let untreated = untreated.as_ref().filter(|(control, _)| *control != condition);
        Arm {
            mean: Summary::of(&wells).map(|summary| summary.mean),
            interval: draws.bootstrap.mean(&wells),
            against: untreated.and_then(|(_, untreated)| against(untreated, &wells, draws)),
            wells,
        }
    };
    wells.into_iter().enumerate().map(arm).collect()
}

fn against(untreated: &[f64], wells: &[f64], draws: &Draws) -> Option<AgainstControl> {
    let [of_control, own] = [Summary::of(untreated)?.mean, Summary::of(wells)?.mean];
    let ratio = Some(own / of_control).filter(|ratio| ratio.is_finite());
    Some(AgainstControl {
        ratio: ratio.map(|ratio| (ratio, draws.bootstrap.ratio(wells, untreated))),
        effect: EffectSize::between(untreated, wells),
        test: draws.permutations.test(wells, untreated),
    })
}

/// The arms as a table: a row for each condition, with the value of each well. The measure is a name and a unit, in which the values are
/// told.
pub(super) fn arms_table(arms: &[Arm], conditions: &[String], (name, unit): (&str, &str)) -> ColumnTable {
    let number = |column: &str, unit: &str, meaning: &str, of: &dyn Fn(&Arm) -> Option<f64>| {
        TableColumn::new(column, unit, meaning, Values::numbers(arms.iter().map(of)))
    };
    let interval = |of: fn(&Arm) -> Option<Interval>, end: fn(Interval) -> f64| move |arm: &Arm| of(arm).map(end);
    let low = |interval: Interval| interval.low;
    let high = |interval: Interval| interval.high;
    let own: fn(&Arm) -> Option<Interval> = |arm| arm.interval;
    let ratio: fn(&Arm) -> Option<Interval> = |arm| arm.against.as_ref()?.ratio?.1;
    let effect: fn(&Arm) -> Option<Interval> = |arm| arm.against.as_ref()?.effect?.interval;
    let mut columns = vec![
        TableColumn::new("condition", "", "the treatment", Values::Text(conditions.to_vec())),
        TableColumn::new(
            "n",
            "1",
            "wells",
            Values::Count(arms.iter().map(|arm| i64::try_from(arm.wells.len()).ok()).collect()),
        ),
        number(&format!("{name}_mean"), unit, "mean over wells", &|arm| arm.mean),
        number(
            "mean_low_95",
            unit,
            "lower end of its 95 % bootstrap interval",
            &interval(own, low),
        ),
        number("mean_high_95", unit, "upper end of it", &interval(own, high)),
        number("ratio", "1", "ratio to the control's mean", &|arm| {
            Some(arm.against.as_ref()?.ratio?.0)
        }),
        number(
            "ratio_low_95",
            "1",
            "lower end of its 95 % bootstrap interval",
            &interval(ratio, low),
        ),
        number("ratio_high_95", "1", "upper end of it", &interval(ratio, high)),
        number("hedges_g", "1", "standardised difference from the control", &|arm| {
            Some(arm.against.as_ref()?.effect?.g)
        }),
        number(
            "g_low_95",
            "1",
            "lower end of its 95 % interval",
            &interval(effect, low),
        ),
        number("g_high_95", "1", "upper end of it", &interval(effect, high)),
        number("p", "1", "p of the permutation test on wells, two-sided", &|arm| {
            Some(arm.against.as_ref()?.test?.p)
        }),
        number("p_least", "1", "the least p that so many wells can give", &|arm| {
            Some(arm.against.as_ref()?.test?.least)
        }),
    ];
    let most = arms.iter().map(|arm| arm.wells.len()).max().unwrap_or(0);
    columns.extend((0..most).map(|well| {
        number(
            &format!("replicate_{}", well + 1),
            unit,
            "the value of a well",
            &|arm| arm.wells.get(well).copied(),
        )
    }));
    ColumnTable { columns }
}
