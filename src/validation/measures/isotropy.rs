//! Without a cue, and in a uniform field, no direction is preferred and nothing drifts: Rayleigh's test on the ways that
//! cones went, and their mean against its standard error. A gradient between two reservoirs is the control.

use super::{LooksAt, Measure, steps_in, tips_um};
use crate::engine::EngineError;
use crate::model::domain::{Domain, Region, USUAL_LAYER_UM, voxel_centre_um};
use crate::model::parameter::Dimension::{Count, Dose, Length, Speed, Time};
use crate::model::parameters::Myokine;
use crate::model::plate::{DoseUnit, Plate, Reservoir, Species};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{bathed, plate_of_cones, running_cones};
use crate::validation::setting::{CaseSetting, one};
use crate::validation::statistics::{histogram, mean, rayleigh};
use glam::DVec3;
use std::f64::consts::PI;

/// Preference of a direction.
pub const ISOTROPY: Measure = Measure {
    name: "isotropy",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("speed_spread", Speed),
        one("persistence_length", Length),
        one("dose", Dose),
        one("dose_at_the_right", Dose),
        one("well", Length),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["uniformity", "drift"],
    looks_at: LooksAt::Engine,
    run: isotropy,
};

/// Edge of a voxel of the field, µm.
const VOXEL_UM: f64 = 20.0;

fn isotropy(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let plate = plate(done);
    let graded = !plate.conditions[0].reservoirs.is_empty();
    let mut engine = trial.open(plate)?;
    if graded {
        let mut world = engine.world()?.clone();
        let domain = engine.plate().domain.clone();
        let first = world.concentrations.len() - domain.voxel_count();
        for voxel in 0..domain.voxel_count() {
            let share = voxel_centre_um(&domain, voxel).x / domain.size_um().x;
            world.concentrations[first + voxel] = (share * done.number("dose_at_the_right")) as f32;
        }
        engine.load(world)?;
    }
    let start = tips_um(engine.as_mut())?;
    engine.advance(steps_in(done.number("time"), done.number("step")))?;
    let ways: Vec<DVec3> = start
        .iter()
        .zip(tips_um(engine.as_mut())?)
        .map(|(from, to)| to - *from)
        .collect();
    let angles: Vec<f64> = ways.iter().map(|way| way.y.atan2(way.x)).collect();
    let count = ways.len() as f64;
    let drift = ways.iter().sum::<DVec3>() / count;
    let error = (mean(ways.iter().map(|way| way.length_squared())) / 2.0 / count).sqrt();
    let even = 1.0 / 360.0;
    let degrees: Vec<f64> = angles.iter().map(|angle| angle.to_degrees()).collect();
    Ok(Measured {
        figures: vec![
            Figure::alone("uniformity", "p of Rayleigh", rayleigh(&angles), ""),
            Figure::alone("drift", "along x, standard errors", drift.x.abs() / error, ""),
            Figure::alone("drift", "along y, standard errors", drift.y.abs() / error, ""),
        ],
        plots: vec![Plot {
            x: "direction in which a cone went, degrees".into(),
            y: "density".into(),
            scale: Scale::Linear,
            lines: vec![Series::line("even", [(-180.0, even), (180.0, even)])],
            points: vec![Series {
                name: "growth cones".into(),
                points: histogram(&degrees, (-(PI.to_degrees()), PI.to_degrees()), 24),
            }],
        }],
        table: None,
    })
}

fn plate(done: &CaseSetting) -> Plate {
    let (speed, spread) = (done.number("speed"), done.number("speed_spread"));
    let biology = running_cones(speed, spread, done.number("persistence_length"));
    let mut plate = plate_of_cones(done.count("cones"), 1.0, done.number("step") * 60.0, biology);
    let size_um = done.number("well");
    let voxels = (size_um / VOXEL_UM).round() as u32;
    plate.domain = Domain {
        voxels: [voxels, voxels, 1],
        voxel_um: VOXEL_UM,
        layer_um: USUAL_LAYER_UM,
        walls: vec![],
    };
    plate.explants[0].at_um = DVec3::new(size_um / 2.0, size_um / 2.0, VOXEL_UM / 2.0);
    let (dose, right) = (done.number("dose"), done.number("dose_at_the_right"));
    if right > 0.0 {
        plate.myokines = vec![Species {
            name: "myokine".into(),
            unit: DoseUnit::Relative,
            myokine: Myokine {
                half_life_h: 1e30,
                ..Myokine::default()
            },
        }];
        let column = |from: f64, dose: f64| Reservoir {
            region: Region {
                low_um: DVec3::new(from, 0.0, 0.0),
                high_um: DVec3::new(from + VOXEL_UM, size_um, VOXEL_UM),
            },
            doses: vec![dose],
        };
        plate.conditions[0].reservoirs = vec![column(0.0, 0.0), column(size_um - VOXEL_UM, right)];
    } else if dose > 0.0 {
        plate = bathed(plate, Myokine::default(), dose);
    }
    plate
}
