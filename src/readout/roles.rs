//! The parts that conditions play in the comparisons of the study, found from the protocols and never from
//! names.

use crate::model::medium;
use crate::model::parameters::{Actuation, Light};
use crate::model::plate::{Condition, Medium, MediumSource, Plate};

/// The parts, each a place in [`Plate::conditions`]. A condition with a biology of its own, with a field of its
/// own making or with events plays none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    /// No medium brought, gel still, no muscle; else fresh medium only.
    pub control: Option<usize>,
    /// Medium of resting muscle.
    pub resting: Option<usize>,
    /// Medium of exercised muscle: under the reference light, else under the strongest.
    pub exercised: Option<usize>,
    /// A gel that could be moved and is not.
    pub still: Option<usize>,
    /// A gel moved without medium: by the reference protocol, else by the largest strain.
    pub actuated: Option<usize>,
    /// Every medium with its dose of the first myokine when it is brought, from the weakest to the strongest.
    pub doses: Vec<(usize, f64)>,
}

/// The parts that the conditions of a plate play.
pub fn roles(plate: &Plate) -> Roles {
    let touched = |index: usize| plate.events.iter().any(|event| event.concerns(index));
    roles_of(plate, touched)
}

/// The parts that they would play without events.
pub fn planned_roles(plate: &Plate) -> Roles {
    roles_of(plate, |_| false)
}

fn roles_of(plate: &Plate, touched: impl Fn(usize) -> bool) -> Roles {
    let Some(plain) = plain_conditions(plate, touched) else {
        return Roles::default();
    };
    let all = || plain.iter().map(|&index| (index, &plate.conditions[index]));
    let find = |is: &dyn Fn(&Condition) -> bool| all().find(|(_, condition)| is(condition)).map(|(index, _)| index);

    let mut doses: Vec<(usize, f64)> = all()
        .filter(|(_, condition)| condition.actuation.is_none())
        .filter_map(|(index, condition)| Some((index, dose_of(plate, condition.medium.as_ref()?))))
        .collect();
    doses.sort_by(|a, b| a.1.total_cmp(&b.1));

    let exercised = doses
        .iter()
        .filter_map(|&(index, dose)| Some((index, dose, light_of(&plate.conditions[index])?)))
        .max_by(|a, b| is_reference(a.2).cmp(&is_reference(b.2)).then(a.1.total_cmp(&b.1)))
        .map(|(index, ..)| index);
    let actuated = all()
        .filter(|(_, condition)| condition.medium.is_none())
        .filter_map(|(index, condition)| Some((index, condition.actuation.as_ref()?.actuation)))
        .filter(|(_, actuation)| actuation.moves())
        .max_by(|(_, a), (_, b)| {
            (*a == Actuation::default())
                .cmp(&(*b == Actuation::default()))
                .then(a.amplitude.total_cmp(&b.amplitude))
        })
        .map(|(index, _)| index);
    let still_gel = |c: &Condition| c.actuation.as_ref().is_some_and(|protocol| !protocol.actuation.moves());
    Roles {
        control: find(&|c| c.actuation.is_none() && c.medium.is_none())
            .or_else(|| find(&|c| c.actuation.is_none() && source_of(c) == Some(&MediumSource::Fresh))),
        resting: find(&|c| c.actuation.is_none() && source_of(c) == Some(&MediumSource::RestingMuscle)),
        exercised,
        still: find(&|c| c.medium.is_none() && still_gel(c)),
        actuated,
        doses,
    }
}

/// Conditions without muscle, sources, reservoirs or events beside the neurons, which share the biology of the
/// first of them.
fn plain_conditions(plate: &Plate, touched: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
    let plain = |index: usize| {
        let condition = &plate.conditions[index];
        condition.muscle.is_none() && condition.sources.is_empty() && condition.reservoirs.is_empty() && !touched(index)
    };
    let candidates: Vec<usize> = (0..plate.conditions.len()).filter(|&index| plain(index)).collect();
    let biology = plate.conditions[*candidates.first()?].biology;
    Some(
        candidates
            .into_iter()
            .filter(|&index| plate.conditions[index].biology == biology)
            .collect(),
    )
}

fn source_of(condition: &Condition) -> Option<&MediumSource> {
    condition.medium.as_ref().map(|medium| &medium.from)
}

fn light_of(condition: &Condition) -> Option<&Light> {
    match source_of(condition)? {
        MediumSource::ExercisedMuscle(light) => Some(light),
        _ => None,
    }
}

fn is_reference(light: &Light) -> bool {
    *light == Light::default()
}

/// The dose of the first myokine in a medium when it is brought.
fn dose_of(plate: &Plate, medium: &Medium) -> f64 {
    medium::doses(&medium.from, medium.every_h, &plate.muscle, &plate.myokines)
        .first()
        .copied()
        .unwrap_or(0.0)
}
