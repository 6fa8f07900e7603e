//! The area that axons have spread over: cells of a grid in the plane that a segment touches.

use crate::model::domain::Domain;
use glam::{DVec2, DVec3};

/// Edge of a cell, µm: a length of its own, so that the area does not depend on the voxels of the field.
const CELL_UM: f64 = 20.0;
/// Cells in a word.
const BITS: usize = u64::BITS as usize;

/// A grid of cells and which of them were touched.
#[derive(Clone, Debug)]
pub struct Touched {
    columns: i32,
    rows: i32,
    /// A bit for each, x fastest.
    cells: Vec<u64>,
}

/// The point that a path has got to on the grid.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    /// In units of cells.
    at: DVec2,
    /// The cell it is in.
    cell: (i32, i32),
}

impl Touched {
    /// No cell touched yet.
    pub fn new(domain: &Domain) -> Self {
        let size_um = domain.size_um();
        let columns = ((size_um.x / CELL_UM).ceil() as i32).max(1);
        let rows = ((size_um.y / CELL_UM).ceil() as i32).max(1);
        Self {
            columns,
            rows,
            cells: vec![0; (columns as usize * rows as usize).div_ceil(BITS)],
        }
    }

    /// Touches the cell of a point and says where that is.
    #[inline]
    pub fn begin(&mut self, point_um: DVec3) -> Stand {
        let at = point_um.truncate() / CELL_UM;
        let cell = self.cell(at);
        self.mark(cell);
        Stand { at, cell }
    }

    /// Touches every cell that the straight segment to `point_um` passes through, seen from above, and says where
    /// it ends.
    #[inline]
    pub fn go_on(&mut self, from: Stand, point_um: DVec3) -> Stand {
        let at = point_um.truncate() / CELL_UM;
        let cell = self.cell(at);
        // Most points lie in the cell of the point before; from a cell to its neighbour across a face there is
        // nothing in between.
        match from.cell.0.abs_diff(cell.0) + from.cell.1.abs_diff(cell.1) {
            0 => {}
            1 => self.mark(cell),
            _ => self.walk(from.at, at, from.cell, cell),
        }
        Stand { at, cell }
    }

    /// Area of the touched cells, µm².
    pub fn area_um2(&self) -> f64 {
        let touched: u32 = self.cells.iter().map(|cells| cells.count_ones()).sum();
        f64::from(touched) * CELL_UM * CELL_UM
    }

    #[inline]
    fn cell(&self, at: DVec2) -> (i32, i32) {
        // Points on or beyond the rim belong to the outermost cells.
        (
            (at.x as i32).clamp(0, self.columns - 1),
            (at.y as i32).clamp(0, self.rows - 1),
        )
    }

    #[inline]
    fn mark(&mut self, cell: (i32, i32)) {
        let place = cell.1 as usize * self.columns as usize + cell.0 as usize;
        self.cells[place / BITS] |= 1 << (place % BITS);
    }

    /// From cell to cell across the nearest face (Amanatides and Woo).
    #[cold]
    fn walk(&mut self, from: DVec2, to: DVec2, start: (i32, i32), end: (i32, i32)) {
        let step = to - from;
        let faces = |from: f64, step: f64, cell: i32| {
            let next = if step > 0.0 { cell as f64 + 1.0 } else { cell as f64 };
            if step == 0.0 {
                (f64::INFINITY, f64::INFINITY)
            } else {
                ((next - from) / step, (1.0 / step).abs())
            }
        };
        let (mut next_x, every_x) = faces(from.x, step.x, start.0);
        let (mut next_y, every_y) = faces(from.y, step.y, start.1);
        let mut cell = start;
        while cell != end {
            // Once level with the end along one direction only the other is left to go.
            if cell.1 == end.1 || (cell.0 != end.0 && next_x < next_y) {
                cell.0 = if end.0 > cell.0 { cell.0 + 1 } else { cell.0 - 1 };
                next_x += every_x;
            } else {
                cell.1 = if end.1 > cell.1 { cell.1 + 1 } else { cell.1 - 1 };
                next_y += every_y;
            }
            self.mark(cell);
        }
    }
}
