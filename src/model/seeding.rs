//! The plate at step 0: where the neurons lie and how their first growth cones start.

use super::domain::voxel_centre_um;
use super::layout::{Cone, Fibres, NONE, Neuron, Node, kind};
use super::plate::{PlacedExplant, Plate};
use super::rules::modes::stationary_mode;
use super::rules::path::{keep_inside, out_of_wall};
use super::rules::random::{draw, gaussian_pair, purpose, uniform_number};
use super::rules::speed::target_speed;
use super::sampling::sense_wall;
use super::shared::shared;
use super::tables::Tables;
use super::world::{State, World};
use glam::{Vec2, Vec3, Vec4Swizzles};

shared! {
    /// Points of a first axon that it never loses: the soma's end and the end of the initial segment.
    pub const INITIAL_SEGMENT_NODES: u32 = 2;
}

/// The state of a plate before its first step.
pub fn seed(plate: &Plate, tables: &Tables) -> World {
    let (mut neurons, mut cones, mut paths) = (Vec::new(), Vec::new(), Vec::new());
    for (index, well) in tables.wells.iter().enumerate() {
        let mut id = 0;
        for placed in &plate.explants {
            for _ in 0..placed.explant.neurons as u32 {
                let neuron = place_neuron(placed, tables, index as u32, id, well.key);
                let (cone, path) = first_axon(&neuron, neurons.len() as u32, tables, well.key);
                neurons.push(neuron);
                cones.push(cone);
                paths.push(path);
                id += 1;
            }
        }
    }
    let mut concentrations = vec![0.0; tables.concentration_count()];
    fill_reservoirs(plate, tables, &mut concentrations);
    let state = State {
        step: 0,
        neurons,
        cones,
        concentrations,
        taken: vec![0; tables.uptake_count()],
        fibres: vec![Fibres::default(); tables.wells.len()],
        severed: Default::default(),
    };
    World { state, paths }
}

/// A soma somewhere in its spheroid, heading outwards.
fn place_neuron(placed: &PlacedExplant, tables: &Tables, well: u32, id: u32, key: u32) -> Neuron {
    let run = &tables.run;
    let words = draw(id, 0, key, purpose::SEEDING);
    let more = draw(id, 1, key, purpose::SEEDING);
    let centre = placed.at_um.as_vec3();
    let radius = placed.explant.radius_um as f32;
    let spread = placed.explant.heading_spread_rad as f32;
    let (outward, share) = if run.planar == 1 {
        let (sine, cosine) = libm::sincosf(std::f32::consts::TAU * uniform_number(words.x));
        (Vec3::new(cosine, sine, 0.0), uniform_number(words.y).sqrt())
    } else {
        let z = 2.0 * uniform_number(words.x) - 1.0;
        let (sine, cosine) = libm::sincosf(std::f32::consts::TAU * uniform_number(more.x));
        let across = (1.0 - z * z).sqrt();
        (
            Vec3::new(across * cosine, across * sine, z),
            libm::cbrtf(uniform_number(words.y)),
        )
    };
    let xi: Vec2 = gaussian_pair(words.z, words.w);
    let left = super::rules::heading::left_of(outward, run.planar);
    let above = if run.planar == 1 {
        Vec3::ZERO
    } else {
        outward.cross(left)
    };
    let heading = super::rules::heading::turn(outward, (left * xi.x + above * xi.y) * spread);
    let soma_um = (centre + outward * (radius * share)).clamp(Vec3::ZERO, run.size_um);
    let soma_um = out_of_walls(tables, soma_um);
    Neuron {
        soma_um,
        mechano: 0.0,
        heading,
        well,
        start_um: soma_um,
        id,
        ill_since: NONE,
        pad: Default::default(),
    }
}

/// The nearest place in the gel, for one that may lie in a wall.
fn out_of_walls(tables: &Tables, place: Vec3) -> Vec3 {
    let mut place = place;
    // A step leads to where the straight continuation of the slope ends; where the wall is bent, a few are needed.
    for _ in 0..16 {
        match sense_wall(&tables.domain, tables.clearance(), place) {
            Some(wall) if wall.w < 0.0 => {
                let way_out = out_of_wall(wall.w, wall.xyz());
                place += keep_inside(place, way_out, tables.run.size_um);
            }
            _ => break,
        }
    }
    place
}

/// A neuron's first axon: an initial segment and the cone at its end.
fn first_axon(neuron: &Neuron, index: u32, tables: &Tables, key: u32) -> (Cone, Vec<Node>) {
    let rules = &tables.treatment_of(neuron.well).rules;
    let words = draw(neuron.id, 0, key, purpose::SEEDING_CONE);
    let segment = initial_segment(neuron, rules.segment_um, tables);
    let base_um = neuron.soma_um + segment;
    let mode = stationary_mode(uniform_number(words.x), rules);
    let target = target_speed(mode, 1.0, rules);
    let length = segment.length();
    let speed_um_per_h = target + rules.speed_spread_um_per_h * gaussian_pair(words.y, words.z).x;
    let cone = Cone {
        nodes: INITIAL_SEGMENT_NODES,
        anchored: INITIAL_SEGMENT_NODES,
        ..Cone::born(
            &Cone::without_past(neuron.well, index),
            neuron.id,
            segment / length,
            speed_um_per_h,
            mode,
            base_um.extend(length),
        )
    };
    (cone, vec![neuron.soma_um.extend(0.0), base_um.extend(length)])
}

/// The first piece of an axon: outwards, or where a wall leaves no room for that back, towards the middle of the well, or
/// straight away from the wall.
fn initial_segment(neuron: &Neuron, length_um: f32, tables: &Tables) -> Vec3 {
    let size_um = tables.run.size_um;
    let inwards = 0.5 * size_um - neuron.soma_um;
    let inwards = inwards / inwards.length().max(1e-6);
    let wall = sense_wall(&tables.domain, tables.clearance(), neuron.soma_um);
    let from_wall = wall.map_or(inwards, |wall| wall.xyz().normalize_or(inwards));
    let pieces = [neuron.heading, -neuron.heading, inwards, from_wall].map(|way| {
        let piece = keep_inside(neuron.soma_um, way * length_um, size_um);
        match wall {
            Some(_) => out_of_walls(tables, neuron.soma_um + piece) - neuron.soma_um,
            None => piece,
        }
    });
    let long_enough = pieces.into_iter().find(|piece| piece.length() >= 0.5 * length_um);
    long_enough.unwrap_or(pieces[3])
}

/// Puts the concentrations of reservoirs where they are held.
fn fill_reservoirs(plate: &Plate, tables: &Tables, concentrations: &mut [f32]) {
    for grid in tables.grids.iter().filter(|grid| grid.by_voxel == 1) {
        let condition = &plate.conditions[tables.wells[grid.well as usize].treatment as usize];
        for voxel in 0..tables.voxels_per_grid() {
            if tables.kinds[grid.kinds as usize + voxel] != kind::HELD {
                continue;
            }
            let centre = voxel_centre_um(&plate.domain, voxel);
            if let Some(reservoir) = condition
                .reservoirs
                .iter()
                .find(|reservoir| reservoir.region.contains(centre))
            {
                concentrations[grid.first as usize + voxel] = reservoir.doses[grid.species as usize] as f32;
            }
        }
    }
}
