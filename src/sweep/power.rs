//! The power of an experiment: how many replicate wells show an effect of some size, by the spread between the cultures of the model.
//!
//! A replicate is a culture whose wells get every treatment, one each: wells of one replicate number, in one run. What is compared are
//! the logarithms of a measure, within the culture, so that an effect is a ratio and what a culture has in all of its wells drops out.

use super::measure::{MEASURES, Measure};
use super::plan::{Plan, PlannedRun};
use super::power_question::{FEWEST_CULTURES, PowerQuestion};
use super::t_test::{Samples, interval_of_sd};
use super::tables::axis_columns;
use crate::export::record::RecordedColumn;
use crate::export::table::{ColumnTable, TableColumn, Values};
use crate::readout::summary::Summary;
use std::collections::BTreeMap;

/// The columns of the table of replicates that are shown where there is little room; the file has more.
const IN_SHORT: [&str; 9] = [
    "condition",
    "measure",
    "effect",
    "whose",
    "wells",
    "wells_low",
    "wells_high",
    "wells_unpaired",
    "cultures",
];

/// The table of replicates with the columns that are shown where there is little room.
pub fn in_short(table: &ColumnTable) -> ColumnTable {
    let mut table = table.clone();
    table.columns.retain(|column| IN_SHORT.contains(&column.name.as_str()));
    table
}

/// A well at the last record of its run.
struct LastWell {
    condition: String,
    replicate: i64,
    readouts: Vec<Option<f64>>,
}

/// The wells of a condition by their cultures, which are told by run and replicate number: the logarithm of each measure above 0.
type Cultures = BTreeMap<(u64, i64), Vec<Option<f64>>>;

/// The wells of a point, and what they say about how many it takes.
#[derive(Default)]
pub struct Replication {
    /// The run that is read, and the time of its last record so far.
    run: u64,
    time_h: f64,
    wells: Vec<LastWell>,
    /// By condition, in the order in which they came.
    conditions: Vec<(String, Cultures)>,
}

impl Replication {
    /// Adds a row of a well; rows come run by run, and those of an earlier time are forgotten.
    pub fn add(
        &mut self,
        (run, time_h): (u64, f64),
        (condition, replicate): (&str, i64),
        readouts: impl Iterator<Item = Option<f64>>,
        columns: &[RecordedColumn],
    ) {
        if run != self.run {
            self.end_run(columns);
            self.run = run;
        }
        if time_h > self.time_h {
            self.wells.clear();
        }
        self.time_h = time_h;
        self.wells.push(LastWell {
            condition: condition.to_owned(),
            replicate,
            readouts: readouts.collect(),
        });
    }

    fn end_run(&mut self, columns: &[RecordedColumn]) {
        for well in std::mem::take(&mut self.wells) {
            let logarithm = |measure: &Measure| {
                let value = measure.of(columns, |place| *well.readouts.get(place)?)?;
                (value > 0.0).then(|| value.ln())
            };
            let logarithms = MEASURES.iter().map(logarithm).collect();
            let known = self.conditions.iter().position(|(name, _)| *name == well.condition);
            let at = known.unwrap_or_else(|| {
                self.conditions.push((well.condition.clone(), Cultures::new()));
                self.conditions.len() - 1
            });
            self.conditions[at].1.insert((self.run, well.replicate), logarithms);
        }
        self.time_h = 0.0;
    }

    /// The rows of a point, which ends with it: one for each condition but the first, measure and effect.
    pub fn end_point(
        &mut self,
        run: &PlannedRun,
        question: &PowerQuestion,
        plan: &Plan,
        columns: &[RecordedColumn],
    ) -> ColumnTable {
        self.end_run(columns);
        let conditions = std::mem::take(&mut self.conditions);
        let mut rows = Vec::new();
        if let [(_, first), others @ ..] = conditions.as_slice() {
            for (condition, cultures) in others {
                for (at, measure) in MEASURES.iter().enumerate() {
                    if let Some(spread) = Spread::of(first, cultures, at) {
                        let found = (spread.ratio(), "found");
                        let asked = question.effects.iter().map(|&effect| (effect, "asked"));
                        rows.extend(std::iter::once(found).chain(asked).map(|(effect, whose)| Row {
                            condition,
                            measure: measure.name,
                            effect,
                            whose,
                            needed: spread.needed(effect, question),
                            spread,
                        }));
                    }
                }
            }
        }
        table(&rows, run, plan)
    }
}

