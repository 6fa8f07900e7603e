//! Conditions: treatments of wells.

use super::biology;
use super::culture;
use super::gel;
use super::named;
use super::numbers::Listing;
use super::presets;
use super::protocol::{Repeated, RunClock, at_most, time};
use super::quantity::{self, DoseScale};
use super::reader::Fields;
use super::setting::Setting;
use super::tree::TomlValue;
use super::well;
use super::words::{FibreAxis, FieldAtStart, MediumOrigin, StrainWord};
use crate::model::biology::Biology;
use crate::model::domain::Region;
use crate::model::parameter::{Dimension, HOUR_S};
use crate::model::parameters::{Actuation, Light, Matrix, Tow};
use crate::model::plate::{
    Condition, Medium, MediumSource, MusclePatch, Origin, Reservoir, SteadySource, StrainMode, StrainProtocol,
};
use std::collections::HashSet;

/// Fewest steps in a cycle that is stepped through.
const STEPS_PER_CYCLE: f64 = 20.0;

/// Reads every `[[condition]]`, and the gel that each has.
pub fn read(root: &Fields<'_>, setting: &Setting<'_>) -> (Vec<Condition>, Vec<Matrix>) {
    let mut conditions: Vec<Condition> = Vec::new();
    let (mut matrices, mut names) = (Vec::new(), HashSet::new());
    for (number, fields) in root.tables("condition").iter().enumerate() {
        let name = fields.name("name").map_or_else(|| number.to_string(), str::to_owned);
        culture::check_unique(fields, &name, "condition", &mut names);
        let matrix = gel::matrix(fields, setting.matrix, Listing::OnlySet);
        matrices.push(matrix);
        let wells = fields.setting("wells").unwrap_or(1.0) as u32;
        let biology = biology::read(fields, setting.biology, Listing::OnlySet);
        let muscle = fields.table("muscle").and_then(|fields| muscle(&fields, setting));
        let medium = fields.table("medium").and_then(|fields| medium(&fields, setting));
        let sources = sources(fields, setting);
        let reservoirs = reservoirs(fields, setting);
        conditions.push(Condition {
            at_rest: begins_at_rest(fields, medium.as_ref(), muscle.is_some(), &sources),
            name,
            origin: fields
                .table("origin")
                .map_or_else(Origin::default, |fields| origin(&fields)),
            wells,
            biology,
            medium,
            actuation: fields
                .table("actuation")
                .map(|fields| actuation(&fields, setting, &biology, &matrix, muscle.as_ref())),
            tow: fields.table("tow").map(|fields| tow(&fields, setting)),
            muscle,
            sources,
            reservoirs,
            disturbed: false,
        });
    }
    if root
        .value("condition")
        .is_some_and(|node| node.value == TomlValue::List(Vec::new()))
    {
        root.at("condition")
            .refuse("no condition", "at least one [[condition]]");
    }
    (conditions, matrices)
}

fn origin(fields: &Fields<'_>) -> Origin {
    let name = |key| fields.name(key).map(str::to_owned);
    Origin {
        plate: name("plate"),
        seed: super::seed(fields),
        condition: name("condition"),
    }
}

/// Reads whether a field begins at rest: there must be something that brings it there, and nothing that draws it below 0.
fn begins_at_rest(fields: &Fields<'_>, medium: Option<&Medium>, muscle: bool, sources: &[SteadySource]) -> bool {
    if fields.word("field") != Some(FieldAtStart::AtRest) {
        return false;
    }
    let spot = fields.at("field");
    if !(muscle || fields.has("source") || fields.has("reservoir")) {
        spot.refuse(
            "a field at rest without muscle, source or reservoir",
            "one of these, which it would be at rest with",
        );
    } else if sources.iter().any(|source| source.rate_per_h < 0.0) {
        spot.refuse(
            "a field at rest with a sink",
            "no sink, as one draws below nothing in the long run; hold a reservoir at 0 instead",
        );
    } else if medium.is_some_and(|medium| medium.start_h <= 0.0) {
        spot.refuse(
            "a field at rest and medium that replaces it at once",
            "one of the two, or medium that is brought later (start)",
        );
    }
    true
}

fn medium(fields: &Fields<'_>, setting: &Setting<'_>) -> Option<Medium> {
    let [every_h, start_h] = ["every", "start"].map(|key| fields.setting(key));
    if let (Some(every_h), Some(start_h)) = (every_h, start_h) {
        let repeated = Repeated {
            session_h: None,
            every_h,
            start_h,
        };
        repeated.check(fields, setting.clock);
    }
    let from = medium_source(fields, setting)?;
    Some(Medium {
        from,
        every_h: every_h?,
        start_h: start_h?,
    })
}

