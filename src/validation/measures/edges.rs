//! Edges of the field and of the gel: walls, the faces of reservoirs, and growth cones that take up.

use super::{LooksAt, Measure, steps_in};
use crate::engine::EngineError;
use crate::model::domain::{Region, voxel_centre_um};
use crate::model::parameter::Dimension::{Choice, Count, Length, Number, Speed, Time};
use crate::model::plate::{Medium, MediumSource, Reservoir};
use crate::model::word::{Word, YesNo};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{plate_of_cones, plate_of_field, running_cones};
use crate::validation::setting::{CaseSetting, one};
use glam::DVec3;

/// A line of solid voxels that touch by their corners alone: no myokine passes, and no axon may.
pub const WALL: Measure = Measure {
    name: "wall",
    keys: &[
        one("cones", Count),
        one("voxels_a_side", Count),
        one("voxel", Length),
        one("wall", Choice(YesNo::WORDS)),
        one("speed", Speed),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["beyond"],
    looks_at: LooksAt::Engine,
    run: wall,
};

fn wall(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let (side, voxel_um, step_h) = (done.count("voxels_a_side"), done.number("voxel"), done.number("step"));
    let speed = done.number("speed");
    let mut plate = plate_of_cones(
        done.count("cones"),
        1.0,
        60.0 * step_h,
        running_cones(speed, 0.3 * speed, 200.0),
    );
    plate.domain.voxels = [side, side, 1];
    plate.domain.voxel_um = voxel_um;
    let line = |voxel: u32| voxel % side == voxel / side + side / 5;
    if done.word("wall") == Some(YesNo::Yes) {
        plate.domain.walls = (0..side * side).map(line).collect();
    }
    let middle_um = 0.5 * f64::from(side) * voxel_um;
    plate.explants[0].at_um = DVec3::new(middle_um, middle_um, 0.5 * voxel_um);
    let mut engine = trial.open(plate)?;
    engine.advance(steps_in(done.number("time"), step_h))?;
    let world = engine.world()?;
    let is_beyond = |at_um: DVec3| at_um.x - at_um.y > (f64::from(side / 5) + 1.0) * voxel_um;
    let beyond = world.cones.iter().zip(&world.paths).filter(|(cone, path)| {
        let mut points = path.iter().map(|node| node.truncate()).chain([cone.tip_um()]);
        points.any(|at_um| is_beyond(at_um.as_dvec3()))
    });
    Ok(Measured {
        figures: vec![Figure::against(
            "beyond",
            "axons beyond the wall",
            0.0,
            beyond.count() as f64,
            "",
        )],
        ..Measured::default()
    })
}

/// Growth cones that stand and take up in a small well, in which diffusion keeps the dose even.
pub const UPTAKE: Measure = Measure {
    name: "uptake",
    keys: &[
        one("cones", Count),
        one("voxels_a_side", Count),
        one("voxel", Length),
        one("layer", Length),
        one("dose", Number),
        one("uptake", Number),
        one("half_dose", Number),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["left"],
    looks_at: LooksAt::Engine,
    run: uptake,
};

fn uptake(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let (side, voxel_um, step_h) = (done.count("voxels_a_side"), done.number("voxel"), done.number("step"));
    let mut biology = running_cones(0.0, 0.0, 200.0);
    biology.soma.speed_um_per_h = 0.0;
    let cells = plate_of_cones(done.count("cones"), 1.0, 60.0 * step_h, biology);
    let mut plate = plate_of_field([side, side, 1], voxel_um, step_h, 432_000.0);
    plate.domain.layer_um = done.number("layer");
    plate.explants = cells.explants;
    let middle_um = 0.5 * f64::from(side) * voxel_um;
    plate.explants[0].at_um = DVec3::new(middle_um, middle_um, 0.5 * voxel_um);
    plate.explants[0].explant.radius_um = 0.9 * middle_um;
    plate.conditions[0].biology = biology;
    plate.conditions[0].medium = Some(Medium {
        from: MediumSource::Doses(vec![done.number("dose")]),
        every_h: 1e4,
        start_h: 0.0,
    });
    let myokine = &mut plate.myokines[0].myokine;
    myokine.uptake_um3_per_h = done.number("uptake");
    myokine.uptake_half_dose = done.number("half_dose");
    let voxels = plate.domain.voxel_count();
    let mut engine = trial.open(plate)?;
    engine.advance(steps_in(done.number("time"), step_h))?;
    let cells = &engine.world()?.concentrations;
    let left = cells
        .iter()
        .rev()
        .take(voxels)
        .map(|&dose| f64::from(dose))
        .sum::<f64>()
        / voxels as f64;
    Ok(Measured {
        figures: vec![Figure::against(
            "left",
            "dose that is left",
            dose_left(stated, stated.number("time")),
            left,
            "",
        )],
        ..Measured::default()
    })
}

/// y + ln y falls by the volume that is cleared at low dose over the volume that there is; y is the dose over the half dose.
fn dose_left(stated: &CaseSetting, hours: f64) -> f64 {
    let half_dose = stated.number("half_dose");
    let area_um2 = (f64::from(stated.count("voxels_a_side")) * stated.number("voxel")).powi(2);
    let cleared = f64::from(stated.count("cones")) * stated.number("uptake") / half_dose * hours;
    let start = stated.number("dose") / half_dose;
    let goal = start + start.ln() - cleared / (area_um2 * stated.number("layer"));
    // Newton's method for y + ln y = goal.
    let y = (0..80).fold(0.5f64, |y, _| y * (1.0 + goal - y.ln()) / (1.0 + y));
    half_dose * y
}

/// A straight profile between two reservoirs, from face to face.
pub const RESERVOIRS: Measure = Measure {
    name: "reservoirs",
    keys: &[
        one("length", Length),
        one("voxel", Length),
        one("near", Length),
        one("far", Length),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["error"],
    looks_at: LooksAt::Engine,
    run: reservoirs,
};

fn reservoirs(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let (voxel_um, step_h) = (done.number("voxel"), done.number("step"));
    let voxels = (done.number("length") / voxel_um).round() as u32;
    let mut plate = plate_of_field([voxels, 2, 1], voxel_um, step_h, 432_000.0);
    let reservoir = |from_um: f64, to_um: f64, dose: f64| Reservoir {
        region: Region {
            low_um: DVec3::new(from_um, 0.0, 0.0),
            high_um: DVec3::new(to_um, 1e5, 1e5),
        },
        doses: vec![dose],
    };
    plate.conditions[0].reservoirs = vec![
        reservoir(0.0, done.number("near"), 0.0),
        reservoir(done.number("far"), done.number("length"), 1.0),
    ];
    let domain = plate.domain.clone();
    let mut engine = trial.open(plate)?;
    engine.advance(steps_in(done.number("time"), step_h))?;
    let world = engine.world()?;
    let cells = &world.concentrations[world.concentrations.len() - domain.voxel_count()..];
    let profile = |x_um: f64| (x_um - stated.number("near")) / (stated.number("far") - stated.number("near"));
    let between: Vec<(f64, f64)> = (0..voxels as usize)
        .map(|voxel| (voxel_centre_um(&domain, voxel).x, f64::from(cells[voxel])))
        .filter(|&(x_um, _)| (0.0..1.0).contains(&profile(x_um)))
        .collect();
    let error = between
        .iter()
        .map(|&(x_um, dose)| (dose - profile(x_um)).abs())
        .fold(0.0, f64::max);
    let across = (0.0, stated.number("length") / 1000.0);
    let line = |x_mm: f64| profile(1000.0 * x_mm).clamp(0.0, 1.0);
    Ok(Measured {
        figures: vec![Figure::alone("error", "largest error of the dose", error, "")],
        plots: vec![Plot {
            x: "x, mm".into(),
            y: "dose".into(),
            scale: Scale::Linear,
            lines: vec![Series::of("closed form", across, 160, line)],
            points: vec![Series {
                name: "field".into(),
                points: between.iter().map(|&(x_um, dose)| (x_um / 1000.0, dose, 0.0)).collect(),
            }],
        }],
        table: None,
    })
}
