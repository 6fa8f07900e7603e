//! The summary of a sweep: of each point and condition, every readout at the last time, over the runs of the point. A run counts as one
//! however many wells it has: its value is the mean over them.

use super::plan::{Plan, PlannedRun};
use super::tables::axis_columns;
use crate::export::record::RecordedColumn;
use crate::export::table::{ColumnTable, TableColumn, Values};
use crate::parallel::map_indices;
use crate::readout::bootstrap::{Bootstrap, Interval};
use crate::readout::mean::Mean;
use crate::readout::summary::Summary;
use std::collections::BTreeMap;

/// Readouts that are drawn together for their intervals: enough to share the draws, and to leave work for every core.
const DRAWN_TOGETHER: usize = 16;

/// The last readouts of a run: of each condition, in order, every readout's mean over its wells.
#[derive(Clone, Debug, Default)]
pub struct LastReadouts {
    time_h: f64,
    conditions: Vec<(String, Vec<Mean>)>,
}

impl LastReadouts {
    /// The means by condition, in order; of each condition those of the readouts, in the order in which they were added.
    pub fn means(&self) -> impl Iterator<Item = (&str, &[Mean])> {
        self.conditions
            .iter()
            .map(|(name, means)| (name.as_str(), means.as_slice()))
    }

    /// Adds a row of a well; those of an earlier time are forgotten.
    pub fn add(&mut self, time_h: f64, condition: &str, values: impl Iterator<Item = Option<f64>>) {
        if time_h > self.time_h {
            *self = Self {
                time_h,
                conditions: Vec::new(),
            };
        }
        let at = self.conditions.iter().position(|(name, _)| name == condition);
        let at = at.unwrap_or_else(|| {
            self.conditions.push((condition.to_owned(), Vec::new()));
            self.conditions.len() - 1
        });
        let means = &mut self.conditions[at].1;
        for (place, value) in values.enumerate() {
            if means.len() <= place {
                means.push(Mean::default());
            }
            if let Some(value) = value {
                means[place].add(value);
            }
        }
    }
}

/// A point in the making.
#[derive(Debug)]
pub struct PointSummary {
    run: PlannedRun,
    time_h: f64,
    runs: Vec<LastReadouts>,
    /// Conditions of all of its runs, in the order in which they came.
    conditions: Vec<String>,
}

impl PointSummary {
    /// The point of a run.
    pub fn of(run: &PlannedRun) -> Self {
        Self {
            run: run.clone(),
            time_h: 0.0,
            runs: Vec::new(),
            conditions: Vec::new(),
        }
    }

    /// The first run of it.
    pub fn run(&self) -> &PlannedRun {
        &self.run
    }

    /// Its number.
    pub fn point(&self) -> u64 {
        self.run.point
    }

    /// Conditions of its runs, in the order in which they came.
    pub fn conditions(&self) -> &[String] {
        &self.conditions
    }

    /// The mean of a readout in a condition over its runs; `None` where none has it.
    pub fn mean(&self, condition: &str, readout: usize) -> Option<f64> {
        let mut mean = Mean::default();
        self.values(condition, readout)
            .into_iter()
            .for_each(|value| mean.add(value));
        mean.get()
    }

    /// Adds a run of it.
    pub fn add(&mut self, last: LastReadouts) {
        for (name, _) in &last.conditions {
            if !self.conditions.contains(name) {
                self.conditions.push(name.clone());
            }
        }
        self.time_h = self.time_h.max(last.time_h);
        self.runs.push(last);
    }

    /// The values of a readout in a condition, one for each run that has it.
    fn values(&self, condition: &str, readout: usize) -> Vec<f64> {
        let of_run = |run: &LastReadouts| {
            let (_, means) = run.conditions.iter().find(|(name, _)| name == condition)?;
            means.get(readout)?.get()
        };
        self.runs.iter().filter_map(of_run).collect()
    }

