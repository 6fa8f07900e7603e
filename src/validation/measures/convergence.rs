//! Convergence of the field: the error of a decaying cosine as voxels and steps are halved. Its order is log2 of the ratio
//! of neighbouring errors.

use super::Measure;
use super::field::cosine_error;
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Count, Diffusivity, Length, Time};
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series, Table};
use crate::validation::setting::{many, one};

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
    drives_engine: true,
    run: |trial| {
        let steps = trial.done.count("steps");
        let length_um = trial.done.number("length");
        let fineness: Vec<(u32, f64)> = trial
            .done
            .list("voxels_a_side")
            .iter()
            .map(|&cells| (cells as u32, length_um / cells))
            .collect();
        convergence(&fineness, "h (µm)", 2.0, |cells| cosine_error(trial, cells, steps))
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
    drives_engine: true,
    run: |trial| {
        let cells = trial.done.count("voxels_a_side");
        let minutes = 60.0 * trial.done.number("time");
        let fineness: Vec<(u32, f64)> = trial
            .done
            .list("steps")
            .iter()
            .map(|&steps| (steps as u32, minutes / steps))
            .collect();
        convergence(&fineness, "dt (min)", 1.0, |steps| cosine_error(trial, cells, steps))
    },
};

/// Errors at each fineness (a count, and the size of a piece that it gives), the orders between them, and a line of the
/// slope they should have.
fn convergence(
    fineness: &[(u32, f64)],
    size_name: &str,
    slope: f64,
    error: impl Fn(u32) -> Result<f64, EngineError>,
) -> Result<Measured, EngineError> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    let mut rows = Vec::new();
    let mut measured = Measured::default();
    for &(count, size) in fineness {
        let error = error(count)?;
        let before = found.last().copied();
        let order = before.map(|(coarser, before)| (before / error).ln() / (coarser / size).ln());
        rows.push(vec![
            format!("{size:.4}"),
            format!("{error:.3e}"),
            order.map_or_else(String::new, |order| format!("{order:.2}")),
        ]);
        if let Some(((coarser, _), order)) = before.zip(order) {
            let what = format!("order between {size_name} {coarser:.3} and {size:.3}");
            measured.figures.push(Figure::alone("order", what, order, ""));
        }
        found.push((size, error));
    }
    measured.table = Some(Table {
        heading: [size_name, "relative L2 error", "order"].map(str::to_owned).into(),
        rows,
    });
    let first = found.first().copied().unwrap_or((1.0, 1.0));
    let sloped = |(size, _): &(f64, f64)| (*size, first.1 * (size / first.0).powf(slope));
    measured.plots.push(Plot {
        x: size_name.to_owned(),
        y: "relative L2 error".into(),
        scale: Scale::Logarithmic,
        lines: vec![Series::line(format!("order {slope}"), found.iter().map(sloped))],
        points: vec![Series {
            name: "field".into(),
            points: found.iter().map(|&(size, error)| (size, error, 0.0)).collect(),
        }],
    });
    Ok(measured)
}
