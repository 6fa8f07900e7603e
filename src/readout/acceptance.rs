//! The acceptance table of the reference plate: each band, the figure that the run gives, and the verdict.

use super::columns::Readout;
use super::growth::{persistent_reach_um, rates_over_the_run};
use super::recorder::Readouts;
use super::roles::{Roles, roles};
use super::summary::Summary;
use crate::model::plate::Plate;

/// How long the reference plate grows, h.
const FIVE_DAYS_H: f64 = 120.0;
/// When its curves must have parted, h.
const DAY_ONE_H: f64 = 24.0;
/// Fewest medium intensities that make a dose curve.
const DOSES: usize = 4;

/// One row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What is looked at.
    pub name: &'static str,
    /// What is accepted.
    pub band: String,
    /// The figure of this run, where the check can be made.
    pub value: Option<f64>,
    /// The figure in words, with what stands beside it.
    pub figure: String,
    /// How it compares.
    pub verdict: Verdict,
    /// Whether a parameter was set to make it so.
    pub kind: Kind,
}

/// How a figure compares with its band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Inside.
    Pass,
    /// Outside.
    Fail,
    /// This run cannot say, and why.
    NotHere(String),
}

/// Where a figure stands in the argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A parameter was set so that it comes out: it shows that the calibration holds, no more.
    Calibration,
    /// Nothing was set for it.
    Test,
}

impl Verdict {
    /// In a word or a few.
    pub fn words(&self) -> String {
        match self {
            Verdict::Pass => "pass".to_owned(),
            Verdict::Fail => "fail".to_owned(),
            Verdict::NotHere(why) => why.clone(),
        }
    }
}

impl Kind {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Calibration => "calibration input",
            Kind::Test => "test",
        }
    }
}

/// A figure with words, or why there is none.
type Figure = Result<(f64, String), String>;

/// The acceptance table for the readouts of a plate.
pub fn acceptance(plate: &Plate, readouts: &Readouts) -> Vec<Check> {
    let run = Run {
        readouts,
        roles: roles(plate),
        plate,
    };
    let (control, exercised) = (run.control(), run.exercised());
    let (control, exercised) = (&control, &exercised);
    let longest = Readout::NeuriteLengthLongest;
    let radius = Readout::OutgrowthRadiusMean;
    let ratio = |top: &Part, bottom: &Part, of: Measure| run.ratio(top, bottom, of);
    let mut checks = vec![
        within(
            "control: outgrowth radius, µm",
            250.0,
            700.0,
            Kind::Test,
            run.at_end(control, radius),
        ),
        within(
            "exercised / control: mean rate (calibrated to 4)",
            3.9,
            4.1,
            Kind::Calibration,
            ratio(exercised, control, Measure::Rate),
        ),
        within(
            "exercised / control: mean rate",
            3.0,
            5.0,
            Kind::Calibration,
            ratio(exercised, control, Measure::Rate),
        ),
        within(
            "exercised / control: longest neurite",
            3.0,
            5.0,
            Kind::Test,
            ratio(exercised, control, Measure::Column(longest)),
        ),
        run.radius_ratio(exercised, control),
    ];
    let actuated = run.part(run.roles.actuated, "an actuated gel");
    for (name, of, kind) in [
        ("actuated / exercised: mean rate", Measure::Rate, Kind::Calibration),
        (
            "actuated / exercised: longest neurite",
            Measure::Column(longest),
            Kind::Test,
        ),
        (
            "actuated / exercised: outgrowth radius",
            Measure::Column(radius),
            Kind::Test,
        ),
    ] {
        checks.push(within(name, 0.8, 1.25, kind, ratio(&actuated, exercised, of)));
    }
    checks.push(run.rest_between(control, exercised));
    checks.push(run.dose_curve());
    checks.push(run.apart("day 1: exercised beyond control", exercised, control));
    let still = run.part(run.roles.still, "a still gel");
    checks.push(run.apart("day 1: actuated beyond still gel", &actuated, &still));
    for (name, column) in [
        (
            "exercised / actuated: projection guidance score",
            Readout::ProjectionGuidanceScore,
        ),
        (
            "exercised / actuated: synapse maturation score",
            Readout::SynapseMaturationScore,
        ),
    ] {
        checks.push(above(name, 1.0, ratio(exercised, &actuated, Measure::Column(column))));
    }
    let migration = ratio(exercised, control, Measure::Column(Readout::SomaMigrationMean));
    checks.push(above("exercised / control: migration of somata", 1.0, migration));
    checks
}

