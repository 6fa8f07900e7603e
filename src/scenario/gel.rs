//! The gel: how stiff it is, and movements that differ from place to place, by magnet bars or as measured. Such a movement
//! is worked out while the scenario is read, so that what is wrong with it is said before anything runs.

use super::displacement;
use super::numbers::Listing;
use super::piv;
use super::quantity::{self, Measurand};
use super::reader::Fields;
use super::resolved::{Origin, Resolved};
use super::setting::Setting;
use super::tree::quoted;
use super::well;
use super::words::{Rim, StrainWord};
use crate::model::domain::{Domain, Region};
use crate::model::gel::bars::{Answers, MagnetBars, MagnetTrack, Pull};
use crate::model::gel::equilibrium::NoEquilibrium;
use crate::model::gel::motion::{Cause, Motion, Size};
use crate::model::parameter::{Dimension, Section};
use crate::model::parameters::{Actuation, Matrix};
use crate::model::plate::{MusclePatch, StrainMode};
use glam::DMat3;
use std::sync::Arc;

/// More bars than this are refused.
const MOST_BARS: usize = 64;
/// More voxels than this are refused where each has a strain of its own.
const MOST_VOXELS: usize = 20_000_000;
/// A cycle of the external magnet in more steps than this is refused: there is a map for each.
const MOST_MOMENTS: u32 = 200;
/// More voxels times moments than this are refused.
const MOST_VOXEL_MOMENTS: f64 = 2e8;
/// Bytes of a voxel while its movement is worked out: for each part of the movement its gradient, for each moment the weight
/// and the line as they are found and as they are kept, and the rest.
const BYTES_PER_PART: usize = size_of::<DMat3>();
const BYTES_PER_MOMENT: usize = size_of::<(f32, [f32; 2])>();
const BYTES_BESIDE: usize = 80;

/// Share of a muscle's length over which its pull is spread at either end.
const MUSCLE_END: f64 = 0.125;

/// Reads `matrix`: `base`, changed by what is written.
pub fn matrix(fields: &Fields<'_>, base: Matrix, listing: Listing) -> Matrix {
    let mut matrix = base;
    fields.section_at(&mut matrix, listing);
    let written = fields
        .value("matrix")
        .and_then(|node| Some((node.as_table()?, node.place)));
    let own = written.and_then(|(table, place)| fields.within("matrix", table, place, fields.path_of("matrix")));
    let Some(own) = own.filter(|own| own.has("fibrin")) else {
        return matrix;
    };
    let fibrin = own.quantity("fibrin");
    if own.has("stiffness") {
        own.at("fibrin").refuse("both fibrin and stiffness", "one of the two");
    } else if let Some(mg_per_ml) = fibrin {
        matrix.stiffness_kpa = Matrix::fibrin_stiffness_kpa(mg_per_ml);
        list_computed::<Matrix>(&own, "stiffness", matrix.stiffness_kpa);
    }
    matrix
}

/// Puts a number that follows from others on the list in the place of its default.
fn list_computed<S: Section>(fields: &Fields<'_>, key: &str, value: f64) {
    let Some(parameter) = S::parameter(key) else { return };
    let path = fields.path_of(key);
    unlist(fields, &path);
    let mut resolved = fields.notes.resolved();
    let measure = Measurand::from(parameter.dimension);
    resolved.push(Resolved::new(path, value, measure, Origin::Computed, parameter));
}

/// Notes keys that mean nothing for the strain at hand.
pub fn refuse(fields: &Fields<'_>, keys: &[&str], instead: &str) {
    for key in keys.iter().filter(|key| fields.has(key)) {
        fields.at(key).refuse(format!("{key} for this kind of strain"), instead);
    }
}

/// Takes the memory of a movement that has these parts and moments, before it is worked out.
fn take_memory(
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    domain: &Domain,
    parts: usize,
    moments: usize,
) -> Option<()> {
    let voxels = domain.voxel_count() as f64;
    if voxels * moments as f64 > MOST_VOXEL_MOMENTS {
        let found = format!("{voxels} voxels that each have {moments} strains of their own in a cycle");
        let expected = format!(
            "at most {} in all: larger voxels or longer steps",
            quantity::tidy(MOST_VOXEL_MOMENTS)
        );
        return fields.at("resolved").refused(found, expected);
    }
    let at_most = voxels * (BYTES_PER_PART * parts + 2 * BYTES_PER_MOMENT * moments + BYTES_BESIDE) as f64;
    let kept = voxels * (BYTES_PER_MOMENT * moments + size_of::<f32>()) as f64;
    let remedy = "use larger voxels, longer steps or fewer bars";
    let taken = setting
        .budget
        .take("a strain that differs from voxel to voxel", at_most, kept, remedy);
    taken
        .map_err(|(found, expected)| fields.at("strain").refuse(found, expected))
        .ok()
}

