//! The gel: how stiff it is, and movements that differ from place to place, by magnet bars or as measured. Such a movement
//! is worked out while the scenario is read, so that what is wrong with it is said before anything runs.

use super::condition::Setting;
use super::displacement;
use super::numbers::Listing;
use super::quantity::Measure;
use super::reader::{Fields, Reader};
use super::resolved::{Origin, Resolved};
use super::tree::quoted;
use super::well;
use crate::model::domain::{Domain, Region};
use crate::model::gel::bars::{Answers, MagnetBars, MagnetTrack, Pull};
use crate::model::gel::motion::{Cause, Motion, Size};
use crate::model::parameter::{Dimension, Section};
use crate::model::parameters::{Actuation, Matrix};
use crate::model::plate::{DoseUnit, MusclePatch, StrainMode};
use std::cell::RefCell;
use std::sync::Arc;

/// More bars than this are refused.
const MOST_BARS: usize = 64;
/// More voxels than this are refused where each has a strain of its own.
const MOST_VOXELS: usize = 20_000_000;
/// A cycle of the external magnet in more steps than this is refused: there is a map for each.
const MOST_MOMENTS: u32 = 200;

/// Words of `strain` behind the uniform ones.
pub const MAGNET_BARS: usize = 3;
/// See [`MAGNET_BARS`].
pub const MAP: usize = 4;
/// See [`MAGNET_BARS`].
pub const MUSCLE: usize = 5;
/// Share of a muscle's length over which its pull is spread at either end.
const MUSCLE_END: f64 = 0.125;

/// What bars in a gel of this scenario answer, kept so that conditions with the same bars are solved once.
#[derive(Debug, Default)]
pub struct Solved(RefCell<Vec<(MagnetBars, Arc<Answers>)>>);

/// Reads `matrix`: `base`, changed by what is written.
pub fn matrix(reader: &mut Reader<'_>, fields: &Fields<'_>, base: Matrix, listing: Listing) -> Matrix {
    let mut matrix = base;
    reader.section_at(fields, &mut matrix, listing);
    let Some(table) = fields.table.get("matrix").and_then(|node| node.as_table()) else {
        return matrix;
    };
    let Some(shape) = reader.shape_at(fields, "matrix") else {
        return matrix;
    };
    let own = Fields {
        table,
        place: fields.place_of("matrix"),
        path: fields.path_of("matrix"),
        shape,
    };
    if own.table.get("fibrin").is_none() {
        return matrix;
    }
    let fibrin = reader.positive(&own, "fibrin");
    if own.table.get("stiffness").is_some() {
        let path = own.path_of("fibrin");
        reader.mistake(
            own.place_of("fibrin"),
            &path,
            "both fibrin and stiffness",
            "one of the two",
        );
    } else if let Some(mg_per_ml) = fibrin {
        matrix.stiffness_kpa = Matrix::fibrin_stiffness_kpa(mg_per_ml);
        computed::<Matrix>(reader, &own, "stiffness", matrix.stiffness_kpa);
    }
    matrix
}

/// Puts a number that follows from others on the list in the place of its default.
fn computed<S: Section>(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str, value: f64) {
    let path = fields.path_of(key);
    let Some(parameter) = S::parameter(key) else {
        return;
    };
    reader.resolved.retain(|row| row.path != path);
    let measure = Measure::from(parameter.dimension);
    let row = Resolved::new(path, value, measure, Origin::Computed, parameter);
    reader.resolved.push(row);
}

/// Notes keys that mean nothing for the strain at hand.
pub fn refuse(reader: &mut Reader<'_>, fields: &Fields<'_>, keys: &[&str], instead: &str) {
    for key in keys {
        if fields.table.get(key).is_some() {
            let found = format!("{key} for this kind of strain");
            reader.mistake(fields.place_of(key), &fields.path_of(key), found, instead);
        }
    }
}

