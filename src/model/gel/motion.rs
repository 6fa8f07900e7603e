//! The movement of a well's gel in a cycle, voxel by voxel, and the part of it that concerns cells: the peak of the
//! principal strain, its time in the cycle, and its line.
//!
//! Cells feel a strain ε(t) by its amplitude and frequency, as in the uniform modes: the drive of a voxel is that of its
//! peak, and within the cycle it follows ε²(t) over its mean, which for a sine is 2 sin². The drive's mean over the cycle is
//! then the same whether cycles are stepped through or averaged. Lines are averaged as tensors, anisotropy · (cos 2α, sin 2α),
//! weighted with the drive.

use super::bars::{Answers, MagnetBars, Pull, gel_elements};
use super::displacement::Displacement;
use super::lattice::Lattice;
use crate::model::domain::{Domain, Region, voxel_centre_um};
use crate::model::rules::heading::axis_of_line;
use crate::model::strain::{PrincipalStrain, anisotropy, green_strain, principal_strain};
use crate::parallel;
use glam::{DMat3, DVec2, DVec3};

/// Moments into which a cycle of the external magnet is cut where cycles are averaged.
pub const MOMENTS: u32 = 48;
/// Corrections of a movement's size: each leaves a few per cent of the error.
const MOST_CORRECTIONS: usize = 30;

/// The cause of a movement.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// Magnet bars that are pulled.
    Bars {
        /// The bars and what holds the gel.
        bars: MagnetBars,
        /// The pull on the bars.
        pull: Pull,
    },
    /// A map that was measured.
    Measured {
        /// The name of its file.
        file: String,
    },
}

/// A movement that differs from place to place.
#[derive(Clone, Debug, PartialEq)]
pub struct Motion {
    /// Its cause.
    pub cause: Cause,
    /// The movement where it is largest: at the peak of the cycle.
    pub peak: Displacement,
    /// Largest principal strain that each voxel meets in a cycle, with its sign.
    pub peak_strain: Vec<f32>,
    /// The moments of a cycle as cells feel them; one where the cycle is averaged, or the gel moves everywhere in step.
    pub moments: Vec<CycleMoment>,
}

// Every number in it is finite, so that two of them that are one and the same are equal without a look at each voxel.
impl Eq for Motion {}

/// A moment of the cycle, or the average over it.
#[derive(Clone, Debug, PartialEq)]
pub struct CycleMoment {
    /// The drive now over its mean in the cycle, voxel by voxel.
    pub weight: Vec<f32>,
    /// The line of strain, anisotropy · (cos 2α, sin 2α), voxel by voxel.
    pub line: Vec<[f32; 2]>,
}

/// Gradients of a movement at the voxels of a domain: between the middles of the gel elements around, where they are exact
/// to second order; 0 in walls.
fn at_voxels(lattice: &Lattice, moved_um: &[DVec3], solid: &[bool], domain: &Domain) -> Vec<DMat3> {
    let gradients = parallel::map_indices(lattice.element_count(), |element| lattice.gradient(moved_um, element));
    parallel::map_indices(domain.voxel_count(), |voxel| {
        let mut sum = DMat3::ZERO;
        let mut weights = 0.0;
        for (element, weight) in lattice.elements_around(voxel_centre_um(domain, voxel)) {
            if solid.get(element).copied().unwrap_or(true) {
                sum += gradients[element] * weight;
                weights += weight;
            }
        }
        if weights > 0.0 {
            sum * (1.0 / weights)
        } else {
            DMat3::ZERO
        }
    })
}

/// The gradients of a cycle: at each moment a sum of parts.
struct Course {
    /// For each part the gradient at each voxel.
    parts: Vec<Vec<DMat3>>,
    /// For each moment the share of each part.
    moments: Vec<Vec<f64>>,
}

impl Course {
    /// The gradient of a voxel at a moment.
    fn gradient(&self, moment: usize, voxel: usize) -> DMat3 {
        let parts = self.parts.iter().zip(&self.moments[moment]);
        parts.fold(DMat3::ZERO, |sum, (part, share)| sum + part[voxel] * *share)
    }

    /// The factor that the movement must be multiplied by for the largest principal strain in the voxels of `counted` to be
    /// `amplitude`.
    fn scale_for(&self, counted: &[bool], amplitude: f64) -> f64 {
        let steepest = |voxel: usize| {
            let all = (0..self.moments.len()).map(|moment| slope(&self.gradient(moment, voxel)));
            if counted[voxel] { all.fold(0.0, f64::max) } else { 0.0 }
        };
        let slopes = parallel::map_indices(counted.len(), steepest);
        let steepest = slopes.iter().copied().fold(0.0, f64::max);
        if amplitude == 0.0 || steepest == 0.0 {
            return 0.0;
        }
        // Strain grows a little faster or slower than movement, so only what is steep at rest can be the largest.
        let voxels = (0..counted.len()).filter(|&voxel| slopes[voxel] > 0.75 * steepest);
        let steep: Vec<DMat3> = voxels
            .flat_map(|voxel| (0..self.moments.len()).map(move |moment| self.gradient(moment, voxel)))
            .filter(|gradient| slope(gradient) > 0.75 * steepest)
            .collect();
        let mut times = amplitude / steepest;
        for _ in 0..MOST_CORRECTIONS {
            let strain = |gradient: &DMat3| strain_of(gradient, times).major.abs();
            let off = steep.iter().map(strain).fold(0.0, f64::max) / amplitude;
            times /= off;
            if (off - 1.0).abs() < 1e-12 {
                break;
            }
        }
        times
    }
}