fn within(name: &'static str, low: f64, high: f64, kind: Kind, figure: Figure) -> Check {
    check(name, format!("{low} to {high}"), kind, figure, |value| {
        (low..=high).contains(&value)
    })
}

fn above(name: &'static str, low: f64, figure: Figure) -> Check {
    check(name, format!("above {low}"), Kind::Test, figure, |value| value > low)
}

fn check(name: &'static str, band: String, kind: Kind, figure: Figure, accepts: impl Fn(f64) -> bool) -> Check {
    match figure {
        Ok((value, figure)) => {
            let verdict = if accepts(value) { Verdict::Pass } else { Verdict::Fail };
            Check {
                name,
                band,
                value: Some(value),
                figure,
                verdict,
                kind,
            }
        }
        Err(why) => Check {
            name,
            band,
            value: None,
            figure: String::new(),
            verdict: Verdict::NotHere(why),
            kind,
        },
    }
}

/// A condition in its part, or why there is none.
type Part = Result<usize, String>;

/// What two conditions are compared in.
#[derive(Clone, Copy)]
enum Measure {
    /// Growth of the total length over the tip-hours of the whole run.
    Rate,
    /// A readout at the end.
    Column(Readout),
}

struct Run<'a> {
    plate: &'a Plate,
    readouts: &'a Readouts,
    roles: Roles,
}

