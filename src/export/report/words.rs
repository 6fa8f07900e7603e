//! The treatment of a condition, in words.

use crate::export::figures::rounded;
use crate::model::biology::Biology;
use crate::model::gel::bars::Pull;
use crate::model::gel::motion::Cause;
use crate::model::parameters::Light;
use crate::model::plate::{Action, DoseUnit, Event, Medium, MediumSource, Plate, StrainMode, StrainProtocol};

/// The treatment of a condition, given by its place in [`Plate::conditions`], in a sentence.
pub fn treatment(plate: &Plate, index: usize) -> String {
    let condition = &plate.conditions[index];
    let mut parts = Vec::new();
    parts.extend(condition.medium.as_ref().map(|medium| medium_in_use(plate, medium)));
    parts.extend(condition.actuation.as_ref().map(movement));
    parts.extend(condition.tow.as_ref().map(|tow| {
        format!(
            "growth cones towed with {} nN, {} h every {} h",
            rounded(tow.force_nn),
            rounded(tow.session_h),
            rounded(tow.every_h)
        )
    }));
    parts.extend(condition.muscle.as_ref().map(|muscle| match &muscle.light {
        Some(light) => format!("muscle in the well, under light ({})", light_words(light)),
        None => "muscle in the well, at rest".to_owned(),
    }));
    parts.extend(condition.sources.iter().map(|source| {
        let what = if source.rate_per_h < 0.0 { "sink" } else { "source" };
        let (name, rate) = (species(plate, source.species), source.rate_per_h.abs());
        let unit = match plate.myokines.get(source.species) {
            Some(species) if species.unit == DoseUnit::Nanomolar => "nM/h",
            // Of what exercised medium has.
            _ => "/h",
        };
        format!("{what} of {name}, {} {unit}", rounded(rate))
    }));
    let reservoirs = condition.reservoirs.iter();
    parts.extend(reservoirs.map(|reservoir| format!("region held with {}", dose_words(plate, &reservoir.doses))));
    if condition.at_rest {
        parts.push("myokine at rest at the beginning".to_owned());
    }
    parts.extend(biology_words(plate, &condition.biology));
    parts.extend(events(plate, index).map(|event| event_words(plate, event)));
    // Several cuts at one time read alike.
    parts.dedup();
    if parts.is_empty() {
        "nothing brought, gel still".to_owned()
    } else {
        parts.join("; ")
    }
}

fn medium_in_use(plate: &Plate, medium: &Medium) -> String {
    let first = if medium.start_h > 0.0 {
        format!(" from {} h on", rounded(medium.start_h))
    } else {
        String::new()
    };
    format!(
        "{}, changed every {} h{first}",
        medium_words(plate, &medium.from),
        rounded(medium.every_h)
    )
}

fn movement(protocol: &StrainProtocol) -> String {
    let actuation = &protocol.actuation;
    if !actuation.moves() {
        return "gel with magnets that stays still".to_owned();
    }
    let mode = match &protocol.strain {
        StrainMode::Uniaxial => "uniaxially by",
        StrainMode::Equibiaxial => "equibiaxially by",
        StrainMode::Shear => "in shear by",
        StrainMode::Nonuniform(motion) => match motion.cause {
            Cause::Bars {
                pull: Pull::Shortening(_),
                ..
            } => "by the muscle's shortening, up to",
            Cause::Bars { .. } => "by magnet bars, up to",
            Cause::Measured { .. } => "as it was measured, up to",
        },
    };
    format!(
        "gel strained {mode} {} % at {} Hz, {} min every {} h",
        rounded(actuation.amplitude * 100.0),
        rounded(actuation.frequency_hz),
        rounded(actuation.session_h * 60.0),
        rounded(actuation.every_h)
    )
}

