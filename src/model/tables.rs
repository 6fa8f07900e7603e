//! The plate as both engines read it: flat tables of numbers per step.

use super::clearance::clearance_um;
use super::diffusion::factor_line;
use super::domain::{Domain, Region, line_starts, line_stride, voxel_centre_um};
use super::gel::motion::Motion;
use super::layout::{Grid, MyokineRules, NONE, Run, Source, Treatment, Well, kind};
use super::medium;
use super::pace::Pace;
use super::parameters::Mechano;
use super::per_step::{frames, myokine, treatment};
use super::plate::{Condition, Plate, Reservoir, StrainMode};
use super::rules::fasciculation::heeds_crowd;
use super::strain::strain_drive;
use glam::{DVec3, UVec3};

/// Everything about a run that does not change from step to step, except by an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    /// Facts about the whole plate.
    pub run: Run,
    /// The voxels of every well and its walls.
    pub domain: Domain,
    /// The treatment of each condition.
    pub treatments: Vec<Treatment>,
    /// Each myokine.
    pub myokines: Vec<MyokineRules>,
    /// Each well.
    pub wells: Vec<Well>,
    /// Dose of carried medium, `[treatment * species + s]`.
    pub medium: Vec<f32>,
    /// Sources, grid by grid.
    pub sources: Vec<Source>,
    /// Grids, well by well and within a well myokine by myokine.
    pub grids: Vec<Grid>,
    /// Kinds of voxels where not all are open.
    pub kinds: Vec<u32>,
    /// Coefficients of diffusion, see [`super::diffusion::LineCoefficient`].
    pub coefficients: Vec<[f32; 4]>,
    /// Whether any cone takes up myokine.
    pub takes_up: bool,
    /// Numbers of each voxel that do not change, map after map: see [`Run::clearance`].
    pub maps: Vec<f32>,
}

impl Tables {
    /// Reads the tables off a plate.
    pub fn of(plate: &Plate) -> Self {
        let mut tables = Tables {
            run: run(plate),
            domain: plate.domain.clone(),
            treatments: plate
                .conditions
                .iter()
                .map(|condition| treatment(condition, plate))
                .collect(),
            myokines: plate
                .myokines
                .iter()
                .map(|species| myokine(&species.myokine, plate))
                .collect(),
            wells: Vec::new(),
            medium: Vec::new(),
            sources: Vec::new(),
            grids: Vec::new(),
            kinds: Vec::new(),
            coefficients: Vec::new(),
            takes_up: plate
                .myokines
                .iter()
                .any(|species| species.myokine.uptake_um3_per_h > 0.0),
            maps: Vec::new(),
        };
        let places = plate.wells();
        let neurons = plate.neurons_in_wells();
        let species = plate.myokines.len();
        let geometries = tables.lay_out_geometries(plate);
        for (index, condition) in plate.conditions.iter().enumerate() {
            tables.lay_out_strain(condition, index);
            let doses = carried_doses(plate, condition);
            tables.medium.extend(doses.iter().map(|&dose| dose as f32));
        }
        let mut next_grid = places.len() * species;
        for ((index, place), neurons) in places.iter().enumerate().zip(&neurons) {
            let condition = &plate.conditions[place.condition];
            let grid = geometries[place.condition].map(|_| next_grid as u32);
            tables.wells.push(Well {
                treatment: place.condition as u32,
                key: plate.key_of(place),
                grid: grid.unwrap_or(NONE),
                first_neuron: neurons.start as u32,
                neurons: neurons.len() as u32,
            });
            if let Some(geometry) = geometries[place.condition] {
                tables.lay_out_grids(plate, index, condition, geometry, next_grid);
                next_grid += species * plate.domain.voxel_count();
            }
        }
        tables.run.neurons = neurons.last().map_or(0, |last| last.end) as u32;
        tables.run.maps = tables.concentration_count() as u32;
        tables.run.crowd = tables.first_crowd();
        tables.run.clearance = tables.lay_out_map(&clearance_um(&plate.domain));
        tables.run.medium = tables.run.maps + tables.maps.len() as u32;
        tables
    }

