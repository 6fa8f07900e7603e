//! The conclusions of a sweep whose numbers were drawn from ranges: how far each ratio to the first condition goes, and the numbers
//! that decide it.

use super::measure::MEASURES;
use super::plan::Plan;
use super::summary::PointSummary;
use crate::export::record::RecordedColumn;
use crate::export::table::{ColumnTable, TableColumn, Values};
use crate::readout::mean::percentile;

/// Points that a band needs at least.
const FEWEST: usize = 20;
/// Numbers that are named at most.
const MOST_NAMED: usize = 5;
/// Rank correlations of so many standard errors are told; by chance 1 of 400 numbers has one.
const STANDARD_ERRORS: f64 = 3.0;

/// The ratio of a measure in a condition to that in the first, point by point.
struct Conclusion {
    condition: String,
    measure: &'static str,
    /// Points by number, and the ratio.
    ratios: Vec<(u64, f64)>,
}

/// The conclusions in the making.
#[derive(Default)]
pub struct Conclusions {
    all: Vec<Conclusion>,
}

impl Conclusions {
    /// Whether a plan has conclusions: numbers are drawn from ranges, for enough points.
    pub fn are_drawn(plan: &Plan) -> bool {
        plan.contract.axes.iter().any(|axis| axis.count().is_none()) && plan.points() >= FEWEST as u64
    }

    /// Adds a point.
    pub fn add(&mut self, point: &PointSummary, readouts: &[RecordedColumn]) {
        for measure in &MEASURES {
            let value = |condition: &str| measure.of(readouts, |place| point.mean(condition, place));
            let [first, others @ ..] = point.conditions() else {
                return;
            };
            let Some(first) = value(first) else { continue };
            for condition in others {
                let Some(ratio) = value(condition)
                    .map(|value| value / first)
                    .filter(|ratio| ratio.is_finite())
                else {
                    continue;
                };
                let known = |one: &&mut Conclusion| one.condition == *condition && one.measure == measure.name;
                match self.all.iter_mut().find(known) {
                    Some(conclusion) => conclusion.ratios.push((point.point(), ratio)),
                    None => self.all.push(Conclusion {
                        condition: condition.clone(),
                        measure: measure.name,
                        ratios: vec![(point.point(), ratio)],
                    }),
                }
            }
        }
    }

    /// A row for each condition and measure with enough points.
    pub fn table(&self, plan: &Plan) -> ColumnTable {
        let enough: Vec<&Conclusion> = self.all.iter().filter(|one| one.ratios.len() >= FEWEST).collect();
        let sorted: Vec<Vec<f64>> = enough.iter().map(|one| one.sorted()).collect();
        let text = |name, meaning, of: &dyn Fn(&Conclusion) -> String| {
            TableColumn::new(
                name,
                "",
                meaning,
                Values::Text(enough.iter().map(|one| of(one)).collect()),
            )
        };
        let at = |name, meaning, share: f64| {
            let values = sorted.iter().map(|ratios| percentile(ratios, share));
            TableColumn::new(name, "1", meaning, Values::numbers(values))
        };
        let above = sorted.iter().map(|ratios| {
            let above = ratios.iter().filter(|&&ratio| ratio > 1.0).count();
            Some(above as f64 / ratios.len() as f64)
        });
        let points = Values::Count(sorted.iter().map(|ratios| Some(ratios.len() as i64)).collect());
        ColumnTable {
            columns: vec![
                text("condition", "the treatment, compared with the first", &|one| {
                    one.condition.clone()
                }),
                text("measure", "what is compared, at the end of the run", &|one| {
                    one.measure.to_owned()
                }),
                TableColumn::new("points", "1", "points that it is known of", points),
                at("median", "median of the ratio to the first condition over points", 0.5),
                at("low", "lower end of the band that holds 95 % of the points", 0.025),
                at("high", "upper end of it", 0.975),
                TableColumn::new(
                    "fraction_above_1",
                    "1",
                    "share of the points whose ratio is above 1",
                    Values::numbers(above),
                ),
                text(
                    "decided_by",
                    "the drawn numbers that go with it, with their rank correlation, the strongest first",
                    &|one| one.decided_by(plan),
                ),
            ],
        }
    }
}

impl Conclusion {
    fn sorted(&self) -> Vec<f64> {
        let mut ratios: Vec<f64> = self.ratios.iter().map(|&(_, ratio)| ratio).collect();
        ratios.sort_by(f64::total_cmp);
        ratios
    }

    /// The drawn numbers that it goes with, in words.
    fn decided_by(&self, plan: &Plan) -> String {
        let ratios: Vec<f64> = self.ratios.iter().map(|&(_, ratio)| ratio).collect();
        let seeds = plan.contract.seeds.count();
        let values: Vec<_> = (self.ratios.iter())
            .map(|&(point, _)| plan.run((point - 1) * seeds + 1).map(|run| run.values))
            .collect();
        let noise = STANDARD_ERRORS / (ratios.len() as f64 - 1.0).sqrt();
        let axes = plan.contract.axes.iter().enumerate();
        let mut strengths: Vec<(f64, &str)> = axes
            .filter_map(|(at, axis)| {
                let numbers: Option<Vec<f64>> = values.iter().map(|values| values.as_ref()?.get(at)?.number).collect();
                Some((rank_correlation(&numbers?, &ratios)?, axis.key.as_str()))
            })
            .filter(|(strength, _)| strength.abs() > noise)
            .collect();
        strengths.sort_by(|one, other| other.0.abs().total_cmp(&one.0.abs()));
        let named = strengths.iter().take(MOST_NAMED);
        let named: Vec<String> = named.map(|(strength, key)| format!("{key} {strength:+.2}")).collect();
        if named.is_empty() {
            "none that could be told from chance".to_owned()
        } else {
            named.join(", ")
        }
    }
}

/// Spearman's rank correlation; `None` where one of the two does not vary.
fn rank_correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let (one, other) = (ranks(one), ranks(other));
    let mean = (one.len() as f64 - 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum() };
    let norm = (product(&one, &one) * product(&other, &other)).sqrt();
    (norm > 0.0).then(|| product(&one, &other) / norm)
}

/// Ranks from 0; equal values share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let rank = before as f64 + (equal.len() as f64 - 1.0) / 2.0;
        equal.iter().for_each(|&place| ranks[place] = rank);
        before += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_correlate_as_by_hand() {
        let rho = |one: &[f64], other: &[f64]| rank_correlation(one, other).expect("they vary");
        assert_eq!(rho(&[1.0, 2.0, 9.0], &[0.1, 0.2, 0.3]), 1.0);
        assert_eq!(rho(&[1.0, 2.0, 9.0], &[3.0, 2.0, 1.0]), -1.0);
        // By hand, with ranks 0, 1.5, 1.5, 3 and 0, 2, 1, 3: 4.5 over the root of 4.5 times 5.
        let expected = 4.5 / (4.5f64 * 5.0).sqrt();
        assert!((rho(&[1.0, 2.0, 2.0, 3.0], &[10.0, 30.0, 20.0, 40.0]) - expected).abs() < 1e-12);
        assert_eq!(rank_correlation(&[1.0, 1.0], &[1.0, 2.0]), None);
    }
}