/// Larger principal strain in the plane of a small movement, per size of the movement.
fn slope(gradient: &DMat3) -> f64 {
    let (xx, yy) = (gradient.x_axis.x, gradient.y_axis.y);
    let shear = 0.5 * (gradient.x_axis.y + gradient.y_axis.x);
    0.5 * (xx + yy).abs() + (0.25 * (xx - yy).powi(2) + shear * shear).sqrt()
}

/// Principal strain of a gradient that is `times` as large.
fn strain_of(gradient: &DMat3, times: f64) -> PrincipalStrain {
    principal_strain(green_strain(*gradient * times))
}

/// The size that a movement is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// The largest principal strain anywhere in the gel outside the bars.
    Strain(f64),
    /// The largest force on a bar, over the stiffness of the gel: nN over nN/µm² (in a plane also over its thickness, µm).
    ForceOverStiffness(f64),
    /// As it is given.
    AsItIs,
}

impl Motion {
    /// The movement that a pull on bars gives, at `moments` moments of a cycle or averaged over it.
    pub fn of_bars(
        bars: &MagnetBars,
        pull: Pull,
        answers: &Answers,
        domain: &Domain,
        size: Size,
        moments: Option<u32>,
    ) -> Self {
        let forces = |phase: f64| -> Vec<DVec3> {
            let on = |(index, bar): (usize, &Region)| match pull {
                Pull::Alike(angle) => DVec3::new(angle.cos(), angle.sin(), 0.0),
                Pull::Shortening(upright) => {
                    let inwards = if index == 0 { 1.0 } else { -1.0 };
                    if upright {
                        DVec3::Y * inwards
                    } else {
                        DVec3::X * inwards
                    }
                }
                Pull::Magnet(track) => track.pull(bar, phase),
            };
            bars.bars.iter().enumerate().map(on).collect()
        };
        let phases: Vec<f64> = match pull {
            Pull::Alike(_) | Pull::Shortening(_) => vec![0.25],
            Pull::Magnet(_) => {
                let count = moments.unwrap_or(MOMENTS);
                (0..count)
                    .map(|moment| (f64::from(moment) + 0.5) / f64::from(count))
                    .collect()
            }
        };
        let all_forces: Vec<Vec<DVec3>> = phases.iter().map(|&phase| forces(phase)).collect();
        let outside = |voxel: usize| !bars.bars.iter().any(|bar| bar.contains(voxel_centre_um(domain, voxel)));
        let counted: Vec<bool> = (0..domain.voxel_count()).map(outside).collect();
        let strongest = all_forces
            .iter()
            .flatten()
            .map(|force| force.length())
            .fold(0.0, f64::max);
        let solid = gel_elements(domain, &answers.lattice);
        let at_voxels = |moved_um: &[DVec3]| at_voxels(&answers.lattice, moved_um, &solid, domain);
        let course = match &all_forces[..] {
            [only] => Course {
                parts: vec![at_voxels(&answers.superpose(only).moved_um)],
                moments: vec![vec![1.0]],
            },
            several => Course {
                parts: answers
                    .by_bar
                    .iter()
                    .flatten()
                    .map(|moved_um| at_voxels(moved_um))
                    .collect(),
                moments: several
                    .iter()
                    .map(|forces| forces.iter().flat_map(|force| [force.x, force.y]).collect())
                    .collect(),
            },
        };
        let times = match size {
            Size::Strain(amplitude) => course.scale_for(&counted, amplitude),
            Size::ForceOverStiffness(ratio) if strongest > 0.0 => ratio / strongest,
            Size::ForceOverStiffness(_) => 0.0,
            Size::AsItIs => 1.0,
        };
        let cause = Cause::Bars {
            bars: bars.clone(),
            pull,
        };
        let peak = |moment: usize| answers.superpose(&all_forces[moment]).scaled(times);
        Self::of_course(cause, &course, times, domain, peak, moments.is_some())
    }

    /// A movement that was measured at the peak of a cycle.
    pub fn measured(file: &str, peak: Displacement, domain: &Domain, size: Size) -> Self {
        let solid = gel_elements(domain, &peak.lattice);
        let course = Course {
            parts: vec![at_voxels(&peak.lattice, &peak.moved_um, &solid, domain)],
            moments: vec![vec![1.0]],
        };
        let times = match size {
            Size::Strain(amplitude) => course.scale_for(&vec![true; domain.voxel_count()], amplitude),
            Size::ForceOverStiffness(_) | Size::AsItIs => 1.0,
        };
        let cause = Cause::Measured { file: file.to_owned() };
        Self::of_course(cause, &course, times, domain, |_| peak.clone().scaled(times), false)
    }

