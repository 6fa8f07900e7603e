//! All measures of one well at one time, from one walk along its axons.

use super::explants::{distance_um, explant_of};
use super::field::Field;
use super::tension::Tension;
use super::topology::{Forest, Shaft};
use super::touched::Touched;
use crate::model::actuation::peak_strain;
use crate::model::domain::Domain;
use crate::model::gel::motion::Motion;
use crate::model::layout::{Cone, mode};
use crate::model::parameters::Programme;
use crate::model::plate::{Condition, Plate, StrainMode};
use crate::model::strain::anisotropy;
use crate::model::world::World;
use glam::{DVec2, DVec3};
use std::ops::Range;

/// What a slope is told over, µm: about the width of a growth cone.
const SLOPE_OVER_UM: f64 = 10.0;
/// Anisotropy of a strain up to which it prefers no direction: rounding.
const ISOTROPIC: f64 = 1e-9;

/// What a well looks like. Means over nothing are `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// Mean distance of the tips from the explant's edge, µm.
    pub radius_mean_um: Option<f64>,
    /// 95th percentile of these distances, µm.
    pub radius_p95_um: Option<f64>,
    /// Length of all axons, µm.
    pub length_total_um: f64,
    /// Mean over neurons of the longest path, µm.
    pub length_longest_um: Option<f64>,
    /// Area of the cells that axons touch, µm².
    pub spread_area_um2: f64,
    /// Number of tips.
    pub tips: usize,
    /// Number of branch points.
    pub branch_points: usize,
    /// Mean branch order of the tips.
    pub branch_order_mean: Option<f64>,
    /// Mean over neurons of end-to-end distance over length of the longest path.
    pub straightness_mean: Option<f64>,
    /// Length-weighted mean of cos 2(θ − axis of strain).
    pub alignment: Option<f64>,
    /// Length on the side of the explant towards which the field rises less that on the other, over both.
    pub guidance_ratio: Option<f64>,
    /// Share of cones running, paused (on a muscle fibre for good among them), retracting (those of ill neurons among them)
    /// and stumps at rest.
    pub fractions: Option<[f64; 4]>,
    /// Cones that have settled on a muscle fibre.
    pub synapses: usize,
    /// Those of them whose synapse is mature.
    pub synapses_mature: usize,
    /// Muscle fibres on which there is a synapse.
    pub fibres_innervated: usize,
    /// Length of the axons beyond a cut that has not degenerated yet, µm.
    pub degenerating_um: f64,
    /// Neurons that have an axon.
    pub neurons_alive: usize,
    /// Mean tension that the tow of the last step left at the somata, nN.
    pub soma_tension_mean_nn: Option<f64>,
    /// Mean distance of the somata from where they were seeded, µm.
    pub soma_migration_mean_um: Option<f64>,
    /// Mean trophic gain of the cones.
    pub trophic_gain_mean: Option<f64>,
    /// Mean mechano-state of the cones.
    pub mechano_state_mean: Option<f64>,
    /// Mean dose of the first myokine at the cones.
    pub dose_mean: Option<f64>,
    /// Mean relative slope of the first myokine at the cones, per 10 µm.
    pub slope_mean: Option<f64>,
    /// Mean programme scores of the cones.
    pub scores: Option<Scores>,
    /// Mean concentration and mass (concentration × µm³) of each myokine.
    pub myokines: Vec<(f64, f64)>,
}

/// How strongly two gene programmes speak for three abilities.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Growth of axons.
    pub axon_growth: f64,
    /// Guidance of projections.
    pub projection_guidance: f64,
    /// Maturation of synapses.
    pub synapse_maturation: f64,
}

impl Scores {
    /// From the states of the two programmes, 0 to 1 each.
    pub fn of(trophic: f64, mechano: f64, programme: &Programme) -> Self {
        Self {
            axon_growth: trophic + programme.mechano_on_axon_growth * mechano,
            projection_guidance: trophic + programme.mechano_on_guidance * mechano,
            synapse_maturation: trophic + programme.mechano_on_synapse * mechano,
        }
    }
}