/// How a measure spreads between cultures, as logarithms, in the first condition and another.
#[derive(Clone, Copy)]
struct Spread {
    cultures: usize,
    /// The mean difference.
    difference: f64,
    /// Standard deviations: of the difference within a culture, and of a well of each condition between cultures.
    sd_difference: f64,
    sds: [f64; 2],
}

/// The replicates that an effect takes.
#[derive(Clone, Copy)]
struct Needed {
    paired: Option<u64>,
    /// At both ends of the interval of the spread.
    paired_low: Option<u64>,
    paired_high: Option<u64>,
    independent: Option<u64>,
}

impl Spread {
    /// Of the cultures that have the measure in both conditions; `None` of too few, or where they do not differ.
    fn of(first: &Cultures, other: &Cultures, measure: usize) -> Option<Self> {
        let paired: Vec<(f64, f64)> = (other.iter())
            .filter_map(|(culture, own)| Some((first.get(culture)?[measure]?, own[measure]?)))
            .collect();
        let summary = |of: fn(&(f64, f64)) -> f64| Summary::of(&paired.iter().map(of).collect::<Vec<f64>>());
        let differences = summary(|(first, other)| other - first)?;
        let spread = Self {
            cultures: paired.len(),
            difference: differences.mean,
            sd_difference: differences.sd?,
            sds: [summary(|(first, _)| *first)?.sd?, summary(|(_, other)| *other)?.sd?],
        };
        (paired.len() >= FEWEST_CULTURES && spread.sd_difference > 0.0).then_some(spread)
    }

    /// The ratio that the model shows: of geometric means.
    fn ratio(&self) -> f64 {
        self.difference.exp()
    }

    /// The part of the variance of single wells that a culture has in both conditions: their covariance over the mean variance.
    fn shared(&self) -> Option<f64> {
        let [first, other] = self.sds.map(|sd| sd * sd);
        let covariance = (first + other - self.sd_difference.powi(2)) / 2.0;
        Some(covariance / ((first + other) / 2.0)).filter(|share| share.is_finite())
    }

    /// The standard deviation of a group where each well is from a culture of its own.
    fn sd_of_group(&self) -> f64 {
        ((self.sds[0].powi(2) + self.sds[1].powi(2)) / 2.0).sqrt()
    }

    fn needed(&self, ratio: f64, question: &PowerQuestion) -> Needed {
        let count = |samples: Samples, sd: f64| samples.replicates(ratio.ln() / sd, question.alpha, question.power);
        let at = |end: usize| {
            let interval = interval_of_sd(self.cultures)?;
            count(Samples::Paired, self.sd_difference * interval[end])
        };
        Needed {
            paired: count(Samples::Paired, self.sd_difference),
            paired_low: at(0),
            paired_high: at(1),
            independent: count(Samples::Independent, self.sd_of_group()),
        }
    }
}

/// A row of the table.
struct Row<'a> {
    condition: &'a str,
    measure: &'static str,
    effect: f64,
    whose: &'static str,
    needed: Needed,
    spread: Spread,
}

