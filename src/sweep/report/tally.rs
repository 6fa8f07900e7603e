//! The figures of the report, to which each run is added in turn: nothing grows with the number of runs.

use super::moments::{Moments, Pairs};
use super::places::{MOST_LETTERS, Places};
use crate::export::record::RecordedColumn;
use crate::export::report::html::shortened;
use crate::sweep::measure::MEASURES;
use crate::sweep::plan::{Plan, PlannedRun};
use crate::sweep::summary::LastReadouts;

/// Points that stand one by one, at most; more are put together.
const MOST_POINTS: u64 = 12;
/// Varied keys whose values tell a point, at most.
const MOST_TOLD: usize = 3;

/// A figure for each measure.
pub type ByMeasure<T> = [T; MEASURES.len()];

/// The measures at the places along a varied key.
pub struct Response {
    /// The number of its axis in the plan.
    pub axis: usize,
    /// The places.
    pub places: Places,
    /// What was found at each of them.
    pub found: Vec<Found>,
}

/// What was found at a place.
#[derive(Clone, Default)]
pub struct Found {
    /// The numbers of the key, scaled.
    pub numbers: Moments,
    /// By condition.
    pub conditions: Vec<ByMeasure<Moments>>,
}

/// The conditions of a point, or of all points together.
pub struct Group {
    /// The number of the point; `None` of all.
    point: Option<u64>,
    /// What tells it from others, a cell each; nothing of all points.
    pub names: Vec<String>,
    /// By condition; the first one is what the others are compared with.
    pub conditions: Vec<Compared>,
}

/// A condition of a group.
pub struct Compared {
    /// Its place among all conditions.
    pub condition: usize,
    /// The measures.
    pub own: ByMeasure<Moments>,
    /// The measures beside those of the first condition.
    pub pairs: ByMeasure<Pairs>,
}

/// The figures of a sweep.
pub struct Tally {
    /// The names of all conditions, in the order in which they came.
    pub conditions: Vec<String>,
    /// The keys with places that runs can be put together at.
    pub responses: Vec<Response>,
    /// The numbers of other axes with several values, which are words.
    pub others: Vec<usize>,
    /// Points, or all of them together.
    pub groups: Vec<Group>,
    by_point: bool,
    /// The axes whose values tell a point, with their keys; nothing where its number does.
    told: Vec<(usize, String)>,
}

impl Tally {
    /// That of a plan, without runs.
    pub fn of(plan: &Plan) -> Self {
        let contract = &plan.contract;
        let (mut responses, mut others) = (Vec::new(), Vec::new());
        for (at, axis) in contract.axes.iter().enumerate() {
            let one_value = axis.count() == Some(1) || (axis.count().is_none() && contract.samples < 2);
            match Places::of(axis, contract.samples) {
                _ if one_value => {}
                Some(places) => responses.push(Response {
                    axis: at,
                    found: vec![Found::default(); places.count()],
                    places,
                }),
                None => others.push(at),
            }
        }
        let several = contract
            .axes
            .iter()
            .enumerate()
            .filter(|(_, axis)| axis.count() != Some(1));
        let told: Vec<(usize, String)> = several.map(|(at, axis)| (at, axis.key.clone())).collect();
        Self {
            conditions: Vec::new(),
            responses,
            others,
            groups: Vec::new(),
            by_point: plan.points() <= MOST_POINTS,
            told: if told.len() <= MOST_TOLD { told } else { Vec::new() },
        }
    }

    /// Whether points stand one by one.
    pub fn is_by_point(&self) -> bool {
        self.by_point
    }

    /// Adds a run; runs come in the order of their numbers.
    pub fn add(&mut self, run: &PlannedRun, last: &LastReadouts, columns: &[RecordedColumn]) {
        let conditions = last.means().map(|(name, means)| {
            let values = MEASURES.each_ref().map(|measure| {
                let value = measure.of(columns, |place| means.get(place)?.get());
                value.filter(|value| value.is_finite())
            });
            (self.condition(name), values)
        });
        let conditions: Vec<(usize, ByMeasure<Option<f64>>)> = conditions.collect();
        for response in &mut self.responses {
            response.add(run, &conditions);
        }
        self.compare(run, &conditions);
    }

