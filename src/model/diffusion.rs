//! Coefficients of implicit diffusion along one axis.
//!
//! Each axis is solved by itself (locally one-dimensional splitting, as BioFVM does): (1 − Δt D ∂²) c* = c, one
//! tridiagonal system a line, unconditionally stable. The system is factored here once, in double precision.
//!
//! Rounded coefficients would create or destroy a little mass at every step, always with the same sign. So the
//! solution c* serves only to compute the fluxes between neighbours, which take from one what they give to the
//! other: c' = c + g₊ (c*₊ − c*) − g₋ (c* − c*₋). Mathematically c' is c*; numerically it keeps the mass.

use super::layout::kind;

/// The coefficients of a voxel on a line: forward c¹ᵢ = gain·cᵢ + carry·c¹ᵢ₋₁, backward
/// c*ᵢ = c¹ᵢ + back·c*ᵢ₊₁, flux to the next voxel face·(c*ᵢ₊₁ − c*ᵢ), all without unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineCoefficient {
    /// Weight of the voxel's own concentration in the forward sweep.
    pub gain: f32,
    /// Weight of the voxel before in the forward sweep.
    pub carry: f32,
    /// Weight of the voxel after in the backward sweep.
    pub back: f32,
    /// Conductance to the voxel after; 0 at walls.
    pub face: f32,
}

impl LineCoefficient {
    /// The coefficients in the order in which shaders read them.
    pub fn to_array(self) -> [f32; 4] {
        [self.gain, self.carry, self.back, self.face]
    }
}

/// Factors the system of one line of voxels of the given kinds, for `courant` = D Δt / h². `nearness` says for each voxel how near
/// the next one is: 1 where their centres are an edge of a voxel apart, more where a reservoir between them begins sooner.
pub fn factor_line(kinds: &[u32], nearness: impl Fn(usize) -> f64, courant: f64) -> Vec<LineCoefficient> {
    let to_next = |i: usize| match kinds.get(i + 1) {
        Some(&next) if kinds[i] != kind::WALL && next != kind::WALL => courant * nearness(i),
        _ => 0.0,
    };
    let mut coefficients = Vec::with_capacity(kinds.len());
    let (mut to_before, mut back_before) = (0.0, 0.0);
    for (i, &here) in kinds.iter().enumerate() {
        let to_after = to_next(i);
        // A held voxel gives without losing: its row is the identity.
        let free = here == kind::OPEN;
        let (a, g) = if free { (to_before, to_after) } else { (0.0, 0.0) };
        let pivot = 1.0 + a + g - a * back_before;
        back_before = g / pivot;
        coefficients.push(LineCoefficient {
            gain: (1.0 / pivot) as f32,
            carry: (a / pivot) as f32,
            back: back_before as f32,
            face: to_after as f32,
        });
        to_before = to_after;
    }
    coefficients
}

/// Whether diffusion changes a voxel at all: held and solid voxels have neither neighbour in their row.
pub fn is_free(coefficient: [f32; 4]) -> bool {
    coefficient[1] != 0.0 || coefficient[2] != 0.0
}