/// Reads a strain that differs from place to place. `actuation` learns its amplitude where that follows from a force or a
/// map.
pub fn nonuniform(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    matrix: &Matrix,
    muscle: Option<&MusclePatch>,
    actuation: &mut Actuation,
    cycle_steps: Option<u32>,
) -> Option<StrainMode> {
    let domain = setting.domain?;
    if domain.voxel_count() > MOST_VOXELS {
        let found = format!("{} voxels that each have a strain of their own", domain.voxel_count());
        let expected = format!("at most {MOST_VOXELS}: larger voxels, or a uniform strain");
        reader.mistake(fields.place_of("strain"), &fields.path_of("strain"), found, expected);
        return None;
    }
    let motion = match reader.word(fields, "strain") {
        Some(MAP) => measured(reader, fields, setting, domain, actuation.amplitude)?,
        Some(MUSCLE) => of_muscle(reader, fields, setting, (domain, matrix), muscle, actuation)?,
        _ => of_bars(reader, fields, setting, (domain, matrix), actuation, cycle_steps)?,
    };
    // What the strain at hand does not read is not on the list of its numbers.
    let unread = [fields.path_of("poisson"), fields.path_of("axis")];
    let by_axis = matches!(
        &motion.cause,
        Cause::Bars {
            pull: Pull::Alike(_),
            ..
        }
    );
    let unread = &unread[..if by_axis { 1 } else { 2 }];
    reader.resolved.retain(|row| !unread.contains(&row.path));
    let largest = motion.largest_strain(domain);
    if fields.table.get("force").is_some()
        || (fields.table.get("map").is_some() && fields.table.get("amplitude").is_none())
    {
        actuation.amplitude = largest;
        computed::<Actuation>(reader, fields, "amplitude", largest);
        let most = Actuation::parameter("amplitude").map_or(1.0, |parameter| parameter.accepted.1);
        if largest > most {
            let strained = |strain| super::quantity::format(strain, Dimension::Fraction.into());
            let key = if fields.table.get("force").is_some() {
                "force"
            } else {
                "map"
            };
            let found = format!("a gel that is strained by {}", strained(largest));
            let expected = format!("at most {}, as the gel is taken as linear", strained(most));
            reader.mistake(fields.place_of(key), &fields.path_of(key), found, expected);
            return None;
        }
    } else if actuation.amplitude > 0.0 && largest == 0.0 {
        let expected = "a movement that strains the gel outside the bars";
        reader.mistake(
            fields.place_of("strain"),
            &fields.path_of("strain"),
            "a gel that nothing strains",
            expected,
        );
        return None;
    }
    Some(StrainMode::Nonuniform(Arc::new(motion)))
}

fn of_bars(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    (domain, matrix): (&Domain, &Matrix),
    actuation: &Actuation,
    cycle_steps: Option<u32>,
) -> Option<Motion> {
    refuse(reader, fields, &["map"], "bars, rim, force and magnet");
    refuse(reader, fields, &["poisson"], "the gel's own, in [matrix]");
    let track = magnet(reader, fields, setting);
    let pull = match track {
        Some(track) => {
            refuse(reader, fields, &["axis"], "an axis or a magnet, which has its own way");
            Pull::Magnet(track?)
        }
        None => Pull::Alike(actuation.axis_rad),
    };
    let bars = bars(reader, fields, domain)?;
    let force = reader.positive(fields, "force");
    if fields.table.get("force").is_some() && fields.table.get("amplitude").is_some() {
        let path = fields.path_of("force");
        reader.mistake(
            fields.place_of("force"),
            &path,
            "both amplitude and force",
            "one of the two",
        );
        return None;
    }
    let size = match (force, fields.table.get("force")) {
        // In a plane forces are per thickness.
        (Some(force_nn), _) if domain.planar() => {
            Size::ForceOverStiffness(force_nn / matrix.stiffness_kpa / matrix.thickness_um)
        }
        (Some(force_nn), _) => Size::ForceOverStiffness(force_nn / matrix.stiffness_kpa),
        (None, Some(_)) => return None,
        (None, None) => Size::Strain(actuation.amplitude),
    };
    let moments = cycle_steps.filter(|_| matches!(pull, Pull::Magnet(_)));
    if let Some(steps) = moments.filter(|&steps| steps > MOST_MOMENTS) {
        let found = format!("a cycle of {steps} steps under a magnet that moves");
        let expected = format!("at most {MOST_MOMENTS} steps, as there is a map for each");
        reader.mistake(
            fields.place_of("resolved"),
            &fields.path_of("resolved"),
            found,
            expected,
        );
        return None;
    }
    let gel = MagnetBars {
        bars,
        clamped: reader.word(fields, "rim") != Some(1),
        poisson: matrix.poisson,
    };
    solve(reader, fields, setting, (&gel, domain), |answers| {
        Motion::of_bars(&gel, pull, answers, domain, size, moments)
    })
}

/// The gel around a muscle whose fibres shorten: all of it, or the part that is lit.
fn of_muscle(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    (domain, matrix): (&Domain, &Matrix),
    muscle: Option<&MusclePatch>,
    actuation: &Actuation,
) -> Option<Motion> {
    let keys = ["bars", "magnet", "map", "force", "axis"];
    refuse(reader, fields, &keys, "the muscle, which pulls along its fibres");
    refuse(reader, fields, &["poisson"], "the gel's own, in [matrix]");
    let Some(muscle) = muscle else {
        let expected = "muscle beside the neurons of the same condition";
        reader.mistake(
            fields.place_of("strain"),
            &fields.path_of("strain"),
            "strain by a muscle that is not there",
            expected,
        );
        return None;
    };
    let part = muscle
        .lit
        .and_then(|lit| muscle.region.shared_with(&lit))
        .unwrap_or(muscle.region);
    let along = usize::from(muscle.upright);
    let end_um = MUSCLE_END * (part.high_um[along] - part.low_um[along]);
    let (mut low, mut high) = (part, part);
    low.high_um[along] = part.low_um[along] + end_um;
    high.low_um[along] = part.high_um[along] - end_um;
    let gel = MagnetBars {
        bars: vec![low, high],
        clamped: reader.word(fields, "rim") != Some(1),
        poisson: matrix.poisson,
    };
    let (pull, size) = (Pull::Shortening(muscle.upright), Size::Strain(actuation.amplitude));
    solve(reader, fields, setting, (&gel, domain), |answers| {
        Motion::of_bars(&gel, pull, answers, domain, size, None)
    })
}

