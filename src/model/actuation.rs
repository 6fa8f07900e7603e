//! Actuation: how a uniform mode of it moves the gel, and the strain at the peak of a cycle.

use super::parameters::Actuation;
use super::plate::{StrainMode, StrainProtocol};
use super::strain::{PrincipalStrain, green_strain, principal_strain};
use glam::{DMat3, DVec3};

/// Displacement gradient ∂u/∂X at the peak of a cycle, for an amplitude given as engineering strain; zero where it differs
/// from place to place.
pub fn displacement_gradient(mode: &StrainMode, actuation: &Actuation) -> DMat3 {
    let amplitude = actuation.amplitude;
    let across = -actuation.poisson * amplitude;
    // Strain through the thickness of a plane under stress in its plane only.
    let equibiaxial_thinning = -2.0 * actuation.poisson / (1.0 - actuation.poisson) * amplitude;
    let along_x = match mode {
        StrainMode::Uniaxial => DMat3::from_diagonal(DVec3::new(amplitude, across, across)),
        StrainMode::Equibiaxial => DMat3::from_diagonal(DVec3::new(amplitude, amplitude, equibiaxial_thinning)),
        StrainMode::Shear => DMat3::from_cols(DVec3::ZERO, DVec3::new(amplitude, 0.0, 0.0), DVec3::ZERO),
        StrainMode::Nonuniform(_) => DMat3::ZERO,
    };
    let turn = DMat3::from_rotation_z(actuation.axis_rad);
    turn * along_x * turn.transpose()
}

/// Principal strain at the peak of a protocol's cycle, where it is the same everywhere; none where it is not.
pub fn peak_strain(protocol: &StrainProtocol) -> PrincipalStrain {
    principal_strain(green_strain(displacement_gradient(
        &protocol.strain,
        &protocol.actuation,
    )))
}