    /// The treatment of a well.
    pub fn treatment_of(&self, well: u32) -> &Treatment {
        &self.treatments[self.wells[well as usize].treatment as usize]
    }

    /// Whether any neuron makes fewer branches than its cones decide on: tips compete, or branching declines.
    pub fn thins_branches(&self) -> bool {
        self.treatments
            .iter()
            .any(|treatment| treatment.rules.branch_competition > 0.0 || treatment.rules.branch_decline_per_h > 0.0)
    }

    /// Number of concentrations: one for each well and myokine, then the grids.
    pub fn concentration_count(&self) -> usize {
        self.run.wells as usize * self.run.species as usize + self.grids.len() * self.voxels_per_grid()
    }

    /// Voxels of one grid.
    pub fn voxels_per_grid(&self) -> usize {
        self.run.voxels.to_array().iter().map(|&n| n as usize).product()
    }

    /// Distance of each voxel from the walls, µm; empty where there are none.
    #[inline]
    pub fn clearance(&self) -> &[f32] {
        if self.run.clearance == NONE {
            return &[];
        }
        let first = self.run.clearance as usize;
        &self.maps[first..first + self.voxels_per_grid()]
    }

    /// Numbers of cones that take up: one for each voxel of each well with a grid, where anything is taken up.
    pub fn taker_count(&self) -> usize {
        if self.takes_up {
            self.grids.len() / self.myokines.len().max(1) * self.voxels_per_grid()
        } else {
            0
        }
    }

    /// The place behind the numbers of cones that take up at which the sums of axons begin, see [`Run::crowd`].
    fn first_crowd(&self) -> u32 {
        if self.treatments.iter().any(|treatment| heeds_crowd(&treatment.rules)) {
            self.taker_count() as u32
        } else {
            NONE
        }
    }

    /// Adds a number for each voxel to the maps, and says where they begin; [`NONE`] where there are none.
    fn lay_out_map(&mut self, map: &[f32]) -> u32 {
        if map.is_empty() {
            return NONE;
        }
        self.maps.extend_from_slice(map);
        (self.maps.len() - map.len()) as u32
    }

    /// Adds the maps of a condition's strain where it is uneven.
    fn lay_out_strain(&mut self, condition: &Condition, index: usize) {
        let Some(protocol) = &condition.actuation else {
            return;
        };
        let StrainMode::Nonuniform(motion) = &protocol.strain else {
            return;
        };
        let strain = &mut self.treatments[index].strain;
        strain.map = self.maps.len() as u32;
        strain.moments = motion.moments.len() as u32;
        self.maps.extend(strain_maps(
            motion,
            protocol.actuation.frequency_hz,
            &condition.biology.mechano,
        ));
    }

    /// The kinds of voxels and coefficients of each gridded condition; conditions of the same geometry share them.
    fn lay_out_geometries(&mut self, plate: &Plate) -> Vec<Option<Geometry>> {
        let mut open: Option<Geometry> = None;
        (0..plate.conditions.len())
            .map(|condition| {
                if !plate.has_grid(condition) {
                    return None;
                }
                let reservoirs = &plate.conditions[condition].reservoirs;
                let kinds = voxel_kinds(&plate.domain, reservoirs);
                if kinds.is_empty() {
                    let geometry = open.unwrap_or_else(|| self.lay_out_geometry(plate, &kinds, reservoirs));
                    open = Some(geometry);
                    return Some(geometry);
                }
                Some(self.lay_out_geometry(plate, &kinds, reservoirs))
            })
            .collect()
    }

    fn lay_out_geometry(&mut self, plate: &Plate, kinds: &[u32], reservoirs: &[Reservoir]) -> Geometry {
        let update_h = Pace::of(plate).update_h(plate.step_h);
        let first_kind = if kinds.is_empty() {
            NONE
        } else {
            self.kinds.len() as u32
        };
        self.kinds.extend_from_slice(kinds);
        let first_coefficient = self.coefficients.len();
        for species in &plate.myokines {
            let courant = species.myokine.diffusivity_um2_per_h * update_h / plate.domain.voxel_um.powi(2);
            for axis in 0..3 {
                self.lay_out_axis(&plate.domain, kinds, reservoirs, axis, courant);
            }
        }
        Geometry {
            first_kind,
            first_coefficient,
        }
    }

