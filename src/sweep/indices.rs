//! The Sobol indices of a sweep: of each measure in each condition, and of its ratio to the first condition, for every varied key.

use super::measure::MEASURES;
use super::plan::Plan;
use super::saltelli::points_of_base;
use super::sensitivity::{Indices, Sample, of_factorial};
use super::summary::PointSummary;
use crate::export::record::RecordedColumn;
use crate::export::table::{ColumnTable, TableColumn, Values};

/// The results of a measure in a condition.
struct Course {
    condition: String,
    measure: &'static str,
    of: &'static str,
    /// By the place of the point; no number where there is none.
    results: Vec<f64>,
}

/// The results in the making; nothing where the plan has no indices.
#[derive(Default)]
pub struct Sensitivity {
    courses: Vec<Course>,
}

/// The indices of a varied key for a result.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyIndices {
    /// The condition.
    pub condition: String,
    /// The measure.
    pub measure: &'static str,
    /// The measure [itself](ITSELF), or its [ratio to the first](RATIO).
    pub of: &'static str,
    /// The varied key.
    pub key: String,
    /// Points that they are known from.
    pub points: usize,
    /// The indices.
    pub indices: Indices,
}

/// The indices of a measure in a condition.
pub const ITSELF: &str = "itself";
/// The indices of its ratio to the first condition.
pub const RATIO: &str = "ratio to the first";

impl Sensitivity {
    /// Whether a plan has indices: its ranges are by `saltelli`, or it is a full factorial of at least two keys.
    pub fn is_told(plan: &Plan) -> bool {
        by_saltelli(plan) || is_factorial(plan)
    }

    /// Adds a point.
    pub fn add(&mut self, point: &PointSummary, readouts: &[RecordedColumn]) {
        for measure in &MEASURES {
            let value = |condition: &str| {
                let value = measure.of(readouts, |place| point.mean(condition, place));
                value.filter(|value| value.is_finite())
            };
            let first = point.conditions().first().and_then(|first| value(first));
            for (at, condition) in point.conditions().iter().enumerate() {
                let own = value(condition);
                let ratio = own.zip(first).map(|(own, first)| own / first);
                self.keep(condition, measure.name, ITSELF, point.point(), own);
                if at > 0 {
                    self.keep(condition, measure.name, RATIO, point.point(), ratio);
                }
            }
        }
    }

    fn keep(&mut self, condition: &str, measure: &'static str, of: &'static str, point: u64, result: Option<f64>) {
        let Some(result) = result.filter(|result| result.is_finite()) else {
            return;
        };
        let known = |course: &Course| (&*course.condition, course.measure, course.of) == (condition, measure, of);
        let known = self.courses.iter().position(known).unwrap_or_else(|| {
            self.courses.push(Course {
                condition: condition.to_owned(),
                measure,
                of,
                results: Vec::new(),
            });
            self.courses.len() - 1
        });
        let results = &mut self.courses[known].results;
        let place = (point - 1) as usize;
        results.resize(results.len().max(place + 1), f64::NAN);
        results[place] = result;
    }

    /// Those of each condition, measure and key; none where nothing varies.
    pub fn of_keys(&self, plan: &Plan) -> Vec<KeyIndices> {
        let axes = &plan.contract.axes;
        let mut rows = Vec::new();
        for course in &self.courses {
            let result = |point: u64| {
                course
                    .results
                    .get(point as usize)
                    .copied()
                    .filter(|result| result.is_finite())
            };
            let (points, of_keys): (usize, Vec<Option<Indices>>) = if by_saltelli(plan) {
                let each = points_of_base(axes.len() as u64);
                let bases = 0..plan.points() / each;
                let sample =
                    Sample::of(bases.map(|base| (0..each).map(|member| result(base * each + member)).collect()));
                let of_keys = (0..axes.len()).map(|key| sample.indices(key)).collect();
                (sample.bases() * each as usize, of_keys)
            } else {
                let counts: Vec<usize> = axes.iter().filter_map(|axis| Some(axis.count()? as usize)).collect();
                let values: Vec<Option<f64>> = (0..plan.points()).map(result).collect();
                let of_keys =
                    of_factorial(&values, &counts).map_or_else(Vec::new, |all| all.into_iter().map(Some).collect());
                (values.len(), of_keys)
            };
            rows.extend(axes.iter().zip(of_keys).filter_map(|(axis, indices)| {
                Some(KeyIndices {
                    condition: course.condition.clone(),
                    measure: course.measure,
                    of: course.of,
                    key: axis.key.clone(),
                    points,
                    indices: indices?,
                })
            }));
        }
        rows
    }
}

/// Whether the ranges of a plan are by `saltelli`.
pub fn by_saltelli(plan: &Plan) -> bool {
    let axes = &plan.contract.axes;
    !axes.is_empty() && axes.iter().all(|axis| axis.is_by_saltelli())
}

/// Whether a plan is a full factorial of at least two keys, each with at least two values.
fn is_factorial(plan: &Plan) -> bool {
    let axes = &plan.contract.axes;
    axes.len() > 1 && plan.left_out() == 0 && axes.iter().all(|axis| axis.count().is_some_and(|count| count > 1))
}

/// The table of indices, a row each.
pub fn table(rows: &[KeyIndices]) -> ColumnTable {
    let text = |name, meaning, of: fn(&KeyIndices) -> &str| {
        let texts = rows.iter().map(|row| of(row).to_owned());
        TableColumn::new(name, "", meaning, Values::Text(texts.collect()))
    };
    let number = |name, meaning, of: fn(&KeyIndices) -> Option<f64>| {
        TableColumn::new(name, "1", meaning, Values::numbers(rows.iter().map(of)))
    };
    let points = Values::Count(rows.iter().map(|row| Some(row.points as i64)).collect());
    ColumnTable {
        columns: vec![
            text("condition", "the treatment", |row| &row.condition),
            text(
                "measure",
                "what varies, at the end of the run, in the mean over the seeds",
                |row| row.measure,
            ),
            text("of", "the measure itself, or its ratio to the first condition", |row| {
                row.of
            }),
            text("key", "the varied key", |row| &row.key),
            TableColumn::new("points", "1", "points that it is known from", points),
            number(
                "first_order",
                "the share of the variance that the key makes by itself",
                |row| Some(row.indices.first),
            ),
            number(
                "first_order_low",
                "lower end of its 95 % bootstrap interval; empty of a full factorial",
                |row| row.indices.first_in?.low.into(),
            ),
            number("first_order_high", "upper end of it", |row| {
                row.indices.first_in?.high.into()
            }),
            number(
                "total",
                "the share that it makes by itself and together with others, the chance between seeds among them",
                |row| Some(row.indices.total),
            ),
            number(
                "total_low",
                "lower end of its 95 % bootstrap interval; empty of a full factorial",
                |row| row.indices.total_in?.low.into(),
            ),
            number("total_high", "upper end of it", |row| row.indices.total_in?.high.into()),
        ],
    }
}
