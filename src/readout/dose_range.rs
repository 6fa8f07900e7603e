//! The range of doses that colours show. The plate fixes it, as its doses are written: what is seen does not grow darker because
//! somewhere else a drop was set, and two pictures of a plate can be compared.

use crate::model::medium::doses;
use crate::model::plate::{Action, DoseUnit, Plate};

/// Medium that an event brings was conditioned for a day.
const A_DAY_H: f64 = 24.0;

/// The dose of a myokine that has the brightest colour, for the whole life of a plate: the highest that it names in a medium or a
/// reservoir, in round numbers; where it names none that of exercised medium, or twice the half dose. Drops are small and soon spread:
/// their middle is as bright as can be. 0 for a myokine that the plate does not have.
pub fn highest_shown(plate: &Plate, species: usize) -> f32 {
    let Some(myokine) = plate.myokines.get(species) else {
        return 0.0;
    };
    let of_medium = |source, every_h| {
        let carried = doses(source, every_h, &plate.muscle, &plate.myokines);
        carried.get(species).copied()
    };
    let of_conditions = plate.conditions.iter().flat_map(|condition| {
        let medium = condition.medium.as_ref();
        let carried = medium.and_then(|medium| of_medium(&medium.from, medium.every_h));
        let held = condition.reservoirs.iter();
        let held = held.filter_map(|reservoir| reservoir.doses.get(species).copied());
        carried.into_iter().chain(held)
    });
    let of_events = plate.events.iter().filter_map(|event| match &event.action {
        Action::Medium(source) => of_medium(source, A_DAY_H),
        _ => None,
    });
    let named = of_conditions.chain(of_events).filter(|dose| dose.is_finite());
    let highest = named.fold(0.0, f64::max);
    if highest > 0.0 {
        return round_up(highest);
    }
    match myokine.unit {
        DoseUnit::Relative => 1.0,
        DoseUnit::Nanomolar => round_up(2.0 * myokine.myokine.half_dose),
    }
}

/// The next of 1, 1.5, 2, 3, 5, 7, 10 … times a power of ten.
fn round_up(dose: f64) -> f32 {
    let power = 10_f64.powf(dose.log10().floor());
    let steps = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0];
    let round = steps.into_iter().map(|step| step * power);
    let above = round.into_iter().find(|&round| round >= dose * (1.0 - 1e-9));
    above.unwrap_or(dose) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::plate::MediumSource;
    use crate::scenario::{Surroundings, builtin, read};
    use glam::DVec3;

    fn plate(name: &str) -> Plate {
        let text = builtin(name).expect("built in").text;
        let read = read(text, name, &[], &Surroundings::built_in());
        read.unwrap_or_else(|mistakes| panic!("{mistakes}")).plate
    }

    #[test]
    fn the_highest_dose_that_a_plate_names_is_the_brightest() {
        let mut plate = plate("exercise-2024");
        assert_eq!(highest_shown(&plate, 0), 1.0);
        assert_eq!(highest_shown(&plate, 1), 0.0, "no such myokine");
        plate.events.push(crate::model::plate::Event {
            step: 10,
            conditions: Vec::new(),
            action: Action::Drop {
                at_um: DVec3::ZERO,
                radius_um: 50.0,
                species: 0,
                dose: 4.2,
            },
        });
        assert_eq!(highest_shown(&plate, 0), 1.0, "a drop is small and soon spread");
        plate.events.push(crate::model::plate::Event {
            step: 20,
            conditions: Vec::new(),
            action: Action::Medium(MediumSource::Doses(vec![4.2])),
        });
        assert_eq!(highest_shown(&plate, 0), 5.0);
        plate.events.clear();
        for condition in &mut plate.conditions {
            condition.medium = None;
        }
        assert_eq!(highest_shown(&plate, 0), 1.0, "that of exercised medium");
    }

    #[test]
    fn doses_are_rounded_up_and_round_ones_stay() {
        for (dose, round) in [
            (1.0, 1.0),
            (0.3, 0.3),
            (1.01, 1.5),
            (0.42, 0.5),
            (70.0, 70.0),
            (71.0, 100.0),
        ] {
            assert_eq!(round_up(dose), round, "{dose}");
        }
    }
}