impl Run<'_> {
    fn part(&self, condition: Option<usize>, what: &str) -> Part {
        condition.ok_or_else(|| format!("not on this plate: {what}"))
    }

    fn control(&self) -> Part {
        self.part(self.roles.control, "a control")
    }

    fn exercised(&self) -> Part {
        self.part(self.roles.exercised, "medium of exercised muscle")
    }

    /// The time of record at `time_h`, to half a step.
    fn time(&self, time_h: f64) -> Option<f64> {
        self.readouts
            .times_h()
            .into_iter()
            .find(|time| (time - time_h).abs() <= 0.5 * self.plate.step_h)
    }

    /// The end of a run of five days.
    fn end(&self) -> Result<f64, String> {
        match self.readouts.last_time_h() {
            Some(last) if self.time(FIVE_DAYS_H) == Some(last) => Ok(last),
            Some(last) => Err(format!("for runs of 5 days; this one has {}", days(last))),
            None => Err("nothing recorded".to_owned()),
        }
    }

    fn at_end(&self, part: &Part, column: Readout) -> Figure {
        let summary = self.summary(part, Measure::Column(column))?;
        let spread = summary.sd.map_or_else(String::new, |sd| format!(" ± {sd:.0}"));
        Ok((summary.mean, format!("{:.0}{spread}", summary.mean)))
    }

    /// Mean over wells at the end of five days.
    fn summary(&self, part: &Part, measure: Measure) -> Result<Summary, String> {
        let condition = part.clone()?;
        let end = self.end()?;
        let values = match measure {
            Measure::Rate => rates_over_the_run(self.readouts, condition),
            Measure::Column(name) => self.readouts.values_at(name, condition, end),
        };
        Summary::of(&values).ok_or_else(|| "not measured on this plate".to_owned())
    }

    fn ratio(&self, top: &Part, bottom: &Part, measure: Measure) -> Figure {
        let (top, bottom) = (self.summary(top, measure)?, self.summary(bottom, measure)?);
        if bottom.mean == 0.0 {
            return Err("nothing to compare with: 0".to_owned());
        }
        let ratio = top.mean / bottom.mean;
        Ok((
            ratio,
            format!("{ratio:.2} ({} / {})", brief(top.mean), brief(bottom.mean)),
        ))
    }

    /// The radius ratio, beside what persistent paths of the same lengths give.
    fn radius_ratio(&self, exercised: &Part, control: &Part) -> Check {
        let radii = self.ratio(exercised, control, Measure::Column(Readout::OutgrowthRadiusMean));
        let figure = radii.and_then(|(ratio, words)| {
            let reach = |part: &Part| -> Result<f64, String> {
                let path_um = self.summary(part, Measure::Column(Readout::NeuriteLengthLongest))?.mean;
                let condition = &self.plate.conditions[part.clone()?];
                Ok(persistent_reach_um(
                    path_um,
                    condition.biology.growth_cone.persistence_length_um,
                ))
            };
            let expected = reach(exercised)? / reach(control)?;
            Ok((
                ratio,
                format!("{words}; persistent paths of these lengths give {expected:.2}"),
            ))
        });
        let name = "exercised / control: outgrowth radius";
        check(name, "at least 2.2".to_owned(), Kind::Test, figure, |value| {
            value >= 2.2
        })
    }

    fn rest_between(&self, control: &Part, exercised: &Part) -> Check {
        let resting = self.part(self.roles.resting, "medium of resting muscle");
        let longest = |part: &Part| {
            self.summary(part, Measure::Column(Readout::NeuriteLengthLongest))
                .map(|s| s.mean)
        };
        let figure = longest(control).and_then(|control| {
            let (resting, exercised) = (longest(&resting)?, longest(exercised)?);
            // The smaller of the two rises: positive when the order holds.
            let rise = (resting - control).min(exercised - resting);
            Ok((rise, format!("{control:.0}, {resting:.0}, {exercised:.0} µm")))
        });
        let name = "longest neurite: control, resting, exercised";
        check(name, "rising".to_owned(), Kind::Test, figure, |rise| rise > 0.0)
    }

    fn dose_curve(&self) -> Check {
        let name = "longest neurite over the intensity of exercise";
        let mut doses = self.roles.doses.clone();
        doses.dedup_by(|a, b| a.1 == b.1);
        let figure = if doses.len() < DOSES {
            Err(format!("not on this plate: {DOSES} media; it has {}", doses.len()))
        } else {
            let lengths: Result<Vec<f64>, String> = doses
                .iter()
                .map(|&(condition, _)| {
                    self.summary(&Ok(condition), Measure::Column(Readout::NeuriteLengthLongest))
                        .map(|s| s.mean)
                })
                .collect();
            lengths.map(|lengths| {
                let least = lengths
                    .windows(2)
                    .map(|pair| pair[1] - pair[0])
                    .fold(f64::INFINITY, f64::min);
                let words: Vec<String> = lengths.iter().map(|length| format!("{length:.0}")).collect();
                (least, format!("{} µm", words.join(", ")))
            })
        };
        check(name, "rising".to_owned(), Kind::Test, figure, |least| least > 0.0)
    }

    /// Whether the longest neurites of two conditions differ by more than twice the standard error at day 1.
    fn apart(&self, name: &'static str, high: &Part, low: &Part) -> Check {
        let at_day_one = |part: &Part| -> Result<Summary, String> {
            let condition = part.clone()?;
            let time = self
                .time(DAY_ONE_H)
                .ok_or_else(|| "nothing recorded at 24 h".to_owned())?;
            let values = self.readouts.values_at(Readout::NeuriteLengthLongest, condition, time);
            Summary::of(&values).ok_or_else(|| "nothing measured at 24 h".to_owned())
        };
        let figure = at_day_one(high).and_then(|high| {
            let low = at_day_one(low)?;
            let squares = high.squared_error().zip(low.squared_error());
            let (a, b) = squares.ok_or_else(|| "one well has no spread: two a condition are needed".to_owned())?;
            let error = (a + b).sqrt();
            let apart = if error > 0.0 {
                (high.mean - low.mean) / error
            } else {
                f64::INFINITY
            };
            let difference = high.mean - low.mean;
            Ok((
                apart,
                format!("{apart:.1} standard errors ({difference:.0} ± {error:.0} µm longer)"),
            ))
        });
        check(
            name,
            "more than 2 standard errors".to_owned(),
            Kind::Test,
            figure,
            |errors| errors > 2.0,
        )
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