/// The names that a biology's numbers come from, or that they were set apart from those of the plate's first condition.
fn biology_words(plate: &Plate, biology: &Biology) -> Vec<String> {
    let genotype = biology.genotype.map(|name| format!("genotype {name}"));
    let hypothesis = biology.hypothesis.map(|name| format!("under the hypothesis {name}"));
    let named = genotype.is_some() || hypothesis.is_some();
    let first = plate
        .conditions
        .first()
        .filter(|first| !named && *biology != first.biology);
    let apart = first.map(|first| format!("biology set apart from that of {}", first.name));
    genotype.into_iter().chain(hypothesis).chain(apart).collect()
}

fn event_words(plate: &Plate, event: &Event) -> String {
    let at = rounded(f64::from(event.step) * plate.step_h);
    let what = event.action.in_words();
    let details = match &event.action {
        Action::Drop {
            radius_um,
            species: which,
            dose,
            ..
        } => format!(
            " ({} at {}, {} µm in radius)",
            species(plate, *which),
            dose_in_words(plate, *which, *dose),
            rounded(*radius_um)
        ),
        Action::Medium(from) => format!(" by {}", medium_words(plate, from)),
        _ => String::new(),
    };
    format!("{what}{details} at {at} h")
}

/// Whether a condition combines cues, names a genotype or a hypothesis, has events, a tow, muscle beside the neurons, or a
/// field or medium made up by hand: no published arm had that, so its outcome is a prediction.
pub fn is_prediction(plate: &Plate, index: usize) -> bool {
    let condition = &plate.conditions[index];
    let moved = condition
        .actuation
        .as_ref()
        .is_some_and(|protocol| protocol.actuation.moves());
    let by_hand = condition
        .medium
        .as_ref()
        .is_some_and(|medium| matches!(medium.from, MediumSource::Doses(_)));
    (moved && condition.medium.is_some())
        || by_hand
        || condition.tow.is_some()
        || condition.muscle.is_some()
        || !condition.sources.is_empty()
        || !condition.reservoirs.is_empty()
        || condition.biology.genotype.is_some()
        || condition.biology.hypothesis.is_some()
        || events(plate, index).next().is_some()
}

/// Whether explants differ in how many neurons they have.
pub fn neurons_vary(plate: &Plate) -> bool {
    plate.variation.scale * plate.variation.neurons_between_explants > 0.0
}

/// The events of a condition.
fn events(plate: &Plate, index: usize) -> impl Iterator<Item = &Event> {
    plate.events.iter().filter(move |event| event.concerns(index))
}

fn medium_words(plate: &Plate, from: &MediumSource) -> String {
    match from {
        MediumSource::Fresh => "fresh medium".to_owned(),
        MediumSource::RestingMuscle => "medium of resting muscle".to_owned(),
        MediumSource::ExercisedMuscle(light) => {
            format!("medium of muscle exercised by light ({})", light_words(light))
        }
        MediumSource::Doses(doses) => format!("medium with {}", dose_words(plate, doses)),
    }
}

fn light_words(light: &Light) -> String {
    format!(
        "{} Hz, {} min every {} h",
        rounded(light.frequency_hz),
        rounded(light.session_h * 60.0),
        rounded(light.every_h)
    )
}

fn dose_words(plate: &Plate, doses: &[f64]) -> String {
    let named = plate.myokines.iter().zip(doses).enumerate();
    let doses: Vec<String> = named
        .map(|(index, (species, dose))| format!("{} at {}", species.name, dose_in_words(plate, index, *dose)))
        .collect();
    doses.join(", ")
}

/// A dose with the unit of its myokine.
fn dose_in_words(plate: &Plate, species: usize, dose: f64) -> String {
    let unit = plate
        .myokines
        .get(species)
        .map_or(DoseUnit::Relative, |species| species.unit);
    format!("{} {}", rounded(dose), unit.in_words())
}

fn species(plate: &Plate, index: usize) -> &str {
    plate.myokines.get(index).map_or("myokine", |species| &species.name)
}
