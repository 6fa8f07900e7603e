//! Sliding along walls: a cone that meets a wall along the grid turns to it and goes on along it at its full speed. No point of a
//! path is in a wall, whether that lies along the grid or across it, as a stair of voxels.

use super::gain::STRAIGHT_UM;
use super::{LooksAt, Measure, of_cones, steps_in, tips_um};
use crate::engine::EngineError;
use crate::model::domain::voxel_centre_um;
use crate::model::parameter::Dimension::{Choice, Count, Length, Speed, Time};
use crate::model::plate::Plate;
use crate::model::sampling::voxel_at;
use crate::model::word::{Word, words};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured};
use crate::validation::plates::{plate_of_cones, running_cones};
use crate::validation::setting::{CaseSetting, many, one};
use crate::validation::statistics::estimate;
use glam::DVec3;
use std::f64::consts::FRAC_1_SQRT_2;

words! {
    /// The wall in the well.
    enum Wall {
        /// None at all.
        Missing = "none",
        /// One along the grid.
        AlongTheGrid = "along the grid",
        /// One across it, in steps of a voxel.
        Diagonal = "diagonal",
    }
}

impl Wall {
    /// The direction into it.
    fn into(self) -> DVec3 {
        match self {
            Wall::Missing | Wall::AlongTheGrid => DVec3::Y,
            Wall::Diagonal => DVec3::new(FRAC_1_SQRT_2, FRAC_1_SQRT_2, 0.0),
        }
    }
}

/// Cosines of the angle to the wall's normal under which the cones run that are looked at: they reach the wall soon, and do not meet
/// it head on.
const GLANCING: std::ops::Range<f64> = 0.4..0.95;

/// Progress along a wall of cones that have met it.
pub const SLIDING: Measure = Measure {
    name: "sliding-along-a-wall",
    keys: &[
        one("cones", Count),
        many("walls", Choice(Wall::WORDS)),
        one("voxels_a_side", Count),
        one("voxel", Length),
        one("from_wall", Length),
        one("speed", Speed),
        one("step", Time),
        one("met_after", Time),
        one("time", Time),
    ],
    figures: &["along", "within"],
    looks_at: LooksAt::Engine,
    run: sliding,
};

fn sliding(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut measured = Measured::default();
    for (&number, &stated_number) in done.list("walls").iter().zip(stated.list("walls")) {
        let (Some(wall), Some(stated_wall)) = (Wall::from_number(number), Wall::from_number(stated_number)) else {
            continue;
        };
        let plate = plate(done, wall);
        let (domain, solid) = (plate.domain.clone(), solid(stated, stated_wall));
        let mut engine = trial.open(plate)?;
        let towards = of_cones(engine.as_mut(), |cone| cone.heading.as_dvec3().dot(stated_wall.into()))?;
        engine.advance(steps_in(done.number("met_after"), step_h))?;
        let met = tips_um(engine.as_mut())?;
        engine.advance(steps_in(done.number("time"), step_h))?;
        let end = tips_um(engine.as_mut())?;
        let way_um = stated.number("speed") * stated.number("time");
        let along: Vec<f64> = (0..met.len())
            .filter(|cone| GLANCING.contains(&towards[*cone]))
            .map(|cone| (end[cone] - met[cone]).cross(stated_wall.into()).length() / way_um)
            .collect();
        let paths = &engine.world()?.paths;
        let within = paths
            .iter()
            .flatten()
            .map(|node| node.truncate())
            .chain(end.iter().map(|tip| tip.as_vec3()));
        let within = within.filter(|place| solid[voxel_at(&domain, *place)]).count();
        let along = estimate(&along);
        let name = stated_wall.word();
        // Off a wall across the grid a cone goes along the face of the voxel that it met.
        if stated_wall == Wall::AlongTheGrid {
            let figure = Figure::against("along", format!("wall {name}"), 1.0, along.mean, "");
            measured.figures.push(figure.trusted(along.half_width));
        }
        measured.figures.push(Figure::against(
            "within",
            format!("points within the wall {name}"),
            0.0,
            within as f64,
            "",
        ));
    }
    Ok(measured)
}

fn plate(done: &CaseSetting, wall: Wall) -> Plate {
    let biology = running_cones(done.number("speed"), 0.0, STRAIGHT_UM);
    let mut plate = plate_of_cones(done.count("cones"), 1.0, 60.0 * done.number("step"), biology);
    let (side, voxel_um) = (done.count("voxels_a_side"), done.number("voxel"));
    plate.domain.voxels = [side, side, 1];
    plate.domain.voxel_um = voxel_um;
    let middle_um = 0.5 * f64::from(side) * voxel_um;
    plate.explants[0].at_um = DVec3::new(middle_um, middle_um, 0.5 * voxel_um);
    if wall != Wall::Missing {
        plate.domain.walls = solid(done, wall);
    }
    plate
}

/// The voxels of the wall, all that lies beyond it.
fn solid(setting: &CaseSetting, wall: Wall) -> Vec<bool> {
    let mut plate = plate_of_cones(1, 1.0, 1.0, running_cones(0.0, 0.0, STRAIGHT_UM));
    let (side, voxel_um) = (setting.count("voxels_a_side"), setting.number("voxel"));
    plate.domain.voxels = [side, side, 1];
    plate.domain.voxel_um = voxel_um;
    let middle_um = 0.5 * f64::from(side) * voxel_um;
    let is_beyond = |voxel: usize| {
        let from_middle = voxel_centre_um(&plate.domain, voxel) - DVec3::new(middle_um, middle_um, 0.0);
        from_middle.with_z(0.0).dot(wall.into()) > setting.number("from_wall")
    };
    (0..plate.domain.voxel_count()).map(is_beyond).collect()
}