/// Reads where medium comes from: `from` with `light`, or `doses`.
pub fn medium_source(fields: &Fields<'_>, setting: &Setting<'_>) -> Option<MediumSource> {
    let from = fields.word("from");
    let donor_light = fields.table("light").map(|fields| light(&fields, setting));
    let refuse_light = || {
        if fields.has("light") {
            let expected = "no light, as only medium from exercised muscle has a lit donor";
            fields.at("light").refuse("a table", expected);
        }
    };
    match (fields.has("from"), fields.has("doses")) {
        (true, true) => fields.at("doses").refused("both from and doses", "one of the two"),
        (false, false) => {
            let expected = "where the medium comes from: fresh, resting muscle, exercised muscle; or doses";
            fields.missing("from", expected);
            None
        }
        (false, true) => {
            refuse_light();
            culture::doses(fields, setting.species).map(MediumSource::Doses)
        }
        (true, false) => {
            let from = from?;
            if from != MediumOrigin::ExercisedMuscle {
                refuse_light();
            }
            Some(match from {
                MediumOrigin::Fresh => MediumSource::Fresh,
                MediumOrigin::RestingMuscle => MediumSource::RestingMuscle,
                MediumOrigin::ExercisedMuscle => MediumSource::ExercisedMuscle(donor_light.unwrap_or_default()),
            })
        }
    }
}

/// Reads when and how muscle is lit.
pub fn light(fields: &Fields<'_>, setting: &Setting<'_>) -> Light {
    let light = fields.section(Light::default(), DoseScale::RELATIVE, Listing::All);
    let repeated = Repeated {
        session_h: Some(light.session_h),
        every_h: light.every_h,
        start_h: light.start_h,
    };
    repeated.check(fields, setting.clock);
    light
}

/// Reads when, whither and how hard growth cones are pulled.
pub fn tow(fields: &Fields<'_>, setting: &Setting<'_>) -> Tow {
    let tow = fields.section(Tow::default(), DoseScale::RELATIVE, Listing::All);
    let repeated = Repeated {
        session_h: Some(tow.session_h),
        every_h: tow.every_h,
        start_h: tow.start_h,
    };
    repeated.check(fields, setting.clock);
    tow
}

/// Reads when and how the gel is moved: as in the study behind the hypothesis of `biology`, where it names one, but for
/// what is written.
pub fn actuation(
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    biology: &Biology,
    matrix: &Matrix,
    muscle: Option<&MusclePatch>,
) -> StrainProtocol {
    let strain = fields.word("strain");
    let study = named::hypothesis_of(biology).and_then(|hypothesis| hypothesis.protocol.as_ref());
    let mut base = study.map_or_else(Actuation::default, |study| study.actuation());
    if let (Some(StrainWord::Muscle), Some(light)) = (strain, muscle.and_then(|muscle| muscle.light)) {
        // Fibres shorten with the light.
        base = Actuation {
            frequency_hz: light.frequency_hz,
            session_h: light.session_h,
            every_h: light.every_h,
            start_h: light.start_h,
            ..base
        };
    }
    let first = fields.notes.resolved().len();
    let mut actuation = fields.section(base, DoseScale::RELATIVE, Listing::All);
    if let Some(study) = study {
        named::list_protocol(fields.notes, first, study);
    }
    let repeated = Repeated {
        session_h: Some(actuation.session_h),
        every_h: actuation.every_h,
        start_h: actuation.start_h,
    };
    repeated.check(fields, setting.clock);
    let resolved = fields.flag("resolved");
    if let (true, Some(clock)) = (resolved, setting.clock) {
        check_cycles(fields, &actuation, clock);
    }
    let strain = match strain {
        Some(kind @ (StrainWord::MagnetBars | StrainWord::Map | StrainWord::Muscle)) => {
            let cycle_steps = match setting.clock {
                Some(clock) if resolved && actuation.frequency_hz > 0.0 => {
                    Some((1.0 / (actuation.frequency_hz * HOUR_S) / clock.step_h).round() as u32)
                }
                _ => None,
            };
            // Mistakes in it are noted; the plate is not taken then.
            gel::nonuniform(fields, setting, kind, matrix, muscle, &mut actuation, cycle_steps)
                .unwrap_or(StrainMode::Uniaxial)
        }
        uniform => {
            let instead = "strain = \"magnet bars\" for it, or strain = \"map\" for a map";
            gel::refuse(fields, &["bars", "rim", "force", "magnet", "map"], instead);
            match uniform {
                Some(StrainWord::Equibiaxial) => StrainMode::Equibiaxial,
                Some(StrainWord::Shear) => StrainMode::Shear,
                Some(_) => StrainMode::Uniaxial,
                None => study.map_or(StrainMode::Uniaxial, |study| study.strain.clone()),
            }
        }
    };
    StrainProtocol {
        strain,
        actuation,
        resolved,
    }
}

