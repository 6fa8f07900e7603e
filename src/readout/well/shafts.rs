//! Sums along the segments of a well's axons.

use crate::model::actuation::peak_strain;
use crate::model::domain::Domain;
use crate::model::gel::motion::Motion;
use crate::model::plate::{Condition, StrainMode};
use crate::model::strain::anisotropy;
use crate::readout::circles::Circles;
use crate::readout::culture::Culture;
use crate::readout::explants::explant_number;
use crate::readout::fascicles::Fascicles;
use crate::readout::hull::Hull;
use crate::readout::topology::Shaft;
use crate::readout::touched::Touched;
use glam::{DVec2, DVec3};
use std::f64::consts::PI;

/// Anisotropy of a strain up to which it prefers no direction: rounding.
const ISOTROPIC: f64 = 1e-9;

/// Length of the axons, the area that they touch or span, and the way they run.
#[derive(Clone, Debug, PartialEq)]
pub struct ShaftSums {
    /// Length of all axons, µm.
    pub length_um: f64,
    /// Area of the cells that axons touch, µm².
    pub spread_area_um2: f64,
    /// Areas of the convex hulls of each explant with its axons, seen from above, summed, µm².
    pub hull_area_um2: f64,
    /// Areas of the explants alone, seen from above, summed, µm².
    pub core_area_um2: f64,
    /// Crossings of the circle at each distance of the plate's landmarks.
    pub circle_crossings: Vec<usize>,
    /// The fascicles that cross each of these circles; `None` in a slab.
    pub fascicles: Option<Vec<Fascicles>>,
    /// Length-weighted mean of cos 2(θ − axis of strain).
    pub alignment: Option<f64>,
    /// Length on the side of the explant towards which the field rises less that on the other, over both.
    pub guidance_ratio: Option<f64>,
}

impl ShaftSums {
    /// Those of a culture.
    pub fn of(culture: &Culture<'_>) -> Self {
        let uphill = culture.field(0).and_then(|field| field.rises_towards());
        let mut walk = Walk::new(culture, uphill);
        for (neuron, axon) in culture.neurons() {
            let explants = &culture.site.explants;
            let Some(number) = explant_number(explants, neuron) else {
                continue;
            };
            let placed = &explants[number];
            walk.centre_um = placed.at_um;
            walk.circles.go_around(number, placed.at_um, placed.explant.radius_um);
            for shaft in axon.shafts() {
                walk.follow(&shaft, number);
            }
        }
        let Walk {
            touched,
            hulls,
            circles,
            lengths,
            ..
        } = walk;
        let cores = culture.site.explants.iter();
        let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        Self {
            length_um: lengths.all,
            spread_area_um2: touched.area_um2(),
            hull_area_um2: hulls.into_iter().map(Hull::area_um2).sum(),
            core_area_um2: cores.map(|placed| PI * placed.explant.radius_um.powi(2)).sum(),
            circle_crossings: circles.crossings(),
            fascicles: culture.plate.domain.planar().then(|| circles.fascicles()),
            alignment: share(lengths.aligned, lengths.planar),
            guidance_ratio: uphill.and(share(lengths.uphill, lengths.all)),
        }
    }
}

/// A walk along the axons of a well.
struct Walk<'a> {
    touched: Touched,
    /// The hull of each explant with its axons.
    hulls: Vec<Hull>,
    circles: Circles<'a>,
    /// Axis of strain where it is the same everywhere.
    strain_axis: DVec2,
    /// The movement, where the axis differs from place to place.
    uneven: Option<(&'a Motion, &'a Domain)>,
    uphill: Option<DVec3>,
    /// Centre of the explant whose axons are walked along, µm.
    centre_um: DVec3,
    lengths: Lengths,
}

/// Lengths, µm.
#[derive(Clone, Copy, Default)]
struct Lengths {
    all: f64,
    planar: f64,
    aligned: f64,
    uphill: f64,
}

impl Lengths {
    #[inline]
    fn add(&mut self, from_um: DVec3, to_um: DVec3, axis: DVec2) {
        let step = to_um - from_um;
        let length = step.length();
        let planar = if step.z == 0.0 {
            length
        } else {
            step.truncate().length()
        };
        self.all += length;
        self.planar += planar;
        if planar > 0.0 {
            // L cos 2φ = 2 (L cos φ)² / L − L, without an angle.
            let along = step.truncate().dot(axis);
            self.aligned += 2.0 * along * along / planar - planar;
        }
    }
}

impl<'a> Walk<'a> {
    fn new(culture: &Culture<'a>, uphill: Option<DVec3>) -> Self {
        let (condition, domain) = (culture.condition(), &culture.plate.domain);
        let explants = culture.site.explants.iter();
        Self {
            touched: Touched::new(domain),
            hulls: explants
                .map(|placed| Hull::of_disc(placed.at_um.truncate(), placed.explant.radius_um))
                .collect(),
            circles: Circles::new(&culture.plate.landmarks.distances_um),
            strain_axis: strain_axis(condition),
            uneven: uneven(condition).map(|motion| (motion, domain)),
            uphill,
            centre_um: DVec3::ZERO,
            lengths: Lengths::default(),
        }
    }

    /// Follows a shaft of the explant of this number.
    fn follow(&mut self, shaft: &Shaft<'_>, explant: usize) {
        let Some((first, rest)) = shaft.nodes.split_first() else {
            return;
        };
        let (first_um, nodes) = match shaft.soma_um {
            Some(soma_um) => (soma_um, shaft.nodes),
            None => (first.truncate(), rest),
        };
        let hull = &mut self.hulls[explant];
        // Sums stay in registers along a shaft: this is the loop that recording spends its time in.
        let mut lengths = self.lengths;
        let mut from_um = first_um.as_dvec3();
        let mut stand = self.touched.begin(from_um);
        hull.add(from_um.truncate());
        let tip = shaft.tip_um.map(|tip_um| tip_um.extend(0.0));
        for node in nodes.iter().chain(tip.as_ref()) {
            let to_um = node.truncate().as_dvec3();
            stand = self.touched.go_on(stand, to_um);
            hull.add(to_um.truncate());
            self.circles.add(from_um, to_um);
            let axis = match self.uneven {
                None => self.strain_axis,
                Some((motion, domain)) => motion.axis(domain.voxel_at(0.5 * (from_um + to_um))),
            };
            lengths.add(from_um, to_um, axis);
            if let Some(uphill) = self.uphill {
                let side = (0.5 * (from_um + to_um) - self.centre_um).dot(uphill);
                lengths.uphill += from_um.distance(to_um).copysign(side);
            }
            from_um = to_um;
        }
        self.lengths = lengths;
    }
}

/// The principal axis of a condition's strain, seen from above; x where no direction is preferred.
fn strain_axis(condition: &Condition) -> DVec2 {
    condition
        .actuation
        .as_ref()
        .map(peak_strain)
        .filter(|strain| anisotropy(strain) > ISOTROPIC)
        .map_or(DVec2::X, |strain| strain.axis.truncate())
}

/// The movement of a condition's gel where it differs from place to place.
fn uneven(condition: &Condition) -> Option<&Motion> {
    match &condition.actuation.as_ref()?.strain {
        StrainMode::Nonuniform(motion) => Some(motion),
        _ => None,
    }
}