fn table(rows: &[Row<'_>], run: &PlannedRun, plan: &Plan) -> ColumnTable {
    let text = |name, meaning, of: for<'r> fn(&'r Row<'_>) -> &'r str| {
        TableColumn::new(
            name,
            "",
            meaning,
            Values::Text(rows.iter().map(|row| of(row).to_owned()).collect()),
        )
    };
    let count = |name, meaning, of: fn(&Row<'_>) -> Option<u64>| {
        let counts = rows.iter().map(|row| of(row).map(|count| count as i64));
        TableColumn::new(name, "1", meaning, Values::Count(counts.collect()))
    };
    let number = |name, meaning, of: fn(&Row<'_>) -> Option<f64>| {
        TableColumn::new(name, "1", meaning, Values::numbers(rows.iter().map(of)))
    };
    let point = Values::Count(vec![Some(run.point as i64); rows.len()]);
    let mut columns = vec![TableColumn::new("point", "1", "the number of the point, from 1", point)];
    columns.extend(axis_columns(plan, [(run.values.as_slice(), rows.len())].into_iter()));
    columns.extend([
        text("condition", "the treatment, compared with the first", |row| row.condition),
        text("measure", "what is compared, at the end of the run", |row| row.measure),
        number("effect", "the ratio to the first condition that is to be seen", |row| Some(row.effect)),
        text("whose", "found: the ratio that the model shows; asked: one that was asked for", |row| row.whose),
        count(
            "wells",
            "replicate wells a condition, each of another culture that gets all treatments (paired t-test of logarithms); empty beyond 10,000",
            |row| row.needed.paired,
        ),
        count("wells_low", "the same at the lower end of the 95 % interval of the spread", |row| {
            row.needed.paired_low
        }),
        count("wells_high", "the same at its upper end", |row| row.needed.paired_high),
        count(
            "wells_unpaired",
            "replicate wells a condition where no culture gets two treatments (t-test of two groups)",
            |row| row.needed.independent,
        ),
        count("cultures", "cultures that the spread is taken from", |row| Some(row.spread.cultures as u64)),
        number("sd_ln_ratio", "standard deviation, between cultures, of the logarithm of the ratio within one", |row| {
            Some(row.spread.sd_difference)
        }),
        number("sd_ln_first", "standard deviation, between cultures, of the logarithm in the first condition", |row| {
            Some(row.spread.sds[0])
        }),
        number("sd_ln_condition", "the same in this condition", |row| Some(row.spread.sds[1])),
        number(
            "shared_by_culture",
            "the share of that variance which a culture has in all of its wells, and which pairs take out",
            |row| row.spread.shared(),
        ),
    ]);
    ColumnTable { columns }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::random::{gaussian_pair, pcg4d};
    use glam::UVec4;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    /// Spread of what a culture has in all wells, and of each well beside.
    const OF_CULTURES: f64 = 0.2;
    const OF_WELLS: f64 = 0.1;

    /// A culture of an experiment: its well in the first condition and in another, as logarithms; the other is `effect` times as long.
    fn culture(experiment: u32, number: u32, effect: f64) -> [f64; 2] {
        let words = pcg4d(UVec4::new(number, experiment, 7, 11));
        let [shared, wells] = [gaussian_pair(words.x, words.y), gaussian_pair(words.z, words.w)];
        let culture = OF_CULTURES * f64::from(shared.x);
        let wells = [wells.x, wells.y].map(|normal| culture + OF_WELLS * f64::from(normal));
        [wells[0], wells[1] + effect.ln()]
    }

    fn spread(pilot: &[[f64; 2]]) -> Spread {
        let of = |condition: usize| -> Cultures {
            let wells = (0..).zip(pilot);
            wells
                .map(|(number, culture)| ((1, number), vec![Some(culture[condition])]))
                .collect()
        };
        Spread::of(&of(0), &of(1), 0).expect("a spread")
    }

    /// Whether a t-test of values that are 0 in the mean where there is no effect sees one.
    fn sees(mean: f64, error: f64, freedom: f64, alpha: f64) -> bool {
        let critical = StudentsT::new(0.0, 1.0, freedom).expect("a distribution");
        (mean / error).abs() > critical.inverse_cdf(1.0 - alpha / 2.0)
    }

    /// Experiments with as many cultures as are said to be needed show the effect as often as was asked; with half as many they do not.
    #[test]
    fn experiments_of_the_size_that_is_told_have_the_power() {
        let question = PowerQuestion {
            power: 0.8,
            alpha: 0.05,
            effects: vec![1.1],
        };
        let pilot: Vec<[f64; 2]> = (0..4000).map(|number| culture(0, number, 1.3)).collect();
        let needed = spread(&pilot).needed(1.1, &question);
        let paired = needed.paired.expect("a number") as u32;
        let independent = needed.independent.expect("a number") as u32;
        assert!(paired < independent, "{paired} pairs, {independent} a group");
        let share = |count: u32, sees: &dyn Fn(&[[f64; 2]]) -> bool| {
            let experiments = 1..=1500_u32;
            let all = f64::from(*experiments.end());
            let seen = experiments.filter(|&experiment| {
                let cultures: Vec<[f64; 2]> = (0..count).map(|number| culture(experiment, number, 1.1)).collect();
                sees(&cultures)
            });
            seen.count() as f64 / all
        };
        let within = |cultures: &[[f64; 2]]| {
            let differences: Vec<f64> = cultures.iter().map(|[first, other]| other - first).collect();
            let of = Summary::of(&differences).expect("values");
            let count = differences.len() as f64;
            sees(of.mean, of.sd.expect("two values") / count.sqrt(), count - 1.0, 0.05)
        };
        // Each group takes every second culture, so that none gives a well to both.
        let between = |cultures: &[[f64; 2]]| {
            let group = |of: usize| -> Vec<f64> {
                let own = cultures.iter().skip(of).step_by(2);
                own.map(|culture| culture[of]).collect()
            };
            let [first, other] = [group(0), group(1)].map(|values| Summary::of(&values).expect("values"));
            let count = (cultures.len() / 2) as f64;
            let variance = [first, other].map(|group| group.sd.expect("two values").powi(2));
            let error = ((variance[0] + variance[1]) / count).sqrt();
            sees(other.mean - first.mean, error, 2.0 * (count - 1.0), 0.05)
        };
        let paired_share = share(paired, &within);
        assert!((0.77..0.86).contains(&paired_share), "{paired} pairs: {paired_share}");
        let independent_share = share(2 * independent, &between);
        assert!(
            (0.77..0.84).contains(&independent_share),
            "{independent} a group: {independent_share}"
        );
        let half = share(paired / 2, &within);
        assert!(half < 0.7, "{} pairs: {half}", paired / 2);
    }

    #[test]
    fn what_a_culture_shares_and_the_ratio_are_found() {
        let pilot: Vec<[f64; 2]> = (0..4000).map(|number| culture(0, number, 1.3)).collect();
        let spread = spread(&pilot);
        assert!((spread.ratio() - 1.3).abs() < 0.01, "{}", spread.ratio());
        let shared = spread.shared().expect("a share");
        let expected = OF_CULTURES.powi(2) / (OF_CULTURES.powi(2) + OF_WELLS.powi(2));
        assert!((shared - expected).abs() < 0.02, "{shared}, {expected} expected");
        let expected = OF_WELLS * 2.0_f64.sqrt();
        assert!(
            (spread.sd_difference - expected).abs() < 0.005,
            "{}",
            spread.sd_difference
        );
    }

    #[test]
    fn few_cultures_or_equal_ones_have_no_spread() {
        let pilot: Vec<[f64; 2]> = (0..FEWEST_CULTURES as u32 - 1)
            .map(|number| culture(0, number, 1.3))
            .collect();
        let of = |wells: &[[f64; 2]], condition: usize| -> Cultures {
            let wells = (0..).zip(wells);
            wells
                .map(|(number, culture)| ((1, number), vec![Some(culture[condition])]))
                .collect()
        };
        assert!(Spread::of(&of(&pilot, 0), &of(&pilot, 1), 0).is_none());
        let equal = [[1.0, 1.0]; 20];
        assert!(Spread::of(&of(&equal, 0), &of(&equal, 1), 0).is_none());
    }
}
