//! The points of a sweep: every combination of lists and grids, for each point of the sampled ranges.

use super::axis::{Axis, AxisValue, AxisValues, Way};
use super::latin::Latin;
use super::saltelli::{MOST_KEYS, Saltelli};
use super::sobol::{MOST_DIMENSIONS, Sobol};
use crate::scenario::Mistake;

/// Points at most: as many as a Sobol sequence has.
pub const MOST_POINTS: u64 = u32::MAX as u64;

/// The points of some axes, by number. The last list or grid changes fastest, the sampled ranges slowest.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    axes: Vec<Axis>,
    sources: Vec<Source>,
    combinations: u64,
    samples: u64,
}

/// Where the values of an axis come from.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    /// The axis itself: each of its values for so many combinations, and then again.
    Listed {
        each: u64,
        count: u64,
    },
    Sobol(Box<Sobol>),
    Latin(Latin),
    Saltelli(Box<Saltelli>),
}

impl Design {
    /// The design over `axes`, with `samples` points of its sampled ranges.
    ///
    /// # Errors
    /// More Sobol dimensions or points than there are, or Saltelli's design among other keys.
    pub fn of(axes: &[Axis], samples: u64) -> Result<Self, Mistake> {
        let refuse = |found: String, expected: String| Mistake {
            place: "the design".to_owned(),
            key: String::new(),
            found,
            expected,
            nearest: None,
        };
        let by_saltelli = axes.iter().filter(|axis| axis.is_by_saltelli()).count();
        if by_saltelli > 0 && by_saltelli < axes.len() {
            let other = axes.iter().find(|axis| !axis.is_by_saltelli());
            let found = format!("ranges by saltelli beside {}", other.map_or("others", |axis| &axis.key));
            return Err(refuse(found, "all varied keys by saltelli, or none".to_owned()));
        }
        let mut combinations = 1_u64;
        let mut sources = Vec::new();
        let mut sampled = 0_u32;
        for axis in axes.iter().rev() {
            let source = match (axis.count(), &axis.values) {
                (Some(count), _) => {
                    let each = combinations;
                    combinations = combinations.saturating_mul(count);
                    Source::Listed { each, count }
                }
                (None, AxisValues::Range(range)) if range.way == Way::Latin => {
                    sampled += 1;
                    Source::Latin(Latin::dimension(samples.min(MOST_POINTS) as u32, &axis.key, sampled))
                }
                (None, AxisValues::Range(range)) if range.way == Way::Saltelli => {
                    let number = axes.iter().position(|other| other.key == axis.key).unwrap_or(0);
                    let key = Saltelli::key(number, by_saltelli, samples).ok_or_else(|| {
                        let found = format!("{by_saltelli} ranges by saltelli");
                        refuse(found, format!("at most {MOST_KEYS}"))
                    })?;
                    Source::Saltelli(Box::new(key))
                }
                // Dimensions are given out below, in the order of the axes: the first ones fill space best.
                (None, _) => Source::Sobol(Box::default()),
            };
            sources.push(source);
        }
        sources.reverse();
        let mut dimension = 0;
        for source in &mut sources {
            if let Source::Sobol(sobol) = source {
                **sobol = Sobol::dimension(dimension).ok_or_else(|| {
                    let found = format!("more than {MOST_DIMENSIONS} ranges by sobol");
                    refuse(found, "others by lhs".to_owned())
                })?;
                dimension += 1;
            }
        }
        let points = combinations.saturating_mul(samples);
        if points > MOST_POINTS {
            return Err(refuse(format!("{points} points"), format!("at most {MOST_POINTS}")));
        }
        Ok(Self {
            axes: axes.to_vec(),
            sources,
            combinations,
            samples,
        })
    }

    /// How many points there are.
    pub fn points(&self) -> u64 {
        self.combinations * self.samples
    }

    /// How many combinations of lists and grids there are.
    pub fn combinations(&self) -> u64 {
        self.combinations
    }

    /// The value of each axis at the point with this number, from 0.
    pub fn values(&self, point: u64) -> Vec<AxisValue> {
        let (sample, combination) = (point / self.combinations, point % self.combinations);
        let value = |(axis, source): (&Axis, &Source)| match source {
            Source::Listed { each, count } => axis.nth(combination / each % count),
            Source::Sobol(sobol) => axis.at(sobol.coordinate(sample as u32)),
            Source::Saltelli(saltelli) => axis.at(saltelli.coordinate(sample)),
            Source::Latin(latin) => axis.at(latin.coordinate(sample as u32)),
        };
        self.axes.iter().zip(&self.sources).map(value).collect()
    }
}