/// Reads a strain of a `kind` that differs from place to place. `actuation` learns its amplitude where that follows from a
/// force or a map.
pub fn nonuniform(
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    kind: StrainWord,
    matrix: &Matrix,
    muscle: Option<&MusclePatch>,
    actuation: &mut Actuation,
    cycle_steps: Option<u32>,
) -> Option<StrainMode> {
    let domain = setting.domain?;
    if domain.voxel_count() > MOST_VOXELS {
        let found = format!("{} voxels that each have a strain of their own", domain.voxel_count());
        let expected = format!("at most {MOST_VOXELS}: larger voxels, or a uniform strain");
        return fields.at("strain").refused(found, expected);
    }
    let motion = match kind {
        StrainWord::Map => measured(fields, setting, domain, actuation.amplitude)?,
        StrainWord::Muscle => of_muscle(fields, setting, (domain, matrix), muscle, actuation)?,
        _ => of_bars(fields, setting, (domain, matrix), actuation, cycle_steps)?,
    };
    list_read_numbers(fields, &motion);
    let largest = motion.largest_strain(domain);
    let sized_by_map = fields.has("map") && !fields.has("amplitude");
    if fields.has("force") || sized_by_map {
        actuation.amplitude = largest;
        list_computed::<Actuation>(fields, "amplitude", largest);
        let most = Actuation::parameter("amplitude").map_or(1.0, |parameter| parameter.accepted.1);
        if largest > most {
            let strained = |strain| quantity::format(strain, Dimension::Fraction.into());
            let key = if fields.has("force") { "force" } else { "map" };
            let found = format!("a gel that is strained by {}", strained(largest));
            let expected = format!("at most {}, as the gel is taken as linear", strained(most));
            return fields.at(key).refused(found, expected);
        }
    } else if actuation.moves() && largest == 0.0 {
        let expected = "a movement that strains the gel outside the bars";
        return fields.at("strain").refused("a gel that nothing strains", expected);
    }
    Some(StrainMode::Nonuniform(Arc::new(motion)))
}

/// Takes a number off the list of resolved ones, on which it stands near the end.
fn unlist(fields: &Fields<'_>, path: &str) {
    let mut resolved = fields.notes.resolved();
    if let Some(place) = resolved.iter().rposition(|row| row.path == path) {
        resolved.remove(place);
    }
}

/// Takes the numbers that the movement does not read off the list of resolved ones.
fn list_read_numbers(fields: &Fields<'_>, motion: &Motion) {
    let unread = [fields.path_of("poisson"), fields.path_of("axis")];
    let by_axis = matches!(
        &motion.cause,
        Cause::Bars {
            pull: Pull::Alike(_),
            ..
        }
    );
    let unread = &unread[..if by_axis { 1 } else { 2 }];
    unread.iter().for_each(|path| unlist(fields, path));
}

fn of_bars(
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    (domain, matrix): (&Domain, &Matrix),
    actuation: &Actuation,
    cycle_steps: Option<u32>,
) -> Option<Motion> {
    refuse(fields, &["map"], "bars, rim, force and magnet");
    refuse(fields, &["poisson"], "the gel's own, in [matrix]");
    let pull = if fields.has("magnet") {
        let track = magnet(fields, setting);
        refuse(fields, &["axis"], "an axis or a magnet, which has its own way");
        Pull::Magnet(track?)
    } else {
        Pull::Alike(actuation.axis_rad)
    };
    let bars = bars(fields, domain)?;
    let force = fields.quantity("force");
    if fields.has("force") && fields.has("amplitude") {
        return fields.at("force").refused("both amplitude and force", "one of the two");
    }
    let size = match (force, fields.has("force")) {
        // In a plane forces are per thickness.
        (Some(force_nn), _) if domain.planar() => {
            Size::ForceOverStiffness(force_nn / matrix.stiffness_kpa / matrix.thickness_um)
        }
        (Some(force_nn), _) => Size::ForceOverStiffness(force_nn / matrix.stiffness_kpa),
        (None, true) => return None,
        (None, false) => Size::Strain(actuation.amplitude),
    };
    let moments = cycle_steps.filter(|_| matches!(pull, Pull::Magnet(_)));
    if let Some(steps) = moments.filter(|&steps| steps > MOST_MOMENTS) {
        let found = format!("a cycle of {steps} steps under a magnet that moves");
        let expected = format!("at most {MOST_MOMENTS} steps, as there is a map for each");
        return fields.at("resolved").refused(found, expected);
    }
    let parts = match pull {
        Pull::Magnet(_) => 2 * bars.len(),
        Pull::Alike(_) | Pull::Shortening(_) => 1,
    };
    take_memory(fields, setting, domain, parts, moments.unwrap_or(1) as usize)?;
    let gel = gel_of(fields, bars, matrix);
    let answers = solve(fields, setting, &gel, domain)?;
    Some(Motion::of_bars(&gel, pull, &answers, domain, size, moments))
}