/// Solves the gel, unless there are mistakes already: a scenario with mistakes is not run.
fn solve(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    (gel, domain): (&MagnetBars, &Domain),
    motion: impl Fn(&Answers) -> Motion,
) -> Option<Motion> {
    if !reader.mistakes.is_empty() {
        return None;
    }
    match setting.solved.answers(gel, domain) {
        Ok(answers) => Some(motion(&answers)),
        Err(problem) => {
            let (place, path) = (fields.place_of("strain"), fields.path_of("strain"));
            reader.mistake(place, &path, problem.to_string(), "a gel that comes to rest");
            None
        }
    }
}

impl Solved {
    fn answers(
        &self,
        gel: &MagnetBars,
        domain: &Domain,
    ) -> Result<Arc<Answers>, crate::model::gel::equilibrium::NoEquilibrium> {
        let known = self
            .0
            .borrow()
            .iter()
            .find(|(known, _)| known == gel)
            .map(|(_, answers)| answers.clone());
        match known {
            Some(answers) => Ok(answers),
            None => {
                let answers = Arc::new(gel.answers(domain)?);
                self.0.borrow_mut().push((gel.clone(), answers.clone()));
                Ok(answers)
            }
        }
    }
}

fn bars(reader: &mut Reader<'_>, fields: &Fields<'_>, domain: &Domain) -> Option<Vec<Region>> {
    let (place, path) = (fields.place_of("bars"), fields.path_of("bars"));
    if fields.table.get("bars").is_none() {
        reader.missing(
            fields,
            "bars",
            "bars: a list of boxes, each x0, y0, x1, y1, as the strain is by magnet bars",
        );
        return None;
    }
    let lists = reader.lists_of_lengths(fields, "bars")?;
    if lists.len() > MOST_BARS {
        reader.mistake(
            place,
            &path,
            format!("{} bars", lists.len()),
            format!("at most {MOST_BARS}"),
        );
        return None;
    }
    let bars: Vec<Option<Region>> = lists
        .into_iter()
        .map(|list| well::region_of(reader, &list?, (place, &path), domain))
        .collect();
    let bars: Vec<Region> = bars.into_iter().collect::<Option<_>>()?;
    if bars.iter().any(|bar| domain.in_wall(0.5 * (bar.low_um + bar.high_um))) {
        reader.mistake(place, &path, "a bar inside a wall", "bars in the gel");
        return None;
    }
    Some(bars)
}

/// The way of the external magnet; `Some(None)` where it is there but wrong.
fn magnet(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Option<Option<MagnetTrack>> {
    fields.table.get("magnet")?;
    let Some(fields) = reader.table(fields, "magnet") else {
        return Some(None);
    };
    let height_um = reader.setting(&fields, "height", DoseUnit::Relative);
    let [from, to] = ["from", "to"].map(|key| well::point(reader, &fields, key, setting.domain));
    let (Some(height_um), Some(from_um), Some(to_um)) = (height_um, from, to) else {
        return Some(None);
    };
    Some(Some(MagnetTrack {
        from_um,
        to_um,
        height_um,
    }))
}

fn measured(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    domain: &Domain,
    amplitude: f64,
) -> Option<Motion> {
    refuse(
        reader,
        fields,
        &["bars", "rim", "force", "magnet", "axis", "poisson"],
        "map, and an amplitude if it is to be scaled",
    );
    if fields.table.get("map").is_none() {
        reader.missing(fields, "map", "map: the name of a CSV file, as the strain is by a map");
        return None;
    }
    let file = reader.text(fields, "map")?;
    let (place, path) = (fields.place_of("map"), fields.path_of("map"));
    let unread = |problem: String| {
        (
            format!("{}: {problem}", quoted(file)),
            "a CSV file that can be read".to_owned(),
        )
    };
    let read = (setting.surroundings.file)(file)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "bytes that are no text".to_owned()))
        .map_err(unread)
        .and_then(|text| displacement::read(&text, file, domain));
    match read {
        Ok(peak) => {
            let size = if fields.table.get("amplitude").is_some() {
                Size::Strain(amplitude)
            } else {
                Size::AsItIs
            };
            Some(Motion::measured(file, peak, domain, size))
        }
        Err((found, expected)) => {
            reader.mistake(place, &path, found, expected);
            None
        }
    }
}
