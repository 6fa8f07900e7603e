//! Conditions: what is done to the wells of a treatment.

use super::Surroundings;
use super::biology;
use super::culture;
use super::gel::{self, Solved};
use super::named;
use super::numbers::Listing;
use super::protocol::{self, Clock, Repeated, time};
use super::quantity;
use super::reader::{Fields, Reader};
use super::tree::Value;
use super::well;
use crate::model::biology::Biology;
use crate::model::domain::{Domain, Region};
use crate::model::parameter::{Dimension, HOUR_S};
use crate::model::parameters::{Actuation, Light, Matrix, Tow};
use crate::model::plate::{
    Condition, DoseUnit, Medium, MediumSource, MusclePatch, Reservoir, Species, SteadySource, StrainMode,
    StrainProtocol,
};

/// Fewest steps in a cycle that is stepped through.
const STEPS_PER_CYCLE: f64 = 20.0;

/// What conditions are read against; what could not be read itself is `None`.
#[derive(Clone, Copy)]
pub struct Setting<'s> {
    /// The well.
    pub domain: Option<&'s Domain>,
    /// The steps of the run.
    pub clock: Option<&'s Clock>,
    /// The myokines.
    pub species: &'s [Species],
    /// The biology of the plate.
    pub biology: Biology,
    /// The gel of the plate.
    pub matrix: Matrix,
    /// What magnet bars in it answer, as far as known.
    pub solved: &'s Solved,
    /// Where files come from.
    pub surroundings: &'s Surroundings<'s>,
}

/// Reads every `[[condition]]`, and the gel that each has.
pub fn read(reader: &mut Reader<'_>, root: &Fields<'_>, setting: &Setting<'_>) -> (Vec<Condition>, Vec<Matrix>) {
    let mut conditions: Vec<Condition> = Vec::new();
    let mut matrices = Vec::new();
    for (number, fields) in reader.tables(root, "condition").iter().enumerate() {
        let name = reader
            .text(fields, "name")
            .map_or_else(|| number.to_string(), str::to_owned);
        culture::unique(
            reader,
            fields,
            &name,
            "condition",
            conditions.iter().map(|known| known.name.as_str()),
        );
        let matrix = gel::matrix(reader, fields, setting.matrix, Listing::OnlySet);
        matrices.push(matrix);
        let wells = reader.setting(fields, "wells", DoseUnit::Relative).unwrap_or(1.0) as u32;
        let biology = biology::read(reader, fields, setting.biology, Listing::OnlySet);
        let muscle = reader
            .table(fields, "muscle")
            .and_then(|fields| muscle(reader, &fields, setting));
        conditions.push(Condition {
            name,
            wells,
            biology,
            medium: reader
                .table(fields, "medium")
                .and_then(|fields| medium(reader, &fields, setting)),
            actuation: reader
                .table(fields, "actuation")
                .map(|fields| actuation(reader, &fields, setting, &biology, &matrix, muscle.as_ref())),
            tow: reader.table(fields, "tow").map(|fields| tow(reader, &fields, setting)),
            muscle,
            sources: sources(reader, fields, setting),
            reservoirs: reservoirs(reader, fields, setting),
            disturbed: false,
        });
    }
    if root
        .table
        .get("condition")
        .is_some_and(|node| node.value == Value::List(Vec::new()))
    {
        reader.mistake(
            root.place_of("condition"),
            "condition",
            "no condition",
            "at least one [[condition]]",
        );
    }
    (conditions, matrices)
}

