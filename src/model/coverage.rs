//! Shares of voxels that a ball covers.

use super::domain::Domain;
use glam::DVec3;

/// Lines along which a voxel is looked at, in each direction.
const LINES: u32 = 32;

/// The voxels that a ball (in a planar culture a disc) touches, each with the share of it that the ball covers.
pub fn covered_by_ball(domain: &Domain, centre_um: DVec3, radius_um: f64) -> Vec<(usize, f64)> {
    let edge = domain.voxel_um;
    let axes = if domain.planar() { 2 } else { 3 };
    let range = |axis: usize| {
        if axis == axes {
            return 0..1;
        }
        let last = f64::from(domain.voxels[axis]);
        let low = ((centre_um[axis] - radius_um) / edge).floor().clamp(0.0, last);
        let high = ((centre_um[axis] + radius_um) / edge).ceil().clamp(0.0, last);
        low as usize..high as usize
    };
    let [nx, ny, _] = domain.voxels.map(|n| n as usize);
    let mut covered = Vec::new();
    for z in range(2) {
        for y in range(1) {
            for x in range(0) {
                let low = DVec3::new(x as f64, y as f64, z as f64) * edge - centre_um;
                let share = if domain.planar() {
                    share_of_square([low.x, low.y], edge, radius_um)
                } else {
                    share_of_cube(low, edge, radius_um)
                };
                if share > 0.0 {
                    covered.push(((z * ny + y) * nx + x, share));
                }
            }
        }
    }
    covered
}

/// Integral over the part of an edge, which begins at `low`, that lies within `half` of the origin.
fn integral(low: f64, edge: f64, half: f64, of: impl Fn(f64) -> f64) -> f64 {
    let (from, width) = (low.max(-half), within(low, edge, half) / f64::from(LINES));
    (0..LINES)
        .map(|line| width * of(from + width * (f64::from(line) + 0.5)))
        .sum()
}

/// Length of an edge, which begins at `low`, within `half` of the origin.
fn within(low: f64, edge: f64, half: f64) -> f64 {
    ((low + edge).min(half) - low.max(-half)).max(0.0)
}

/// Half the chord of a circle about the origin, at a distance from it.
fn half_chord(radius: f64, at: f64) -> f64 {
    (radius * radius - at * at).max(0.0).sqrt()
}

/// Share of the square with its lowest corner at `low` within a disc about the origin.
fn share_of_square(low: [f64; 2], edge: f64, radius: f64) -> f64 {
    integral(low[0], edge, radius, |x| within(low[1], edge, half_chord(radius, x))) / (edge * edge)
}

/// Share of the cube with its lowest corner at `low` within a ball about the origin.
fn share_of_cube(low: DVec3, edge: f64, radius: f64) -> f64 {
    integral(low.z, edge, radius, |z| {
        share_of_square([low.x, low.y], edge, half_chord(radius, z))
    }) / edge
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    /// Wherever its centre lies, and however small it is: all voxels together hold the ball's own volume. By the centres of
    /// voxels it was 0 to 4 times as much.
    #[test]
    fn a_ball_has_its_volume_at_any_place() {
        for voxels in [[40, 40, 1], [20, 20, 20]] {
            let domain = Domain {
                voxels,
                voxel_um: 20.0,
                layer_um: 20.0,
                walls: Vec::new(),
            };
            for (radius, offset) in [
                (5.0, 0.0),
                (5.0, 9.7),
                (13.0, 3.3),
                (20.0, 10.0),
                (47.0, 6.1),
                (95.0, 1.9),
            ] {
                let centre = DVec3::splat(200.0 + offset);
                let shares: f64 = covered_by_ball(&domain, centre, radius)
                    .iter()
                    .map(|&(_, share)| share)
                    .sum();
                let (found, expected) = if domain.planar() {
                    (shares * 400.0, PI * radius * radius)
                } else {
                    (shares * 8000.0, 4.0 / 3.0 * PI * radius.powi(3))
                };
                assert!(
                    (found / expected - 1.0).abs() < 0.01,
                    "{voxels:?} {radius} {offset}: {found} for {expected}"
                );
            }
        }
    }

    #[test]
    fn beyond_the_rim_is_nothing() {
        let domain = Domain {
            voxels: [4, 4, 1],
            voxel_um: 20.0,
            layer_um: 20.0,
            walls: Vec::new(),
        };
        let quarter: f64 = covered_by_ball(&domain, DVec3::ZERO, 30.0)
            .iter()
            .map(|&(_, share)| share)
            .sum();
        assert!((quarter * 400.0 / (PI * 900.0 / 4.0) - 1.0).abs() < 0.01);
    }
}
