//! What was done to a condition, in words.

use crate::model::plate::{Biology, Condition, MediumSource, Plate, StrainMode};

/// The treatment of a condition in a sentence.
pub fn treatment(plate: &Plate, condition: &Condition) -> String {
    let mut parts = Vec::new();
    if let Some(medium) = &condition.medium {
        let from = match &medium.from {
            MediumSource::Fresh => "fresh medium".to_owned(),
            MediumSource::RestingMuscle => "medium of resting muscle".to_owned(),
            MediumSource::ExercisedMuscle(light) => format!(
                "medium of muscle exercised by light ({} Hz, {} min every {} h)",
                rounded(light.frequency_hz),
                rounded(light.session_h * 60.0),
                rounded(light.every_h)
            ),
            MediumSource::Doses(doses) => {
                let named = plate.myokines.iter().zip(doses);
                let doses: Vec<String> = named
                    .map(|(species, dose)| format!("{} {}", rounded(*dose), species.name))
                    .collect();
                format!("medium with {}", doses.join(", "))
            }
        };
        parts.push(format!("{from}, changed every {} h", rounded(medium.every_h)));
    }
    if let Some(protocol) = &condition.actuation {
        let actuation = &protocol.actuation;
        let mode = match protocol.strain {
            StrainMode::Uniaxial => "uniaxially",
            StrainMode::Equibiaxial => "equibiaxially",
            StrainMode::Shear => "in shear",
        };
        parts.push(if actuation.amplitude == 0.0 {
            "gel with magnets that stays still".to_owned()
        } else {
            format!(
                "gel strained {mode} by {} % at {} Hz, {} min every {} h",
                rounded(actuation.amplitude * 100.0),
                rounded(actuation.frequency_hz),
                rounded(actuation.session_h * 60.0),
                rounded(actuation.every_h)
            )
        });
    }
    if let Some(muscle) = &condition.muscle {
        parts.push(match &muscle.light {
            Some(light) => format!(
                "muscle in the well, under light ({} Hz, {} min every {} h)",
                rounded(light.frequency_hz),
                rounded(light.session_h * 60.0),
                rounded(light.every_h)
            ),
            None => "muscle in the well, at rest".to_owned(),
        });
    }
    if !condition.sources.is_empty() || !condition.reservoirs.is_empty() {
        parts.push("myokine from sources set by hand".to_owned());
    }
    if condition.biology != Biology::default() {
        parts.push("biology set apart from the defaults".to_owned());
    }
    if parts.is_empty() {
        "nothing brought, gel still".to_owned()
    } else {
        parts.join("; ")
    }
}

/// Whether a condition combines cues or has a field that no published arm had: its outcome is a prediction.
pub fn is_prediction(condition: &Condition) -> bool {
    let moved = condition
        .actuation
        .as_ref()
        .is_some_and(|protocol| protocol.actuation.amplitude > 0.0);
    let biochemical = condition.medium.is_some() || condition.muscle.is_some();
    (moved && biochemical)
        || condition.muscle.is_some()
        || !condition.sources.is_empty()
        || !condition.reservoirs.is_empty()
}

/// Four significant digits at most, without trailing zeros.
fn rounded(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
