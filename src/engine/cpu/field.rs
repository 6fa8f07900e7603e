//! Implicit diffusion along one axis at a time; see [`crate::model::diffusion`] for the scheme.
//!
//! Lines along x are solved eight at a time, turned so that the eight lie side by side; lines along y and z in blocks
//! of neighbouring columns. Either way the inner loop runs over neighbours and the compiler makes it SIMD.

use crate::model::diffusion::is_free;
use crate::model::layout::Grid;
use crate::model::tables::Tables;
use crate::parallel;

/// Lines solved side by side along x.
const LANES: usize = 8;
/// Columns solved side by side along y and z.
const COLUMNS: usize = 64;

/// Working memory of the field solver.
pub struct Solver {
    solved: Vec<f32>,
}

impl Solver {
    /// Memory for the grids of `tables`.
    pub fn new(tables: &Tables) -> Self {
        let blocks = |width: usize| width.div_ceil(COLUMNS) * COLUMNS;
        let [nx, ny, nz] = tables.run.voxels.to_array().map(|n| n as usize);
        let along_y = blocks(nx) * ny * nz;
        let along_z = blocks(nx * ny) * nz;
        Solver { solved: vec![0.0; if tables.grids.is_empty() { 0 } else { along_y.max(along_z) }] }
    }

    /// Diffuses every grid along one axis for a step.
    pub fn diffuse_along(&mut self, axis: usize, tables: &Tables, concentrations: &mut [f32]) {
        let voxels = tables.run.voxels.to_array().map(|n| n as usize);
        if voxels[axis] < 2 {
            return;
        }
        let count = tables.voxels_per_grid();
        for grid in &tables.grids {
            let cells = &mut concentrations[grid.first as usize..grid.first as usize + count];
            let coefficients = coefficients(tables, grid, axis, voxels[axis], count);
            match axis {
                0 => diffuse_rows(cells, voxels[0], coefficients),
                1 => {
                    for (z, plane) in cells.chunks_mut(voxels[0] * voxels[1]).enumerate() {
                        let coefficients = coefficients.of_plane(z, voxels[0] * voxels[1]);
                        diffuse_columns(plane, voxels[0], &mut self.solved, coefficients);
                    }
                }
                _ => diffuse_columns(cells, voxels[0] * voxels[1], &mut self.solved, coefficients),
            }
        }
    }
}

/// Coefficients of the lines of one axis: shared by all, or of each voxel.
#[derive(Clone, Copy)]
enum Coefficients<'a> {
    Shared(&'a [[f32; 4]]),
    ByVoxel(&'a [[f32; 4]]),
}

impl<'a> Coefficients<'a> {
    /// Those of one plane of voxels.
    fn of_plane(self, plane: usize, size: usize) -> Self {
        match self {
            Coefficients::Shared(line) => Coefficients::Shared(line),
            Coefficients::ByVoxel(all) => Coefficients::ByVoxel(&all[plane * size..(plane + 1) * size]),
        }
    }
}

fn coefficients<'a>(tables: &'a Tables, grid: &Grid, axis: usize, length: usize, count: usize) -> Coefficients<'a> {
    let first = [grid.line_x, grid.line_y, grid.line_z][axis] as usize;
    if grid.by_voxel == 1 {
        Coefficients::ByVoxel(&tables.coefficients[first..first + count])
    } else {
        Coefficients::Shared(&tables.coefficients[first..first + length])
    }
}

/// Lines along x, each `length` voxels in a row.
fn diffuse_rows(cells: &mut [f32], length: usize, coefficients: Coefficients<'_>) {
    parallel::map_pieces(cells, length * LANES * 4, |first, piece| {
        let mut turned = vec![[0.0f32; LANES]; length];
        for (block, rows) in piece.chunks_mut(length * LANES).enumerate() {
            let start = first + block * length * LANES;
            if rows.len() == length * LANES && matches!(coefficients, Coefficients::Shared(_)) {
                if let Coefficients::Shared(line) = coefficients {
                    diffuse_row_block(rows, length, line, &mut turned);
                }
            } else {
                for (r, row) in rows.chunks_mut(length).enumerate() {
                    match coefficients {
                        Coefficients::Shared(line) => diffuse_row(row, line),
                        Coefficients::ByVoxel(all) => {
                            let start = start + r * length;
                            diffuse_row(row, &all[start..start + length]);
                        }
                    }
                }
            }
        }
    });
}

