//! The area that axons have spread over: cells of a grid in the plane that a segment touches.

use crate::model::domain::Domain;
use glam::{DVec2, DVec3};

/// Cells are no smaller than this, µm, so that the area does not depend on a very fine field.
const SMALLEST_CELL_UM: f64 = 10.0;

/// A grid of cells and which of them were touched.
#[derive(Clone, Debug)]
pub struct Touched {
    cell_um: f64,
    per_um: f64,
    columns: i32,
    rows: i32,
    cells: Vec<bool>,
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
    /// No cell touched yet; the grid has the field's voxels, or cells of 10 µm where those are smaller.
    pub fn new(domain: &Domain) -> Self {
        let cell_um = domain.voxel_um.max(SMALLEST_CELL_UM);
        let size_um = domain.size_um();
        let columns = ((size_um.x / cell_um).ceil() as i32).max(1);
        let rows = ((size_um.y / cell_um).ceil() as i32).max(1);
        Self {
            cell_um,
            per_um: 1.0 / cell_um,
            columns,
            rows,
            cells: vec![false; columns as usize * rows as usize],
        }
    }

    /// Touches the cell of a point and says where that is.
    #[inline]
    pub fn begin(&mut self, point_um: DVec3) -> Stand {
        let at = point_um.truncate() * self.per_um;
        let cell = self.cell(at);
        self.mark(cell);
        Stand { at, cell }
    }

    /// Touches every cell that the straight segment to `point_um` passes through, seen from above, and says where
    /// it ends.
    #[inline]
    pub fn go_on(&mut self, from: Stand, point_um: DVec3) -> Stand {
        let at = point_um.truncate() * self.per_um;
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
        self.cells.iter().filter(|&&touched| touched).count() as f64 * self.cell_um * self.cell_um
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
        self.cells[(cell.1 * self.columns + cell.0) as usize] = true;
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
