//! The gain of growth that a condition is expected to see, mean over its run: of carried medium, whose dose decays from change to
//! change, and of the sessions in which its gel moves. What spreads in a well from muscle, sources and reservoirs is not counted.

use super::outlook::combined;
use crate::model::actuation::peak_strain;
use crate::model::medium::doses;
use crate::model::parameters::{Light, Muscle, Myokine};
use crate::model::plate::{Condition, DoseUnit, Medium, MediumSource, Plate, Species, StrainProtocol};
use crate::model::strain::strain_drive;

/// The mean gain of a condition.
pub fn mean_gain(plate: &Plate, condition: &Condition) -> f64 {
    let trophic = condition
        .medium
        .as_ref()
        .map_or(0.0, |medium| trophic_excess(plate, medium));
    let mechano = condition.actuation.as_ref().map_or(0.0, |protocol| {
        condition.biology.mechano.gain * mechano_state(condition, protocol)
    });
    combined(trophic, mechano, condition.biology.growth_cone.combination())
}

/// Excess gain of all myokines of regular medium.
fn trophic_excess(plate: &Plate, medium: &Medium) -> f64 {
    let carried = doses(&medium.from, medium.every_h, &plate.muscle, &plate.myokines);
    let excess = |(species, dose): (&Species, f64)| {
        (species.myokine.max_gain - 1.0) * mean_occupancy(&species.myokine, dose, medium.every_h)
    };
    plate.myokines.iter().zip(carried).map(excess).sum()
}

/// Mean gain of growth by one myokine in medium that muscle of the defaults has conditioned and that is changed daily: of muscle at
/// rest, and under the reference exercise.
pub fn gains_in_daily_medium(myokine: &Myokine, unit: DoseUnit) -> [f64; 2] {
    const DAY_H: f64 = 24.0;
    let alone = [Species {
        name: String::new(),
        unit,
        myokine: *myokine,
    }];
    [
        MediumSource::RestingMuscle,
        MediumSource::ExercisedMuscle(Light::default()),
    ]
    .map(|from| {
        let dose = doses(&from, DAY_H, &Muscle::default(), &alone)[0];
        1.0 + (myokine.max_gain - 1.0) * mean_occupancy(myokine, dose, DAY_H)
    })
}

/// Mean of d^h/(K^h + d^h) while the dose d decays for a time: ln((K^h + d₀^h)/(K^h + d₁^h)) over h k t.
fn mean_occupancy(myokine: &Myokine, dose: f64, hours: f64) -> f64 {
    let half = myokine.half_dose.powf(myokine.hill);
    let begin = dose.powf(myokine.hill);
    let decay = myokine.hill * myokine.decay_per_h() * hours;
    if decay < 1e-6 {
        return begin / (half + begin);
    }
    // Of what is left the ratio is near 1 where almost nothing is bound.
    let lost = begin * -libm::expm1(-decay);
    libm::log1p(lost / (half + begin - lost)) / decay
}

/// Mean mechano-state of sessions that go on for long: it rises in each towards a goal and fades until the next.
fn mechano_state(condition: &Condition, protocol: &StrainProtocol) -> f64 {
    let (mechano, actuation) = (&condition.biology.mechano, &protocol.actuation);
    let drive = strain_drive(peak_strain(protocol).major, actuation.frequency_hz, mechano);
    let rise_per_h = drive / mechano.on_time_h + (1.0 - drive) / mechano.off_time_h;
    let goal = drive / mechano.on_time_h / rise_per_h;
    let session_h = actuation.session_h.min(actuation.every_h);
    let rest_h = actuation.every_h - session_h;
    let (risen, faded) = (
        -libm::expm1(-rise_per_h * session_h),
        -libm::expm1(-rest_h / mechano.off_time_h),
    );
    let highest = goal * risen / (1.0 - (1.0 - risen) * (1.0 - faded));
    let lowest = highest * (1.0 - faded);
    let in_session = goal * session_h + (lowest - goal) * risen / rise_per_h;
    (in_session + highest * faded * mechano.off_time_h) / actuation.every_h
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::biology::Biology;
    use crate::model::parameters::Actuation;
    use crate::model::plate::StrainMode;

    #[test]
    fn the_mean_occupancy_is_that_of_a_dose_that_decays() {
        let myokine = Myokine::default();
        let parts = 100_000;
        let at = |part: i32| {
            let dose = (-myokine.decay_per_h() * 36.0 * (f64::from(part) + 0.5) / f64::from(parts)).exp();
            let bound = dose.powf(myokine.hill);
            bound / (myokine.half_dose.powf(myokine.hill) + bound)
        };
        let expected = (0..parts).map(at).sum::<f64>() / f64::from(parts);
        assert!((mean_occupancy(&myokine, 1.0, 36.0) / expected - 1.0).abs() < 1e-6);
        assert_eq!(mean_occupancy(&myokine, 0.0, 36.0), 0.0);
    }

    #[test]
    fn the_mean_mechano_state_is_that_of_many_sessions() {
        let condition = Condition::untreated("moved", 1, Biology::default());
        let protocol = StrainProtocol {
            strain: StrainMode::Uniaxial,
            actuation: Actuation {
                every_h: 12.0,
                ..Actuation::default()
            },
            resolved: false,
        };
        let (mechano, actuation) = (&condition.biology.mechano, &protocol.actuation);
        let drive = strain_drive(peak_strain(&protocol).major, actuation.frequency_hz, mechano);
        let (step_h, steps) = (1e-3, 12_000u32);
        let (mut state, mut sum) = (0.0, 0.0);
        for session in 0..30 {
            for step in 0..steps {
                let on = f64::from(step) * step_h < actuation.session_h;
                let drive = if on { drive } else { 0.0 };
                state +=
                    step_h * (drive * (1.0 - state) / mechano.on_time_h - (1.0 - drive) * state / mechano.off_time_h);
                sum += if session == 29 { state / f64::from(steps) } else { 0.0 };
            }
        }
        let found = mechano_state(&condition, &protocol);
        assert!((found / sum - 1.0).abs() < 1e-2, "{found} instead of {sum}");
    }
}