    /// The figures of each readout in each condition. Readouts that as many runs have are drawn together for their intervals.
    fn figures(&self, bootstrap: &Bootstrap, readouts: usize) -> Vec<Figures> {
        let of = |condition: usize, readout: usize| self.values(&self.conditions[condition], readout);
        let row = |row: usize| {
            let (condition, readout) = (row / readouts, row % readouts);
            let first = if condition == 0 { Vec::new() } else { of(0, readout) };
            (of(condition, readout), first)
        };
        let rows: Vec<(Vec<f64>, Vec<f64>)> = (0..self.conditions.len() * readouts).map(row).collect();
        let mut alike = BTreeMap::new();
        for (row, (own, first)) in rows.iter().enumerate() {
            alike.entry((own.len(), first.len())).or_insert_with(Vec::new).push(row);
        }
        let pieces: Vec<&[usize]> = alike.values().flat_map(|rows| rows.chunks(DRAWN_TOGETHER)).collect();
        let drawn = map_indices(pieces.len(), |piece| {
            let (own, first): (Vec<_>, Vec<_>) = pieces[piece].iter().map(|&row| rows[row].clone()).unzip();
            bootstrap.means_and_ratios(&own, &first)
        });
        let mut intervals = vec![[None; 2]; rows.len()];
        for (&row, found) in pieces.iter().copied().flatten().zip(drawn.into_iter().flatten()) {
            intervals[row] = found;
        }
        let figures = rows.iter().zip(intervals);
        figures
            .map(|((own, first), intervals)| Figures::of(own, first, intervals))
            .collect()
    }

    /// Its rows: a row a condition and readout.
    pub fn table(&self, plan: &Plan, readouts: &[RecordedColumn]) -> ColumnTable {
        let rows = self.figures(&Bootstrap::named(&plan.contract.scenario), readouts.len());
        let count = rows.len();
        let point = [(self.run.values.as_slice(), count)];
        let number = |name, unit, meaning, of: fn(&Figures) -> Option<f64>| {
            TableColumn::new(name, unit, meaning, Values::numbers(rows.iter().map(of)))
        };
        let text = |name, meaning, of: &dyn Fn(usize, usize) -> String| {
            let texts = (0..count).map(|row| of(row / readouts.len(), row % readouts.len()));
            TableColumn::new(name, "", meaning, Values::Text(texts.collect()))
        };
        let points = Values::Count(vec![Some(self.run.point as i64); count]);
        let mut columns = vec![TableColumn::new(
            "point",
            "1",
            "the number of the point, from 1",
            points,
        )];
        columns.extend(axis_columns(plan, point.into_iter()));
        columns.extend([
            text("condition", "the treatment of the wells", &|condition, _| {
                self.conditions[condition].clone()
            }),
            text("readout", "the name of the readout, unit included", &|_, readout| {
                readouts[readout].name.clone()
            }),
            text("unit", "the unit of mean, sd, low and high", &|_, readout| {
                readouts[readout].unit.clone()
            }),
            TableColumn::new(
                "time_h",
                "h",
                "time since the start of the run: the last of the readouts",
                Values::numbers(std::iter::repeat_n(Some(self.time_h), count)),
            ),
            TableColumn::new(
                "n",
                "1",
                "runs that have the readout, each the mean over its wells",
                Values::Count(rows.iter().map(|row| Some(row.runs as i64)).collect()),
            ),
            number("mean", "", "mean over runs, in the unit of the readout", |row| row.mean),
            number("sd", "", "standard deviation between runs (n - 1)", |row| row.sd),
            number(
                "low",
                "",
                "lower end of the 95 % bootstrap interval of the mean over runs",
                |row| row.mean_in?.low.into(),
            ),
            number("high", "", "upper end of it", |row| row.mean_in?.high.into()),
            number(
                "ratio",
                "1",
                "the mean over that of the first condition; empty for the first itself",
                |row| row.ratio,
            ),
            number(
                "ratio_low",
                "1",
                "lower end of the 95 % bootstrap interval of the ratio",
                |row| row.ratio_in?.low.into(),
            ),
            number("ratio_high", "1", "upper end of it", |row| row.ratio_in?.high.into()),
        ]);
        ColumnTable { columns }
    }
}

/// The figures of a readout in a condition.
struct Figures {
    runs: usize,
    mean: Option<f64>,
    sd: Option<f64>,
    mean_in: Option<Interval>,
    ratio: Option<f64>,
    ratio_in: Option<Interval>,
}

impl Figures {
    fn of(values: &[f64], first: &[f64], [mean_in, ratio_in]: [Option<Interval>; 2]) -> Self {
        let (summary, of_first) = (Summary::of(values), Summary::of(first));
        let ratio = summary.zip(of_first).map(|(own, first)| own.mean / first.mean);
        let ratio = ratio.filter(|ratio| ratio.is_finite());
        Self {
            runs: values.len(),
            mean: summary.map(|summary| summary.mean),
            sd: summary.and_then(|summary| summary.sd),
            mean_in,
            ratio,
            ratio_in: ratio.and(ratio_in),
        }
    }
}
