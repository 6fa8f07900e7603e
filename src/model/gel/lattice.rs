//! A regular lattice of box-shaped elements over a gel: nodes at their corners, numbers at nodes or in elements, and what
//! lies between them. One element thick in z and without nodes above each other where the gel is planar.

use glam::{DMat3, DVec3};

/// Elements of the same size, x fastest; nodes at their corners, x fastest too.
#[derive(Clone, Debug, PartialEq)]
pub struct Lattice {
    /// The first node, µm.
    pub origin_um: DVec3,
    /// Edges of an element, µm; in a plane z is 1, so that volumes are areas.
    pub edge_um: DVec3,
    /// Elements along x, y and z; 0 along z in a plane.
    pub elements: [usize; 3],
}

impl Lattice {
    /// Axes along which there are elements: 2 in a plane, 3 in space.
    pub fn axes(&self) -> usize {
        if self.elements[2] == 0 { 2 } else { 3 }
    }

    /// Nodes along each axis.
    pub fn nodes(&self) -> [usize; 3] {
        self.elements.map(|count| count + 1)
    }

    /// Number of nodes.
    pub fn node_count(&self) -> usize {
        self.nodes().iter().product()
    }

    /// Number of elements.
    pub fn element_count(&self) -> usize {
        self.elements.iter().map(|&count| count.max(1)).product()
    }

    /// Volume of an element, µm³ (in a plane its area, µm²).
    pub fn element_volume(&self) -> f64 {
        self.edge_um.element_product()
    }

    /// From a node to its neighbour along each axis, in memory.
    pub fn strides(&self) -> [usize; 3] {
        let [x, y, _] = self.nodes();
        [1, x, x * y]
    }

    /// The place of a node or element, given by its number, along each axis.
    pub fn unflatten(counts: [usize; 3], index: usize) -> [usize; 3] {
        let [x, y, _] = counts.map(|count| count.max(1));
        [index % x, index / x % y, index / (x * y)]
    }

    /// Where a node is, µm.
    pub fn node_um(&self, node: usize) -> DVec3 {
        let place = Self::unflatten(self.nodes(), node).map(|i| i as f64);
        self.origin_um + DVec3::from_array(place) * self.edge_um
    }

    /// The first corner of an element, µm.
    pub fn element_um(&self, element: usize) -> DVec3 {
        let place = Self::unflatten(self.elements, element).map(|i| i as f64);
        self.origin_um + DVec3::from_array(place) * self.edge_um
    }

    /// The first node of an element.
    pub fn first_node(&self, element: usize) -> usize {
        let [x, y, z] = Self::unflatten(self.elements, element);
        let strides = self.strides();
        x + y * strides[1] + z * strides[2]
    }

    /// The corners of an element: 4 in a plane, 8 in space; bit k of a corner says whether it is the upper one along
    /// axis k.
    pub fn corners(&self) -> usize {
        1 << self.axes()
    }

    /// The node at a corner of the element whose first node is `first`.
    pub fn corner_node(&self, first: usize, corner: usize) -> usize {
        let strides = self.strides();
        (0..self.axes()).fold(first, |node, axis| node + (corner >> axis & 1) * strides[axis])
    }

    /// Slopes of the shape functions at a place of an element, 0 to 1 along each axis; per µm.
    pub fn slopes(&self, corner: usize, share: DVec3) -> DVec3 {
        let weight = |axis: usize| {
            if corner >> axis & 1 == 1 {
                share[axis]
            } else {
                1.0 - share[axis]
            }
        };
        let mut slopes = DVec3::ZERO;
        for axis in 0..self.axes() {
            let others: f64 = (0..self.axes()).filter(|&other| other != axis).map(weight).product();
            let sign = if corner >> axis & 1 == 1 { 1.0 } else { -1.0 };
            slopes[axis] = sign * others / self.edge_um[axis];
        }
        slopes
    }

    /// The value of the shape function of a corner at a place of an element.
    pub fn shape(&self, corner: usize, share: DVec3) -> f64 {
        (0..self.axes())
            .map(|axis| {
                if corner >> axis & 1 == 1 {
                    share[axis]
                } else {
                    1.0 - share[axis]
                }
            })
            .product()
    }

    /// Gradient ∂u/∂X of numbers at nodes, in the middle of an element, where it is exact to second order.
    pub fn gradient(&self, values: &[DVec3], element: usize) -> DMat3 {
        let first = self.first_node(element);
        let mut gradient = DMat3::ZERO;
        for corner in 0..self.corners() {
            let slopes = self.slopes(corner, DVec3::splat(0.5));
            let value = values[self.corner_node(first, corner)];
            for axis in 0..self.axes() {
                *gradient.col_mut(axis) += value * slopes[axis];
            }
        }
        gradient
    }

    /// Numbers at nodes, between them at `place_um`; beyond the outer nodes as on the rim.
    pub fn at_node_values(&self, values: &[DVec3], place_um: DVec3) -> DVec3 {
        let (low, share) = between(place_um - self.origin_um, self.edge_um, self.nodes());
        let strides = self.strides();
        let first = low[0] + low[1] * strides[1] + low[2] * strides[2];
        (0..self.corners())
            .map(|corner| (corner, self.shape(corner, share)))
            .filter(|&(_, weight)| weight > 0.0)
            .map(|(corner, weight)| values[self.corner_node(first, corner)] * weight)
            .sum()
    }

    /// Elements around `place_um` with their weights: those between whose middles it lies, the middle of the outer ones
    /// standing for the rim.
    pub fn elements_around(&self, place_um: DVec3) -> impl Iterator<Item = (usize, f64)> {
        let counts = self.elements.map(|count| count.max(1));
        let (low, share) = between(place_um - self.origin_um - 0.5 * self.edge_um, self.edge_um, counts);
        let axes = self.axes();
        (0..1_usize << axes).filter_map(move |corner| {
            let mut weight = 1.0;
            let mut place = low;
            for axis in 0..axes {
                let upper = corner >> axis & 1;
                weight *= if upper == 1 { share[axis] } else { 1.0 - share[axis] };
                place[axis] += upper;
            }
            (weight > 0.0).then_some(((place[2] * counts[1] + place[1]) * counts[0] + place[0], weight))
        })
    }
}

/// The lower of the points between which a place lies along each axis, and how far from it to the next, 0 to 1.
fn between(from_first_um: DVec3, edge_um: DVec3, counts: [usize; 3]) -> ([usize; 3], DVec3) {
    let mut low = [0; 3];
    let mut share = DVec3::ZERO;
    for axis in 0..3 {
        if counts[axis] > 1 {
            let place = (from_first_um[axis] / edge_um[axis]).clamp(0.0, (counts[axis] - 1) as f64);
            low[axis] = (place as usize).min(counts[axis] - 2);
            share[axis] = place - low[axis] as f64;
        }
    }
    (low, share)
}
