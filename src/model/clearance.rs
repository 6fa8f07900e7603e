//! The distance of each voxel from the walls. It keeps cells out of them, smoothly, whatever way a wall runs.
//!
//! Exact Euclidean distances between voxel centres (P. Felzenszwalb and D. Huttenlocher, Theory of Computing 8, 2012),
//! less half a voxel, as a wall ends between two centres. Negative within walls.

use super::domain::{Domain, line_starts, line_stride};

/// Distance of each voxel's centre from the nearest wall, µm (x fastest); within a wall minus the distance from the gel.
/// Empty where there are no walls.
pub fn clearance_um(domain: &Domain) -> Vec<f32> {
    if !domain.walls.contains(&true) {
        return Vec::new();
    }
    let from_walls = squared_distances(domain, |voxel| domain.walls[voxel]);
    let from_gel = squared_distances(domain, |voxel| !domain.walls[voxel]);
    let distance = |squared: f64| (squared.sqrt() - 0.5) * domain.voxel_um;
    let signed = |(to_wall, to_gel): (f64, f64)| {
        if to_wall > 0.0 {
            distance(to_wall)
        } else {
            -distance(to_gel)
        }
    };
    from_walls
        .into_iter()
        .zip(from_gel)
        .map(|both| signed(both) as f32)
        .collect()
}

/// Squared distance to the nearest voxel that is `there`, in voxels; as far as the well is long where there is none.
fn squared_distances(domain: &Domain, there: impl Fn(usize) -> bool) -> Vec<f64> {
    let longest = domain.voxels.iter().map(|&n| f64::from(n)).sum::<f64>();
    let seed = |voxel| if there(voxel) { 0.0 } else { longest * longest };
    let mut squared: Vec<f64> = (0..domain.voxel_count()).map(seed).collect();
    for axis in 0..3 {
        let stride = line_stride(domain.voxels, axis);
        for start in line_starts(domain.voxels, axis) {
            let places = (0..domain.voxels[axis] as usize).map(|i| start + i * stride);
            let line: Vec<f64> = places.clone().map(|place| squared[place]).collect();
            for (place, nearest) in places.zip(lowest_parabolas(&line)) {
                squared[place] = nearest;
            }
        }
    }
    squared
}

/// At each place of a line the least of (distance to a place)² + its height: the lower envelope of parabolas.
fn lowest_parabolas(heights: &[f64]) -> Vec<f64> {
    // Parabolas of the envelope and where each begins to be the lowest.
    let mut lowest: Vec<(usize, f64)> = Vec::with_capacity(heights.len());
    for (place, &height) in heights.iter().enumerate() {
        let mut begins = f64::NEG_INFINITY;
        while let Some(&(earlier, from)) = lowest.last() {
            let (p, q) = (place as f64, earlier as f64);
            begins = ((height + p * p) - (heights[earlier] + q * q)) / (2.0 * (p - q));
            if begins > from {
                break;
            }
            lowest.pop();
            begins = f64::NEG_INFINITY;
        }
        lowest.push((place, begins));
    }
    let mut current = 0;
    let at = |place: usize| {
        while lowest.get(current + 1).is_some_and(|&(_, from)| from < place as f64) {
            current += 1;
        }
        let vertex = lowest[current].0;
        (place as f64 - vertex as f64).powi(2) + heights[vertex]
    };
    (0..heights.len()).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(voxels: [u32; 3], walls: Vec<bool>) -> Domain {
        Domain {
            voxels,
            voxel_um: 10.0,
            layer_um: 20.0,
            walls,
        }
    }

    /// Every wall looked at, for every voxel.
    fn by_hand(domain: &Domain) -> Vec<f32> {
        let [nx, ny, _] = domain.voxels.map(|n| n as usize);
        let place = |v: usize| [v % nx, v / nx % ny, v / (nx * ny)].map(|i| i as f64);
        let apart = |a: usize, b: usize| {
            let (a, b) = (place(a), place(b));
            (0..3).map(|axis| (a[axis] - b[axis]).powi(2)).sum::<f64>().sqrt()
        };
        (0..domain.voxel_count())
            .map(|here| {
                let solid = domain.walls[here];
                let others = (0..domain.voxel_count()).filter(|&other| domain.walls[other] != solid);
                let nearest = others.map(|other| apart(here, other)).fold(f64::INFINITY, f64::min);
                let distance = (nearest - 0.5) * 10.0;
                (if solid { -distance } else { distance }) as f32
            })
            .collect()
    }

    #[test]
    fn distances_are_those_to_the_nearest_wall() {
        for voxels in [[17, 13, 1], [9, 7, 6]] {
            let count = voxels.iter().product::<u32>();
            let walls = (0..count).map(|v| v.wrapping_mul(2_654_435_761) >> 27 == 3).collect();
            let domain = domain(voxels, walls);
            assert!(domain.walls.contains(&true), "no wall, no test");
            assert_eq!(clearance_um(&domain), by_hand(&domain));
            let mut other = domain.clone();
            let first = other.walls.iter().position(|&solid| solid).expect("there is one");
            other.walls[first] = false;
            assert_ne!(clearance_um(&other), by_hand(&domain), "a wall less would pass as well");
        }
    }

    #[test]
    fn without_walls_there_is_no_map() {
        assert!(clearance_um(&domain([4, 4, 1], vec![])).is_empty());
        assert!(clearance_um(&domain([4, 4, 1], vec![false; 16])).is_empty());
    }
}
