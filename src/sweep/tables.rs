//! The tables of a sweep: each row has the number of its run, its seed and its value of every varied key.

use super::axis::AxisValue;
use super::plan::{Plan, PlannedRun};
use crate::export::labels::unit_as_columns_have_it;
use crate::export::record::RecordedColumn;
use crate::export::table::{ColumnTable, TableColumn, Values};
use crate::readout::columns::KEYS;
use crate::readout::recorder::Readouts;

/// The columns that a run is told by, ahead of its varied keys: name, unit, meaning.
const OF_A_RUN: [(&str, &str, &str); 2] = [
    ("run", "1", "the number of the run in its plan, from 1"),
    ("seed", "1", "the seed of every random draw of the run"),
];

/// The names of the columns for the varied keys: the keys themselves, but for those that would be another column.
pub fn axis_names(plan: &Plan) -> Vec<String> {
    let of_a_run = OF_A_RUN.iter().map(|(name, ..)| *name);
    let keys = KEYS.iter().map(|(name, ..)| *name);
    let readouts = plan.contract.columns.iter().map(|column| column.name.as_str());
    let taken: Vec<&str> = of_a_run.chain(keys).chain(readouts).chain(["point"]).collect();
    let axes = plan.contract.axes.iter();
    axes.map(|axis| {
        if taken.contains(&axis.key.as_str()) {
            format!("scenario.{}", axis.key)
        } else {
            axis.key.clone()
        }
    })
    .collect()
}

/// The columns of the varied keys, for `runs` each with a number of rows.
pub fn axis_columns<'a>(plan: &Plan, runs: impl Iterator<Item = (&'a [AxisValue], usize)> + Clone) -> Vec<TableColumn> {
    let names = axis_names(plan);
    let axes = plan.contract.axes.iter().enumerate();
    axes.map(|(at, axis)| {
        let repeated = runs.clone().map(|(values, rows)| (&values[at], rows));
        let (unit, values) = match axis.unit() {
            Some(unit) => {
                let numbers = repeated.flat_map(|(value, rows)| std::iter::repeat_n(value.number, rows));
                (unit_as_columns_have_it(unit), Values::numbers(numbers))
            }
            None => {
                let texts = repeated.flat_map(|(value, rows)| std::iter::repeat_n(value.text.clone(), rows));
                (String::new(), Values::Text(texts.collect()))
            }
        };
        let meaning = format!("the value of {} in the run", axis.key);
        TableColumn::new(&names[at], &unit, &meaning, values)
    })
    .collect()
}

/// The columns of the numbers and seeds of runs, each with a number of rows.
fn run_columns<'a>(runs: impl Iterator<Item = (&'a PlannedRun, usize)> + Clone) -> Vec<TableColumn> {
    let (ids, seeds) = (runs.clone(), runs);
    let ids = ids.flat_map(|(run, rows)| std::iter::repeat_n(Some(run.id as i64), rows));
    let seeds = seeds.flat_map(|(run, rows)| std::iter::repeat_n(run.seed, rows));
    let values = [Values::Count(ids.collect()), Values::Seed(seeds.collect())];
    let columns = OF_A_RUN.iter().zip(values);
    columns
        .map(|(&(name, unit, meaning), values)| TableColumn::new(name, unit, meaning, values))
        .collect()
}

/// The table of a plan: a row a run.
pub fn plan_table(plan: &Plan, runs: &[PlannedRun]) -> ColumnTable {
    let once = runs.iter().map(|run| (run, 1));
    let points = Values::Count(runs.iter().map(|run| Some(run.point as i64)).collect());
    let mut columns = run_columns(once.clone());
    columns.push(TableColumn::new(
        "point",
        "1",
        "the number of the values of the varied keys together, from 1: runs of one point differ in their seed alone",
        points,
    ));
    columns.extend(axis_columns(
        plan,
        once.map(|(run, rows)| (run.values.as_slice(), rows)),
    ));
    ColumnTable { columns }
}

/// The table of readouts of some runs, with the columns of the plan and, behind them, those that a run has beyond them.
pub fn readouts_table(plan: &Plan, runs: &[(PlannedRun, Readouts)]) -> ColumnTable {
    let rows = runs.iter().map(|(run, readouts)| (run, readouts.rows.len()));
    let mut columns = run_columns(rows.clone());
    columns.extend(axis_columns(
        plan,
        rows.map(|(run, rows)| (run.values.as_slice(), rows)),
    ));
    let all = || {
        runs.iter()
            .flat_map(|(_, readouts)| readouts.rows.iter().map(move |row| (readouts, row)))
    };
    let keys = [
        Values::Text(
            all()
                .map(|(readouts, row)| readouts.conditions[row.condition].clone())
                .collect(),
        ),
        Values::Count(all().map(|(_, row)| Some(row.well as i64 + 1)).collect()),
        Values::Count(all().map(|(_, row)| Some(i64::from(row.replicate) + 1)).collect()),
        Values::numbers(all().map(|(_, row)| Some(row.time_h))),
    ];
    let keys = KEYS.into_iter().zip(keys);
    columns.extend(keys.map(|((name, unit, meaning), values)| TableColumn::new(name, unit, meaning, values)));
    for column in measured(plan, runs) {
        let values = runs.iter().flat_map(|(_, readouts)| {
            let place = readouts.column(&column.name);
            readouts.rows.iter().map(move |row| row.values[place?])
        });
        columns.push(TableColumn::new(
            &column.name,
            &column.unit,
            &column.meaning,
            Values::numbers(values),
        ));
    }
    ColumnTable { columns }
}

/// The columns of readouts that the plan or a run has.
fn measured(plan: &Plan, runs: &[(PlannedRun, Readouts)]) -> Vec<RecordedColumn> {
    let mut measured = plan.contract.columns.clone();
    for column in runs.iter().flat_map(|(_, readouts)| &readouts.columns) {
        if !measured.iter().any(|known| known.name == column.name) {
            measured.push(RecordedColumn {
                name: column.name.clone(),
                unit: column.unit.to_owned(),
                meaning: column.meaning.clone(),
            });
        }
    }
    measured
}