/// Measures a well, whose neurons are `neurons` and whose grids begin at `grid`.
pub fn measure(plate: &Plate, forest: &Forest<'_>, world: &World, site: &Site) -> Measured {
    let mut measured = Measured::default();
    let first_field = Field::of(plate, world, site.well, site.grid, 0);
    let uphill = first_field.and_then(|field| field.rises_towards());
    measured.myokines = (0..plate.myokines.len())
        .filter_map(|species| Field::of(plate, world, site.well, site.grid, species))
        .map(|field| (field.mean(), field.mass()))
        .collect();

    measured.degenerating_um = (world.severed.iter())
        .filter(|severed| severed.well as usize == site.well)
        .map(|severed| severed.length_left_um(world.step))
        .sum();
    let mut along = Along::new(plate, site, uphill);
    let mut cones = Cones::default();
    let mut radii_um = Vec::new();
    let mut order = Mean::default();
    let mut longest = Mean::default();
    let mut straightness = Mean::default();
    let mut soma_tension = Mean::default();
    let tension = Tension::before(plate, world.step, site.condition);
    let mut migration = Mean::default();
    let mut slope = Mean::default();
    for index in site.neurons.clone() {
        let neuron = &world.neurons[index];
        let explant = explant_of(plate, neuron);
        migration.add(neuron.soma_um.as_dvec3().distance(neuron.start_um.as_dvec3()));
        let axon = forest.axon(index);
        measured.neurons_alive += usize::from(axon.cones().next().is_some());
        along.centre_um = explant.map_or(neuron.start_um.as_dvec3(), |explant| explant.at_um);
        for shaft in axon.shafts() {
            along.add(&shaft);
        }
        let shape = axon.shape();
        measured.tips += shape.tips.len();
        measured.branch_points += shape.branch_points;
        shape.orders.iter().for_each(|&of_tip| order.add(f64::from(of_tip)));
        for &tip in &shape.tips {
            radii_um.extend(explant.map(|explant| distance_um(explant, world.tip_um(tip).as_dvec3())));
        }
        if let (Some(tip), Some(first_um)) = (axon.longest(), axon.first_point_um()) {
            let path_um = f64::from(world.cones[tip].path_length_um());
            longest.add(path_um);
            soma_tension.add(tension.at_soma_nn(&world.cones[tip]));
            if path_um > 0.0 {
                straightness.add(world.tip_um(tip).as_dvec3().distance(first_um) / path_um);
            }
        }
        for cone in axon.cones() {
            cones.add(&world.cones[cone], world.step);
            if let Some(field) = first_field {
                slope.add(SLOPE_OVER_UM * field.relative_slope_per_um(world.tip_um(cone)));
            }
        }
    }

    radii_um.sort_unstable_by(f64::total_cmp);
    measured.radius_mean_um = radii_um.iter().copied().collect::<Mean>().get();
    measured.radius_p95_um = percentile(&radii_um, 0.95);
    measured.length_longest_um = longest.get();
    measured.straightness_mean = straightness.get();
    measured.branch_order_mean = order.get();
    measured.soma_tension_mean_nn = soma_tension.get();
    measured.soma_migration_mean_um = migration.get();
    measured.slope_mean = slope.get();
    along.finish(&mut measured);
    let programme = &plate.conditions[site.condition].biology.programme;
    cones.finish(programme, &mut measured);
    measured
}

/// Which well to measure, and where its things are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its number on the plate.
    pub well: usize,
    /// Its condition, by its place in [`Plate::conditions`].
    pub condition: usize,
    /// Its number among the condition's replicates, from 0.
    pub replicate: u32,
    /// Where its grids begin in the concentrations, if it has any.
    pub grid: Option<usize>,
    /// Its neurons.
    pub neurons: Range<usize>,
}

/// The wells of a plate and where their things are in a state.
pub fn sites(plate: &Plate) -> Vec<Site> {
    let neurons = plate.neurons_per_well();
    let places = plate.wells().into_iter().zip(super::field::grids(plate));
    places
        .enumerate()
        .map(|(well, (place, grid))| Site {
            well,
            condition: place.condition,
            replicate: place.replicate,
            grid,
            neurons: well * neurons..(well + 1) * neurons,
        })
        .collect()
}

/// A value below which the share `p` of the sorted `values` lies, interpolated between neighbours.
pub fn percentile(values: &[f64], p: f64) -> Option<f64> {
    let place = p * values.len().checked_sub(1)? as f64;
    let (below, above) = (values[place.floor() as usize], values[place.ceil() as usize]);
    Some(below + (above - below) * place.fract())
}

/// A mean that knows when there was nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    /// One value more.
    pub fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }

    /// The mean; `None` of nothing.
    pub fn get(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }
}

impl FromIterator<f64> for Mean {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut mean = Self::default();
        values.into_iter().for_each(|value| mean.add(value));
        mean
    }
}

/// What is summed along the segments of a well's axons.
struct Along<'p> {
    touched: Touched,
    strain_axis: DVec2,
    /// Where the axis differs from place to place.
    uneven: Option<(&'p Motion, &'p Domain)>,
    uphill: Option<DVec3>,
    centre_um: DVec3,
    sums: Sums,
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

/// Lengths, µm.
#[derive(Clone, Copy, Default)]
struct Sums {
    length: f64,
    planar: f64,
    aligned: f64,
    uphill: f64,
}

