//! Linear elasticity on a lattice, without a matrix: the stiffness of an element between its corners, and from that the
//! force on a node from its neighbours.
//!
//! σ = λ tr(ε) 1 + 2μ ε with bilinear elements under plane stress in a plane (λ = Eν/(1 − ν²)) and trilinear ones in space
//! (λ = Eν/((1 + ν)(1 − 2ν))), μ = E/(2(1 + ν)). All elements are alike, so a node's row depends only on which of the
//! elements around it are there.

use super::lattice::Lattice;
use glam::{DMat3, DVec3};

/// An elastic gel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elasticity {
    /// Young's modulus; stress and force come out in its unit.
    pub young: f64,
    /// Poisson's ratio, below 0.5.
    pub poisson: f64,
}

/// The forces on nodes from their neighbours.
pub struct Stencils {
    /// For each set of elements around a node its row: neighbours by their distance in memory, and the force per movement.
    rows: Vec<Vec<(isize, DMat3)>>,
    /// For each set of elements the inverse of the node's own block of the row.
    inverses: Vec<DMat3>,
    /// A bound for the largest eigenvalue of the rows after those inverses.
    pub largest: f64,
}

impl Stencils {
    /// Rows for the elements of a lattice.
    pub fn of(lattice: &Lattice, elasticity: &Elasticity) -> Self {
        let element = element_stiffness(lattice, elasticity);
        let corners = lattice.corners();
        let strides = lattice.strides();
        let offset = |from: usize, to: usize| -> isize {
            (0..lattice.axes())
                .map(|axis| ((to >> axis & 1) as isize - (from >> axis & 1) as isize) * strides[axis] as isize)
                .sum()
        };
        let mut rows = Vec::new();
        let mut inverses = Vec::new();
        for present in 0..1_usize << corners {
            let mut row: Vec<(isize, DMat3)> = Vec::new();
            for own in (0..corners).filter(|own| present >> own & 1 == 1) {
                for other in 0..corners {
                    let block = element[own * corners + other];
                    let at = offset(own, other);
                    match row.iter_mut().find(|(known, _)| *known == at) {
                        Some((_, sum)) => *sum += block,
                        None => row.push((at, block)),
                    }
                }
            }
            row.sort_by_key(|&(at, _)| at);
            let own = row.iter().find(|(at, _)| *at == 0);
            inverses.push(own.map_or(DMat3::ZERO, |(_, block)| planar_inverse(*block, lattice.axes())));
            rows.push(row);
        }
        let largest = largest_eigenvalue(&element, corners, lattice.axes());
        Self {
            rows,
            inverses,
            largest,
        }
    }

    /// The force on a node around which the elements `present` are: the sum over its row. A bit of `present` is the corner
    /// that the node is of that element.
    pub fn force(&self, present: u8, node: usize, moved: &[DVec3]) -> DVec3 {
        let mut force = DVec3::ZERO;
        for &(offset, block) in &self.rows[present as usize] {
            force += block * moved[node.wrapping_add_signed(offset)];
        }
        force
    }

    /// The movement that would answer `force` if the neighbours stood still.
    pub fn yields(&self, present: u8, force: DVec3) -> DVec3 {
        self.inverses[present as usize] * force
    }
}

/// Force on corner a for movement of corner b, `[a * corners + b]`, by two Gauss points along each axis.
pub fn element_stiffness(lattice: &Lattice, elasticity: &Elasticity) -> Vec<DMat3> {
    let Elasticity { young, poisson } = *elasticity;
    let shear = young / (2.0 * (1.0 + poisson));
    let lambda = match lattice.axes() {
        2 => young * poisson / (1.0 - poisson * poisson),
        _ => young * poisson / ((1.0 + poisson) * (1.0 - 2.0 * poisson)),
    };
    let corners = lattice.corners();
    let mut stiffness = vec![DMat3::ZERO; corners * corners];
    for share in gauss_points(lattice) {
        let weight = lattice.element_volume() / corners as f64;
        let slopes: Vec<DVec3> = (0..corners).map(|corner| lattice.slopes(corner, share)).collect();
        for (a, &along) in slopes.iter().enumerate() {
            for (b, &across) in slopes.iter().enumerate() {
                let outer =
                    |left: DVec3, right: DVec3| DMat3::from_cols(left * right.x, left * right.y, left * right.z);
                let both = outer(along, across) * lambda
                    + outer(across, along) * shear
                    + DMat3::from_diagonal(DVec3::splat(shear * along.dot(across)));
                stiffness[a * corners + b] += both * weight;
            }
        }
    }
    if lattice.axes() == 2 {
        // Nothing leaves the plane.
        for block in &mut stiffness {
            block.z_axis.z = 0.0;
        }
    }
    stiffness
}

/// Two Gauss points along each axis, as places of an element.
pub fn gauss_points(lattice: &Lattice) -> impl Iterator<Item = DVec3> {
    let (axes, corners) = (lattice.axes(), lattice.corners());
    let reach = 0.5 / 3.0_f64.sqrt();
    (0..corners).map(move |point| {
        let place = |axis: usize| match (axis < axes, point >> axis & 1) {
            (false, _) => 0.0,
            (true, 0) => 0.5 - reach,
            (true, _) => 0.5 + reach,
        };
        DVec3::new(place(0), place(1), place(2))
    })
}

fn planar_inverse(block: DMat3, axes: usize) -> DMat3 {
    if axes == 3 {
        return block.inverse();
    }
    let mut filled = block;
    filled.z_axis.z = 1.0;
    let mut inverse = filled.inverse();
    inverse.z_axis.z = 0.0;
    inverse
}

/// The largest eigenvalue of an element after the inverses of its own blocks, by power iteration; it bounds that of any
/// lattice of such elements.
fn largest_eigenvalue(element: &[DMat3], corners: usize, axes: usize) -> f64 {
    let mut moved: Vec<DVec3> = (0..corners)
        .map(|corner| {
            DVec3::new(
                (corner as f64 * 1.7).sin(),
                (corner as f64 * 2.9 + 1.0).cos(),
                (corner as f64 * 0.6).cos(),
            )
        })
        .collect();
    let mut largest = 1.0;
    for _ in 0..100 {
        let answer: Vec<DVec3> = (0..corners)
            .map(|a| {
                let force: DVec3 = (0..corners).map(|b| element[a * corners + b] * moved[b]).sum();
                planar_inverse(element[a * corners + a], axes) * force
            })
            .collect();
        largest = answer.iter().map(|v| v.length_squared()).sum::<f64>().sqrt();
        moved = answer.into_iter().map(|v| v / largest.max(f64::MIN_POSITIVE)).collect();
    }
    largest
}
