//! The part of an explant that walls take from it: a ball over a wall has places in the wall, and places beyond it where the
//! tissue around its centre does not reach.

use crate::model::domain::Domain;
use glam::DVec3;
use std::collections::HashSet;

/// Places that are looked at along each axis of the ball.
const PLACES: u32 = 401;

/// Shares of an explant by volume.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TakenByWalls {
    /// In a wall.
    pub inside: f64,
    /// In the gel, but not joined to its centre within the ball.
    pub beyond: f64,
}

/// The part of a ball that walls take; nothing where there are none, or where its centre is in one.
pub fn taken_by_walls(domain: &Domain, at_um: DVec3, radius_um: f64) -> TakenByWalls {
    if !domain.walls.contains(&true) || domain.in_wall(at_um) {
        return TakenByWalls::default();
    }
    let joined = joined_columns(domain, at_um, radius_um);
    let (mut all, mut inside, mut beyond) = (0.0, 0.0, 0.0);
    for (at, height) in places(at_um, radius_um) {
        let weight = if domain.planar() { 1.0 } else { height };
        all += weight;
        if domain.in_wall(at) {
            inside += weight;
        } else if !joined.contains(&column(domain, at)) {
            beyond += weight;
        }
    }
    if all == 0.0 {
        return TakenByWalls::default();
    }
    TakenByWalls {
        inside: inside / all,
        beyond: beyond / all,
    }
}

/// Places spread evenly over the disc of a ball as seen from above, and the height of the ball there.
fn places(at_um: DVec3, radius_um: f64) -> impl Iterator<Item = (DVec3, f64)> {
    let along = move |index: u32| (2.0 * (f64::from(index) + 0.5) / f64::from(PLACES) - 1.0) * radius_um;
    (0..PLACES * PLACES).filter_map(move |index| {
        let off = DVec3::new(along(index % PLACES), along(index / PLACES), 0.0);
        let height = radius_um.powi(2) - off.length_squared();
        (height >= 0.0).then(|| (at_um + off, height.sqrt()))
    })
}

fn column(domain: &Domain, at_um: DVec3) -> [u32; 2] {
    let voxel = (at_um / domain.voxel_um).floor().as_uvec3();
    [voxel.x.min(domain.voxels[0] - 1), voxel.y.min(domain.voxels[1] - 1)]
}

/// Columns of gel that are joined face by face to that of the centre, within the ball. Walls go through the whole height.
fn joined_columns(domain: &Domain, at_um: DVec3, radius_um: f64) -> HashSet<[u32; 2]> {
    let [wide, high] = [domain.voxels[0], domain.voxels[1]];
    let reach = radius_um + domain.voxel_um;
    let is_there = |&[x, y]: &[u32; 2]| {
        let middle = DVec3::new(f64::from(x) + 0.5, f64::from(y) + 0.5, 0.0) * domain.voxel_um;
        let solid = domain.walls[(y * wide + x) as usize];
        !solid && (middle - at_um).truncate().length() <= reach
    };
    let first = column(domain, at_um);
    let mut joined = HashSet::from([first]);
    let mut open = vec![first];
    while let Some([x, y]) = open.pop() {
        let beside = [
            (x > 0).then(|| [x - 1, y]),
            (x + 1 < wide).then(|| [x + 1, y]),
            (y > 0).then(|| [x, y - 1]),
            (y + 1 < high).then(|| [x, y + 1]),
        ];
        for next in beside.into_iter().flatten().filter(is_there) {
            if joined.insert(next) {
                open.push(next);
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    /// A well of 100 x 100 voxels of 1 µm with a wall at these columns of x.
    fn walled(columns: std::ops::Range<u32>, layers: u32) -> Domain {
        let plane: Vec<bool> = (0..10_000).map(|voxel| columns.contains(&(voxel % 100))).collect();
        Domain {
            voxels: [100, 100, layers],
            voxel_um: 1.0,
            layer_um: 20.0,
            walls: plane.repeat(layers as usize),
        }
    }

    #[test]
    fn a_wall_takes_the_segments_of_a_disc_and_the_caps_of_a_ball() {
        let radius: f64 = 40.0;
        // From the centre at 50 the wall goes from 60 to 64.
        let (near, far) = (10.0_f64, 14.0_f64);
        let segment = |off: f64| radius.powi(2) * (off / radius).acos() - off * (radius.powi(2) - off * off).sqrt();
        let cap = |off: f64| PI * (radius - off).powi(2) * (2.0 * radius + off) / 3.0;
        let disc = PI * radius.powi(2);
        let ball = 4.0 / 3.0 * PI * radius.powi(3);
        for (layers, whole, part) in [
            (1, disc, &segment as &dyn Fn(f64) -> f64),
            (100, ball, &cap as &dyn Fn(f64) -> f64),
        ] {
            let at = DVec3::new(50.0, 50.0, if layers == 1 { 0.5 } else { 50.0 });
            let taken = taken_by_walls(&walled(60..64, layers), at, radius);
            assert!((taken.beyond - part(far) / whole).abs() < 0.01, "{taken:?}");
            assert!(
                (taken.inside - (part(near) - part(far)) / whole).abs() < 0.01,
                "{taken:?}"
            );
        }
        let beside = taken_by_walls(&walled(95..99, 1), DVec3::new(50.0, 50.0, 0.5), radius);
        assert_eq!(beside, TakenByWalls::default());
    }
}
