//! Points of the Sobol sequence, unscrambled and in the order of Antonov and Saleev (Gray code), as `scipy.stats.qmc.Sobol` gives
//! them: each new point differs from the one before by one direction number a dimension.

use super::sobol_table::DIMENSIONS;

/// Dimensions that there are direction numbers for.
pub const MOST_DIMENSIONS: usize = DIMENSIONS.len() + 1;

/// Bits of a coordinate, and of a point's number.
const BITS: usize = u32::BITS as usize;

/// One dimension of the sequence; the default is the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sobol {
    /// What each bit of a point's Gray code turns in its coordinate.
    directions: [u32; BITS],
}

impl Sobol {
    /// The dimension with this number, from 0; `None` beyond [`MOST_DIMENSIONS`].
    pub fn dimension(number: usize) -> Option<Self> {
        let mut directions: [u32; BITS] = [1; BITS];
        if let Some(row) = number.checked_sub(1) {
            let (polynomial, first) = *DIMENSIONS.get(row)?;
            let degree = first.len();
            directions[..degree].copy_from_slice(first);
            for bit in degree..BITS {
                let mut next = directions[bit - degree];
                for power in 1..=degree {
                    if polynomial >> (degree - power) & 1 == 1 {
                        next ^= directions[bit - power] << power;
                    }
                }
                directions[bit] = next;
            }
        }
        for (bit, direction) in directions.iter_mut().enumerate() {
            *direction <<= BITS - 1 - bit;
        }
        Some(Self { directions })
    }

    /// The coordinate of a point by its number from 0, from 0 to below 1.
    pub fn coordinate(&self, point: u32) -> f64 {
        let gray = point ^ (point >> 1);
        let turned = (0..BITS).filter(|bit| gray >> bit & 1 == 1);
        let word = turned.fold(0, |word, bit| word ^ self.directions[bit]);
        f64::from(word) / 2.0_f64.powi(BITS as i32)
    }
}

impl Default for Sobol {
    fn default() -> Self {
        Self {
            directions: std::array::from_fn(|bit| 1 << (BITS - 1 - bit)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of `scipy.stats.qmc.Sobol(64, scramble=False)` of SciPy 1.17.1: number, then some of their coordinates.
    #[test]
    fn points_are_those_of_scipy() {
        let columns = [0, 1, 2, 3, 10, 31, 63];
        let dimensions = columns.map(|number| Sobol::dimension(number).expect("a dimension"));
        let points: [(u32, [f64; 7]); 6] = [
            (0, [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            (1, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),
            (2, [0.75, 0.25, 0.25, 0.25, 0.75, 0.25, 0.75]),
            (5, [0.875, 0.875, 0.125, 0.375, 0.375, 0.625, 0.625]),
            (
                100,
                [
                    0.4140625, 0.2578125, 0.7734375, 0.7265625, 0.4609375, 0.4140625, 0.6484375,
                ],
            ),
            (
                777,
                [
                    0.6923828125,
                    0.9365234375,
                    0.1630859375,
                    0.2744140625,
                    0.7451171875,
                    0.8994140625,
                    0.4267578125,
                ],
            ),
        ];
        for (point, expected) in points {
            let found: Vec<f64> = dimensions.iter().map(|dimension| dimension.coordinate(point)).collect();
            assert_eq!(found, expected, "point {point}");
        }
        // Two dimensions that change places are another sequence.
        assert_ne!(dimensions[1].coordinate(777), dimensions[2].coordinate(777));
        assert_eq!(Sobol::dimension(MOST_DIMENSIONS), None);
    }

    /// Of the first 2^k points of a dimension there is one in each of 2^k equal intervals.
    #[test]
    fn every_dimension_fills_each_interval_once() {
        for number in 0..MOST_DIMENSIONS {
            let dimension = Sobol::dimension(number).expect("a dimension");
            let mut filled = [false; 256];
            (0..256).for_each(|point| filled[(dimension.coordinate(point) * 256.0) as usize] = true);
            assert!(filled.iter().all(|&filled| filled), "dimension {number}");
        }
    }
}