    fn of_course(
        cause: Cause,
        course: &Course,
        times: f64,
        domain: &Domain,
        peak: impl Fn(usize) -> Displacement,
        resolved: bool,
    ) -> Self {
        let voxels = parallel::map_indices(domain.voxel_count(), |voxel| {
            VoxelCycle::of(course, voxel, times, resolved)
        });
        let strongest = voxels.iter().max_by(|a, b| a.peak.abs().total_cmp(&b.peak.abs()));
        let moments = voxels.first().map_or(0, |voxel| voxel.moments.len());
        let moment = |moment: usize| CycleMoment {
            weight: voxels.iter().map(|voxel| voxel.moments[moment].0).collect(),
            line: voxels.iter().map(|voxel| voxel.moments[moment].1).collect(),
        };
        Self {
            cause,
            peak: peak(strongest.map_or(0, |voxel| voxel.at)),
            peak_strain: voxels.iter().map(|voxel| voxel.peak as f32).collect(),
            moments: (0..moments).map(moment).collect(),
        }
    }

    /// Largest principal strain in a cycle anywhere outside the bars.
    pub fn largest_strain(&self, domain: &Domain) -> f64 {
        self.gel_strains(domain).fold(0.0, f64::max)
    }

    /// Mean of the peak strain over the gel, and the share of the gel where it is above half the largest; bars and walls
    /// left out.
    pub fn spread(&self, domain: &Domain) -> (f64, f64) {
        let strains: Vec<f64> = self.gel_strains(domain).collect();
        let count = strains.len().max(1) as f64;
        let largest = strains.iter().copied().fold(0.0, f64::max);
        let above = strains
            .iter()
            .filter(|&&strain| largest > 0.0 && strain > 0.5 * largest)
            .count();
        (strains.iter().sum::<f64>() / count, above as f64 / count)
    }

    fn gel_strains(&self, domain: &Domain) -> impl Iterator<Item = f64> {
        let bars: &[Region] = match &self.cause {
            Cause::Bars { bars, .. } => &bars.bars,
            Cause::Measured { .. } => &[],
        };
        self.peak_strain.iter().enumerate().filter_map(move |(voxel, strain)| {
            let centre = voxel_centre_um(domain, voxel);
            let is_gel =
                !domain.walls.get(voxel).copied().unwrap_or(false) && !bars.iter().any(|bar| bar.contains(centre));
            is_gel.then(|| f64::from(strain.abs()))
        })
    }

    /// The axis of strain at a voxel, averaged over the cycle, a unit vector; x where no direction is preferred.
    pub fn axis(&self, voxel: usize) -> DVec2 {
        axis_of_line(self.line(voxel).as_vec2()).truncate().as_dvec2()
    }

    /// The line of strain at a voxel, averaged over the cycle; the zero vector where no direction is preferred.
    fn line(&self, voxel: usize) -> DVec2 {
        let mut sum = DVec2::ZERO;
        for moment in &self.moments {
            let [x, y] = moment.line[voxel].map(f64::from);
            sum += DVec2::new(x, y) * f64::from(moment.weight[voxel]);
        }
        sum / self.moments.len() as f64
    }
}

/// The cycle of one voxel.
struct VoxelCycle {
    /// Largest principal strain, with its sign.
    peak: f64,
    /// The moment of that.
    at: usize,
    /// Weight and line, see [`CycleMoment`].
    moments: Vec<(f32, [f32; 2])>,
}

impl VoxelCycle {
    fn of(course: &Course, voxel: usize, times: f64, resolved: bool) -> Self {
        let strains: Vec<PrincipalStrain> = (0..course.moments.len())
            .map(|moment| strain_of(&course.gradient(moment, voxel), times))
            .collect();
        let count = strains.len() as f64;
        let mean_square = strains.iter().map(|strain| strain.major.powi(2)).sum::<f64>() / count;
        let weight = |strain: &PrincipalStrain| {
            if mean_square > 0.0 {
                strain.major.powi(2) / mean_square
            } else {
                1.0
            }
        };
        let line = |strain: &PrincipalStrain| {
            // The double angle of the axis, without an angle.
            let DVec3 { x, y, .. } = strain.axis;
            DVec2::new(x * x - y * y, 2.0 * x * y) * anisotropy(strain)
        };
        let single = |weight: f64, line: DVec2| (weight as f32, line.as_vec2().to_array());
        let moments = if resolved {
            strains
                .iter()
                .map(|strain| single(weight(strain), line(strain)))
                .collect()
        } else {
            let sum: DVec2 = strains.iter().map(|strain| line(strain) * weight(strain)).sum();
            vec![single(1.0, sum / count)]
        };
        let strongest = strains
            .iter()
            .enumerate()
            .max_by(|(_, a), (_, b)| a.major.abs().total_cmp(&b.major.abs()));
        let (at, peak) = strongest.map_or((0, 0.0), |(at, strain)| (at, strain.major));
        Self { peak, at, moments }
    }
}