/// The gel around a muscle whose fibres shorten: all of it, or the part that is lit.
fn of_muscle(
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    (domain, matrix): (&Domain, &Matrix),
    muscle: Option<&MusclePatch>,
    actuation: &Actuation,
) -> Option<Motion> {
    let keys = ["bars", "magnet", "map", "force", "axis"];
    refuse(fields, &keys, "the muscle, which pulls along its fibres");
    refuse(fields, &["poisson"], "the gel's own, in [matrix]");
    let Some(muscle) = muscle else {
        let expected = "muscle beside the neurons of the same condition";
        return fields
            .at("strain")
            .refused("strain by a muscle that is not there", expected);
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
    take_memory(fields, setting, domain, 1, 1)?;
    let gel = gel_of(fields, vec![low, high], matrix);
    let (pull, size) = (Pull::Shortening(muscle.upright), Size::Strain(actuation.amplitude));
    let answers = solve(fields, setting, &gel, domain)?;
    Some(Motion::of_bars(&gel, pull, &answers, domain, size, None))
}

fn gel_of(fields: &Fields<'_>, bars: Vec<Region>, matrix: &Matrix) -> MagnetBars {
    MagnetBars {
        bars,
        clamped: fields.word("rim") != Some(Rim::Free),
        poisson: matrix.poisson,
    }
}

/// Solves the gel, unless there are mistakes already: a scenario with mistakes is not run.
fn solve(fields: &Fields<'_>, setting: &Setting<'_>, gel: &MagnetBars, domain: &Domain) -> Option<Arc<Answers>> {
    if !fields.notes.are_sound() {
        return None;
    }
    let refuse = |problem: NoEquilibrium| {
        fields
            .at("strain")
            .refuse(problem.to_string(), "a gel that comes to rest")
    };
    setting.solved.answers(gel, domain).map_err(refuse).ok()
}

fn bars(fields: &Fields<'_>, domain: &Domain) -> Option<Vec<Region>> {
    if !fields.has("bars") {
        let expected = "bars: a list of boxes, each x0, y0, x1, y1, as the strain is by magnet bars";
        fields.missing("bars", expected);
        return None;
    }
    let spot = fields.at("bars");
    let lists = fields.lists_of_lengths("bars")?;
    if lists.len() > MOST_BARS {
        return spot.refused(format!("{} bars", lists.len()), format!("at most {MOST_BARS}"));
    }
    let bar = |list: Option<Vec<f64>>| well::region_of(&spot, &list?, domain);
    let bars: Vec<Option<Region>> = lists.into_iter().map(bar).collect();
    let bars: Vec<Region> = bars.into_iter().collect::<Option<_>>()?;
    if bars.iter().any(|bar| domain.in_wall(0.5 * (bar.low_um + bar.high_um))) {
        return spot.refused("a bar inside a wall", "bars in the gel");
    }
    Some(bars)
}

/// The way of the external magnet.
fn magnet(fields: &Fields<'_>, setting: &Setting<'_>) -> Option<MagnetTrack> {
    let fields = fields.table("magnet")?;
    let height_um = fields.setting("height");
    let [from_um, to_um] = ["from", "to"].map(|key| well::point(&fields, key, setting.domain));
    Some(MagnetTrack {
        from_um: from_um?,
        to_um: to_um?,
        height_um: height_um?,
    })
}

fn measured(fields: &Fields<'_>, setting: &Setting<'_>, domain: &Domain, amplitude: f64) -> Option<Motion> {
    let keys = ["bars", "rim", "force", "magnet", "axis", "poisson"];
    refuse(fields, &keys, "map, and an amplitude if it is to be scaled");
    if !fields.has("map") {
        fields.missing("map", "map: the name of a CSV file, as the strain is by a map");
        return None;
    }
    let file = fields.text("map")?;
    take_memory(fields, setting, domain, 1, 1)?;
    let unread = |problem: String| {
        let found = format!("{}: {problem}", quoted(file));
        (found, "a CSV file that can be read".to_owned())
    };
    let read = (setting.surroundings.file)(file)
        .and_then(|bytes| piv::text_of(bytes).ok_or_else(|| "bytes that are no text".to_owned()))
        .map_err(unread)
        .and_then(|text| displacement::read(&text, file, domain));
    match read {
        Ok(map) => {
            for remark in map.remarks {
                fields.at("map").warn(remark);
            }
            let size = if fields.has("amplitude") {
                Size::Strain(amplitude)
            } else {
                Size::AsItIs
            };
            Some(Motion::measured(file, map.displacement, domain, size))
        }
        Err((found, expected)) => fields.at("map").refused(found, expected),
    }
}
