//! The myokine field against closed forms: ∂c/∂t = D∇²c − λc + s, without flux through walls.

use super::{LooksAt, Measure, steps_in};
use crate::engine::{Engine, EngineError};
use crate::model::domain::{Region, voxel_centre_um};
use crate::model::parameter::Dimension::{Choice, Count, Diffusivity, Length, Number, Rate, Time};
use crate::model::plate::{Plate, SteadySource};
use crate::model::word::{Word, YesNo};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::plate_of_field;
use crate::validation::setting::{CaseSetting, one};
use glam::DVec3;
use std::f64::consts::{LN_2, PI};

/// The grid of the only well, set to `initial` of the voxel's centre and advanced by `steps`.
pub(super) fn evolve(
    engine: &mut dyn Engine,
    initial: impl Fn(DVec3) -> f64,
    steps: u32,
) -> Result<Vec<f32>, EngineError> {
    let domain = engine.plate().domain.clone();
    let mut world = engine.world()?.clone();
    let first = world.concentrations.len() - domain.voxel_count();
    for voxel in 0..domain.voxel_count() {
        world.concentrations[first + voxel] = initial(voxel_centre_um(&domain, voxel)) as f32;
    }
    engine.load(world)?;
    engine.advance(steps)?;
    Ok(engine.world()?.concentrations[first..].to_vec())
}

/// Sum over voxels.
pub(super) fn mass(cells: &[f32]) -> f64 {
    cells.iter().map(|&cell| f64::from(cell)).sum()
}

/// Sum over voxels of a function of their centres.
fn mass_of(plate: &Plate, of: impl Fn(DVec3) -> f64) -> f64 {
    (0..plate.domain.voxel_count())
        .map(|voxel| of(voxel_centre_um(&plate.domain, voxel)))
        .sum()
}

/// Relative L2 distance of a field from `expected` of the voxel's centre.
pub(super) fn relative_error(plate: &Plate, cells: &[f32], expected: impl Fn(DVec3) -> f64) -> f64 {
    let (mut off, mut size) = (0.0, 0.0);
    for (voxel, &cell) in cells.iter().enumerate() {
        let expected = expected(voxel_centre_um(&plate.domain, voxel));
        off += (f64::from(cell) - expected).powi(2);
        size += expected * expected;
    }
    (off / size).sqrt()
}

/// The concentrations along x through the middle of a field, thinned to about `count` points.
fn along_x(plate: &Plate, cells: &[f32], count: usize) -> Vec<(f64, f64, f64)> {
    let [nx, ny, _] = plate.domain.voxels.map(|n| n as usize);
    let row = ny / 2 * nx;
    let every = (nx / count).max(1);
    (0..nx)
        .step_by(every)
        .map(|x| {
            (
                voxel_centre_um(&plate.domain, row + x).x / 1000.0,
                f64::from(cells[row + x]),
                0.0,
            )
        })
        .collect()
}

/// Half-life at a rate of decay; practically for ever at none.
fn half_life_h(decay_per_h: f64) -> f64 {
    if decay_per_h > 0.0 { LN_2 / decay_per_h } else { 1e30 }
}