/// Eight rows at once, turned so that they lie side by side.
fn diffuse_row_block(rows: &mut [f32], length: usize, line: &[[f32; 4]], turned: &mut [[f32; LANES]]) {
    let mut before = [0.0f32; LANES];
    for (i, (cells, &[gain, carry, ..])) in turned[..length].iter_mut().zip(line).enumerate() {
        for lane in 0..LANES {
            before[lane] = gain * rows[lane * length + i] + carry * before[lane];
        }
        *cells = before;
    }
    let mut after = [0.0f32; LANES];
    let mut flux_after = [0.0f32; LANES];
    for i in (0..length).rev() {
        let [_, _, back, _] = line[i];
        let face_before = if i > 0 { line[i - 1][3] } else { 0.0 };
        let before = if i > 0 { turned[i - 1] } else { [0.0; LANES] };
        let back_before = if i > 0 { line[i - 1][2] } else { 0.0 };
        let mut solved = [0.0f32; LANES];
        let mut flux = [0.0f32; LANES];
        for lane in 0..LANES {
            solved[lane] = turned[i][lane] + back * after[lane];
            let solved_before = before[lane] + back_before * solved[lane];
            flux[lane] = face_before * (solved[lane] - solved_before);
            rows[lane * length + i] = keep_mass(rows[lane * length + i], flux_after[lane], flux[lane]);
        }
        after = solved;
        flux_after = flux;
    }
}

/// A voxel's new concentration from the fluxes across its two faces.
#[inline(always)]
fn keep_mass(concentration: f32, flux_after: f32, flux_before: f32) -> f32 {
    let updated = concentration + (flux_after - flux_before);
    if updated > 0.0 { updated } else { 0.0 }
}

/// One row with coefficients of its own.
fn diffuse_row(row: &mut [f32], line: &[[f32; 4]]) {
    let mut swept = vec![0.0f32; row.len()];
    let mut before = 0.0;
    for (i, &[gain, carry, ..]) in line.iter().enumerate() {
        before = gain * row[i] + carry * before;
        swept[i] = before;
    }
    let (mut after, mut flux_after) = (0.0, 0.0);
    for i in (0..row.len()).rev() {
        let solved = swept[i] + line[i][2] * after;
        let flux = if i > 0 { line[i - 1][3] * (solved - (swept[i - 1] + line[i - 1][2] * solved)) } else { 0.0 };
        if is_free(line[i]) {
            row[i] = keep_mass(row[i], flux_after, flux);
        }
        after = solved;
        flux_after = flux;
    }
}

/// Lines along the slower axis of a block of voxels whose faster axis is `width` long.
fn diffuse_columns(cells: &mut [f32], width: usize, solved: &mut [f32], coefficients: Coefficients<'_>) {
    let length = cells.len() / width;
    let blocks = width.div_ceil(COLUMNS);
    let read: &[f32] = cells;
    parallel::map_pieces(&mut solved[..blocks * length * COLUMNS], length * COLUMNS, |first, block| {
        let column = first / (length * COLUMNS) * COLUMNS;
        let columns = COLUMNS.min(width - column);
        match coefficients {
            Coefficients::Shared(line) => {
                diffuse_column_block(read, width, column, columns, block, |i, _| line[i], |_| true);
            }
            Coefficients::ByVoxel(all) => {
                let at = |i: usize, lane: usize| all[i * width + column + lane];
                diffuse_column_block(read, width, column, columns, block, at, is_free);
            }
        }
    });
    let solved: &[f32] = solved;
    parallel::map_pieces(cells, width, |first, row| {
        let i = first / width;
        for (block, piece) in row.chunks_mut(COLUMNS).enumerate() {
            let start = (block * length + i) * COLUMNS;
            piece.copy_from_slice(&solved[start..start + piece.len()]);
        }
    });
}

/// `columns` columns from `column` on: reads the voxels, leaves their new concentrations in `block`.
#[inline(always)]
fn diffuse_column_block(
    read: &[f32],
    width: usize,
    column: usize,
    columns: usize,
    block: &mut [f32],
    at: impl Fn(usize, usize) -> [f32; 4],
    free: impl Fn([f32; 4]) -> bool,
) {
    let length = block.len() / COLUMNS;
    let mut before = [0.0f32; COLUMNS];
    for (i, swept) in block.chunks_exact_mut(COLUMNS).enumerate() {
        let row = &read[i * width + column..i * width + column + columns];
        for (lane, &concentration) in row.iter().enumerate() {
            let [gain, carry, ..] = at(i, lane);
            before[lane] = gain * concentration + carry * before[lane];
        }
        swept.copy_from_slice(&before);
    }
    let mut after = [0.0f32; COLUMNS];
    let mut flux_after = [0.0f32; COLUMNS];
    for i in (0..length).rev() {
        let row = &read[i * width + column..i * width + column + columns];
        let (earlier, rest) = block.split_at_mut(i * COLUMNS);
        let swept = &mut rest[..columns];
        let swept_before = if i > 0 { &earlier[(i - 1) * COLUMNS..][..columns] } else { &[0.0; COLUMNS][..columns] };
        for lane in 0..columns {
            let coefficient = at(i, lane);
            let [_, _, back_before, face_before] = if i > 0 { at(i - 1, lane) } else { [0.0; 4] };
            let solved = swept[lane] + coefficient[2] * after[lane];
            let flux = face_before * (solved - (swept_before[lane] + back_before * solved));
            let updated = keep_mass(row[lane], flux_after[lane], flux);
            swept[lane] = if free(coefficient) { updated } else { row[lane] };
            after[lane] = solved;
            flux_after[lane] = flux;
        }
    }
}
