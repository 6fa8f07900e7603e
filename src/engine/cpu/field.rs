//! Implicit diffusion along one axis at a time; see [`crate::model::diffusion`] for the scheme.
//!
//! Lines are solved side by side in SIMD lanes: along x a block of rows is turned for that, along y and z a block of
//! columns already lies so.

use crate::model::diffusion::is_free;
use crate::model::layout::Grid;
use crate::model::tables::Tables;
use crate::parallel;
use wide::f32x4;

/// Lanes of one vector.
const LANES: usize = 4;
/// Vectors solved side by side along x: enough to hide the latency of the recurrence.
const ROW_VECTORS: usize = 4;
/// Rows solved side by side along x.
const ROWS: usize = LANES * ROW_VECTORS;
/// Vectors solved side by side along y and z.
const COLUMN_VECTORS: usize = 16;
/// Columns solved side by side along y and z.
const COLUMNS: usize = LANES * COLUMN_VECTORS;

/// Voxels that are worth a thread's while.
const GRAIN: usize = 16_384;

/// Diffuses every grid along one axis for a step.
pub fn diffuse_along(axis: usize, tables: &Tables, concentrations: &mut [f32]) {
    let voxels = tables.run.voxels.to_array().map(|n| n as usize);
    if voxels[axis] < 2 || tables.grids.is_empty() {
        return;
    }
    let count = tables.voxels_per_grid();
    let first_grid = concentrations.len() - tables.grids.len() * count;
    let grids = tables.grids.iter().zip(concentrations[first_grid..].chunks_mut(count));
    let grids = grids.map(|(grid, cells)| (coefficients(tables, grid, axis, voxels[axis], count), cells));
    match axis {
        0 => {
            let blocks = grids
                .flat_map(|(coefficients, cells)| row_blocks(cells, voxels[0], coefficients))
                .collect();
            parallel::for_each(blocks, GRAIN / (voxels[0] * ROWS) + 1, |(rows, coefficients)| {
                diffuse_rows(rows, voxels[0], coefficients);
            });
        }
        _ => {
            // Along z the whole plane counts as one long row.
            let width = if axis == 1 { voxels[0] } else { voxels[0] * voxels[1] };
            let mut blocks = Vec::new();
            for (coefficients, cells) in grids {
                for (p, plane) in cells.chunks_mut(width * voxels[axis]).enumerate() {
                    let size = plane.len();
                    blocks.extend(column_blocks(plane, width, coefficients.of_part(p * size, size)));
                }
            }
            parallel::for_each(blocks, GRAIN / (voxels[axis] * COLUMNS) + 1, |block| {
                diffuse_columns(block, width)
            });
        }
    }
}

