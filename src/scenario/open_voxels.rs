//! The voxels whose centres lie in a box or a ball, and those of them that are walls: counted by sums along the rows of the
//! plane, so that many boxes in a large well are counted quickly. A scenario's walls go through the whole height.

use crate::model::domain::{Domain, Region};
use glam::DVec3;
use std::ops::Range;

/// Voxels of a part of a well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoxelCount {
    /// Those whose centres lie in it.
    pub all: u64,
    /// Those of them that are gel.
    pub open: u64,
}

impl VoxelCount {
    /// The share of them that are walls.
    pub fn walled_share(self) -> f64 {
        (self.all - self.open) as f64 / self.all.max(1) as f64
    }

    /// This count, or the other one where it is of no gel.
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.open > 0 { self } else { other() }
    }
}

/// Counts voxels of a domain.
#[derive(Debug)]
pub struct OpenVoxels<'d> {
    domain: &'d Domain,
    /// Walls in a row before each of its voxels and behind the last; empty where there are none.
    walls_before: Vec<u32>,
}

impl<'d> OpenVoxels<'d> {
    /// Prepares to count.
    pub fn of(domain: &'d Domain) -> Self {
        let [x, y, _] = domain.voxels.map(|n| n as usize);
        let plane = domain.walls.get(..x * y).unwrap_or_default();
        let mut walls_before = Vec::with_capacity(if plane.is_empty() { 0 } else { (x + 1) * y });
        for row in plane.chunks_exact(x) {
            let mut walls = 0;
            walls_before.push(walls);
            for &solid in row {
                walls += u32::from(solid);
                walls_before.push(walls);
            }
        }
        Self { domain, walls_before }
    }

    /// Those in a box.
    pub fn in_box(&self, region: &Region) -> VoxelCount {
        let along = |axis: usize| self.centres(axis, region.low_um[axis], region.high_um[axis]);
        let (across, layers) = (along(0), along(2));
        let plane = along(1).fold(VoxelCount::default(), |sum, row| {
            plus(sum, self.in_row(row, across.clone()))
        });
        let layers = layers.len() as u64;
        VoxelCount {
            all: plane.all * layers,
            open: plane.open * layers,
        }
    }

    /// All that a box touches.
    pub fn touched_by(&self, region: &Region) -> VoxelCount {
        let voxel_um = self.domain.voxel_um;
        self.in_box(&Region {
            low_um: (region.low_um / voxel_um).floor() * voxel_um,
            high_um: (region.high_um / voxel_um).ceil() * voxel_um,
        })
    }

    /// Those in a ball.
    pub fn in_ball(&self, at_um: DVec3, radius_um: f64) -> VoxelCount {
        let voxel_um = self.domain.voxel_um;
        // The half width of the ball where it is `off` away from its middle along one axis or two.
        let half = |off: f64, whole: f64| (whole * whole - off * off).max(0.0).sqrt();
        let around = |axis: usize, half_um: f64| {
            // The faces belong to the ball.
            let (low, high) = (at_um[axis] - half_um, at_um[axis] + half_um);
            self.centres(axis, low, high.next_up())
        };
        let off = |axis: usize, index: usize| (index as f64 + 0.5) * voxel_um - at_um[axis];
        let mut sum = VoxelCount::default();
        for layer in around(2, radius_um) {
            let disc = half(off(2, layer), radius_um);
            for row in around(1, disc) {
                sum = plus(sum, self.in_row(row, around(0, half(off(1, row), disc))));
            }
        }
        sum
    }

    fn in_row(&self, row: usize, across: Range<usize>) -> VoxelCount {
        let all = across.len() as u64;
        let before = |voxel: usize| {
            let place = row * (self.domain.voxels[0] as usize + 1) + voxel;
            u64::from(self.walls_before.get(place).copied().unwrap_or(0))
        };
        let walls = if all > 0 {
            before(across.end) - before(across.start)
        } else {
            0
        };
        VoxelCount { all, open: all - walls }
    }

    /// Voxels along an axis whose centres are at `low` or above it and below `high`.
    fn centres(&self, axis: usize, low: f64, high: f64) -> Range<usize> {
        let count = self.domain.voxels[axis] as usize;
        let first_from = |edge: f64| ((edge / self.domain.voxel_um - 0.5).ceil().max(0.0) as usize).min(count);
        let start = first_from(low);
        start..first_from(high).max(start)
    }
}

fn plus(a: VoxelCount, b: VoxelCount) -> VoxelCount {
    VoxelCount {
        all: a.all + b.all,
        open: a.open + b.open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::domain::voxel_centre_um;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_count_what_a_look_at_each_voxel_counts(
            voxels in [1_u32..9, 1_u32..9, 1_u32..5],
            seed in 0_u32..1000,
            low in prop::array::uniform3(-5.0..40.0),
            size in prop::array::uniform3(0.0..40.0),
        ) {
            let plane: Vec<bool> = (0..voxels[0] * voxels[1])
                .map(|voxel| (voxel + seed).wrapping_mul(2_654_435_761) >> 31 == 1)
                .collect();
            let walls = plane.repeat(voxels[2] as usize);
            let domain = Domain { voxels, voxel_um: 5.0, layer_um: 20.0, walls: if seed % 4 == 0 { Vec::new() } else { walls } };
            let (low_um, size) = (DVec3::from_array(low), DVec3::from_array(size));
            let region = Region { low_um, high_um: low_um + size };
            let slowly = |holds: &dyn Fn(DVec3) -> bool| {
                let held = (0..domain.voxel_count()).filter(|&voxel| holds(voxel_centre_um(&domain, voxel)));
                held.fold(VoxelCount::default(), |sum, voxel| VoxelCount {
                    all: sum.all + 1,
                    open: sum.open + u64::from(!domain.walls.get(voxel).copied().unwrap_or(false)),
                })
            };
            let open = OpenVoxels::of(&domain);
            prop_assert_eq!(open.in_box(&region), slowly(&|centre| region.contains(centre)));
            prop_assert_eq!(open.in_ball(low_um, size.x), slowly(&|centre| centre.distance(low_um) <= size.x));
        }
    }
}
