//! The layout of the picture of a plate.

use crate::model::plate::Plate;
use crate::readout::culture::{Site, sites};

/// Around the picture and between blocks, in points.
pub const MARGIN: u32 = 48;
/// Between the wells of a condition.
const GAP: u32 = 10;
/// For the plate's name above, and for the scales below.
const HEAD: u32 = 132;
const FOOT: u32 = 84;
/// For a condition's name above its wells.
const LABEL: u32 = 50;
/// Most wells shown of a condition.
pub const MOST_WELLS: u32 = 6;
/// Most conditions shown.
pub const MOST_CONDITIONS: usize = 48;
/// Width aimed at.
const WIDTH: u32 = 3000;
/// Edge of a well's picture, from the least that shows anything to the most that is of use.
const TILE: (u32, u32) = (120, 640);
/// Most points of the whole picture.
const MOST_POINTS: u64 = 16_000_000;

/// The number of wells of a plate that its picture shows.
pub fn wells_drawn(plate: &Plate) -> usize {
    sites(plate).iter().filter(|site| is_drawn(site)).count()
}

/// Whether the picture shows a well.
pub fn is_drawn(site: &Site) -> bool {
    site.condition < MOST_CONDITIONS && site.replicate < MOST_WELLS
}

/// The places of everything: blocks of one condition each, in as many columns as make the picture
/// about 4:3. In points.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Edge of a well.
    pub tile: u32,
    /// Width of a condition's wells together.
    pub block_width: u32,
    columns: u32,
    /// Width of the picture.
    pub width: u32,
    /// Height of the picture.
    pub height: u32,
}

impl Layout {
    /// The layout of a plate.
    pub fn of(plate: &Plate) -> Self {
        let conditions = plate.conditions.len().clamp(1, MOST_CONDITIONS) as u32;
        let wells = plate
            .conditions
            .iter()
            .take(MOST_CONDITIONS)
            .map(|c| c.wells)
            .max()
            .unwrap_or(1)
            .clamp(1, MOST_WELLS);
        let most_columns = (f64::from(conditions).sqrt().ceil() as u32 + 1).max(4).min(conditions);
        let candidates = (1..=most_columns).map(|columns| Self::with_columns(conditions, wells, columns));
        let unlike = |layout: &Self| {
            (f64::from(layout.width) / f64::from(layout.height) / (4.0 / 3.0))
                .ln()
                .abs()
        };
        candidates
            .min_by(|a, b| unlike(a).total_cmp(&unlike(b)))
            .unwrap_or_else(|| Self::with_columns(conditions, wells, 1))
    }

    /// The largest wells that keep the picture's width and its number of points.
    fn with_columns(conditions: u32, wells: u32, columns: u32) -> Self {
        let gaps = columns * (wells - 1) * GAP + (columns + 1) * MARGIN;
        let mut tile = (WIDTH.saturating_sub(gaps) / (wells * columns)).clamp(TILE.0, TILE.1);
        loop {
            let block_width = wells * tile + (wells - 1) * GAP;
            let rows = conditions.div_ceil(columns);
            let width = columns * block_width + (columns + 1) * MARGIN;
            let height = HEAD + rows * (LABEL + tile) + (rows - 1) * MARGIN / 2 + FOOT + MARGIN / 2;
            if u64::from(width) * u64::from(height) <= MOST_POINTS || tile <= TILE.0 {
                return Self {
                    tile,
                    block_width,
                    columns,
                    width,
                    height,
                };
            }
            tile -= 1;
        }
    }

    /// The upper left corner of a condition, name included.
    pub fn block(&self, condition: usize) -> (u32, u32) {
        let (column, row) = (condition as u32 % self.columns, condition as u32 / self.columns);
        (
            MARGIN + column * (self.block_width + MARGIN),
            HEAD + row * (LABEL + self.tile + MARGIN / 2),
        )
    }

    /// The upper left corner of a well.
    pub fn well(&self, site: &Site) -> (u32, u32) {
        let (x, y) = self.block(site.condition);
        (x + site.replicate * (self.tile + GAP), y + LABEL)
    }
}