/// Coefficients of the lines of one axis: shared by all, or of each voxel.
#[derive(Clone, Copy)]
enum Coefficients<'a> {
    Shared(&'a [[f32; 4]]),
    ByVoxel(&'a [[f32; 4]]),
}

impl Coefficients<'_> {
    /// Those of `size` voxels from `first` on.
    fn of_part(self, first: usize, size: usize) -> Self {
        match self {
            Coefficients::Shared(line) => Coefficients::Shared(line),
            Coefficients::ByVoxel(all) => Coefficients::ByVoxel(&all[first..first + size]),
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

/// A voxel's new concentration from the fluxes across its two faces.
#[inline(always)]
fn keep_mass(concentration: f32, flux_after: f32, flux_before: f32) -> f32 {
    let updated = concentration + (flux_after - flux_before);
    if updated > 0.0 { updated } else { 0.0 }
}

/// Blocks of rows of one grid, each `length` voxels long, with their coefficients.
fn row_blocks<'a>(
    cells: &'a mut [f32],
    length: usize,
    coefficients: Coefficients<'a>,
) -> impl Iterator<Item = (&'a mut [f32], Coefficients<'a>)> {
    let size = length * ROWS;
    cells.chunks_mut(size).enumerate().map(move |(block, rows)| {
        let count = rows.len();
        (rows, coefficients.of_part(block * size, count))
    })
}

fn diffuse_rows(rows: &mut [f32], length: usize, coefficients: Coefficients<'_>) {
    match coefficients {
        Coefficients::Shared(line) => diffuse_row_block(rows, length, line),
        Coefficients::ByVoxel(all) => {
            rows.chunks_mut(length)
                .zip(all.chunks(length))
                .for_each(|(row, line)| diffuse_row(row, line));
        }
    }
}

/// A block of at most [`ROWS`] rows that share their coefficients; lanes without a row compute zeros.
fn diffuse_row_block(rows: &mut [f32], length: usize, line: &[[f32; 4]]) {
    let mut cells = turn_rows(rows, length);
    let mut swept = vec![[f32x4::ZERO; ROW_VECTORS]; length];
    let mut before = [f32x4::ZERO; ROW_VECTORS];
    for ((swept, cells), &[gain, carry, ..]) in swept.iter_mut().zip(&cells).zip(line) {
        for v in 0..ROW_VECTORS {
            before[v] = sweep(gain, carry, cells[v], before[v]);
        }
        *swept = before;
    }
    let mut solved = before;
    let mut flux_after = [f32x4::ZERO; ROW_VECTORS];
    let before = swept.iter().zip(line);
    for (cells, (swept_before, &line_before)) in cells[1..].iter_mut().zip(before).rev() {
        for v in 0..ROW_VECTORS {
            let (solved_before, flux) = flux_before(line_before, swept_before[v], solved[v]);
            cells[v] = keep_mass_lanes(cells[v], flux_after[v], flux);
            solved[v] = solved_before;
            flux_after[v] = flux;
        }
    }
    for (cell, flux_after) in cells[0].iter_mut().zip(flux_after) {
        *cell = keep_mass_lanes(*cell, flux_after, f32x4::ZERO);
    }
    turn_back(&cells, rows, length);
}

/// The forward sweep for a vector of voxels.
#[inline(always)]
fn sweep(gain: f32, carry: f32, cell: f32x4, before: f32x4) -> f32x4 {
    f32x4::splat(gain) * cell + f32x4::splat(carry) * before
}

/// The backward sweep: the solution in the voxels before, and the flux from there.
#[inline(always)]
fn flux_before([_, _, back, face]: [f32; 4], swept_before: f32x4, solved: f32x4) -> (f32x4, f32x4) {
    let solved_before = swept_before + f32x4::splat(back) * solved;
    (solved_before, f32x4::splat(face) * (solved - solved_before))
}

/// [`keep_mass`] for a vector of voxels.
#[inline(always)]
fn keep_mass_lanes(cell: f32x4, flux_after: f32x4, flux_before: f32x4) -> f32x4 {
    (cell + (flux_after - flux_before)).fast_max(f32x4::ZERO)
}

/// Rows turned so that they lie side by side in lanes; zeros where there are fewer rows than lanes.
fn turn_rows(rows: &[f32], length: usize) -> Vec<[f32x4; ROW_VECTORS]> {
    let mut turned = vec![[f32x4::ZERO; ROW_VECTORS]; length];
    let even = length / LANES * LANES;
    for (v, rows) in rows.chunks(length * LANES).enumerate() {
        let row = |lane: usize| rows.get(lane * length..(lane + 1) * length);
        let rows: [Option<&[f32]>; LANES] = std::array::from_fn(row);
        for x in (0..even).step_by(LANES) {
            let tile = rows.map(|row| row.map_or(f32x4::ZERO, |row| load(&row[x..x + LANES])));
            for (i, vector) in f32x4::transpose(tile).into_iter().enumerate() {
                turned[x + i][v] = vector;
            }
        }
        for x in even..length {
            turned[x][v] = f32x4::new(rows.map(|row| row.map_or(0.0, |row| row[x])));
        }
    }
    turned
}

/// The inverse of [`turn_rows`].
fn turn_back(turned: &[[f32x4; ROW_VECTORS]], rows: &mut [f32], length: usize) {
    let even = length / LANES * LANES;
    for (v, rows) in rows.chunks_mut(length * LANES).enumerate() {
        for x in (0..even).step_by(LANES) {
            let tile = f32x4::transpose(std::array::from_fn(|i| turned[x + i][v]));
            for (row, vector) in rows.chunks_exact_mut(length).zip(tile) {
                store(vector, &mut row[x..x + LANES]);
            }
        }
        for x in even..length {
            for (row, cell) in rows.chunks_exact_mut(length).zip(turned[x][v].to_array()) {
                row[x] = cell;
            }
        }
    }
}

/// Neighbouring voxels, at most as many as there are lanes; zeros in the lanes beyond.
#[inline(always)]
fn load(cells: &[f32]) -> f32x4 {
    let mut lanes = [0.0; LANES];
    match cells.first_chunk::<LANES>() {
        Some(full) => lanes = *full,
        None => lanes[..cells.len()].copy_from_slice(cells),
    }
    f32x4::new(lanes)
}

/// The inverse of [`load`].
#[inline(always)]
fn store(vector: f32x4, cells: &mut [f32]) {
    let lanes = vector.to_array();
    match cells.first_chunk_mut::<LANES>() {
        Some(full) => *full = lanes,
        None => cells.copy_from_slice(&lanes[..cells.len()]),
    }
}

/// One row with coefficients of its own.
fn diffuse_row(row: &mut [f32], line: &[[f32; 4]]) {
    let mut swept = vec![0.0f32; row.len()];
    let mut before = 0.0;
    for ((swept, &cell), &[gain, carry, ..]) in swept.iter_mut().zip(&*row).zip(line) {
        before = gain * cell + carry * before;
        *swept = before;
    }
    let (mut solved, mut flux_after) = (before, 0.0);
    for i in (0..row.len()).rev() {
        let (solved_before, flux) = match i.checked_sub(1) {
            Some(earlier) => {
                let solved_before = swept[earlier] + line[earlier][2] * solved;
                (solved_before, line[earlier][3] * (solved - solved_before))
            }
            None => (0.0, 0.0),
        };
        if is_free(line[i]) {
            row[i] = keep_mass(row[i], flux_after, flux);
        }
        solved = solved_before;
        flux_after = flux;
    }
}

/// A block of neighbouring columns: the piece of every row that belongs to it.
struct ColumnBlock<'a> {
    rows: Vec<&'a mut [f32]>,
    first_column: usize,
    coefficients: Coefficients<'a>,
}

/// Blocks of columns of voxels whose faster axis is `width` long.
fn column_blocks<'a>(cells: &'a mut [f32], width: usize, coefficients: Coefficients<'a>) -> Vec<ColumnBlock<'a>> {
    let length = cells.len() / width;
    let block = |block| ColumnBlock {
        rows: Vec::with_capacity(length),
        first_column: block * COLUMNS,
        coefficients,
    };
    let mut blocks: Vec<_> = (0..width.div_ceil(COLUMNS)).map(block).collect();
    for row in cells.chunks_mut(width) {
        for (block, piece) in blocks.iter_mut().zip(row.chunks_mut(COLUMNS)) {
            block.rows.push(piece);
        }
    }
    blocks
}

fn diffuse_columns(block: ColumnBlock<'_>, width: usize) {
    let ColumnBlock {
        mut rows,
        first_column,
        coefficients,
    } = block;
    match coefficients {
        Coefficients::Shared(line) => diffuse_column_block(&mut rows, line),
        Coefficients::ByVoxel(all) => diffuse_columns_singly(&mut rows, |i, lane| all[i * width + first_column + lane]),
    }
}

/// A block of at most [`COLUMNS`] columns that share their coefficients.
fn diffuse_column_block(rows: &mut [&mut [f32]], line: &[[f32; 4]]) {
    let mut swept = vec![[f32x4::ZERO; COLUMN_VECTORS]; rows.len()];
    let mut before = [f32x4::ZERO; COLUMN_VECTORS];
    for ((swept, row), &[gain, carry, ..]) in swept.iter_mut().zip(rows.iter()).zip(line) {
        let (full, rest) = row.as_chunks::<LANES>();
        for (before, cells) in before.iter_mut().zip(full) {
            *before = sweep(gain, carry, f32x4::new(*cells), *before);
        }
        if let Some(before) = before.get_mut(full.len()).filter(|_| !rest.is_empty()) {
            *before = sweep(gain, carry, load(rest), *before);
        }
        *swept = before;
    }
    let mut solved = before;
    let mut flux_after = [f32x4::ZERO; COLUMN_VECTORS];
    let Some((first, others)) = rows.split_first_mut() else {
        return;
    };
    for (row, (swept_before, &line_before)) in others.iter_mut().zip(swept.iter().zip(line)).rev() {
        let back = swept_before.iter().zip(&mut solved).zip(&mut flux_after);
        let back = back.map(|((&swept_before, solved), flux_after)| {
            let (solved_before, flux) = flux_before(line_before, swept_before, *solved);
            *solved = solved_before;
            (std::mem::replace(flux_after, flux), flux)
        });
        keep_mass_of_row(row, back);
    }
    keep_mass_of_row(
        first,
        flux_after.into_iter().map(|flux_after| (flux_after, f32x4::ZERO)),
    );
}

/// Gives a row its new concentrations from the fluxes across the faces after and before each of its vectors.
#[inline(always)]
fn keep_mass_of_row(row: &mut [f32], mut fluxes: impl Iterator<Item = (f32x4, f32x4)>) {
    let (full, rest) = row.as_chunks_mut::<LANES>();
    for (cells, (after, before)) in full.iter_mut().zip(&mut fluxes) {
        *cells = keep_mass_lanes(f32x4::new(*cells), after, before).to_array();
    }
    if let Some((after, before)) = fluxes.next().filter(|_| !rest.is_empty()) {
        store(keep_mass_lanes(load(rest), after, before), rest);
    }
}

/// Columns one by one, where each voxel has coefficients of its own.
fn diffuse_columns_singly(rows: &mut [&mut [f32]], at: impl Fn(usize, usize) -> [f32; 4]) {
    let mut column = vec![0.0; rows.len()];
    let mut line = vec![[0.0; 4]; rows.len()];
    for lane in 0..rows[0].len() {
        for (i, row) in rows.iter().enumerate() {
            column[i] = row[lane];
            line[i] = at(i, lane);
        }
        diffuse_row(&mut column, &line);
        for (row, &cell) in rows.iter_mut().zip(&column) {
            row[lane] = cell;
        }
    }
}
