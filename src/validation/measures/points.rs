//! Published cases of diffusion solvers for cells: a point source in a cube, decay alone, one cell that takes up.

use super::field::{evolve, mass};
use super::{LooksAt, Measure, steps_in};
use crate::engine::EngineError;
use crate::model::domain::Region;
use crate::model::parameter::Dimension::{Count, Diffusivity, Length, Number, Rate, Time};
use crate::model::plate::{Reservoir, SteadySource};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Table};
use crate::validation::plates::plate_of_field;
use crate::validation::setting::{many, one};
use glam::DVec3;
use std::f64::consts::LN_2;

/// A point source in a closed cube, on finer and finer grids. Lengths and times are plain numbers, as published.
pub const POINT_SOURCE: Measure = Measure {
    name: "point-source-in-a-cube",
    keys: &[
        one("edge", Number),
        one("diffusivity", Number),
        one("step", Number),
        one("steps", Count),
        one("mass", Number),
        one("offset", Number),
        many("voxels_a_side", Count),
        one("published", Number),
    ],
    figures: &["value", "refinement"],
    looks_at: LooksAt::Engine,
    run: point_source,
};

fn point_source(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, published) = (trial.done, trial.stated.number("published"));
    let (edge, whole) = (done.number("edge"), done.number("mass"));
    let mut found = Vec::new();
    let mut rows = Vec::new();
    for &side in done.list("voxels_a_side") {
        let voxel = edge / side;
        let plate = plate_of_field([side as u32; 3], voxel, done.number("step"), done.number("diffusivity"));
        let mut engine = trial.open(plate)?;
        let centre = DVec3::splat(0.5 * (edge + voxel));
        let source = |at: DVec3| {
            if at.distance(centre) < 0.1 * voxel {
                whole / voxel.powi(3)
            } else {
                0.0
            }
        };
        let field = evolve(engine.as_mut(), source, done.count("steps"))?;
        let n = side as usize;
        let index = n / 2 + (done.number("offset") / voxel).round() as usize;
        let value = f64::from(field[(index * n + index) * n + index]);
        rows.push(vec![
            format!("{side}³"),
            format!("{value:.6}"),
            format!("{:.2} %", 100.0 * (value / published - 1.0)),
            format!("{:.1e}", mass(&field) * voxel.powi(3) / whole - 1.0),
        ]);
        found.push(value);
    }
    let last = found.last().copied().unwrap_or(f64::NAN);
    let mut figures = vec![Figure::against("value", "on the finest grid", published, last, "")];
    for pair in found.windows(2) {
        let error = |value: f64| (value - published).abs();
        let what = "error on a grid, as a share of that on the one before";
        figures.push(Figure::alone("refinement", what, error(pair[1]) / error(pair[0]), ""));
    }
    Ok(Measured {
        figures,
        table: Some(Table {
            heading: ["grid", "value", "off by", "mass gained"].map(str::to_owned).into(),
            rows,
        }),
        ..Measured::default()
    })
}

/// Decay alone. Times are plain numbers, as published.
pub const PURE_DECAY: Measure = Measure {
    name: "pure-decay",
    keys: &[
        one("decay", Number),
        one("step", Number),
        one("steps", Count),
        one("start", Number),
        one("published", Number),
    ],
    figures: &["left"],
    looks_at: LooksAt::Engine,
    run: |trial| {
        let done = trial.done;
        let mut plate = plate_of_field([4, 4, 4], 20.0, done.number("step"), 0.0);
        plate.myokines[0].myokine.half_life_h = LN_2 / done.number("decay");
        let mut engine = trial.open(plate)?;
        let cells = evolve(engine.as_mut(), |_| done.number("start"), done.count("steps"))?;
        let published = trial.stated.number("published");
        let furthest = cells
            .iter()
            .map(|&cell| f64::from(cell))
            .fold(published, |furthest, cell| {
                if (cell - published).abs() > (furthest - published).abs() {
                    cell
                } else {
                    furthest
                }
            });
        Ok(Measured {
            figures: vec![Figure::against(
                "left",
                "what is left, in the voxel furthest off",
                published,
                furthest,
                "",
            )],
            ..Measured::default()
        })
    },
};

/// One voxel that takes up, amid 26 that are held.
pub const ONE_CELL_SINK: Measure = Measure {
    name: "one-cell-sink",
    keys: &[
        one("voxel", Length),
        one("diffusivity", Diffusivity),
        one("uptake", Rate),
        one("held_at", Number),
        one("step", Time),
        one("time", Time),
        one("published", Number),
        one("published_time", Time),
    ],
    figures: &["steady", "approach", "held"],
    looks_at: LooksAt::Engine,
    run: one_cell_sink,
};

/// The case is run so many times slower, in steps as much longer, which is the same to the equation: the field of a plate is not
/// updated every hundredth of a second.
const SLOWER: f64 = 60.0;

fn one_cell_sink(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let (edge, step_h) = (done.number("voxel"), SLOWER * done.number("step"));
    let held = done.number("held_at");
    let mut plate = plate_of_field([3, 3, 3], edge, step_h, done.number("diffusivity") / SLOWER);
    // The published scheme holds the dose at the centres of the outer voxels: there the reservoirs have their faces.
    let slab = |axis: usize, from: f64, to: f64| {
        let (mut low_um, mut high_um) = (DVec3::ZERO, DVec3::splat(3.0 * edge));
        low_um[axis] = from;
        high_um[axis] = to;
        Reservoir {
            region: Region { low_um, high_um },
            doses: vec![held],
        }
    };
    plate.conditions[0].reservoirs = (0..3)
        .flat_map(|axis| [slab(axis, 0.0, 0.500_001 * edge), slab(axis, 2.5 * edge, 3.0 * edge)])
        .collect();
    plate.conditions[0].sources = vec![SteadySource {
        region: Region {
            low_um: DVec3::splat(edge),
            high_um: DVec3::splat(2.0 * edge),
        },
        species: 0,
        rate_per_h: -done.number("uptake") / SLOWER,
    }];
    let mut engine = trial.open(plate)?;
    let tau_h = stated.number("published_time");
    let after_tau = evolve(engine.as_mut(), |_| held, steps_in(SLOWER * tau_h, step_h))?[13];
    engine.advance(steps_in(SLOWER * done.number("time"), step_h))?;
    let world = engine.world()?;
    let field = &world.concentrations[world.concentrations.len() - 27..];
    let steady = stated.number("published");
    let held = stated.number("held_at");
    let approach = steady + (held - steady) * (-1.0f64).exp();
    let strayed = field
        .iter()
        .enumerate()
        .filter(|&(voxel, &cell)| voxel != 13 && f64::from(cell) != held)
        .count();
    Ok(Measured {
        figures: vec![
            Figure::against("steady", "in the cell, at rest", steady, f64::from(field[13]), ""),
            Figure::against("approach", "in the cell, after τ", approach, f64::from(after_tau), ""),
            Figure::against("held", "held voxels that strayed", 0.0, strayed as f64, ""),
        ],
        ..Measured::default()
    })
}
