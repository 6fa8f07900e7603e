//! Convergence: the error of a decaying cosine of the field as voxels and steps are halved, and that of the elastic gel as
//! its elements are. The order is log2 of the ratio of neighbouring errors.

use super::field::cosine_error;
use super::{LooksAt, Measure};
use crate::engine::EngineError;
use crate::model::gel::Elasticity;
use crate::model::parameter::Dimension::{Count, Diffusivity, Fraction, Length, Pressure, Time};
use crate::validation::bench::Trial;
use crate::validation::manufactured::{Errors, Manufactured, block};
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series, Table};
use crate::validation::setting::{CaseKey, CaseSetting, many, one};

/// Order in the edge of a voxel.
pub const IN_SPACE: Measure = Measure {
    name: "convergence-in-space",
    keys: &[
        one("length", Length),
        one("diffusivity", Diffusivity),
        one("time", Time),
        many("voxels_a_side", Count),
        one("steps", Count),
    ],
    figures: &["order"],
    looks_at: LooksAt::Engine,
    run: |trial| {
        let steps = trial.done.count("steps");
        let length_um = trial.done.number("length");
        let fineness: Vec<(u32, f64)> = trial
            .done
            .list("voxels_a_side")
            .iter()
            .map(|&cells| (cells as u32, length_um / cells))
            .collect();
        convergence(&fineness, "h (µm)", &[FIELD], 2.0, |cells| {
            Ok(vec![cosine_error(trial, cells, steps)?])
        })
    },
};

/// Order in the length of a step.
pub const IN_TIME: Measure = Measure {
    name: "convergence-in-time",
    keys: &[
        one("length", Length),
        one("diffusivity", Diffusivity),
        one("time", Time),
        one("voxels_a_side", Count),
        many("steps", Count),
    ],
    figures: &["order"],
    looks_at: LooksAt::Engine,
    run: |trial| {
        let cells = trial.done.count("voxels_a_side");
        let minutes = 60.0 * trial.done.number("time");
        let fineness: Vec<(u32, f64)> = trial
            .done
            .list("steps")
            .iter()
            .map(|&steps| (steps as u32, minutes / steps))
            .collect();
        convergence(&fineness, "dt (min)", &[FIELD], 1.0, |steps| {
            Ok(vec![cosine_error(trial, cells, steps)?])
        })
    },
};

/// Order of the elastic gel in the edge of an element, in a sheet.
pub const GEL_IN_PLANE: Measure = Measure {
    name: "gel-convergence-in-plane",
    keys: &GEL_KEYS,
    figures: &["movement", "strain"],
    looks_at: LooksAt::Gel,
    run: |trial| gel_convergence(trial, true),
};

/// Order of the elastic gel in the edge of an element, in space.
pub const GEL_IN_SPACE: Measure = Measure {
    name: "gel-convergence-in-space",
    run: |trial| gel_convergence(trial, false),
    ..GEL_IN_PLANE
};

const GEL_KEYS: [CaseKey; 3] = [
    one("stiffness", Pressure),
    one("poisson", Fraction),
    many("elements_a_side", Count),
];

fn gel_convergence(trial: &Trial<'_>, planar: bool) -> Result<Measured, EngineError> {
    let gel = |setting: &CaseSetting| Elasticity {
        young: setting.number("stiffness"),
        poisson: setting.number("poisson"),
    };
    let exact = Manufactured::new(planar, gel(trial.stated));
    let fineness: Vec<(u32, f64)> = trial
        .done
        .list("elements_a_side")
        .iter()
        .map(|&elements| (elements as u32, block([elements as usize, 1, 0]).edge_um.x))
        .collect();
    let errors = [
        ErrorOf {
            band: "movement",
            name: "movement",
        },
        ErrorOf {
            band: "strain",
            name: "gradient",
        },
    ];
    convergence(&fineness, "h (µm)", &errors, 2.0, |elements| {
        // As many a length on every side: the block is 5 by 3 by 2.
        let [x, y, z] = [5, 3, 2].map(|side| elements as usize * side / 5);
        let Errors { movement, gradient } = exact.errors([x, y, if planar { 0 } else { z }], gel(trial.done))?;
        Ok(vec![movement, gradient])
    })
}

/// An error that should vanish: the band of its order, and what it is the error of.
#[derive(Clone, Copy)]
struct ErrorOf {
    band: &'static str,
    name: &'static str,
}

const FIELD: ErrorOf = ErrorOf {
    band: "order",
    name: "field",
};

/// Errors at each fineness (a count, and the size of a piece that it gives), the orders between them, and lines of the
/// slope they should have. `errors` gives one for each of `of`.
fn convergence(
    fineness: &[(u32, f64)],
    size_name: &str,
    of: &[ErrorOf],
    slope: f64,
    errors: impl Fn(u32) -> Result<Vec<f64>, EngineError>,
) -> Result<Measured, EngineError> {
    let mut found: Vec<(f64, Vec<f64>)> = Vec::new();
    let mut measured = Measured::default();
    let mut rows = Vec::new();
    for &(count, size) in fineness {
        let errors = errors(count)?;
        let mut row = vec![format!("{size:.4}")];
        for (which, (error, ErrorOf { band, name })) in errors.iter().zip(of).enumerate() {
            row.push(format!("{error:.3e}"));
            let Some((coarser, before)) = found.last() else {
                row.push(String::new());
                continue;
            };
            let order = (before[which] / error).ln() / (coarser / size).ln();
            row.push(format!("{order:.2}"));
            let what = format!("order of the {name} between {size_name} {coarser:.3} and {size:.3}");
            measured.figures.push(Figure::alone(band, what, order, ""));
        }
        rows.push(row);
        found.push((size, errors));
    }
    let columns = of
        .iter()
        .flat_map(|error| [format!("relative L2 error of the {}", error.name), "order".to_owned()]);
    measured.table = Some(Table {
        heading: std::iter::once(size_name.to_owned()).chain(columns).collect(),
        rows,
    });
    let error_at = |which: usize| found.iter().map(move |(size, errors)| (*size, errors[which]));
    let sloped = |which: usize| {
        let (coarsest, largest) = error_at(which).next().unwrap_or((1.0, 1.0));
        error_at(which).map(move |(size, _)| (size, largest * (size / coarsest).powf(slope)))
    };
    measured.plots.push(Plot {
        x: size_name.to_owned(),
        y: "relative L2 error".into(),
        scale: Scale::Logarithmic,
        lines: (0..of.len())
            .map(|which| Series::line(format!("order {slope}"), sloped(which)))
            .collect(),
        points: of
            .iter()
            .enumerate()
            .map(|(which, error)| Series {
                name: error.name.into(),
                points: error_at(which).map(|(size, error)| (size, error, 0.0)).collect(),
            })
            .collect(),
    });
    Ok(measured)
}