fn medium(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Option<Medium> {
    let [every_h, start_h] = ["every", "start"].map(|key| reader.setting(fields, key, DoseUnit::Relative));
    if let (Some(every_h), Some(start_h)) = (every_h, start_h) {
        let repeated = Repeated {
            session_h: None,
            every_h,
            start_h,
        };
        protocol::check_repeated(reader, fields, repeated, setting.clock);
    }
    let from = medium_source(reader, fields, setting)?;
    Some(Medium {
        from,
        every_h: every_h?,
        start_h: start_h?,
    })
}

/// Reads where medium comes from: `from` with `light`, or `doses`.
pub fn medium_source(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Option<MediumSource> {
    let from = reader.word(fields, "from");
    let light = reader
        .table(fields, "light")
        .map(|fields| light(reader, &fields, setting));
    let has_light = fields.table.get("light").is_some();
    match (fields.table.get("from").is_some(), fields.table.get("doses")) {
        (true, Some(node)) => {
            reader.mistake(
                node.place,
                &fields.path_of("doses"),
                "both from and doses",
                "one of the two",
            );
            None
        }
        (false, None) => {
            let expected = "where the medium comes from: fresh, resting muscle, exercised muscle; or doses";
            reader.missing(fields, "from", expected);
            None
        }
        (false, Some(node)) => {
            refuse_light(reader, fields, has_light);
            culture::doses(reader, node, &fields.path_of("doses"), setting.species).map(MediumSource::Doses)
        }
        (true, None) => match from? {
            2 => Some(MediumSource::ExercisedMuscle(light.unwrap_or_default())),
            other => {
                refuse_light(reader, fields, has_light);
                Some(if other == 0 {
                    MediumSource::Fresh
                } else {
                    MediumSource::RestingMuscle
                })
            }
        },
    }
}

fn refuse_light(reader: &mut Reader<'_>, fields: &Fields<'_>, has_light: bool) {
    if has_light {
        let expected = "no light, as only medium from exercised muscle has a lit donor";
        reader.mistake(fields.place_of("light"), &fields.path_of("light"), "a table", expected);
    }
}

/// Reads when and how muscle is lit.
pub fn light(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Light {
    let light = reader.section(fields, Light::default(), DoseUnit::Relative, Listing::All);
    let repeated = Repeated {
        session_h: Some(light.session_h),
        every_h: light.every_h,
        start_h: light.start_h,
    };
    protocol::check_repeated(reader, fields, repeated, setting.clock);
    light
}

/// Reads when, whither and how hard growth cones are pulled.
pub fn tow(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Tow {
    let tow = reader.section(fields, Tow::default(), DoseUnit::Relative, Listing::All);
    let repeated = Repeated {
        session_h: Some(tow.session_h),
        every_h: tow.every_h,
        start_h: tow.start_h,
    };
    protocol::check_repeated(reader, fields, repeated, setting.clock);
    tow
}

/// Reads when and how the gel is moved: as in the study behind the hypothesis of `biology`, where it names one, but for
/// what is written.
pub fn actuation(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    biology: &Biology,
    matrix: &Matrix,
    muscle: Option<&MusclePatch>,
) -> StrainProtocol {
    let strain = reader.word(fields, "strain");
    let study = named::hypothesis_of(biology).and_then(|hypothesis| hypothesis.protocol.as_ref());
    let mut base = study.map_or_else(Actuation::default, |study| study.actuation());
    if let (Some(gel::MUSCLE), Some(light)) = (strain, muscle.and_then(|muscle| muscle.light)) {
        // Fibres shorten with the light.
        base = Actuation {
            frequency_hz: light.frequency_hz,
            session_h: light.session_h,
            every_h: light.every_h,
            start_h: light.start_h,
            ..base
        };
    }
    let first = reader.resolved.len();
    let mut actuation = reader.section(fields, base, DoseUnit::Relative, Listing::All);
    if let Some(study) = study {
        named::list_protocol(reader, first, study);
    }
    let Actuation {
        session_h,
        every_h,
        start_h,
        ..
    } = actuation;
    let repeated = Repeated {
        session_h: Some(session_h),
        every_h,
        start_h,
    };
    protocol::check_repeated(reader, fields, repeated, setting.clock);
    let resolved = reader.flag(fields, "resolved");
    if let (true, Some(clock)) = (resolved, setting.clock) {
        check_cycles(reader, fields, &actuation, clock);
    }
    let strain = match strain {
        Some(gel::MAGNET_BARS | gel::MAP | gel::MUSCLE) => {
            let cycle_steps = match setting.clock {
                Some(clock) if resolved && actuation.frequency_hz > 0.0 => {
                    Some((1.0 / (actuation.frequency_hz * HOUR_S) / clock.step_h).round() as u32)
                }
                _ => None,
            };
            // What is wrong with it is noted; the plate is not taken then.
            gel::nonuniform(reader, fields, setting, matrix, muscle, &mut actuation, cycle_steps)
                .unwrap_or(StrainMode::Uniaxial)
        }
        uniform => {
            let instead = "strain = \"magnet bars\" for it, or strain = \"map\" for a map";
            gel::refuse(reader, fields, &["bars", "rim", "force", "magnet", "map"], instead);
            match uniform {
                Some(0) => StrainMode::Uniaxial,
                Some(1) => StrainMode::Equibiaxial,
                Some(2) => StrainMode::Shear,
                _ => study.map_or(StrainMode::Uniaxial, |study| study.strain.clone()),
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
fn check_cycles(reader: &mut Reader<'_>, fields: &Fields<'_>, actuation: &Actuation, clock: &Clock) {
    let (place, path) = (fields.place_of("resolved"), fields.path_of("resolved"));
    if actuation.frequency_hz <= 0.0 {
        let shown = quantity::format(actuation.frequency_hz, Dimension::Frequency.into());
        let expected = "a frequency above 0, to step through its cycles";
        reader.mistake(
            fields.place_of("frequency"),
            &fields.path_of("frequency"),
            shown,
            expected,
        );
        return;
    }
    let period_h = 1.0 / (actuation.frequency_hz * HOUR_S);
    let found = || format!("cycles of {} in steps of {}", time(period_h), time(clock.step_h));
    if clock.step_h > period_h / STEPS_PER_CYCLE * (1.0 + 1e-9) {
        let expected = format!(
            "a step of at most {}, 1/20 of a cycle",
            time(period_h / STEPS_PER_CYCLE)
        );
        reader.mistake(place, &path, found(), expected);
    } else if clock.whole_steps(period_h).is_none() {
        reader.mistake(place, &path, found(), "a cycle that is a whole number of steps");
    }
}

fn muscle(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Option<MusclePatch> {
    let light = reader
        .table(fields, "light")
        .map(|fields| light(reader, &fields, setting));
    let region = well::region(reader, fields, setting.domain)?;
    let size_um = region.high_um - region.low_um;
    let upright = reader
        .word(fields, "fibres")
        .map_or(size_um.y >= size_um.x, |along| along == 1);
    let lit = match fields.table.get("lit") {
        Some(_) => Some(lit_part(reader, fields, setting, &region, light.is_some())?),
        None => None,
    };
    Some(MusclePatch {
        region,
        light,
        lit,
        upright,
    })
}

/// Reads the part of a muscle that its light falls on: it must lie on the muscle, and there must be a light.
fn lit_part(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    muscle: &Region,
    is_lit: bool,
) -> Option<Region> {
    let part = well::region_at(reader, fields, "lit", setting.domain)?;
    let (place, path) = (fields.place_of("lit"), fields.path_of("lit"));
    if part.shared_with(muscle).is_none() {
        reader.mistake(place, &path, "a box beside the muscle", "a part of the muscle's region");
        return None;
    }
    if !is_lit {
        reader.mistake(place, &path, "a part to be lit without a light", "a light too");
        return None;
    }
    Some(part)
}

fn sources(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Vec<SteadySource> {
    let mut sources = Vec::new();
    for fields in reader.tables(fields, "source") {
        let region = well::region(reader, &fields, setting.domain);
        let species = culture::species_at(reader, &fields, setting.species);
        let unit = species.map_or(DoseUnit::Relative, |index| setting.species[index].unit);
        let rate = species.and_then(|_| reader.setting(&fields, "rate", unit));
        if let (Some(region), Some(species), Some(rate_per_h)) = (region, species, rate) {
            sources.push(SteadySource {
                region,
                species,
                rate_per_h,
            });
        }
    }
    sources
}

fn reservoirs(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Vec<Reservoir> {
    let mut reservoirs = Vec::new();
    for fields in reader.tables(fields, "reservoir") {
        let region = well::region(reader, &fields, setting.domain);
        let doses = match (fields.table.get("doses"), setting.species) {
            (Some(node), _) if fields.table.get("dose").is_some() => {
                reader.mistake(
                    node.place,
                    &fields.path_of("doses"),
                    "both dose and doses",
                    "one of the two",
                );
                None
            }
            (Some(node), species) => culture::doses(reader, node, &fields.path_of("doses"), species),
            (None, [only]) => reader.setting(&fields, "dose", only.unit).map(|dose| vec![dose]),
            (None, []) => {
                let path = fields.path_of("dose");
                reader.mistake(
                    fields.place,
                    &path,
                    "a scenario without a myokine",
                    "a [[myokine]] to hold",
                );
                None
            }
            (None, _) => {
                let expected = "a dose for each myokine by name, as there are several";
                reader.mistake(fields.place_of("dose"), &fields.path_of("doses"), "nothing", expected);
                None
            }
        };
        if let (Some(region), Some(doses)) = (region, doses) {
            reservoirs.push(Reservoir { region, doses });
        }
    }
    reservoirs
}