    /// The place of a condition among all, the first of which has the first colour.
    pub fn place(&self, name: &str) -> usize {
        let known = self.conditions.iter().position(|known| known == name);
        known.unwrap_or(self.conditions.len())
    }

    /// The place of a condition among all, to which it is added.
    fn condition(&mut self, name: &str) -> usize {
        let place = self.place(name);
        if place == self.conditions.len() {
            self.conditions.push(name.to_owned());
        }
        place
    }

    fn compare(&mut self, run: &PlannedRun, conditions: &[(usize, ByMeasure<Option<f64>>)]) {
        let point = self.by_point.then_some(run.point);
        if self.groups.last().is_none_or(|group| group.point != point) {
            let names = point.map_or_else(Vec::new, |_| self.point_names(run));
            self.groups.push(Group {
                point,
                names,
                conditions: Vec::new(),
            });
        }
        let (Some(group), Some((_, first))) = (self.groups.last_mut(), conditions.first()) else {
            return;
        };
        for &(condition, values) in conditions {
            let compared = group.condition(condition);
            for (at, value) in values.into_iter().enumerate() {
                if let Some(value) = value {
                    compared.own[at].add(value);
                }
                if let Some((first, value)) = first[at].zip(value) {
                    compared.pairs[at].add(first, value);
                }
            }
        }
    }

    /// The values of a run's point that tell it from others, or its number where they are many.
    fn point_names(&self, run: &PlannedRun) -> Vec<String> {
        if self.told.is_empty() {
            return vec![run.point.to_string()];
        }
        let told = self
            .told
            .iter()
            .map(|(at, _)| run.values.get(*at).map_or("", |value| value.text.as_str()));
        told.map(|value| shortened(value, MOST_LETTERS)).collect()
    }

    /// What [`Group::names`] are; nothing where there is one group.
    pub fn point_heading(&self) -> Vec<String> {
        match &self.groups[..] {
            [] | [_] => Vec::new(),
            _ if self.told.is_empty() => vec!["Point".to_owned()],
            _ => self.told.iter().map(|(_, key)| key.clone()).collect(),
        }
    }
}

impl Group {
    fn condition(&mut self, condition: usize) -> &mut Compared {
        let known = self.conditions.iter().position(|known| known.condition == condition);
        let at = known.unwrap_or_else(|| {
            self.conditions.push(Compared {
                condition,
                own: ByMeasure::default(),
                pairs: ByMeasure::default(),
            });
            self.conditions.len() - 1
        });
        &mut self.conditions[at]
    }
}

impl Response {
    fn add(&mut self, run: &PlannedRun, conditions: &[(usize, ByMeasure<Option<f64>>)]) {
        let Some(value) = run.values.get(self.axis) else { return };
        let Some(found) = self.places.at(value).and_then(|place| self.found.get_mut(place)) else {
            return;
        };
        if let Some(number) = value.number {
            found.numbers.add(self.places.scaled(number));
        }
        for &(condition, values) in conditions {
            if found.conditions.len() <= condition {
                found.conditions.resize_with(condition + 1, ByMeasure::default);
            }
            for (moments, value) in found.conditions[condition].iter_mut().zip(values) {
                if let Some(value) = value {
                    moments.add(value);
                }
            }
        }
    }

    /// How much the key goes with what it is plotted against: the greatest share of the variance of a measure in a condition that lies
    /// between its places.
    pub fn strength(&self) -> f64 {
        let conditions = self.found.iter().map(|found| found.conditions.len()).max().unwrap_or(0);
        let all = (0..conditions).flat_map(|condition| (0..MEASURES.len()).map(move |measure| (condition, measure)));
        let shares = all.filter_map(|(condition, measure)| {
            let own = |found: &'_ Found| found.conditions.get(condition).map(|own| own[measure]);
            Moments::between(self.found.iter().filter_map(own).collect::<Vec<Moments>>().iter())
        });
        shares.fold(f64::NEG_INFINITY, f64::max)
    }

    /// Whether runs lie at two places or more.
    pub fn varies(&self) -> bool {
        self.found.iter().filter(|found| !found.conditions.is_empty()).count() > 1
    }
}
