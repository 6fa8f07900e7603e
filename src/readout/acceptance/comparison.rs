//! Figures that compare conditions of a run. Those of at least two wells stand with their bootstrap interval in brackets.

use super::check::{Finding, Found};
use crate::model::biology::Biology;
use crate::model::plate::Plate;
use crate::readout::bootstrap::{Bootstrap, Interval};
use crate::readout::columns::Readout;
use crate::readout::growth::{persistent_reach_um, rates_over_the_run};
use crate::readout::mean::Mean;
use crate::readout::recorder::Readouts;
use crate::readout::roles::roles;
use crate::readout::summary::Summary;

/// Length of the run of the reference plate, h.
pub const FIVE_DAYS_H: f64 = 120.0;
/// Time at which its curves must have parted, h.
const DAY_ONE_H: f64 = 24.0;
/// Fewest medium intensities that make a dose curve.
const DOSES: usize = 4;

/// A condition in its part, or why there is none.
pub type Part = Result<usize, String>;

/// A quantity of a well, five days after its beginning.
#[derive(Clone, Copy, Debug)]
pub enum Quantity {
    /// Growth of the total length over the tip-hours of the whole run, µm/h.
    Rate,
    /// A readout.
    Of(Readout),
    /// One readout over another, times a factor.
    Share(Readout, Readout, f64),
    /// Distance between the ends of each neuron's longest path, mean over neurons, µm: its straightness times its length.
    EndToEnd,
}

/// The conditions of a run in their parts, to be compared.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The plate.
    pub plate: &'a Plate,
    /// Its readouts.
    readouts: &'a Readouts,
    bootstrap: Bootstrap,
    /// No medium brought, gel still.
    pub control: Part,
    /// Medium of resting muscle.
    pub resting: Part,
    /// Medium of exercised muscle.
    pub exercised: Part,
    /// A gel that moves.
    pub actuated: Part,
    /// A gel that could be moved and is not.
    pub still: Part,
    /// Every medium with its dose, from the weakest to the strongest.
    doses: Vec<(usize, f64)>,
}

impl<'a> Comparison<'a> {
    /// That of a run.
    pub fn of(plate: &'a Plate, readouts: &'a Readouts) -> Self {
        let roles = roles(plate);
        let part = |condition: Option<usize>, what: &str| condition.ok_or_else(|| format!("not on this plate: {what}"));
        Self {
            plate,
            readouts,
            bootstrap: Bootstrap::of(plate),
            control: part(roles.control, "a control"),
            resting: part(roles.resting, "medium of resting muscle"),
            exercised: part(roles.exercised, "medium of exercised muscle"),
            actuated: part(roles.actuated, "an actuated gel"),
            still: part(roles.still, "a still gel"),
            doses: roles.doses,
        }
    }