/// A cycle that is stepped through needs enough steps, and a whole number of them.
fn check_cycles(fields: &Fields<'_>, actuation: &Actuation, clock: &RunClock) {
    if actuation.frequency_hz <= 0.0 {
        let shown = quantity::format(actuation.frequency_hz, Dimension::Frequency.into());
        let expected = "a frequency above 0, to step through its cycles";
        return fields.at("frequency").refuse(shown, expected);
    }
    let period_h = 1.0 / (actuation.frequency_hz * HOUR_S);
    let found = format!("cycles of {} in steps of {}", time(period_h), time(clock.step_h));
    let longest_h = period_h / STEPS_PER_CYCLE;
    if clock.step_h > longest_h * (1.0 + 1e-9) {
        let expected = format!("a step of at most {}, 1/20 of a cycle", at_most(longest_h));
        fields.at("resolved").refuse(found, expected);
    } else if clock.whole_steps(period_h).is_none() {
        let expected = "a cycle that is a whole number of steps";
        fields.at("resolved").refuse(found, expected);
    }
}

fn muscle(fields: &Fields<'_>, setting: &Setting<'_>) -> Option<MusclePatch> {
    let light = fields.table("light").map(|fields| light(&fields, setting));
    let region = well::region(fields, "region", setting.domain)?;
    let size_um = region.high_um - region.low_um;
    let upright = match fields.word("fibres") {
        Some(FibreAxis::AlongX) => false,
        Some(FibreAxis::AlongY) => true,
        None => size_um.y >= size_um.x,
    };
    let lit = match fields.has("lit") {
        true => Some(lit_part(fields, setting, &region, light.is_some())?),
        false => None,
    };
    Some(MusclePatch {
        region,
        light,
        lit,
        upright,
    })
}

/// Reads the part of a muscle that its light falls on: it must lie on the muscle, and there must be a light.
fn lit_part(fields: &Fields<'_>, setting: &Setting<'_>, muscle: &Region, is_lit: bool) -> Option<Region> {
    let part = well::region(fields, "lit", setting.domain)?;
    let spot = fields.at("lit");
    if part.shared_with(muscle).is_none() {
        return spot.refused("a box beside the muscle", "a part of the muscle's region");
    }
    if !is_lit {
        return spot.refused("a part to be lit without a light", "a light too");
    }
    Some(part)
}

fn sources(fields: &Fields<'_>, setting: &Setting<'_>) -> Vec<SteadySource> {
    let source = |fields: &Fields<'_>| {
        let region = well::region(fields, "region", setting.domain);
        let species = culture::species_at(fields, setting.species)?;
        let rate = fields.setting_in("rate", presets::doses_of(&setting.species[species].name));
        Some(SteadySource {
            region: region?,
            species,
            rate_per_h: rate?,
        })
    };
    fields.tables("source").iter().filter_map(source).collect()
}

fn reservoirs(fields: &Fields<'_>, setting: &Setting<'_>) -> Vec<Reservoir> {
    let reservoir = |fields: &Fields<'_>| {
        let region = well::region(fields, "region", setting.domain);
        let doses = doses_held(fields, setting);
        Some(Reservoir {
            region: region?,
            doses: doses?,
        })
    };
    fields.tables("reservoir").iter().filter_map(reservoir).collect()
}

/// The dose of each myokine in a reservoir.
fn doses_held(fields: &Fields<'_>, setting: &Setting<'_>) -> Option<Vec<f64>> {
    if fields.has("doses") {
        if fields.has("dose") {
            return fields.at("doses").refused("both dose and doses", "one of the two");
        }
        return culture::doses(fields, setting.species);
    }
    match setting.species {
        [only] => fields
            .setting_in("dose", presets::doses_of(&only.name))
            .map(|dose| vec![dose]),
        [] => {
            let spot = fields.notes.spot(fields.place, fields.path_of("dose"));
            spot.refused("a scenario without a myokine", "a [[myokine]] to hold")
        }
        _ => {
            let expected = "a dose for each myokine by name, as there are several";
            let spot = fields.notes.spot(fields.at("dose").place, fields.path_of("doses"));
            spot.refused("nothing", expected)
        }
    }
}
