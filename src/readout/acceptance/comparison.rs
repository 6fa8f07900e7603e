//! Figures that compare conditions of a run.

use super::check::Finding;
use crate::model::plate::Plate;
use crate::readout::columns::Readout;
use crate::readout::growth::{persistent_reach_um, rates_over_the_run};
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;

/// Length of the run of the reference plate, h.
const FIVE_DAYS_H: f64 = 120.0;
/// Time at which its curves must have parted, h.
const DAY_ONE_H: f64 = 24.0;
/// Fewest medium intensities that make a dose curve.
const DOSES: usize = 4;

/// A condition in its part, or why there is none.
pub type Part = Result<usize, String>;

/// A quantity that two conditions are compared in.
#[derive(Clone, Copy, Debug)]
pub enum Quantity {
    /// Growth of the total length over the tip-hours of the whole run.
    Rate,
    /// A readout at the end.
    AtEnd(Readout),
}

/// The conditions of a run, to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    /// The plate.
    pub plate: &'a Plate,
    /// Its readouts.
    pub readouts: &'a Readouts,
}

impl Comparison<'_> {
    /// A readout of one condition at the end.
    pub fn at_end(&self, part: &Part, readout: Readout) -> Finding {
        let summary = self.summary(part, Quantity::AtEnd(readout))?;
        let spread = summary.sd.map_or_else(String::new, |sd| format!(" ± {sd:.0}"));
        Ok((summary.mean, format!("{:.0}{spread}", summary.mean)))
    }

    /// A quantity of one condition over that of another.
    pub fn ratio(&self, top: &Part, bottom: &Part, of: Quantity) -> Finding {
        let (top, bottom) = (self.summary(top, of)?, self.summary(bottom, of)?);
        if bottom.mean == 0.0 {
            return Err("nothing to compare with: 0".to_owned());
        }
        let ratio = top.mean / bottom.mean;
        let words = format!("{ratio:.2} ({} / {})", brief(top.mean), brief(bottom.mean));
        Ok((ratio, words))
    }

    /// The ratio of outgrowth radii, beside what persistent paths of the same lengths give.
    pub fn ratio_of_radii(&self, top: &Part, bottom: &Part) -> Finding {
        let (ratio, words) = self.ratio(top, bottom, Quantity::AtEnd(Readout::OutgrowthRadiusMean))?;
        let reach_um = |part: &Part| -> Result<f64, String> {
            let path_um = self.longest_um(part)?;
            let growth_cone = &self.plate.conditions[part.clone()?].biology.growth_cone;
            Ok(persistent_reach_um(path_um, growth_cone.persistence_length_um))
        };
        let expected = reach_um(top)? / reach_um(bottom)?;
        let words = format!("{words}; persistent paths of these lengths give {expected:.2}");
        Ok((ratio, words))
    }

    /// The smaller of the two rises of the longest neurite from one condition to the next of three, µm: positive when they
    /// rise.
    pub fn smaller_rise_um(&self, low: &Part, middle: &Part, high: &Part) -> Finding {
        let low = self.longest_um(low)?;
        let (middle, high) = (self.longest_um(middle)?, self.longest_um(high)?);
        let rise = (middle - low).min(high - middle);
        Ok((rise, format!("{low:.0}, {middle:.0}, {high:.0} µm")))
    }

    /// The smallest rise of the longest neurite from one dose to the next, µm. `doses` holds conditions and their doses in
    /// order.
    pub fn smallest_rise_um(&self, doses: &[(usize, f64)]) -> Finding {
        let mut doses = doses.to_vec();
        doses.dedup_by(|a, b| a.1 == b.1);
        if doses.len() < DOSES {
            return Err(format!("not on this plate: {DOSES} media; it has {}", doses.len()));
        }
        let lengths = doses.iter().map(|&(condition, _)| self.longest_um(&Ok(condition)));
        let lengths = lengths.collect::<Result<Vec<f64>, String>>()?;
        let rises = lengths.windows(2).map(|pair| pair[1] - pair[0]);
        let words: Vec<String> = lengths.iter().map(|length| format!("{length:.0}")).collect();
        Ok((rises.fold(f64::INFINITY, f64::min), format!("{} µm", words.join(", "))))
    }

    /// By how many standard errors the longest neurites of two conditions differ at day 1.
    pub fn apart_at_day_one(&self, high: &Part, low: &Part) -> Finding {
        let (high, low) = (self.at_day_one(high)?, self.at_day_one(low)?);
        let squares = high.squared_error().zip(low.squared_error());
        let (a, b) = squares.ok_or_else(|| "one well has no spread: two a condition are needed".to_owned())?;
        let error = (a + b).sqrt();
        let difference = high.mean - low.mean;
        let apart = if error > 0.0 { difference / error } else { f64::INFINITY };
        let words = format!("{apart:.1} standard errors ({difference:.0} ± {error:.0} µm longer)");
        Ok((apart, words))
    }

    fn at_day_one(&self, part: &Part) -> Result<Summary, String> {
        let condition = part.clone()?;
        let time = self
            .time(DAY_ONE_H)
            .ok_or_else(|| "nothing recorded at 24 h".to_owned())?;
        let values = self.readouts.values_at(Readout::NeuriteLengthLongest, condition, time);
        Summary::of(&values).ok_or_else(|| "nothing measured at 24 h".to_owned())
    }

    fn longest_um(&self, part: &Part) -> Result<f64, String> {
        Ok(self.summary(part, Quantity::AtEnd(Readout::NeuriteLengthLongest))?.mean)
    }

    /// Mean over wells at the end of five days.
    fn summary(&self, part: &Part, of: Quantity) -> Result<Summary, String> {
        let condition = part.clone()?;
        let end = self.end()?;
        let values = match of {
            Quantity::Rate => rates_over_the_run(self.readouts, condition),
            Quantity::AtEnd(readout) => self.readouts.values_at(readout, condition, end),
        };
        Summary::of(&values).ok_or_else(|| "not measured on this plate".to_owned())
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

fn brief(value: f64) -> String {
    if value.abs() >= 100.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

fn days(hours: f64) -> String {
    format!("{} d", (hours / 24.0 * 100.0).round() / 100.0)
}
