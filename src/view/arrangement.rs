//! The arrangement of the wells on the plate: a block for each condition, its replicates side by side.

use crate::export::hues::hues;
use crate::model::plate::Plate;
use glam::{DVec2, DVec3};

/// Between the wells of a condition, as a share of a well's width.
const GAP: f64 = 0.05;
/// Between blocks, as a share of a well's width.
const AISLE: f64 = 0.14;
/// Above a block, for its name, as a share of a well's height.
const LABEL: f64 = 0.14;

/// The wells on the plate. Plate coordinates are µm; x runs to the right, y upwards (away from the viewer's
/// feet), z out of the plate. A well's own coordinates begin at its corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// Lowest corner of each well, in the order of the plate's wells.
    pub corners_um: Vec<DVec3>,
    /// The condition of each well.
    pub conditions: Vec<usize>,
    /// The hue of each condition, as a number of the palette.
    pub hues: Vec<usize>,
    /// Lowest and highest corner of each condition's block of wells.
    pub blocks_um: Vec<(DVec2, DVec2)>,
    /// Edge lengths of a well.
    pub well_um: DVec3,
    /// Edge lengths of the whole plate, which begins at the origin; the names of conditions have room in it.
    pub size_um: DVec2,
}

impl Arrangement {
    /// Arranges a plate so that it fills a view of the given shape (width over height) as well as it can.
    pub fn of(plate: &Plate, shape: f64) -> Self {
        let conditions = plate.conditions.len().max(1);
        let candidates = (1..=conditions).map(|columns| Self::in_columns(plate, columns));
        let scale = |arrangement: &Self| {
            let DVec2 { x, y } = arrangement.size_um;
            (shape / x).min(1.0 / y)
        };
        let best = candidates.reduce(|best, next| if scale(&next) > scale(&best) { next } else { best });
        Self {
            hues: hues(plate),
            ..best.unwrap_or_else(|| Self::in_columns(plate, 1))
        }
    }

    fn in_columns(plate: &Plate, columns: usize) -> Self {
        let well_um = plate.domain.size_um();
        let most_wells = plate.conditions.iter().map(|c| c.wells).max().unwrap_or(1).max(1);
        let (gap, aisle, label) = (GAP * well_um.x, AISLE * well_um.x, LABEL * well_um.y);
        let block_width = f64::from(most_wells) * (well_um.x + gap) - gap;
        let block_height = well_um.y + label;
        let rows = plate.conditions.len().max(1).div_ceil(columns);
        let size_um = DVec2::new(
            columns as f64 * (block_width + aisle) + aisle,
            rows as f64 * (block_height + aisle) + aisle,
        );
        let block = |condition: usize| {
            let (column, row) = (condition % columns, condition / columns);
            DVec2::new(
                aisle + column as f64 * (block_width + aisle),
                size_um.y - (row as f64 + 1.0) * (block_height + aisle),
            )
        };
        let mut arrangement = Arrangement {
            corners_um: Vec::new(),
            conditions: Vec::new(),
            hues: Vec::new(),
            blocks_um: Vec::new(),
            well_um,
            size_um,
        };
        for (condition, treatment) in plate.conditions.iter().enumerate() {
            let low = block(condition);
            let width = f64::from(treatment.wells.max(1)) * (well_um.x + gap) - gap;
            arrangement.blocks_um.push((low, low + DVec2::new(width, well_um.y)));
            for replicate in 0..treatment.wells {
                let at = low + DVec2::new(f64::from(replicate) * (well_um.x + gap), 0.0);
                arrangement.corners_um.push(at.extend(0.0));
                arrangement.conditions.push(condition);
            }
        }
        arrangement
    }

    /// The same wells with one in sight: the others, and the block that it is of, are out of it.
    pub fn alone(&self, well: usize) -> Self {
        const AWAY_UM: f64 = 1e9;
        let mut alone = self.clone();
        for (number, corner) in alone.corners_um.iter_mut().enumerate() {
            if number != well {
                corner.x += AWAY_UM;
            }
        }
        for (number, (low, high)) in alone.blocks_um.iter_mut().enumerate() {
            match self.corners_um.get(well) {
                Some(corner) if self.conditions.get(well) == Some(&number) => {
                    (*low, *high) = (corner.truncate(), (*corner + self.well_um).truncate());
                }
                _ => {
                    low.x += AWAY_UM;
                    high.x += AWAY_UM;
                }
            }
        }
        alone
    }

    /// The hue of a condition.
    pub fn hue(&self, condition: usize) -> usize {
        self.hues.get(condition).copied().unwrap_or(condition)
    }

    /// The well at a point of the plate.
    pub fn well_at(&self, at_um: DVec2) -> Option<usize> {
        self.corners_um.iter().position(|corner| {
            let inside = at_um - corner.truncate();
            inside.cmpge(DVec2::ZERO).all() && inside.cmplt(self.well_um.truncate()).all()
        })
    }
}