/// A Gaussian that spreads from the middle of a square: variance grows by 2Dt.
pub const SPREADING_GAUSSIAN: Measure = Measure {
    name: "spreading-gaussian",
    keys: &[
        one("voxels_a_side", Count),
        one("voxel", Length),
        one("start_width", Length),
        one("diffusivity", Diffusivity),
        one("decay", Rate),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["error", "mass"],
    looks_at: LooksAt::Engine,
    run: spreading_gaussian,
};

fn spreading_gaussian(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let side = done.count("voxels_a_side");
    let step_h = done.number("step");
    let mut plate = plate_of_field(
        [side, side, 1],
        done.number("voxel"),
        step_h,
        done.number("diffusivity"),
    );
    plate.myokines[0].myokine.half_life_h = half_life_h(done.number("decay"));
    let start = done.number("start_width").powi(2);
    let end = start + 2.0 * stated.number("diffusivity") * stated.number("time");
    let middle = plate.domain.size_um() / 2.0;
    // 1000 at the start in the middle.
    let gaussian = |variance: f64| {
        move |at: DVec3| {
            let r2 = (at - middle).truncate().length_squared();
            1000.0 * start / variance * (-r2 / (2.0 * variance)).exp()
        }
    };
    let mut engine = trial.open(plate.clone())?;
    let cells = evolve(engine.as_mut(), gaussian(start), steps_in(done.number("time"), step_h))?;
    let expected = gaussian(end);
    let across = (0.0, 2.0 * middle.x / 1000.0);
    let at = |x_mm: f64| expected(DVec3::new(1000.0 * x_mm, middle.y, 0.0));
    Ok(Measured {
        figures: vec![
            Figure::alone(
                "error",
                "relative L2 error",
                relative_error(&plate, &cells, expected),
                "",
            ),
            Figure::against("mass", "mass", mass_of(&plate, gaussian(start)), mass(&cells), ""),
        ],
        plots: vec![Plot {
            x: "x through the middle, mm".into(),
            y: "concentration".into(),
            scale: Scale::Linear,
            lines: vec![Series::of("closed form", across, 160, at)],
            points: vec![Series {
                name: "field".into(),
                points: along_x(&plate, &cells, 40),
            }],
        }],
        table: None,
    })
}

/// Release in part of a long well, diffusion and decay in balance.
pub const STEADY_SOURCE: Measure = Measure {
    name: "steady-source",
    keys: &[
        one("length", Length),
        one("source", Length),
        one("voxel", Length),
        one("diffusivity", Diffusivity),
        one("half_life", Time),
        one("release", Rate),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["error", "mass"],
    looks_at: LooksAt::Engine,
    run: steady_source,
};

fn steady_source(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let (voxel_um, step_h) = (done.number("voxel"), done.number("step"));
    let voxels = (done.number("length") / voxel_um).round() as u32;
    let mut plate = plate_of_field([voxels, 2, 1], voxel_um, step_h, done.number("diffusivity"));
    plate.myokines[0].myokine.half_life_h = done.number("half_life");
    plate.conditions[0].sources = vec![SteadySource {
        region: Region {
            low_um: DVec3::ZERO,
            high_um: DVec3::new(done.number("source"), 1e5, 1e5),
        },
        species: 0,
        rate_per_h: done.number("release"),
    }];
    let mut engine = trial.open(plate.clone())?;
    let cells = evolve(engine.as_mut(), |_| 0.0, steps_in(done.number("time"), step_h))?;
    let profile = |at: DVec3| slab_profile(stated, at.x);
    let balance = 2.0 * stated.number("source") / voxel_um * slab_level(stated);
    let across = (0.0, stated.number("length") / 1000.0);
    Ok(Measured {
        figures: vec![
            Figure::alone(
                "error",
                "relative L2 error",
                relative_error(&plate, &cells, profile),
                "",
            ),
            Figure::against("mass", "mass in balance, release / λ", balance, mass(&cells), ""),
        ],
        plots: vec![Plot {
            x: "x, mm (the source ends at the bend)".into(),
            y: "concentration".into(),
            scale: Scale::Linear,
            lines: vec![Series::of("closed form", across, 160, |x_mm| {
                slab_profile(stated, 1000.0 * x_mm)
            })],
            points: vec![Series {
                name: "field".into(),
                points: along_x(&plate, &cells, 40),
            }],
        }],
        table: None,
    })
}

/// Concentration where nothing diffuses away, s/λ.
fn slab_level(stated: &CaseSetting) -> f64 {
    stated.number("release") * stated.number("half_life") / LN_2
}

/// c = (s/λ)(1 − sinh((L − a)/ℓ)/sinh(L/ℓ) cosh(x/ℓ)) in the source (x < a), (s/λ) sinh(a/ℓ)/sinh(L/ℓ) cosh((L − x)/ℓ)
/// beyond it, ℓ = √(D/λ).
fn slab_profile(stated: &CaseSetting, x_um: f64) -> f64 {
    let (length, source) = (stated.number("length"), stated.number("source"));
    let scale = (stated.number("diffusivity") * stated.number("half_life") / LN_2).sqrt();
    let whole = (length / scale).sinh();
    if x_um < source {
        slab_level(stated) * (1.0 - ((length - source) / scale).sinh() / whole * (x_um / scale).cosh())
    } else {
        slab_level(stated) * (source / scale).sinh() / whole * ((length - x_um) / scale).cosh()
    }
}

/// A closed box with a wall inside that leaves a gap.
pub const CLOSED_BOX: Measure = Measure {
    name: "closed-box",
    keys: &[
        one("voxels_x", Count),
        one("voxels_y", Count),
        one("voxels_z", Count),
        one("voxel", Length),
        one("wall", Choice(YesNo::WORDS)),
        one("diffusivity", Diffusivity),
        one("decay", Rate),
        one("step", Time),
        one("time", Time),
    ],
    figures: &["mass", "in_the_wall"],
    looks_at: LooksAt::Engine,
    run: closed_box,
};

fn closed_box(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let voxels = ["voxels_x", "voxels_y", "voxels_z"].map(|key| done.count(key));
    let [nx, ny, _] = voxels.map(|n| n as usize);
    let step_h = done.number("step");
    let mut plate = plate_of_field(voxels, done.number("voxel"), step_h, done.number("diffusivity"));
    plate.myokines[0].myokine.half_life_h = half_life_h(done.number("decay"));
    // A wall across the box with a gap a voxel wide.
    let in_wall = |voxel: usize| voxel % nx == nx / 2 && voxel / nx % ny != ny / 3;
    if done.word("wall") == Some(YesNo::Yes) {
        plate.domain.walls = (0..plate.domain.voxel_count()).map(in_wall).collect();
    }
    let filled_um = done.number("voxel") * (nx / 4) as f64;
    let initial = |at: DVec3| if at.x < filled_um { 7.3 } else { 0.0 };
    let mut engine = trial.open(plate.clone())?;
    let cells = evolve(engine.as_mut(), initial, steps_in(done.number("time"), step_h))?;
    let inside: Vec<f32> = (0..cells.len())
        .filter(|&voxel| in_wall(voxel))
        .map(|voxel| cells[voxel])
        .collect();
    Ok(Measured {
        figures: vec![
            Figure::against("mass", "mass", mass_of(&plate, initial), mass(&cells), ""),
            Figure::against("in_the_wall", "mass in the wall", 0.0, mass(&inside), ""),
        ],
        ..Measured::default()
    })
}

/// A single full voxel among empty ones under steps far too long for an explicit scheme.
pub const NEVER_NEGATIVE: Measure = Measure {
    name: "never-negative",
    keys: &[
        one("voxels_a_side", Count),
        one("voxel", Length),
        one("start_level", Number),
        one("diffusivity", Diffusivity),
        one("step", Time),
        one("steps", Count),
    ],
    figures: &["lowest"],
    looks_at: LooksAt::Engine,
    run: never_negative,
};

fn never_negative(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let (side, voxel_um) = (done.count("voxels_a_side"), done.number("voxel"));
    let step_h = done.number("step");
    let plate = plate_of_field([side, side, 1], voxel_um, step_h, done.number("diffusivity"));
    let middle = plate.domain.size_um() / 2.0;
    let level = done.number("start_level");
    let initial = |at: DVec3| if at.distance(middle) < voxel_um { 1.0 } else { level };
    let mut engine = trial.open(plate)?;
    let mut lowest = f64::INFINITY;
    evolve(engine.as_mut(), initial, 0)?;
    let voxels = (side * side) as usize;
    for _ in 0..done.count("steps") {
        let world = engine.world()?;
        let cells = world.concentrations.iter().rev().take(voxels);
        lowest = cells.fold(lowest, |lowest, &cell| lowest.min(f64::from(cell)));
        engine.advance(1)?;
    }
    let courant = done.number("diffusivity") * step_h / (voxel_um * voxel_um);
    let what = format!("lowest concentration (D dt/h² = {courant:.0}; an explicit scheme allows 0.25)");
    Ok(Measured {
        figures: vec![Figure::alone("lowest", what, lowest, "")],
        ..Measured::default()
    })
}

/// A cosine that decays with e^(−5Dk²t), k = π/L, on a square of edge `length_um`: relative L2 error on `cells`² voxels
/// after `steps` steps.
pub(super) fn cosine_error(trial: &Trial<'_>, cells: u32, steps: u32) -> Result<f64, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let (length_um, time_h) = (done.number("length"), done.number("time"));
    let plate = plate_of_field(
        [cells, cells, 1],
        length_um / f64::from(cells),
        time_h / f64::from(steps),
        done.number("diffusivity"),
    );
    let wave = PI / length_um;
    let shape = |at: DVec3| (wave * at.x).cos() * (2.0 * wave * at.y).cos();
    let decay = (-stated.number("diffusivity") * 5.0 * wave * wave * time_h).exp();
    let mut engine = trial.open(plate.clone())?;
    let field = evolve(engine.as_mut(), |at| 1.0 + shape(at), steps)?;
    let above: Vec<f32> = field.iter().map(|cell| cell - 1.0).collect();
    Ok(relative_error(&plate, &above, |at| decay * shape(at)))
}
