//! A manufactured solution of the elastic gel: a movement written down first, and the force density that holds it, so that
//! the error of the solver is known at every node.

use crate::model::gel::Elasticity;
use crate::model::gel::equilibrium::{Gel, NoEquilibrium, load_of};
use crate::model::gel::lattice::Lattice;
use glam::{DMat3, DVec3};

/// A box of 1000 µm by 600 µm (by 400 µm) in `elements` along each axis; none along z is a sheet.
pub fn block(elements: [usize; 3]) -> Lattice {
    let size = DVec3::new(1000.0, 600.0, 400.0);
    let counts = DVec3::from_array(elements.map(|count| count.max(1) as f64));
    let mut edge_um = size / counts;
    if elements[2] == 0 {
        edge_um.z = 1.0;
    }
    Lattice {
        origin_um: DVec3::ZERO,
        edge_um,
        elements,
    }
}

/// For each node whether it lies on the rim.
pub fn rim(lattice: &Lattice) -> Vec<bool> {
    (0..lattice.node_count())
        .map(|node| {
            let place = Lattice::unflatten(lattice.nodes(), node);
            (0..lattice.axes()).any(|axis| place[axis] == 0 || place[axis] == lattice.elements[axis])
        })
        .collect()
}

/// A field at every node.
pub fn at_nodes(lattice: &Lattice, field: impl Fn(DVec3) -> DVec3) -> Vec<DVec3> {
    (0..lattice.node_count())
        .map(|node| field(lattice.node_um(node)))
        .collect()
}

/// Relative L2 distance of vectors from those expected.
pub fn relative_distance(found: &[DVec3], expected: &[DVec3]) -> f64 {
    let off: f64 = found.iter().zip(expected).map(|(f, e)| f.distance_squared(*e)).sum();
    let size: f64 = expected.iter().map(|e| e.length_squared()).sum();
    (off / size).sqrt()
}

/// u = (A sin ax cos by cos cz, B cos ax sin by cos cz, C cos ax cos by sin cz), µm.
#[derive(Clone, Copy, Debug)]
pub struct Manufactured {
    waves_per_um: DVec3,
    sizes_um: DVec3,
    elasticity: Elasticity,
    planar: bool,
}

/// Relative L2 errors of a solution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Errors {
    /// Of the movement, at the nodes.
    pub movement: f64,
    /// Of its gradient, in the middle of the elements.
    pub gradient: f64,
}

impl Manufactured {
    /// The solution in a sheet (plane stress) or in space.
    pub fn new(planar: bool, elasticity: Elasticity) -> Self {
        let waves_per_um = if planar {
            DVec3::new(0.006, 0.009, 0.0)
        } else {
            DVec3::new(0.003, 0.004, 0.005)
        };
        Self {
            waves_per_um,
            sizes_um: DVec3::new(3.0, -2.0, if planar { 0.0 } else { 1.5 }),
            elasticity,
            planar,
        }
    }

    fn shape(&self, place_um: DVec3) -> DVec3 {
        let along = self.waves_per_um * place_um;
        let (sines, cosines) = (along.map(f64::sin), along.map(f64::cos));
        DVec3::new(
            sines.x * cosines.y * cosines.z,
            cosines.x * sines.y * cosines.z,
            cosines.x * cosines.y * sines.z,
        )
    }

    /// The movement at a place, µm.
    pub fn movement_um(&self, place_um: DVec3) -> DVec3 {
        self.sizes_um * self.shape(place_um)
    }

    /// The force density that holds it, nN/µm³: −div σ = (λ + μ)(−∇ div u) + μ k² u, written out.
    pub fn density(&self, place_um: DVec3) -> DVec3 {
        let Elasticity { young, poisson } = self.elasticity;
        let shear = young / (2.0 * (1.0 + poisson));
        let lambda = if self.planar {
            young * poisson / (1.0 - poisson * poisson)
        } else {
            young * poisson / ((1.0 + poisson) * (1.0 - 2.0 * poisson))
        };
        let spread = self.sizes_um.dot(self.waves_per_um);
        self.shape(place_um)
            * (self.waves_per_um * ((lambda + shear) * spread)
                + self.sizes_um * (shear * self.waves_per_um.length_squared()))
    }

    fn gradient(&self, place_um: DVec3) -> DMat3 {
        // Central differences of the closed form are exact to 1e-9 here.
        let step = 1e-3;
        let along = |axis: DVec3| {
            (self.movement_um(place_um + axis * step) - self.movement_um(place_um - axis * step)) / (2.0 * step)
        };
        let z = if self.planar { DVec3::ZERO } else { along(DVec3::Z) };
        DMat3::from_cols(along(DVec3::X), along(DVec3::Y), z)
    }

    /// The errors of a gel of `elasticity` under the density that holds this solution, its rim moved as the solution
    /// says, in a [`block`] of `elements`. They vanish with the elements only where `elasticity` is that of the solution.
    ///
    /// # Errors
    /// When equilibrium is not reached.
    pub fn errors(&self, elements: [usize; 3], elasticity: Elasticity) -> Result<Errors, NoEquilibrium> {
        let lattice = block(elements);
        let expected = at_nodes(&lattice, |place| self.movement_um(place));
        let load = load_of(&lattice, |place| self.density(place));
        let gel = Gel::new(lattice.clone(), elasticity, &[], &rim(&lattice));
        let found = gel.solve(&load, &expected)?;
        let flat = |gradient: DMat3| [gradient.x_axis, gradient.y_axis, gradient.z_axis];
        let up = if self.planar { 0.0 } else { 1.0 };
        let to_middle = 0.5 * lattice.edge_um * DVec3::new(1.0, 1.0, up);
        let (mut found_slopes, mut slopes) = (Vec::new(), Vec::new());
        for element in 0..lattice.element_count() {
            found_slopes.extend(flat(lattice.gradient(&found, element)));
            slopes.extend(flat(self.gradient(lattice.element_um(element) + to_middle)));
        }
        Ok(Errors {
            movement: relative_distance(&found, &expected),
            gradient: relative_distance(&found_slopes, &slopes),
        })
    }
}