    /// Coefficients along one axis: one line where all are alike, else voxel by voxel.
    fn lay_out_axis(&mut self, domain: &Domain, kinds: &[u32], reservoirs: &[Reservoir], axis: usize, courant: f64) {
        let length = domain.voxels[axis] as usize;
        if kinds.is_empty() {
            let line = factor_line(&vec![kind::OPEN; length], |_| 1.0, courant);
            self.coefficients
                .extend(line.iter().map(|coefficient| coefficient.to_array()));
            return;
        }
        let first = self.coefficients.len();
        self.coefficients.resize(first + kinds.len(), [0.0; 4]);
        let stride = line_stride(domain.voxels, axis);
        let mut on_line = Vec::with_capacity(length);
        for start in line_starts(domain.voxels, axis) {
            on_line.clear();
            on_line.extend((0..length).map(|i| kinds[start + i * stride]));
            let nearness = |i: usize| match (on_line[i], on_line[i + 1]) {
                (kind::HELD, kind::OPEN) => nearness(domain, reservoirs, axis, start + i * stride, 1.0),
                (kind::OPEN, kind::HELD) => nearness(domain, reservoirs, axis, start + (i + 1) * stride, -1.0),
                _ => 1.0,
            };
            let line = factor_line(&on_line, nearness, courant);
            for (i, coefficient) in line.iter().enumerate() {
                self.coefficients[first + start + i * stride] = coefficient.to_array();
            }
        }
    }

    fn lay_out_grids(&mut self, plate: &Plate, well: usize, condition: &Condition, geometry: Geometry, first: usize) {
        let voxels = plate.domain.voxel_count();
        let by_voxel = geometry.first_kind != NONE;
        let axis_size = |axis: usize| {
            if by_voxel {
                voxels
            } else {
                plate.domain.voxels[axis] as usize
            }
        };
        let per_species: usize = (0..3).map(axis_size).sum();
        for species in 0..plate.myokines.len() {
            let first_source = self.sources.len();
            self.sources.extend(sources(plate, condition, well, species));
            let line_x = geometry.first_coefficient + species * per_species;
            self.grids.push(Grid {
                first: (first + species * voxels) as u32,
                well: well as u32,
                species: species as u32,
                kinds: geometry.first_kind,
                first_source: first_source as u32,
                sources: (self.sources.len() - first_source) as u32,
                line_x: line_x as u32,
                line_y: (line_x + axis_size(0)) as u32,
                line_z: (line_x + axis_size(0) + axis_size(1)) as u32,
                by_voxel: u32::from(by_voxel),
            });
        }
    }
}

/// Drive and line of strain voxel by voxel, moment after moment, see [`super::layout::StrainRules::map`].
fn strain_maps(motion: &Motion, frequency_hz: f64, mechano: &Mechano) -> Vec<f32> {
    let drive: Vec<f32> = motion
        .peak_strain
        .iter()
        .map(|&strain| strain_drive(f64::from(strain), frequency_hz, mechano) as f32)
        .collect();
    let mut maps = Vec::with_capacity(3 * drive.len() * motion.moments.len());
    for moment in &motion.moments {
        maps.extend(drive.iter().zip(&moment.weight).map(|(drive, weight)| drive * weight));
        maps.extend(moment.line.iter().map(|line| line[0]));
        maps.extend(moment.line.iter().map(|line| line[1]));
    }
    maps
}

/// The places at which a geometry's kinds and coefficients begin.
#[derive(Clone, Copy)]
struct Geometry {
    first_kind: u32,
    first_coefficient: usize,
}

