//! Strain of the gel: Green strain, principal strains and axis, and the mechanical drive on cells.

use super::parameters::Mechano;
use glam::{DMat3, DVec3};

/// Principal strains of the plane at the peak of a cycle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrincipalStrain {
    /// Larger in size, engineering strain.
    pub major: f64,
    /// The other one in the plane.
    pub minor: f64,
    /// Direction of `major` in the reference frame, a unit vector.
    pub axis: DVec3,
}

/// Green strain E = ½ (FᵀF − 1), F = 1 + ∂u/∂X.
pub fn green_strain(gradient: DMat3) -> DMat3 {
    let deformation = DMat3::IDENTITY + gradient;
    (deformation.transpose() * deformation - DMat3::IDENTITY) * 0.5
}

/// Principal strains in the plane, from the in-plane part of a Green strain.
pub fn principal_strain(green: DMat3) -> PrincipalStrain {
    let (xx, yy, xy) = (green.x_axis.x, green.y_axis.y, green.y_axis.x);
    let mean = 0.5 * (xx + yy);
    let radius = (0.25 * (xx - yy).powi(2) + xy * xy).sqrt();
    let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
    let along = DVec3::new(angle.cos(), angle.sin(), 0.0);
    let engineering = |green: f64| (1.0 + 2.0 * green).max(0.0).sqrt() - 1.0;
    let (high, low) = (engineering(mean + radius), engineering(mean - radius));
    if high.abs() >= low.abs() {
        PrincipalStrain {
            major: high,
            minor: low,
            axis: along,
        }
    } else {
        PrincipalStrain {
            major: low,
            minor: high,
            axis: DVec3::new(-along.y, along.x, 0.0),
        }
    }
}

/// The mechanical drive of a strain amplitude and its frequency, 0 to 1: saturating in both.
pub fn strain_drive(strain: f64, frequency_hz: f64, mechano: &Mechano) -> f64 {
    let squared = strain * strain;
    let by_strain = squared / (squared + mechano.half_strain.powi(2));
    let by_frequency = frequency_hz / (frequency_hz + mechano.half_frequency_hz);
    by_strain * by_frequency
}

/// Preference of a strain for one direction: 0 equibiaxial, 1 where the minor strain vanishes or has the other sign.
pub fn anisotropy(strain: &PrincipalStrain) -> f64 {
    let size = strain.major.abs().max(strain.minor.abs());
    if size == 0.0 {
        0.0
    } else {
        ((strain.major - strain.minor).abs() / size).min(1.0)
    }
}