    /// The biology of a condition.
    pub fn biology(&self, part: &Part) -> Result<&'a Biology, String> {
        part.clone().map(|condition| &self.plate.conditions[condition].biology)
    }

    /// A quantity of one condition at the end.
    pub fn at_end(&self, part: &Part, of: Quantity) -> Finding {
        let wells = self.wells(part, of)?;
        let mean = mean_of(&wells)?;
        let interval = self.bootstrap.mean(&wells);
        Ok(Found {
            value: mean,
            words: brief(mean) + &in_brackets(interval),
            interval,
        })
    }

    /// A quantity of one condition over that of another.
    pub fn ratio(&self, top: &Part, bottom: &Part, of: Quantity) -> Finding {
        self.ratio_of(&self.wells(top, of)?, &self.wells(bottom, of)?)
    }

    /// By how much the wells of a condition differ in a quantity: standard deviation over mean.
    pub fn variation(&self, part: &Part, of: Quantity) -> Finding {
        let summary = Summary::of(&self.wells(part, of)?).filter(|summary| summary.mean != 0.0);
        let found = summary.and_then(|summary| Some((summary.sd? / summary.mean, summary.wells)));
        let (variation, wells) = found.ok_or_else(|| ONE_WELL.to_owned())?;
        Ok(Found::alone(
            variation,
            format!("{:.1} % between {wells} wells", 100.0 * variation),
        ))
    }

    /// The distance between the ends of the longest paths over the root mean square that persistent walks of their length have.
    pub fn against_persistent_walk(&self, part: &Part) -> Finding {
        let cone = &self.biology(part)?.growth_cone;
        let end_to_end_um = mean_of(&self.wells(part, Quantity::EndToEnd)?)?;
        let walk_um = persistent_reach_um(self.longest_um(part)?, cone.persistence_length_um);
        if walk_um == 0.0 {
            return Err("nothing has grown".to_owned());
        }
        let share = end_to_end_um / walk_um;
        Ok(Found::alone(
            share,
            format!("{share:.2} ({end_to_end_um:.0} / {walk_um:.0} µm)"),
        ))
    }

    /// The longest neurite of a condition, mean over neurons and wells, µm.
    pub fn longest_um(&self, part: &Part) -> Result<f64, String> {
        mean_of(&self.wells(part, Quantity::Of(Readout::NeuriteLengthLongest))?)
    }

    /// The dose of one medium over that of another when they are brought.
    pub fn ratio_of_doses(&self, top: &Part, bottom: &Part) -> Finding {
        let dose = |part: &Part| {
            let condition = part.clone()?;
            let found = self.doses.iter().find(|&&(other, _)| other == condition);
            found.map(|&(_, dose)| dose).ok_or_else(|| "no dose".to_owned())
        };
        let (top, bottom) = (dose(top)?, dose(bottom)?);
        if bottom == 0.0 {
            return Err(NOTHING_BELOW.to_owned());
        }
        Ok(Found::alone(top / bottom, brief(top / bottom)))
    }

    /// The smaller of the two rises of the longest neurite from one condition to the next of three, µm: positive when they
    /// rise.
    pub fn smaller_rise_um(&self, low: &Part, middle: &Part, high: &Part) -> Finding {
        let low = self.longest_um(low)?;
        let (middle, high) = (self.longest_um(middle)?, self.longest_um(high)?);
        let rise = (middle - low).min(high - middle);
        Ok(Found::alone(rise, format!("{low:.0}, {middle:.0}, {high:.0} µm")))
    }

    /// The smallest rise of the longest neurite from one dose to the next, µm.
    pub fn smallest_rise_um(&self) -> Finding {
        let mut doses = self.doses.clone();
        doses.dedup_by(|a, b| a.1 == b.1);
        if doses.len() < DOSES {
            return Err(format!("not on this plate: {DOSES} media; it has {}", doses.len()));
        }
        let lengths = doses.iter().map(|&(condition, _)| self.longest_um(&Ok(condition)));
        let lengths = lengths.collect::<Result<Vec<f64>, String>>()?;
        let rises = lengths.windows(2).map(|pair| pair[1] - pair[0]);
        let words: Vec<String> = lengths.iter().map(|length| format!("{length:.0}")).collect();
        Ok(Found::alone(
            rises.fold(f64::INFINITY, f64::min),
            format!("{} µm", words.join(", ")),
        ))
    }

    /// The lower end of the interval of the longest neurite of one condition over that of another at day 1.
    pub fn least_ratio_at_day_one(&self, high: &Part, low: &Part) -> Finding {
        let (high, low) = (self.at_day_one(high)?, self.at_day_one(low)?);
        let interval = self.bootstrap.ratio(&high, &low).ok_or_else(|| ONE_WELL.to_owned())?;
        let Found { words, .. } = self.ratio_of(&high, &low)?;
        Ok(Found::alone(interval.low, words))
    }

    fn at_day_one(&self, part: &Part) -> Result<Vec<f64>, String> {
        let condition = part.clone()?;
        let time = self
            .time(DAY_ONE_H)
            .ok_or_else(|| "nothing recorded at 24 h".to_owned())?;
        Ok(self.readouts.values_at(Readout::NeuriteLengthLongest, condition, time))
    }

    fn ratio_of(&self, top: &[f64], bottom: &[f64]) -> Finding {
        let (over, under) = (mean_of(top)?, mean_of(bottom)?);
        if under == 0.0 {
            return Err(NOTHING_BELOW.to_owned());
        }
        let ratio = over / under;
        let interval = self.bootstrap.ratio(top, bottom);
        let words = format!(
            "{ratio:.2}{}: {} / {}",
            in_brackets(interval),
            brief(over),
            brief(under)
        );
        Ok(Found {
            value: ratio,
            words,
            interval,
        })
    }

    /// A quantity of the wells of a condition at the end of five days.
    fn wells(&self, part: &Part, of: Quantity) -> Result<Vec<f64>, String> {
        let condition = part.clone()?;
        let end = self.end()?;
        let at_end = |readout| self.readouts.values_at(readout, condition, end);
        let both = |a, b, of: fn(f64, f64) -> f64| at_end(a).into_iter().zip(at_end(b)).map(move |(a, b)| of(a, b));
        Ok(match of {
            Quantity::Rate => rates_over_the_run(self.readouts, condition),
            Quantity::Of(readout) => at_end(readout),
            Quantity::Share(part, whole, factor) => {
                let shares = both(part, whole, |part, whole| part / whole).filter(|share| share.is_finite());
                shares.map(|share| factor * share).collect()
            }
            Quantity::EndToEnd => both(
                Readout::StraightnessMean,
                Readout::NeuriteLengthLongest,
                |straight, long| straight * long,
            )
            .collect(),
        })
    }

    /// The end of a run of five days.
    fn end(&self) -> Result<f64, String> {
        match self.readouts.last_time_h() {
            Some(last) if self.time(FIVE_DAYS_H) == Some(last) => Ok(last),
            Some(last) => Err(format!("for runs of 5 days; this one has {}", days(last))),
            None => Err("nothing recorded".to_owned()),
        }
    }

    /// The time of record at `time_h`, to half a step.
    fn time(&self, time_h: f64) -> Option<f64> {
        self.readouts
            .times_h()
            .into_iter()
            .find(|time| (time - time_h).abs() <= 0.5 * self.plate.step_h)
    }
}

const ONE_WELL: &str = "one well has no spread: two a condition are needed";
const NOTHING_BELOW: &str = "nothing to compare with: 0";

fn mean_of(wells: &[f64]) -> Result<f64, String> {
    let mean = wells.iter().copied().collect::<Mean>();
    mean.get().ok_or_else(|| "not measured on this plate".to_owned())
}

fn in_brackets(interval: Option<Interval>) -> String {
    interval.map_or_else(String::new, |Interval { low, high }| {
        format!(" ({} to {})", brief(low), brief(high))
    })
}

fn brief(value: f64) -> String {
    let decimals = match value.abs() {
        100.0.. => 0,
        0.1.. => 2,
        _ => 4,
    };
    format!("{value:.decimals$}")
}

fn days(hours: f64) -> String {
    format!("{} d", (hours / 24.0 * 100.0).round() / 100.0)
}