impl Sums {
    #[inline]
    fn add(&mut self, from_um: DVec3, to_um: DVec3, axis: DVec2) {
        let step = to_um - from_um;
        let length = step.length();
        let planar = if step.z == 0.0 {
            length
        } else {
            step.truncate().length()
        };
        self.length += length;
        self.planar += planar;
        if planar > 0.0 {
            // L cos 2φ = 2 (L cos φ)² / L − L, without an angle.
            let along = step.truncate().dot(axis);
            self.aligned += 2.0 * along * along / planar - planar;
        }
    }
}

impl<'p> Along<'p> {
    fn new(plate: &'p Plate, site: &Site, uphill: Option<DVec3>) -> Self {
        Self {
            touched: Touched::new(&plate.domain),
            strain_axis: strain_axis(&plate.conditions[site.condition]),
            uneven: uneven(&plate.conditions[site.condition]).map(|motion| (motion, &plate.domain)),
            uphill,
            centre_um: DVec3::ZERO,
            sums: Sums::default(),
        }
    }

    fn add(&mut self, shaft: &Shaft<'_>) {
        let Some((first, nodes)) = shaft.nodes.split_first() else {
            return;
        };
        // Sums stay in registers along a shaft: this is the loop that recording spends its time in.
        let mut sums = self.sums;
        let mut from_um = first.truncate().as_dvec3();
        let mut stand = self.touched.begin(from_um);
        let tip = shaft.tip_um.map(|tip_um| tip_um.extend(0.0));
        for node in nodes.iter().chain(tip.as_ref()) {
            let to_um = node.truncate().as_dvec3();
            stand = self.touched.go_on(stand, to_um);
            let axis = match self.uneven {
                None => self.strain_axis,
                Some((motion, domain)) => motion.axis(domain.voxel_at(0.5 * (from_um + to_um))),
            };
            sums.add(from_um, to_um, axis);
            if let Some(uphill) = self.uphill {
                let side = (0.5 * (from_um + to_um) - self.centre_um).dot(uphill);
                sums.uphill += from_um.distance(to_um).copysign(side);
            }
            from_um = to_um;
        }
        self.sums = sums;
    }

    fn finish(self, measured: &mut Measured) {
        let Sums {
            length,
            planar,
            aligned,
            uphill,
        } = self.sums;
        measured.length_total_um = length;
        measured.spread_area_um2 = self.touched.area_um2();
        measured.alignment = (planar > 0.0).then(|| aligned / planar);
        measured.guidance_ratio = self.uphill.filter(|_| length > 0.0).map(|_| uphill / length);
    }
}

/// What is averaged over a well's living cones.
#[derive(Default)]
struct Cones {
    modes: [usize; 4],
    trophic_gain: Mean,
    mechano: Mean,
    dose: Mean,
    trophic_programme: Mean,
    mechano_programme: Mean,
    synapses_mature: usize,
    /// The fibre of each synapse.
    fibres: Vec<u32>,
}

impl Cones {
    fn add(&mut self, cone: &Cone, step: u32) {
        if cone.mode == mode::SYNAPSE {
            self.fibres.push(cone.fibre);
            self.synapses_mature += usize::from(step >= cone.rests_until);
        }
        match cone.mode {
            mode::RUN => self.modes[0] += 1,
            mode::PAUSE | mode::SYNAPSE => self.modes[1] += 1,
            mode::INJURED => self.modes[3] += 1,
            _ => self.modes[2] += 1,
        }
        self.trophic_gain.add(f64::from(cone.trophic_gain));
        self.mechano.add(f64::from(cone.mechano));
        self.dose.add(f64::from(cone.dose));
        self.trophic_programme.add(f64::from(cone.trophic_programme));
        self.mechano_programme.add(f64::from(cone.mechano_programme));
    }

    fn finish(mut self, programme: &Programme, measured: &mut Measured) {
        measured.synapses = self.fibres.len();
        measured.synapses_mature = self.synapses_mature;
        self.fibres.sort_unstable();
        self.fibres.dedup();
        measured.fibres_innervated = self.fibres.len();
        let cones: usize = self.modes.iter().sum();
        measured.fractions = (cones > 0).then(|| self.modes.map(|count| count as f64 / cones as f64));
        measured.trophic_gain_mean = self.trophic_gain.get();
        measured.mechano_state_mean = self.mechano.get();
        measured.dose_mean = self.dose.get();
        let programmes = self.trophic_programme.get().zip(self.mechano_programme.get());
        measured.scores = programmes.map(|(trophic, mechano)| Scores::of(trophic, mechano, programme));
    }
}