fn run(plate: &Plate) -> Run {
    let wells = plate.wells().len();
    let pace = Pace::of(plate);
    Run {
        size_um: plate.domain.size_um().as_vec3(),
        voxel_um: plate.domain.voxel_um as f32,
        voxels: UVec3::from_array(plate.domain.voxels),
        planar: u32::from(plate.domain.planar()),
        frames: UVec3::from_array(frames(plate.step_h)),
        step_h: plate.step_h as f32,
        field_every: pace.every,
        field_rounds: pace.rounds,
        species: plate.myokines.len() as u32,
        wells: wells as u32,
        neurons: 0,
        maps: 0,
        clearance: NONE,
        crowd: NONE,
        medium: 0,
        pad: Default::default(),
    }
}

/// Doses that a condition's regular medium brings; zeros where it has none.
fn carried_doses(plate: &Plate, condition: &Condition) -> Vec<f64> {
    match &condition.medium {
        Some(carried) => medium::doses(&carried.from, carried.every_h, &plate.muscle, &plate.myokines),
        None => vec![0.0; plate.myokines.len()],
    }
}

fn sources(plate: &Plate, condition: &Condition, well: usize, species: usize) -> Vec<Source> {
    let source = |region: &Region, rate_per_h: f64, exercised_ratio: f64| Source {
        low_um: region.low_um.as_vec3(),
        rate_per_h: rate_per_h as f32,
        high_um: region.high_um.as_vec3(),
        species: species as u32,
        well: well as u32,
        exercised_ratio: exercised_ratio as f32,
        pad: Default::default(),
    };
    let secretion = plate.myokines[species].myokine.resting_secretion_per_h;
    let exercised = plate.muscle.exercised_ratio;
    let muscle = condition.muscle.iter().flat_map(|patch| {
        let lit = patch
            .lit
            .map_or(Some(patch.region), |lit| patch.region.shared_with(&lit));
        let dark = lit.map_or(vec![patch.region], |lit| patch.region.without(&lit));
        let lit = lit.into_iter().map(move |region| (region, exercised));
        lit.chain(dark.into_iter().map(|region| (region, 1.0)))
    });
    let muscle = muscle.map(|(region, ratio)| source(&region, secretion, ratio));
    let steady = condition.sources.iter().filter(|steady| steady.species == species);
    muscle
        .chain(steady.map(|steady| source(&steady.region, steady.rate_per_h, 1.0)))
        .collect()
}

/// How near the face of the reservoir that holds the voxel `held` is to the centre of the open voxel beside it, up or down the
/// axis by `side`: the edge of a voxel over their distance. The face is where the dose is held, wherever it lies between voxels.
fn nearness(domain: &Domain, reservoirs: &[Reservoir], axis: usize, held: usize, side: f64) -> f64 {
    let centre = voxel_centre_um(domain, held);
    let Some(reservoir) = reservoir_at(reservoirs, centre) else {
        return 1.0;
    };
    let Region { low_um, high_um } = reservoir.region;
    let face_um = if side > 0.0 { high_um[axis] } else { low_um[axis] };
    let distance_um = (centre[axis] + side * domain.voxel_um - face_um) * side;
    // A face at the centre itself holds it, as good as.
    1.0 / (distance_um / domain.voxel_um).clamp(0.01, 1.0)
}

/// The reservoir that holds a place, the first of several.
pub fn reservoir_at(reservoirs: &[Reservoir], place_um: DVec3) -> Option<&Reservoir> {
    reservoirs.iter().find(|reservoir| reservoir.region.contains(place_um))
}

/// The kind of each voxel of a condition; empty where all are open.
fn voxel_kinds(domain: &Domain, reservoirs: &[Reservoir]) -> Vec<u32> {
    if domain.walls.is_empty() && reservoirs.is_empty() {
        return Vec::new();
    }
    (0..domain.voxel_count())
        .map(|voxel| {
            if domain.walls.get(voxel).copied().unwrap_or(false) {
                kind::WALL
            } else if reservoir_at(reservoirs, voxel_centre_um(domain, voxel)).is_some() {
                kind::HELD
            } else {
                kind::OPEN
            }
        })
        .collect()
}
