//! Saltelli's design for Sobol indices (Saltelli et al. 2010, Computer Physics Communications 181, 259–270): for every base point two
//! points A and B, and for each key the point A with that key's coordinate of B.

use super::sobol::{MOST_DIMENSIONS, Sobol};

/// Keys at most: A and B take a dimension each.
pub const MOST_KEYS: usize = MOST_DIMENSIONS / 2;

/// Points of a base point, for so many keys.
pub const fn points_of_base(keys: u64) -> u64 {
    keys + 2
}

/// One key of the design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saltelli {
    number: u64,
    keys: u64,
    /// The first base point in the sequence: as many as there are, rounded up to a power of two, are passed over, where A and B go together.
    first: u32,
    a: Sobol,
    b: Sobol,
}

impl Saltelli {
    /// The key with this number among `keys` of a design with `points` points; `None` beyond [`MOST_KEYS`].
    pub fn key(number: usize, keys: usize, points: u64) -> Option<Self> {
        if keys > MOST_KEYS {
            return None;
        }
        let bases = (points / points_of_base(keys as u64)).clamp(1, 1 << 30) as u32;
        Some(Self {
            number: number as u64,
            keys: keys as u64,
            first: bases.next_power_of_two(),
            a: Sobol::dimension(number)?,
            b: Sobol::dimension(keys + number)?,
        })
    }

    /// The coordinate of a point by its number from 0, from 0 to below 1.
    pub fn coordinate(&self, point: u64) -> f64 {
        let (base, member) = (point / points_of_base(self.keys), point % points_of_base(self.keys));
        // A, B, then A with the coordinate of B of one key after the other.
        let of_b = member == 1 || member == self.number + 2;
        let sequence = if of_b { &self.b } else { &self.a };
        sequence.coordinate(self.first + base as u32)
    }
}
