//! The convex hull of points in the plane, gathered point by point.

use glam::DVec2;
use std::f64::consts::TAU;

/// Points that wait at most before the hull is drawn anew.
const WAITING: usize = 1024;
/// Corners of the polygon that stands for a disc.
const CORNERS_OF_A_DISC: u32 = 90;

/// A convex hull that grows. Most points of an axon lie well within the hull: those in a circle in it are passed over at once.
#[derive(Clone, Debug, Default)]
pub struct Hull {
    /// The corners of the hull as it was last drawn, counter-clockwise, then the points that wait.
    points: Vec<DVec2>,
    corners: usize,
    /// Centre of a circle that lies within the hull, µm.
    centre_um: DVec2,
    /// Square of its radius, µm².
    within_um2: f64,
}

impl Hull {
    /// The hull of a disc: a polygon of the same area.
    pub fn of_disc(centre_um: DVec2, radius_um: f64) -> Self {
        let angle = TAU / f64::from(CORNERS_OF_A_DISC);
        // Not the system's sine: the same digits everywhere, in a browser too.
        let corner_um = radius_um * (angle / libm::sin(angle)).sqrt();
        let corner = |number| {
            let (sine, cosine) = libm::sincos(angle * f64::from(number));
            centre_um + corner_um * DVec2::new(cosine, sine)
        };
        let mut hull = Self {
            points: (0..CORNERS_OF_A_DISC).map(corner).collect(),
            ..Self::default()
        };
        hull.draw();
        hull
    }

    /// Adds a point, µm.
    #[inline]
    pub fn add(&mut self, point_um: DVec2) {
        if point_um.distance_squared(self.centre_um) < self.within_um2 {
            return;
        }
        self.points.push(point_um);
        if self.points.len() >= self.corners + WAITING {
            self.draw();
        }
    }

    /// Its area, µm².
    pub fn area_um2(mut self) -> f64 {
        self.draw();
        0.5 * edges(&self.points).map(|(from, to)| from.perp_dot(to)).sum::<f64>()
    }

    /// Draws it anew around all points (Andrew's monotone chain).
    fn draw(&mut self) {
        let by_place = |a: &DVec2, b: &DVec2| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y));
        self.points.sort_unstable_by(by_place);
        self.points.dedup();
        let lower = chain(self.points.iter().copied());
        let upper = chain(self.points.iter().rev().copied());
        // Each chain ends where the other begins.
        self.points.clear();
        self.points.extend(&lower[..lower.len().saturating_sub(1)]);
        self.points.extend(&upper[..upper.len().saturating_sub(1)]);
        self.corners = self.points.len();
        self.centre_um = self.points.iter().sum::<DVec2>() / self.corners.max(1) as f64;
        let within_um = edges(&self.points)
            .map(|(from, to)| (to - from).normalize_or_zero().perp_dot(self.centre_um - from))
            .fold(f64::INFINITY, f64::min);
        self.within_um2 = if within_um.is_finite() {
            within_um.max(0.0).powi(2)
        } else {
            0.0
        };
    }
}

/// The points, in order, without those at which the way does not turn left.
fn chain(points: impl Iterator<Item = DVec2>) -> Vec<DVec2> {
    let mut chain: Vec<DVec2> = Vec::new();
    for point in points {
        while let [.., before, last] = chain[..]
            && (last - before).perp_dot(point - last) <= 0.0
        {
            chain.pop();
        }
        chain.push(point);
    }
    chain
}

/// The edges of a polygon.
fn edges(corners: &[DVec2]) -> impl Iterator<Item = (DVec2, DVec2)> {
    let next = corners.iter().cycle().skip(1);
    corners.iter().copied().zip(next.copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A spiral passes every point beyond the hull so far; a grid has most points on a line or within.
    #[test]
    fn it_holds_all_points_however_many_wait() {
        let grid = (0..90_000).map(|i| DVec2::new(f64::from(i % 300), f64::from(i / 300)));
        let mut hull = Hull::default();
        grid.for_each(|point| hull.add(point));
        assert_eq!(hull.area_um2(), 299.0 * 299.0);
        let turn = TAU / 1000.0;
        let spiral = (0..20_000).map(|i| f64::from(i) * DVec2::from_angle(turn * f64::from(i)));
        let mut hull = Hull::default();
        spiral.for_each(|point| hull.add(point));
        // The last turn alone, closed by the line from its end to its beginning.
        let last = (19_000..20_000).map(|i| f64::from(i) * DVec2::from_angle(turn * f64::from(i)));
        let mut alone = Hull::default();
        last.for_each(|point| alone.add(point));
        assert!((hull.area_um2() / alone.area_um2() - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_disc_has_its_area_and_a_point_or_a_line_has_none() {
        let area = Hull::of_disc(DVec2::new(500.0, -20.0), 10.0).area_um2();
        assert!((area / (std::f64::consts::PI * 100.0) - 1.0).abs() < 1e-9, "{area}");
        assert_eq!(Hull::of_disc(DVec2::ONE, 0.0).area_um2(), 0.0);
        assert_eq!(Hull::default().area_um2(), 0.0);
        let mut line = Hull::default();
        (0..5000).for_each(|i| line.add(DVec2::splat(f64::from(i))));
        assert_eq!(line.area_um2(), 0.0);
    }
}
